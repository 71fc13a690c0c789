// SPDX-License-Identifier: Apache-2.0
//
// What all handlers share. A handler is a struct with
//   kFlow = Flow::next    run(r) does the work, and the next instruction follows
//   kFlow = Flow::branch  taken(r) says whether to go to the target in the third cell
//   kFlow = Flow::jump    run(r) sets r.pc itself
// where run(r) returns nothing, or a Trap: not `none` when the agent must leave (or look again, see Machine::recover),
// with nothing changed. A handler knows nothing of how it is dispatched: execute_fast.cpp and execute_loop.cpp wrap the
// same structs. `r` is a local copy of the machine registers that the compiler takes apart: never let its address
// escape on a hot path.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "interp/execute.h"
#include "interp/registers.h"

namespace weft {

enum class Flow : uint8_t { next, branch, jump };

template <class T>
T get(Slot slot) {
  if constexpr (sizeof(T) == 4) {
    return std::bit_cast<T>(static_cast<uint32_t>(slot));
  } else {
    return std::bit_cast<T>(slot);
  }
}

/// Always writes the whole slot: a narrower write before a whole read would stall store forwarding.
template <class T>
Slot put(T value) {
  if constexpr (sizeof(T) == 4) {
    return std::bit_cast<uint32_t>(value);
  } else {
    return std::bit_cast<uint64_t>(value);
  }
}

/// A value of any type in the frame, which begins at this slot.
template <class T>
T get_at(const Slot* slot) {
  if constexpr (sizeof(T) == 16) {
    T value;
    std::memcpy(&value, slot, sizeof value);  // slots are aligned to 8 bytes only
    return value;
  } else {
    return get<T>(*slot);
  }
}
template <class T>
void put_at(Slot* slot, T value) {
  if constexpr (sizeof(T) == 16) {
    std::memcpy(slot, &value, sizeof value);
  } else {
    *slot = put(value);
  }
}

/// A pointer in a slot, and back.
inline Slot put_pointer(const void* p) { return reinterpret_cast<uintptr_t>(p); }
template <class T>
T* get_pointer(Slot slot) {
  return reinterpret_cast<T*>(static_cast<uintptr_t>(slot));
}

}  // namespace weft
