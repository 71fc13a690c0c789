// SPDX-License-Identifier: Apache-2.0
//
// What the engine is held against: operators as numeric::name, accesses as bytes, and an interpreter that runs a body
// as the specification writes it, on a stack, without lowering anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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

/// Runs functions of a valid module that has no imports, one memory of one page, and only the instructions that the
/// generator of differential_test.cpp makes.
class ReferenceInterpreter {
 public:
  explicit ReferenceInterpreter(const Module& module);

  /// The results' bits, or nothing after a trap.
  std::optional<std::vector<Slot>> call(uint32_t function, const std::vector<Slot>& arguments);

  Trap trap = Trap::none;
  ReferenceMemory memory;
  std::vector<Slot> globals;

 private:
  struct Activation;
  bool step(Activation& activation);
  bool branch(Activation& activation, uint32_t depth);

  const Module& module_;
  std::vector<std::vector<uint32_t>> ends_;   // of each block instruction, in each function
  std::vector<std::vector<uint32_t>> elses_;  // likewise; its end where there is none
};

}  // namespace weft::testing
