// SPDX-License-Identifier: Apache-2.0
//
// Host functions: results, every outcome, calls that they ask for, and the backtraces of it all.
#include <gtest/gtest.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(HostFunctions);

Value v(uint32_t value) { return Value::i32(value); }

const FuncType kUnary{{i32}, {i32}}, kNothing{};

/// "main" adds 1000 to what the imported "m.host" makes of its argument; "double" is for the host to call; "fail"
/// traps.
ModuleBuilder host_module() {
  ModuleBuilder builder;
  builder.import_function("host", kUnary);
  builder.memory(1, 1, false);
  builder.function("main", kUnary, {i32_const(1000), local_get(0), call(0), Op::i32_add});
  builder.function("double", kUnary, {local_get(0), i32_const(2), Op::i32_mul});
  builder.function("fail", kUnary, {Op::unreachable});
  builder.function("recurse", kUnary, {local_get(0), i32_const(1), Op::i32_add, call(0)});
  builder.table(1, 1);
  builder.elements(SegmentMode::active, 0, 0, {0});
  builder.function("indirect", kUnary, {local_get(0), i32_const(0), call_indirect(builder.type(kUnary))});
  builder.module.exports.push_back({"host", ExternKind::func, 0});
  builder.module.names.functions = {{1, "the_main"}};
  return builder;
}

struct HostVm : Vm {
  HostVm(Engine engine, HostFunction function) : Vm(engine) {
    host = store.add_host_function("m.host", kUnary, std::move(function));
    instantiate(host_module(), {host});
  }
  FuncInst* host = nullptr;
};

TEST_P(HostFunctions, ResultsAndArguments) {
  HostVm vm(GetParam(), [](HostCall& call) { return HostOutcome::done(call, call.i32(0) + 5); });
  EXPECT_EQ(vm.run("main", {v(1)}), "i32:1006");
  EXPECT_EQ(vm.run("indirect", {v(1)}), "i32:6");
  EXPECT_EQ(vm.run("host", {v(2)}), "i32:7") << "invoked without any Wasm";
  EXPECT_EQ(vm.backtrace(), "");
}

TEST_P(HostFunctions, AllTypesAndManyResults) {
  const FuncType type{{i64, f32, f64, externref, i32}, {i32, externref, f64, f32, i64, i64}};
  ModuleBuilder builder;
  builder.import_function("host", type);
  builder.function("f", type, {local_get(0), local_get(1), local_get(2), local_get(3), local_get(4), call(0)});
  Vm vm(GetParam());
  FuncInst* host = vm.store.add_host_function("m.host", type, [](HostCall& call) {
    EXPECT_EQ(call.args.size(), 5u);
    EXPECT_EQ(call.results.size(), 6u);
    for (size_t i = 0; i < 5; ++i) call.results[i] = call.args[4 - i];
    call.results[5] = 77;
    return HostOutcome::done();
  });
  vm.instantiate(builder, {host});
  EXPECT_EQ(vm.run("f", {Value::i64(~uint64_t{0}), Value::f32(1.5f), Value::f64(-2), Value::externref(3), v(4)}),
            "i32:4 externref:3 f64:-0x1p+1 f32:0x1.8p+0 i64:-1 i64:77");
}

TEST_P(HostFunctions, TheCallerAndItsMemory) {
  Instance* caller = nullptr;
  Memory* memory = nullptr;
  HostVm vm(GetParam(), [&](HostCall& call) {
    caller = call.caller;
    memory = call.memory();
    return HostOutcome::done(call, 0);
  });
  vm.run("main", {v(1)});
  EXPECT_EQ(caller, vm.instance);
  EXPECT_EQ(memory, &vm.memory());
  vm.run("indirect", {v(1)});
  EXPECT_EQ(caller, vm.instance);
  vm.run("host", {v(1)});
  EXPECT_EQ(caller, nullptr) << "the embedder called";
  EXPECT_EQ(memory, nullptr);
}

TEST_P(HostFunctions, Outcomes) {
  HostVm trap(GetParam(), [](HostCall&) { return HostOutcome::trap("disk on fire"); });
  EXPECT_EQ(trap.run("main", {v(1)}), "trap: disk on fire");
  EXPECT_EQ(trap.backtrace(), "m.host < the_main+0x102");
  EXPECT_EQ(trap.run("indirect", {v(1)}), "trap: disk on fire");
  EXPECT_EQ(trap.backtrace(), "m.host < indirect+0x502");
  EXPECT_EQ(trap.run("host", {v(1)}), "trap: disk on fire");
  EXPECT_EQ(trap.backtrace(), "m.host");
  EXPECT_EQ(trap.run("double", {v(4)}), "i32:8") << "the agent is usable afterwards";
  EXPECT_EQ(trap.backtrace(), "");

  HostVm exit(GetParam(), [](HostCall& call) { return HostOutcome::exit(call.i32(0)); });
  EXPECT_EQ(exit.run("main", {v(3)}), "exited 3");
  EXPECT_EQ(exit.run("recurse", {v(3)}), "exited 4");
  EXPECT_EQ(exit.run("host", {v(5)}), "exited 5");

  HostVm unwind(GetParam(), [](HostCall&) { return HostOutcome::unwind(); });
  EXPECT_EQ(unwind.run("main", {v(3)}), "unwound");
  EXPECT_EQ(unwind.run("double", {v(3)}), "i32:6");

  HostVm stopped(GetParam(), [](HostCall&) { return HostOutcome::stopped(); });
  EXPECT_EQ(stopped.run("main", {v(3)}), "stopped");
}

TEST_P(HostFunctions, ABacktraceWhileTheHostRuns) {
  HostVm* self = nullptr;
  std::string trace;
  HostVm vm(GetParam(), [&](HostCall& call) {
    trace = self->backtrace();
    return HostOutcome::done(call, 0);
  });
  self = &vm;
  vm.run("main", {v(1)});
  EXPECT_EQ(trace, "m.host < the_main+0x102");
  vm.run("host", {v(1)});
  EXPECT_EQ(trace, "m.host");
}

// --- calls that a host function asks for
// ------------------------------------------------------------------------------

TEST_P(HostFunctions, CallsWasmAndContinues) {
  HostVm* self = nullptr;
  std::string trace;
  HostVm vm(GetParam(), [&](HostCall& call) {
    const uint32_t argument = call.i32(0);
    return HostOutcome::call(self->function("double"), {v(argument + 1)}, [&trace, self, argument](HostCall& then) {
      trace = self->backtrace();
      EXPECT_EQ(then.args.size(), 1u);
      return HostOutcome::done(then, then.i32(0) * 100 + argument);
    });
  });
  self = &vm;
  EXPECT_EQ(vm.run("main", {v(4)}), "i32:2004");
  EXPECT_EQ(trace, "m.host < the_main+0x102");
  EXPECT_EQ(vm.run("indirect", {v(4)}), "i32:1004");
  EXPECT_EQ(trace, "m.host < indirect+0x502");
  EXPECT_EQ(vm.run("host", {v(4)}), "i32:1004") << "invoked by the embedder";
  EXPECT_EQ(trace, "m.host");
}

TEST_P(HostFunctions, CallsTwiceInARow) {
  HostVm* self = nullptr;
  HostVm vm(GetParam(), [&](HostCall& call) {
    return HostOutcome::call(self->function("double"), {v(call.i32(0))}, [self](HostCall& then) {
      return HostOutcome::call(self->function("double"), {v(then.i32(0) + 1)},
                               [](HostCall& last) { return HostOutcome::done(last, last.i32(0)); });
    });
  });
  self = &vm;
  EXPECT_EQ(vm.run("main", {v(5)}), "i32:1022");
  EXPECT_EQ(vm.run("host", {v(5)}), "i32:22");
}

// main → host → recurse → host → …, down to a call that traps or returns.
TEST_P(HostFunctions, CallsNested) {
  HostVm* self = nullptr;
  std::string trace;
  bool fail = false;
  HostVm vm(GetParam(), [&](HostCall& call) {
    const uint32_t depth = call.i32(0);
    if (depth == 3) {
      trace = self->backtrace();
      if (!fail) return HostOutcome::done(call, 1);
      return HostOutcome::call(self->function("fail"), {v(0)},
                               [](HostCall& then) { return HostOutcome::done(then, 0); });
    }
    return HostOutcome::call(self->function("recurse"), {v(depth)},
                             [depth](HostCall& then) { return HostOutcome::done(then, then.i32(0) * 10 + depth); });
  });
  self = &vm;
  EXPECT_EQ(vm.run("main", {v(1)}), "i32:1121") << "(1 * 10 + 2) * 10 + 1, and 1000";
  EXPECT_EQ(trace, "m.host < recurse+0x403 < m.host < recurse+0x403 < m.host < the_main+0x102");
  EXPECT_EQ(vm.run("host", {v(2)}), "i32:12");
  EXPECT_EQ(trace, "m.host < recurse+0x403 < m.host");
  fail = true;
  EXPECT_EQ(vm.run("main", {v(2)}), "trap: unreachable");
  EXPECT_EQ(vm.backtrace(), "fail+0x300 < m.host < recurse+0x403 < m.host < the_main+0x102");
  fail = false;
  EXPECT_EQ(vm.run("main", {v(1)}), "i32:1121");
}

TEST_P(HostFunctions, OneHostFunctionCallsAnother) {
  HostVm* self = nullptr;
  std::string trace;
  enum { returns, traps, calls } inner = returns;
  HostVm vm(GetParam(), [&](HostCall&) { return HostOutcome::trap("replaced below"); });
  self = &vm;
  FuncInst* second = vm.store.add_host_function("m.second", kUnary, [&](HostCall& call) {
    trace = self->backtrace();
    if (inner == traps) return HostOutcome::trap("inner");
    if (inner == calls) {
      return HostOutcome::call(self->function("double"), {v(call.i32(0))},
                               [](HostCall& then) { return HostOutcome::done(then, then.i32(0) + 3); });
    }
    return HostOutcome::done(call, call.i32(0) + 3);
  });
  vm.host->host = [&](HostCall& call) {
    return HostOutcome::call(second, {v(call.i32(0) * 2)},
                             [](HostCall& then) { return HostOutcome::done(then, then.i32(0) + 100); });
  };
  EXPECT_EQ(vm.run("main", {v(5)}), "i32:1113");
  EXPECT_EQ(trace, "m.second < m.host < the_main+0x102");
  EXPECT_EQ(vm.run("host", {v(5)}), "i32:113");
  EXPECT_EQ(trace, "m.second < m.host");
  inner = traps;
  EXPECT_EQ(vm.run("main", {v(5)}), "trap: inner");
  EXPECT_EQ(vm.backtrace(), "m.second < m.host < the_main+0x102");
  inner = calls;
  EXPECT_EQ(vm.run("main", {v(5)}), "i32:1123");
  EXPECT_EQ(vm.run("host", {v(5)}), "i32:123");
}

TEST_P(HostFunctions, ContinuationsEndTheRunToo) {
  HostVm* self = nullptr;
  HostOutcome::Kind kind = HostOutcome::Kind::trap;
  HostVm vm(GetParam(), [&](HostCall& call) {
    return HostOutcome::call(self->function("double"), {v(call.i32(0))}, [&kind](HostCall& then) {
      switch (kind) {
        case HostOutcome::Kind::trap: return HostOutcome::trap("later");
        case HostOutcome::Kind::exit: return HostOutcome::exit(then.i32(0));
        default: return HostOutcome::unwind();
      }
    });
  });
  self = &vm;
  EXPECT_EQ(vm.run("main", {v(2)}), "trap: later");
  EXPECT_EQ(vm.backtrace(), "m.host < the_main+0x102");
  EXPECT_EQ(vm.run("host", {v(2)}), "trap: later");
  EXPECT_EQ(vm.backtrace(), "m.host");
  kind = HostOutcome::Kind::exit;
  EXPECT_EQ(vm.run("main", {v(2)}), "exited 4");
  kind = HostOutcome::Kind::unwind;
  EXPECT_EQ(vm.run("main", {v(2)}), "unwound");
  EXPECT_EQ(vm.run("double", {v(2)}), "i32:4");
}

TEST_P(HostFunctions, TheCallerStaysNullInAContinuationOfTheEmbeddersCall) {
  HostVm* self = nullptr;
  std::vector<Instance*> callers;
  HostVm vm(GetParam(), [&](HostCall& call) {
    callers.push_back(call.caller);
    return HostOutcome::call(self->function("double"), {v(call.i32(0))}, [&callers](HostCall& then) {
      callers.push_back(then.caller);
      return HostOutcome::done(then, 0);
    });
  });
  self = &vm;
  vm.run("host", {v(1)});
  vm.run("main", {v(1)});
  EXPECT_EQ(callers, (std::vector<Instance*>{nullptr, nullptr, vm.instance, vm.instance}));
}

// Each activation asks for another one through Wasm until the stack ends: the trap is "call stack exhausted", and the
// backtrace is whole.
TEST_P(HostFunctions, ExhaustionThroughTheHost) {
  HostVm* self = nullptr;
  HostVm vm(GetParam(), [&](HostCall& call) {
    return HostOutcome::call(self->function("recurse"), {v(call.i32(0))},
                             [](HostCall& then) { return HostOutcome::done(then, then.i32(0)); });
  });
  self = &vm;
  for (const char* entry : {"main", "host"}) {
    EXPECT_EQ(vm.run(entry, {v(0)}), "exhaustion: call stack exhausted");
    const auto frames = vm.agent.backtrace(1'000'000);
    EXPECT_GT(frames.size(), 10'000u);
    EXPECT_EQ(frames.back().function, entry == std::string("main") ? "the_main" : "m.host");
    size_t hosts = 0;
    for (const BacktraceFrame& frame : frames) hosts += frame.function == "m.host" ? 1 : 0;
    EXPECT_NEAR(static_cast<double>(hosts), static_cast<double>(frames.size()) / 2, 1.0);
  }
  EXPECT_EQ(vm.run("double", {v(2)}), "i32:4");
}

// Large frames: whether the arguments fit or only the frame does not, the backtrace must be right.
TEST_P(HostFunctions, ExhaustionInTheCallThatAHostAskedFor) {
  ModuleBuilder builder;
  builder.function("large", kUnary, {local_get(0)}, std::vector<ValType>(2000, i64));
  Vm vm(GetParam(), 8192);
  vm.instantiate(builder);
  FuncInst* host = vm.store.add_host_function("m.host", kUnary, [&](HostCall& call) {
    return HostOutcome::call(vm.function("large"), {v(call.i32(0))},
                             [](HostCall& then) { return HostOutcome::done(then, 0); });
  });
  Vm* self = &vm;
  const Instance* callee = vm.instance;
  ASSERT_NE(self->instantiate(host_module(), {host}), nullptr);
  host->host = [&](HostCall& call) {
    return HostOutcome::call(callee->find_function("large"), {v(call.i32(0))},
                             [](HostCall& then) { return HostOutcome::done(then, 0); });
  };
  EXPECT_EQ(vm.run("main", {v(1)}), "exhaustion: call stack exhausted");
  EXPECT_EQ(vm.backtrace(), "m.host < the_main+0x102");
  EXPECT_EQ(vm.run("host", {v(1)}), "exhaustion: call stack exhausted");
  EXPECT_EQ(vm.backtrace(), "m.host");
}

// A host function that asks for itself, without end and without a slot: no C++ recursion, and the stack ends it.
TEST_P(HostFunctions, HostsThatCallHostsWithoutEnd) {
  Vm vm(GetParam());
  FuncInst* host = nullptr;
  host = vm.store.add_host_function("m.host", kNothing, [&](HostCall&) {
    return HostOutcome::call(host, {}, [](HostCall&) { return HostOutcome::done(); });
  });
  vm.agent.invoke(*host, {});
  EXPECT_EQ(vm.outcome(), "exhaustion: call stack exhausted");
  EXPECT_EQ(vm.agent.backtrace(5).size(), 5u);
}

}  // namespace
}  // namespace weft
