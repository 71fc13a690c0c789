// SPDX-License-Identifier: Apache-2.0
#include "interp/bulk.h"

#include <algorithm>

#include "interp/agent.h"

namespace weft {
namespace {

/// Calls part(offset, length) for one part after the other, the last one first when `backwards`.
template <class Part>
Bulk in_parts(const Agent& agent, uint64_t length, bool backwards, Part part) {
  for (uint64_t done = 0; done < length;) {
    if (done > 0 && agent.stop_requested()) return Bulk::stopped;
    const uint64_t size = std::min(kBulkPart, length - done);
    part(backwards ? length - done - size : done, size);
    done += size;
  }
  return Bulk::done;
}

}  // namespace

// All is in bounds or nothing is touched; memories never shrink.

Bulk bulk_fill(const Agent& agent, Memory& memory, uint64_t address, uint8_t byte, uint64_t length) {
  if (!memory.in_bounds(address, length)) return Bulk::out_of_bounds;
  return in_parts(agent, length, false,
                  [&](uint64_t offset, uint64_t size) { memory.fill(address + offset, byte, size); });
}

Bulk bulk_copy(const Agent& agent, Memory& to, uint64_t to_address, const Memory& from, uint64_t from_address,
               uint64_t length) {
  if (!to.in_bounds(to_address, length) || !from.in_bounds(from_address, length)) return Bulk::out_of_bounds;
  // What a part overwrites must not be the source of a later one.
  return in_parts(agent, length, to_address > from_address, [&](uint64_t offset, uint64_t size) {
    Memory::copy(to, to_address + offset, from, from_address + offset, size);
  });
}

Bulk bulk_write(const Agent& agent, Memory& memory, uint64_t address, std::span<const uint8_t> bytes) {
  if (!memory.in_bounds(address, bytes.size())) return Bulk::out_of_bounds;
  return in_parts(agent, bytes.size(), false,
                  [&](uint64_t offset, uint64_t size) { memory.write(address + offset, bytes.subspan(offset, size)); });
}

}  // namespace weft
