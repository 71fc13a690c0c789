// SPDX-License-Identifier: Apache-2.0
//
// What threads may read from writes that have not happened yet. The model has no rule against such cycles, nor against
// values out of thin air (relaxed-consistent): whoever builds executions step by step must guess, and this says what.
#pragma once

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

/// All writes that each thread might do in any execution; some it never can.
struct Domain {
  std::vector<std::vector<Access>> writes;  ///< by thread
  Boundaries boundaries;                    ///< of all of them, the main thread's after the others apart
};

/// The least set of writes that is closed: what threads write when they read the memory's first bytes, the program's
/// constants, or each other's writes. Each step from a value to one that depends on it takes a write, and an execution
/// has each write once: so it ends after as many steps as the threads can write, though values could be made without
/// end (x = x + 1). Fills the trace trees; heeds the program's limits.
Domain find_domain(Program& program, const Variant& variant);

}  // namespace weft::model
