// SPDX-License-Identifier: Apache-2.0
//
// What Wasm 3.0 and its proposals add to the text format: read, printed, encoded and read again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "interp/decode.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"
#include "suite/text/print.h"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Module parse(std::string_view source) {
  auto module = parse_module(source);
  if (!module) {
    ADD_FAILURE() << to_string(module.error(), "") << "\n" << source;
    return {};
  }
  return std::move(*module);
}

/// Text → module → text → module → bytes → module → text: nothing changes on the way.
Module round_trip(std::string_view source) {
  Module module = parse(source);
  const EncodeOptions with_names{.names = true};
  const std::string text = print(module);
  const auto bytes = encode(module, with_names);
  EXPECT_EQ(encode(parse(text), with_names), bytes) << text;
  const auto decoded = decode(bytes);
  if (!decoded) {
    ADD_FAILURE() << to_string(decoded.error(), "") << "\n" << text;
  } else {
    EXPECT_EQ(print(*decoded), text);
  }
  return module;
}

std::vector<Op> ops(const Expr& expr) {
  std::vector<Op> all;
  for (const Instr& instr : expr.body) all.push_back(instr.op);
  return all;
}

TEST(TextMemory64, AddressTypesAndOffsets) {
  const Module module = round_trip(R"(
    (memory $m i64 1 0x1_0000_0000_0000) (memory i32 1 2 shared) (memory i64 1 2 shared (pagesize 1))
    (table i64 1 2 funcref) (table i64 3 externref)
    (func (drop (i32.load $m offset=0x1_0000_0000 (i64.const 0)))))");
  EXPECT_EQ(module.memories[0], (MemoryType{{1, 0x1'0000'0000'0000}, false, AddressType::i64}));
  EXPECT_EQ(module.memories[1], (MemoryType{{1, 2}, true}));
  EXPECT_EQ(module.memories[2], (MemoryType{{1, 2}, true, AddressType::i64, 0}));
  EXPECT_EQ(module.tables[0].type, (TableType{ValType::funcref, {1, 2}, AddressType::i64}));
  EXPECT_EQ(module.functions[0].code.body[1].lo, 0x1'0000'0000U);
}

TEST(TextMemory64, ListedContentsHaveAnOffsetOfTheAddressType) {
  const Module module = round_trip(R"((memory i64 (data "abc")) (table i64 funcref (elem $f)) (memory (data "d"))
                                      (func $f))");
  EXPECT_EQ(module.data[0].offset.body[0].op, Op::i64_const);
  EXPECT_EQ(module.data[1].offset.body[0].op, Op::i32_const);
  EXPECT_EQ(module.elements[0].offset.body[0].op, Op::i64_const);
  EXPECT_EQ(module.tables[0].type.address, AddressType::i64);
  EXPECT_EQ(module.memories[0].address, AddressType::i64);
}

TEST(TextPageSize, IsAPowerOfTwo) {
  const Module module = round_trip(R"(
    (import "a" "b" (memory 1 (pagesize 0x2_0000)))
    (memory 1 2 (pagesize 1)) (memory 0 (pagesize 65536)) (memory (pagesize 1) (data "xyz")))");
  EXPECT_EQ(std::get<MemoryType>(module.imports.at(0).desc).page_size_log2, 17);
  EXPECT_EQ(module.memories[0].page_size_log2, 0);
  EXPECT_EQ(module.memories[1], (MemoryType{{0, std::nullopt}}));
  EXPECT_EQ(module.memories[2].limits, (Limits{3, 3}));
}

TEST(TextMultiMemory, EveryInstructionTakesAnIndex) {
  const Module module = round_trip(R"((memory 1) (memory $n 1) (data $d "a") (data (memory $n) (i32.const 1) "b")
    (func
      (i32.store $n offset=4 align=1 (i32.const 0) (i32.load8_u $n (i32.const 0)))
      (drop (i32.atomic.load $n (i32.const 0)))
      (drop (memory.grow $n (memory.size $n)))
      (memory.fill $n (i32.const 0) (i32.const 0) (i32.const 0))
      (memory.copy $n 0 (i32.const 0) (i32.const 0) (i32.const 0))
      (memory.init $n $d (i32.const 0) (i32.const 0) (i32.const 0))
      (drop (v128.load8_lane $n 3 (i32.const 0) (v128.const i64x2 0 0)))))");
  EXPECT_EQ(module.data[1].memory, 1U);
  for (const Instr& instr : module.functions[0].code.body) {
    switch (info(instr.op).immediate) {
      case Immediate::memarg:
      case Immediate::memarg_lane:
      case Immediate::memory:
      case Immediate::memory_memory: EXPECT_EQ(instr.a, 1U) << info(instr.op).text; break;
      case Immediate::data_memory: EXPECT_EQ(instr.b, 1U); break;
      default: break;
    }
  }
}

TEST(TextTag, DefinedImportedExported) {
  const Module module = round_trip(R"(
    (type $t (func (param i64)))
    (import "m" "a" (tag $a (param i32)))
    (tag $b (import "m" "b") (type $t))
    (tag $c (export "c") (export "c2") (type $t) (param $x i64))
    (tag $d)
    (export "d" (tag $d)) (export "b" (tag $b)))");
  ASSERT_EQ(module.tags.size(), 2U);
  EXPECT_EQ(std::get<TagType>(module.imports[0].desc).type, 1U);
  EXPECT_EQ(std::get<TagType>(module.imports[1].desc).type, 0U);
  EXPECT_EQ(module.tags[0].type, 0U);
  EXPECT_EQ(module.tag_count(), 4U);
  EXPECT_EQ(module.exports[0].index, 2U);
  EXPECT_EQ(module.exports[2].index, 3U);
  EXPECT_EQ(module.exports[3].index, 1U);
  EXPECT_EQ(module.exports[3].kind, ExternKind::tag);
}

TEST(TextExceptions, CatchClausesCountLabelsFromOutside) {
  constexpr std::string_view kFolded = R"((tag $e (param i32)) (tag $f)
    (func (result i32)
      (block $out (result i32)
        (try_table $in (result i32) (catch $e $out) (catch_ref $f 1) (catch_all $out) (catch_all_ref 1)
          (throw $e (i32.const 1))))))";
  const Module module = round_trip(kFolded);
  const Expr& code = module.functions[0].code;
  EXPECT_THAT(ops(code), ElementsAre(Op::block, Op::try_table, Op::i32_const, Op::throw_, Op::end, Op::end, Op::end));
  EXPECT_EQ(code.body[1].b, 4U);
  EXPECT_THAT(code.pool, ElementsAre(0, 0, 0, 1, 1, 1, 2, 0, 0, 3, 0, 1));
  const Module flat = parse(R"((tag $e (param i32)) (tag $f)
    (func (result i32)
      block $out (result i32)
        try_table $in (result i32) (catch $e $out) (catch_ref $f 1) (catch_all $out) (catch_all_ref 1)
          i32.const 1 throw $e
        end $in
      end))");
  EXPECT_EQ(encode(flat), encode(module));
  EXPECT_THAT(print(module),
              HasSubstr("try_table (result i32) (catch $e 0) (catch_ref $f 1) (catch_all 0) (catch_all_ref 1)"));
}

TEST(TextExceptions, TheLegacyFormsAreTheSameFlatAndFolded) {
  const Module folded = round_trip(R"((tag $e)
    (func (try $l (do (throw $e)) (catch $e (rethrow $l) (br $l)) (catch 0 nop) (catch_all (nop)))
          (try (do)) (try (do) (catch_all))))");
  const Module flat = round_trip(R"((tag $e)
    (func try $l throw $e catch $e rethrow $l br $l catch 0 nop catch_all nop end $l
          try end try catch_all end))");
  EXPECT_THAT(ops(folded.functions[0].code),
              ElementsAre(Op::try_, Op::throw_, Op::catch_, Op::rethrow, Op::br, Op::catch_, Op::nop, Op::catch_all,
                          Op::nop, Op::end, Op::try_, Op::end, Op::try_, Op::catch_all, Op::end, Op::end));
  EXPECT_EQ(encode(folded), encode(flat));
}

TEST(TextExceptions, ADelegateEndsItsTryAndCountsFromOutsideIt) {
  const Module folded =
      round_trip("(func (try $l (do (try $m (do (nop)) (delegate $l)) (try (do) (delegate 1))) (delegate 0)) (nop))");
  const Module flat = round_trip("(func try $l try $m nop delegate $l try delegate 1 delegate 0 nop)");
  EXPECT_THAT(ops(folded.functions[0].code), ElementsAre(Op::try_, Op::try_, Op::nop, Op::delegate, Op::try_,
                                                         Op::delegate, Op::delegate, Op::nop, Op::end));
  EXPECT_EQ(folded.functions[0].code.body[3].a, 0U);
  EXPECT_EQ(folded.functions[0].code.body[5].a, 1U);
  EXPECT_EQ(encode(folded), encode(flat));
}

TEST(TextExceptions, DeepNestingCostsNoStack) {
  std::string source = "(func ";
  for (int i = 0; i < 5'000; ++i) source += "(try (do ";
  for (int i = 0; i < 5'000; ++i) source += ") (catch_all))";
  EXPECT_EQ(parse(source + ")").functions[0].code.body.size(), 15'001U);
}

TEST(TextReferences, LongFormsOfTheNullableOnes) {
  const Module module = round_trip(R"(
    (table 1 (ref null func)) (table (ref null extern) (elem (ref.null extern))) (global (ref null exn) (ref.null exn))
    (elem (ref null func) (ref.null func)) (elem (table 0) (i32.const 0) (ref null func) (item ref.null func))
    (func (param (ref null func) exnref) (result (ref null extern)) (local (ref null exn))
      (block (result (ref null extern)) (select (result (ref null extern)) (ref.null extern) (ref.null extern) (i32.const 0)))))");
  EXPECT_EQ(module.tables[0].type.element, ValType::funcref);
  EXPECT_EQ(module.tables[1].type.element, ValType::externref);
  EXPECT_EQ(module.globals[0].type.type, ValType::exnref);
  EXPECT_EQ(module.elements[1].mode, SegmentMode::passive);
  EXPECT_EQ(module.elements[2].mode, SegmentMode::active);
  EXPECT_THAT(module.types[0].params, ElementsAre(ValType::funcref, ValType::exnref));
}

TEST(TextTable, MayHaveAnInitialiser) {
  const Module module = round_trip(R"(
    (table 1 funcref) (table 1 2 funcref (ref.func $f)) (table i64 3 externref ref.null extern) (func $f))");
  EXPECT_FALSE(module.tables[0].init);
  ASSERT_TRUE(module.tables[1].init);
  EXPECT_THAT(ops(*module.tables[1].init), ElementsAre(Op::ref_func, Op::end));
  EXPECT_THAT(ops(*module.tables[2].init), ElementsAre(Op::ref_null, Op::end));
}

TEST(TextTailCalls, LookLikeCalls) {
  const Module module = round_trip(R"((table 1 funcref) (table $t 1 funcref)
    (func $f (param i32) (return_call $f (local.get 0)))
    (func (return_call_indirect $t (param i32) (i32.const 1) (i32.const 0))))");
  EXPECT_THAT(ops(module.functions[0].code), ElementsAre(Op::local_get, Op::return_call, Op::end));
  const Instr& indirect = module.functions[1].code.body[2];
  EXPECT_EQ(indirect.op, Op::return_call_indirect);
  EXPECT_EQ(indirect.a, 0U);
  EXPECT_EQ(indirect.b, 1U);
}

TEST(TextWideArithmetic, IsPlain) {
  const Module module = round_trip(R"((func (param i64 i64) (result i64 i64)
    (i64.add128 (i64.mul_wide_s (local.get 0) (local.get 1)) (i64.mul_wide_u (local.get 0) (local.get 1)))
    (i64.sub128 (i64.const 0) (i64.const 0))))");
  EXPECT_THAT(module.functions[0].code.body, ::testing::SizeIs(11));
}

TEST(TextSegments, OffsetsMayBeExtendedConstantExpressions) {
  const Module module = round_trip(R"((memory 1) (global $g i32 (i32.const 1)) (table 9 funcref) (func $f)
    (data (i32.add (global.get $g) (i32.mul (i32.const 2) (i32.const 3))) "a")
    (data (offset global.get $g i32.const 1 i32.sub) "b")
    (elem (i32.add (i32.const 1) (i32.const 1)) $f)
    (elem 0 (i32.const 0) $f) (data 0 (i32.const 0) "c"))");
  EXPECT_THAT(module.data[0].offset.body, ::testing::SizeIs(6));
  EXPECT_EQ(module.elements[1].mode, SegmentMode::active);
}

TEST(TextAnnotations, AreSkippedWhereverTheyStandIfUnknown) {
  const Module module = parse(R"(((@a) module (@names "x") $m (@customs "c" (before first) "b")
    (func (@"name " "λ") $f (param (@a (b)) $"x y" i32) (@branch_hint "\01") (if (local.get $"x y") (then))))(@z))");
  EXPECT_EQ(module.functions.size(), 1U);
  EXPECT_EQ(module.names.module, "m");
}

}  // namespace
}  // namespace weft
