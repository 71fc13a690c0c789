// SPDX-License-Identifier: Apache-2.0
//
// What threads may read from writes that have not happened yet. The model has no rule against such cycles, nor against
// values out of thin air (relaxed-consistent): whoever builds executions step by step must guess, and this says what.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "suite/model/program.h"
#include "suite/model/sources.h"

namespace weft::model {

/// Which readings of the specification are other than its letter.
struct Variant {
  bool js = false;              ///< a wait that finds another value synchronises on the queue, as in JavaScript
  bool no_tear_init = false;    ///< the initial write counts as tear-free, of whatever range
  bool ordered_fences = false;  ///< happens-before orders all fences totally
};

/// Whether a read that is tear-free may have bytes of no other such write (relaxed-consistent: no-tear).
bool is_whole(const Access& read, const Access& write, const Variant& variant);

/// All writes that each thread might do in any execution; some it never can. A value.
struct Domain {
  /// Nothing is known, and nothing needed: whatever overlaps synchronises, so nobody guesses.
  bool always_synchronizes = false;
  std::vector<std::vector<Access>> writes;  ///< by thread
  Boundaries boundaries;                    ///< of all of them, the main thread's after the others apart
  /// By thread and number of a trace node, which of its thread's writes may still come: bit i is the i-th, the last bit
  /// all that have none of their own.
  std::vector<std::vector<uint64_t>> later;

  /// Calls `visit` for each write that may come when the thread stands there, until it returns true; whether it did.
  template <class Visit>
  bool any_later(unsigned thread, const TraceNode& at, Visit visit) const {
    if (at.segment.end != End::asks) return false;
    const uint64_t mask = at.number < later[thread].size() ? later[thread][at.number] : ~uint64_t{0};
    for (size_t i = 0; i < writes[thread].size() && mask != 0; ++i) {
      if ((mask >> std::min<size_t>(i, 63) & 1) != 0 && visit(writes[thread][i])) return true;
    }
    return false;
  }
};

/// The least set of writes that is closed: what threads write when they read the memory's first bytes, the program's
/// constants, or each other's writes. Each step from a value to one that depends on it takes a write, and an execution
/// has each write once: so it ends after as many steps as the threads can write, though values could be made without
/// end (x = x + 1). Fills the trace trees; heeds the program's limits.
Domain find_domain(Program& program, const Variant& variant);
/// What does for building consistent executions: nothing, where that is possible and the domain is large.
Domain find_least_domain(Program& program, const Variant& variant);

}  // namespace weft::model
