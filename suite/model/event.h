// SPDX-License-Identifier: Apache-2.0
//
// Events and actions of the relaxed memory model (syntax-evt, syntax-act). All are plain values.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "interp/instructions.h"

namespace weft::model {

/// The bytes of an access, lowest address first; those beyond its size are 0.
using Bytes = std::array<uint8_t, 16>;

constexpr Bytes to_bytes(uint64_t low, uint64_t high = 0) {
  Bytes bytes{};
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<uint8_t>(low >> 8 * i);
    bytes[8 + i] = static_cast<uint8_t>(high >> 8 * i);
  }
  return bytes;
}
/// The lower half as a number; with `from` = 8 the upper one.
constexpr uint64_t to_number(const Bytes& bytes, unsigned from = 0) {
  uint64_t number = 0;
  for (unsigned i = 0; i < 8; ++i) number |= uint64_t{bytes[from + i]} << 8 * i;
  return number;
}

/// The orderings of syntax-ord.
enum class Ordering : uint8_t { unord, seqcst, init };

/// The regions of syntax-region that a memory has: its length, and its data.
enum class Region : uint8_t { length, data };

/// An action rd, wr or rmw (syntax-act): what an event does to one range of one region. The length is a number of pages
/// and never torn; it is treated as eight bytes at address 0.
struct Access {
  Region region = Region::data;
  Ordering ordering = Ordering::unord;
  bool reads = false, writes = false;
  bool tear_free = false;  ///< relaxed-tearfree
  uint64_t start = 0;      ///< the range (relaxed-range), in bytes
  uint64_t size = 0;       ///< 0: there is no such action
  Bytes read{}, written{};
  const std::vector<uint8_t>* image = nullptr;  ///< what the initial write has written; null for zeros

  explicit operator bool() const { return size != 0; }
  bool covers(uint64_t address) const { return address >= start && address - start < size; }
  /// The byte that it writes there. What is longer than the widest access are the zeros of new pages.
  uint8_t written_at(uint64_t address) const {
    if (image != nullptr) return (*image)[address];
    return size <= written.size() ? written[address - start] : 0;
  }
};

/// relaxed-range: whether the ranges intersect.
constexpr bool overlap(const Access& a, const Access& b) {
  return a.region == b.region && a.size != 0 && b.size != 0 && a.start < b.start + b.size && b.start < a.start + a.size;
}
/// relaxed-range: whether they are equal.
constexpr bool same_range(const Access& a, const Access& b) {
  return a.region == b.region && a.start == b.start && a.size == b.size;
}
/// relaxed-sync: both sequentially consistent, of equal ranges.
constexpr bool synchronize(const Access& a, const Access& b) {
  return a.size != 0 && same_range(a, b) && a.ordering == Ordering::seqcst && b.ordering == Ordering::seqcst;
}

/// What an event does to the wait queue of its location (relaxed-wait-notify).
enum class Suspension : uint8_t {
  none,
  wait,
  woken,
  timeout,
  notify,
  not_equal,  ///< a wait that found another value: touches the queue in JavaScript only
};

/// What one step of one thread does at one time stamp.
struct Event {
  uint8_t thread = 0;  ///< 0 is the main thread before the others, the last number the main thread after them
  bool fence = false;
  Op op{};
  Access length{}, data{};
  Suspension suspension = Suspension::none;
  uint64_t location = 0;  ///< of the queue
  uint32_t count = 0;     ///< notify: how many it wakes
  uint32_t limit = 0;     ///< notify: how many it was asked to wake
};

/// A thread or an execution of more events is not looked at: the relations are rows of bits, and one bit is kept for an
/// event that is still to come.
inline constexpr unsigned kMaxEvents = 63;

}  // namespace weft::model
