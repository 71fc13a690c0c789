// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "suite/model/domain.h"
#include "suite/model/machine_state.h"
#include "suite/model/program.h"

namespace weft::model::machine {

/// Bytes of memory, and its length, of which something reads some and writes some. Different bytes may share a bit, so
/// two that have none in common are certainly apart.
struct Effect {
  uint64_t reads = 0, writes = 0;

  void add(const Access& access);
  void add(const Event& event) { add(event.length), add(event.data); }
  void add(const Store& store);
  void add(const Effect& other) { reads |= other.reads, writes |= other.writes; }
  /// Whether neither can tell whether the other has happened.
  bool is_independent_of(const Effect& other) const {
    return (writes & (other.reads | other.writes)) == 0 && (reads & other.writes) == 0;
  }
};

/// What threads may still do from where they stand. Thread safety: none.
class Ahead {
 public:
  /// `domain` is that of the program. Where it is not known, nothing is apart.
  Ahead(Program& program, const Domain& domain);

  /// Whether what a thread does next to the memory is apart from all that others may do, until all have ended: its next
  /// event, or whatever its question becomes.
  bool is_apart(const State& state, unsigned number) const;
  /// The same of a store that leaves its queue.
  bool is_apart(const State& state, unsigned number, const Store& store) const;

 private:
  struct Node {
    Effect events, answers;  // answers: what its question becomes by any
    Effect behind;           // all that comes behind its own events
  };

  const Node& node(unsigned thread, const TraceNode& at) const;
  Effect of_others(const State& state, unsigned number) const;

  // By thread and number of a trace node; not of the main thread after the others, which is alone.
  std::vector<std::vector<Node>> nodes_;
};

}  // namespace weft::model::machine
