// SPDX-License-Identifier: Apache-2.0
//
// Agents on threads: stopping them wherever they are, and memory that another one grows.
#include "interp/agent.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <thread>

#include "interp/limits.h"
#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(Agents);

Value v(uint32_t value) { return Value::i32(value); }

/// Says in memory that it runs, then does something without end.
ModuleBuilder endless_module() {
  ModuleBuilder builder;
  builder.import_function("block", {});
  builder.memory(1, 2, true);
  builder.function("loop", {}, here() + Code{block(Op::loop), br(0), Op::end});
  builder.function("loop_if", {{i32}, {}}, here() + Code{block(Op::loop), local_get(0), br_if(0), Op::end});
  builder.function("loop_compare", {{i32}, {}},
                   here() + Code{block(Op::loop), local_get(0), i32_const(7), Op::i32_ne, br_if(0), Op::end});
  builder.function("loop_table", {{i32}, {}}, here() + Code{block(Op::loop), local_get(0), br_table({0, 0}), Op::end});
  builder.function("recursion", {}, here() + Code{block(Op::loop), call(7), br(0), Op::end});
  builder.function(
      "wait", {}, here() + Code{i32_const(8), i32_const(0), i64_const(-1), access(Op::memory_atomic_wait32), Op::drop});
  builder.function("deep", {}, {block(Op::block), i32_const(0), access(Op::i32_load), Op::i32_eqz, br_if(0), Op::end});
  builder.function("host", {}, here() + Code{call(0)});
  builder.function("recurse", {}, here() + Code{call(9)});
  builder.function("one", {{}, {i32}}, {i32_const(1)});
  return builder;
}

/// Blocks as a host function should: on its own business and on the agent's wake-up descriptor.
HostOutcome block_until_stopped(HostCall& call) {
  pollfd descriptor{call.agent.wake_descriptor().fd(), POLLIN, 0};
  poll(&descriptor, 1, -1);
  return call.agent.stop_requested() ? HostOutcome::stopped() : HostOutcome::done();
}

struct EndlessVm : Vm {
  explicit EndlessVm(Engine engine) : Vm(engine) {
    instantiate(endless_module(), {store.add_host_function("m.block", {}, block_until_stopped)});
  }
};

TEST_P(Agents, StopEndsThemWhereverTheyAre) {
  const std::vector<std::pair<const char*, std::vector<Value>>> cases = {
      {"loop", {}}, {"loop_if", {v(1)}}, {"loop_compare", {v(1)}}, {"loop_table", {v(0)}}, {"recursion", {}},
      {"wait", {}}, {"host", {}}};
  for (const auto& c : cases) {
    const std::string name = c.first;
    SCOPED_TRACE(name);
    EndlessVm vm(GetParam());
    EXPECT_EQ(vm.run_and_stop(name, c.second), "stopped");
    EXPECT_EQ(vm.agent.backtrace().back().function, name) << vm.backtrace();
    EXPECT_EQ(vm.run("one"), "stopped") << "sticky";
    EXPECT_EQ(vm.run("wait"), "stopped");
  }
}

TEST_P(Agents, StopBeforeTheStart) {
  EndlessVm vm(GetParam());
  vm.agent.stop();
  for (const char* name : {"one", "loop", "wait", "host"}) EXPECT_EQ(vm.run(name), "stopped") << name;
  EXPECT_EQ(vm.memory().load<uint32_t>(0), 0u) << "nothing ran";
}

TEST_P(Agents, StopWhileTheStackOverflows) {
  // The limit that stop() lowers is the one that recursion runs into: it must be told apart.
  for (int i = 0; i < 20; ++i) {
    EndlessVm vm(GetParam());
    std::string outcome;
    std::thread thread([&] {
      do outcome = vm.run("recurse");
      while (outcome == "exhaustion: call stack exhausted" && !vm.agent.stop_requested());
      if (outcome != "stopped") outcome = vm.run("recurse");
    });
    while (vm.memory().load<uint32_t>(0) != 1) std::this_thread::yield();
    vm.agent.stop();
    thread.join();
    EXPECT_EQ(outcome, "stopped");
  }
}

TEST_P(Agents, SayWhatTheSystemRefused) {
  Store store({.engine = GetParam()});
  EXPECT_TRUE(Agent(store).is_complete());
  EXPECT_FALSE(Agent(store, size_t{1} << 60).is_complete());
}

TEST_P(Agents, StopIsNotHeardByOthers) {
  EndlessVm vm(GetParam());
  Agent other(vm.store);
  other.stop();
  EXPECT_EQ(vm.run("one"), "i32:1");
}

// --- memory that grows elsewhere
// --------------------------------------------------------------------------------------

TEST_P(Agents, AStaleSizeIsLookedAtAgain) {
  ModuleBuilder builder;
  builder.import_function("grow", {});
  builder.memory(1, 3, true);
  const auto after_grow = [&](const char* name, const Code& code, const std::vector<ValType>& results) {
    builder.function(name, {{}, results}, Code{i32_const(0), access(Op::i32_load), Op::drop, call(0)} + code);
  };
  after_grow("load", {i32_const(65536 + 65532), access(Op::i32_load)}, {i32});
  after_grow("store", {i32_const(65536), i32_const(5), access(Op::i32_store8)}, {});
  after_grow("atomic", {i32_const(65536), i32_const(5), access(Op::i32_atomic_rmw_add)}, {i32});
  after_grow("notify", {i32_const(65536), i32_const(5), access(Op::memory_atomic_notify)}, {i32});
  after_grow("wait", {i32_const(65536), i32_const(0), i64_const(0), access(Op::memory_atomic_wait32)}, {i32});
  after_grow("fill", {i32_const(65536), i32_const(0), i32_const(100), Op::memory_fill}, {});
  after_grow("past", {i32_const(65536 + 65533), access(Op::i32_load)}, {i32});
  after_grow("size", {Op::memory_size}, {i32});
  for (const auto& [name, wanted] :
       std::vector<std::pair<std::string, std::string>>{{"load", "i32:0"},
                                                        {"store", ""},
                                                        {"atomic", "i32:0"},
                                                        {"notify", "i32:0"},
                                                        {"wait", "i32:2"},
                                                        {"fill", ""},
                                                        {"past", "trap: out of bounds memory access"},
                                                        {"size", "i32:2"}}) {
    Vm vm(GetParam());
    const auto grow = [](HostCall& call) { return call.memory()->grow(1), HostOutcome::done(); };
    vm.instantiate(builder, {vm.store.add_host_function("m.grow", {}, grow)});
    EXPECT_EQ(vm.run(name), wanted) << name;
  }
}

// --- many agents on one memory
// ----------------------------------------------------------------------------------------

ModuleBuilder worker_module() {
  ModuleBuilder builder;
  builder.import("memory", MemoryType{{1, 500}, true});
  // clang-format off
  // count(n): adds 1 to the word at 0, n times.
  const Code again{local_get(0), i32_const(1), Op::i32_sub, local_tee(0), br_if(0)};
  builder.function("count", {{i32}, {}},
      Code{block(Op::loop), i32_const(0), i32_const(1), access(Op::i32_atomic_rmw_add), Op::drop} + again + Code{Op::end});
  // locked(n): adds 1 to the plain word at 16, n times, each time under the mutex at 8 (0 free, 1 taken), which waits.
  builder.function("locked", {{i32}, {}}, Code{
      block(Op::loop),
      block(Op::block), block(Op::loop),
      i32_const(8), i32_const(0), i32_const(1), access(Op::i32_atomic_rmw_cmpxchg), Op::i32_eqz, br_if(1),
      i32_const(8), i32_const(1), i64_const(-1), access(Op::memory_atomic_wait32), Op::drop, br(0),
      Op::end, Op::end,
      i32_const(16), i32_const(16), access(Op::i32_load), i32_const(1), Op::i32_add, access(Op::i32_store),
      i32_const(8), i32_const(0), access(Op::i32_atomic_store),
      i32_const(8), i32_const(1), access(Op::memory_atomic_notify), Op::drop} + again + Code{Op::end});
  // grow(n): grows by one page, n times, and adds its old size to the first word of each page it got.
  builder.function("grow", {{i32}, {i32}}, Code{
      block(Op::loop),
      i32_const(1), Op::memory_grow, local_tee(1), i32_const(-1), Op::i32_eq,
      block(Op::if_), i32_const(-1), Op::return_, Op::end,
      local_get(1), i32_const(16), Op::i32_shl, local_get(1), access(Op::i32_atomic_rmw_add), Op::drop}
      + again + Code{Op::end, local_get(1)}, {i32});
  // race(n): plain accesses of all sizes to the same bytes, aligned and not: legal for guests, silent under
  // ThreadSanitizer.
  builder.function("race", {{i32}, {}}, Code{
      block(Op::loop),
      i32_const(33), i32_const(32), access(Op::i64_load), access(Op::i64_store),
      i32_const(34), i32_const(33), access(Op::i32_load16_s), access(Op::i32_store8),
      i32_const(40), i32_const(33), i32_const(9), Op::memory_copy,
      i32_const(32), local_get(0), i32_const(17), Op::memory_fill,
      i32_const(32), i32_const(48), access(Op::v128_load), access(Op::v128_store),
      i32_const(40), i32_const(39), access(Op::v128_load), access(Op::v128_store),
      i32_const(37), i32_const(35), access(Op::v128_load32_splat), access(Op::v128_store),
      i32_const(36), i32_const(34), i32_const(40), access(Op::v128_load8x8_s), lane_access(Op::v128_load16_lane, 1),
      lane_access(Op::v128_store64_lane, 0),
      i32_const(32), i32_const(1), access(Op::i32_atomic_rmw8_xor_u), Op::drop, Op::atomic_fence} + again + Code{Op::end});
  // clang-format on
  return builder;
}

/// Runs `name` on so many threads, each with a store of its own, which share the memory and the compiled module; their
/// outcomes.
std::vector<std::string> run_on_threads(Engine engine, size_t count, const std::shared_ptr<Memory>& memory,
                                        const char* name, uint32_t argument) {
  const auto module = compile(worker_module().module);
  std::vector<std::string> outcomes(count);
  std::vector<std::thread> threads;
  for (std::string& outcome : outcomes) {
    threads.emplace_back([&outcome, &module, &memory, engine, name, argument] {
      Vm vm(engine);
      if (vm.instantiate(module, {memory}) != nullptr) outcome = vm.run(name, {v(argument)});
    });
  }
  for (std::thread& thread : threads) thread.join();
  return outcomes;
}

std::shared_ptr<Memory> shared_memory() {
  auto memory = Memory::create({{1, 500}, true});
  EXPECT_TRUE(memory);
  return *memory;
}

TEST_P(Agents, AtomicsAddUp) {
  const auto memory = shared_memory();
  const std::vector<std::string> done(4, "");
  EXPECT_EQ(run_on_threads(GetParam(), 4, memory, "count", 20'000), done);
  EXPECT_EQ(memory->load<uint32_t>(0), 80'000u);
}

TEST_P(Agents, AMutexOfWaitAndNotifyExcludes) {
  const auto memory = shared_memory();
  const std::vector<std::string> done(4, "");
  EXPECT_EQ(run_on_threads(GetParam(), 4, memory, "locked", 2'000), done);
  EXPECT_EQ(memory->load<uint32_t>(16), 8'000u);
}

TEST_P(Agents, ConcurrentGrowsOfGuests) {
  const auto memory = shared_memory();
  const uint8_t* base = memory->base();
  const std::vector<std::string> outcomes = run_on_threads(GetParam(), 8, memory, "grow", 50);
  for (const std::string& outcome : outcomes) EXPECT_NE(outcome, "i32:-1");
  EXPECT_EQ(memory->pages(), 401u);
  EXPECT_EQ(memory->base(), base);
  for (uint32_t page = 1; page <= 400; ++page) {
    EXPECT_EQ(memory->load<uint32_t>(page * kPageSize), page) << "each old size was handed out once";
  }
}

TEST_P(Agents, GuestsMayRace) {
  const auto memory = shared_memory();
  const std::vector<std::string> done(4, "");
  EXPECT_EQ(run_on_threads(GetParam(), 4, memory, "race", 500), done);
}

}  // namespace
}  // namespace weft
