// SPDX-License-Identifier: Apache-2.0
//
// Running what nobody has looked at: in bounded time and memory, whatever the module does, and always the same way. For
// the robustness test and the fuzz target.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "interp/agent.h"
#include "interp/instance.h"
#include "interp/store.h"

namespace weft::testing {

/// One instance of a module, in a store of its own with small limits, whose imports are there whatever they are: host
/// functions that return zeroes, zero globals, empty memories and tables. On the observed engine every call ends after
/// some instructions, a wait that nothing would end is answered "timed out", and bulk accesses to shared memory happen
/// only up to a number of bytes together. The fast engine has no such bounds: it is for modules that kept within them.
class BoundedRun {
 public:
  BoundedRun(std::shared_ptr<const CompiledModule> module, Engine engine);

  /// Instantiates, start function included, and calls every function the module defines (up to some number) with simple
  /// arguments. What happened, as text that is the same for both engines: results, traps and where they were, and what
  /// is in globals, tables and memories in the end.
  std::string run();

  /// Only instantiates, start function included: whether all of that succeeds.
  bool instantiates();
  /// Whether everything happened as it would without the bounds.
  bool is_complete() const { return complete_; }

 private:
  Result<Instance*> instantiate();
  Result<Extern> provide(const Import& import);
  void drive();
  bool answer(const Action& action);
  std::string call(const FuncInst& function);
  std::string outcome() const;
  std::string state(const Instance& instance) const;

  std::shared_ptr<const CompiledModule> module_;
  Store store_;
  Agent agent_;
  uint64_t bulk_bytes_;
  bool complete_ = true;
};

/// Whether instantiation stays within a BoundedRun's memory: decided from the module alone, before anything is
/// allocated.
bool is_modest(const Module& module);

}  // namespace weft::testing
