// SPDX-License-Identifier: Apache-2.0
#include "interp/memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <thread>
#include <vector>

#include "interp/guest_access.h"
#include "interp/limits.h"

namespace weft {
namespace {

std::shared_ptr<Memory> make(uint64_t min, uint64_t max, bool shared, std::optional<uint64_t> cap = {}) {
  auto memory = Memory::create({{min, max}, shared}, cap);
  EXPECT_TRUE(memory);
  return memory ? *memory : nullptr;
}

TEST(Memory, BeginsZeroedAtItsMinimum) {
  const auto memory = make(2, 5, true);
  EXPECT_EQ(memory->size(), 2 * kPageSize);
  EXPECT_EQ(memory->pages_seq_cst(), 2u);
  EXPECT_TRUE(std::all_of(memory->base(), memory->base() + memory->size(), [](uint8_t byte) { return byte == 0; }));
  EXPECT_EQ(to_string(memory->type()), "2 5 shared");
}

TEST(Memory, Grows) {
  for (const bool shared : {false, true}) {
    const auto memory = make(1, 4, shared);
    const uint8_t* base = memory->base();
    EXPECT_TRUE(memory->store<uint32_t>(kPageSize - 4, 0xdeadbeef));
    EXPECT_FALSE(memory->store<uint32_t>(kPageSize, 1));
    EXPECT_EQ(memory->grow(0), 1u);
    EXPECT_EQ(memory->grow(2), 1u);
    EXPECT_EQ(memory->pages(), 3u);
    EXPECT_EQ(memory->base(), base);
    EXPECT_EQ(memory->load<uint32_t>(kPageSize - 4), 0xdeadbeef);
    EXPECT_EQ(memory->load<uint64_t>(3 * kPageSize - 8), 0u) << "new pages are zero";
    EXPECT_EQ(memory->grow(2), std::nullopt) << "past the maximum";
    EXPECT_EQ(memory->grow(0xffffffff), std::nullopt);
    EXPECT_EQ(memory->grow(~uint64_t{0}), std::nullopt) << "old + delta must not wrap";
    EXPECT_EQ(memory->pages(), 3u) << "a failing grow changes nothing";
    EXPECT_EQ(memory->grow(1), 3u);
    EXPECT_EQ(memory->grow(1), std::nullopt);
    EXPECT_EQ(memory->grow(0), 4u);
    EXPECT_EQ(memory->type().limits, (Limits{4, 4}));
  }
}

TEST(Memory, StopsAtTheCap) {
  const auto memory = make(1, 65536, true, 3 * kPageSize);
  EXPECT_EQ(memory->grow(3), std::nullopt);
  EXPECT_EQ(memory->grow(2), 1u);
  EXPECT_EQ(memory->grow(1), std::nullopt);
  EXPECT_EQ(memory->type().limits.max, 65536u) << "the type still says what was declared";
  const auto large = Memory::create({{4, 8}, true}, kPageSize);
  ASSERT_FALSE(large) << "a module must not get around the cap by what it begins with";
  EXPECT_EQ(large.error().message, "a memory of 4 pages is larger than the limit of 65536 bytes");
}

TEST(Memory, CanBeEmptyAndCanHaveAll) {
  const auto empty = make(0, 0, false);
  EXPECT_EQ(empty->size(), 0u);
  EXPECT_EQ(empty->grow(1), std::nullopt);
  EXPECT_EQ(empty->grow(0), 0u);
  EXPECT_EQ(empty->load<uint8_t>(0), std::nullopt);
  EXPECT_TRUE(empty->fill(0, 1, 0)) << "nothing, at the end";
  EXPECT_FALSE(empty->fill(1, 1, 0));
  const auto from_nothing = make(0, 1, true);
  EXPECT_EQ(from_nothing->grow(1), 0u);
  EXPECT_TRUE(from_nothing->store<uint64_t>(kPageSize - 8, 1));
  const auto unbounded = Memory::create({{1, std::nullopt}, false});
  ASSERT_TRUE(unbounded);
  EXPECT_EQ((*unbounded)->grow(65536), std::nullopt);
}

TEST(Memory, ConcurrentGrowsGetDistinctOldSizesAndNeverMoveIt) {
  constexpr size_t kThreads = 8, kGrows = 40;
  const auto memory = make(1, 1 + kThreads * kGrows, true);
  const uint8_t* base = memory->base();
  std::vector<std::vector<uint64_t>> olds(kThreads);
  std::vector<std::thread> threads;
  for (std::vector<uint64_t>& mine : olds) {
    threads.emplace_back([&mine, &memory, base] {
      for (size_t i = 0; i < kGrows; ++i) {
        const std::optional<uint64_t> old = memory->grow(1);
        if (!old) return;
        mine.push_back(*old);
        // The page is ours, zero and accessible at once; the base is where it was.
        EXPECT_GT(memory->size(), *old * kPageSize);
        EXPECT_EQ(memory->load<uint64_t>(*old * kPageSize + 8), 0u);
        EXPECT_TRUE(memory->store<uint64_t>(*old * kPageSize + 8, *old));
        EXPECT_EQ(memory->base(), base);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<uint64_t> all;
  for (const std::vector<uint64_t>& mine : olds) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  std::vector<uint64_t> wanted(kThreads * kGrows);
  std::iota(wanted.begin(), wanted.end(), 1);
  EXPECT_EQ(all, wanted);
  EXPECT_EQ(memory->grow(1), std::nullopt);
}

TEST(Memory, ConcurrentGrowsShareWhatIsLeft) {
  const auto memory = make(0, 100, true);
  std::atomic<uint64_t> granted{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 100; ++k) granted += memory->grow(3) ? 3 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(granted, 99u);
  EXPECT_EQ(memory->pages(), 99u);
}

// --- bulk transfers
// ---------------------------------------------------------------------------------------------------

constexpr uint64_t kWindow = 96;

std::vector<uint8_t> pattern() {
  std::vector<uint8_t> bytes(kWindow);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * 7 + 3);
  return bytes;
}
std::vector<uint8_t> window(const Memory& memory) {
  std::vector<uint8_t> bytes(kWindow);
  EXPECT_TRUE(memory.read(0, bytes));
  return bytes;
}

TEST(Memory, CopyIsMemmoveAtAllPhases) {
  for (const bool shared : {false, true}) {
    const auto memory = make(1, 1, shared);
    for (uint64_t to = 0; to < 32; ++to) {
      for (uint64_t from = 0; from < 32; ++from) {
        for (const uint64_t length : {0u, 1u, 2u, 7u, 8u, 9u, 15u, 16u, 17u, 24u, 31u, 33u, 64u}) {
          std::vector<uint8_t> bytes = pattern();
          ASSERT_TRUE(memory->write(0, bytes));
          std::memmove(&bytes[to], &bytes[from], length);
          ASSERT_TRUE(Memory::copy(*memory, to, *memory, from, length));
          ASSERT_EQ(window(*memory), bytes)
              << "to " << to << " from " << from << " length " << length << " shared " << shared;
        }
      }
    }
  }
}

TEST(Memory, CopyBetweenMemories) {
  for (const bool to_shared : {false, true}) {
    for (const bool from_shared : {false, true}) {
      const auto to = make(1, 1, to_shared), from = make(2, 2, from_shared);
      for (uint64_t phase = 0; phase < 8; ++phase) {
        ASSERT_TRUE(from->write(0, pattern()));
        ASSERT_TRUE(to->fill(0, 0xee, kWindow));
        ASSERT_TRUE(Memory::copy(*to, 3, *from, phase, 50));
        std::vector<uint8_t> bytes(kWindow, 0xee);
        std::memcpy(&bytes[3], &pattern()[phase], 50);
        ASSERT_EQ(window(*to), bytes);
      }
      EXPECT_FALSE(Memory::copy(*to, kPageSize, *from, 0, 1)) << "each side has its own bounds";
      EXPECT_TRUE(Memory::copy(*to, 0, *from, 2 * kPageSize - 1, 1));
    }
  }
}

TEST(Memory, FillReadAndWriteAtAllPhases) {
  for (const bool shared : {false, true}) {
    const auto memory = make(1, 1, shared);
    for (uint64_t at = 0; at < 16; ++at) {
      for (uint64_t length = 0; length < 40; ++length) {
        std::vector<uint8_t> bytes = pattern();
        ASSERT_TRUE(memory->write(0, bytes));
        std::memset(&bytes[at], 0xa5, length);
        ASSERT_TRUE(memory->fill(at, 0xa5, length));
        ASSERT_EQ(window(*memory), bytes);

        std::vector<uint8_t> source(length);
        std::iota(source.begin(), source.end(), uint8_t{100});
        ASSERT_TRUE(memory->write(at, source));
        std::copy(source.begin(), source.end(), bytes.begin() + static_cast<ptrdiff_t>(at));
        ASSERT_EQ(window(*memory), bytes);
        std::vector<uint8_t> back(length);
        ASSERT_TRUE(memory->read(at, back));
        ASSERT_EQ(back, source);
      }
    }
  }
}

TEST(Memory, OutOfBoundsTransfersChangeNothing) {
  constexpr uint64_t kHuge = ~uint64_t{0};
  for (const bool shared : {false, true}) {
    const auto memory = make(1, 2, shared);
    ASSERT_TRUE(memory->fill(0, 0x11, kPageSize));
    EXPECT_FALSE(memory->fill(kPageSize - 4, 0x22, 5));
    EXPECT_FALSE(memory->fill(0, 0x22, kPageSize + 1));
    EXPECT_FALSE(memory->fill(8, 0x22, kHuge)) << "address + length must not wrap";
    EXPECT_FALSE(memory->fill(kHuge, 0x22, 2));
    EXPECT_FALSE(memory->fill(kHuge, 0x22, 0));
    EXPECT_FALSE(Memory::copy(*memory, kPageSize - 4, *memory, 0, 5));
    EXPECT_FALSE(Memory::copy(*memory, 0, *memory, kPageSize - 4, 5));
    EXPECT_FALSE(Memory::copy(*memory, 8, *memory, 0, kHuge));
    EXPECT_FALSE(Memory::copy(*memory, 0, *memory, 8, kHuge - 4));
    EXPECT_FALSE(Memory::copy(*memory, kPageSize + 1, *memory, 0, 0));
    EXPECT_TRUE(Memory::copy(*memory, kPageSize, *memory, kPageSize, 0));
    std::vector<uint8_t> bytes(8, 0x33);
    EXPECT_FALSE(memory->write(kPageSize - 7, bytes));
    EXPECT_FALSE(memory->read(kPageSize - 7, bytes));
    EXPECT_EQ(bytes, std::vector<uint8_t>(8, 0x33));
    EXPECT_TRUE(std::all_of(memory->base(), memory->base() + kPageSize, [](uint8_t byte) { return byte == 0x11; }));
  }
}

// Racing bulk operations are legal for guests, so they must be no data race of ours: this is for ThreadSanitizer.
TEST(Memory, RacingTransfersAreNoHostRace) {
  const auto memory = make(1, 1, true);
  std::vector<std::thread> threads;
  for (uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&memory, t] {
      std::vector<uint8_t> bytes(100 + t);
      for (uint64_t i = 0; i < 200; ++i) {
        EXPECT_TRUE(memory->fill(t, static_cast<uint8_t>(i), 300));
        EXPECT_TRUE(Memory::copy(*memory, 7 - t, *memory, 50, 200));
        EXPECT_TRUE(memory->read(i % 9, bytes));
        EXPECT_TRUE(memory->write(i % 11, bytes));
        guest_store<uint32_t, true>(memory->base() + i % 5, 1);
        guest_load<uint64_t, true>(memory->base() + i % 7);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// --- single accesses
// --------------------------------------------------------------------------------------------------

template <class T, bool Shared>
void check_accesses() {
  alignas(8) uint8_t bytes[24];
  for (size_t at = 0; at + sizeof(T) <= sizeof bytes; ++at) {
    for (size_t i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<uint8_t>(0xc0 + i);
    T wanted;
    std::memcpy(&wanted, bytes + at, sizeof wanted);
    EXPECT_EQ((guest_load<T, Shared>(bytes + at)), wanted);
    const T stored = static_cast<T>(0x0123456789abcdef);
    guest_store<T, Shared>(bytes + at, stored);
    EXPECT_EQ((guest_load<T, Shared>(bytes + at)), stored);
    EXPECT_EQ(bytes[at], 0xef) << "little-endian";
    for (size_t i = 0; i < sizeof bytes; ++i) {
      if (i < at || i >= at + sizeof(T)) {
        EXPECT_EQ(bytes[i], 0xc0 + i) << "a neighbour";
      }
    }
  }
}

TEST(GuestAccess, AnyAlignment) {
  check_accesses<uint8_t, false>(), check_accesses<uint8_t, true>();
  check_accesses<uint16_t, false>(), check_accesses<uint16_t, true>();
  check_accesses<uint32_t, false>(), check_accesses<uint32_t, true>();
  check_accesses<uint64_t, false>(), check_accesses<uint64_t, true>();
}

// An aligned access of up to 32 bits must not tear; ours of 64 bits do not either.
TEST(GuestAccess, AlignedAccessesDoNotTear) {
  alignas(8) uint8_t bytes[8] = {};
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (uint64_t i = 0; i < 50'000; ++i) {
      guest_store<uint32_t, true>(bytes, i % 2 == 0 ? 0 : 0xffffffff);
      guest_store<uint64_t, true>(bytes, i % 2 == 0 ? 0 : ~uint64_t{0});
    }
    done = true;
  });
  while (!done) {
    const uint32_t value = guest_load<uint32_t, true>(bytes);
    EXPECT_TRUE(value == 0 || value == 0xffffffff) << value;
    const uint16_t half = guest_load<uint16_t, true>(bytes + 6);
    EXPECT_TRUE(half == 0 || half == 0xffff) << half;
  }
  writer.join();
}

}  // namespace
}  // namespace weft
