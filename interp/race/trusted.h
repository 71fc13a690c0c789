// SPDX-License-Identifier: Apache-2.0
//
// What C libraries and compilers do on purpose though it would be a race elsewhere. This is the whole list: README's
// table.
#pragma once

#include <cstdint>
#include "interp/module.h"

namespace weft {

enum class Trust : uint8_t {
  none,
  /// musl's locks (wasi-libc's and Emscripten's) read and write through `volatile`, of which Wasm knows nothing, what
  /// others access atomically: aligned plain accesses in such a function count as atomic ones.
  synchronises,
  /// An allocator may look at the flags of a block whose neighbour another thread frees: no race between two of them.
  allocates,
};

/// What is done at this offset of a function of the module (an index of its function index space): by the function's
/// name, if the module has kept it (what C libraries call so, programs must not); and a load whose value is what the
/// next access, a compare-and-exchange, expects, which is how LLVM begins an atomic operation that Wasm does not have.
Trust trust_in(const Module& module, uint32_t function, uint32_t offset);

}  // namespace weft
