// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

#include "interp/module.h"

namespace weft::fuzz {

/// Random choices, the same for the same seed.
class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  uint32_t below(size_t bound) { return bound == 0 ? 0 : static_cast<uint32_t>(engine_() % bound); }
  bool chance(uint32_t percent) { return below(100) < percent; }
  template <class Container>
  auto& any(Container& container) {
    return container[below(std::size(container))];
  }
  /// A number that is at a boundary more often than not.
  uint64_t bits();

 private:
  std::minstd_rand engine_;
};

/// Writes pieces of code for a function of a module, with operands of the right types: rows of the instruction table
/// with what they need before and behind them. What it cannot know (labels, whether a table exists) it guesses, and
/// validation has the last word.
class CodeGenerator {
 public:
  CodeGenerator(Random& random, Module& module, Function& function);

  /// An instruction that leaves the stack as it was, or a block of a few.
  std::vector<Instr> statement();
  /// An expression of this type.
  std::vector<Instr> value(ValType type);

 private:
  void put_statement(int depth);
  void put_value(ValType type, int depth);
  void put_row(Op op, int depth);
  /// An instruction with random immediates: indices in range where there is anything.
  Instr immediates(Op op);
  void put_special(Op op, int depth);
  void put_block(int depth);
  void put_branch(int depth);
  void put_call(int depth);
  void put_table(Op op, int depth);
  void put_try(Op op, int depth);
  void put_leave(Op op, int depth);
  void put_address(AddressType type, int depth);
  AddressType memory_address(uint32_t index) const;
  AddressType table_address(uint32_t index) const;
  std::pair<AddressType, AddressType> address_types(const Instr& instr) const;
  void put_constant(ValType type);
  /// Takes a value off the stack: into a local, a global, or nowhere.
  void consume(ValType type);
  void put(Op op, uint32_t a = 0, uint32_t b = 0, uint64_t lo = 0) {
    code_.push_back({.op = op, .a = a, .b = b, .lo = lo});
  }
  std::vector<uint32_t> locals_of(ValType type) const;
  std::vector<uint32_t> globals_of(ValType type, bool is_mutable) const;
  /// A random row that gives a value of this type, or gives nothing.
  Op row(std::optional<ValType> result);

  Random& random_;
  Module& module_;
  Function& function_;
  std::vector<ValType> locals_;
  std::vector<Instr> code_;
};

}  // namespace weft::fuzz
