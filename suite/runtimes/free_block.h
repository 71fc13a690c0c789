// SPDX-License-Identifier: Apache-2.0
//
// Room in a memory that a script does not use.
#pragma once

#include <cstdint>
#include <optional>

#include "suite/runtimes/outline.h"

namespace weft::runtimes {

/// The address of `bytes` bytes (at most 64) in the first page that the tasks leave alone, as far as their constants
/// show: as far away from each number they name as can be. Nothing when numbers are everywhere.
std::optional<uint32_t> find_free_block(const Outline& outline, uint32_t bytes);

}  // namespace weft::runtimes
