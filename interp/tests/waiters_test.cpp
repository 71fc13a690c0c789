// SPDX-License-Identifier: Apache-2.0
//
// The wait queues with real threads. No test sleeps to order events: a notifier waits until it sees the waiter
// enqueued.
#include "interp/waiters.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <memory>
#include <thread>
#include <vector>

#include "interp/guest_access.h"
#include "interp/memory.h"
#include "interp/platform.h"

namespace weft {
namespace {

constexpr int64_t kForever = -1;
constexpr int64_t kMillisecond = 1'000'000;
constexpr uint32_t kAll = 0xffffffff;

class WaitersTest : public ::testing::Test {
 protected:
  /// A thread that waits at an address.
  struct Sleeper {
    WaitCell cell;
    std::thread thread;
    WaitResult result{};
    std::atomic<bool> awake{false};
    uint32_t position = 0;
  };

  ~WaitersTest() override {
    for (auto& sleeper : sleepers_) {
      sleeper->cell.stop();
      if (sleeper->thread.joinable()) sleeper->thread.join();
    }
  }

  /// Starts a sleeper; returns once it is enqueued.
  template <class T = uint32_t>
  Sleeper& sleep(uint64_t address, int64_t timeout = kForever, T expected = 0) {
    Sleeper& sleeper = *sleepers_.emplace_back(std::make_unique<Sleeper>());
    const uint32_t before = waiters_.waiting(address);
    sleeper.thread = std::thread([=, this, &sleeper] {
      sleeper.result = waiters_.wait(sleeper.cell, address, guest<T>(address), expected, timeout);
      sleeper.position = woken_++;
      sleeper.awake = true;
    });
    while (waiters_.waiting(address) == before && !sleeper.awake) std::this_thread::yield();
    return sleeper;
  }

  WaitResult join(Sleeper& sleeper) { return sleeper.thread.join(), sleeper.result; }

  template <class T>
  const T* guest(uint64_t address) const {
    return reinterpret_cast<const T*>(bytes_ + address);
  }

  alignas(8) uint8_t bytes_[256] = {};
  Waiters waiters_;
  std::atomic<uint32_t> woken_{0};
  std::vector<std::unique_ptr<Sleeper>> sleepers_;
};

TEST_F(WaitersTest, NobodyToNotify) {
  EXPECT_EQ(waiters_.notify(0, kAll), 0u);
  EXPECT_EQ(waiters_.waiting(0), 0u);
}

TEST_F(WaitersTest, AnotherValueDoesNotWait) {
  WaitCell cell;
  bytes_[8] = 5;
  EXPECT_EQ(waiters_.wait(cell, 8, guest<uint32_t>(8), uint32_t{4}, kForever), WaitResult::not_equal);
  EXPECT_EQ(waiters_.wait(cell, 8, guest<uint64_t>(8), uint64_t{4}, 0), WaitResult::not_equal) << "before the timeout";
  bytes_[12] = 1;
  EXPECT_EQ(waiters_.wait(cell, 8, guest<uint32_t>(8), uint32_t{5}, 0), WaitResult::timed_out);
  EXPECT_EQ(waiters_.wait(cell, 8, guest<uint64_t>(8), uint64_t{5}, 0), WaitResult::not_equal) << "64 bits";
  EXPECT_EQ(waiters_.waiting(8), 0u);
}

TEST_F(WaitersTest, WakesInTheOrderOfArrival) {
  constexpr uint32_t kSleepers = 8;
  for (uint32_t i = 0; i < kSleepers; ++i) sleep(16);
  for (uint32_t i = 0; i < kSleepers; ++i) {
    EXPECT_EQ(waiters_.notify(16, 1), 1u);
    EXPECT_EQ(join(*sleepers_[i]), WaitResult::woken);
    EXPECT_EQ(sleepers_[i]->position, i);
    EXPECT_EQ(waiters_.waiting(16), kSleepers - 1 - i);
  }
}

TEST_F(WaitersTest, CountLimitsHowMany) {
  for (int i = 0; i < 6; ++i) sleep(16);
  EXPECT_EQ(waiters_.notify(16, 0), 0u);
  EXPECT_EQ(waiters_.waiting(16), 6u);
  EXPECT_EQ(waiters_.notify(16, 2), 2u);
  EXPECT_EQ(join(*sleepers_[0]), WaitResult::woken);
  EXPECT_EQ(join(*sleepers_[1]), WaitResult::woken);
  EXPECT_FALSE(sleepers_[2]->awake);
  EXPECT_EQ(waiters_.notify(16, kAll), 4u) << "the count is unsigned";
  for (size_t i = 2; i < 6; ++i) EXPECT_EQ(join(*sleepers_[i]), WaitResult::woken);
  EXPECT_EQ(waiters_.notify(16, kAll), 0u);
}

TEST_F(WaitersTest, KeysAreExactAddresses) {
  // The whole area, so that some addresses share a bucket.
  for (uint64_t address = 0; address < sizeof bytes_; address += 4) sleep(address);
  for (uint64_t address = 0; address < sizeof bytes_; address += 4) {
    EXPECT_EQ(waiters_.waiting(address), 1u);
    EXPECT_EQ(waiters_.notify(address, kAll), 1u) << address;
    EXPECT_EQ(join(*sleepers_[address / 4]), WaitResult::woken);
    EXPECT_EQ(waiters_.notify(address, kAll), 0u);
  }
}

TEST_F(WaitersTest, WidthsShareTheQueueOfAnAddress) {
  sleep<uint32_t>(8);
  sleep<uint64_t>(8);
  sleep<uint32_t>(12);
  EXPECT_EQ(waiters_.notify(8, kAll), 2u);
  EXPECT_EQ(join(*sleepers_[0]), WaitResult::woken);
  EXPECT_EQ(join(*sleepers_[1]), WaitResult::woken);
  EXPECT_EQ(waiters_.notify(12, kAll), 1u) << "not covered by the 64-bit waiter at 8";
  EXPECT_EQ(join(*sleepers_[2]), WaitResult::woken);
}

TEST_F(WaitersTest, FirstAndLastLeaveTheQueueInOrder) {
  // Wakes leave from the front, stops from the middle and the end; the queue's ends must stay right.
  for (int i = 0; i < 5; ++i) sleep(16);
  sleepers_[2]->cell.stop();
  EXPECT_EQ(join(*sleepers_[2]), WaitResult::stopped);
  sleepers_[4]->cell.stop();
  EXPECT_EQ(join(*sleepers_[4]), WaitResult::stopped);
  sleep(16);
  EXPECT_EQ(waiters_.notify(16, 1), 1u);
  EXPECT_EQ(join(*sleepers_[0]), WaitResult::woken);
  EXPECT_EQ(waiters_.notify(16, 2), 2u);
  EXPECT_EQ(join(*sleepers_[1]), WaitResult::woken);
  EXPECT_EQ(join(*sleepers_[3]), WaitResult::woken);
  EXPECT_EQ(waiters_.notify(16, kAll), 1u);
  EXPECT_EQ(join(*sleepers_[5]), WaitResult::woken);
}

TEST_F(WaitersTest, Timeouts) {
  WaitCell cell;
  const auto wait = [&](int64_t timeout) { return waiters_.wait(cell, 8, guest<uint32_t>(8), uint32_t{0}, timeout); };
  EXPECT_EQ(wait(0), WaitResult::timed_out);
  EXPECT_EQ(wait(1), WaitResult::timed_out);
  const int64_t begin = monotonic_now();
  EXPECT_EQ(wait(30 * kMillisecond), WaitResult::timed_out);
  EXPECT_GE(monotonic_now() - begin, 30 * kMillisecond) << "never early";
  EXPECT_EQ(waiters_.waiting(8), 0u);
  EXPECT_EQ(waiters_.notify(8, kAll), 0u) << "who timed out is no waiter";
}

TEST_F(WaitersTest, TimeoutsEndInTheirOrder) {
  Sleeper& longer = sleep(8, 10'000 * kMillisecond);
  Sleeper& shorter = sleep(8, 10 * kMillisecond);
  EXPECT_EQ(join(shorter), WaitResult::timed_out);
  EXPECT_FALSE(longer.awake);
  EXPECT_EQ(waiters_.notify(8, kAll), 1u) << "the one that timed out does not count";
  EXPECT_EQ(join(longer), WaitResult::woken);
}

TEST_F(WaitersTest, EndlessTimeouts) {
  const int64_t kEndless[] = {-1, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(),
                              std::numeric_limits<int64_t>::max() - 1'000'000'000};
  for (const int64_t timeout : kEndless) sleep(8, timeout);
  EXPECT_EQ(waiters_.notify(8, kAll), std::size(kEndless));
  for (auto& sleeper : sleepers_) EXPECT_EQ(join(*sleeper), WaitResult::woken);
}

TEST_F(WaitersTest, StopEndsAWaitAndEveryLaterOne) {
  Sleeper& sleeper = sleep(8);
  sleeper.cell.stop();
  EXPECT_EQ(join(sleeper), WaitResult::stopped);
  EXPECT_EQ(waiters_.waiting(8), 0u);
  EXPECT_EQ(waiters_.wait(sleeper.cell, 8, guest<uint32_t>(8), uint32_t{0}, kForever), WaitResult::stopped);
  WaitCell early;
  early.stop();
  EXPECT_EQ(waiters_.wait(early, 8, guest<uint64_t>(8), uint64_t{0}, 1'000 * kMillisecond), WaitResult::stopped);
}

TEST_F(WaitersTest, ACellWaitsAgainAndAgain) {
  WaitCell cell;
  std::atomic<uint32_t> rounds{0};
  std::thread thread([&] {
    for (uint32_t i = 0; i < 1000; ++i) {
      waiters_.wait(cell, 8 + 4u * (i % 3), guest<uint32_t>(8), uint32_t{0}, kForever);
      ++rounds;
    }
  });
  for (uint32_t i = 0; i < 1000; ++i) {
    while (waiters_.notify(8 + 4u * (i % 3), 1) == 0) std::this_thread::yield();
  }
  thread.join();
  EXPECT_EQ(rounds, 1000u);
}

// Notifies and timeouts that meet: each wait ends exactly once, so the wakes that notify counted are the waits that
// were woken.
TEST_F(WaitersTest, NotifyCountsExactlyTheWaitsThatWereWoken) {
  constexpr int kSleepers = 4, kRounds = 2'000;
  std::atomic<uint32_t> woken{0}, timed_out{0};
  std::atomic<int> running{kSleepers};
  std::vector<std::thread> threads;
  for (int t = 0; t < kSleepers; ++t) {
    threads.emplace_back([&, t] {
      WaitCell cell;
      for (int i = 0; i < kRounds; ++i) {
        const WaitResult result = waiters_.wait(cell, 8, guest<uint32_t>(8), uint32_t{0}, 1 + (i * 7 + t) % 20'000);
        ++(result == WaitResult::woken ? woken : timed_out);
      }
      --running;
    });
  }
  uint32_t notified = 0;
  while (running > 0) notified += waiters_.notify(8, 2);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(woken, notified);
  EXPECT_EQ(woken + timed_out, static_cast<uint32_t>(kSleepers * kRounds));
}

// Stops and notifies that meet: a wake is either the waiter's or not counted.
TEST_F(WaitersTest, StopAndNotifyDoNotBothWin) {
  for (int round = 0; round < 300; ++round) {
    Sleeper& sleeper = sleep(8);
    uint32_t notified = 0;
    std::thread notifier([&] { notified = waiters_.notify(8, kAll); });
    sleeper.cell.stop();
    notifier.join();
    const WaitResult result = join(sleeper);
    EXPECT_EQ(notified == 1, result == WaitResult::woken) << static_cast<uint32_t>(result);
    EXPECT_TRUE(result == WaitResult::woken || result == WaitResult::stopped);
  }
}

/// Rounds of the handshake, fewer where every access is instrumented, and how long it may take where the machine is
/// busy.
#if defined(WEFT_SANITIZED)
constexpr uint32_t kHandshakes = 50'000;
#else
constexpr uint32_t kHandshakes = 1'000'000;
#endif
constexpr int64_t kHandshakeTime = 20'000 * kMillisecond;

// No wake-up may be lost even when the guest stored with a plain access before it notified: each side stores, notifies,
// and waits for the other without a timeout. A lost wake-up is a hang, which the watchdog of ctest names.
TEST(Waiters, NoWakeUpIsLostAfterAPlainStore) {
  auto created = Memory::create({{1, 1}, true});
  ASSERT_TRUE(created);
  Memory& memory = **created;
  constexpr uint64_t kPing = 64, kPong = 128;
  const auto say = [&](uint64_t address, uint32_t round) {
    guest_store<uint32_t, true>(memory.base() + address, round);
    memory.waiters().notify(address, 1);
  };
  const auto hear = [&](WaitCell& cell, uint64_t address, uint32_t round) {
    const uint8_t* guest = memory.base() + address;
    while (guest_load<uint32_t, true>(guest) != round) {
      memory.waiters().wait(cell, address, reinterpret_cast<const uint32_t*>(guest), round - 1, kForever);
    }
  };
  std::atomic<uint32_t> last{kHandshakes};
  std::thread other([&] {
    WaitCell cell;
    for (uint32_t round = 1; round <= last; ++round) {
      hear(cell, kPing, round);
      say(kPong, round);
    }
  });
  WaitCell cell;
  const int64_t end = monotonic_now() + kHandshakeTime;
  for (uint32_t round = 1; round <= last; ++round) {
    if (round % 1024 == 0 && monotonic_now() > end) last = round;
    say(kPing, round);
    hear(cell, kPong, round);
  }
  other.join();
  EXPECT_EQ(memory.load<uint32_t>(kPong), last);
}

}  // namespace
}  // namespace weft
