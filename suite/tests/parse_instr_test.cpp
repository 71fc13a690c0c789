// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "interp/limits.h"
#include "suite/text/parse.h"

namespace weft {
namespace {

using ::testing::ElementsAre;

/// The code of the last function of the module.
Expr code(std::string_view fields) {
  auto module = parse_module(fields);
  if (!module) {
    ADD_FAILURE() << to_string(module.error(), "") << "\n" << fields;
    return {};
  }
  return std::move(module->functions.back().code);
}
std::vector<Instr> body(std::string_view instrs) { return code("(func " + std::string(instrs) + ")").body; }
Instr first(std::string_view instrs) { return body(instrs).at(0); }

std::vector<Op> ops(std::string_view instrs) {
  std::vector<Op> all;
  for (const Instr& instr : body(instrs)) all.push_back(instr.op);
  return all;
}

TEST(ParseInstr, FoldedOperandsComeFirst) {
  EXPECT_THAT(ops("(i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.const 3))) drop"),
              ElementsAre(Op::i32_const, Op::i32_const, Op::i32_const, Op::i32_mul, Op::i32_add, Op::drop, Op::end));
}

TEST(ParseInstr, FoldedAndFlatBlocksAreTheSame) {
  const auto expected = ElementsAre(Op::i32_const, Op::if_, Op::nop, Op::else_, Op::unreachable, Op::end, Op::loop,
                                    Op::nop, Op::end, Op::end);
  EXPECT_THAT(ops("(if (i32.const 1) (then nop) (else (unreachable))) (loop (nop))"), expected);
  EXPECT_THAT(ops("i32.const 1 if $l nop else $l unreachable end $l loop nop end"), expected);
}

TEST(ParseInstr, AnEmptyElseIsNone) {
  EXPECT_THAT(ops("(if (i32.const 1) (then) (else))"), ElementsAre(Op::i32_const, Op::if_, Op::end, Op::end));
  EXPECT_THAT(ops("i32.const 1 if else end"), ElementsAre(Op::i32_const, Op::if_, Op::end, Op::end));
}

TEST(ParseInstr, LabelsCountFromTheInnermostAndShadow) {
  const auto instrs = body("block $a block $b block $a br $a br $b br 2 end br $a end end");
  EXPECT_EQ(instrs[3].a, 0U);
  EXPECT_EQ(instrs[4].a, 1U);
  EXPECT_EQ(instrs[5].a, 2U);
  EXPECT_EQ(instrs[7].a, 1U);
}

TEST(ParseInstr, TheConditionOfAFoldedIfIsOutsideItsLabel) {
  const auto instrs = body("(block $l (if $l (br_if $l (i32.const 1)) (then (br $l))))");
  EXPECT_EQ(instrs[2].op, Op::br_if);
  EXPECT_EQ(instrs[2].a, 0U);
  EXPECT_EQ(instrs[4].a, 0U);
  EXPECT_EQ(parse_module("(func (if $l (br $l) (then)))").error().message, "unknown label $l");
}

TEST(ParseInstr, BrTableKeepsTheDefaultLast) {
  const Expr expr = code("(func (block $l (br_table 1 $l 7 (i32.const 0))))");
  EXPECT_EQ(expr.body[2].op, Op::br_table);
  EXPECT_EQ(expr.body[2].b, 2U);
  EXPECT_THAT(expr.pool, ElementsAre(1, 0, 7));
}

TEST(ParseInstr, BlockTypesAreShortWherePossible) {
  const Expr expr =
      code("(type $t (func)) (func (block) (block (result i64)) (block (type $t)) (block (param i32) (result i32)))");
  EXPECT_TRUE(BlockType::from(expr.body[0]).is_empty());
  EXPECT_EQ(BlockType::from(expr.body[2]).value_type(), ValType::i64);
  EXPECT_EQ(BlockType::from(expr.body[4]).code, 0);
  EXPECT_EQ(BlockType::from(expr.body[6]).code, 1);
}

TEST(ParseInstr, MemargDefaultsToNaturalAlignment) {
  EXPECT_EQ(first("i64.atomic.rmw16.add_u").align, 1);
  EXPECT_EQ(first("v128.load").align, 4);
  EXPECT_EQ(first("memory.atomic.wait64").align, 3);
  const Instr instr = first("i32.load8_u offset=0xffff_ffff align=8");
  EXPECT_EQ(instr.lo, 0xffffffffU);
  EXPECT_EQ(instr.align, 3);
}

TEST(ParseInstr, MemoriesMayBeExplicit) {
  const auto in_two = [](std::string instrs) {
    return code("(memory 1) (memory $m 1) (data $d) (data $e) (func " + instrs + ")").body.at(0);
  };
  EXPECT_EQ(in_two("i32.atomic.load $m offset=4").a, 1U);
  EXPECT_EQ(in_two("memory.atomic.notify 1 offset=4").lo, 4U);
  EXPECT_EQ(in_two("memory.size 1").a, 1U);
  EXPECT_EQ(in_two("memory.copy $m 0").a, 1U);
  EXPECT_EQ(in_two("memory.init $e").a, 1U);
  EXPECT_EQ(in_two("memory.init $e").b, 0U);
  EXPECT_EQ(in_two("memory.init $m $d").a, 0U);
  EXPECT_EQ(in_two("memory.init $m $d").b, 1U);
  EXPECT_EQ(in_two("v128.load8_lane 3").a, 0U);
  EXPECT_EQ(in_two("v128.load8_lane 3").lane, 3);
  EXPECT_EQ(in_two("v128.load8_lane 1 3").a, 1U);
  EXPECT_EQ(in_two("v128.load8_lane 1 3").lane, 3);
  EXPECT_EQ(in_two("v128.load8_lane 1 align=1 3").a, 1U);
}

TEST(ParseInstr, TablesMayBeExplicit) {
  const auto in_two = [](std::string instrs) {
    return code("(table 1 funcref) (table $t 1 funcref) (elem $e func) (func " + instrs + ")").body.at(0);
  };
  EXPECT_EQ(in_two("table.get").a, 0U);
  EXPECT_EQ(in_two("table.get $t").a, 1U);
  EXPECT_EQ(in_two("table.copy 0 $t").b, 1U);
  EXPECT_EQ(in_two("table.init $t $e").b, 1U);
  EXPECT_EQ(in_two("elem.drop $e").a, 0U);
  EXPECT_EQ(in_two("call_indirect $t (type 7)").a, 7U);
  EXPECT_EQ(in_two("call_indirect $t (type 7)").b, 1U);
}

TEST(ParseInstr, VectorConstantsInEveryShape) {
  const auto lanes = [](std::string_view text) {
    const Instr instr = first("v128.const " + std::string(text));
    return std::pair(instr.lo, instr.hi);
  };
  EXPECT_EQ(lanes("i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 -1"),
            std::pair(uint64_t{0x0706050403020100}, uint64_t{0xff0e0d0c0b0a0908}));
  EXPECT_EQ(lanes("i16x8 1 2 3 4 5 6 7 -1"), std::pair(uint64_t{0x0004000300020001}, uint64_t{0xffff000700060005}));
  EXPECT_EQ(lanes("i32x4 1 2 3 -1"), std::pair(uint64_t{0x0000000200000001}, uint64_t{0xffffffff00000003}));
  EXPECT_EQ(lanes("i64x2 1 -1"), std::pair(uint64_t{1}, ~uint64_t{0}));
  EXPECT_EQ(lanes("f32x4 1 -0 inf nan"), std::pair(uint64_t{0x800000003f800000}, uint64_t{0x7fc000007f800000}));
  EXPECT_EQ(lanes("f64x2 1.0 nan:0x1"), std::pair(uint64_t{0x3ff0000000000000}, uint64_t{0x7ff0000000000001}));
  const Instr shuffle = first("i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31");
  EXPECT_EQ(shuffle.hi, 0x1f0e0d0c0b0a0908U);
}

TEST(ParseInstr, SelectWithTypesIsAnotherInstruction) {
  EXPECT_EQ(first("select").op, Op::select);
  const Expr expr = code("(func (select (result i32) (result i64)))");
  EXPECT_EQ(expr.body[0].op, Op::select_t);
  EXPECT_THAT(expr.pool, ElementsAre(0x7f, 0x7e));
  EXPECT_EQ(first("select (result)").op, Op::select_t);
}

TEST(ParseInstr, InstructionsKnowTheirLines) {
  std::vector<uint32_t> lines;
  for (const Instr& instr : body("\n(i32.add\n  (i32.const 1)\n (i32.const\n 2))\ndrop\n"))
    lines.push_back(instr.offset);
  EXPECT_THAT(lines, ElementsAre(3, 4, 2, 6, 7));
}

TEST(ParseInstr, EveryKeywordOfTheTableIsKnown) {
  for (const InstrInfo& row : kInstructions) {
    const auto module = parse_module("(func " + std::string(row.text) + " ?)");
    ASSERT_FALSE(module) << row.text;
    EXPECT_EQ(module.error().message.find("unknown operator " + std::string(row.text)), std::string::npos)
        << module.error().message;
  }
}

TEST(ParseInstr, NestingIsLimitedAndFoldingIsNot) {
  const auto nested = [](size_t depth, const std::string& open, const std::string& close) {
    std::string source = "(func ";
    for (size_t i = 0; i < depth; ++i) source += open;
    for (size_t i = 0; i < depth; ++i) source += close;
    return parse_module(source + ")");
  };
  EXPECT_TRUE(nested(kMaxNesting, "block ", "end "));
  EXPECT_TRUE(nested(kMaxNesting, "(block ", ")"));
  const auto too_deep = nested(kMaxNesting + 1, "(block ", ")");
  ASSERT_FALSE(too_deep);
  EXPECT_THAT(too_deep.error().message, ::testing::StartsWith("too many nested blocks: 10001"));
  EXPECT_EQ(nested(kMaxNesting + 1, "loop ", "end ").error().where, "1:50007");
  EXPECT_TRUE(nested(500'000, "(drop ", ")"));
  EXPECT_FALSE(nested(500'000, "(if ", ")"));
}

// Each branch to the outermost of many labels: finding it must not take a search.
TEST(ParseInstr, LabelsAreFoundAtAnyDepth) {
  std::string source = "(func (block $outer (block $inner ";
  for (size_t i = 0; i < kMaxNesting - 2; ++i) source += "block $b ";
  for (size_t i = 0; i < 100'000; ++i) source += "br $outer ";
  source += "br $b ";
  for (size_t i = 0; i < kMaxNesting - 2; ++i) source += "end ";
  const auto module = parse_module(source + ") br $outer br $inner))");
  ASSERT_FALSE(module);
  EXPECT_THAT(module.error().message, ::testing::StartsWith("unknown label $inner"));
  const auto good = parse_module(source + ") br $outer))");
  ASSERT_TRUE(good);
  const std::vector<Instr>& body = good->functions.at(0).code.body;
  EXPECT_EQ(body.at(kMaxNesting).a, kMaxNesting - 1);
  EXPECT_EQ(body.at(kMaxNesting + 100'000).a, 0U);
  EXPECT_EQ(body.at(body.size() - 3).a, 0U);
}

}  // namespace
}  // namespace weft
