// SPDX-License-Identifier: Apache-2.0
//
// A thread's code, moved to a cell: it does there what it does at address 0.
#include "suite/stress/relocate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "suite/stress/loop.h"
#include "suite/tests/stress_support.h"

namespace weft::stress {
namespace {

using testing::Guest;
using testing::to_code;

constexpr uint32_t kCells = 3, kBytes = 64;

Footprint whole_cell() {
  Footprint footprint;
  for (uint64_t word = 0; word < kBytes; word += 8) footprint.words.insert(word);
  return footprint;
}
Layout layout_of(const Record& record, bool spread) {
  return Layout::make(whole_cell(), spread, 1, kCells, {record.size()});
}
std::vector<uint8_t> image() {
  std::vector<uint8_t> bytes(kBytes);
  for (uint8_t i = 0; i < kBytes; ++i) bytes[i] = static_cast<uint8_t>(i * 3 + 1);
  return bytes;
}

struct Effect {
  std::vector<uint8_t> bytes, record;
  bool operator==(const Effect&) const = default;
};

/// What the thread leaves, and gives, at address 0.
Effect original(const model::Code& code) {
  const auto memory = testing::new_memory(1);
  memory->write(0, image());
  Guest guest(code.module->module(), memory);
  EXPECT_EQ(guest.invoke("thread"), Completion::returned);
  Effect effect{.bytes = std::vector<uint8_t>(kBytes), .record = {}};
  memory->read(0, effect.bytes);
  for (const Value& value : guest.results())
    for (unsigned i = 0; i < 4; ++i) effect.record.push_back(static_cast<uint8_t>(value.as_i32() >> 8 * i));
  return effect;
}

/// The same in each cell.
std::vector<Effect> moved(const model::Code& code, bool spread) {
  const Record record(code);
  const Layout layout = layout_of(record, spread);
  const auto loop = make_loop({.code = &code, .owner = "0"}, record, layout);
  const auto reset = make_reset(whole_cell(), image(), layout);
  if (!loop || !reset) return {};
  const auto memory = testing::new_memory(layout.pages);
  for (const Module* module : {&*reset, &*loop}) {
    Guest guest(*module, memory);
    EXPECT_EQ(guest.invoke("loop", {Value::i32(0), Value::i32(kCells), Value::i32(1), Value::i32(0), Value::i32(0)}),
              Completion::returned);
  }
  std::vector<Effect> effects;
  for (uint32_t cell = 0; cell < kCells; ++cell) {
    Effect& effect = effects.emplace_back();
    for (uint64_t address = 0; address < kBytes; ++address) {
      const uint64_t place = Layout::cells_at() + uint64_t{cell} * layout.cell_bytes + layout.place(address);
      effect.bytes.push_back(memory->load<uint8_t>(place).value_or(0));
    }
    effect.record.resize(record.size());
    memory->read(layout.out[0] + uint64_t{cell} * record.size(), effect.record);
  }
  return effects;
}

void expect_the_same_in_each_cell(const std::string& function, const std::string& fields = "") {
  SCOPED_TRACE(function);
  const model::Code code = to_code(fields + " (func (export \"thread\") (result i32) " + function + ")", {"0:r0"});
  const Effect effect = original(code);
  for (const bool spread : {false, true}) EXPECT_EQ(moved(code, spread), std::vector(kCells, effect)) << spread;
}

TEST(StressRelocate, ConstantAddressesAreMoved) {
  expect_the_same_in_each_cell("(i32.store (i32.const 20) (i32.const 7)) (i32.load (i32.const 20))");
  expect_the_same_in_each_cell(
      "(i32.store8 offset=33 (i32.const 4) (i32.const 7)) (i32.load16_u offset=20 (i32.const 2))");
  expect_the_same_in_each_cell("(i32.atomic.rmw.add offset=16 (i32.const 32) (i32.const 7))");
  expect_the_same_in_each_cell("(v128.store8_lane offset=40 3 (i32.const 1) (v128.load (i32.const 16))) (i32.const 1)");
}

TEST(StressRelocate, ComputedAddressesAreMoved) {
  const std::string seventeen = "(i32.and (i32.load8_u (i32.const 5)) (i32.const 31))";  // 5 * 3 + 1 = 16
  expect_the_same_in_each_cell("(i32.store (i32.add " + seventeen + "(i32.const 20)) (i32.const 7)) (i32.const 0)");
  expect_the_same_in_each_cell("(i32.load offset=28 " + seventeen + ")");
  expect_the_same_in_each_cell("(i32.load offset=4 (select (i32.const 16) (i32.const 32) (i32.load (i32.const 0))))");
  expect_the_same_in_each_cell(
      "(local $a i32) (i32.load (local.tee $a (i32.const 48)))"
      "(i32.store (local.get $a) (i32.const 9))");
  expect_the_same_in_each_cell(
      "(i32.load offset=8 (if (result i32) (i32.load8_u (i32.const 0))"
      "(then (i32.const 16)) (else (i32.const 32))))");
  expect_the_same_in_each_cell("(i32.load (block (result i32) (br 0 (i32.const 36))))");
}

TEST(StressRelocate, BulkInstructionsAreMoved) {
  expect_the_same_in_each_cell("(memory.fill (i32.const 17) (i32.const 9) (i32.const 12)) (i32.const 0)");
  expect_the_same_in_each_cell("(memory.copy (i32.const 34) (i32.const 16) (i32.const 9)) (i32.const 0)");
  expect_the_same_in_each_cell("(memory.init 0 (i32.const 50) (i32.const 1) (i32.const 3)) (i32.const 0)",
                               "(data \"abcd\")");
}

TEST(StressRelocate, LabelsStayWhatTheyWere) {
  expect_the_same_in_each_cell(
      "(block (br_if 0 (i32.load8_u (i32.const 0))) (return (i32.const 1)))"
      "(i32.store (i32.const 16) (i32.const 5)) (i32.const 2)");
  expect_the_same_in_each_cell(
      "(block (block (return (i32.load (i32.const 16))) (loop (br 0) (i32.load (i32.const 3)) drop))"
      "(i32.store (i32.const 16) (i32.const 5))) (i32.const 2)");
  expect_the_same_in_each_cell(
      "(block $a (block $b (br_table $a $b $a (i32.load8_u (i32.const 0))))"
      "(i32.store (i32.const 16) (i32.const 5))) (i32.load (i32.const 16))");
  expect_the_same_in_each_cell(
      "(local $i i32) (loop $again (i32.store offset=8 (local.get $i) (local.get $i))"
      "(br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4)))"
      "(i32.const 32)))) (local.get $i)");
}

TEST(StressRelocate, EachIterationBeginsWithItsLocalsAndGlobals) {
  expect_the_same_in_each_cell(
      "(local $l i32) (global.set $g (i32.add (global.get $g) (i32.const 1)))"
      "(local.set $l (i32.add (local.get $l) (global.get $g)))"
      "(i32.store (i32.const 16) (local.get $l)) (local.get $l)",
      "(global $g (mut i32) (i32.const 40))");
}

TEST(StressRelocate, AConstantAddressCostsNoInstruction) {
  const model::Code code = to_code("(func (export \"thread\") (i32.store offset=4 (i32.const 16) (i32.const 7)))");
  const Module& module = code.module->module();
  const Layout layout = layout_of(Record(code), true);
  const auto body = relocate(module, module.functions[0], layout, {.cell = 5, .scratch = 6, .first_local = 7});
  ASSERT_TRUE(body);
  ASSERT_EQ(body->size(), 3U);
  EXPECT_EQ((*body)[0].op, Op::local_get);
  EXPECT_EQ((*body)[0].a, 5U);
  EXPECT_EQ((*body)[2].op, Op::i32_store);
  EXPECT_EQ((*body)[2].lo, 68U);
}

TEST(StressRelocate, WhatCannotBeMovedIsRefused) {
  const auto refusal = [](const std::string& function, const std::string& fields = "") {
    const model::Code code = to_code(fields + "(func (export \"thread\") " + function + ")");
    const Record record(code);
    const auto loop = make_loop({.code = &code, .owner = "0"}, record, layout_of(record, false));
    if (loop) return std::string("none");
    EXPECT_EQ(loop.error().kind, ErrorKind::unlinkable);
    return loop.error().message;
  };
  EXPECT_EQ(refusal("nop"), "none");
  EXPECT_EQ(refusal("(call $f)", "(func $f)"), "it has call");
  EXPECT_EQ(refusal("(drop (memory.grow (i32.const 1)))"), "it has memory.grow");
  EXPECT_EQ(refusal("(data.drop 0)", "(data \"a\")"), "it has data.drop");
  EXPECT_EQ(refusal("(drop (table.size 0))", "(table 1 funcref)"), "it has table.size");
  EXPECT_EQ(refusal("(i32.const 0) (block (param i32) drop)"), "a block has parameters");
}

}  // namespace
}  // namespace weft::stress
