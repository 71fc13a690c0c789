// SPDX-License-Identifier: Apache-2.0
#include "suite/text/print.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "interp/decode.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"
#include "suite/text/printer.h"

namespace weft {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Module parse(std::string_view source) {
  auto module = parse_module(source);
  if (!module) {
    ADD_FAILURE() << to_string(module.error(), "") << "\n" << source;
    return {};
  }
  return std::move(*module);
}

/// Prints, checks that text → binary → text changes nothing, and returns the text.
std::string round_trip(const Module& module) {
  const EncodeOptions with_names{.names = true};
  const std::string text = print(module);
  const Module again = parse(text);
  const auto bytes = encode(again, with_names);
  EXPECT_EQ(bytes, encode(module, with_names)) << text;
  const auto decoded = decode(bytes);
  if (!decoded) {
    ADD_FAILURE() << to_string(decoded.error(), "") << "\n" << text;
    return text;
  }
  EXPECT_EQ(print(*decoded), text);
  return text;
}

TEST(Print, AWholeModule) {
  EXPECT_EQ(round_trip(parse(R"((module $m
    (import "env" "f" (func $f (param i32)))
    (import "env" "m" (memory 1 2 shared))
    (table 1 funcref) (global (mut f32) (f32.const 0.1))
    (func $g (export "g\00\22") (param $x i32) (result i32) (local i64 i64) (local $y f64)
      (block $l (result i32) (br_if $l (local.get $x) (i32.const 1)))
      (if (result i32) (then (i32.atomic.load offset=8 (i32.const 0))) (else (call $f (i32.const -1)) (i32.const 7))))
    (start $f)
    (elem (i32.const 0) $g)
    (data (i32.const 16) "a\ff"))
  )")),
            R"((module $m
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32) (result i32)))
  (import "env" "f" (func $f (type 0) (param i32)))
  (import "env" "m" (memory (;0;) 1 2 shared))
  (func $g (type 1) (param $x i32) (result i32)
    (local i64 i64)
    (local $y f64)
    block (result i32)
      local.get $x
      i32.const 1
      br_if 0
    end
    if (result i32)
      i32.const 0
      i32.atomic.load offset=8
    else
      i32.const -1
      call $f
      i32.const 7
    end
  )
  (table (;0;) 1 funcref)
  (global (;0;) (mut f32) f32.const 0.1)
  (export "g\00\"" (func $g))
  (start $f)
  (elem (;0;) (offset i32.const 0) func $g)
  (data (;0;) (offset i32.const 16) "a\ff")
)
)");
}

TEST(Print, EveryInstruction) {
  const std::string prefix =
      "(memory 1 2 shared) (table 1 funcref) (global (mut i32) (i32.const 0)) (tag (param i32)) (elem func) (data) "
      "(func) (func (local i32) block ";
  for (const InstrInfo& row : kInstructions) {
    std::string operands;
    switch (row.immediate) {
      case Immediate::none:
      case Immediate::fence:
      case Immediate::memory:
      case Immediate::table:
      case Immediate::table_table:
      case Immediate::memory_memory: break;
      case Immediate::block: operands = "(param i32 i64) (result f32)"; break;
      case Immediate::block_catches:
        operands = "(result i32) (catch 0 0) (catch_ref 0 1) (catch_all 0) (catch_all_ref 1)";
        break;
      case Immediate::labels: operands = "0 1 0"; break;
      case Immediate::types: operands = "(result v128)"; break;
      case Immediate::type_table: operands = "(param f64)"; break;
      case Immediate::memarg: operands = "offset=77 align=1"; break;
      case Immediate::memarg_lane: operands = "offset=77 1"; break;
      case Immediate::lanes: operands = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31"; break;
      case Immediate::v128: operands = "f32x4 0.1 -0 nan:0x1 -inf"; break;
      case Immediate::f32:
      case Immediate::f64: operands = "-nan:0x2"; break;
      case Immediate::reftype: operands = "extern"; break;
      default: operands = "0";
    }
    std::string instr = fmt::format("{} {}", row.text, operands);
    if (row.immediate == Immediate::block || row.immediate == Immediate::block_catches) instr += " end";
    if (row.text == "catch" || row.text == "catch_all") instr = fmt::format("try nop {} end", instr);
    if (row.text == "delegate") instr = fmt::format("try nop {}", instr);
    if (row.text == "end" || row.text == "else") instr = "i32.const 0 if nop else nop end";
    EXPECT_THAT(round_trip(parse(prefix + instr + " end)")), HasSubstr(row.text));
  }
}

TEST(Print, SegmentsInEveryForm) {
  const std::string text = round_trip(parse(R"((table 1 funcref) (table 1 externref) (memory 1) (func $f)
    (elem declare func $f) (elem func) (elem externref (ref.null extern)) (elem (table 1) (i32.const 0) externref (item ref.null extern))
    (elem funcref (ref.null func) (ref.func $f)) (elem (offset global.get 0) $f)
    (data) (data "quote\"back\\slash\0a") (data (offset i32.const 1 i32.const 2 i32.add) ""))"));
  EXPECT_THAT(text, HasSubstr("(elem (;0;) declare func $f)"));
  EXPECT_THAT(text, HasSubstr("(elem (;3;) (table 1) (offset i32.const 0) externref (item ref.null extern))"));
  EXPECT_THAT(text, HasSubstr("(elem (;4;) funcref (item ref.null func) (item ref.func $f))"));
  EXPECT_THAT(text, HasSubstr(R"((data (;1;) "quote\"back\\slash\0a"))"));
  EXPECT_THAT(text, HasSubstr("(data (;2;) (offset i32.const 1 i32.const 2 i32.add))"));
}

TEST(Print, LongDataIsBrokenIntoLines) {
  Module module = parse("(memory 1) (data \"\")");
  for (int i = 0; i < 300; ++i) module.data[0].bytes.push_back(static_cast<uint8_t>(i));
  EXPECT_THAT(round_trip(module), HasSubstr("\n    \""));
}

TEST(Print, NamesThatAreNoIdentifiersBecomeNumbersWithAnnotations) {
  Module module =
      parse("(func $a (param $x i32) (param $y i32) call 0 call 1 call 2 local.get 0 local.get 1) (func $b) (func $c)");
  module.names.functions = {{0, "a b"}, {1, "b"}, {2, "b"}, {9, "z"}};
  module.names.locals = {{0, {{0, "é"}, {1, "y"}, {7, "q"}}}, {8, {{0, "x"}}}};
  const std::string text = print(module);
  EXPECT_THAT(text, HasSubstr("(func (;0;) (@name \"a b\") (type 0) (param (@name \"\\c3\\a9\") i32) (param $y i32)"));
  EXPECT_THAT(text, HasSubstr("call 0\n    call $b\n    call 2\n    local.get 0\n    local.get $y\n"));
  EXPECT_THAT(text, Not(HasSubstr("$z")));
  EXPECT_EQ(print(parse(text)), text);
}

TEST(Print, InvalidModulesToo) {
  const std::string text = round_trip(parse(
      "(func (type 9) (local i32) br 7 call 99 local.get 5 block (type 8) end) (start 4) (export \"\" (memory 3))"));
  EXPECT_THAT(text, HasSubstr("(func (;0;) (type 9)\n"));
}

TEST(Print, DeepCodeIsNotIndentedForEver) {
  constexpr size_t kDepth = 10'000;
  std::string source = "(func ";
  for (size_t i = 0; i < kDepth; ++i) source += "block ";
  for (size_t i = 0; i < kDepth; ++i) source += "end ";
  EXPECT_LT(round_trip(parse(source + ")")).size(), 2'500'000U);
}

TEST(Print, FloatsReadBackToTheSameBits) {
  EXPECT_EQ(text::f32_text(0x80000000), "-0");
  EXPECT_EQ(text::f32_text(0x7fc00000), "nan");
  EXPECT_EQ(text::f32_text(0xff800001), "-nan:0x1");
  EXPECT_EQ(text::f64_text(0xfff0000000000000), "-inf");
  EXPECT_EQ(text::f64_text(0x7ff8000000000001), "nan:0x8000000000001");
  EXPECT_EQ(text::f64_text(1), "5e-324");
  for (uint64_t bits = 1; bits < 0x7ff0000000000000; bits = bits * 3 + 1) {
    const Module module = parse("(func f64.const " + text::f64_text(bits) + ")");
    EXPECT_EQ(module.functions.at(0).code.body[0].lo, bits);
  }
}

TEST(Print, OffsetsAsComments) {
  auto decoded = decode(encode(parse("(func nop nop)")));
  ASSERT_TRUE(decoded);
  const std::string text = print(*decoded, {.offsets = true});
  EXPECT_THAT(text, HasSubstr("(;0x0017;) nop\n    (;0x0018;) nop\n"));
  EXPECT_EQ(print(parse(text)), print(*decoded));
}

}  // namespace
}  // namespace weft
