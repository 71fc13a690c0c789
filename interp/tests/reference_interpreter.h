// SPDX-License-Identifier: Apache-2.0
//
// An interpreter that runs a body as the specification writes it, on a stack, without lowering anything.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "interp/module.h"
#include "interp/tests/reference.h"
#include "interp/value.h"

namespace weft::testing {

/// Runs functions of a valid module that has no imports, one memory of one page, and only the instructions that
/// random_module.h makes.
class ReferenceInterpreter {
 public:
  explicit ReferenceInterpreter(const Module& module);

  /// The results, or nothing after a trap or an uncaught exception.
  std::optional<std::vector<Value>> call(uint32_t function, const std::vector<Value>& arguments);

  Trap trap = Trap::none;  ///< why there were no results; none: an exception
  ReferenceMemory memory;
  std::vector<Value> globals;

 private:
  struct Activation;
  /// How the blocks of a function are laid out: cells are numbers of instructions.
  struct Blocks {
    std::vector<uint32_t> ends;                         ///< of each block instruction
    std::vector<uint32_t> elses;                        ///< likewise; its end where there is none
    std::map<uint32_t, std::vector<uint32_t>> catches;  ///< of a legacy try, with its delegate
  };
  struct Exception {
    uint32_t tag;
    std::vector<Value> values;
  };

  // Each false when the activation ends, or when an exception leaves it.
  bool step(Activation& activation);
  bool number(Activation& activation, const Instr& instr);
  bool access(Activation& activation, const Instr& instr);
  bool vector(Activation& activation, const Instr& instr);
  bool exception(Activation& activation, const Instr& instr);
  bool unwind(Activation& activation);
  bool raise(size_t exception);
  bool element(uint32_t index, uint32_t type);
  bool invoke(Activation& activation, uint32_t function);
  static bool branch(Activation& activation, uint32_t depth);

  const Module& module_;
  std::vector<Blocks> blocks_;
  std::vector<Exception> exceptions_;  // an exnref is the number of one, and 0 the null reference
  size_t raised_ = 0;
};

}  // namespace weft::testing
