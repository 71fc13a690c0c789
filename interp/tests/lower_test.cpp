// SPDX-License-Identifier: Apache-2.0
//
// Lowering as text: worked examples, what is fused and what is not, and the limits.
#include "interp/lower.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "interp/limits.h"
#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

std::string listing(const ModuleBuilder& builder, uint32_t function = 0) {
  const auto module = compile(builder.module);
  if (module == nullptr) return "";
  const LoweredModule& code = module->code(Engine::observed);
  return print_lowered(builder.module, code, code.functions[function]);
}

std::string listing(const FuncType& type, const Code& code, std::vector<ValType> locals = {}, bool shared = true) {
  ModuleBuilder builder;
  builder.memory(1, 1, shared);
  builder.function("f", type, code, std::move(locals));
  return listing(builder);
}

/// The instructions alone.
std::string without_addresses(const std::string& all) {
  std::string out;
  for (size_t line = all.find('\n') + 1; line < all.size(); line = all.find('\n', line) + 1) {
    const size_t text = all.find("  ", all.find("0x", line)) + 2;
    out += all.substr(text, all.find('\n', line) + 1 - text);
  }
  return out;
}

std::string instructions(const FuncType& type, const Code& code, std::vector<ValType> locals = {}, bool shared = true) {
  return without_addresses(listing(type, code, std::move(locals), shared));
}

// The worked example of interp/README.md.
TEST(Lower, WorkedExample) {
  // (func $sum (param $from i32) (param $count i32) (result i32) (local $total i32)
  //   (loop $next
  //     (local.set $total (i32.add (local.get $total) (i32.load offset=16 (local.get $from))))
  //     (local.set $from (i32.add (local.get $from) (i32.const 4)))
  //     (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
  //   (local.get $total))
  ModuleBuilder builder;
  builder.memory(1, 1, false);
  builder.function("sum", {{i32, i32}, {i32}},
                   {block(Op::loop), local_get(2), local_get(0), access(Op::i32_load, 16), Op::i32_add, local_set(2),
                    local_get(0), i32_const(4), Op::i32_add, local_set(0), local_get(1), i32_const(1), Op::i32_sub,
                    local_tee(1), br_if(0), Op::end, local_get(2)},
                   {i32});
  EXPECT_EQ(listing(builder),
            "sum (func[0]): frame of 8 slots: header s2, locals from s5\n"
            "  @0      0x000003  i32.load s7 = s0 +16\n"
            "  @2      0x000004  i32.add s5 = s5, s7\n"
            "  @4      0x000008  i32.add s0 = s0, 4\n"
            "  @6      0x00000c  i32.sub s1 = s1, 1\n"
            "  @8      0x00000e  branch_if s1 -> @0\n"
            "  @11     0x000011  return_one s5, 2\n");
}

/// The code of the fast engine. An instruction ends with a "&" for each of the next ones that its handler executes.
std::string fused(const FuncType& type, const Code& code, std::vector<ValType> locals = {}, bool shared = true) {
  ModuleBuilder builder;
  builder.memory(1, 1, shared);
  builder.function("f", type, code, std::move(locals));
  const auto lowered = lower(builder.module, Target::listing);
  return without_addresses(print_lowered(builder.module, **lowered, (*lowered)->functions[0]));
}

/// The same, whatever is fused.
std::string fast(const FuncType& type, const Code& code, std::vector<ValType> locals = {}, bool shared = true) {
  std::string text = fused(type, code, std::move(locals), shared);
  for (size_t at = 0; (at = text.find(" &", at)) != std::string::npos;) text.erase(at, 2);
  return text;
}

TEST(Lower, ResultsAreTakenFromTheAccumulator) {
  EXPECT_EQ(fast({{i32, i32}, {i32}}, {local_get(0), local_get(1), Op::i32_sub, i32_const(3), Op::i32_shl}),
            "i32.sub acc = s0, s1\ni32.shl acc = acc, 3\nreturn_one acc, 2\n");
  EXPECT_EQ(fast({{f64}, {f64}}, {local_get(0), local_get(0), Op::f64_mul, constant(Value::f64(2)), Op::f64_sub}),
            "f64.mul acc = s0, s0\nf64.sub acc = acc, 0x4000000000000000\nreturn_f64 acc, 1\n");
  EXPECT_EQ(fast({{i32, f64}, {f64}},
                 {local_get(0), i32_const(1), Op::i32_add, Op::f64_convert_i32_u, local_get(1), Op::f64_sub}),
            "i32.add acc = s0, 1\nf64.convert_i32_u acc = acc\nf64.sub acc = acc, s1\nreturn_f64 acc, 2\n")
      << "and one for f64";
  EXPECT_EQ(fast({{i32, i32}, {i32}}, {local_get(0), local_get(1), local_get(0), Op::i32_xor, Op::i32_add}),
            "i32.xor acc = s1, s0\ni32.add acc = acc, s0\nreturn_one acc, 2\n")
      << "commuted";
  EXPECT_EQ(fast({{i32}, {}}, {i32_const(16), i32_const(4), access(Op::i32_load, 8), access(Op::i32_store, 4)}),
            "i32.load.shared acc = +12\ni32.store.shared acc +20\nreturn_ 1\n")
      << "a constant address is part of the offset";
}

TEST(Lower, TheValueBeforeIsStillThere) {
  EXPECT_EQ(fast({{i32, i32}, {i32}},
                 {local_get(0), local_get(1), Op::i32_mul, local_get(0), local_get(1), Op::i32_xor, Op::i32_sub}),
            "i32.mul acc = s0, s1\ni32.xor acc = s0, s1\ni32.sub acc = prev, acc\nreturn_one acc, 2\n");
  EXPECT_EQ(fast({{i32, i32}, {i32}}, {local_get(0), local_get(1), Op::i32_mul, local_get(0), local_get(1), Op::i32_xor,
                                       i32_const(3), Op::i32_shl, Op::i32_add}),
            "i32.mul acc = s0, s1\ni32.xor acc = s0, s1\ni32.shl acc = acc, 3\ni32.add acc = acc, prev\n"
            "return_one acc, 2\n")
      << "also when the one after it was computed with";
  EXPECT_EQ(fast({{i32, i32}, {i32}}, {local_get(0), local_get(1), Op::i32_mul, local_get(0), i32_const(1), Op::i32_shl,
                                       local_get(1), i32_const(2), Op::i32_shl, Op::i32_add, Op::i32_add}),
            "i32.mul s5 = s0, s1\ni32.shl acc = s0, 1\ni32.shl acc = s1, 2\ni32.add acc = acc, prev\n"
            "i32.add acc = acc, s5\nreturn_one acc, 2\n")
      << "but no third one";
  EXPECT_EQ(fast({{i32, f64}, {f64}}, {local_get(1), local_get(1), Op::f64_mul, local_get(0), i32_const(1), Op::i32_add,
                                       Op::f64_convert_i32_s, Op::f64_div}),
            "f64.mul acc = s1, s1\ni32.add acc = s0, 1\nf64.convert_i32_s acc = acc\nf64.div acc = prev, acc\n"
            "return_f64 acc, 2\n")
      << "each type by itself";
  EXPECT_EQ(fast({{i32, i32}, {}}, {local_get(0), i32_const(4), Op::i32_mul, local_get(1), i32_const(1), Op::i32_add,
                                    access(Op::i32_store, 8)}),
            "i32.mul acc = s0, 4\ni32.add acc = s1, 1\ni32.store.shared prev, acc +8\nreturn_ 2\n")
      << "an address";
  EXPECT_EQ(fast({{i32, i32}, {i32}}, {local_get(0), local_get(1), Op::i32_mul, local_get(0), i32_const(1), Op::i32_add,
                                       block(Op::block), local_get(0), br_if(0), Op::end, Op::i32_sub}),
            "i32.mul s5 = s0, s1\ni32.add s6 = s0, 1\nbranch_if s0 -> @7\ni32.sub acc = s5, s6\nreturn_one acc, 2\n")
      << "not where control flow meets";
}

TEST(Lower, WhatIsDroppedIsNotWritten) {
  EXPECT_EQ(fast({{i32}, {}}, {local_get(0), i32_const(1), access(Op::i32_atomic_rmw_add), Op::drop}),
            "i32.atomic.rmw.add acc = s0, 1 +0\nreturn_ 1\n");
  EXPECT_EQ(fast({{i32}, {i32}}, {local_get(0), i32_const(1), Op::i32_add, local_tee(0), Op::drop, local_get(0)}),
            "i32.add s0 = s0, 1\nreturn_one acc, 1\n")
      << "but a local";
}

TEST(Lower, LocalsAreWrittenAndTheAccumulatorToo) {
  EXPECT_EQ(fast({{i32}, {i32}}, {local_get(0), i32_const(1), Op::i32_add, local_tee(0), local_get(0), Op::i32_mul}),
            "i32.add s0 = s0, 1\ni32.mul acc = acc, s0\nreturn_one acc, 1\n");
  EXPECT_EQ(fast({{i64}, {i64}}, {local_get(0), i64_const(5), Op::i64_shl, local_set(0), local_get(0)}),
            "i64.shl s0 = s0, 5\nreturn_one acc, 1\n");
}

TEST(Lower, WhereControlFlowMeetsAccumulatorsHoldNothing) {
  EXPECT_EQ(fast({{i32}, {i32}}, {local_get(0), i32_const(1), Op::i32_add, block(Op::block), local_get(0), br_if(0),
                                  i32_const(7), local_set(0), Op::end, i32_const(2), Op::i32_mul}),
            "i32.add s4 = s0, 1\nbranch_if s0 -> @8\nconstant s0 = 0x7\ni32.mul acc = s4, 2\nreturn_one acc, 1\n");
  EXPECT_EQ(fast({{i32}, {i32}}, {local_get(0), i32_const(1), Op::i32_add, local_get(0), br_if(0)}),
            "i32.add s4 = s0, 1\nbranch_unless s0 -> @7\nreturn_one acc, 1\nreturn_one s4, 1\n")
      << "and what may be read on another path is in its slot";
}

TEST(Lower, NeighboursAreFused) {
  EXPECT_EQ(fused({{i32, i32}, {}},
                  {block(Op::loop), local_get(0), i32_const(-1), Op::i32_add, local_tee(0), br_if(0), Op::end}),
            "i32.add s0 = s0, -1 &\nbranch_if acc -> @0\nreturn_ 2\n");
}

// Branches that do not fit: the comparison is made before them.
TEST(Lower, ImmediatesOf64Bits) {
  const auto branch = [](int64_t value) {
    return fast({{i64}, {}}, {block(Op::loop), local_get(0), i64_const(value), Op::i64_lt_s, br_if(0), Op::end});
  };
  EXPECT_EQ(branch(-0x80000000LL), "i64.lt_s.branch s0, -2147483648 -> @0\nreturn_ 1\n");
  EXPECT_EQ(branch(0x80000000LL), "i64.lt_s acc = s0, 2147483648\nbranch_if acc -> @0\nreturn_ 1\n");
  EXPECT_EQ(fast({{i32, i64}, {i64}}, {local_get(0), i64_const(-1), access(Op::i64_atomic_rmw_add)}),
            "i64.atomic.rmw.add acc = s0, -1 +0\nreturn_one acc, 2\n");
  EXPECT_EQ(fast({{i32, i64}, {i64}}, {local_get(0), i64_const(1LL << 40), access(Op::i64_atomic_rmw_add)}),
            "constant_int acc = 0x10000000000\ni64.atomic.rmw.add acc = s0, acc +0\nreturn_one acc, 2\n");
}

TEST(Lower, OperandsAreReadWhereTheyAre) {
  EXPECT_EQ(instructions({{i32, i32}, {i32}}, {local_get(0), local_get(1), Op::i32_sub}),
            "i32.sub s5 = s0, s1\nreturn_one s5, 2\n");
  EXPECT_EQ(instructions({{i32}, {i32}}, {local_get(0), i32_const(-3), Op::i32_sub}),
            "i32.sub s4 = s0, -3\nreturn_one s4, 1\n");
  EXPECT_EQ(instructions({{i32}, {i32}}, {i32_const(-3), local_get(0), Op::i32_add}),
            "i32.add s4 = s0, -3\nreturn_one s4, 1\n")
      << "commuted";
  EXPECT_EQ(instructions({{i32}, {i32}}, {i32_const(-3), local_get(0), Op::i32_sub}),
            "constant s4 = 0xfffffffd\ni32.sub s4 = s4, s0\nreturn_one s4, 1\n");
  EXPECT_EQ(instructions({{i64}, {i64}}, {local_get(0), i64_const(-0x80000000LL), Op::i64_and}),
            "i64.and s4 = s0, -2147483648\nreturn_one s4, 1\n");
  EXPECT_EQ(instructions({{i64}, {i64}}, {local_get(0), i64_const(0x80000000LL), Op::i64_and}),
            "i64.and s4 = s0, 2147483648\nreturn_one s4, 1\n");
  EXPECT_EQ(instructions({{f32}, {f32}}, {local_get(0), constant(Value::f32(1)), Op::f32_mul}),
            "constant s5 = 0x3f800000\nf32.mul s4 = s0, s5\nreturn_f32 s4, 1\n");
}

TEST(Lower, ResultsGoStraightIntoLocals) {
  EXPECT_EQ(instructions({{i32}, {}}, {local_get(0), i32_const(1), Op::i32_add, local_set(0)}),
            "i32.add s0 = s0, 1\nreturn_ 1\n");
  EXPECT_EQ(instructions({{i32}, {i32}}, {local_get(0), local_get(0), i32_const(1), Op::i32_add, local_set(0)}),
            "i32.add s5 = s0, 1\ncopy s4 = s0\ncopy s0 = s5\nreturn_one s4, 1\n")
      << "unless the old value is still wanted";
  EXPECT_EQ(instructions({{i32}, {i32}}, {i32_const(5), local_tee(0)}), "constant s0 = 0x5\nreturn_one s0, 1\n");
}

TEST(Lower, ComparisonsFuseWithBranches) {
  EXPECT_EQ(instructions({{i32, i32}, {}},
                         {block(Op::block), local_get(0), local_get(1), Op::i32_lt_s, br_if(0), Op::nop, Op::end}),
            "i32.lt_s.branch s0, s1 -> @3\nreturn_ 2\n");
  EXPECT_EQ(instructions({{f64}, {i32}}, {local_get(0), local_get(0), Op::f64_eq, block(Op::if_, i32), i32_const(1),
                                          Op::else_, i32_const(2), Op::end}),
            "f64.eq.unless s0, s0 -> @9\nconstant s4 = 0x1\njump -> @12\nconstant s4 = 0x2\nreturn_one s4, 1\n");
  EXPECT_EQ(instructions({{i64}, {}}, {local_get(0), Op::i64_eqz, br_if(0), Op::nop}),
            "i64.eq.branch s0, 0 -> @3\nreturn_ 1\n");
  EXPECT_EQ(
      instructions({{i32}, {}}, {local_get(0), i32_const(9), Op::i32_ge_u, block(Op::if_), Op::unreachable, Op::end}),
      "i32.lt_u.branch s0, 9 -> @5\nunreachable\nreturn_ 1\n");
  EXPECT_EQ(instructions({{i32}, {i32}}, {i32_const(7), local_get(0), br_if(0)}),
            "branch_unless s0 -> @8\nconstant s4 = 0x7\nreturn_one s4, 1\nconstant s4 = 0x7\nreturn_one s4, 1\n")
      << "a branch with values jumps over the moves when it is not taken";
}

TEST(Lower, EveryLayoutPrints) {
  ModuleBuilder builder;
  builder.import_function("host", {{i32}, {i32}});
  builder.memory(1, 1, true);
  builder.global(Value::i32(1));
  builder.table(1, 1);
  builder.table(1, 1);
  builder.data(SegmentMode::passive, 0, {1});
  builder.elements(SegmentMode::passive, 0, 0, {1});
  // clang-format off
  builder.function("f", {{i32, i64}, {i32}}, {
      local_get(0), call(0), global_set(0),
      local_get(0), i32_const(2), call_indirect(builder.type({{i32}, {i32}}), 1), local_get(1), call(1), Op::drop,
      global_get(0), local_get(0), local_get(0), Op::select, Op::drop,
      local_get(0), i32_const(5), access(Op::i32_store, 4), local_get(0), local_get(1), access(Op::i64_store32),
      local_get(0), local_get(0), local_get(0), access(Op::i32_atomic_rmw_cmpxchg, 8), Op::drop,
      local_get(0), local_get(0), local_get(1), access(Op::memory_atomic_wait32), Op::drop,
      local_get(0), local_get(0), access(Op::memory_atomic_notify, 4), Op::drop,
      local_get(0), local_get(1), access(Op::i64_atomic_rmw_xchg), Op::drop,
      local_get(0), access(Op::i32_atomic_load, 12), local_set(0), Op::atomic_fence,
      local_get(0), local_get(0), local_get(0), Op::memory_copy,
      local_get(0), local_get(0), local_get(0), {Op::memory_init, 0}, {Op::data_drop, 0},
      Op::memory_size, Op::memory_grow, local_set(0),
      local_get(0), local_get(0), local_get(0), {Op::table_copy, 1, 0},
      local_get(0), local_get(0), local_get(0), {Op::table_init, 0, 1}, {Op::elem_drop, 0},
      local_get(0), {Op::table_get, 1}, Op::ref_is_null, Op::drop, local_get(0), {Op::ref_func, 1}, {Op::table_set, 1},
      ref_null(funcref), local_get(0), {Op::table_grow, 1}, Op::drop, {Op::table_size, 1}, local_set(0),
      local_get(0), ref_null(funcref), local_get(0), {Op::table_fill, 0},
      block(Op::block), block(Op::block), local_get(0), br_table({0, 1, 0}), Op::end, Op::end, Op::unreachable});
  // clang-format on
  EXPECT_EQ(listing(builder),
            "f (func[1]): frame of 8 slots: header s2, locals from s5\n"
            "  @0      0x000101  copy s5 = s0\n"
            "  @2      0x000101  call_function args s5, 0\n"
            "  @4      0x000102  global_set s5, 0\n"
            "  @6      0x000105  copy s5 = s0\n"
            "  @8      0x000105  constant s6 = 0x2\n"
            "  @11     0x000105  call_indirect args s5, s6, 0, 1\n"
            "  @14     0x000107  copy s6 = s1\n"
            "  @16     0x000107  call_direct args s5, func[1]\n"
            "  @19     0x000109  global_get s5 = 0\n"
            "  @21     0x00010c  select s5 = s0, s5, s0\n"
            "  @23     0x000110  i32.store.shared s0 +4, 0x5\n"
            "  @26     0x000113  i64.store32.shared s0, s1 +0\n"
            "  @28     0x000117  i32.atomic.rmw.cmpxchg s5 = s0, s0, s0 +8\n"
            "  @31     0x00011c  memory.atomic.wait32 s5 = s0, s0, s1 +0\n"
            "  @34     0x000120  memory.atomic.notify s5 = s0, s0 +4\n"
            "  @37     0x000124  i64.atomic.rmw.xchg s5 = s0, s1 +0\n"
            "  @40     0x000127  i32.atomic.load s0 = s0 +12\n"
            "  @42     0x000129  atomic.fence\n"
            "  @44     0x00012d  memory.copy s0, s0, s0, 0, 0\n"
            "  @47     0x000131  memory.init s0, s0, s0, 0, 0\n"
            "  @50     0x000132  data.drop 0\n"
            "  @52     0x000133  memory.size s5 = 0x0\n"
            "  @55     0x000134  memory.grow s0 = s5, 0x0\n"
            "  @58     0x000139  table.copy s0, s0, s0, 1, 0\n"
            "  @61     0x00013d  table.init s0, s0, s0, 0, 1\n"
            "  @64     0x00013e  elem.drop 0\n"
            "  @66     0x000140  table.get s5 = s0, 0x1\n"
            "  @69     0x000141  ref_is_null s5 = s5\n"
            "  @71     0x000144  ref_func s6 = 1\n"
            "  @73     0x000145  table.set s0, s6, 0x1\n"
            "  @76     0x000148  constant s5 = 0x0\n"
            "  @79     0x000148  table.grow s5 = s5, s0, 0x1\n"
            "  @82     0x00014a  table.size s0 = 0x1\n"
            "  @85     0x00014f  constant s6 = 0x0\n"
            "  @88     0x00014f  table.fill s0, s6, s0, 0x0\n"
            "  @91     0x000153  branch_table s0 -> @96 @96 @96\n"
            "  @96     0x000156  unreachable\n");
}

TEST(Lower, LoadsAndStoresByTheMemorysType) {
  const Code code{local_get(0), local_get(0), access(Op::i32_load8_u, 0xffffffff), access(Op::i32_store8)};
  EXPECT_EQ(instructions({{i32}, {}}, code, {}, false),
            "i32.load8_u s5 = s0 +4294967295\ni32.store8 s0, s5 +0\nreturn_ 1\n");
  EXPECT_EQ(instructions({{i32}, {}}, code, {}, true),
            "i32.load8_u.shared s5 = s0 +4294967295\ni32.store8.shared s0, s5 +0\nreturn_ 1\n");
  const Code constant_store{local_get(0), i64_const(-1), access(Op::i64_store, 8)};
  EXPECT_EQ(instructions({{i32}, {}}, constant_store, {}, true),
            "i64.store.shared s0 +8, 0xffffffffffffffff\nreturn_ 1\n");
}

TEST(Lower, VectorsTakeTwoSlots) {
  const FuncType binary{{v128, v128}, {v128}};
  EXPECT_EQ(instructions(binary, {local_get(1), local_get(0), Op::i8x16_sub}),
            "i8x16.sub s7 = s2, s0\ncopy_v128 s0 = s7\nreturn_ 4\n");
  EXPECT_EQ(instructions(binary, {local_get(0), v128_const(1, 2), Op::i8x16_add, local_tee(1), Op::v128_not}),
            "constant_v128 s9 = 0x00000000000000020000000000000001\ni8x16.add s2 = s0, s9\n"
            "v128.not s7 = s2\ncopy_v128 s0 = s7\nreturn_ 4\n");
  EXPECT_EQ(instructions(binary, {local_get(1), local_get(0), local_set(1), local_set(0), local_get(0)}),
            "copy_v128 s7 = s2\ncopy_v128 s2 = s0\ncopy_v128 s0 = s7\nreturn_ 4\n")
      << "a swap keeps the old value, and a result that is in its place stays there";
  EXPECT_EQ(instructions({{i32, v128}, {v128}}, {local_get(1), local_get(1), local_get(0), Op::select}),
            "select_v128 s6 = s0, s1, s1\ncopy_v128 s0 = s6\nreturn_ 3\n");
  EXPECT_EQ(instructions({{i32, v128}, {i32, v128}}, {local_get(0), local_get(1)}), "return_ 3\n");
  EXPECT_EQ(instructions({{v128, i32}, {i32, v128}}, {local_get(1), local_get(0)}),
            "copy_v128 s7 = s0\ncopy s0 = s2\ncopy_v128 s1 = s7\nreturn_ 3\n")
      << "what is overwritten moves away first";
}

TEST(Lower, VectorImmediates) {
  EXPECT_EQ(instructions({{v128, i32}, {i32}}, {local_get(0), local_get(1), lane(Op::i16x8_replace_lane, 7),
                                                lane(Op::i8x16_extract_lane_u, 15)}),
            "i16x8.replace_lane s6 = s0, s2, lane 7\ni8x16.extract_lane_u s6 = s6, lane 15\nreturn_one s6, 3\n");
  EXPECT_EQ(instructions({{v128}, {i32}}, {local_get(0), local_get(0), shuffle(0x0706050403020100, 0x1f1e1d1c1b1a1918),
                                           Op::v128_any_true}),
            "i8x16.shuffle s5 = s0, s0, 0x1f1e1d1c1b1a19180706050403020100\nv128.any_true s5 = s5\n"
            "return_one s5, 2\n");
  EXPECT_EQ(instructions({{v128, v128, v128}, {i32}},
                         {local_get(0), local_get(1), local_get(2), Op::v128_bitselect, Op::i64x2_bitmask}),
            "v128.bitselect s9 = s0, s2, s4\ni64x2.bitmask s9 = s9\nreturn_one s9, 6\n");
}

TEST(Lower, VectorAccessesByTheMemorysType) {
  const Code code{local_get(0),
                  local_get(0),
                  access(Op::v128_load, 16),
                  access(Op::v128_store, 32),
                  local_get(0),
                  local_get(0),
                  local_get(1),
                  lane_access(Op::v128_load16_lane, 7, 0xffffffff),
                  lane_access(Op::v128_store64_lane, 1)};
  EXPECT_EQ(instructions({{i32, v128}, {}}, code, {}, false),
            "v128.load s7 = s0 +16\nv128.store s0, s7 +32\n"
            "v128.load16_lane s7 = s0, s1, lane 7 +4294967295\nv128.store64_lane s0, s7, lane 1 +0\nreturn_ 3\n");
  EXPECT_EQ(instructions({{i32, v128}, {}}, code, {}, true),
            "v128.load.shared s7 = s0 +16\nv128.store.shared s0, s7 +32\n"
            "v128.load16_lane.shared s7 = s0, s1, lane 7 +4294967295\n"
            "v128.store64_lane.shared s0, s7, lane 1 +0\nreturn_ 3\n");
}

// 64-bit memories and those that are not memory 0 have one form for all, with the memory's index and a 64-bit offset.
TEST(Lower, TheWideForm) {
  ModuleBuilder builder;
  builder.memory(1, 1, true).memory({{1, 1}, true, i64});
  builder.data(SegmentMode::passive, 0, {1});
  builder.function("f", {{i64, i32, v128}, {}},
                   {local_get(0),
                    local_get(0),
                    access(Op::i32_load8_u, ~uint64_t{0}, 1),
                    access(Op::i32_store16, 2, 1),
                    local_get(0),
                    i32_const(5),
                    access(Op::i32_store, 4, 1),
                    local_get(0),
                    local_get(0),
                    access(Op::v128_load, 0, 1),
                    access(Op::v128_store, 16, 1),
                    local_get(0),
                    local_get(0),
                    local_get(1),
                    access(Op::i32_atomic_rmw_add, 8, 1),
                    access(Op::i32_atomic_store, 0, 1),
                    local_get(0),
                    local_get(1),
                    local_get(1),
                    access(Op::i32_atomic_rmw_cmpxchg, 0, 1),
                    Op::drop,
                    local_get(0),
                    local_get(1),
                    i64_const(-1),
                    access(Op::memory_atomic_wait32, 0, 1),
                    Op::drop,
                    local_get(0),
                    local_get(1),
                    access(Op::memory_atomic_notify, 0, 1),
                    Op::drop,
                    Piece(Op::memory_size, 1),
                    Piece(Op::memory_grow, 1),
                    local_set(0),
                    local_get(0),
                    local_get(1),
                    local_get(1),
                    Piece(Op::memory_copy, 1, 0),
                    local_get(0),
                    local_get(1),
                    local_get(1),
                    Piece(Op::memory_init, 0, 1),
                    local_get(0),
                    local_get(1),
                    local_get(0),
                    Piece(Op::memory_fill, 1)});
  EXPECT_EQ(without_addresses(listing(builder)),
            "i32.load8_u.wide s8 = s0 +18446744073709551615 memory 1\n"
            "i32.store16.wide s0, s8 +2 memory 1\n"
            "constant s8 = 0x5\ni32.store.wide s0, s8 +4 memory 1\n"
            "v128.load.wide s8 = s0 +0 memory 1\nv128.store.wide s0, s8 +16 memory 1\n"
            "i32.atomic.rmw.add.wide s8 = s0, s1 +8 memory 1\ni32.atomic.store.wide s0, s8 +0 memory 1\n"
            "i32.atomic.rmw.cmpxchg.wide s7 = s0, s1, s1 +0 memory 1\n"
            "constant s9 = 0xffffffffffffffff\nmemory.atomic.wait32.wide s7 = s0, s1, s9 +0 memory 1\n"
            "memory.atomic.notify.wide s7 = s0, s1 +0 memory 1\n"
            "memory.size s7 = 0x1\nmemory.grow s0 = s7, 0x1\n"
            "memory.copy s0, s1, s1, 1, 0\nmemory.init s0, s1, s1, 0, 1\nmemory.fill s0, s1, s0, 0x1\n"
            "return_ 4\n");
}

TEST(Lower, ASecond32BitMemoryIsWideToo) {
  ModuleBuilder builder;
  builder.memory(1, 1, false).memory(1, 1, false);
  builder.function("f", {{i32}, {i32}}, {local_get(0), access(Op::i32_load, 0xffffffff, 1)});
  EXPECT_EQ(without_addresses(listing(builder)), "i32.load.wide s4 = s0 +4294967295 memory 1\nreturn_one s4, 1\n");
}

TEST(Lower, TailCallsAndWideArithmetic) {
  ModuleBuilder builder;
  const FuncType type{{i64, i64}, {i64, i64}};
  builder.import_function("host", type);
  builder.table(1, 1);
  const Code both{local_get(0), local_get(1)};
  builder.function("direct", type, both + Code{Op::i64_mul_wide_u, return_call(1)});
  builder.function("imported", type, both + both + Code{Op::i64_add128, return_call(0)});
  builder.function("indirect", type, both + Code{i32_const(0), return_call_indirect(builder.type(type))});
  EXPECT_EQ(without_addresses(listing(builder, 0)),
            "copy s5 = s0\ncopy s6 = s1\ni64.mul_wide_u s5 = s5, s6\ntail_direct args s5, 2, func[1]\n");
  EXPECT_EQ(without_addresses(listing(builder, 1)),
            "copy s5 = s0\ncopy s6 = s1\ncopy s7 = s0\ncopy s8 = s1\ni64.add128 s5 = s5\n"
            "tail_function args s5, 2, 0x0\ncopy s0 = s5\ncopy s1 = s6\nreturn_ 2\n")
      << "an import may be a host function, which returns";
  EXPECT_EQ(without_addresses(listing(builder, 2)),
            "constant s7 = 0x0\ncopy s5 = s0\ncopy s6 = s1\ntail_indirect args s5, s7, 0, 0, header s2\n"
            "copy s0 = s5\ncopy s1 = s6\nreturn_ 2\n");
}

TEST(Lower, RegionsOfHandlers) {
  ModuleBuilder builder;
  builder.tag({i32, v128});
  builder.tag({});
  builder.function("f", {{}, {i32}},
                   {block(Op::block),
                    try_table({on(1, 0), on_all(0)}),
                    throw_(1),
                    Op::end,
                    Op::end,
                    block_of_type(Op::block, builder.type({{}, {i32, v128, exnref}})),
                    try_table({on_ref(0, 0)}),
                    block(Op::try_),
                    call(0),
                    Op::drop,
                    Piece{Op::catch_, 1},
                    Piece{Op::rethrow, 0},
                    Op::catch_all,
                    Op::end,
                    block(Op::try_),
                    Op::nop,
                    Piece{Op::delegate, 0},
                    Op::end,
                    Op::unreachable,
                    Op::end,
                    Op::throw_ref});
  EXPECT_EQ(listing(builder),
            "f (func[0]): frame of 8 slots: header s1, locals from s4\n"
            "  @0      0x000002  throw_ args s4, 1\n"
            "  @2      0x000003  jump -> @8\n"
            "  @5      0x000003  jump -> @8\n"
            "  @8      0x000008  call_direct args s4, func[0]\n"
            "  @11     0x00000a  jump -> @16\n"
            "  @14     0x00000b  throw_ref s4\n"
            "  @16     0x000011  jump -> @22\n"
            "  @19     0x000011  jump -> @24\n"
            "  @22     0x000012  unreachable\n"
            "  @24     0x000014  throw_ref s7\n"
            "  try 0: @0 to @2\n"
            "    catch tag[1] values s4 -> @2\n"
            "    catch_all -> @5\n"
            "  try 1: @8 to @16\n"
            "    catch tag[0] values s4 reference s7 -> @19\n"
            "  try 2: @8 to @14, then try 1\n"
            "    catch tag[1] values s5 reference s4 -> @14\n"
            "    catch_all reference s4 -> @16\n"
            "  try 3: @16 to @16, then try 1\n");
}

// --- limits
// -----------------------------------------------------------------------------------------------------------

TEST(Lower, AFrameAsLargeAsItMayBe) {
  // The result's slot, the header's three, the locals, operands that stay, and two more.
  const std::vector<ValType> locals(kMaxLocals, i64);
  const auto last = static_cast<uint32_t>(locals.size() - 1);
  Code code(kMaxFrameSlots - 4 - locals.size() - 2, local_get(last));
  code.insert(code.begin(), {i64_const(5), local_set(last)});
  code.insert(code.end(), {local_get(last), i64_const(3), Op::i64_mul, Op::return_});
  ModuleBuilder builder;
  builder.function("f", {{}, {i64}}, code, locals);
  Vm vm(builder, Engine::fast);
  ASSERT_NE(vm.instance, nullptr);
  EXPECT_EQ(vm.run("f"), "i64:15");
}

TEST(Lower, AFrameTooLarge) {
  const auto error_of = [](std::vector<ValType> locals, const Code& code) {
    ModuleBuilder builder;
    builder.function("", {}, {});
    builder.function("f", {}, code, std::move(locals));
    const auto compiled = CompiledModule::compile(builder.module);
    return compiled ? "" : to_string(compiled.error(), "");
  };
  Code many;
  for (int i = 0; i < 20'000; ++i) many.push_back(i32_const(i));
  for (int i = 0; i < 20'000; ++i) many.push_back(Op::drop);
  EXPECT_EQ(error_of(std::vector<ValType>(40'000, i32), many), "");
  EXPECT_EQ(error_of(std::vector<ValType>(50'000, i32), many),
            "0x100: invalid: too many slots in a frame: 70003, the limit of this implementation is 65535");
}

// Code that keeps many values on the stack, and sets locals or opens blocks over them again and again.
TEST(Lower, TakesLinearTime) {
  for (const Piece& kept : {local_get(0), i32_const(1), Piece(Op::memory_size)}) {
    Code code(50'000, kept);
    for (int i = 0; i < 100'000; ++i) code.insert(code.end(), {i32_const(i), local_set(0), block(Op::block), Op::end});
    code.insert(code.end(), 50'000, Op::drop);
    ModuleBuilder builder;
    builder.memory(1, 1, true);
    builder.function("f", {{i32}, {}}, code);
    EXPECT_NE(compile(builder.module), nullptr);
  }
}

// Branches that carry a thousand values each: a few bytes that must not become thousands of moves each.
TEST(Lower, TakesLinearSpace) {
  const FuncType type{{}, std::vector<ValType>(1000, i32)};
  for (const bool from_function : {false, true}) {
    ModuleBuilder builder;
    builder.function("many", type, {Op::unreachable});
    const uint32_t index = builder.type(type);
    Code code{i32_const(1), block_of_type(Op::block, index), i32_const(2), call(0)};
    for (int i = 0; i < 1000; ++i) code.insert(code.end(), {i32_const(0), br_if(from_function ? 1 : 0)});
    code.insert(code.end(), {Op::return_, Op::end, Op::return_});
    builder.function("f", type, code);
    const auto module = compile(builder.module);
    ASSERT_NE(module, nullptr);
    EXPECT_LT(module->code(Engine::fast).cells.size(), 20'000u);
  }
}

TEST(Lower, TheIndexSpacesAreBuiltInLinearTime) {
  ModuleBuilder builder;
  builder.type({});
  builder.module.imports.resize(300'000, {"m", "f", uint32_t{0}});
  builder.module.functions.resize(300'000, {0, {}, expression({}), 0});
  EXPECT_NE(compile(builder.module), nullptr);
}

TEST(Lower, LocationsFindFunctionsAndOffsets) {
  ModuleBuilder builder;
  builder.function("a", {}, {});
  builder.function("b", {{i32}, {i32}}, {local_get(0), i32_const(1), Op::i32_add, Op::i32_eqz});
  const auto module = compile(builder.module);
  const LoweredModule& code = module->code(Engine::observed);
  ASSERT_EQ(code.functions.size(), 2u);
  for (const LoweredFunction& function : code.functions) EXPECT_EQ(&code.function_at(function.entry), &function);
  const Cell* b = code.functions[1].entry;
  EXPECT_EQ(code.offset_at(b), 0x102u);
  EXPECT_EQ(code.offset_at(b + 1), 0x102u) << "within the instruction";
  EXPECT_EQ(code.offset_at(b + 2), 0x103u);
  EXPECT_EQ(&code.function_at(b + 3), &code.functions[1]);
  EXPECT_TRUE(code.contains(b));
  EXPECT_FALSE(code.contains(code.cells.data() + code.cells.size()));
}

}  // namespace
}  // namespace weft
