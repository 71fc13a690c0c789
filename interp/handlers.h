// SPDX-License-Identifier: Apache-2.0
//
// What all handlers share. A handler is a struct with
//   kFlow = Flow::next    run(r) does the work, and the next instruction follows
//   kFlow = Flow::branch  taken(r) says whether to go to the target in the third cell
//   kFlow = Flow::jump    run(r) sets r.pc itself
// where run(r) returns nothing, or a Trap: not `none` when the agent must leave (or look again, see Machine::recover),
// with nothing changed. A handler knows nothing of how it is dispatched: tail_dispatch.h and loop_dispatch.h wrap the
// same structs. `r` is a local copy of the machine registers that the compiler takes apart: never let its address
// escape on a hot path.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

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

/// The accumulator of the values of a type.
template <class T>
auto& accumulator(auto& r) {
  if constexpr (std::is_same_v<T, float>) {
    return r.f32_accumulator;
  } else if constexpr (std::is_same_v<T, double>) {
    return r.f64_accumulator;
  } else {
    return r.accumulator;
  }
}

/// The value that was in it before.
template <class T>
auto& previous(auto& r) {
  if constexpr (std::is_same_v<T, float>) {
    return r.f32_previous;
  } else if constexpr (std::is_same_v<T, double>) {
    return r.f64_previous;
  } else {
    return r.previous;
  }
}

/// An operand, from an accumulator or that slot.
template <class T, Place place>
T read(const Registers& r, uint16_t slot) {
  static_assert(place != Place::immediate);
  if constexpr (place == Place::slot) {
    return get<T>(r.fp[slot]);
  } else {
    const auto value = place == Place::accumulator ? accumulator<T>(r) : previous<T>(r);
    if constexpr (std::is_floating_point_v<T>) {
      return value;
    } else {
      return get<T>(value);
    }
  }
}

/// Puts a value into its accumulator, on which the instruction's result depends or not.
template <Opcode code, class T>
void accumulate(Registers& r, T value) {
  if constexpr (!replaces_accumulator(code)) previous<T>(r) = accumulator<T>(r);
  if constexpr (std::is_floating_point_v<T>) {
    accumulator<T>(r) = value;
  } else {
    r.accumulator = put(value);
  }
}

/// The result of an instruction, to its places.
template <Opcode code, class T>
void write(Registers& r, T value) {
  if constexpr ((places_of(code.form, code.id)->to & kAccumulator) != 0) accumulate<code>(r, value);
  if constexpr (code.to == Place::slot) r.fp[r.pc[1].s.a] = put(value);
}

/// A pointer in a slot, and back.
inline Slot put_pointer(const void* p) { return reinterpret_cast<uintptr_t>(p); }
template <class T>
T* get_pointer(Slot slot) {
  return reinterpret_cast<T*>(static_cast<uintptr_t>(slot));
}

}  // namespace weft
