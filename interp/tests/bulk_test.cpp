// SPDX-License-Identifier: Apache-2.0
#include "interp/bulk.h"

#include <gtest/gtest.h>

#include <cstring>
#include <thread>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

constexpr uint64_t kPages = 64;  // four parts

std::vector<uint8_t> contents(const Memory& memory) {
  std::vector<uint8_t> all(memory.size());
  memory.read(0, all);
  return all;
}

/// A memory in which no two parts are alike.
std::shared_ptr<Memory> patterned(bool shared) {
  auto memory = *Memory::create({{kPages, kPages}, shared});
  std::vector<uint8_t> bytes(memory->size());
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * 7 + (i >> 9) + (i >> 17));
  memory->write(0, bytes);
  return memory;
}

TEST(Bulk, CopiesAsThroughABuffer) {
  Store store;
  const Agent agent(store);
  const uint64_t length = 3 * kBulkPart - 5;
  for (const bool shared : {false, true}) {
    for (const uint64_t distance : {uint64_t{1}, uint64_t{8}, kBulkPart - 1, kBulkPart, kBulkPart + 3}) {
      for (const bool up : {false, true}) {
        const auto memory = patterned(shared);
        std::vector<uint8_t> wanted = contents(*memory);
        const uint64_t from = up ? 0 : distance, to = up ? distance : 0;
        std::memmove(wanted.data() + to, wanted.data() + from, length);
        ASSERT_EQ(bulk_copy(agent, *memory, to, *memory, from, length), Bulk::done);
        EXPECT_TRUE(contents(*memory) == wanted) << shared << ' ' << distance << ' ' << up;
      }
    }
  }
}

TEST(Bulk, FillsAndWritesAll) {
  Store store;
  const Agent agent(store);
  const auto memory = patterned(true);
  std::vector<uint8_t> wanted = contents(*memory);
  std::memset(wanted.data() + 5, 0xaa, 2 * kBulkPart + 1);
  EXPECT_EQ(bulk_fill(agent, *memory, 5, 0xaa, 2 * kBulkPart + 1), Bulk::done);
  EXPECT_TRUE(contents(*memory) == wanted);
  const std::vector<uint8_t> bytes(2 * kBulkPart + 9, 0xbb);
  std::copy(bytes.begin(), bytes.end(), wanted.begin() + 3);
  EXPECT_EQ(bulk_write(agent, *memory, 3, bytes), Bulk::done);
  EXPECT_TRUE(contents(*memory) == wanted);
}

TEST(Bulk, OutOfBoundsChangesNothing) {
  Store store;
  const Agent agent(store);
  const auto memory = patterned(false);
  const std::vector<uint8_t> before = contents(*memory), bytes(2 * kBulkPart, 1);
  const uint64_t size = memory->size(), length = bytes.size(), at = size - length + 1;
  EXPECT_EQ(bulk_fill(agent, *memory, at, 1, length), Bulk::out_of_bounds);
  EXPECT_EQ(bulk_copy(agent, *memory, at, *memory, 0, length), Bulk::out_of_bounds);
  EXPECT_EQ(bulk_copy(agent, *memory, 0, *memory, at, length), Bulk::out_of_bounds);
  EXPECT_EQ(bulk_write(agent, *memory, at, bytes), Bulk::out_of_bounds);
  EXPECT_EQ(bulk_fill(agent, *memory, size + 1, 1, 0), Bulk::out_of_bounds);
  EXPECT_EQ(bulk_fill(agent, *memory, size, 1, 0), Bulk::done);
  EXPECT_TRUE(contents(*memory) == before);
}

TEST(Bulk, AStopEndsItAfterAPart) {
  Store store;
  Agent agent(store);
  agent.stop();
  const auto memory = *Memory::create({{kPages, kPages}, true});
  const std::vector<uint8_t> bytes(3 * kBulkPart, 2);
  const auto at = [&memory](uint64_t address) { return *memory->load<uint8_t>(address); };
  EXPECT_EQ(bulk_fill(agent, *memory, 0, 1, 3 * kBulkPart), Bulk::stopped);
  EXPECT_EQ(at(kBulkPart - 1), 1);
  EXPECT_EQ(at(kBulkPart), 0);
  EXPECT_EQ(bulk_write(agent, *memory, 0, bytes), Bulk::stopped);
  EXPECT_EQ(at(kBulkPart - 1), 2);
  EXPECT_EQ(at(kBulkPart), 0);
  EXPECT_EQ(bulk_copy(agent, *memory, kBulkPart, *memory, 0, 3 * kBulkPart), Bulk::stopped)
      << "backwards: from the last part on";
  EXPECT_EQ(at(2 * kBulkPart - 1), 0);
  EXPECT_EQ(bulk_fill(agent, *memory, 0, 3, kBulkPart), Bulk::done) << "a part is never divided";
}

WEFT_BOTH_ENGINES(BulkAgents);

// A race that the stop loses when the fill is faster: then again.
TEST_P(BulkAgents, AStopReachesAFill) {
  constexpr uint64_t kMany = 2048;  // 128 MiB
  ModuleBuilder builder;
  builder.memory(kMany, kMany, true);
  builder.function("fill", {}, {i32_const(0), i32_const(1), i32_const(kMany * 65536), Op::memory_fill});
  bool stopped_midway = false;
  for (int attempt = 0; attempt < 100 && !stopped_midway; ++attempt) {
    Vm vm(builder, GetParam());
    if (vm.run_and_stop("fill") != "stopped") continue;
    EXPECT_EQ(vm.memory().load<uint8_t>(kMany * 65536 - 1), 0);
    stopped_midway = true;
  }
  EXPECT_TRUE(stopped_midway);
}

}  // namespace
}  // namespace weft
