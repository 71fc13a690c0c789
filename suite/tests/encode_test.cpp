// SPDX-License-Identifier: Apache-2.0
#include "suite/text/encode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "interp/decode.h"
#include "interp/tests/wasm_bytes.h"

namespace weft {
namespace {

using testing::Bytes;
using testing::full_module;
using testing::hex;
using testing::join;
using testing::leb;
using testing::module;
using testing::section;
using testing::sized;
using testing::text;

Module decoded(const Bytes& bytes) {
  auto result = decode(bytes);
  if (result) return *std::move(result);
  ADD_FAILURE() << to_string(result.error(), "module");
  return {};
}

Instr in(Op op, uint32_t a = 0, uint32_t b = 0) {
  Instr instr;
  instr.op = op;
  instr.a = a;
  instr.b = b;
  return instr;
}
Expr expr(std::vector<Instr> body, std::vector<uint32_t> pool = {}) {
  body.push_back(in(Op::end));
  return {std::move(body), std::move(pool)};
}

/// A module of one body, and enough for it to decode.
Module with_body(Expr code) {
  Module module;
  module.types = {{{}, {}}};
  module.functions = {{0, {}, std::move(code), 0}};
  module.data_count = 0;
  return module;
}

auto fields(const Instr& i) { return std::tuple(i.op, i.lane, i.align, i.a, i.b, i.lo, i.hi); }

TEST(Encode, EmptyModule) { EXPECT_EQ(encode(Module{}), module({})); }

TEST(Encode, FullModuleComesBack) {
  // All sections are in their shortest form but the custom one, which moves to the end.
  const Bytes once = encode(decoded(full_module()));
  EXPECT_EQ(once.size(), full_module().size());
  EXPECT_EQ(encode(decoded(once)), once);
  Module without_note = decoded(full_module());
  without_note.customs.erase(without_note.customs.begin());
  const Bytes note = section(0, join({text("note"), hex("de ad")}));
  EXPECT_EQ(join({encode(without_note), note}).size(), once.size());
  EXPECT_EQ(encode(without_note).size() + note.size(), full_module().size());
}

TEST(Encode, OverlongIntegersBecomeShort) {
  const Bytes longer = module({section(1, "81 80 00 60 80 00 00"), section(5, "01 00 83 80 80 80 00")});
  EXPECT_EQ(encode(decoded(longer)), module({section(1, "01 60 00 00"), section(5, "01 00 03")}));
}

/// The instruction with every field that its immediate keeps at some telling value.
Instr sample(Op op) {
  Instr instr = in(op);
  switch (info(op).immediate) {
    case Immediate::none:
    case Immediate::fence: break;
    case Immediate::block_catches: instr.b = 2; [[fallthrough]];
    case Immediate::block: instr.lo = static_cast<uint64_t>(BlockType::of(ValType::f64).code); break;
    case Immediate::labels:
    case Immediate::types: instr.b = 2; break;
    case Immediate::label:
    case Immediate::tag:
    case Immediate::func:
    case Immediate::local:
    case Immediate::global:
    case Immediate::table:
    case Immediate::elem:
    case Immediate::memory:
    case Immediate::data: instr.a = 300; break;
    case Immediate::memory_memory:
    case Immediate::data_memory:
    case Immediate::type_table:
    case Immediate::table_table:
    case Immediate::elem_table:
      instr.a = 300;
      instr.b = 0xffffffff;
      break;
    case Immediate::memarg_lane: instr.lane = 15; [[fallthrough]];
    case Immediate::memarg:
      instr.a = 300;
      instr.align = 3;
      instr.lo = 0xffff'ffff'ffff'ffff;
      break;
    case Immediate::lane: instr.lane = 255; break;
    case Immediate::i32: instr.lo = 0x80000000; break;
    case Immediate::i64: instr.lo = uint64_t{1} << 63; break;
    case Immediate::f32: instr.lo = 0xffa00001; break;
    case Immediate::f64: instr.lo = 0xfff4000000000001; break;
    case Immediate::lanes:
    case Immediate::v128:
      instr.lo = 0x0706050403020100;
      instr.hi = 0xfffefdfcfbfaf9f8;
      break;
    case Immediate::reftype: instr.a = static_cast<uint32_t>(ValType::externref); break;
  }
  return instr;
}

std::vector<uint32_t> sample_pool(Immediate immediate) {
  switch (immediate) {
    case Immediate::labels: return {1, 300, 0xffffffff};
    case Immediate::types: return {0x7b, 0x6f};
    case Immediate::block_catches: return {1, 300, 400, 2, 0, 500};  // catch_ref 300 400, catch_all 500
    default: return {};
  }
}

TEST(Encode, EveryInstructionComesBack) {
  size_t checked = 0;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const Op op = static_cast<Op>(i);
    if (op == Op::else_ || op == Op::end) continue;
    const bool is_in_try = op == Op::catch_ || op == Op::catch_all || op == Op::delegate;
    std::vector<Instr> body;
    if (is_in_try) body.push_back(sample(Op::try_));
    body.push_back(sample(op));
    const bool is_open = is_in_try
                             ? op != Op::delegate
                             : info(op).immediate == Immediate::block || info(op).immediate == Immediate::block_catches;
    if (is_open) body.push_back(in(Op::end));
    const std::vector<uint32_t> pool = sample_pool(info(op).immediate);
    const Module back = decoded(encode(with_body(expr(body, pool))));
    ASSERT_EQ(back.functions.size(), 1u) << info(op).text;
    const size_t at = is_in_try ? 1 : 0;
    EXPECT_EQ(fields(back.functions[0].code.body[at]), fields(body[at])) << info(op).text;
    EXPECT_EQ(back.functions[0].code.pool, pool) << info(op).text;
    ++checked;
  }
  EXPECT_EQ(checked, kInstructionCount - 2);
}

TEST(Encode, SignedIntegersAreShortest) {
  const auto constant = [](Op op, int64_t value) {
    Instr instr = in(op);
    instr.lo = op == Op::i32_const ? static_cast<uint32_t>(value) : static_cast<uint64_t>(value);
    const Bytes bytes = encode(with_body(expr({instr})));
    return bytes.size() - encode(with_body(expr({}))).size() - 1;  // the bytes of the immediate
  };
  for (const auto& [value, size] : {std::pair<int64_t, size_t>{0, 1},
                                    {-1, 1},
                                    {63, 1},
                                    {-64, 1},
                                    {64, 2},
                                    {-65, 2},
                                    {8191, 2},
                                    {-8192, 2},
                                    {8192, 3},
                                    {INT32_MAX, 5},
                                    {INT32_MIN, 5}}) {
    EXPECT_EQ(constant(Op::i32_const, value), size) << value;
    EXPECT_EQ(constant(Op::i64_const, value), size) << value;
  }
  EXPECT_EQ(constant(Op::i64_const, INT64_MIN), 10u);
}

TEST(Encode, LocalsAreRuns) {
  Module result = with_body(expr({}));
  result.functions[0].locals = {ValType::i32, ValType::i32, ValType::v128, ValType::i32};
  result.data_count.reset();
  EXPECT_EQ(encode(result),
            module({section(1, "01 60 00 00"), section(3, "01 00"), section(10, "01 08 03 02 7f 01 7b 01 7f 0b")}));
}

/// The element section alone.
Bytes encode_segment(ElementSegment segment) {
  Module module;
  module.elements = {std::move(segment)};
  return encode(module);
}

TEST(Encode, FormsOfElementSegments) {
  const Expr at = expr({in(Op::i32_const)}), function = expr({in(Op::ref_func, 5)}),
             null = expr({in(Op::ref_null, static_cast<uint32_t>(ValType::externref))});
  using enum SegmentMode;
  constexpr ValType funcref = ValType::funcref, externref = ValType::externref;
  const auto form = [](std::string_view contents) { return module({section(9, contents)}); };
  EXPECT_EQ(encode_segment({active, 0, at, funcref, {function}, true}), form("01 00 41 00 0b 01 05"));
  EXPECT_EQ(encode_segment({passive, 0, {}, funcref, {function}, true}), form("01 01 00 01 05"));
  EXPECT_EQ(encode_segment({active, 1, at, funcref, {function}, true}), form("01 02 01 41 00 0b 00 01 05"));
  EXPECT_EQ(encode_segment({declarative, 0, {}, funcref, {function}, true}), form("01 03 00 01 05"));
  EXPECT_EQ(encode_segment({active, 0, at, funcref, {function}, false}), form("01 04 41 00 0b 01 d2 05 0b"));
  EXPECT_EQ(encode_segment({passive, 0, {}, funcref, {function}, false}), form("01 05 70 01 d2 05 0b"));
  EXPECT_EQ(encode_segment({active, 0, at, externref, {null}, false}), form("01 06 00 41 00 0b 6f 01 d0 6f 0b"));
  EXPECT_EQ(encode_segment({declarative, 0, {}, externref, {null}, false}), form("01 07 6f 01 d0 6f 0b"));
  EXPECT_EQ(encode_segment({passive, 0, {}, externref, {null}, true}), form("01 05 6f 01 d0 6f 0b"))
      << "what indices cannot say";
}

TEST(Encode, FormsOfDataSegments) {
  Module result;
  result.data = {{SegmentMode::active, 0, expr({in(Op::i32_const)}), {'a'}},
                 {SegmentMode::passive, 0, {}, {}},
                 {SegmentMode::active, 1, expr({in(Op::i32_const)}), {}}};
  EXPECT_EQ(encode(result), module({section(11, "03 00 41 00 0b 01 61  01 00  02 01 41 00 0b 00")}));
}

TEST(Encode, Limits) {
  Module result;
  result.memories = {{{1, std::nullopt}, false}, {{1, 2}, false}, {{1, 65536}, true}};
  result.tables = {{{ValType::externref, {0, 0xffffffff}}, std::nullopt}};
  EXPECT_EQ(encode(result),
            module({section(4, "01 6f 01 00 ff ff ff ff 0f"), section(5, "03 00 01  01 01 02  03 01 80 80 04")}));
}

TEST(Encode, LimitsOf64BitsAndPagesOfOneByte) {
  Module result;
  constexpr AddressType i64 = AddressType::i64;
  result.memories = {{{1, std::nullopt}, false, i64}, {{1, 0x1'0000'0000}, true, i64, 0}, {{3, 4}, false, {}, 0}};
  result.memories[2].address = AddressType::i32;
  result.tables = {{{ValType::funcref, {1, 2}, i64}, std::nullopt}};
  EXPECT_EQ(encode(result),
            module({section(4, "01 70 05 01 02"), section(5, "03 04 01  0f 01 80 80 80 80 10 00  09 03 04 00")}));
}

TEST(Encode, ATableWithAnInitialiserSaysSo) {
  Module result;
  result.tables = {{{ValType::funcref, {1, std::nullopt}}, expr({in(Op::ref_func, 3)})}};
  EXPECT_EQ(encode(result), module({section(4, "01 40 00 70 00 01 d2 03 0b")}));
}

TEST(Encode, TagsStandBetweenMemoriesAndGlobals) {
  Module result;
  result.types = {{{ValType::i32}, {}}};
  result.imports = {{"a", "b", TagType{0}}};
  result.memories = {{{1, std::nullopt}}};
  result.tags = {{0}};
  result.globals = {{{ValType::exnref, false}, expr({in(Op::ref_null, static_cast<uint32_t>(ValType::exnref))})}};
  result.exports = {{"t", ExternKind::tag, 1}};
  EXPECT_EQ(encode(result),
            module({section(1, "01 60 01 7f 00"), section(2, "01 01 61 01 62 04 00 00"), section(5, "01 00 01"),
                    section(13, "01 00 00"), section(6, "01 69 00 d0 69 0b"), section(7, "01 01 74 04 01")}));
}

TEST(Encode, NamesOnlyWhenAskedAndNotThereYet) {
  Module result;
  result.names = {"m", {{0, "f"}}, {{0, {{1, "x"}}}}, {{0, "e"}}};
  EXPECT_EQ(encode(result), module({}));
  EXPECT_EQ(encode(Module{}, {.names = true}), module({}));
  const Bytes names = section(
      0, join({text("name"), hex("00 02 01 6d  01 04 01 00 01 66  02 06 01 00 01 01 01 78  0b 04 01 00 01 65")}));
  EXPECT_EQ(encode(result, {.names = true}), module({names}));
  result.customs = {{"name", {}}};
  EXPECT_EQ(encode(result, {.names = true}), module({section(0, text("name"))}));
}

}  // namespace
}  // namespace weft
