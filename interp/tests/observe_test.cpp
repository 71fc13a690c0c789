// SPDX-License-Identifier: Apache-2.0
//
// The observed engine: shared actions announced, performed, answered or abandoned by the observer; fuel; traces.
#include <gtest/gtest.h>

#include <set>

#include <fmt/format.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

Value v(uint32_t value) { return Value::i32(value); }

constexpr const char* kKinds[] = {"load", "store", "rmw", "cmpxchg", "wait", "notify", "fence", "size", "grow", "bulk"};

/// "i32.load load@8/4", with the operands that its kind has.
std::string describe(const Action& action) {
  std::string out = fmt::format("{} {}", info(action.op).text, kKinds[static_cast<size_t>(action.kind)]);
  if (action.atomic) out += " atomic";
  switch (action.kind) {
    case Action::Kind::fence:
    case Action::Kind::size: return out;
    case Action::Kind::grow: return out + fmt::format(" by {}", action.operand);
    default: break;
  }
  out += fmt::format(" @{:#x}/{}", action.address, action.width);
  if (action.kind == Action::Kind::wait)
    return out + fmt::format(" expects {:#x} for {}", action.expected, action.timeout);
  if (action.kind == Action::Kind::cmpxchg) out += fmt::format(" expects {:#x}", action.expected);
  if (action.kind != Action::Kind::load) out += fmt::format(" operand {:#x}", action.operand);
  return out;
}

/// One agent that pauses at actions, over a module with the code as its function "f".
struct Observed : Vm {
  Observed(const FuncType& type, const Code& code, bool shared = true, uint64_t max_pages = 4) : Vm(Engine::observed) {
    ModuleBuilder builder;
    builder.memory(1, max_pages, shared);
    builder.data(SegmentMode::passive, 0, {1, 2, 3, 4});
    builder.function("f", type, code);
    instantiate(builder);
    agent.observe({.pause_at_actions = true, .fuel = {}, .trace = {}});
  }
  /// Starts "f" and runs to its first action: what it is, or how the run ended.
  std::string begin(const std::vector<Value>& arguments = {}) {
    start("f", arguments);
    return next(agent.resume());
  }
  std::string step() { return next(agent.resume()); }
  std::string answer(uint64_t value) { return next(agent.resume_with(value)); }
  std::string next(Completion completion) {
    return completion == Completion::paused ? describe(agent.pending()) : outcome();
  }
};

// --- announcements
// ----------------------------------------------------------------------------------------------------

TEST(Observe, EachActionIsAnnouncedOnceAndThenHappens) {
  Observed vm({{i32}, {i32}},
              {local_get(0), i32_const(7), access(Op::i32_store, 4), local_get(0), access(Op::i32_load, 4),
               local_get(0), i32_const(1), access(Op::i32_atomic_rmw_add, 4), Op::i32_add, i32_const(5), Op::i32_add});
  EXPECT_EQ(vm.begin({v(8)}), "i32.store store @0xc/4 operand 0x7");
  EXPECT_EQ(vm.memory().load<uint32_t>(12), 0u) << "not yet";
  EXPECT_EQ(vm.backtrace(), "f+0x2") << "paused before it";
  EXPECT_EQ(vm.step(), "i32.load load @0xc/4");
  EXPECT_EQ(vm.memory().load<uint32_t>(12), 7u);
  EXPECT_EQ(vm.step(), "i32.atomic.rmw.add rmw atomic @0xc/4 operand 0x1");
  EXPECT_EQ(vm.step(), "i32:19");
  EXPECT_EQ(vm.memory().load<uint32_t>(12), 8u);
}

TEST(Observe, KindsAndTheirOperands) {
  struct Case {
    FuncType type;
    Code code;
    std::string announcement;
  };
  const Case cases[] = {
      {{},
       {i32_const(0), i64_const(-2), access(Op::i64_atomic_store, 8)},
       "i64.atomic.store store atomic @0x8/8 operand 0xfffffffffffffffe"},
      {{},
       {i32_const(0), constant(Value::f32(1)), access(Op::f32_store, 1)},
       "f32.store store @0x1/4 operand 0x3f800000"},
      {{}, {i32_const(0), i64_const(0x1234), access(Op::i64_store8, 9)}, "i64.store8 store @0x9/1 operand 0x34"},
      {{},
       {i32_const(2), i32_const(0x12345), access(Op::i32_atomic_store16)},
       "i32.atomic.store16 store atomic @0x2/2 operand 0x2345"},
      {{{}, {i64}}, {i32_const(3), access(Op::i64_load32_s, 1)}, "i64.load32_s load @0x4/4"},
      {{{}, {i64}}, {i32_const(3), access(Op::i64_atomic_load8_u, 1)}, "i64.atomic.load8_u load atomic @0x4/1"},
      {{{}, {i64}},
       {i32_const(4), i64_const(-1), access(Op::i64_atomic_rmw16_sub_u)},
       "i64.atomic.rmw16.sub_u rmw atomic @0x4/2 operand 0xffff"},
      {{{}, {i32}},
       {i32_const(4), i32_const(0x101), i32_const(-1), access(Op::i32_atomic_rmw8_cmpxchg_u)},
       "i32.atomic.rmw8.cmpxchg_u cmpxchg atomic @0x4/1 expects 0x1 operand 0xff"},
      {{{}, {i32}},
       {i32_const(4), i32_const(-1), i64_const(-5), access(Op::memory_atomic_wait32)},
       "memory.atomic.wait32 wait atomic @0x4/4 expects 0xffffffff for -5"},
      {{{}, {i32}},
       {i32_const(8), i64_const(-1), i64_const(50), access(Op::memory_atomic_wait64)},
       "memory.atomic.wait64 wait atomic @0x8/8 expects 0xffffffffffffffff for 50"},
      {{{}, {i32}},
       {i32_const(4), i32_const(-1), access(Op::memory_atomic_notify, 12)},
       "memory.atomic.notify notify atomic @0x10/4 operand 0xffffffff"},
      {{}, {Op::atomic_fence}, "atomic.fence fence atomic"},
      {{{}, {i32}}, {Op::memory_size}, "memory.size size atomic"},
      {{{}, {i32}}, {i32_const(-1), Op::memory_grow}, "memory.grow grow atomic by 4294967295"},
      {{}, {i32_const(16), i32_const(0x1ff), i32_const(5), Op::memory_fill}, "memory.fill bulk @0x10/5 operand 0xff"},
      {{}, {i32_const(16), i32_const(100), i32_const(5), Op::memory_copy}, "memory.copy bulk @0x10/5 operand 0x64"},
      {{},
       {i32_const(16), i32_const(1), i32_const(3), {Op::memory_init, 0, 0}},
       "memory.init bulk @0x10/3 operand 0x1"},
  };
  for (const Case& c : cases) {
    Observed vm(c.type, c.code);
    EXPECT_EQ(vm.begin(), c.announcement);
    EXPECT_EQ(vm.agent.pending().memory, vm.agent.pending().kind == Action::Kind::fence ? nullptr : &vm.memory());
  }
}

TEST(Observe, WhatTrapsIsNotAnnounced) {
  const FuncType to_i32{{i32}, {i32}};
  const std::string bounds = "trap: out of bounds memory access";
  EXPECT_EQ(Observed(to_i32, {local_get(0), access(Op::i32_load)}).begin({v(65533)}), bounds);
  EXPECT_EQ(Observed(to_i32, {local_get(0), access(Op::i32_load, 0xffffffff)}).begin({v(0xffffffff)}), bounds);
  EXPECT_EQ(Observed(to_i32, {local_get(0), access(Op::i32_atomic_load)}).begin({v(2)}), "trap: unaligned atomic");
  EXPECT_EQ(Observed(to_i32, {local_get(0), i32_const(1), access(Op::memory_atomic_notify)}).begin({v(65536)}), bounds);
  const auto bulk = [&](uint32_t a, uint32_t b, uint32_t c, const Piece& piece) {
    return Observed({}, {i32_const(a), i32_const(b), i32_const(c), piece}).begin();
  };
  EXPECT_EQ(bulk(65530, 0, 7, Op::memory_fill), bounds);
  EXPECT_EQ(bulk(65530, 0, 7, Op::memory_copy), bounds);
  EXPECT_EQ(bulk(0, 65530, 7, Op::memory_copy), bounds) << "the source";
  EXPECT_EQ(bulk(0, 2, 3, {Op::memory_init, 0, 0}), bounds) << "the segment";
  EXPECT_EQ(bulk(65534, 0, 3, {Op::memory_init, 0, 0}), bounds);
}

TEST(Observe, AnInitHasItsSegment) {
  Observed vm({}, {i32_const(16), i32_const(1), i32_const(3), {Op::memory_init, 0, 0}});
  vm.begin();
  const std::span<const uint8_t> segment = vm.agent.pending().segment;
  EXPECT_EQ((std::vector<uint8_t>(segment.begin(), segment.end())), (std::vector<uint8_t>{1, 2, 3, 4}));
}

TEST(Observe, UnsharedMemoryIsNobodysBusiness) {
  Observed vm(
      {{}, {i32}},
      {i32_const(0), i32_const(1), access(Op::i32_store), i32_const(0), i32_const(1), access(Op::i32_atomic_rmw_add),
       i32_const(1), Op::memory_grow, Op::i32_add, Op::memory_size, Op::i32_add},
      false);
  EXPECT_EQ(vm.begin(), "i32:4");
}

// Memory 0 is a shared one of 32 bits, memory 1 a shared one of 64 bits, memory 2 is not shared.
struct ObservedWide : Vm {
  ObservedWide(const FuncType& type, const Code& code) : Vm(Engine::observed) {
    ModuleBuilder builder;
    builder.memory(1, 4, true).memory({{1, 4}, true, i64}).memory({{1, 4}, false, i64});
    builder.data(SegmentMode::passive, 0, {1, 2, 3, 4});
    builder.function("f", type, code);
    instantiate(builder);
    agent.observe({.pause_at_actions = true, .fuel = {}, .trace = {}});
  }
  /// The announcement, and which memories are meant: "1", or "1 from 2".
  std::string begin() {
    start("f");
    if (agent.resume() != Completion::paused) return outcome();
    const Action& action = agent.pending();
    std::string out = describe(action) + " of memory " + index_of(action.memory);
    if (action.source != nullptr) out += " from " + index_of(action.source);
    return out;
  }
  std::string index_of(const Memory* memory) const {
    for (size_t i = 0; i < 3; ++i) {
      if (instance->memories[i].get() == memory) return fmt::format("{}", i);
    }
    return "none";
  }
  std::string answer(uint64_t value) { return agent.resume_with(value) == Completion::paused ? "paused" : outcome(); }
};

TEST(Observe, OtherMemoriesAndAddressesOf64Bits) {
  struct Case {
    FuncType type;
    Code code;
    std::string announcement;
  };
  const Piece zero = i64_const(0);
  const Case cases[] = {
      {{{}, {i32}}, {i64_const(3), access(Op::i32_load16_s, 2, 1)}, "i32.load16_s load @0x5/2 of memory 1"},
      {{}, {zero, i32_const(-1), access(Op::i32_store8, 9, 1)}, "i32.store8 store @0x9/1 operand 0xff of memory 1"},
      {{},
       {zero, i64_const(-2), access(Op::i64_store, 1, 1)},
       "i64.store store @0x1/8 operand 0xfffffffffffffffe of memory 1"},
      {{{}, {i64}},
       {i64_const(8), access(Op::i64_atomic_load, 8, 1)},
       "i64.atomic.load load atomic @0x10/8 of memory 1"},
      {{},
       {zero, i64_const(-2), access(Op::i64_atomic_store, 8, 1)},
       "i64.atomic.store store atomic @0x8/8 operand 0xfffffffffffffffe of memory 1"},
      {{{}, {i64}},
       {i64_const(4), i64_const(-1), access(Op::i64_atomic_rmw16_sub_u, 2, 1)},
       "i64.atomic.rmw16.sub_u rmw atomic @0x6/2 operand 0xffff of memory 1"},
      {{{}, {i32}},
       {zero, i32_const(0x101), i32_const(-1), access(Op::i32_atomic_rmw8_cmpxchg_u, 4, 1)},
       "i32.atomic.rmw8.cmpxchg_u cmpxchg atomic @0x4/1 expects 0x1 operand 0xff of memory 1"},
      {{{}, {i32}},
       {zero, i64_const(-1), i64_const(50), access(Op::memory_atomic_wait64, 8, 1)},
       "memory.atomic.wait64 wait atomic @0x8/8 expects 0xffffffffffffffff for 50 of memory 1"},
      {{{}, {i32}},
       {zero, i32_const(-1), access(Op::memory_atomic_notify, 12, 1)},
       "memory.atomic.notify notify atomic @0xc/4 operand 0xffffffff of memory 1"},
      {{{}, {i64}}, {Piece(Op::memory_size, 1)}, "memory.size size atomic of memory 1"},
      {{{}, {i64}},
       {i64_const(-1), Piece(Op::memory_grow, 1)},
       "memory.grow grow atomic by 18446744073709551615 of memory 1"},
      {{},
       {i64_const(16), i32_const(0x1ff), i64_const(5), Piece(Op::memory_fill, 1)},
       "memory.fill bulk @0x10/5 operand 0xff of memory 1"},
      {{},
       {i64_const(16), i32_const(1), i32_const(3), Piece(Op::memory_init, 0, 1)},
       "memory.init bulk @0x10/3 operand 0x1 of memory 1"},
      {{},
       {i64_const(16), i32_const(100), i32_const(5), Piece(Op::memory_copy, 1, 0)},
       "memory.copy bulk @0x10/5 operand 0x64 of memory 1 from 0"},
      {{},
       {i32_const(16), i64_const(100), i32_const(5), Piece(Op::memory_copy, 0, 2)},
       "memory.copy bulk @0x10/5 operand 0x64 of memory 0 from 2"},
      {{},
       {i64_const(16), i32_const(100), i32_const(5), Piece(Op::memory_copy, 2, 0)},
       "memory.copy bulk @0x10/5 operand 0x64 of memory 2 from 0"},
      {{}, {i64_const(16), i64_const(100), i64_const(5), Piece(Op::memory_copy, 2, 2)}, ""},
      {{{}, {i64}}, {Piece(Op::memory_size, 2)}, "i64:1"},
      {{{}, {i32}}, {zero, i32_const(5), access(Op::i32_atomic_rmw_add, 0, 2)}, "i32:0"},
  };
  for (const Case& c : cases) EXPECT_EQ(ObservedWide(c.type, c.code).begin(), c.announcement);
}

TEST(Observe, WhatTrapsInOtherMemoriesIsNotAnnounced) {
  const std::string bounds = "trap: out of bounds memory access", unaligned = "trap: unaligned atomic";
  const auto load = [](Op op, uint64_t base, uint64_t offset) {
    return ObservedWide({{}, {i32}}, {i64_const(static_cast<int64_t>(base)), access(op, offset, 1)}).begin();
  };
  EXPECT_EQ(load(Op::i32_load, 65533, 0), bounds);
  EXPECT_EQ(load(Op::i32_load, 1, ~uint64_t{0}), bounds) << "2^64 is not 0";
  EXPECT_EQ(load(Op::i32_load, ~uint64_t{7}, 16), bounds);
  EXPECT_EQ(load(Op::i32_atomic_load, 65538, 0), unaligned);
  EXPECT_EQ(load(Op::i32_atomic_load, ~uint64_t{3}, 8), bounds) << "4 would be within";
  const auto copy = [&](uint64_t to, uint64_t from) {
    return ObservedWide({}, {i64_const(static_cast<int64_t>(to)), i64_const(static_cast<int64_t>(from)), i64_const(8),
                             Piece(Op::memory_copy, 1, 2)})
        .begin();
  };
  EXPECT_EQ(copy(65529, 0), bounds);
  EXPECT_EQ(copy(0, 65529), bounds) << "the source, which is not shared";
  EXPECT_EQ(copy(~uint64_t{0}, 0), bounds);
}

TEST(Observe, AnswersOf64BitMemories) {
  ObservedWide size({{}, {i64}}, {Piece(Op::memory_size, 1)});
  size.begin();
  EXPECT_EQ(size.answer(0x1'2345'6789), "i64:4886718345");
  ObservedWide grow({{}, {i64}}, {i64_const(1), Piece(Op::memory_grow, 1)});
  grow.begin();
  EXPECT_EQ(grow.answer(~uint64_t{0}), "i64:-1");
  EXPECT_EQ(grow.instance->memories[1]->pages(), 1u);
  ObservedWide load({{}, {i32}}, {i64_const(0), access(Op::i32_load8_s, 4, 1)});
  load.begin();
  EXPECT_EQ(load.answer(0x180), "i32:-128");
  ObservedWide wait({{}, {i32}}, {i64_const(0), i32_const(0), i64_const(-1), access(Op::memory_atomic_wait32, 0, 1)});
  wait.begin();
  EXPECT_EQ(wait.answer(1), "i32:1");
  ObservedWide store({{}, {i32}}, {i64_const(0), i32_const(9), access(Op::i32_store, 4, 1), i32_const(5)});
  store.begin();
  EXPECT_EQ(store.answer(0), "i32:5");
  EXPECT_EQ(store.instance->memories[1]->load<uint32_t>(4), 0u);
  ObservedWide copy({{}, {i32}},
                    {i64_const(0), i32_const(0), i32_const(8), Piece(Op::memory_copy, 1, 0), i32_const(5)});
  copy.begin();
  EXPECT_TRUE(copy.memory().store<uint32_t>(0, 77));
  EXPECT_EQ(copy.answer(0), "i32:5");
  EXPECT_EQ(copy.instance->memories[1]->load<uint32_t>(0), 0u);
}

// --- answers
// ----------------------------------------------------------------------------------------------------------

TEST(Observe, AnswersAreExtendedLikeLoadedValues) {
  struct Case {
    Op op;
    ValType type;
    uint64_t answer;
    const char* result;
  };
  const Case cases[] = {
      {Op::i32_load8_s, i32, 0x80, "i32:-128"},
      {Op::i32_load8_s, i32, 0x17f, "i32:127"},
      {Op::i32_load8_u, i32, 0xffffff80, "i32:128"},
      {Op::i32_load16_s, i32, 0x8000, "i32:-32768"},
      {Op::i32_load, i32, 0xffffffff80000000, "i32:-2147483648"},
      {Op::i64_load8_s, i64, 0x80, "i64:-128"},
      {Op::i64_load32_s, i64, 0x80000000, "i64:-2147483648"},
      {Op::i64_load32_u, i64, 0xffffffff80000000, "i64:2147483648"},
      {Op::i64_load, i64, 0x8000000000000000, "i64:-9223372036854775808"},
      {Op::f32_load, f32, 0x3fc00000, "f32:0x1.8p+0"},
      {Op::f64_load, f64, 0x4000000000000000, "f64:0x1p+1"},
      {Op::i32_atomic_load8_u, i32, 0xff, "i32:255"},
      {Op::i64_atomic_load32_u, i64, 0xffffffff, "i64:4294967295"},
  };
  for (const Case& c : cases) {
    Observed vm({{}, {c.type}}, {i32_const(0), access(c.op)});
    vm.begin();
    EXPECT_EQ(vm.answer(c.answer), c.result) << info(c.op).text;
  }
}

TEST(Observe, AnsweredActionsDoNotHappen) {
  Observed store({{}, {i32}}, {i32_const(0), i32_const(9), access(Op::i32_store), i32_const(5)});
  store.begin();
  EXPECT_EQ(store.answer(0), "i32:5");
  EXPECT_EQ(store.memory().load<uint32_t>(0), 0u);

  Observed rmw({{}, {i32}}, {i32_const(0), i32_const(9), access(Op::i32_atomic_rmw8_add_u)});
  rmw.begin();
  EXPECT_EQ(rmw.answer(0x1ff), "i32:255");
  EXPECT_EQ(rmw.memory().load<uint32_t>(0), 0u);

  Observed cmpxchg({{}, {i64}}, {i32_const(0), i64_const(0), i64_const(9), access(Op::i64_atomic_rmw_cmpxchg)});
  cmpxchg.begin();
  EXPECT_EQ(cmpxchg.answer(~uint64_t{0}), "i64:-1");
  EXPECT_EQ(cmpxchg.memory().load<uint64_t>(0), 0u);

  for (const uint32_t result : {0u, 1u, 2u}) {
    Observed wait({{}, {i32}}, {i32_const(0), i32_const(0), i64_const(-1), access(Op::memory_atomic_wait32)});
    wait.begin();
    EXPECT_EQ(wait.answer(result), to_string(v(result))) << "an endless wait that did not block";
  }
  Observed notify({{}, {i32}}, {i32_const(0), i32_const(-1), access(Op::memory_atomic_notify)});
  notify.begin();
  EXPECT_EQ(notify.answer(3), "i32:3");

  Observed grow({{}, {i32, i32}}, {i32_const(1), Op::memory_grow, Op::memory_size});
  grow.begin();
  EXPECT_EQ(grow.answer(0xffffffff), "memory.size size atomic");
  EXPECT_EQ(grow.step(), "i32:-1 i32:1");
  EXPECT_EQ(grow.memory().pages(), 1u);
  grow.begin();
  EXPECT_EQ(grow.step(), "memory.size size atomic");
  EXPECT_EQ(grow.answer(77), "i32:1 i32:77");

  Observed fence({{}, {i32}}, {Op::atomic_fence, i32_const(4)});
  fence.begin();
  EXPECT_EQ(fence.answer(123), "i32:4");
  Observed fill({{}, {i32}}, {i32_const(0), i32_const(9), i32_const(4), Op::memory_fill, i32_const(4)});
  fill.begin();
  EXPECT_EQ(fill.answer(1), "i32:4");
  EXPECT_EQ(fill.memory().load<uint32_t>(0), 0u);
}

TEST(Observe, AnAnswerGoesWhereTheResultWould) {
  // The result of the load is stored into a local directly by register code.
  Observed vm({{i32}, {i32}},
              {i32_const(0), access(Op::i32_load16_s), local_set(0), local_get(0), i32_const(1), Op::i32_add});
  vm.begin({v(3)});
  EXPECT_EQ(vm.answer(0xffff), "i32:0");
}

TEST(Observe, AnAbandonedRunLeavesNothingBehind) {
  Observed vm({{i32}, {i32}}, {local_get(0), access(Op::i32_load)});
  EXPECT_EQ(vm.begin({v(0)}), "i32.load load @0x0/4");
  EXPECT_EQ(vm.begin({v(4)}), "i32.load load @0x4/4") << "the first instruction of the new run is an action too";
  EXPECT_EQ(vm.answer(5), "i32:5");
  vm.begin({v(0)});
  vm.agent.observe({});
  EXPECT_EQ(vm.run("f", {v(0)}), "i32:0") << "or none, when nobody observes any longer";
}

// Another agent grew the memory: its new pages are actions like others, announced once, and neither traced nor counted
// twice.
TEST(Observe, AMemoryThatGrewWhileTheAgentStoodStill) {
  Observed vm({{}, {i32, i32}}, {i32_const(0), access(Op::i32_load), i32_const(65536), access(Op::i32_load)});
  std::vector<std::string> lines;
  vm.agent.observe(
      {.pause_at_actions = true, .fuel = {}, .trace = [&](const std::string& line) { lines.push_back(line); }});
  EXPECT_EQ(vm.begin(), "i32.load load @0x0/4");
  EXPECT_TRUE(vm.memory().grow(1));
  EXPECT_TRUE(vm.memory().store<uint32_t>(65536, 6));
  EXPECT_EQ(vm.step(), "i32.load load @0x10000/4");
  EXPECT_EQ(vm.step(), "i32:0 i32:6");
  size_t loads = 0;
  for (const std::string& line : lines) loads += line.find("i32.load") != std::string::npos ? 1 : 0;
  EXPECT_EQ(loads, 2u);
}

// --- two agents, one thread
// -------------------------------------------------------------------------------------------

/// Two agents over one memory, each with a store of its own.
struct Pair {
  explicit Pair(const ModuleBuilder& builder)
      : memory(*Memory::create({{1, 4}, true})), module(compile(builder.module)) {
    for (Vm* vm : {&a, &b}) {
      vm->instantiate(module, {memory});
      vm->agent.observe({.pause_at_actions = true, .fuel = {}, .trace = {}});
    }
    a.start("a");
    b.start("b");
    a.agent.resume(), b.agent.resume();
  }
  std::shared_ptr<Memory> memory;
  std::shared_ptr<const CompiledModule> module;
  Vm a{Engine::observed}, b{Engine::observed};
};

/// Runs every interleaving of the two agents' actions; all outcomes, and how many interleavings there were.
std::pair<std::set<std::string>, int> interleavings(const ModuleBuilder& builder) {
  std::set<std::string> outcomes;
  int count = 0;
  std::vector<int> choices;  // 0: a goes on, 1: b does
  for (;;) {
    Pair pair(builder);
    for (size_t step = 0;; ++step) {
      const bool a_can = pair.a.agent.completion() == Completion::paused,
                 b_can = pair.b.agent.completion() == Completion::paused;
      if (!a_can && !b_can) break;
      if (step == choices.size()) choices.push_back(a_can ? 0 : 1);
      (choices[step] == 0 ? pair.a : pair.b).agent.resume();
    }
    outcomes.insert(pair.a.outcome() + " | " + pair.b.outcome());
    ++count;
    // The next schedule: the last choice of `a` that can become one of `b`.
    Pair replay(builder);
    std::vector<bool> both;
    for (const int choice : choices) {
      both.push_back(replay.a.agent.completion() == Completion::paused &&
                     replay.b.agent.completion() == Completion::paused);
      (choice == 0 ? replay.a : replay.b).agent.resume();
    }
    while (!choices.empty() && !(choices.back() == 0 && both[choices.size() - 1])) choices.pop_back();
    if (choices.empty()) return {outcomes, count};
    choices.back() = 1;
  }
}

ModuleBuilder two_functions(const FuncType& type, const Code& a, const Code& b) {
  ModuleBuilder builder;
  builder.import("memory", MemoryType{{1, 4}, true});
  builder.function("a", type, a);
  builder.function("b", type, b);
  return builder;
}

TEST(Observe, StoreBufferingInAllInterleavings) {
  for (const bool atomic : {true, false}) {
    const auto store_then_load = [&](uint32_t mine, uint32_t theirs) {
      return Code{i32_const(mine), i32_const(1), access(atomic ? Op::i32_atomic_store : Op::i32_store),
                  i32_const(theirs), access(atomic ? Op::i32_atomic_load : Op::i32_load)};
    };
    const auto [outcomes, count] =
        interleavings(two_functions({{}, {i32}}, store_then_load(0, 8), store_then_load(8, 0)));
    EXPECT_EQ(outcomes, (std::set<std::string>{"i32:0 | i32:1", "i32:1 | i32:0", "i32:1 | i32:1"}));
    EXPECT_EQ(count, 6) << "4 choose 2";
  }
}

TEST(Observe, MessagePassingInAllInterleavings) {
  const Code writer{i32_const(0), i32_const(42), access(Op::i32_store),
                    i32_const(8), i32_const(1),  access(Op::i32_atomic_store),
                    i32_const(0), i32_const(0)};
  const Code reader{i32_const(8), access(Op::i32_atomic_load), i32_const(0), access(Op::i32_load)};
  const auto [outcomes, count] = interleavings(two_functions({{}, {i32, i32}}, writer, reader));
  EXPECT_EQ(outcomes, (std::set<std::string>{"i32:0 i32:0 | i32:0 i32:0", "i32:0 i32:0 | i32:0 i32:42",
                                             "i32:0 i32:0 | i32:1 i32:42"}));
  EXPECT_EQ(count, 6);
}

TEST(Observe, IncrementsAreLostOnlyWhenTheyAreNotAtomic) {
  const Code plain{i32_const(0),
                   i32_const(0),
                   access(Op::i32_atomic_load),
                   i32_const(1),
                   Op::i32_add,
                   access(Op::i32_atomic_store),
                   i32_const(0),
                   access(Op::i32_atomic_load)};
  const Code rmw{i32_const(0), i32_const(1), access(Op::i32_atomic_rmw_add),
                 Op::drop,     i32_const(0), access(Op::i32_atomic_load)};
  EXPECT_EQ(interleavings(two_functions({{}, {i32}}, plain, plain)).first,
            (std::set<std::string>{"i32:1 | i32:1", "i32:1 | i32:2", "i32:2 | i32:1", "i32:2 | i32:2"}));
  EXPECT_EQ(interleavings(two_functions({{}, {i32}}, rmw, rmw)).first,
            (std::set<std::string>{"i32:1 | i32:2", "i32:2 | i32:1", "i32:2 | i32:2"}));
}

// The observer plays the wait queue: one agent waits, the other notifies, and nothing blocks.
TEST(Observe, TheObserverAnswersWaitAndNotify) {
  Pair pair(two_functions({{}, {i32}}, {i32_const(0), i32_const(0), i64_const(-1), access(Op::memory_atomic_wait32)},
                          {i32_const(0), i32_const(1), access(Op::memory_atomic_notify)}));
  ASSERT_EQ(pair.a.agent.pending().kind, Action::Kind::wait);
  ASSERT_EQ(pair.b.agent.pending().kind, Action::Kind::notify);
  EXPECT_EQ(pair.a.agent.pending().memory, pair.b.agent.pending().memory);
  EXPECT_EQ(pair.b.agent.resume_with(1), Completion::returned);
  EXPECT_EQ(pair.a.agent.resume_with(0), Completion::returned);
  EXPECT_EQ(pair.a.outcome() + " | " + pair.b.outcome(), "i32:0 | i32:1");
}

TEST(Observe, StopEndsAPausedAgent) {
  Observed vm({{}, {i32}},
              {block(Op::loop), i32_const(0), access(Op::i32_load), Op::i32_eqz, br_if(0), Op::end, i32_const(1)});
  vm.begin();
  vm.agent.stop();
  EXPECT_EQ(vm.step(), "stopped");
}

// --- fuel and traces
// --------------------------------------------------------------------------------------------------

ModuleBuilder loop_module() {
  ModuleBuilder builder;
  builder.memory(1, 1, true);
  // sum(n): n + … + 1
  builder.function("sum", {{i32}, {i32}},
                   {block(Op::loop), local_get(1), local_get(0), Op::i32_add, local_set(1), local_get(0), i32_const(1),
                    Op::i32_sub, local_tee(0), br_if(0), Op::end, local_get(1)},
                   {i32});
  builder.function("load", {{}, {i32}}, {i32_const(8), access(Op::i32_load8_s, 4)});
  return builder;
}

TEST(Observe, FuelEndsARunExactly) {
  Vm vm(loop_module(), Engine::observed);
  // Three instructions a turn, the return, and the end of the invocation.
  for (const uint64_t fuel : {0u, 1u, 15u, 16u}) {
    vm.agent.observe({.pause_at_actions = false, .fuel = fuel, .trace = {}});
    EXPECT_EQ(vm.run("sum", {v(5)}), "exhaustion: fuel exhausted") << fuel;
    EXPECT_EQ(vm.agent.error().kind, ErrorKind::exhaustion);
  }
  vm.agent.observe({.pause_at_actions = false, .fuel = 17, .trace = {}});
  EXPECT_EQ(vm.run("sum", {v(5)}), "i32:15");
  EXPECT_EQ(vm.run("sum", {v(5)}), "exhaustion: fuel exhausted") << "what is left is 0";
  vm.agent.observe({});
  EXPECT_EQ(vm.run("sum", {v(5)}), "i32:15") << "the agent is usable without";
}

TEST(Observe, FuelIsCountedOverPausesAndAnswers) {
  for (const bool answered : {false, true}) {
    Vm vm(loop_module(), Engine::observed);
    vm.agent.observe({.pause_at_actions = true, .fuel = 4, .trace = {}});  // the address, the load, the return, the end
    vm.start("load");
    EXPECT_EQ(vm.agent.resume(), Completion::paused);
    EXPECT_EQ(answered ? vm.agent.resume_with(0) : vm.agent.resume(), Completion::returned);
    vm.start("load");
    EXPECT_EQ(vm.agent.resume(), Completion::trapped) << "all used up";
  }
}

TEST(Observe, TraceLines) {
  Vm vm(loop_module(), Engine::observed);
  std::vector<std::string> lines;
  const auto trace = [&lines](const std::string& line) { lines.push_back(line); };
  vm.agent.observe({.pause_at_actions = false, .fuel = {}, .trace = trace});
  EXPECT_EQ(vm.run("sum", {v(2)}), "i32:3");
  const std::vector<std::string> turn = {"sum+0x3: i32.add s4 = s4, s0", "sum+0x7: i32.sub s0 = s0, 1",
                                         "sum+0x9: branch_if s0 -> @0"};
  std::vector<std::string> wanted = turn;
  wanted.insert(wanted.end(), turn.begin(), turn.end());
  wanted.insert(wanted.end(), {"sum+0xc: return_one s4, 1", "finish"});
  EXPECT_EQ(lines, wanted);
  lines.clear();
  vm.agent.observe({.pause_at_actions = true, .fuel = {}, .trace = trace});
  const std::vector<std::string> load = {"load+0x101: constant s4 = 0x8", "load+0x101: i32.load8_s.shared s4 = s4 +4",
                                         "load+0x102: return_one s4, 1", "finish"};
  for (const bool answered : {false, true}) {
    lines.clear();
    vm.start("load");
    vm.agent.resume();
    EXPECT_EQ(lines.size(), 1u) << "what is pending has not begun";
    if (answered)
      vm.agent.resume_with(0);
    else
      vm.agent.resume();
    EXPECT_EQ(lines, load);
  }
}

TEST(Observe, AHostFunctionInvokedAloneCanBeTraced) {
  Vm vm(Engine::observed);
  std::vector<std::string> lines;
  vm.agent.observe(
      {.pause_at_actions = true, .fuel = 10, .trace = [&](const std::string& line) { lines.push_back(line); }});
  const FuncInst* host =
      vm.store.add_host_function("m.host", {{}, {i32}}, [](HostCall& call) { return HostOutcome::done(call, 3); });
  vm.agent.invoke(*host, {});
  EXPECT_EQ(vm.outcome(), "i32:3");
  EXPECT_EQ(lines, std::vector<std::string>{"finish"});
}

}  // namespace
}  // namespace weft
