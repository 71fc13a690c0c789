// SPDX-License-Identifier: Apache-2.0
//
// The compact notation, and the Wasm that it becomes.
#include "suite/model/notation.h"

#include <gmock/gmock.h>

#include "suite/model/assemble.h"

namespace weft::model {
namespace {

using ::testing::HasSubstr;

const MemoryType kMemory{.limits = {1, 4}, .shared = true};

std::string fault(std::string_view text) {
  std::vector<Bytes> constants;
  const auto code = compile_notation(text, kMemory, "0", constants);
  return code ? "nothing" : code.error().where + ": " + code.error().message;
}

std::string assembled(std::string_view text) {
  std::vector<std::string> registers;
  const auto operations = parse_notation(text);
  if (!operations) return operations.error().message;
  const auto module = assemble(*operations, kMemory, registers);
  return module ? *module : module.error().message;
}

TEST(ModelNotation, LiteralsHave128Bits) {
  EXPECT_EQ(parse_literal("258", false), to_bytes(258));
  EXPECT_EQ(parse_literal("0xfF", false), to_bytes(255));
  EXPECT_EQ(parse_literal("1", true), to_bytes(~uint64_t{0}, ~uint64_t{0}));
  EXPECT_EQ(parse_literal("0", true), to_bytes(0));
  EXPECT_EQ(parse_literal("0x80000000000000010000000000000002", false), to_bytes(2, 0x8000000000000001));
  EXPECT_EQ(parse_literal("340282366920938463463374607431768211455", false), to_bytes(~uint64_t{0}, ~uint64_t{0}));
  EXPECT_FALSE(parse_literal("340282366920938463463374607431768211456", false));
  EXPECT_FALSE(parse_literal("0x", false));
  EXPECT_FALSE(parse_literal("1a", false));
}

TEST(ModelNotation, EachOperationIsItsInstruction) {
  const std::pair<const char*, const char*> cases[] = {
      {"W1u[x]=7", "(i64.store8 offset=0 (i32.const 0) (i64.const 7))"},
      {"W4s[y+4]=-1", "(i64.atomic.store32 offset=20 (i32.const 0) (i64.const -1))"},
      {"W8u[w-8]=1", "(i64.store offset=40 (i32.const 0) (i64.const 1))"},
      {"W4f[z]=1", "(f32.store offset=32 (i32.const 0) (f32.reinterpret_i32 (i32.wrap_i64 (i64.const 1))))"},
      {"W8f[x]=1", "(f64.store offset=0 (i32.const 0) (f64.reinterpret_i64 (i64.const 1)))"},
      {"W16f[x]=0x20000000000000001", "(v128.store offset=0 (i32.const 0) (v128.const i64x2 1 2))"},
      {"R2u[x]->r0", "(global.set $r0 (i64.load16_u offset=0 (i32.const 0)))"},
      {"R8s[x]->r0", "(i64.atomic.load offset=0 (i32.const 0))"},
      {"R4f[x]->r0", "(i64.extend_i32_u (i32.reinterpret_f32 (f32.load offset=0 (i32.const 0))))"},
      {"R8f[x]->r0", "(i64.reinterpret_f64 (f64.load offset=0 (i32.const 0)))"},
      {"R16f[x]->v; W16f[y]=v", "(v128.store offset=16 (i32.const 0) (global.get $v))"},
      {"xor1[x],3->r0", "(i64.atomic.rmw8.xor_u offset=0 (i32.const 0) (i64.const 3))"},
      {"add8[x],3", "(drop (i64.atomic.rmw.add offset=0 (i32.const 0) (i64.const 3)))"},
      {"cas4[x],1,2->r0", "(i64.atomic.rmw32.cmpxchg_u offset=0 (i32.const 0) (i64.const 1) (i64.const 2))"},
      {"cas8[x],1,2->r0", "(i64.atomic.rmw.cmpxchg offset=0 (i32.const 0) (i64.const 1) (i64.const 2))"},
      {"wait4[x],0,-1->r0",
       "(memory.atomic.wait32 offset=0 (i32.const 0) (i32.wrap_i64 (i64.const 0)) (i64.const -1))"},
      {"wait8[x],0,5->r0", "(memory.atomic.wait64 offset=0 (i32.const 0) (i64.const 0) (i64.const 5))"},
      {"notify[x],2->r0", "(memory.atomic.notify offset=0 (i32.const 0) (i32.wrap_i64 (i64.const 2)))"},
      {"fence", "(atomic.fence)"},
      {"size->r0", "(i64.extend_i32_s (memory.size))"},
      {"grow 2->r0", "(i64.extend_i32_s (memory.grow (i32.wrap_i64 (i64.const 2))))"},
      {"r0=1; r1=r0^r0+1", "(global.set $r1 (i64.add (i64.xor (global.get $r0) (global.get $r0)) (i64.const 1)))"},
      {"r0=1; R4u[x+r0-r0]->r1",
       "(i64.load32_u (i32.wrap_i64 (i64.sub (i64.add (i64.const 0) (global.get $r0)) (global.get $r0))))"},
      {"r0=1; assume r0!=2", "(if (i64.eq (global.get $r0) (i64.const 2)) (then (global.set $dropped"},
      {"r0=1; skip r0==1 1; fence", "(br_if $to3 (i64.eq (global.get $r0) (i64.const 1)))"},
  };
  for (const auto& [notation, wasm] : cases) {
    EXPECT_THAT(assembled(notation), HasSubstr(wasm)) << notation;
    EXPECT_EQ(fault(notation), "nothing") << notation;
  }
}

TEST(ModelNotation, SkipsMayCrossEachOther) {
  EXPECT_EQ(fault("r0=1; skip r0==1 2; skip r0==2 2; fence; fence; skip r0==3 0; fence"), "nothing");
}

TEST(ModelNotation, ConstantsAreThoseOfValues) {
  std::vector<Bytes> constants;
  ASSERT_TRUE(compile_notation(
      "W4u[x+4]=1; cas4[x],2,3->r0; notify[x],4; wait4[x],5,6->r1; grow 7; skip r0==8 1; r2=r0+9; fence", kMemory, "0",
      constants));
  EXPECT_THAT(constants, ::testing::UnorderedElementsAre(to_bytes(1), to_bytes(2), to_bytes(3), to_bytes(5),
                                                         to_bytes(8), to_bytes(9)));
}

TEST(ModelNotation, ErrorsNameTheColumn) {
  EXPECT_EQ(fault("W4u[x]=1 R4u[y]->r0"), "column 10: expected ';'");
  EXPECT_EQ(fault("W4u[x]"), "column 7: expected '='");
  EXPECT_EQ(fault("W4u[x=1"), "column 6: expected ']'");
  EXPECT_EQ(fault("R4u[x]"), "column 7: expected '->'");
  EXPECT_EQ(fault("R4u[x]->0"), "column 10: expected a register");
  EXPECT_EQ(fault("fence; W4u[x]="), "column 15: expected a number or a register");
  EXPECT_EQ(fault("W4u[x]=12ab"), "column 8: not a number of 128 bits: '12ab'");
  EXPECT_EQ(fault("W4u[x]=-r0"), "column 9: not a number of 128 bits: 'r0'");
  EXPECT_EQ(fault("skip 0==0"), "column 10: expected a number of operations");
  EXPECT_EQ(fault("skip 0==0 1"), "column 12: the skip of 1 operations goes past the end");
  for (const char* unknown : {"W3u[x]=1", "R1f[x]->r0", "R16u[x]->r0", "W4x[x]=1", "W4[x]=1", "add16[x],1",
                              "add4u[x],1", "wait2[x],0,0", "load4[x]"})
    EXPECT_THAT(fault(unknown), HasSubstr("column 1: unknown operation")) << unknown;
  EXPECT_EQ(fault("?"), "column 1: expected an operation");
}

TEST(ModelNotation, WhatMakesNoModuleIsAnError) {
  EXPECT_EQ(fault("W4u[x]=r1"), ": r1 is never set");
  EXPECT_EQ(fault("R16f[x]->r0; W4u[x]=r0"), ": r0 has 16 bytes: it can only be stored as such");
  EXPECT_EQ(fault("R4f[x]->r0; W16f[x]=r0"), ": r0 has not 16 bytes");
  EXPECT_EQ(fault("R16f[x]->r0; R4u[x]->r0"), ": r0 has 16 bytes here and 8 there");
  EXPECT_EQ(fault("R4u[x]->dropped"), ": no name of a register: dropped");
  EXPECT_EQ(fault("W16f[x]=1+1"), ": no arithmetic with 16 bytes");
  EXPECT_EQ(fault("W4u[x]=0x10000000000000000"), ": a number of more than 8 bytes in a place for 8");
  EXPECT_EQ(fault("W4u[x-1]=1"), ": an address of more than 32 bits");
  EXPECT_EQ(fault("W4u[x&1]=1"), ": a constant address is a sum");
}

}  // namespace
}  // namespace weft::model
