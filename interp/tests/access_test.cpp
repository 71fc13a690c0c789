// SPDX-License-Identifier: Apache-2.0
//
// Every load, store and atomic access of the instruction table on both engines, on memories of every kind, at the
// addresses where implementations go wrong; against a model that knows only bytes (exec-load, exec-store,
// exec-atomic.rmw and their like).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "interp/limits.h"
#include "interp/tests/memory_places.h"

namespace weft {
namespace {

using namespace weft::testing;

/// Static offsets: none, odd, the last ones within a page, just outside, and up to the greatest.
std::vector<uint64_t> offsets(AddressType address) {
  std::vector<uint64_t> all{0, 1, 4, 8, 65528, 65535, 65536, 0x80000000, 0xfffffff8, 0xffffffff};
  if (address == i64) {
    all.insert(all.end(), {0x1'0000'0000, 0x7fff'ffff'ffff'ffff, 0xffff'ffff'ffff'fff8, 0xffff'ffff'ffff'ffff});
  }
  return all;
}

bool is_access(const InstrInfo& row) {
  switch (row.instr_class) {
    case InstrClass::load:
    case InstrClass::store:
    case InstrClass::atomic_load:
    case InstrClass::atomic_store:
    case InstrClass::atomic_rmw:
    case InstrClass::atomic_cmpxchg: return true;
    default: return false;
  }
}

class Access : public InEveryPlace {
 protected:
  static Piece at(Op op, uint64_t offset = 0) { return access(op, offset, place().index); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Access, InEveryPlace::all(), InEveryPlace::name);

/// Every byte unlike its neighbours, half of them negative.
ReferenceMemory patterned() {
  ReferenceMemory memory;
  for (size_t i = 0; i < memory.bytes.size(); ++i) memory.bytes[i] = static_cast<uint8_t>(i * 37 + 129 + i / 256);
  return memory;
}

/// Runs accesses on a machine and on the model, and compares what they give and all bytes of memory.
class Comparison {
 public:
  Comparison(Vm& vm, ReferenceMemory& model, const Place& place)
      : vm_(vm), model_(model), memory_(*vm.instance->memories[place.index]), place_(place) {
    EXPECT_TRUE(memory_.write(0, model.bytes));
  }
  ~Comparison() {
    if (place_.index == 0) return;
    const std::vector<uint8_t> zeros(vm_.memory().size());
    EXPECT_EQ(std::memcmp(vm_.memory().base(), zeros.data(), zeros.size()), 0) << "memory 0 is not concerned";
  }
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;

  Memory& memory() { return memory_; }

  void run(Op op, const FuncInst& function, uint64_t base, uint64_t offset, const std::vector<uint64_t>& operands) {
    const InstrInfo& row = info(op);
    const auto operand = [&](size_t i) { return i < operands.size() ? operands[i] : 0; };
    // A sum beyond 2^64 is as far out of bounds as any of its alignment.
    uint64_t effective = 0;
    if (__builtin_add_overflow(base, offset, &effective)) effective |= 0xffff'ffff'ffff'fff8;
    const Computed expected = model_.access(op, effective, operand(0), operand(1));
    std::vector<Value> arguments{{place_.address, base, 0}};
    // A function that has its operand as a constant takes the address only.
    for (size_t i = 1; i < function.type.params.size(); ++i) {
      arguments.push_back({function.type.params[i], operands[i - 1], 0});
      if (slots32(function.type.params[i])) arguments.back().lo &= 0xffffffff;
    }
    vm_.agent.invoke(function, arguments);
    const std::string found = vm_.outcome();
    std::string wanted;
    if (expected.trap != Trap::none)
      wanted = fmt::format("trap: {}", phrase(expected.trap));
    else if (!row.results().empty())
      wanted = to_string(Value{type_of(row.results()[0]), expected.value, 0});
    const bool same_bytes = std::memcmp(memory_.base(), model_.bytes.data(), model_.bytes.size()) == 0;
    if (found != wanted || !same_bytes) {
      ADD_FAILURE() << row.text
                    << fmt::format(" base {:#x} offset {:#x} operands {:#x} {:#x}: ", base, offset, operand(0),
                                   operand(1))
                    << "\"" << found << "\", not \"" << wanted << "\"" << (same_bytes ? "" : "; memory differs");
      EXPECT_TRUE(memory_.write(0, model_.bytes));
    }
    ++runs;
  }
  size_t runs = 0;

 private:
  static bool slots32(ValType type) { return type == i32 || type == f32; }
  Vm& vm_;
  ReferenceMemory& model_;
  Memory& memory_;
  const Place& place_;
};

const uint64_t kOperands[] = {0, 1, 0x80, 0xfedcba9876543281, 0xffffffffffffffff};

std::vector<uint64_t> base_addresses(const Place& place, uint64_t offset, uint64_t width) {
  const uint64_t last = place.last_address();
  std::vector<uint64_t> bases = {0, last};
  // Effective addresses at all phases, around the end of memory and of the numbers, and what it takes to wrap.
  std::vector<uint64_t> effective = {
      kPageSize - width, kPageSize - width + 1, kPageSize - width - 1, kPageSize - 1, kPageSize, kPageSize + width,
      0xffffffff,        0x1'0000'0000,         0x1'0000'0000 + width};
  for (uint64_t phase = 0; phase < 9; ++phase) effective.push_back(0x100 + phase);
  for (const uint64_t address : effective) {
    if (address >= offset && address - offset <= last) bases.push_back(address - offset);
    if (place.address == i64 && address < offset) bases.push_back(address - offset);
  }
  return bases;
}

TEST_P(Access, EveryInstructionAtEveryKindOfAddress) {
  ModuleBuilder builder = memories();
  struct Generated {
    Op op;
    uint64_t offset;
    uint32_t function;
  };
  std::vector<Generated> functions;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const Op op = static_cast<Op>(i);
    if (!is_access(info(op))) continue;
    for (const uint64_t offset : offsets(place().address)) {
      Code code;
      for (uint32_t local = 0; local < info(op).operands().size(); ++local) code.push_back(local_get(local));
      code.push_back(at(op, offset));
      functions.push_back({op, offset, builder.function("", type(info(op)), code)});
    }
  }
  Vm vm(builder, engine());
  ASSERT_NE(vm.instance, nullptr);
  ReferenceMemory model = patterned();
  Comparison comparison(vm, model, place());
  for (const Generated& g : functions) {
    const FuncInst& function = *vm.instance->functions[g.function];
    size_t turn = 0;
    for (const uint64_t base : base_addresses(place(), g.offset, info(g.op).access)) {
      const uint64_t x = kOperands[turn % std::size(kOperands)], y = kOperands[++turn % std::size(kOperands)];
      comparison.run(g.op, function, base, g.offset, {x, y});
    }
  }
  EXPECT_GT(comparison.runs, 5'000u);
}

TEST_P(Access, EveryAtomicReadModifyWriteWrapsItsOperandsAndZeroExtends) {
  ModuleBuilder builder = memories();
  std::vector<Op> ops;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const InstrInfo& row = kInstructions[i];
    if (row.instr_class != InstrClass::atomic_rmw && row.instr_class != InstrClass::atomic_cmpxchg) continue;
    Code code;
    for (uint32_t local = 0; local < row.operands().size(); ++local) code.push_back(local_get(local));
    code.push_back(at(static_cast<Op>(i), 16));
    builder.function("", type(row), code);
    ops.push_back(static_cast<Op>(i));
  }
  ASSERT_EQ(ops.size(), 49u);
  Vm vm(builder, engine());
  ASSERT_NE(vm.instance, nullptr);
  ReferenceMemory model = patterned();
  Comparison comparison(vm, model, place());
  for (size_t f = 0; f < ops.size(); ++f) {
    for (const uint64_t old : kOperands) {
      std::memcpy(&model.bytes[0x110], &old, sizeof old);
      ASSERT_TRUE(comparison.memory().write(0, model.bytes));
      for (const uint64_t x : kOperands) {
        for (const uint64_t y : kOperands) {
          comparison.run(ops[f], *vm.instance->functions[f], 0x100, 16, {x, y});
          // The same with the operand that makes a cmpxchg succeed, and with high bits that must not count.
          uint64_t now = 0;
          std::memcpy(&now, &model.bytes[0x110], info(ops[f]).access);
          comparison.run(ops[f], *vm.instance->functions[f], 0x100, 16, {now, y});
          comparison.run(ops[f], *vm.instance->functions[f], 0x100, 16, {now | 0xffffff00'00000000, y});
        }
      }
    }
  }
}

// A store of a constant is an instruction of its own in register code.
TEST_P(Access, StoresOfConstants) {
  ModuleBuilder builder = memories();
  struct Generated {
    Op op;
    uint64_t value, offset;
  };
  std::vector<Generated> functions;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const InstrInfo& row = kInstructions[i];
    if (row.instr_class != InstrClass::store && row.instr_class != InstrClass::atomic_store) continue;
    for (uint64_t value : kOperands) {
      for (const uint64_t offset : {uint64_t{0}, uint64_t{65528}, uint64_t{0xffffffff}}) {
        const ValType stored = type_of(row.operands()[1]);
        if (stored == i32 || stored == f32) value &= 0xffffffff;
        builder.function("", {{place().address}, {}},
                         {local_get(0), constant(Value{stored, value, 0}), at(static_cast<Op>(i), offset)});
        functions.push_back({static_cast<Op>(i), value, offset});
      }
    }
  }
  Vm vm(builder, engine());
  ASSERT_NE(vm.instance, nullptr);
  ReferenceMemory model = patterned();
  Comparison comparison(vm, model, place());
  for (size_t f = 0; f < functions.size(); ++f) {
    const Generated& g = functions[f];
    for (const uint64_t base : base_addresses(place(), g.offset, info(g.op).access)) {
      comparison.run(g.op, *vm.instance->functions[f], base, g.offset, {g.value});
    }
  }
}

TEST_P(Access, ConstantAddresses) {
  ModuleBuilder builder = memories();
  const auto number = [](uint64_t value) { return constant(address(value)); };
  builder.function("last", {{}, {i32}}, {number(65532), at(Op::i32_load)});
  builder.function("past", {{}, {i32}}, {number(65533), at(Op::i32_load)});
  builder.function("minus_one", {{}, {i32}}, {number(~uint64_t{0}), at(Op::i32_load, 1)});
  builder.function("store", {{}, {i64}}, {number(8), i64_const(-2), at(Op::i64_store), number(0), at(Op::i64_load, 8)});
  Vm vm(builder, engine());
  EXPECT_EQ(vm.run("last"), "i32:0");
  EXPECT_EQ(vm.run("past"), "trap: out of bounds memory access");
  EXPECT_EQ(vm.run("minus_one"), "trap: out of bounds memory access") << "the effective address must not wrap";
  EXPECT_EQ(vm.run("store"), "i64:-2");
}

// --- wait, notify, fence
// ----------------------------------------------------------------------------------------------

ModuleBuilder wait_module(ModuleBuilder builder, const Place& place) {
  const auto function = [&](const char* name, Op op, uint64_t offset = 0) {
    Code code;
    for (uint32_t local = 0; local < info(op).operands().size(); ++local) code.push_back(local_get(local));
    builder.function(name, type_of(info(op), place.address), code + Code{access(op, offset, place.index)});
  };
  function("notify", Op::memory_atomic_notify);
  function("notify_8", Op::memory_atomic_notify, 8);
  function("wait32", Op::memory_atomic_wait32);
  function("wait64", Op::memory_atomic_wait64);
  function("wait32_2", Op::memory_atomic_wait32, 2);
  function("wait64_max", Op::memory_atomic_wait64, place.address == i32 ? 0xfffffff8 : 0xffff'ffff'ffff'fff8);
  builder.function("fence", {{}, {i32}}, {i32_const(7), Op::atomic_fence});
  return builder;
}

TEST_P(Access, NotifyChecksItsAddress) {
  Vm vm(wait_module(memories(), place()), engine());
  const auto notify = [&](const char* name, uint64_t at) { return vm.run(name, {address(at), Value::i32(5)}); };
  const uint64_t last = address(~uint64_t{3}).lo;
  EXPECT_EQ(notify("notify", 0), "i32:0");
  EXPECT_EQ(notify("notify", 65532), "i32:0");
  EXPECT_EQ(notify("notify", 65536), "trap: out of bounds memory access");
  EXPECT_EQ(notify("notify", 2), "trap: unaligned atomic");
  EXPECT_EQ(notify("notify", 65538), "trap: unaligned atomic") << "first";
  EXPECT_EQ(notify("notify", last), "trap: out of bounds memory access");
  EXPECT_EQ(notify("notify_8", 65520), "i32:0");
  EXPECT_EQ(notify("notify_8", 65528), "trap: out of bounds memory access");
  EXPECT_EQ(notify("notify_8", last), "trap: out of bounds memory access") << "33 or 65 bits";
  EXPECT_EQ(notify("notify_8", 1), "trap: unaligned atomic");
  EXPECT_EQ(vm.run("fence"), "i32:7");
}

TEST_P(Access, WaitChecksTheMemoryThenTheAddressThenTheValue) {
  Vm vm(wait_module(memories(), place()), engine());
  const auto wait32 = [&](uint64_t at, uint32_t expected, const char* name = "wait32") {
    return vm.run(name, {address(at), Value::i32(expected), Value::i64(0)});
  };
  const auto wait64 = [&](uint64_t at, uint64_t expected, const char* name = "wait64") {
    return vm.run(name, {address(at), Value::i64(expected), Value::i64(0)});
  };
  if (!place().shared) {
    for (const uint32_t at : {0u, 8u, 65528u}) {
      EXPECT_EQ(wait32(at, 0), "trap: expected shared memory");
      EXPECT_EQ(wait32(at, 1), "trap: expected shared memory") << "even when it would not block";
      EXPECT_EQ(wait64(at, 1), "trap: expected shared memory");
    }
    return;
  }
  EXPECT_TRUE(memory_of(vm).store<uint64_t>(8, 0x1'0000'0002));
  EXPECT_EQ(wait32(8, 2), "i32:2");
  EXPECT_EQ(wait32(8, 1), "i32:1");
  EXPECT_EQ(wait32(12, 1), "i32:2");
  EXPECT_EQ(wait64(8, 2), "i32:1") << "all 64 bits count";
  EXPECT_EQ(wait64(8, 0x1'0000'0002), "i32:2");
  EXPECT_EQ(wait32(65532, 0), "i32:2");
  EXPECT_EQ(wait64(65532, 0), "trap: unaligned atomic");
  EXPECT_EQ(wait64(65528, 0), "i32:2");
  EXPECT_EQ(wait32(65536, 0), "trap: out of bounds memory access");
  EXPECT_EQ(wait32(65537, 0), "trap: unaligned atomic") << "first";
  EXPECT_EQ(wait32(1, 0), "trap: unaligned atomic");
  EXPECT_EQ(wait32(0, 0, "wait32_2"), "trap: unaligned atomic") << "base + offset must be aligned";
  EXPECT_EQ(wait32(6, 2, "wait32_2"), "i32:2") << "the base need not be";
  EXPECT_EQ(wait64(8, 0, "wait64_max"), "trap: out of bounds memory access") << "33 or 65 bits";
}

}  // namespace
}  // namespace weft
