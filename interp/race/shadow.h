// SPDX-License-Identifier: Apache-2.0
//
// What the race detector keeps of a linear memory: for each eight bytes, who accessed them last.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "interp/error.h"
#include "interp/mutex.h"
#include "interp/platform.h"
#include "interp/race/clock.h"
#include "interp/race/race.h"
#include "interp/race/record.h"

namespace weft {

/// Where an access was made: an index of RaceDetector's places, and a bit for what the function there is trusted with
/// (trusted.h).
using PlaceId = uint32_t;
inline constexpr PlaceId kSynchronisingPlace = PlaceId{1} << 31, kAllocatingPlace = PlaceId{1} << 30;
inline constexpr PlaceId kTrustedPlace = kSynchronisingPlace | kAllocatingPlace;

/// What a seqcst write of some bytes published: whoever reads them with the same range has seen it (synchronises-with).
struct Release {
  ByteMask range = 0;
  ByteMask last = 0;  ///< the bytes of which it is still the last write
  uint32_t thread = 0;
  Time time = 0;                              ///< of that thread: who knows of it knows all of the clock
  std::shared_ptr<const VectorClock> others;  ///< the clock, but for the thread's own time
};

/// An access and where it was made.
struct Trace {
  Record record;
  PlaceId place = 0;
};

/// The history of eight bytes. Thread safety: everything under its lock (CellLock), but records, which may be read
/// without it: each is one word, and what holds them stays as long as the memory.
class ShadowCell {
 public:
  static constexpr size_t kInline = 2;
  /// Where the accesses of a record were made: to the lower four bytes, and to the upper ones. (Where loops are
  /// unrolled, neighbours are accessed at different places.)
  using Places = std::array<PlaceId, 2>;
  /// Room for some accesses.
  template <size_t n>
  struct Traces {
    std::array<std::atomic<uint64_t>, n> records{};
    std::array<Places, n> places{};

    bool has(Record record) const {
      for (const std::atomic<uint64_t>& word : records) {
        // Relaxed: a record that is read too early or too late is only a way to the lock.
        if (Record(word.load(std::memory_order_relaxed)).covers(record)) return true;
      }
      return false;
    }
  };
  /// What few granules need: of synchronisation, or of more than some threads at once.
  struct Rest {
    std::vector<std::pair<Record, Places>> traces;
    std::vector<Release> releases;
  };
  /// What is accessed by several threads needs this.
  struct More {
    Traces<4> traces;
    std::unique_ptr<Rest> rest;

    bool is_empty() const {
      if (rest != nullptr) return false;
      // Relaxed: asked under the lock.
      for (const std::atomic<uint64_t>& word : traces.records)
        if (word.load(std::memory_order_relaxed) != 0) return false;
      return true;
    }
  };

  /// Whether it has such a record already (or one that says more). No lock is needed.
  bool has(Record record) const {
    if (traces_.has(record)) return true;
    const auto* more =
        reinterpret_cast<const More*>(more_.load(std::memory_order_acquire) & ~kLocked);  // as it was made
    return more != nullptr && more->traces.has(record);
  }

  /// CellLock::add() of a plain access, in the case that most are of: only this thread accessed these bytes so far.
  /// False, and nothing changed, in others.
  bool renew(Record now, PlaceId place) {
    uintptr_t nothing_more = 0;
    if (!more_.compare_exchange_strong(nothing_more, kLocked, std::memory_order_acquire, std::memory_order_relaxed))
      return false;
    const auto is_own = [now](Record record) { return record.is_of(now) && record.mask() == now.mask(); };
    bool done = false;
    for (size_t i = 0; i < traces_.records.size() && !done; ++i) {
      // Relaxed, as everywhere under the lock.
      const Record here(traces_.records[i].load(std::memory_order_relaxed));
      const Record other(traces_.records[1 - i].load(std::memory_order_relaxed));
      if ((here && !is_own(here)) || (other && other.thread() != now.thread())) continue;
      if (!here && is_own(other)) continue;  // rather there
      traces_.places[i] = {place, place};
      traces_.records[i].store(now.word(), std::memory_order_relaxed);
      done = true;
    }
    more_.store(0, std::memory_order_release);  // pairs with the lock's acquire
    return done;
  }

 private:
  friend class CellLock;
  static constexpr uintptr_t kLocked = 1;
  std::atomic<uintptr_t> more_{0};  // a pointer to More, or null; its lowest bit is the lock
  static_assert(kInline == 2);
  Traces<kInline> traces_;
};
static_assert(sizeof(ShadowCell) == 40);

/// What the detector keeps of one memory. Thread safety: any thread; the mutex guards what its annotations say.
class Shadow {
 public:
  /// Of a memory that has now `size` bytes and never more than `limit`. Error: host.
  static Result<std::unique_ptr<Shadow>> create(uint64_t size, uint64_t limit);

  ShadowCell* cells() const { return reinterpret_cast<ShadowCell*>(reservation_.base()); }
  /// Makes cells for so many bytes, as far as the system has room: the bytes that have some.
  uint64_t cover(uint64_t size);

  /// A suspension at an address (wait, wake-up, notify): each learns of the one before (relaxed-wait-notify).
  void pass_queue(uint64_t address, VectorClock& clock);

  /// A memory.grow that succeeded, and from where bytes are only there for who knows of it.
  struct Growth {
    Record by;
    PlaceId place = 0;
    uint64_t old_size = 0, new_size = 0;
  };
  /// Held while the length is read with an order, or grows, and until that is told: the detector's order is the
  /// memory's.
  Mutex& length_step() { return length_step_; }
  void read_length(VectorClock& clock);
  /// An access beyond the length that the memory had.
  struct Trapped {
    Trace trace;
    ByteRange range;
  };
  void out_of_bounds(const Trapped& access);
  /// Who traps though the memory now has those bytes, and did not know that it would.
  std::vector<Trapped> grow(const Growth& growth, VectorClock& clock);
  /// How long the memory is for who knows this clock; `next`, where not null, gets the first growth beyond.
  uint64_t known_length(const VectorClock& clock, uint32_t thread, Growth* next = nullptr);

 private:
  explicit Shadow(uint64_t size, Reservation reservation) : first_size_(size), reservation_(std::move(reservation)) {}

  const uint64_t first_size_;
  Mutex length_step_;  // taken before mutex_, and the memory's
  Mutex mutex_;
  Reservation reservation_;  // cover() under mutex_
  uint64_t covered_ WEFT_GUARDED_BY(mutex_) = 0;
  std::unordered_map<uint64_t, VectorClock> queues_ WEFT_GUARDED_BY(mutex_);
  VectorClock length_ WEFT_GUARDED_BY(mutex_);
  std::vector<Growth> growths_ WEFT_GUARDED_BY(mutex_);
  std::vector<Trapped> trapped_ WEFT_GUARDED_BY(mutex_);
};

/// Where what few granules need comes from, and goes back to. What a cell once had may be read by threads that are
/// late, so it is never freed before the detector: nobody reads a record of its own there that it has not written into
/// that cell.
class MorePool {
 public:
  ShadowCell::More& take();
  void give_back(ShadowCell::More& more) { free_.push_back(&more); }

 private:
  std::vector<ShadowCell::More*> free_;
  std::deque<ShadowCell::More> all_;
};

/// Holds a cell's lock for a scope, and works on the cell. It spins: nobody holds one for long.
class CellLock {
 public:
  CellLock(MorePool& pool, ShadowCell& cell);
  ~CellLock() { cell_.more_.store(more_, std::memory_order_release); }  // pairs with the lock's acquire
  CellLock(const CellLock&) = delete;
  CellLock& operator=(const CellLock&) = delete;

  /// Adds an access of a thread that knows this clock. What it races with is appended to `races`.
  void add(const Trace& access, const VectorClock& clock, std::vector<Trace>& races);
  /// A seqcst read of these bytes learns of the write that it reads from: whether that was news.
  bool acquire(ByteMask range, VectorClock& clock) const;
  /// A seqcst write of these bytes publishes the thread's clock.
  void release(ByteMask range, uint32_t thread, Time time, const std::shared_ptr<const VectorClock>& others);

 private:
  ShadowCell::More* more() const { return reinterpret_cast<ShadowCell::More*>(more_); }
  ShadowCell::Rest* rest() const { return more_ == 0 ? nullptr : more()->rest.get(); }
  ShadowCell::More& make_more();
  ShadowCell::Rest& make_rest();

  MorePool& pool_;
  ShadowCell& cell_;
  uintptr_t more_;  // as in the cell, without the lock
};

}  // namespace weft
