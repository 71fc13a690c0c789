// SPDX-License-Identifier: Apache-2.0
//
// What the tests of suite/stress share: threads in text, and modules on an agent.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "interp/agent.h"
#include "interp/instance.h"
#include "suite/model/litmus.h"
#include "suite/stress/layout.h"
#include "suite/tests/model_support.h"

namespace weft::testing {

std::shared_ptr<Memory> new_memory(uint64_t pages);

/// A thread whose code is the exported function "thread" among these fields of a module, which has the memory.
model::Code to_code(const std::string& fields, std::vector<std::string> registers = {});

/// What the threads of a test access; the test must be right.
stress::Footprint footprint_of(const model::Litmus& litmus);
stress::Footprint footprint(const Notation& notation);

/// An instance of a module that imports the memory, and the agent that runs it. Thread safety: stop() from any thread.
class Guest {
 public:
  Guest(Module module, const std::shared_ptr<Memory>& memory);

  Completion invoke(const std::string& name, const std::vector<Value>& arguments = {});
  const std::vector<Value>& results() const { return agent_.results(); }
  void stop() { agent_.stop(); }

 private:
  Store store_;
  Agent agent_{store_};
  Instance* instance_ = nullptr;
};

}  // namespace weft::testing
