// SPDX-License-Identifier: Apache-2.0
#include "interp/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "interp/limits.h"
#include "interp/tests/wasm_bytes.h"
#include "interp/validate.h"

namespace weft {
namespace {

using testing::Bytes;
using ::testing::ElementsAre;
using testing::full_module;
using testing::hex;
using testing::join;
using testing::leb;
using testing::module;
using testing::module_with_body;
using ::testing::Pair;
using testing::section;
using testing::sized;
using testing::text;

Module decoded(const Bytes& bytes) {
  auto result = decode(bytes);
  if (result) return *std::move(result);
  ADD_FAILURE() << to_string(result.error(), "module");
  return {};
}

/// The code of the module's first function, `unreachable` if there is none.
Expr code(const Bytes& bytes) {
  const Module result = decoded(bytes);
  return result.functions.empty() ? Expr{{Instr{}}, {}} : result.functions[0].code;
}
Instr first_instruction(std::string_view body) { return code(module_with_body(body)).body.front(); }

TEST(Decode, EmptyModule) {
  const Module empty = decoded(module({}));
  EXPECT_TRUE(empty.types.empty() && empty.functions.empty() && empty.customs.empty());
  EXPECT_FALSE(empty.start || empty.data_count);
}

TEST(Decode, TypesAndImports) {
  const Module full = decoded(full_module());
  ASSERT_EQ(full.types.size(), 3u);
  EXPECT_EQ(full.types[1], (FuncType{{ValType::i32, ValType::i64}, {ValType::i32}}));
  EXPECT_EQ(full.types[2], (FuncType{{}, {ValType::f32, ValType::f64}}));
  ASSERT_EQ(full.imports.size(), 4u);
  EXPECT_EQ(full.imports[0].module, "m");
  EXPECT_EQ(full.imports[2].name, "mem");
  EXPECT_EQ(std::get<uint32_t>(full.imports[0].desc), 0u);
  EXPECT_EQ(std::get<TableType>(full.imports[1].desc), (TableType{ValType::externref, {1, 5}}));
  EXPECT_EQ(std::get<MemoryType>(full.imports[2].desc), (MemoryType{{1, 65536}, true}));
  EXPECT_EQ(std::get<GlobalType>(full.imports[3].desc), (GlobalType{ValType::i32, false}));
}

TEST(Decode, DefinitionsExportsAndStart) {
  const Module full = decoded(full_module());
  ASSERT_EQ(full.functions.size(), 2u);
  EXPECT_EQ(full.functions[0].type, 1u);
  EXPECT_EQ(full.functions[0].locals, (std::vector{ValType::i64, ValType::f32, ValType::f32}));
  ASSERT_EQ(full.tables.size(), 1u);
  EXPECT_EQ(full.tables[0].type, (TableType{ValType::funcref, {2, std::nullopt}}));
  ASSERT_EQ(full.globals.size(), 2u);
  EXPECT_EQ(full.globals[0].type, (GlobalType{ValType::i64, true}));
  EXPECT_EQ(full.globals[0].init.body[0].lo, ~uint64_t{0});
  EXPECT_EQ(full.globals[1].init.body[0].hi, 0x0f0e0d0c0b0a0908u);
  ASSERT_EQ(full.exports.size(), 2u);
  EXPECT_EQ(full.exports[1].name, "memory");
  EXPECT_EQ(full.exports[1].kind, ExternKind::memory);
  EXPECT_EQ(full.start, 2u);
  EXPECT_EQ(full.data_count, 2u);
}

TEST(Decode, Segments) {
  const Module full = decoded(full_module());
  ASSERT_EQ(full.elements.size(), 3u);
  const ElementSegment &active = full.elements[0], &passive = full.elements[1], &declarative = full.elements[2];
  EXPECT_EQ(active.mode, SegmentMode::active);
  EXPECT_EQ(active.table, 1u);
  EXPECT_EQ(active.offset.body[0].op, Op::i32_const);
  EXPECT_TRUE(active.as_indices);
  ASSERT_EQ(active.init.size(), 2u);
  EXPECT_EQ(active.init[1].body[0].op, Op::ref_func);
  EXPECT_EQ(active.init[1].body[0].a, 1u);
  EXPECT_EQ(active.init[1].body[1].op, Op::end);
  EXPECT_EQ(passive.mode, SegmentMode::passive);
  EXPECT_FALSE(passive.as_indices);
  EXPECT_EQ(passive.init[1].body[0].op, Op::ref_null);
  EXPECT_EQ(declarative.mode, SegmentMode::declarative);
  ASSERT_EQ(full.data.size(), 2u);
  EXPECT_EQ(full.data[0].mode, SegmentMode::active);
  EXPECT_EQ(full.data[0].bytes, (Bytes{'h', 'e', 'l', 'l', 'o'}));
  EXPECT_EQ(full.data[1].mode, SegmentMode::passive);
}

TEST(Decode, CustomSectionsAreKeptInOrder) {
  const Module full = decoded(full_module());
  ASSERT_EQ(full.customs.size(), 2u);
  EXPECT_EQ(full.customs[0].name, "note");
  EXPECT_EQ(full.customs[0].bytes, (Bytes{0xde, 0xad}));
  EXPECT_EQ(full.customs[1].name, "name");
}

TEST(Decode, CustomSectionsKnowTheirPlaces) {
  const Bytes note = section(0, "01 61");
  const Module result = decoded(module({note, section(1, "01 60 00 00"), note, note, section(5, "01 00 01"), note}));
  std::vector<SectionPlace> places;
  for (const CustomSection& custom : result.customs) places.push_back(custom.place);
  EXPECT_THAT(places, ElementsAre(SectionPlace{Section::first, false}, SectionPlace{Section::type, true},
                                  SectionPlace{Section::type, true}, SectionPlace{Section::memory, true}));
}

TEST(Decode, OffsetsPointAtOpcodes) {
  const Bytes bytes = full_module();
  for (const Function& function : decoded(bytes).functions) {
    for (const Instr& instr : function.code.body) {
      const InstrInfo& row = info(instr.op);
      EXPECT_EQ(bytes[instr.offset], row.prefix == 0 ? row.code : row.prefix) << row.text;
    }
  }
}

TEST(Decode, BlockTypes) {
  EXPECT_TRUE(BlockType::from(first_instruction("00 02 40 0b 0b")).is_empty());
  EXPECT_EQ(BlockType::from(first_instruction("00 02 7b 0b 0b")).value_type(), ValType::v128);
  EXPECT_EQ(BlockType::from(first_instruction("00 02 6f 0b 0b")).value_type(), ValType::externref);
  EXPECT_EQ(BlockType::from(first_instruction("00 02 07 0b 0b")).type_index(), 7u);
  EXPECT_EQ(BlockType::from(first_instruction("00 02 ff ff ff ff 0f 0b 0b")).type_index(), 0xffffffffu);
}

TEST(Decode, Constants) {
  EXPECT_EQ(first_instruction("00 41 7f 0b").lo, 0xffffffffu) << "an i32 is zero-extended";
  EXPECT_EQ(first_instruction("00 41 80 80 80 80 78 0b").lo, 0x80000000u);
  EXPECT_EQ(first_instruction("00 42 80 80 80 80 80 80 80 80 80 7f 0b").lo, uint64_t{1} << 63);
  EXPECT_EQ(first_instruction("00 43 01 00 a0 7f 0b").lo, 0x7fa00001u) << "the bits of a signalling NaN survive";
  EXPECT_EQ(first_instruction("00 44 00 00 00 00 00 00 f0 bf 0b").lo, 0xbff0000000000000u);
}

TEST(Decode, OutOfLineImmediates) {
  const Expr table = code(module_with_body("00 0e 02 05 06 07 0b"));
  EXPECT_EQ(table.body[0].b, 2u);
  EXPECT_THAT(table.pool, ElementsAre(5, 6, 7)) << "the default comes last";
  const Expr select = code(module_with_body("00 1c 02 7f 6f 0b"));
  EXPECT_EQ(select.body[0].b, 2u);
  EXPECT_THAT(select.pool, ElementsAre(0x7f, 0x6f));
}

TEST(Decode, MemoryImmediates) {
  const Instr load = first_instruction("00 28 02 ff ff ff ff 0f 0b");
  EXPECT_EQ(load.align, 2);
  EXPECT_EQ(load.lo, 0xffffffffu);
  const Instr lane = first_instruction("00 fd 57 03 08 01 0b");
  EXPECT_EQ(lane.op, Op::v128_load64_lane);
  EXPECT_EQ(lane.lane, 1);
  EXPECT_EQ(lane.lo, 8u);
}

TEST(Decode, TagsAndTheirSection) {
  const Module result = decoded(
      module({section(1, "02 60 00 00 60 01 7f 00"), section(2, "01 01 6d 01 74 04 00 01"), section(5, "01 00 01"),
              section(13, "02 00 00 00 01"), section(6, "01 7f 00 41 00 0b"), section(7, "01 01 65 04 02")}));
  EXPECT_EQ(std::get<TagType>(result.imports.at(0).desc).type, 1u);
  EXPECT_EQ(result.tags, (std::vector<TagType>{{0}, {1}}));
  EXPECT_EQ(result.tag_count(), 3u);
  EXPECT_EQ(result.tag_type(1).type, 0u);
  EXPECT_EQ(result.exports.at(0).kind, ExternKind::tag);
}

TEST(Decode, LimitsOfEveryKind) {
  const Module result = decoded(module({section(4, "02 6f 04 01 70 05 01 ff ff ff ff ff ff ff ff ff 01"),
                                        section(5,
                                                "07 00 01 01 01 02 03 01 02 04 01 05 01 02 07 01 80 80 80 80 80 80 40 "
                                                "0f 01 02 00")}));
  EXPECT_EQ(result.tables.at(0).type, (TableType{ValType::externref, {1, std::nullopt}, ValType::i64}));
  EXPECT_EQ(result.tables.at(1).type, (TableType{ValType::funcref, {1, ~uint64_t{0}}, ValType::i64}));
  const ValType i32 = ValType::i32, i64 = ValType::i64;
  EXPECT_EQ(result.memories, (std::vector<MemoryType>{{{1, std::nullopt}, false, i32},
                                                      {{1, 2}, false, i32},
                                                      {{1, 2}, true, i32},
                                                      {{1, std::nullopt}, false, i64},
                                                      {{1, 2}, false, i64},
                                                      {{1, uint64_t{1} << 48}, true, i64},
                                                      {{1, 2}, true, i64, 0}}));
}

TEST(Decode, MemoryIndicesAnd64BitOffsets) {
  // i32.load of memory 3 at 2^64-1, an atomic with an index, memory.copy, memory.init, memory.size, a lane access
  const std::vector<Instr> body =
      code(module_with_body("00 28 42 03 ff ff ff ff ff ff ff ff ff 01 fe 1e 42 81 01 08 fc 0a 02 01 fc 08 00 04 3f 05 "
                            "fd 57 40 06 07 0f 0b"))
          .body;
  EXPECT_EQ(body.at(0).a, 3u);
  EXPECT_EQ(body.at(0).align, 2u);
  EXPECT_EQ(body.at(0).lo, ~uint64_t{0});
  EXPECT_EQ(body.at(1).a, 129u);
  EXPECT_EQ(body.at(1).lo, 8u);
  EXPECT_EQ(body.at(2).a, 2u);
  EXPECT_EQ(body.at(2).b, 1u);
  EXPECT_EQ(body.at(3).a, 0u);
  EXPECT_EQ(body.at(3).b, 4u);
  EXPECT_EQ(body.at(4).a, 5u);
  EXPECT_EQ(body.at(5).a, 6u);
  EXPECT_EQ(body.at(5).align, 0u);
  EXPECT_EQ(body.at(5).lo, 7u);
  EXPECT_EQ(body.at(5).lane, 15u);
}

TEST(Decode, CatchClauses) {
  const Expr expr = code(module_with_body("00 1f 40 04 00 05 00 01 06 01 02 02 03 80 01 0b 0b"));
  const Instr& instr = expr.body.at(0);
  ASSERT_EQ(instr.op, Op::try_table);
  ASSERT_EQ(instr.b, 4u);
  using Kind = CatchClause::Kind;
  const CatchClause wanted[] = {
      {Kind::catch_, 5, 0}, {Kind::catch_ref, 6, 1}, {Kind::catch_all, 0, 2}, {Kind::catch_all_ref, 0, 128}};
  for (uint32_t i = 0; i < 4; ++i) {
    const CatchClause found = expr.catch_clause(instr, i);
    EXPECT_EQ(found.kind, wanted[i].kind) << i;
    EXPECT_EQ(found.tag, wanted[i].tag) << i;
    EXPECT_EQ(found.label, wanted[i].label) << i;
  }
}

TEST(Decode, AnInitialValueOfATable) {
  const Module result = decoded(module({section(4, "02 40 00 70 00 03 d0 70 0b 70 00 01")}));
  ASSERT_TRUE(result.tables.at(0).init);
  EXPECT_EQ(result.tables.at(0).init->body.at(0).op, Op::ref_null);
  EXPECT_FALSE(result.tables.at(1).init);
}

TEST(Decode, SubOpcodesMayBeOverlong) {
  for (const auto* fence :
       {"00 fe 03 00 0b", "00 fe 83 00 00 0b", "00 fe 83 80 00 00 0b", "00 fe 83 80 80 80 00 00 0b"}) {
    EXPECT_EQ(first_instruction(fence).op, Op::atomic_fence) << fence;
  }
  EXPECT_EQ(first_instruction("00 fd ff 01 0b").op, Op::f64x2_convert_low_i32x4_u);
  EXPECT_EQ(first_instruction("00 fc 88 80 80 80 00 00 00 0b").op, Op::memory_init);
}

TEST(Decode, RunsOfLocalsMayBeEmpty) {
  EXPECT_EQ(decoded(module_with_body("03 00 7f 02 7e 00 7d 0b")).functions[0].locals,
            (std::vector{ValType::i64, ValType::i64}));
}

TEST(Decode, LocalsUpToTheLimit) {
  const auto with = [](uint64_t count) { return module_with_body(join({leb(1), leb(count), hex("7f 0b")})); };
  EXPECT_EQ(decoded(with(kMaxLocals)).functions[0].locals.size(), kMaxLocals);
  const auto more = decode(with(kMaxLocals + 1));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, ErrorKind::invalid);
  EXPECT_EQ(more.error().message, "too many locals in a function: 50001, the limit of this implementation is 50000");
}

TEST(Decode, NestingUpToTheLimit) {
  const auto nested = [](size_t depth) {
    Bytes body{0};
    for (size_t i = 0; i < depth; ++i) body.insert(body.end(), {0x02, 0x40});
    body.insert(body.end(), depth + 1, 0x0b);
    return module_with_body(body);
  };
  EXPECT_EQ(code(nested(kMaxNesting)).body.size(), 2 * kMaxNesting + 1);
  const auto deeper = decode(nested(kMaxNesting + 1));
  ASSERT_FALSE(deeper);
  EXPECT_EQ(deeper.error().kind, ErrorKind::invalid);
  EXPECT_EQ(deeper.error().message, "too many nested blocks: 10001, the limit of this implementation is 10000");
  EXPECT_FALSE(decode(nested(1'000'000)));
}

Bytes with_names(const Bytes& contents) { return module({section(0, join({text("name"), contents}))}); }

TEST(DecodeNames, ModuleFunctionsAndLocals) {
  const Names names = decoded(full_module()).names;
  EXPECT_EQ(names.module, "demo");
  EXPECT_THAT(names.functions, ElementsAre(Pair(1, "run"), Pair(2, "nop")));
  EXPECT_THAT(names.locals, ElementsAre(Pair(1, ElementsAre(Pair(0, "x"), Pair(1, "y")))));
}

TEST(DecodeNames, AreSortedAndTheFirstOfAnIndexCounts) {
  const Bytes map = join({leb(3), leb(9), text("nine"), leb(2), text("two"), leb(9), text("again")});
  EXPECT_THAT(decoded(with_names(join({hex("01"), sized(map)}))).names.functions,
              ElementsAre(Pair(2, "two"), Pair(9, "nine")));
}

TEST(DecodeNames, OfTags) {
  EXPECT_THAT(decoded(with_names(hex("0b 04 01 03 01 65"))).names.tags, ElementsAre(Pair(3, "e")));
}

TEST(DecodeNames, UnknownSubsectionsAreSkipped) {
  EXPECT_EQ(decoded(with_names(join({hex("09 02 ff ff 00"), sized(text("kept"))}))).names.module, "kept");
}

TEST(DecodeNames, MalformedOnesAreIgnored) {
  const Bytes good = join({hex("00"), sized(text("gone"))});
  for (const Bytes& bad : {hex("01"), hex("01 05 01"), hex("01 02 01 00"), hex("01 04 01 00 01 ff"),
                           hex("01 03 00 00 00"), hex("01 01 ff")}) {
    const Module result = decoded(with_names(join({good, bad})));
    EXPECT_EQ(result.names.module, "");
    EXPECT_EQ(result.customs.size(), 1u) << "the section itself stays";
  }
}

}  // namespace
}  // namespace weft
