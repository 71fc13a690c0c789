// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "suite/model/event.h"

namespace weft::model {

/// A set of events, by their numbers.
using EventSet = uint64_t;
constexpr EventSet set_of(unsigned event) { return EventSet{1} << event; }

/// Calls `visit` for each event of the set.
template <class Visit>
void for_each(EventSet set, Visit visit) {
  for (; set != 0; set &= set - 1) visit(static_cast<unsigned>(std::countr_zero(set)));
}

/// A strict partial order of events, always transitively closed: happens-before (relaxed-hb), or what is known of the
/// total order. A plain value.
class Relation {
 public:
  /// Orders `a` before `b`, and all that follows from it; false, and nothing changed, when that would be a cycle.
  bool add(unsigned a, unsigned b) {
    if (a == b || is_before(b, a)) return false;
    if (is_before(a, b)) return true;
    const EventSet later = after_[b] | set_of(b), earlier = before_[a] | set_of(a);
    for_each(earlier, [&](unsigned event) { after_[event] |= later; });
    for_each(later, [&](unsigned event) { before_[event] |= earlier; });
    return true;
  }
  bool is_before(unsigned a, unsigned b) const { return (after_[a] >> b & 1) != 0; }
  EventSet after(unsigned event) const { return after_[event]; }
  EventSet before(unsigned event) const { return before_[event]; }

 private:
  std::array<EventSet, kMaxEvents + 1> after_{}, before_{};
};

}  // namespace weft::model
