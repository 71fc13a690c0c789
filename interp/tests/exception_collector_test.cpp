// SPDX-License-Identifier: Apache-2.0
//
// Exceptions are freed when nothing refers to them any more, and not before.
#include "interp/exception.h"

#include <gtest/gtest.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

Value v(uint32_t value) { return Value::i32(value); }

uint64_t address(const Exception& exception) { return reinterpret_cast<uintptr_t>(&exception); }

TEST(ExceptionCollector, KeepsWhatRootsAndPayloadsReferTo) {
  Exceptions exceptions;
  const TagInst tag{{{ValType::i64}, {}}};
  std::vector<uint64_t> roots;
  const auto mark_roots = [&](const Exceptions::Mark& mark) {
    for (const uint64_t root : roots) mark(root);
  };
  const auto add = [&](uint64_t value) { return address(exceptions.add(tag, {value}, mark_roots)); };
  uint64_t chain = 0;
  for (int i = 0; i < 5'000; ++i) {
    chain = add(chain);  // each has the one before in its payload
    roots = {chain, 12345, ~uint64_t{0}};
  }
  EXPECT_EQ(exceptions.size(), 5'000u);
  for (uint64_t i = 0; i < 100'000; ++i) add(i);
  EXPECT_GE(exceptions.size(), 5'000u);
  EXPECT_LT(exceptions.size(), 20'000u);
  int length = 0;
  for (uint64_t at = chain; at != 0; at = reinterpret_cast<const Exception*>(at)->values.at(0)) ++length;
  EXPECT_EQ(length, 5'000);
}

// An exception may have itself in its payload only through a word that looks like its address; no cycle may hang the
// collector, nor keep what is dead.
TEST(ExceptionCollector, CyclesAreFreed) {
  Exceptions exceptions;
  const TagInst tag{{{ValType::i64}, {}}};
  const auto none = [](const Exceptions::Mark&) {};
  for (int i = 0; i < 10'000; ++i) {
    const Exception& a = exceptions.add(tag, {0}, none);
    const_cast<Exception&>(a).values[0] = address(a);
  }
  EXPECT_LE(exceptions.size(), 2048u);
}

WEFT_BOTH_ENGINES(CollectedExceptions);

/// Functions that make exceptions with a number and another exception in them, take them apart, and throw many that
/// nobody keeps.
ModuleBuilder makers() {
  ModuleBuilder builder;
  builder.memory(1, 1, true);
  builder.tag({i32, exnref});
  const FuncType make{{i32, exnref}, {exnref}}, parts{{}, {i32, exnref}}, value{{exnref}, {i32}};
  builder.global(Value::null(exnref), "global");
  builder.table(3, 3, exnref);
  const auto parts_type = BlockType{builder.type(parts)};
  builder.function("make", make,
                   {block(Op::block, exnref), try_table({on_all_ref(0)}), local_get(0), local_get(1), throw_(0),
                    Op::end, Op::unreachable, Op::end});
  builder.function("value", value,
                   {block(Op::block, parts_type), try_table({on(0, 0)}), local_get(0), Op::throw_ref, Op::end,
                    Op::unreachable, Op::end, Op::drop});
  builder.function("churn", {{i32}, {}},
                   {block(Op::loop), block(Op::block, exnref), try_table({on_all_ref(0)}), local_get(0),
                    ref_null(exnref), throw_(0), Op::end, Op::unreachable, Op::end, Op::drop, local_get(0),
                    i32_const(1), Op::i32_sub, local_tee(0), br_if(0), Op::end});
  builder.function("to_global", {{i32}, {}}, {local_get(0), ref_null(exnref), call(0), global_set(0)});
  builder.function("of_global", {{}, {i32}}, {global_get(0), call(1)});
  builder.function("to_table", {{i32, i32}, {}},
                   {local_get(0), local_get(1), ref_null(exnref), call(0), {Op::table_set, 0}});
  builder.function("of_table", {{i32}, {i32}}, {local_get(0), {Op::table_get, 0}, call(1)});
  // Kept in a local, in an operand of the caller, and in as many frames as there are.
  builder.function(
      "local", {{i32}, {i32}},
      {local_get(0), ref_null(exnref), call(0), local_set(1), i32_const(5000), call(2), local_get(1), call(1)},
      {exnref});
  builder.function("operand", {{i32}, {i32}},
                   {local_get(0), ref_null(exnref), call(0), i32_const(5000), call(2), call(1)});
  builder.function("frames", {{i32}, {i32}},
                   {local_get(0), Op::i32_eqz, block(Op::if_), i32_const(20'000), call(2), i32_const(0), Op::return_,
                    Op::end, local_get(0), ref_null(exnref), call(0), local_get(0), i32_const(1), Op::i32_sub, call(9),
                    local_set(1), call(1), local_get(1), Op::i32_add},
                   {i32});
  // A list in the global; its sum.
  builder.function("list", {{i32}, {}},
                   {block(Op::loop), local_get(0), global_get(0), call(0), global_set(0), local_get(0), i32_const(1),
                    Op::i32_sub, local_tee(0), br_if(0), Op::end});
  builder.function("sum", {{}, {i32}},
                   {block(Op::loop), block(Op::block, parts_type), try_table({on(0, 0)}), global_get(0), Op::throw_ref,
                    Op::end, Op::unreachable, Op::end, global_set(0), local_get(0), Op::i32_add, local_set(0),
                    global_get(0), Op::ref_is_null, Op::i32_eqz, br_if(0), Op::end, local_get(0)},
                   {i32});
  // Between these two an observed agent pauses.
  builder.function("around_an_action", {{i32}, {i32}},
                   {local_get(0), ref_null(exnref), call(0), i32_const(0), access(Op::i32_load), Op::drop, call(1)});
  return builder;
}

TEST_P(CollectedExceptions, AMillionThatNobodyKeeps) {
  Vm vm(makers(), GetParam());
  EXPECT_EQ(vm.run("churn", {v(GetParam() == Engine::fast ? 1'000'000 : 100'000)}), "");
  EXPECT_LE(vm.store.exception_count(), 2048u);
  EXPECT_EQ(vm.run("churn", {v(10'000)}), "");
  EXPECT_LE(vm.store.exception_count(), 2048u);
}

TEST_P(CollectedExceptions, WhatIsStillReachableStays) {
  Vm vm(makers(), GetParam());
  EXPECT_EQ(vm.run("to_global", {v(11)}), "");
  EXPECT_EQ(vm.run("to_table", {v(0), v(12)}), "");
  EXPECT_EQ(vm.run("to_table", {v(2), v(13)}), "");
  EXPECT_EQ(vm.run("churn", {v(20'000)}), "");
  EXPECT_EQ(vm.run("of_global"), "i32:11");
  EXPECT_EQ(vm.run("of_table", {v(0)}), "i32:12");
  EXPECT_EQ(vm.run("of_table", {v(2)}), "i32:13");
  EXPECT_EQ(vm.run("of_table", {v(1)}), "trap: null exception reference");
  EXPECT_EQ(vm.run("local", {v(14)}), "i32:14");
  EXPECT_EQ(vm.run("operand", {v(15)}), "i32:15");
  EXPECT_EQ(vm.run("frames", {v(3000)}), "i32:4501500");
}

TEST_P(CollectedExceptions, PayloadsOfWhatIsReachableStay) {
  Vm vm(makers(), GetParam());
  EXPECT_EQ(vm.run("list", {v(10'000)}), "");
  EXPECT_EQ(vm.run("churn", {v(50'000)}), "");
  EXPECT_GE(vm.store.exception_count(), 10'000u);
  EXPECT_EQ(vm.run("sum"), "i32:50005000");
  EXPECT_EQ(vm.run("churn", {v(50'000)}), "");
  EXPECT_LT(vm.store.exception_count(), 50'000u);
}

TEST_P(CollectedExceptions, WhatOtherAgentsOfTheStoreHoldStays) {
  Vm vm(makers(), GetParam());
  // An embedder's agent that has ended: its results.
  Agent ended(vm.store);
  ended.invoke(*vm.function("make"), {{v(21), Value::null(exnref)}});
  ASSERT_EQ(ended.completion(), Completion::returned);
  // One that pauses within its function.
  Agent paused(vm.store);
  paused.observe({.pause_at_actions = true, .fuel = {}, .trace = {}});
  paused.start(*vm.function("around_an_action"), {{v(22)}});
  if (GetParam() == Engine::observed) {
    ASSERT_EQ(paused.resume(), Completion::paused);
  }
  EXPECT_EQ(vm.run("churn", {v(20'000)}), "");
  EXPECT_EQ(vm.run("value", {ended.results().at(0)}), "i32:21");
  ASSERT_EQ(paused.resume(), Completion::returned);
  EXPECT_EQ(to_string(paused.results().at(0)), "i32:22");
}

// An agent that was started, and has only arguments so far.
TEST_P(CollectedExceptions, ArgumentsOfAnAgentThatHasNotBegunStay) {
  Vm vm(makers(), GetParam());
  Agent other(vm.store);
  vm.run("make", {v(23), Value::null(exnref)});
  other.start(*vm.function("value"), {{vm.agent.results().at(0)}});
  EXPECT_EQ(vm.run("churn", {v(20'000)}), "");
  ASSERT_EQ(other.resume(), Completion::returned);
  EXPECT_EQ(to_string(other.results().at(0)), "i32:23");
}

// A host function that waits for the end of a call keeps its arguments where they were.
TEST_P(CollectedExceptions, ArgumentsOfHostFunctionsStay) {
  ModuleBuilder builder = makers();
  Vm vm(builder, GetParam());
  const FuncType type{{exnref, i32}, {exnref}};
  FuncInst* churn = vm.function("churn");
  FuncInst* host = vm.store.add_host_function("m.host", type, [churn](HostCall& call) {
    const uint64_t exception = call.args[0];
    return HostOutcome::call(churn, {v(20'000)},
                             [exception](HostCall& after) { return HostOutcome::done(after, exception); });
  });
  ModuleBuilder user;
  user.import_function("host", type);
  user.import_function("make", {{i32, exnref}, {exnref}});
  user.import_function("value", {{exnref}, {i32}});
  user.function("f", {{}, {i32}}, {i32_const(24), ref_null(exnref), call(1), i32_const(0), call(0), call(2)});
  const Extern make = *vm.instance->find_export("make"), value = *vm.instance->find_export("value");
  ASSERT_NE(vm.instantiate(user, {host, make, value}), nullptr);
  EXPECT_EQ(vm.run("f"), "i32:24");
}

}  // namespace
}  // namespace weft
