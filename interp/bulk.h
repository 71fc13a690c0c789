// SPDX-License-Identifier: Apache-2.0
//
// Bulk memory instructions (exec-memory.fill, -copy, -init) in parts, so that a stop reaches an agent that works on
// gigabytes.
#pragma once

#include <cstdint>
#include <span>

#include "interp/memory.h"

namespace weft {

class Agent;

inline constexpr uint64_t kBulkPart = uint64_t{1} << 20;  ///< bytes between two looks at the agent: well below a ms

enum class Bulk : uint8_t {
  done,
  out_of_bounds,  ///< no byte changed
  stopped,        ///< the agent was told to stop; some of it is done
};

Bulk bulk_fill(const Agent& agent, Memory& memory, uint64_t address, uint8_t byte, uint64_t length);
/// As if through a buffer: the ranges may overlap, the memories be the same or not.
Bulk bulk_copy(const Agent& agent, Memory& to, uint64_t to_address, const Memory& from, uint64_t from_address,
               uint64_t length);
Bulk bulk_write(const Agent& agent, Memory& memory, uint64_t address, std::span<const uint8_t> bytes);

}  // namespace weft
