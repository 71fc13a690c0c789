// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interp/store.h"

namespace weft {

/// Defines the module `spectest` of the official tests: silent print functions, four globals, a table and a memory,
/// "table64" whose addresses are i64, and "shared_memory" as the threads proposal has it. Each call makes new ones in
/// the store. Error: host, when the system refuses memory.
Result<Ok> define_spectest(Linker& linker, Store& store);

}  // namespace weft
