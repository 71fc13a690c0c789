// SPDX-License-Identifier: Apache-2.0
//
// Every load and store of a vector on both engines, on memories of every kind, at the addresses where
// implementations go wrong, against a model that knows only bytes (exec-load-extend and its like); and what the
// observed engine says of them.
#include <gtest/gtest.h>

#include <cstring>

#include <fmt/format.h>

#include "interp/limits.h"
#include "interp/tests/memory_places.h"
#include "interp/tests/vector_reference.h"

namespace weft {
namespace {

using namespace weft::testing;

/// An access, with one of its lanes.
struct Access {
  Op op;
  uint8_t lane = 0;
  const InstrInfo& row() const { return info(op); }
  bool loads() const { return row().instr_class == InstrClass::vector_load; }
  Piece piece(uint64_t offset, uint32_t memory) const {
    Piece piece = access(op, offset, memory);
    piece.instr.lane = lane;
    return piece;
  }
  std::string name() const { return fmt::format("{} lane {}", row().text, lane); }
};

std::vector<Access> all_accesses() {
  std::vector<Access> out;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const InstrInfo& row = kInstructions[i];
    if (row.instr_class != InstrClass::vector_load && row.instr_class != InstrClass::vector_store) continue;
    Access a{static_cast<Op>(i)};
    for (unsigned lane = 0; lane < (has_lane(a.op) ? 16u / row.access : 1u); ++lane) {
      a.lane = static_cast<uint8_t>(lane);
      out.push_back(a);
    }
  }
  return out;
}

const Value kVector = Value::v128(0x8796a5b4c3d2e1f0, 0x0f1e2d3c4b5a6978);

class VectorAccess : public InEveryPlace {};
INSTANTIATE_TEST_SUITE_P(Engines, VectorAccess, InEveryPlace::all(), InEveryPlace::name);

/// A function for each access and offset: the address and, where the row has one, a vector.
Code body(const Access& a, uint64_t offset, uint32_t memory) {
  Code code;
  for (uint32_t i = 0; i < a.row().operands().size(); ++i) code.push_back(local_get(i));
  return code + Code{a.piece(offset, memory)};
}

TEST_P(VectorAccess, EveryInstructionAtEveryKindOfAddress) {
  std::vector<uint64_t> offsets = {0, 1, 65528, 65535, 65536, 0xfffffff0, 0xffffffff};
  if (place().address == i64) offsets.insert(offsets.end(), {0x1'0000'0000, 0xffff'ffff'ffff'fff0, ~uint64_t{0}});
  const std::vector<Access> accesses = all_accesses();
  EXPECT_EQ(accesses.size(), 74u) << "14 rows, and 8 for each of their 2 to 16 lanes";
  ModuleBuilder builder = memories();
  for (const Access& a : accesses) {
    for (const uint64_t offset : offsets) builder.function("", type(a.row()), body(a, offset, place().index));
  }
  Vm vm(builder, engine());
  ASSERT_NE(vm.instance, nullptr);
  std::vector<uint8_t> model(kPageSize);
  for (size_t i = 0; i < model.size(); ++i) model[i] = static_cast<uint8_t>(i * 37 + 129 + i / 256);
  ASSERT_TRUE(memory_of(vm).write(0, model));
  size_t function = 0;
  for (const Access& a : accesses) {
    const uint64_t width = a.row().access;
    for (const uint64_t offset : offsets) {
      const FuncInst& callee = *vm.instance->functions[function++];
      std::vector<uint64_t> effective = {kPageSize - width, kPageSize - width + 1, kPageSize - 1,        kPageSize,
                                         0xffffffff,        0x1'0000'0000,         0x1'0000'0000 + width};
      for (uint64_t phase = 0; phase < 17; ++phase) effective.push_back(0x100 + phase);
      for (const uint64_t sum : effective) {
        const bool wraps = sum < offset;  // which is a trap as well
        if ((wraps && place().address == i32) || sum - offset > place().last_address()) continue;
        std::vector<Value> arguments{address(sum - offset)};
        if (callee.type.params.size() > 1) arguments.push_back(kVector);
        vm.agent.invoke(callee, arguments);
        std::string wanted;
        if (wraps || sum + width > kPageSize) {
          wanted = "trap: out of bounds memory access";
        } else if (a.loads()) {
          wanted = to_string(value_of(v128, load_vector(a.op, a.lane, &model[sum], bytes_of(kVector))));
        } else {
          std::memcpy(&model[sum], &bytes_of(kVector)[a.lane * width], width);
        }
        ASSERT_EQ(vm.outcome(), wanted) << a.name() << fmt::format(" at {:#x}, offset {:#x}", sum, offset);
      }
    }
    ASSERT_EQ(std::memcmp(memory_of(vm).base(), model.data(), model.size()), 0) << a.name();
  }
}

/// One agent that pauses at actions, with a function for each access at the offset 3, and shared memory.
struct ObservedAccesses : Vm {
  explicit ObservedAccesses(bool wide) : Vm(Engine::observed), address(wide ? i64 : i32) {
    ModuleBuilder builder;
    if (wide) builder.memory(0, 0, false);
    builder.memory({{1, 1}, true, address});
    for (const Access& a : accesses) {
      builder.function("", type_of(a.row(), address), body(a, 3, wide ? 1 : 0));
    }
    instantiate(builder);
    agent.observe({.pause_at_actions = true, .fuel = {}, .trace = {}});
  }
  /// Runs access number `i` at the address 8 + 3, up to the action.
  const Action& begin(size_t i) {
    const FuncInst& function = *instance->functions[i];
    std::vector<Value> arguments{{address, 8, 0}};
    if (function.type.params.size() > 1) arguments.push_back(kVector);
    agent.start(function, arguments);
    EXPECT_EQ(agent.resume(), Completion::paused) << accesses[i].name();
    return agent.pending();
  }
  Memory& memory() const { return *instance->memories.back(); }
  std::vector<Access> accesses = all_accesses();
  AddressType address;
};

/// On memory 0, and on a 64-bit memory behind another one.
class ObserveVectors : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Forms, ObserveVectors, ::testing::Bool(),
                         [](const auto& param) { return std::string(param.param ? "wide" : "memory_0"); });

TEST_P(ObserveVectors, LoadsAreAnnouncedAndAnswered) {
  ObservedAccesses vm(GetParam());
  const Bytes answer = bytes_of(Value::v128(0x0123456789abcdef, 0xfedcba9876543210));
  ASSERT_TRUE(vm.memory().write(11, bytes_of(kVector)));
  for (size_t i = 0; i < vm.accesses.size(); ++i) {
    const Access& a = vm.accesses[i];
    if (!a.loads()) continue;
    for (const bool answered : {false, true}) {
      const Action& action = vm.begin(i);
      EXPECT_EQ(action.kind, Action::Kind::load) << a.name();
      EXPECT_EQ(action.op, a.op);
      EXPECT_EQ(action.memory, &vm.memory());
      EXPECT_EQ(action.address, 11u);
      EXPECT_EQ(action.width, a.row().access);
      EXPECT_FALSE(action.atomic);
      const Value value = value_of(v128, answer);
      EXPECT_EQ(answered ? vm.agent.resume_with(value.lo, value.hi) : vm.agent.resume(), Completion::returned);
      const Bytes memory = answered ? answer : bytes_of(kVector);
      EXPECT_EQ(vm.outcome(), to_string(value_of(v128, load_vector(a.op, a.lane, memory.data(), bytes_of(kVector)))))
          << a.name();
    }
  }
}

TEST_P(ObserveVectors, StoresAreAnnouncedWithWhatTheyStore) {
  ObservedAccesses vm(GetParam());
  for (size_t i = 0; i < vm.accesses.size(); ++i) {
    const Access& a = vm.accesses[i];
    if (a.loads()) continue;
    Bytes stored{};
    std::memcpy(stored.data(), &bytes_of(kVector)[size_t{a.lane} * a.row().access], a.row().access);
    for (const bool performed : {false, true}) {
      ASSERT_TRUE(vm.memory().fill(0, 0, 64));
      const Action& action = vm.begin(i);
      EXPECT_EQ(action.kind, Action::Kind::store) << a.name();
      EXPECT_EQ(action.op, a.op);
      EXPECT_EQ(action.address, 11u);
      EXPECT_EQ(action.width, a.row().access);
      EXPECT_EQ(bytes_of(Value::v128(action.operand, action.operand_high)), stored) << a.name();
      EXPECT_EQ(performed ? vm.agent.resume() : vm.agent.resume_with(0), Completion::returned);
      Bytes found{};
      ASSERT_TRUE(vm.memory().read(11, found));
      EXPECT_EQ(found, performed ? stored : Bytes{}) << a.name();
    }
  }
}

TEST_P(ObserveVectors, WhatTrapsIsNotAnnounced) {
  ObservedAccesses vm(GetParam());
  for (size_t i = 0; i < vm.accesses.size(); ++i) {
    const uint64_t past = kPageSize - vm.accesses[i].row().access - 2;
    std::vector<Value> arguments{{vm.address, past, 0}};
    if (vm.instance->functions[i]->type.params.size() > 1) arguments.push_back(kVector);
    vm.agent.invoke(*vm.instance->functions[i], arguments);
    EXPECT_EQ(vm.outcome(), "trap: out of bounds memory access") << vm.accesses[i].name();
  }
}

}  // namespace
}  // namespace weft
