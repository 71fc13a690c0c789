// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suite/text/parse.h"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

Module parse(std::string_view source) {
  auto module = parse_module(source);
  if (!module) {
    ADD_FAILURE() << to_string(module.error(), "") << "\n" << source;
    return {};
  }
  return std::move(*module);
}

TEST(ParseModule, WithOrWithoutTheWrapper) {
  EXPECT_EQ(parse("(module $m (func))").functions.size(), 1U);
  EXPECT_EQ(parse("(module $m (func))").names.module, "m");
  EXPECT_EQ(parse("(func) (func)").functions.size(), 2U);
  EXPECT_TRUE(parse("").functions.empty());
  EXPECT_TRUE(parse("(module)").functions.empty());
}

TEST(ParseModule, TypeUsesReuseTypesInSourceOrder) {
  const Module module = parse(R"(
    (func $f (result f64) unreachable)      ;; 1: implicit
    (func $g (param i32))                   ;; 0: explicit, though it comes later
    (func $h (result f64) unreachable)      ;; 1 again
    (func (block (param i64) drop))         ;; 2 and 3
    (type $t (func (param i32)))
    (type $u (func (param i32))))");
  ASSERT_EQ(module.types.size(), 5U);
  EXPECT_THAT(module.types[2].results, ElementsAre(ValType::f64));
  EXPECT_EQ(module.functions[0].type, 2U);
  EXPECT_EQ(module.functions[1].type, 0U);
  EXPECT_EQ(module.functions[2].type, 2U);
  EXPECT_EQ(module.functions[3].type, 3U);
  EXPECT_EQ(BlockType::from(module.functions[3].code.body[0]).code, 4);
}

TEST(ParseModule, LocalsFollowTheParametersOfTheType) {
  const Module module =
      parse(R"((func $f (type 0) (local $x i32) (local i64 f32) (local $y v128) local.get $y local.get $x)
                                 (type (func (param i32 i32))))");
  EXPECT_THAT(module.functions[0].locals, ElementsAre(ValType::i32, ValType::i64, ValType::f32, ValType::v128));
  EXPECT_EQ(module.functions[0].code.body[0].a, 5U);
  EXPECT_EQ(module.functions[0].code.body[1].a, 2U);
  EXPECT_THAT(module.names.functions, ElementsAre(Pair(0, "f")));
  EXPECT_THAT(module.names.locals, ElementsAre(Pair(0, ElementsAre(Pair(2, "x"), Pair(5, "y")))));
}

TEST(ParseModule, AnUnknownTypeMattersToNamedLocalsOnly) {
  EXPECT_EQ(parse("(func (type 9) (local $x i32) local.get 0)").functions[0].type, 9U);
  const auto module = parse_module("(func (type 9) (local $x i32) local.get $x)");
  ASSERT_FALSE(module);
  EXPECT_THAT(module.error().message, ::testing::StartsWith("unknown type"));
}

TEST(ParseModule, ForwardReferencesInEverySpace) {
  const Module module = parse(R"(
    (export "f" (func $f)) (export "t" (table $t)) (export "m" (memory $m)) (export "g" (global $g))
    (start $f)
    (elem (table $t) (i32.const 0) func $f)
    (func table.init $t $e memory.init $d global.get $g call $f)
    (func $f) (table $t 1 funcref) (memory $m 1) (global $g i32 (i32.const 1)) (elem $e func) (data $d "x"))");
  EXPECT_EQ(module.exports[0].index, 1U);
  EXPECT_EQ(module.start, 1U);
  EXPECT_EQ(module.functions[0].code.body[0].a, 1U);
  EXPECT_EQ(module.data_count, 1U);
}

TEST(ParseModule, InlineImportsAndExports) {
  const Module module = parse(R"(
    (func $f (export "a") (export "b") (import "m" "f") (param $x i32))
    (memory (export "mem") (import "m" "mem") 1 2 shared)
    (import "m" "t" (table $t 1 2 externref))
    (global $g (import "m" "g") (mut i64))
    (global (export "h") i32 (i32.const 7))
    (func (export "c") (call $f (i32.const 1))))");
  ASSERT_EQ(module.imports.size(), 4U);
  EXPECT_EQ(module.imports[1].kind(), ExternKind::memory);
  EXPECT_TRUE(std::get<MemoryType>(module.imports[1].desc).shared);
  EXPECT_EQ(module.exports.size(), 5U);
  EXPECT_EQ(module.exports[3].name, "h");
  EXPECT_EQ(module.exports[3].index, 1U);
  EXPECT_EQ(module.exports[4].index, 1U);
}

TEST(ParseModule, MemoriesAndTablesWithContents) {
  const Module module = parse(R"(
    (elem $a func) (data $a "1")
    (memory (export "m") (data "abc" "\00\ff"))
    (table $t funcref (elem $f 0))
    (table funcref (elem (ref.func $f) (item ref.null func)))
    (elem $b func) (data $b "2")
    (func $f elem.drop $b data.drop $b))");
  EXPECT_EQ(module.memories[0].limits, (Limits{1, 1}));
  EXPECT_THAT(module.data[1].bytes, ElementsAre('a', 'b', 'c', 0, 0xff));
  EXPECT_EQ(module.tables[0].type.limits, (Limits{2, 2}));
  EXPECT_TRUE(module.elements[1].as_indices);
  EXPECT_FALSE(module.elements[2].as_indices);
  EXPECT_EQ(module.elements[2].table, 1U);
  EXPECT_EQ(module.functions[0].code.body[0].a, 3U);
  EXPECT_EQ(module.functions[0].code.body[1].a, 2U);
}

TEST(ParseModule, ElementSegmentsInEveryForm) {
  struct Case {
    const char* text;
    SegmentMode mode;
    uint32_t table;
    size_t count;
    bool as_indices;
  };
  for (const Case& c : {
           Case{"(elem func)", SegmentMode::passive, 0, 0, true},
           Case{"(elem func $f 0)", SegmentMode::passive, 0, 2, true},
           Case{"(elem funcref (ref.func $f) (item ref.null func))", SegmentMode::passive, 0, 2, false},
           Case{"(elem externref (ref.null extern))", SegmentMode::passive, 0, 1, false},
           Case{"(elem declare func $f)", SegmentMode::declarative, 0, 1, true},
           Case{"(elem (i32.const 1) $f)", SegmentMode::active, 0, 1, true},
           Case{"(elem (offset i32.const 1))", SegmentMode::active, 0, 0, true},
           Case{"(elem (table $t) (offset (i32.const 1)) func $f)", SegmentMode::active, 1, 1, true},
           Case{"(elem $e (table 1) (i32.const 1) funcref (item (ref.func $f)))", SegmentMode::active, 1, 1, true},
       }) {
    const Module module = parse("(table 9 funcref) (table $t 9 funcref) (func $f)" + std::string(c.text));
    ASSERT_EQ(module.elements.size(), 1U) << c.text;
    const ElementSegment& segment = module.elements[0];
    EXPECT_EQ(segment.mode, c.mode) << c.text;
    EXPECT_EQ(segment.table, c.table) << c.text;
    EXPECT_EQ(segment.init.size(), c.count) << c.text;
    EXPECT_EQ(segment.as_indices, c.as_indices) << c.text;
    EXPECT_EQ(segment.offset.body.size(), c.mode == SegmentMode::active ? 2U : 0U) << c.text;
  }
}

TEST(ParseModule, DataSegments) {
  const Module module = parse(
      R"((memory $m 1) (data) (data $d "a" "b") (data (i32.const 1) "c") (data (memory $m) (offset (i32.const 2)) "d"))");
  EXPECT_EQ(module.data[0].mode, SegmentMode::passive);
  EXPECT_THAT(module.data[1].bytes, ElementsAre('a', 'b'));
  EXPECT_EQ(module.data[2].mode, SegmentMode::active);
  EXPECT_EQ(module.data[3].offset.body[0].lo, 2U);
  EXPECT_FALSE(module.data_count.has_value());
}

TEST(ParseModule, LimitsAndSharing) {
  const Module module = parse("(memory 0x1_0 32 shared) (memory 1 shared) (table 1 2 funcref)");
  EXPECT_EQ(module.memories[0], (MemoryType{{16, 32}, true}));
  EXPECT_TRUE(module.memories[1].shared) << "a missing maximum is validation's question";
  EXPECT_EQ(module.tables[0].type.limits, (Limits{1, 2}));
}

TEST(ParseModule, SpacesOfIdentifiersAreSeparate) {
  const Module module = parse(
      R"((type $x (func)) (func $x (type $x) (local $x i32) (block $x (br $x)) local.get $x drop) (global $x i32 (i32.const 0)))");
  EXPECT_EQ(module.functions.size(), 1U);
  EXPECT_EQ(parse(R"((func $"a b") (func call $"a\20b"))").functions[1].code.body[0].a, 0U);
}

TEST(ParseModule, ParametersWithAndWithoutNames) {
  const Module module = parse("(func (param i32 i64) (param $x f32) (param) (param f64) local.get $x)");
  EXPECT_THAT(module.types[0].params, ElementsAre(ValType::i32, ValType::i64, ValType::f32, ValType::f64));
  EXPECT_THAT(module.names.locals, ElementsAre(Pair(0, ElementsAre(Pair(2, "x")))));
  EXPECT_THAT(module.names.functions, IsEmpty());
}

}  // namespace
}  // namespace weft
