// SPDX-License-Identifier: Apache-2.0
//
// The reasons for a trap, and the specification's phrase for each: in one place.
#pragma once

#include <cstdint>
#include <string_view>

namespace weft {

enum class Trap : uint8_t {
  none,
  unreachable,
  integer_divide_by_zero,
  integer_overflow,
  invalid_conversion_to_integer,
  out_of_bounds_memory_access,
  out_of_bounds_table_access,
  undefined_element,
  uninitialized_element,
  indirect_call_type_mismatch,
  unaligned_atomic,
  expected_shared_memory,
  null_exception_reference,
  call_stack_exhausted,  // exhaustion
  fuel_exhausted,        // exhaustion
  completed,             // no trap: what a handler returns when it has set the agent's completion itself
};

constexpr bool is_exhaustion(Trap trap) { return trap == Trap::call_stack_exhausted || trap == Trap::fuel_exhausted; }

constexpr std::string_view phrase(Trap trap) {
  switch (trap) {
    case Trap::none:
    case Trap::completed: return "";
    case Trap::unreachable: return "unreachable";
    case Trap::integer_divide_by_zero: return "integer divide by zero";
    case Trap::integer_overflow: return "integer overflow";
    case Trap::invalid_conversion_to_integer: return "invalid conversion to integer";
    case Trap::out_of_bounds_memory_access: return "out of bounds memory access";
    case Trap::out_of_bounds_table_access: return "out of bounds table access";
    case Trap::undefined_element: return "undefined element";
    case Trap::uninitialized_element: return "uninitialized element";
    case Trap::indirect_call_type_mismatch: return "indirect call type mismatch";
    case Trap::unaligned_atomic: return "unaligned atomic";
    case Trap::expected_shared_memory: return "expected shared memory";
    case Trap::null_exception_reference: return "null exception reference";
    case Trap::call_stack_exhausted: return "call stack exhausted";
    case Trap::fuel_exhausted: return "fuel exhausted";
  }
  return "";
}

}  // namespace weft
