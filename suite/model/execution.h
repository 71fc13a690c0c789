// SPDX-License-Identifier: Apache-2.0
//
// Candidate executions, and which of them are consistent (relaxed-consistent).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "suite/model/event.h"
#include "suite/model/relation.h"

namespace weft::model {

/// That a read takes a byte, and those that are like it, from a write.
struct ReadsFrom {
  unsigned reader = 0, writer = 0;
  Region region = Region::data;
  uint64_t address = 0;
  bool synchronizes = false;
};

/// Events of all threads, in an order of no meaning, and what relates them. It may be incomplete: then what is found
/// inconsistent stays so, whatever is added.
struct Execution {
  std::vector<ReadsFrom> reads_from;
  Relation happens_before;

  const Access& access(unsigned event, Region region) const {
    return region == Region::length ? events_[event]->length : events_[event]->data;
  }
  const std::vector<const Event*>& events() const { return events_; }
  void add(const Event& event) {
    const EventSet one = set_of(static_cast<unsigned>(events_.size()));
    for (const Access* access : {&event.length, &event.data}) {
      if (access->writes && access->ordering == Ordering::seqcst) seqcst_writes(access->region) |= one;
    }
    events_.push_back(&event);
  }
  /// Takes back all but the first ones.
  void truncate(size_t count) {
    events_.resize(count);
    for (EventSet& set : seqcst_writes_) set &= all();
  }
  EventSet all() const { return set_of(static_cast<unsigned>(events_.size())) - 1; }
  /// Those of a set that write a byte.
  EventSet writes(Region region, uint64_t address, EventSet among) const;
  /// Those of a set that write and synchronise with an access (relaxed-aux).
  EventSet synchronizing_writes(const Access& access, EventSet among) const;

 private:
  EventSet& seqcst_writes(Region region) { return seqcst_writes_[static_cast<size_t>(region)]; }

  std::vector<const Event*> events_;
  std::array<EventSet, 2> seqcst_writes_{};
};

/// What forbids an execution.
enum class Rule : uint8_t {
  reads_later,     ///< hb-consistent: a read takes from a write that it happens before
  hidden_write,    ///< hb-consistent: another write lies between the two
  cyclic,          ///< happens-before would be a cycle
  last_visible_1,  ///< sc-last-visible, its three clauses
  last_visible_2,
  last_visible_3,
  no_tear,     ///< a tear-free read takes from two such writes of its range
  suspension,  ///< no order of waits and notifies replays on the queue
};
inline constexpr size_t kRules = 8;

struct Violation {
  Rule rule{};
  unsigned writer = 0, reader = 0;  ///< of the reads-from at fault
  unsigned other = 0;               ///< the write between, or the second one
};

/// Nothing when the execution is consistent, wait and notify apart; then `total` (if not null) is a total order of its
/// events as far as anything depends on it.
std::optional<Violation> find_violation(const Execution& execution, Relation* total);

}  // namespace weft::model
