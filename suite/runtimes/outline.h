// SPDX-License-Identifier: Apache-2.0
//
// A script with its names resolved: which instances it makes, which task does what with them, and what can only be
// asked of a runtime with a whole module file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "suite/runtimes/lowering.h"
#include "suite/text/script.h"

namespace weft::runtimes {

/// What one task does, in its order.
struct Step {
  enum class Kind : uint8_t {
    instantiate,  ///< `subject`: the instance
    perform,      ///< `action` on the instance, with `results` if they are asserted
    must_trap,    ///< `action` on the instance traps, or exhausts the call stack
    spawn,        ///< `subject`: the task of a `thread`
    join,         ///< `subject`: the task of a `wait`
  };
  Kind kind{};
  uint32_t line = 0;
  size_t subject = 0;
  const script::Action* action = nullptr;
  const std::vector<script::Expected>* results = nullptr;
};

/// Points into the script it was made of. Immutable then; no more thread-safe than its parts.
struct Outline {
  struct Instance {
    Module module;
    std::vector<size_t> imports;  ///< for each import the instance that exports it; those come first
    uint32_t line = 0;
  };
  /// A module that is asked about as a file: it must be rejected, or (of a binary) accepted.
  struct File {
    uint32_t line = 0;
    std::vector<uint8_t> bytes;
    bool is_accepted = false;
  };
  std::vector<Instance> instances;
  std::vector<std::vector<Step>> tasks;  ///< the first is the script's own, then a `thread` each
  std::vector<File> files;
  std::vector<LeftOut> left_out;
};

/// Thread-safe.
Outline make_outline(const script::Script& script);

/// The host's `spectest` as a module that exports just this; empty when it has no such thing.
std::string spectest_text(const std::string& name);

}  // namespace weft::runtimes
