// SPDX-License-Identifier: Apache-2.0
//
// What the engine is held against: operators as numeric::name, accesses as bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "interp/limits.h"
#include "interp/module.h"
#include "interp/registers.h"
#include "interp/trap.h"

namespace weft::testing {

/// The types of a signature's letters, of which 'a' is the memory's address type.
ValType type_of(char letter, AddressType address = ValType::i32);
FuncType type_of(const InstrInfo& row, AddressType address = ValType::i32);

/// What an operator gives: a value, or a trap.
struct Computed {
  Slot value = 0;
  Trap trap = Trap::none;
};

/// Applies a NUMERIC row. The second operand of a unary operator is ignored.
Computed compute(Op op, Slot a, Slot b);
bool is_numeric_row(Op op);

/// One page of memory as the specification sees it.
struct ReferenceMemory {
  std::vector<uint8_t> bytes = std::vector<uint8_t>(kPageSize);
  /// Performs a load, store or atomic access: the trap, and the result where there is one. `x` is the value, operand or
  /// expected value, `y` the replacement.
  Computed access(Op op, uint64_t address, uint64_t x, uint64_t y);
};

}  // namespace weft::testing
