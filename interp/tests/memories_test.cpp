// SPDX-License-Identifier: Apache-2.0
//
// Several memories in a module, memories and tables with addresses of 64 bits, and pages of one byte: sizes, growth,
// bulk instructions, queues (syntax-addrtype, syntax-memidx; the proposal custom-page-sizes).
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include <fmt/format.h>

#include "interp/limits.h"
#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(Memories);

Value v(uint32_t value) { return Value::i32(value); }
Value w(uint64_t value) { return Value::i64(value); }
const std::string kBounds = "trap: out of bounds memory access";
constexpr uint64_t kMax = ~uint64_t{0};

Piece size(uint32_t memory) { return {Op::memory_size, memory}; }
Piece grow(uint32_t memory) { return {Op::memory_grow, memory}; }
Piece copy(uint32_t to, uint32_t from) { return {Op::memory_copy, to, from}; }

// --- growth
// ------------------------------------------------------------------------------------------------------

/// Memory 0 is unshared, memory 1 shared and of 64 bits.
TEST_P(Memories, GrowOneAndTheOtherStays) {
  ModuleBuilder builder;
  builder.memory({{1, 3}, false}).memory({{2, 4}, true, i64});
  builder.function("sizes", {{}, {i32, i64}}, {size(0), size(1)});
  builder.function("grow0", {{i32}, {i32}}, {local_get(0), grow(0)});
  builder.function("grow1", {{i64}, {i64}}, {local_get(0), grow(1)});
  // What the engine keeps of memory 0 must be right behind a grow of either.
  builder.function("touch0", {{i32}, {i32}}, {local_get(0), access(Op::i32_load8_u)});
  builder.function("touch1", {{i64}, {i32}}, {local_get(0), access(Op::i32_load8_u, 0, 1)});
  builder.function("grow1_touch0", {{i32}, {i32}},
                   {i64_const(1), grow(1), Op::drop, local_get(0), access(Op::i32_load8_u)});
  builder.function("grow0_touch1", {{i64}, {i32}},
                   {i32_const(1), grow(0), Op::drop, local_get(0), access(Op::i32_load8_u, 0, 1)});
  {
    Vm vm(builder, GetParam());
    EXPECT_EQ(vm.run("grow1_touch0", {v(65536)}), kBounds);
    EXPECT_EQ(vm.run("sizes"), "i32:1 i64:3");
    EXPECT_EQ(vm.run("touch1", {w(3 * kPageSize - 1)}), "i32:0");
    EXPECT_EQ(vm.run("touch1", {w(3 * kPageSize)}), kBounds);
    EXPECT_EQ(vm.run("touch0", {v(65535)}), "i32:0");
  }
  {
    Vm vm(builder, GetParam());
    EXPECT_EQ(vm.run("grow0_touch1", {w(2 * kPageSize)}), kBounds);
    EXPECT_EQ(vm.run("sizes"), "i32:2 i64:2");
    EXPECT_EQ(vm.run("touch0", {v(131071)}), "i32:0");
  }
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("grow1", {w(kMax)}), "i64:-1");
  EXPECT_EQ(vm.run("grow1", {w(0x1'0000'0000)}), "i64:-1") << "all 64 bits count";
  EXPECT_EQ(vm.run("grow1", {w(3)}), "i64:-1") << "the maximum";
  EXPECT_EQ(vm.run("grow1", {w(2)}), "i64:2");
  EXPECT_EQ(vm.run("grow1", {w(0)}), "i64:4");
  EXPECT_EQ(vm.run("grow0", {v(0xffffffff)}), "i32:-1");
  EXPECT_EQ(vm.run("grow0", {v(2)}), "i32:1");
  EXPECT_EQ(vm.run("sizes"), "i32:3 i64:4");
}

// Two indices, one memory.
TEST_P(Memories, TheSameMemoryTwice) {
  ModuleBuilder builder;
  builder.import("memory", MemoryType{{1, 4}, false});
  builder.import("memory", MemoryType{{1, 4}, false});
  builder.function("f", {{}, {i32, i32}},
                   {i32_const(0), access(Op::i32_load8_u), Op::drop, i32_const(1), grow(1), Op::drop, i32_const(65536),
                    i32_const(7), access(Op::i32_store8, 0, 1), i32_const(65536), access(Op::i32_load8_u), size(0)});
  Vm vm(GetParam());
  const std::shared_ptr<Memory> memory = *Memory::create({{1, 4}, false});
  vm.instantiate(builder, {memory, memory});
  EXPECT_EQ(vm.run("f"), "i32:7 i32:2");
}

TEST_P(Memories, DataSegmentsGoWhereTheySay) {
  ModuleBuilder builder;
  builder.memory({{1, 1}, false}).memory({{1, 1}, true, i64}).memory({{1, 1}, false});
  for (const uint32_t memory : {2u, 1u, 0u}) {
    builder.data(SegmentMode::active, 8, {static_cast<uint8_t>(10 + memory)});
    DataSegment& segment = builder.module.data.back();
    segment.memory = memory;
    if (memory == 1) segment.offset = expression({i64_const(8)});
  }
  Vm vm(builder, GetParam());
  for (uint32_t memory = 0; memory < 3; ++memory) {
    EXPECT_EQ(vm.instance->memories[memory]->load<uint64_t>(8), 10 + memory);
  }
  ModuleBuilder beyond;
  beyond.memory({{1, 1}, false, i64});
  beyond.data(SegmentMode::active, 0, {1});
  beyond.module.data[0].offset = expression({i64_const(-1)});
  EXPECT_FALSE(vm.store.instantiate(compile(beyond.module), {}, vm.agent));
}

// --- bulk instructions
// --------------------------------------------------------------------------------------------

TEST_P(Memories, FillAndInitOfA64BitMemory) {
  for (const bool shared : {false, true}) {
    ModuleBuilder builder;
    builder.memory({{2, 2}, false}).memory({{1, 1}, shared, i64});
    builder.data(SegmentMode::passive, 0, {1, 2, 3, 4, 5});
    builder.function("fill", {{i64, i32, i64}, {}}, {local_get(0), local_get(1), local_get(2), {Op::memory_fill, 1}});
    builder.function("init", {{i64, i32, i32}, {}},
                     {local_get(0), local_get(1), local_get(2), {Op::memory_init, 0, 1}});
    Vm vm(builder, GetParam());
    Memory& memory = *vm.instance->memories[1];
    const auto fill = [&](uint64_t at, uint32_t byte, uint64_t count) {
      return vm.run("fill", {w(at), v(byte), w(count)});
    };
    const auto init = [&](uint64_t at, uint32_t from, uint32_t count) {
      return vm.run("init", {w(at), v(from), v(count)});
    };
    EXPECT_EQ(fill(65530, 0x177, 6), "");
    EXPECT_EQ(memory.load<uint64_t>(65528), 0x7777777777770000u);
    EXPECT_EQ(fill(65530, 1, 7), kBounds) << "memory 0 would have room";
    EXPECT_EQ(fill(0, 1, kMax), kBounds);
    EXPECT_EQ(fill(kMax, 1, 1), kBounds);
    EXPECT_EQ(fill(kMax, 1, 2), kBounds) << "the sum must not wrap";
    EXPECT_EQ(fill(8, 1, kMax - 7), kBounds);
    EXPECT_EQ(fill(0x1'0000'0000, 1, 1), kBounds) << "all 64 bits count";
    EXPECT_EQ(fill(0, 1, 0x1'0000'0000), kBounds);
    EXPECT_EQ(fill(65536, 1, 0), "");
    EXPECT_EQ(fill(65537, 1, 0), kBounds);
    EXPECT_EQ(init(8, 1, 3), "");
    EXPECT_EQ(memory.load<uint64_t>(7), 0x04030200u);
    EXPECT_EQ(init(0, 3, 3), kBounds);
    EXPECT_EQ(init(65534, 0, 3), kBounds);
    EXPECT_EQ(init(kMax, 0, 1), kBounds);
    EXPECT_EQ(init(0x1'0000'0000, 0, 1), kBounds);
    EXPECT_EQ(vm.memory().load<uint64_t>(8), 0u);
  }
}

/// memory.copy between memories 0, 1 and 2: 32 bits and unshared, 64 bits and shared, 32 bits and shared.
TEST_P(Memories, CopyBetweenMemoriesOfAllKinds) {
  ModuleBuilder builder;
  const MemoryType types[] = {{{1, 1}, false}, {{1, 1}, true, i64}, {{2, 2}, true}};
  for (const MemoryType& type : types) builder.memory(type);
  for (uint32_t to = 0; to < 3; ++to) {
    for (uint32_t from = 0; from < 3; ++from) {
      const ValType count = to == 1 && from == 1 ? i64 : i32;
      builder.function(fmt::format("copy{}{}", to, from), {{types[to].address, types[from].address, count}, {}},
                       {local_get(0), local_get(1), local_get(2), copy(to, from)});
    }
  }
  Vm vm(builder, GetParam());
  for (uint32_t to = 0; to < 3; ++to) {
    for (uint32_t from = 0; from < 3; ++from) {
      SCOPED_TRACE(fmt::format("to {} from {}", to, from));
      std::vector<std::vector<uint8_t>> model;
      for (uint32_t i = 0; i < 3; ++i) {
        Memory& memory = *vm.instance->memories[i];
        std::vector<uint8_t>& bytes = model.emplace_back(memory.size());
        for (size_t k = 0; k < bytes.size(); ++k) bytes[k] = static_cast<uint8_t>(k * 31 + i * 100 + k / 256);
        ASSERT_TRUE(memory.write(0, bytes));
      }
      const auto run = [&](uint64_t a, uint64_t b, uint64_t count) {
        const FuncType& type = vm.function(fmt::format("copy{}{}", to, from))->type;
        return vm.run(fmt::format("copy{}{}", to, from),
                      {{type.params[0], a, 0}, {type.params[1], b, 0}, {type.params[2], count, 0}});
      };
      const uint64_t to_size = model[to].size(), from_size = model[from].size();
      for (const auto& [a, b, count] : std::vector<std::array<uint64_t, 3>>{{100, 200, 50},
                                                                            {201, 200, 100},
                                                                            {200, 203, 100},
                                                                            {to_size - 5, from_size - 5, 5},
                                                                            {to_size, 0, 0},
                                                                            {0, from_size, 0}}) {
        EXPECT_EQ(run(a, b, count), "");
        const std::vector<uint8_t> bytes(model[from].begin() + static_cast<ptrdiff_t>(b),
                                         model[from].begin() + static_cast<ptrdiff_t>(b + count));
        std::copy(bytes.begin(), bytes.end(), model[to].begin() + static_cast<ptrdiff_t>(a));
      }
      EXPECT_EQ(run(to_size - 4, 0, 5), kBounds);
      EXPECT_EQ(run(0, from_size - 4, 5), kBounds);
      EXPECT_EQ(run(to_size + 1, 0, 0), kBounds);
      EXPECT_EQ(run(0, from_size + 1, 0), kBounds);
      if (types[to].address == i64) {
        EXPECT_EQ(run(kMax, 0, 2), kBounds);
        EXPECT_EQ(run(0x1'0000'0000, 0, 1), kBounds);
      }
      if (types[from].address == i64) {
        EXPECT_EQ(run(0, kMax, 2), kBounds);
        EXPECT_EQ(run(0, 0x1'0000'0000, 1), kBounds);
      }
      for (uint32_t i = 0; i < 3; ++i) {
        std::vector<uint8_t> found(model[i].size());
        ASSERT_TRUE(vm.instance->memories[i]->read(0, found));
        EXPECT_TRUE(found == model[i]) << "memory " << i;
      }
    }
  }
}

// --- waiting
// -----------------------------------------------------------------------------------------------------

ModuleBuilder waiting_module() {
  ModuleBuilder builder;
  builder.memory({{1, 1}, false});
  builder.import("a", MemoryType{{1, 1}, true, i64});
  builder.import("b", MemoryType{{1, 1}, true, i64});
  // Imports come first: memories 0 and 1 are a and b, memory 2 is unshared.
  builder.function("wait_a", {{}, {i32}},
                   {i64_const(16), i32_const(0), i64_const(-1), access(Op::memory_atomic_wait32, 16)});
  builder.function("notify_a", {{}, {i32}}, {i64_const(32), i32_const(-1), access(Op::memory_atomic_notify)});
  builder.function("notify_b", {{}, {i32}}, {i64_const(32), i32_const(-1), access(Op::memory_atomic_notify, 0, 1)});
  builder.function("notify_unshared", {{}, {i32}},
                   {i32_const(32), i32_const(-1), access(Op::memory_atomic_notify, 0, 2)});
  builder.function("wait_unshared", {{}, {i32}},
                   {i32_const(32), i32_const(0), i64_const(0), access(Op::memory_atomic_wait32, 0, 2)});
  return builder;
}

// The same address of two memories is two queues, and two instances of one memory share its queue.
TEST_P(Memories, EachHasItsQueues) {
  const auto module = compile(waiting_module().module);
  const std::shared_ptr<Memory> a = *Memory::create({{1, 1}, true, i64}), b = *Memory::create({{1, 1}, true, i64});
  Vm sleeper(GetParam()), waker(GetParam());
  sleeper.instantiate(module, {a, b});
  waker.instantiate(module, {a, b});
  EXPECT_EQ(waker.run("notify_unshared"), "i32:0");
  EXPECT_EQ(waker.run("wait_unshared"), "trap: expected shared memory");
  for (int round = 0; round < 20; ++round) {
    std::string outcome;
    std::thread thread([&] { outcome = sleeper.run("wait_a"); });
    while (a->waiters().waiting(32) == 0) std::this_thread::yield();
    EXPECT_EQ(waker.run("notify_b"), "i32:0") << "nobody waits there";
    EXPECT_EQ(waker.run("notify_a"), "i32:1");
    thread.join();
    EXPECT_EQ(outcome, "i32:0");
  }
}

// --- tables
// ------------------------------------------------------------------------------------------------------

TEST_P(Memories, TablesOf64Bits) {
  ModuleBuilder builder;
  builder.table({externref, {2, 5}, i64});
  builder.table({externref, {4, 4}, i32});
  const uint32_t functions = builder.table({funcref, {2, 5}, i64});
  builder.function("one", {{}, {i32}}, {i32_const(1)});
  builder.elements(SegmentMode::active, functions, 0, {0});
  builder.module.elements[0].offset = expression({i64_const(1)});
  builder.elements(SegmentMode::passive, 0, 0, {0, 0});
  builder.function("get", {{i64}, {externref}}, {local_get(0), {Op::table_get, 0}});
  builder.function("set", {{i64, externref}, {}}, {local_get(0), local_get(1), {Op::table_set, 0}});
  builder.function("size", {{}, {i64, i32}}, {{Op::table_size, 0}, {Op::table_size, 1}});
  builder.function("grow", {{externref, i64}, {i64}}, {local_get(0), local_get(1), {Op::table_grow, 0}});
  builder.function("fill", {{i64, externref, i64}, {}},
                   {local_get(0), local_get(1), local_get(2), {Op::table_fill, 0}});
  builder.function("to_short", {{i32, i64, i32}, {}},
                   {local_get(0), local_get(1), local_get(2), {Op::table_copy, 1, 0}});
  builder.function("within", {{i64, i64, i64}, {}}, {local_get(0), local_get(1), local_get(2), {Op::table_copy, 0, 0}});
  builder.function("short", {{i32}, {externref}}, {local_get(0), {Op::table_get, 1}});
  builder.function("call", {{i64}, {i32}}, {local_get(0), call_indirect(builder.type({{}, {i32}}), functions)});
  builder.function("tail", {{i64}, {i32}}, {local_get(0), return_call_indirect(builder.type({{}, {i32}}), functions)});
  builder.function("init", {{i64, i32, i32}, {}},
                   {local_get(0), local_get(1), local_get(2), {Op::table_init, 1, functions}});
  Vm vm(builder, GetParam());
  const std::string bounds = "trap: out of bounds table access";
  const Value five = Value::externref(5);
  EXPECT_EQ(vm.run("set", {w(1), five}), "");
  EXPECT_EQ(vm.run("get", {w(1)}), "externref:5");
  EXPECT_EQ(vm.run("get", {w(2)}), bounds);
  EXPECT_EQ(vm.run("get", {w(0x1'0000'0000)}), bounds) << "all 64 bits count";
  EXPECT_EQ(vm.run("set", {w(0x1'0000'0001), five}), bounds);
  EXPECT_EQ(vm.run("size"), "i64:2 i32:4");
  EXPECT_EQ(vm.run("grow", {five, w(0x1'0000'0000)}), "i64:-1");
  EXPECT_EQ(vm.run("grow", {five, w(kMax)}), "i64:-1");
  EXPECT_EQ(vm.run("grow", {five, w(3)}), "i64:2");
  EXPECT_EQ(vm.run("fill", {w(3), Value::externref(6), w(2)}), "");
  EXPECT_EQ(vm.run("fill", {w(4), five, w(kMax)}), bounds);
  EXPECT_EQ(vm.run("fill", {w(kMax), five, w(1)}), bounds);
  EXPECT_EQ(vm.run("get", {w(2)}) + vm.run("get", {w(4)}), "externref:5externref:6");
  EXPECT_EQ(vm.run("to_short", {v(0), w(1), v(4)}), "");
  EXPECT_EQ(vm.run("short", {v(3)}), "externref:6");
  EXPECT_EQ(vm.run("to_short", {v(0), w(0x1'0000'0000), v(1)}), bounds);
  EXPECT_EQ(vm.run("within", {w(1), w(0), w(4)}), "");
  EXPECT_EQ(vm.run("get", {w(1)}), "externref:null");
  EXPECT_EQ(vm.run("within", {w(kMax), w(0), w(2)}), bounds);
  EXPECT_EQ(vm.run("call", {w(1)}), "i32:1");
  EXPECT_EQ(vm.run("tail", {w(1)}), "i32:1");
  EXPECT_EQ(vm.run("call", {w(0)}), "trap: uninitialized element 0");
  EXPECT_EQ(vm.run("call", {w(0x1'0000'0001)}), "trap: undefined element");
  EXPECT_EQ(vm.run("tail", {w(kMax)}), "trap: undefined element");
  EXPECT_EQ(vm.run("init", {w(0), v(0), v(2)}), "");
  EXPECT_EQ(vm.run("call", {w(0)}), "i32:1");
  EXPECT_EQ(vm.run("init", {w(1), v(0), v(2)}), bounds);
  EXPECT_EQ(vm.run("init", {w(0x1'0000'0000), v(0), v(1)}), bounds);
}

TEST_P(Memories, TablesMayHaveAnInitialValue) {
  ModuleBuilder builder;
  builder.function("two", {{}, {i32}}, {i32_const(2)});
  builder.table(3, 3);
  builder.module.tables[0].init = expression({Piece(Op::ref_func, 0)});
  builder.function("call", {{i32}, {i32}}, {local_get(0), call_indirect(builder.type({{}, {i32}}))});
  Vm vm(builder, GetParam());
  for (const uint32_t i : {0u, 1u, 2u}) EXPECT_EQ(vm.run("call", {v(i)}), "i32:2");
}

// --- pages of one byte
// --------------------------------------------------------------------------------------------

TEST_P(Memories, PagesOfOneByte) {
  for (const AddressType address : {i32, i64}) {
    for (const bool shared : {false, true}) {
      ModuleBuilder builder;
      builder.memory({{10, 20}, shared, address, 0});
      const Code at{local_get(0)};
      builder.function("size", {{}, {address}}, {size(0)});
      builder.function("grow", {{address}, {address}}, at + Code{grow(0)});
      builder.function("load", {{address}, {i32}}, at + Code{access(Op::i32_load)});
      builder.function("add", {{address}, {i32}}, at + Code{i32_const(1), access(Op::i32_atomic_rmw_add)});
      Vm vm(builder, GetParam());
      const auto number = [&](uint64_t n) { return Value{address, address == i32 ? n & 0xffffffff : n, 0}; };
      EXPECT_EQ(vm.run("size"), to_string(number(10)));
      EXPECT_EQ(vm.run("load", {number(6)}), "i32:0");
      EXPECT_EQ(vm.run("load", {number(7)}), kBounds);
      EXPECT_EQ(vm.run("add", {number(4)}), "i32:0");
      EXPECT_EQ(vm.run("add", {number(8)}), kBounds);
      EXPECT_EQ(vm.run("grow", {number(11)}), to_string(number(kMax)));
      EXPECT_EQ(vm.run("grow", {number(1)}), to_string(number(10)));
      EXPECT_EQ(vm.run("load", {number(7)}), "i32:0");
      EXPECT_EQ(vm.run("load", {number(8)}), kBounds) << "to the byte";
      EXPECT_EQ(vm.run("grow", {number(9)}), to_string(number(11)));
      EXPECT_EQ(vm.run("size"), to_string(number(20)));
      EXPECT_EQ(vm.memory().size(), 20u);
      EXPECT_EQ(vm.run("add", {number(16)}), "i32:0");
    }
  }
}

TEST(MemoryTypes, GrowthAcrossThePagesOfTheSystem) {
  const std::shared_ptr<Memory> memory = *Memory::create({{1, 100'000}, true, i32, 0});
  for (uint64_t size = 1; size < 20'000; size += 777) {
    ASSERT_EQ(memory->size(), size);
    ASSERT_TRUE(memory->store<uint8_t>(size - 1, 9));
    ASSERT_FALSE(memory->store<uint8_t>(size, 9));
    ASSERT_EQ(memory->grow(777), size);
    ASSERT_EQ(memory->load<uint8_t>(size), 0) << "new bytes are zero";
  }
}

TEST(MemoryTypes, TheLargestPages) {
  EXPECT_EQ(max_pages({{}, false, i32, 16}), 65536u);
  EXPECT_EQ(max_pages({{}, false, i64, 16}), uint64_t{1} << 48);
  EXPECT_EQ(max_pages({{}, false, i32, 0}), 0xffffffffu) << "4 GiB is no number of 32 bits";
  EXPECT_EQ(max_pages({{}, false, i64, 0}), kMax);
}

}  // namespace
}  // namespace weft
