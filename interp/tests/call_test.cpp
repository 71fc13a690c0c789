// SPDX-License-Identifier: Apache-2.0
//
// Calls between functions, through tables and across instances; tables and segments (exec-call, exec-call_indirect,
// exec-instr-table).
#include <gtest/gtest.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(Calls);

Value v(uint32_t value) { return Value::i32(value); }

Extern exported(const Vm& vm, const std::string& name) { return *vm.instance->find_export(name); }

TEST_P(Calls, ArgumentsInOrder) {
  ModuleBuilder builder;
  const FuncType three{{i32, i64, f64}, {i32}};
  builder.function("digits", three,
                   {local_get(0), i32_const(100), Op::i32_mul, local_get(1), Op::i32_wrap_i64, i32_const(10),
                    Op::i32_mul, Op::i32_add, local_get(2), Op::i32_trunc_f64_s, Op::i32_add});
  builder.function("constants", {{}, {i32}}, {i32_const(1), i64_const(2), constant(Value::f64(3)), call(0)});
  builder.function("mixed", {{i32}, {i32}},
                   {i32_const(1000), local_get(0), local_get(0), i32_const(1), Op::i32_add, Op::i64_extend_i32_u,
                    constant(Value::f64(7)), call(0), Op::i32_add});
  builder.function("nested", {{i32}, {i32}},
                   {i32_const(0), i64_const(0), i32_const(0), i64_const(0), local_get(0), Op::f64_convert_i32_s,
                    call(0), Op::f64_convert_i32_s, call(0)});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("constants"), "i32:123");
  EXPECT_EQ(vm.run("mixed", {v(4)}), "i32:1457");
  EXPECT_EQ(vm.run("nested", {v(8)}), "i32:8");
}

TEST_P(Calls, ManyResultsAndArguments) {
  ModuleBuilder builder;
  const FuncType swap{{i32, i32}, {i32, i32}}, widen{{i32}, {i32, i32, i32, i32, i32}},
      sum{{i32, i32, i32, i32, i32}, {i32}};
  builder.function("swap", swap, {local_get(1), local_get(0)});
  builder.function("widen", widen,
                   {local_get(0), local_get(0), i32_const(1), Op::i32_add, local_get(0), i32_const(2), Op::i32_add,
                    i32_const(7), local_get(0)});
  builder.function("weigh", sum,
                   {local_get(0), i32_const(10), Op::i32_mul, local_get(1), Op::i32_add, i32_const(10), Op::i32_mul,
                    local_get(2), Op::i32_add, i32_const(10), Op::i32_mul, local_get(3), Op::i32_add, i32_const(10),
                    Op::i32_mul, local_get(4), Op::i32_add});
  builder.function("twice", swap, {local_get(0), local_get(1), call(0), call(0)});
  builder.function("through", {{i32}, {i32}}, {local_get(0), call(1), call(2)});
  builder.function("below", {{i32}, {i32}}, {i32_const(50000), local_get(0), call(1), call(2), Op::i32_sub});
  builder.function("swap_sub", {{i32, i32}, {i32}}, {local_get(0), local_get(1), call(0), Op::i32_sub});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("swap", {v(1), v(2)}), "i32:2 i32:1");
  EXPECT_EQ(vm.run("twice", {v(1), v(2)}), "i32:1 i32:2");
  EXPECT_EQ(vm.run("swap_sub", {v(1), v(3)}), "i32:2");
  EXPECT_EQ(vm.run("through", {v(3)}), "i32:34573");
  EXPECT_EQ(vm.run("below", {v(3)}), "i32:15427");
}

TEST_P(Calls, Recursion) {
  ModuleBuilder builder;
  builder.function(
      "fib", {{i32}, {i32}},
      {local_get(0), i32_const(2), Op::i32_lt_u, block(Op::if_, i32), local_get(0), Op::else_, local_get(0),
       i32_const(1), Op::i32_sub, call(0), local_get(0), i32_const(2), Op::i32_sub, call(0), Op::i32_add, Op::end});
  builder.function("even", {{i32}, {i32}},
                   {local_get(0), block(Op::if_), local_get(0), i32_const(1), Op::i32_sub, call(2), Op::return_,
                    Op::end, i32_const(1)});
  builder.function("odd", {{i32}, {i32}},
                   {local_get(0), block(Op::if_), local_get(0), i32_const(1), Op::i32_sub, call(1), Op::return_,
                    Op::end, i32_const(0)});
  // Locals of an outer activation survive inner ones.
  builder.function("count", {{i32}, {i32}},
                   {local_get(0), i32_const(3), Op::i32_mul, local_set(1), local_get(0), block(Op::if_), local_get(0),
                    i32_const(1), Op::i32_sub, call(3), local_get(1), Op::i32_add, Op::return_, Op::end, i32_const(0)},
                   {i32});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("fib", {v(15)}), "i32:610");
  EXPECT_EQ(vm.run("even", {v(1001)}), "i32:0");
  EXPECT_EQ(vm.run("odd", {v(1001)}), "i32:1");
  EXPECT_EQ(vm.run("count", {v(10)}), "i32:165");
}

TEST_P(Calls, ExhaustionLeavesTheAgentUsable) {
  ModuleBuilder builder;
  builder.function("forever", {{i32}, {i32}}, {local_get(0), i32_const(1), Op::i32_add, call(0)});
  builder.function("depth", {{i32}, {i32}},
                   {local_get(0), block(Op::if_, i32), local_get(0), i32_const(1), Op::i32_sub, call(1), i32_const(1),
                    Op::i32_add, Op::else_, i32_const(0), Op::end});
  Vm vm(builder, GetParam());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(vm.run("forever", {v(0)}), "exhaustion: call stack exhausted");
    EXPECT_EQ(vm.agent.error().kind, ErrorKind::exhaustion);
    EXPECT_EQ(vm.agent.backtrace().size(), 64u);
    EXPECT_EQ(vm.agent.backtrace(3).size(), 3u);
    EXPECT_EQ(vm.run("depth", {v(10'000)}), "i32:10000");
  }
}

TEST_P(Calls, TheStackBoundsTheDepth) {
  ModuleBuilder builder;
  // A frame of about a thousand slots.
  builder.function("deep", {{i32}, {i32}},
                   {local_get(0), block(Op::if_, i32), local_get(0), i32_const(1), Op::i32_sub, call(0), i32_const(1),
                    Op::i32_add, Op::else_, i32_const(0), Op::end},
                   std::vector<ValType>(1000, i64));
  Vm vm(GetParam(), size_t{1} << 20);
  vm.instantiate(builder);
  EXPECT_EQ(vm.run("deep", {v(100)}), "i32:100");
  EXPECT_EQ(vm.run("deep", {v(131)}), "exhaustion: call stack exhausted") << "131072 slots are a MiB";
  EXPECT_EQ(vm.run("deep", {v(100)}), "i32:100");
}

TEST_P(Calls, AStackTooSmallForTheArguments) {
  ModuleBuilder builder;
  builder.function("f", {std::vector<ValType>(1000, i64), {}}, {});
  Vm vm(GetParam(), 4096);
  vm.instantiate(builder);
  EXPECT_EQ(vm.run("f", std::vector<Value>(1000, Value::i64(1))), "exhaustion: call stack exhausted");
  Vm none(GetParam(), ~size_t{0} / 2);  // address space that no system gives
  none.instantiate(builder);
  EXPECT_EQ(none.run("f", std::vector<Value>(1000, Value::i64(1))), "exhaustion: call stack exhausted");
}

// --- call_indirect
// ----------------------------------------------------------------------------------------------------

ModuleBuilder table_module() {
  ModuleBuilder builder;
  const FuncType unary{{i32}, {i32}};
  builder.table(4, 10);
  builder.function("", unary, {local_get(0), i32_const(1), Op::i32_add});
  builder.function("", unary, {local_get(0), i32_const(2), Op::i32_mul});
  builder.function("", {{i64}, {i64}}, {local_get(0)});
  builder.elements(SegmentMode::active, 0, 0, {0, 1});
  builder.elements(SegmentMode::active, 0, 3, {2});
  builder.function("call", {{i32, i32}, {i32}}, {local_get(0), local_get(1), call_indirect(builder.type(unary))});
  builder.function("constant", {{}, {i32}}, {i32_const(20), i32_const(1), call_indirect(builder.type(unary))});
  return builder;
}

TEST_P(Calls, Indirect) {
  Vm vm(table_module(), GetParam());
  EXPECT_EQ(vm.run("call", {v(10), v(0)}), "i32:11");
  EXPECT_EQ(vm.run("call", {v(10), v(1)}), "i32:20");
  EXPECT_EQ(vm.run("constant"), "i32:40");
  EXPECT_EQ(vm.run("call", {v(10), v(2)}), "trap: uninitialized element 2");
  EXPECT_EQ(vm.run("call", {v(10), v(3)}), "trap: indirect call type mismatch");
  EXPECT_EQ(vm.run("call", {v(10), v(4)}), "trap: undefined element");
  EXPECT_EQ(vm.run("call", {v(10), v(0xffffffff)}), "trap: undefined element");
  EXPECT_EQ(vm.backtrace(), "call+0x302");
  EXPECT_EQ(vm.run("call", {v(10), v(1)}), "i32:20");
}

TEST_P(Calls, IndirectCallsCompareTypesByStructure) {
  Vm vm(table_module(), GetParam());
  // The same type under another index, in another module, calling into the first one's table.
  ModuleBuilder other;
  other.import("table", TableType{funcref, {4, std::nullopt}});
  other.type({{f32}, {}});
  other.type({{i64}, {i64}});
  other.type({{i32}, {i32}});
  other.function("call", {{i32, i32}, {i32}}, {local_get(0), local_get(1), call_indirect(2)});
  other.function("call64", {{i32}, {i64}}, {i64_const(9), local_get(0), call_indirect(1)});
  other.function("", {{i32}, {i32}}, {i32_const(-1)});
  other.elements(SegmentMode::active, 0, 2, {2});
  Instance* first = vm.instance;
  ASSERT_NE(vm.instantiate(other, {exported(vm, "table0")}), nullptr);
  EXPECT_EQ(vm.run("call", {v(10), v(1)}), "i32:20");
  EXPECT_EQ(vm.run("call64", {v(3)}), "i64:9");
  EXPECT_EQ(vm.run("call64", {v(0)}), "trap: indirect call type mismatch");
  EXPECT_EQ(vm.run("call", {v(10), v(2)}), "i32:-1");
  vm.instance = first;
  EXPECT_EQ(vm.run("call", {v(10), v(2)}), "i32:-1") << "and back, from the first instance into the second";
}

// --- instances
// --------------------------------------------------------------------------------------------------------

/// A module with a memory and a global of its own, which says `name` by what it returns.
ModuleBuilder counter(uint32_t start) {
  ModuleBuilder builder;
  builder.memory(1, 4, false);
  builder.global(v(start), "global");
  builder.data(SegmentMode::active, 0, {static_cast<uint8_t>(start)});
  builder.function("look", {{}, {i32}},
                   {i32_const(0), access(Op::i32_load8_u), i32_const(1000), Op::i32_mul, global_get(0), Op::i32_add});
  builder.function(
      "bump", {{i32}, {}},
      {global_get(0), local_get(0), Op::i32_add, global_set(0), i32_const(0), global_get(0), access(Op::i32_store8)});
  builder.function("grow", {{}, {i32}}, {i32_const(1), Op::memory_grow});
  builder.function("fail", {{}, {}}, {Op::unreachable});
  return builder;
}

TEST_P(Calls, AnotherInstanceHasItsOwnMemoryAndGlobals) {
  Vm vm(counter(7), GetParam());
  Instance* callee = vm.instance;
  ModuleBuilder caller;
  caller.import_function("look", {{}, {i32}});
  caller.import_function("bump", {{i32}, {}});
  caller.import_function("grow", {{}, {i32}});
  caller.import_function("fail", {});
  caller.memory(2, 2, false);
  caller.global(v(1));
  caller.data(SegmentMode::active, 0, {3});
  // Their view, a change of theirs, then our memory and global again.
  const Code ours{i32_const(0), access(Op::i32_load8_u), i32_const(1000), Op::i32_mul, global_get(0), Op::i32_add};
  caller.function("both", {{}, {i32, i32, i32}}, Code{call(0), i32_const(5), call(1), call(0)} + ours);
  caller.function("high", {{}, {i32, i32}}, {call(2), i32_const(131068), access(Op::i32_load)});
  caller.function("past", {{}, {i32, i32}}, {call(2), i32_const(131072), access(Op::i32_load)});
  caller.function("main", {}, {call(3)});
  ASSERT_NE(
      vm.instantiate(caller, {exported(vm, "look"), exported(vm, "bump"), exported(vm, "grow"), exported(vm, "fail")}),
      nullptr);
  EXPECT_EQ(vm.run("both"), "i32:7007 i32:12012 i32:3001");
  EXPECT_EQ(vm.run("high"), "i32:1 i32:0") << "bounds of the caller's two pages after the callee grew its one";
  EXPECT_EQ(vm.run("past"), "trap: out of bounds memory access");
  EXPECT_EQ(callee->memory0->pages(), 3u);
  EXPECT_EQ(vm.run("main"), "trap: unreachable");
  EXPECT_EQ(vm.backtrace(), "fail+0x300 < main+0x700");
}

TEST_P(Calls, ACalleeGrowsTheMemoryOfItsCaller) {
  ModuleBuilder owner;
  owner.memory(1, 4, false);
  owner.function("grow", {{}, {i32}}, {i32_const(1), Op::memory_grow});
  Vm vm(owner, GetParam());
  ModuleBuilder user;
  user.import_function("grow", {{}, {i32}});
  user.import("memory", MemoryType{{1, std::nullopt}, false});
  user.function("f", {{}, {i32, i32}}, {call(0), i32_const(65536), access(Op::i32_load)});
  ASSERT_NE(vm.instantiate(user, {exported(vm, "grow"), exported(vm, "memory")}), nullptr);
  EXPECT_EQ(vm.run("f"), "i32:1 i32:0");
}

TEST_P(Calls, ImportedFunctionsThroughATable) {
  Vm vm(counter(7), GetParam());
  ModuleBuilder user;
  user.import_function("look", {{}, {i32}});
  user.global(v(5));
  user.table(1, 1);
  user.elements(SegmentMode::active, 0, 0, {0});
  user.function("f", {{}, {i32, i32}}, {i32_const(0), call_indirect(user.type({{}, {i32}})), global_get(0)});
  user.module.exports.push_back({"again", ExternKind::func, 0});
  ASSERT_NE(vm.instantiate(user, {exported(vm, "look")}), nullptr);
  EXPECT_EQ(vm.run("f"), "i32:7007 i32:5");
  EXPECT_EQ(vm.run("again"), "i32:7007") << "an import exported again is the same function";
}

// --- tables and references
// --------------------------------------------------------------------------------------------

TEST_P(Calls, References) {
  ModuleBuilder builder;
  builder.table(2, 5);
  builder.table(3, 3, externref);
  builder.elements(SegmentMode::declarative, 0, 0, {0});
  builder.function("self", {{}, {funcref}}, {Op::ref_func});
  builder.function("is_null", {{externref}, {i32}}, {local_get(0), Op::ref_is_null});
  builder.function("null_is_null", {{}, {i32, i32}},
                   {ref_null(funcref), Op::ref_is_null, Op::ref_func, Op::ref_is_null});
  builder.function("set", {{i32, externref}, {}}, {local_get(0), local_get(1), {Op::table_set, 1}});
  builder.function("get", {{i32}, {externref}}, {local_get(0), {Op::table_get, 1}});
  builder.function("grow", {{i32}, {i32, i32}}, {Op::ref_func, local_get(0), Op::table_grow, Op::table_size});
  builder.function("grow1", {{i32}, {i32}}, {ref_null(externref), local_get(0), {Op::table_grow, 1}});
  builder.function("fill", {{i32, externref, i32}, {}},
                   {local_get(0), local_get(1), local_get(2), {Op::table_fill, 1}});
  builder.function("call", {{i32}, {funcref}}, {local_get(0), call_indirect(builder.type({{}, {funcref}}))});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("self"), to_string(Value::funcref(vm.function("self"))));
  EXPECT_EQ(vm.run("is_null", {Value::externref(0)}), "i32:0");
  EXPECT_EQ(vm.run("is_null", {Value::null(externref)}), "i32:1");
  EXPECT_EQ(vm.run("null_is_null"), "i32:1 i32:0");
  EXPECT_EQ(vm.run("set", {v(2), Value::externref(42)}), "");
  EXPECT_EQ(vm.run("get", {v(2)}), "externref:42");
  EXPECT_EQ(vm.run("get", {v(0)}), "externref:null");
  EXPECT_EQ(vm.run("get", {v(3)}), "trap: out of bounds table access");
  EXPECT_EQ(vm.run("set", {v(0xffffffff), Value::externref(1)}), "trap: out of bounds table access");
  EXPECT_EQ(vm.run("grow", {v(2)}), "i32:2 i32:4");
  EXPECT_EQ(vm.run("call", {v(3)}), vm.run("self")) << "new elements are the given one";
  EXPECT_EQ(vm.run("call", {v(1)}), "trap: uninitialized element 1");
  EXPECT_EQ(vm.run("grow", {v(2)}), "i32:-1 i32:4") << "past the maximum";
  EXPECT_EQ(vm.run("grow", {v(0xffffffff)}), "i32:-1 i32:4");
  EXPECT_EQ(vm.run("grow", {v(1)}), "i32:4 i32:5");
  EXPECT_EQ(vm.run("grow1", {v(1)}), "i32:-1");
  EXPECT_EQ(vm.run("fill", {v(1), Value::externref(9), v(2)}), "");
  EXPECT_EQ(vm.run("get", {v(1)}), "externref:9");
  EXPECT_EQ(vm.run("get", {v(0)}), "externref:null");
  EXPECT_EQ(vm.run("fill", {v(3), Value::externref(9), v(0)}), "");
  EXPECT_EQ(vm.run("fill", {v(2), Value::externref(1), v(2)}), "trap: out of bounds table access");
  EXPECT_EQ(vm.run("get", {v(2)}), "externref:9") << "a trapping fill changes nothing";
  EXPECT_EQ(vm.run("fill", {v(4), Value::externref(1), v(0)}), "trap: out of bounds table access");
}

TEST_P(Calls, TableCopyAndInit) {
  ModuleBuilder builder;
  builder.table(8, 8);
  builder.table(4, 4);
  for (uint32_t i = 0; i < 4; ++i) builder.function("", {{}, {i32}}, {i32_const(i)});
  builder.elements(SegmentMode::passive, 0, 0, {0, 1, 2, 3});
  builder.elements(SegmentMode::active, 1, 1, {3, 2});
  const Code three{local_get(0), local_get(1), local_get(2)};
  const FuncType ranges{{i32, i32, i32}, {}};
  builder.function("init", ranges, three + Code{{Op::table_init, 0, 0}});
  builder.function("init_active", ranges, three + Code{{Op::table_init, 1, 0}});
  builder.function("copy", ranges, three + Code{{Op::table_copy, 0, 0}});
  builder.function("copy01", ranges, three + Code{{Op::table_copy, 0, 1}});
  builder.function("drop", {}, {{Op::elem_drop, 0}});
  const uint32_t type = builder.type({{}, {i32}});
  // The eight elements as digits, 9 for null.
  Code digits{i32_const(0)};
  for (uint32_t i = 0; i < 8; ++i) {
    digits = digits + Code{i32_const(10),   Op::i32_mul,         i32_const(i), Op::table_get,
                           Op::ref_is_null, block(Op::if_, i32), i32_const(9), Op::else_,
                           i32_const(i),    call_indirect(type), Op::end,      Op::i32_add};
  }
  builder.function("digits", {{}, {i32}}, digits);
  Vm vm(builder, GetParam());
  const auto run = [&](const char* name, uint32_t a, uint32_t b, uint32_t c) {
    const std::string outcome = vm.run(name, {v(a), v(b), v(c)});
    const std::string kept = vm.run("digits");
    return outcome + "|" + kept;
  };
  const std::string trap = "trap: out of bounds table access|";
  EXPECT_EQ(run("init", 1, 0, 4), "|i32:90123999");
  EXPECT_EQ(run("copy", 2, 1, 4), "|i32:90012399") << "overlapping, upwards";
  EXPECT_EQ(run("copy", 0, 1, 5), "|i32:123399") << "overlapping, downwards";
  EXPECT_EQ(run("copy01", 6, 1, 2), "|i32:123332") << "from the other table";
  EXPECT_EQ(run("copy01", 6, 0, 3), trap + "i32:123332");
  EXPECT_EQ(run("copy01", 0, 2, 3), trap + "i32:123332");
  EXPECT_EQ(run("copy", 0xffffffff, 0, 1), trap + "i32:123332");
  EXPECT_EQ(run("copy", 8, 8, 0), "|i32:123332");
  EXPECT_EQ(run("copy", 9, 0, 0), trap + "i32:123332");
  EXPECT_EQ(run("init", 0, 3, 2), trap + "i32:123332");
  EXPECT_EQ(run("init", 7, 2, 2), trap + "i32:123332");
  EXPECT_EQ(run("init", 0, 2, 1), "|i32:20123332");
  EXPECT_EQ(run("init_active", 0, 0, 0), "|i32:20123332");
  EXPECT_EQ(run("init_active", 0, 0, 1), trap + "i32:20123332") << "an active segment is dropped after instantiation";
  EXPECT_EQ(vm.run("drop"), "");
  EXPECT_EQ(run("init", 0, 0, 1), trap + "i32:20123332");
  EXPECT_EQ(run("init", 8, 0, 0), "|i32:20123332");
  EXPECT_EQ(vm.run("drop"), "") << "again";
}

// --- memory instructions
// ----------------------------------------------------------------------------------------------

TEST_P(Calls, BulkMemory) {
  for (const bool shared : {false, true}) {
    ModuleBuilder builder;
    builder.memory(1, 3, shared);
    builder.data(SegmentMode::passive, 0, {1, 2, 3, 4, 5});
    builder.data(SegmentMode::active, 65530, {9, 8});
    const Code three{local_get(0), local_get(1), local_get(2)};
    const FuncType ranges{{i32, i32, i32}, {}};
    builder.function("fill", ranges, three + Code{Op::memory_fill});
    builder.function("copy", ranges, three + Code{Op::memory_copy});
    builder.function("init", ranges, three + Code{{Op::memory_init, 0, 0}});
    builder.function("init_active", ranges, three + Code{{Op::memory_init, 1, 0}});
    builder.function("drop", {}, {{Op::data_drop, 0}});
    builder.function("size", {{}, {i32}}, {Op::memory_size});
    builder.function("grow", {{i32}, {i32}}, {local_get(0), Op::memory_grow});
    builder.function("constants", {}, {i32_const(100), i32_const(0x1ff), i32_const(3), Op::memory_fill});
    Vm vm(builder, GetParam());
    const auto run = [&](const char* name, uint32_t a, uint32_t b, uint32_t c) {
      return vm.run(name, {v(a), v(b), v(c)});
    };
    const std::string trap = "trap: out of bounds memory access";
    EXPECT_EQ(vm.memory().load<uint32_t>(65529), 0x080900u);
    EXPECT_EQ(run("init", 8, 1, 3), "");
    EXPECT_EQ(vm.memory().load<uint64_t>(7), 0x04030200u);
    EXPECT_EQ(run("init", 0, 3, 3), trap);
    EXPECT_EQ(run("init", 65534, 0, 3), trap);
    EXPECT_EQ(run("init", 0, 0xffffffff, 2), trap);
    EXPECT_EQ(run("init_active", 0, 0, 1), trap) << "dropped";
    EXPECT_EQ(run("init_active", 0, 0, 0), "");
    EXPECT_EQ(run("copy", 9, 8, 3), "");
    EXPECT_EQ(vm.memory().load<uint64_t>(7), 0x0403020200u);
    EXPECT_EQ(run("copy", 0, 65535, 2), trap);
    EXPECT_EQ(run("copy", 0xffffffff, 0, 0xffffffff), trap);
    EXPECT_EQ(run("copy", 65536, 65536, 0), "");
    EXPECT_EQ(run("copy", 65537, 0, 0), trap);
    EXPECT_EQ(run("fill", 65530, 0x177, 6), "") << "the value is a byte";
    EXPECT_EQ(vm.memory().load<uint64_t>(65528), 0x7777777777770000u);
    EXPECT_EQ(run("fill", 65530, 1, 7), trap);
    EXPECT_EQ(run("fill", 0, 1, 0xffffffff), trap);
    EXPECT_EQ(vm.memory().load<uint64_t>(65528), 0x7777777777770000u) << "a trapping fill changes nothing";
    EXPECT_EQ(vm.run("constants"), "");
    EXPECT_EQ(vm.memory().load<uint32_t>(100), 0xffffffu);
    EXPECT_EQ(vm.run("drop"), "");
    EXPECT_EQ(run("init", 0, 0, 0), "");
    EXPECT_EQ(run("init", 0, 0, 1), trap);
    EXPECT_EQ(vm.run("size"), "i32:1");
    EXPECT_EQ(vm.run("grow", {v(1)}), "i32:1");
    EXPECT_EQ(run("fill", 131070, 1, 2), "");
    EXPECT_EQ(vm.run("grow", {v(2)}), "i32:-1");
    EXPECT_EQ(vm.run("grow", {v(0xffffffff)}), "i32:-1");
    EXPECT_EQ(vm.run("grow", {v(1)}), "i32:2");
    EXPECT_EQ(vm.run("size"), "i32:3");
  }
}

TEST_P(Calls, GrowAndAccessInOneFunction) {
  ModuleBuilder builder;
  builder.memory(0, 2, false);
  builder.function("f", {{}, {i32, i32}}, {i32_const(1), Op::memory_grow, i32_const(65532), access(Op::i32_load)});
  builder.function("before", {{}, {i32}}, {i32_const(0), access(Op::i32_load8_u)});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("before"), "trap: out of bounds memory access") << "an empty memory";
  EXPECT_EQ(vm.run("f"), "i32:0 i32:0");
}

}  // namespace
}  // namespace weft
