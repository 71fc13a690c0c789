// SPDX-License-Identifier: Apache-2.0
//
// The loop around a thread's code: which cells it visits, and how threads meet.
#include "suite/stress/loop.h"

#include <gmock/gmock.h>

#include <thread>

#include "suite/tests/stress_support.h"

namespace weft::stress {
namespace {

using ::testing::ElementsAre;
using testing::Guest;
using testing::to_code;

constexpr uint32_t kCells = 6, kThreads = 2;

/// Thread 0 of two: it stores a 7, and returns what it finds 16 bytes further.
struct Fixture {
  model::Code code = to_code(
      "(func (export \"thread\") (result i32) (i32.store (i32.const 0) (i32.const 7)) (i32.load (i32.const 16)))",
      {"0:r0"});
  Record record{code};
  Footprint footprint{.words = {0, 16}, .fresh = {}};
  Layout layout = Layout::make(footprint, false, kThreads, kCells, {record.size()});
  std::shared_ptr<Memory> memory = testing::new_memory(layout.pages);

  Module loop(bool tells_position = false) const {
    auto made = make_loop({.code = &code, .owner = "0", .tells_position = tells_position}, record, layout);
    EXPECT_TRUE(made);
    return std::move(*made);
  }
  static Completion run(Guest& guest, uint32_t first, uint32_t count, uint32_t stride, uint32_t batch = 0,
                        uint32_t together = 0) {
    return guest.invoke(
        "loop", {Value::i32(first), Value::i32(count), Value::i32(stride), Value::i32(batch), Value::i32(together)});
  }
  uint64_t cell(uint32_t number) const { return Layout::cells_at() + uint64_t{number} * layout.cell_bytes; }
  std::vector<uint32_t> stored() const {
    std::vector<uint32_t> values;
    for (uint32_t i = 0; i < kCells; ++i) values.push_back(memory->load<uint32_t>(cell(i)).value_or(0));
    return values;
  }
  std::vector<uint32_t> records() const {
    std::vector<uint32_t> values;
    for (uint32_t i = 0; i < kCells; ++i) values.push_back(memory->load<uint32_t>(layout.out[0] + 4 * i).value_or(0));
    return values;
  }
};

TEST(StressLoop, VisitsEachCellOfItsStride) {
  const Fixture fixture;
  for (uint32_t i = 0; i < kCells; ++i) fixture.memory->store(fixture.cell(i) + 16, 10 + i);
  Guest guest(fixture.loop(), fixture.memory);
  EXPECT_EQ(Fixture::run(guest, 1, 2, 3), Completion::returned);
  EXPECT_THAT(fixture.stored(), ElementsAre(0, 7, 0, 0, 7, 0));
  EXPECT_THAT(fixture.records(), ElementsAre(0, 11, 0, 0, 14, 0));
  EXPECT_EQ(Fixture::run(guest, 0, kCells, 1), Completion::returned);
  EXPECT_THAT(fixture.records(), ElementsAre(10, 11, 12, 13, 14, 15));
}

TEST(StressLoop, TheResetGivesEachCellItsImage) {
  const Fixture fixture;
  const auto reset = make_reset(fixture.footprint, {1, 2, 3}, fixture.layout);
  ASSERT_TRUE(reset);
  for (uint32_t i = 0; i < kCells; ++i) {
    for (const uint64_t at : {0U, 8U, 16U}) fixture.memory->store(fixture.cell(i) + at, ~uint64_t{0});
  }
  Guest guest(*reset, fixture.memory);
  EXPECT_EQ(Fixture::run(guest, 0, kCells - 1, 1), Completion::returned);
  const auto word = [&](uint32_t cell, uint64_t at) { return fixture.memory->load<uint64_t>(fixture.cell(cell) + at); };
  EXPECT_EQ(word(kCells - 2, 0), 0x030201U);
  EXPECT_EQ(word(kCells - 2, 8), ~uint64_t{0}) << "no thread accesses it";
  EXPECT_EQ(word(kCells - 2, 16), 0U);
  EXPECT_EQ(word(kCells - 1, 0), ~uint64_t{0}) << "not of this batch";
}

TEST(StressLoop, SaysInWhichCellItIs) {
  const Fixture fixture;
  Guest silent(fixture.loop(), fixture.memory), guest(fixture.loop(true), fixture.memory);
  EXPECT_EQ(Fixture::run(silent, 0, 5, 1), Completion::returned);
  EXPECT_EQ(fixture.memory->load<uint32_t>(Layout::position_at(0)), 0U);
  EXPECT_EQ(Fixture::run(guest, 0, 5, 1), Completion::returned);
  EXPECT_EQ(fixture.memory->load<uint32_t>(Layout::position_at(0)), fixture.cell(4));
}

TEST(StressLoop, DoesNotBeginBeforeTheOthersHaveComeToTheBatch) {
  const Fixture fixture;
  fixture.memory->store(Layout::batch_at(1), uint32_t{4});
  Guest guest(fixture.loop(), fixture.memory);
  Completion completion{};
  std::thread runner([&] { completion = Fixture::run(guest, 0, 1, 1, 5); });
  while (fixture.memory->load<uint32_t>(Layout::batch_at(0)) != 5U) std::this_thread::yield();
  guest.stop();
  runner.join();
  EXPECT_EQ(completion, Completion::stopped);
  EXPECT_THAT(fixture.stored(), ElementsAre(0, 0, 0, 0, 0, 0));
}

TEST(StressLoop, BeginsWhenTheOthersAreAtTheBatchOrBehind) {
  for (const uint32_t other : {5U, 6U}) {
    const Fixture fixture;
    fixture.memory->store(Layout::batch_at(1), other);
    Guest guest(fixture.loop(), fixture.memory);
    EXPECT_EQ(Fixture::run(guest, 0, 1, 1, 5), Completion::returned);
    EXPECT_EQ(fixture.stored()[0], 7U);
  }
}

TEST(StressLoop, WakesWhoWaitsForIt) {
  const Fixture fixture;
  Guest guest(fixture.loop(), fixture.memory);
  std::thread sleeper([&] { EXPECT_EQ(Fixture::run(guest, 0, 1, 1, 5), Completion::returned); });
  // The other thread of the test: a loop of thread 1 in the same memory.
  auto made = make_loop({.code = &fixture.code, .owner = "1", .number = 1}, fixture.record,
                        Layout::make(fixture.footprint, false, kThreads, kCells, {4, 4}));
  ASSERT_TRUE(made);
  Guest other(*made, fixture.memory);
  EXPECT_EQ(Fixture::run(other, 1, 1, 1, 5), Completion::returned);
  sleeper.join();
  EXPECT_EQ(fixture.stored()[0], 7U);
  EXPECT_EQ(fixture.stored()[1], 7U);
}

TEST(StressLoop, ThreadsThatGoTogetherDoNotWaitForLong) {
  const Fixture fixture;
  Guest guest(fixture.loop(), fixture.memory);
  EXPECT_EQ(Fixture::run(guest, 0, kCells, 1, 0, 100), Completion::returned);
  EXPECT_EQ(fixture.memory->load<uint32_t>(Layout::near_at(0)), 100U + kCells - 1);
  EXPECT_THAT(fixture.stored(), ElementsAre(7, 7, 7, 7, 7, 7));
}

}  // namespace
}  // namespace weft::stress
