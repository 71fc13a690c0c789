// SPDX-License-Identifier: Apache-2.0
//
// Tail calls: the callee's frame replaces the caller's (exec-return_call, exec-return_call_indirect).
#include <gtest/gtest.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(TailCalls);

Value v(uint32_t value) { return Value::i32(value); }
constexpr uint32_t kMillion = 1'000'000;

const FuncType kUnary{{i32}, {i32}};

/// (if (i32.eqz (local.get $n)) (then (return …))): what ends a recursion over local 0.
Code unless_0(const Code& result) {
  return Code{local_get(0), Op::i32_eqz, block(Op::if_)} + result + Code{Op::return_, Op::end};
}
const Code kOneLess{local_get(0), i32_const(1), Op::i32_sub};

TEST_P(TailCalls, ADeepRecursionTakesNoStack) {
  ModuleBuilder builder;
  builder.table(3, 3);
  const uint32_t type = builder.type(kUnary);
  builder.function("direct", kUnary, unless_0({i32_const(1)}) + kOneLess + Code{return_call(0)});
  builder.function("indirect", kUnary,
                   unless_0({i32_const(2)}) + kOneLess + Code{i32_const(1), return_call_indirect(type)});
  builder.function("even", kUnary, unless_0({i32_const(1)}) + kOneLess + Code{return_call(3)});
  builder.function("odd", kUnary, unless_0({i32_const(0)}) + kOneLess + Code{i32_const(2), return_call_indirect(type)});
  builder.elements(SegmentMode::active, 0, 0, {0, 1, 2});
  builder.function("caller", kUnary, {i32_const(100), local_get(0), call(0), Op::i32_add});
  Vm vm(GetParam(), 4096);  // a stack of 512 slots
  vm.instantiate(builder);
  EXPECT_EQ(vm.run("direct", {v(kMillion)}), "i32:1");
  EXPECT_EQ(vm.run("indirect", {v(kMillion)}), "i32:2");
  EXPECT_EQ(vm.run("even", {v(kMillion)}), "i32:1");
  EXPECT_EQ(vm.run("odd", {v(kMillion)}), "i32:0");
  EXPECT_EQ(vm.run("caller", {v(kMillion)}), "i32:101") << "what the caller of the first one had is intact";
}

TEST_P(TailCalls, AcrossInstances) {
  // Each adds its own global to the second argument, and calls the other through a shared table.
  ModuleBuilder first;
  const FuncType binary{{i32, i32}, {i32}};
  const auto body = [&](ModuleBuilder& builder, uint32_t element) {
    return unless_0({local_get(1)}) + kOneLess +
           Code{local_get(1), global_get(0), Op::i32_add, i32_const(element),
                return_call_indirect(builder.type(binary))};
  };
  first.table(2, 2);
  first.memory(1, 1, false);
  first.data(SegmentMode::active, 0, {7});
  first.global(v(1));
  first.function("f", binary, body(first, 1));
  first.elements(SegmentMode::active, 0, 0, {0});
  Vm vm(GetParam(), 4096);
  Instance* owner = vm.instantiate(first);
  ModuleBuilder second;
  second.import("table0", TableType{funcref, {2, 2}});
  second.import_function("f", binary);
  second.global(v(10));
  second.memory(1, 1, false);
  second.data(SegmentMode::active, 0, {9});
  second.function("", binary, body(second, 0));
  second.elements(SegmentMode::active, 0, 1, {1});
  // Back in this instance, whichever one the last callee belonged to.
  const Code memory{i32_const(0), access(Op::i32_load8_u), i32_const(1'000'000'000), Op::i32_mul, Op::i32_add};
  second.function("here", kUnary, Code{local_get(0), i32_const(0), call(1)} + memory);
  second.function("imported", kUnary, {local_get(0), i32_const(0), return_call(0)});
  ASSERT_NE(vm.instantiate(second, {*owner->find_export("table0"), *owner->find_export("f")}), nullptr);
  EXPECT_EQ(vm.run("imported", {v(2)}), "i32:11");
  EXPECT_EQ(vm.run("imported", {v(kMillion)}), "i32:5500000");
  ModuleBuilder third;
  third.import_function("imported", kUnary);
  third.memory(1, 1, false);
  third.data(SegmentMode::active, 0, {3});
  third.function("f", {{i32}, {i32, i32}}, {local_get(0), call(0), i32_const(0), access(Op::i32_load8_u)});
  ASSERT_NE(vm.instantiate(third, {*vm.instance->find_export("imported")}), nullptr);
  for (const uint32_t depth : {0u, 1u, 2u, 3u}) {
    const uint32_t sum = depth / 2 * 11 + depth % 2;
    EXPECT_EQ(vm.run("f", {v(depth)}), to_string(v(sum)) + " i32:3") << "memory 0 is the caller's again";
  }
}

TEST_P(TailCalls, ToHostFunctions) {
  const FuncType type{{i32, i64, v128}, {i64, v128, i32}};
  ModuleBuilder builder;
  builder.import_function("host", type);
  builder.table(1, 1);
  builder.elements(SegmentMode::active, 0, 0, {0});
  const Code arguments{local_get(0), local_get(1), local_get(2)};
  builder.function("direct", type, arguments + Code{return_call(0)});
  builder.function("indirect", type, arguments + Code{i32_const(0), return_call_indirect(builder.type(type))});
  builder.function("few_params", {{}, type.results}, {i32_const(1), i64_const(2), v128_const(3, 4), return_call(0)});
  builder.function(
      "loop", type,
      unless_0(arguments + Code{return_call(0)}) + kOneLess + Code{local_get(1), local_get(2), return_call(4)});
  Vm vm(GetParam(), 4096);
  FuncInst* host = vm.store.add_host_function("m.host", type, [](HostCall& call) {
    call.results[0] = call.args[1] + 1;
    call.results[1] = call.args[3], call.results[2] = call.args[2];
    call.results[3] = call.args[0] + 1;
    return HostOutcome::done();
  });
  vm.instantiate(builder, {host});
  const std::vector<Value> values{v(1), Value::i64(2), Value::v128(3, 4)};
  const std::string wanted = "i64:3 " + to_string(Value::v128(4, 3)) + " i32:2";
  EXPECT_EQ(vm.run("direct", values), wanted);
  EXPECT_EQ(vm.run("indirect", values), wanted);
  EXPECT_EQ(vm.run("few_params"), wanted);
  EXPECT_EQ(vm.run("loop", {v(kMillion), Value::i64(2), Value::v128(3, 4)}),
            "i64:3 " + to_string(Value::v128(4, 3)) + " i32:1");
}

TEST_P(TailCalls, AHostFunctionThatCallsOnAndFails) {
  ModuleBuilder builder;
  builder.import_function("host", kUnary);
  builder.function("double", kUnary, {local_get(0), i32_const(2), Op::i32_mul});
  builder.function("f", kUnary, {local_get(0), return_call(0)});
  builder.function("main", kUnary, {i32_const(1000), local_get(0), call(2), Op::i32_add});
  Vm vm(GetParam());
  FuncInst* host = vm.store.add_host_function("m.host", kUnary, [&vm](HostCall& call) {
    if (call.i32(0) == 0) return HostOutcome::trap("nothing to double");
    return HostOutcome::call(vm.function("double"), {v(call.i32(0))},
                             [](HostCall& after) { return HostOutcome::done(after, after.i32(0) + 1); });
  });
  vm.instantiate(builder, {host});
  EXPECT_EQ(vm.run("main", {v(4)}), "i32:1009");
  EXPECT_EQ(vm.run("main", {v(0)}), "trap: nothing to double");
}

TEST_P(TailCalls, MoreAndFewerParametersThanTheCaller) {
  ModuleBuilder builder;
  const FuncType many{{i32, i64, i32, i32, v128, i32, f64}, {i32}};
  builder.function("weigh", many, {local_get(0),  i32_const(10),    Op::i32_mul,
                                   local_get(1),  Op::i32_wrap_i64, Op::i32_add,
                                   i32_const(10), Op::i32_mul,      local_get(2),
                                   Op::i32_add,   i32_const(10),    Op::i32_mul,
                                   local_get(3),  Op::i32_add,      i32_const(10),
                                   Op::i32_mul,   local_get(4),     lane(Op::i32x4_extract_lane, 2),
                                   Op::i32_add,   i32_const(10),    Op::i32_mul,
                                   local_get(5),  Op::i32_add,      i32_const(10),
                                   Op::i32_mul,   local_get(6),     Op::i32_trunc_f64_s,
                                   Op::i32_add});
  // Its arguments come from everywhere: parameters, locals, operands, constants.
  builder.function(
      "f", kUnary,
      {i32_const(8), local_set(1), local_get(0), local_get(0), i32_const(1), Op::i32_add, Op::i64_extend_i32_u,
       i32_const(5), local_get(1), v128_const(0, 6), local_get(0), constant(Value::f64(9)), return_call(0)},
      {i32});
  // A caller with more parameters, some of which become others.
  builder.function("swap", {{i32, i32, i32, i64, i64}, {i32}}, {local_get(2), local_get(0), return_call(3)});
  builder.function("minus", {{i32, i32}, {i32}}, {local_get(0), local_get(1), Op::i32_sub});
  builder.function("caller", {{i32}, {i32}},
                   {i32_const(500), i32_const(50), local_get(0), i32_const(1), i32_const(10), i64_const(-1),
                    i64_const(-1), call(2), Op::i32_sub, Op::i32_add});
  // No parameters at all, and locals which must be zero again.
  builder.function("none", {{}, {i32}}, {local_get(0), i32_const(99), local_set(0)}, {i32});
  builder.function("to_none", {{i32, i32, i32}, {i32}}, {return_call(5)});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f", {v(3)}), "i32:3458639");
  EXPECT_EQ(vm.run("swap", {v(1), v(2), v(10), Value::i64(0), Value::i64(0)}), "i32:9");
  EXPECT_EQ(vm.run("caller", {v(7)}), "i32:547") << "500 + (50 - (10 - 7))";
  EXPECT_EQ(vm.run("to_none", {v(1), v(2), v(3)}), "i32:0");
}

TEST_P(TailCalls, ResultsOfSeveralTypes) {
  const std::vector<ValType> results{v128, i32, f64, i64, funcref};
  ModuleBuilder builder;
  builder.function("results", {{i32}, results},
                   {v128_const(1, 2), local_get(0), constant(Value::f64(1.5)), i64_const(-1), ref_null(funcref)});
  builder.function("f", {{}, results}, {i32_const(7), return_call(0)});
  builder.function("use", {{}, {i32}},
                   {call(1), Op::ref_is_null, local_set(0), Op::drop, Op::drop, local_get(0), Op::i32_add, local_set(0),
                    Op::drop, local_get(0)},
                   {i32});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f"), to_string(Value::v128(1, 2)) + " i32:7 f64:0x1.8p+0 i64:-1 funcref:null");
  EXPECT_EQ(vm.run("use"), "i32:8");
}

TEST_P(TailCalls, IndirectOnesCheckTheElement) {
  ModuleBuilder builder;
  builder.table(3, 3);
  builder.function("id", kUnary, {local_get(0)});
  builder.function("", {{i64}, {i32}}, {i32_const(1)});
  builder.elements(SegmentMode::active, 0, 0, {0, 1});
  builder.function("f", kUnary, {i32_const(9), local_get(0), return_call_indirect(builder.type(kUnary))});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f", {v(0)}), "i32:9");
  EXPECT_EQ(vm.run("f", {v(1)}), "trap: indirect call type mismatch");
  EXPECT_EQ(vm.run("f", {v(2)}), "trap: uninitialized element 2");
  EXPECT_EQ(vm.run("f", {v(3)}), "trap: undefined element");
  EXPECT_EQ(vm.backtrace(), "f+0x202");
}

TEST_P(TailCalls, BacktracesDoNotHaveTheFramesThatLeft) {
  ModuleBuilder builder;
  builder.function("fail", {}, {Op::unreachable});
  builder.function("middle", {}, {Op::nop, return_call(0)});
  builder.function("main", {}, {call(1)});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("main"), "trap: unreachable");
  EXPECT_EQ(vm.backtrace(), "fail < main+0x200");
}

TEST_P(TailCalls, TheCallStackStaysBounded) {
  ModuleBuilder builder;
  // Each tail call to a function whose frame is larger, which calls.
  builder.function("small", kUnary, {local_get(0), return_call(1)});
  builder.function("large", kUnary, {local_get(0), i32_const(1), Op::i32_add, call(0)}, std::vector<ValType>(50, i64));
  // One frame that does not fit in place of its caller's.
  builder.function("too_large", kUnary, {local_get(0)}, std::vector<ValType>(1000, i64));
  builder.function("to_too_large", kUnary, {local_get(0), return_call(2)});
  Vm vm(GetParam(), 4096);
  vm.instantiate(builder);
  EXPECT_EQ(vm.run("small", {v(0)}), "exhaustion: call stack exhausted");
  EXPECT_EQ(vm.run("to_too_large", {v(0)}), "exhaustion: call stack exhausted");
  EXPECT_EQ(vm.backtrace(), "to_too_large+0x301");
}

TEST_P(TailCalls, StopEndsAnInfiniteLoopOfThem) {
  ModuleBuilder builder;
  builder.memory(1, 1, true);
  builder.table(1, 1);
  builder.function("direct", {}, here() + Code{return_call(0)});
  builder.function("indirect", {}, here() + Code{i32_const(0), return_call_indirect(builder.type({}))});
  builder.elements(SegmentMode::active, 0, 0, {1});
  builder.function("ping", {}, here() + Code{return_call(3)});
  builder.function("pong", {}, {return_call(2)});
  const auto module = compile(builder.module);
  for (const char* name : {"direct", "indirect", "ping"}) {
    Vm vm(GetParam());
    vm.instantiate(module);
    EXPECT_EQ(vm.run_and_stop(name), "stopped") << name;
  }
}

}  // namespace
}  // namespace weft
