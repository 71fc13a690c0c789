// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interp/module.h"
#include "suite/tests/fuzz/code_generator.h"

namespace weft::fuzz {

/// Edits valid modules so that they stay valid: what libFuzzer's changes of bytes almost never do, and execution needs.
/// Every edit is a guess that validation then judges.
class ModuleMutator {
 public:
  explicit ModuleMutator(Random& random) : random_(random) {}

  /// A valid module to begin with, when there is nothing better.
  static Module minimal();

  /// One edit, after which the module is still valid; false when none of some attempts did.
  bool mutate(Module& module);
  /// Gives a function of `module` the body of one of the same type in `from`.
  bool splice(Module& module, const Module& from);

 private:
  void edit(Module& module);
  void edit_body(Module& module, Function& function);
  void insert(Module& module, Function& function);
  void remove(Function& function);
  void duplicate(Function& function);
  void replace(Function& function);
  void change_immediate(Instr& instr);
  void wrap(Function& function);
  void edit_module(Module& module);
  void add_function(Module& module);

  Random& random_;
};

}  // namespace weft::fuzz
