// SPDX-License-Identifier: Apache-2.0
//
// The code of a litmus test's thread, taken as it is, but for the addresses: each is moved to the cell of the
// iteration.
#pragma once

#include <vector>

#include "suite/stress/layout.h"

namespace weft::stress {

/// Where the code goes to: locals of the function that it becomes a part of.
struct Destination {
  uint32_t cell = 0;         ///< the local with the address of the cell, an i32
  uint32_t scratch = 0;      ///< an i32 local for our own use
  uint32_t first_local = 0;  ///< what the code's first local becomes
};

/// The body of the function, which has no parameters, as the contents of a block of its results: without the last
/// `end`, and `return` is a branch to that block's label. Label indices, and those into the pool, stay. Constant
/// addresses become offsets from the cell, so that an access stays one instruction. Error: unlinkable, "…", where it
/// has an instruction that cannot be moved: a call, an exception, a table, memory.grow. Thread-safe.
Result<std::vector<Instr>> relocate(const Module& module, const Function& function, const Layout& layout,
                                    const Destination& destination);

}  // namespace weft::stress
