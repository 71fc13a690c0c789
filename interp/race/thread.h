// SPDX-License-Identifier: Apache-2.0
//
// One thread as the race detector sees it: what it knows of the others, and what happens at each of its accesses.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "interp/execute.h"
#include "interp/memory.h"
#include "interp/race/detector.h"
#include "interp/race/shadow.h"
#include "interp/registers.h"

namespace weft {

/// Thread safety: none; it belongs to its thread.
class RaceThread {
 public:
  RaceThread(RaceDetector& detector, uint32_t id, uint32_t number, VectorClock clock);

  uint32_t id() const { return id_; }

  // Accesses to shared memories, which must be in bounds, before they happen. `r` is where the thread stands.

  /// Whether a plain access need not be told, because one like it was at this time. Of at most 16 bytes.
  bool knows(const Memory& memory, uint64_t address, unsigned width, bool write) const {
    if (&memory != memory_ || address + width > known_length_) return false;
    const unsigned first = address % kGranule;
    const ShadowCell* cell = cells_ + address / kGranule;
    const uint32_t bytes = ((uint32_t{1} << width) - 1) << first;
    if (!cell->has(record(write, false, static_cast<ByteMask>(bytes)))) return false;
    for (uint32_t more = bytes >> kGranule; more != 0; more >>= kGranule) {
      if (!(++cell)->has(record(write, false, static_cast<ByteMask>(more)))) return false;
    }
    return true;
  }
  /// Whether the function there is one whose aligned plain accesses are to be told as atomic ones (trusted.h).
  bool synchronises(const Registers& r) { return (place(r) & kSynchronisingPlace) != 0; }
  void access(const Registers& r, Memory& memory, uint64_t address, uint64_t width, bool write);
  /// By the host, on this thread's behalf; `who` must live as long as the detector.
  void host_access(const Agent& agent, const std::string& who, Memory& memory, uint64_t address, uint64_t width,
                   bool write);
  /// An access that traps.
  void out_of_bounds(const Registers& r, Memory& memory, uint64_t address, uint64_t width);

  // Synchronisation. A step holds the lock of what it accesses, so that the detector's order is the memory's.

  /// An atomic access that happens while this lives.
  class AtomicStep {
   public:
    AtomicStep(RaceThread& thread, const Registers& r, Memory& memory, uint64_t address, unsigned width);
    /// Unlocks, and reports.
    ~AtomicStep();
    AtomicStep(const AtomicStep&) = delete;
    AtomicStep& operator=(const AtomicStep&) = delete;
    /// What it does: said once, before it happens.
    void happen(bool reads, bool writes);

   private:
    RaceThread& thread_;
    const uint64_t address_;
    const unsigned width_;
    PlaceId place_ = 0;
    std::optional<CellLock> lock_;  // nothing where nothing is kept
    Trace now_;
    std::vector<Trace> races_;
  };
  /// The thread enters a wait queue, leaves it, or notifies.
  void suspension(Memory& memory, uint64_t address);
  /// The thread has a memory, which is new or known: an instance links with the length that it has.
  void meet(Memory& memory);
  /// To be held while one of the following two happens and is told; afterwards, when it is known what it gave.
  Mutex& length_step(Memory& memory);
  void size(Memory& memory);
  void grow(const Registers& r, Memory& memory, uint64_t old_size, uint64_t new_size);

  /// Memory::grow(), by the host on this thread's behalf, and told.
  std::optional<uint64_t> host_grow(const Agent& agent, Memory& memory, uint64_t delta);

  /// Its backtrace is another one than before: it called, returned, or the like.
  void frames_changed() { ++generation_; }

 private:
  friend class RaceDetector;
  struct LatestPlace {  // by where it is
    const Cell* pc = nullptr;
    uint64_t generation = 0;
    PlaceId id = 0;
  };
  struct KnownPlace {  // by a number of its backtrace
    uint64_t digest = 0;
    PlaceId id = 0;
  };

  Record record(bool write, bool atomic, ByteMask mask) const { return stamp_.as(write, atomic, mask); }
  PlaceId place(const Registers& r);
  void access_at(PlaceId place, Memory& memory, uint64_t address, uint64_t width, bool write);
  /// Makes it the memory that knows() knows.
  Shadow* enter(Memory& memory);
  void set_known_length(uint64_t length);
  void check_length(PlaceId place, uint64_t address, uint64_t width);
  void grow_at(PlaceId place, Memory& memory, uint64_t old_size, uint64_t new_size);
  /// What it knows of others, for those who learn of it: made anew when that has changed.
  const std::shared_ptr<const VectorClock>& snapshot();
  void tick();
  void report_all(const Trace& now, const std::vector<Trace>& races, uint64_t granule, uint64_t address,
                  uint64_t width);

  RaceDetector& detector_;
  const uint32_t id_;
  const uint32_t number_;  // in clocks
  VectorClock clock_;
  std::shared_ptr<const VectorClock> snapshot_;  // null when clock_ has more
  Record stamp_;                                 // a plain read of no bytes, now
  const Memory* memory_ = nullptr;
  Shadow* shadow_ = nullptr;
  ShadowCell* cells_ = nullptr;
  uint64_t known_length_ = 0;
  uint64_t generation_ = 1;
  struct Caches {
    std::array<LatestPlace, 64> latest{};
    std::array<KnownPlace, 1024> known{};
    HeaderCache headers;
  };
  std::unique_ptr<Caches> caches_ = std::make_unique<Caches>();  // until the thread ends
  MorePool pool_;
  Mutex spare_step_;          // of memories of which nothing is kept
  std::vector<Trace> races_;  // of the access that is looked at
};

}  // namespace weft
