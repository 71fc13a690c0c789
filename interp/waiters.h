// SPDX-License-Identifier: Apache-2.0
//
// The wait queues of one linear memory (exec-memory.atomic.waitn, exec-memory.atomic.notify; relaxed-wait-notify).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "interp/mutex.h"

namespace weft {

/// The result of memory.atomic.wait as the guest sees it, and `stopped`, which it never sees.
enum class WaitResult : uint32_t { woken = 0, not_equal = 1, timed_out = 2, stopped = 3 };

/// A wait whose agent sleeps.
struct Wait {
  uint64_t address = 0;   ///< effective
  uint64_t expected = 0;  ///< what the cell held when it fell asleep
  int64_t timeout = 0;    ///< nanoseconds, negative for ever
};

/// Hears of the waits of one agent, on that agent's thread; no lock of ours is held.
class WaitWatch {
 public:
  virtual ~WaitWatch() = default;
  /// The agent is in its queue and about to sleep. True: its timeout shall pass at once.
  virtual bool sleeps(const Wait& wait) = 0;
  /// The wait is over; it need not have slept.
  virtual void wakes(WaitResult result) = 0;
};

/// Where one agent sleeps. Thread safety: the agent that owns it waits; any thread may stop() it.
class WaitCell {
 public:
  /// Ends the present wait, or the next one at once, with `stopped`.
  void stop();
  /// Whether it sleeps, and nobody has ended that yet. Any thread may ask.
  bool is_waiting() const { return state_.load() == waiting; }
  /// Null for none. Only while nobody waits here.
  void watch(WaitWatch* watch) { watch_ = watch; }

 private:
  friend class Waiters;
  enum State : uint32_t { idle, waiting, notified, stopped };
  std::atomic<uint32_t> state_{idle};
  WaitWatch* watch_ = nullptr;
  uint64_t address_ = 0;  // the three are guarded by the mutex of the bucket it waits in
  WaitCell* next_ = nullptr;
  bool queued_ = false;
};

/// FIFO queues of agents, one for each effective address, whatever the width of the access.
///
/// Thread safety: all members may be called from any thread. Each bucket's list is guarded by its mutex; no other lock
/// is taken while it is held. Invariant: the guest's value is compared and the waiter enqueued in one critical section,
/// so that no notify falls between (the specification makes them one reduction step).
class Waiters {
 public:
  /// Waits at `address` if *guest still equals `expected` (T is uint32_t or uint64_t; the pointer is naturally aligned
  /// guest memory). `timeout` in nanoseconds, negative for ever. Blocks the calling thread; calls `before` when it is
  /// about to.
  template <class T, class Before = decltype([] {})>
  WaitResult wait(WaitCell& self, uint64_t address, const T* guest, T expected, int64_t timeout, Before before = {}) {
    // Such a wait is but a read: it enters no queue and needs no lock.
    if (differs(guest, expected)) return WaitResult::not_equal;
    before();
    return sleep(self, address, guest, expected, timeout);
  }

  /// Wakes up to `count` of the agents waiting at `address`, the oldest first; how many it woke. Takes no lock when
  /// nobody waits.
  uint32_t notify(uint64_t address, uint32_t count) {
    // A read-modify-write, not a load: it is ordered with the waiter's increment even when the guest's store before it
    // was a plain one, so either it sees the waiter or the waiter's comparison sees the store (no lost wake-up,
    // ecma262#1680). Of one that adds 0 clang makes a fence, which takes four times as long.
    uint32_t nobody = 0;
    if (bucket(address).sleepers.compare_exchange_strong(nobody, 0) || count == 0) return 0;
    return wake(address, count);
  }

  /// How many agents wait at `address` now.
  uint32_t waiting(uint64_t address);

 private:
  struct alignas(64) Bucket {
    std::atomic<uint32_t> sleepers{0};
    Mutex mutex;
    WaitCell* first WEFT_GUARDED_BY(mutex) = nullptr;
    WaitCell* last WEFT_GUARDED_BY(mutex) = nullptr;

    void push(WaitCell& cell) WEFT_REQUIRES(mutex);
    void remove(WaitCell& cell) WEFT_REQUIRES(mutex);
  };
  static constexpr size_t kBuckets = 64;

  template <class T>
  static bool differs(const T* guest, T expected) {
    const T found = std::atomic_ref<T>(*const_cast<T*>(guest)).load();
    return found != expected;
  }
  template <class T>
  WaitResult sleep(WaitCell& self, uint64_t address, const T* guest, T expected, int64_t timeout);
  uint32_t wake(uint64_t address, uint32_t count);

  Bucket& bucket(uint64_t address) { return buckets_[(address >> 2) * 0x9e3779b97f4a7c15 >> 58]; }

  std::array<Bucket, kBuckets> buckets_;
};

}  // namespace weft
