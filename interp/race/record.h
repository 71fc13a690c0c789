// SPDX-License-Identifier: Apache-2.0
//
// An access to eight bytes of guest memory, in one word.
#pragma once

#include <cstdint>

#include "interp/race/clock.h"

namespace weft {

/// Which bytes of a granule: bit i is byte i.
using ByteMask = uint8_t;
inline constexpr unsigned kGranule = 8;
inline constexpr uint32_t kMaxRaceThreads = 1u << 12;

/// Who accessed which bytes of a granule, when and how. An atomic access keeps its whole range (two are the same range
/// exactly when their masks are equal: atomic accesses are aligned, and no wider than a granule).
class Record {
 public:
  constexpr Record() = default;
  constexpr explicit Record(uint64_t word) : word_(word) {}
  constexpr Record(uint32_t thread, Time time, bool write, bool atomic, ByteMask mask)
      : word_(mask | uint64_t{write} << 8 | uint64_t{atomic} << 9 | uint64_t{thread} << 10 | time << 22) {}

  constexpr uint64_t word() const { return word_; }
  constexpr explicit operator bool() const { return word_ != 0; }
  constexpr ByteMask mask() const { return static_cast<ByteMask>(word_); }
  constexpr bool write() const { return (word_ >> 8 & 1) != 0; }
  constexpr bool atomic() const { return (word_ >> 9 & 1) != 0; }
  constexpr uint32_t thread() const { return word_ >> 10 & (kMaxRaceThreads - 1); }
  constexpr Time time() const { return word_ >> 22; }

  constexpr bool overlaps(Record other) const { return (mask() & other.mask()) != 0; }
  /// Whether they differ in their bytes only.
  constexpr bool is_like(Record other) const { return word_ >> 8 == other.word_ >> 8; }
  /// Whether both are plain and of one thread, at whatever time, and both write or both read.
  constexpr bool is_of(Record other) const { return ((word_ ^ other.word_) >> 8 & 0x3fff) == 0 && !atomic(); }
  /// Of a plain read of no bytes: another access at that time.
  constexpr Record as(bool write, bool atomic, ByteMask mask) const {
    return Record(word_ | uint64_t{write} << 8 | uint64_t{atomic} << 9 | mask);
  }
  constexpr Record with(ByteMask mask) const { return Record((word_ & ~uint64_t{0xff}) | mask); }

  /// Whether this record, of the same thread and time, says all that `other` would: both plain, and a write counts for
  /// a read.
  constexpr bool covers(Record other) const {
    const uint64_t but_write = word_ & ~(uint64_t{1} << 8);
    return (word_ >> 8 == other.word_ >> 8 || but_write >> 8 == other.word_ >> 8) && !atomic() &&
           (other.mask() & ~mask()) == 0;
  }

 private:
  uint64_t word_ = 0;
};

/// Whether two accesses that overlap, neither before the other, are a race: one writes, and they are not atomic
/// accesses of the same range (relaxed, "data race").
constexpr bool conflict(Record a, Record b) {
  return (a.write() || b.write()) && !(a.atomic() && b.atomic() && a.mask() == b.mask());
}

/// Whether nothing is lost by forgetting `earlier`, which came before `later`: what will race with it races with
/// `later`, too, in those bytes that both accessed.
constexpr bool supersedes(Record later, Record earlier) {
  return (later.write() || !earlier.write()) &&
         (!later.atomic() || (earlier.atomic() && later.mask() == earlier.mask()));
}

}  // namespace weft
