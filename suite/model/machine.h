// SPDX-License-Identifier: Apache-2.0
//
// The same programs on machines with one memory: sequential consistency, and x86-TSO.
#pragma once

#include "suite/model/domain.h"
#include "suite/model/program.h"

namespace weft::model {

/// What orders memory there.
enum class Ordered : uint8_t {
  sc,   ///< each event is one step on the memory
  tso,  ///< plain stores wait in a queue of their thread, first in first out
};

/// The outcomes of all interleavings. On x86-TSO a load or store that crosses a multiple of 8 is two; a load takes its
/// value from the youngest store of its own queue that it overlaps, if that has all of it, and else waits until the
/// store has reached the memory; atomic stores, rmws, waits, notifies, fences and grows wait until the queue is empty,
/// atomic loads do not. `domain` is the program's, of any variant. Heeds the program's limits.
Outcomes interleave(Program& program, const Domain& domain, Ordered ordered);

}  // namespace weft::model
