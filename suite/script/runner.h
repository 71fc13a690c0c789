// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "interp/race/race.h"
#include "interp/store.h"
#include "suite/text/script.h"

namespace weft::script {

struct RunOptions {
  std::chrono::milliseconds timeout{60'000};  ///< for the whole script, all threads
  StoreOptions store;
  bool races = false;  ///< look for data races; takes Engine::checked, whatever `store` says
};

/// Why a command failed or was skipped.
struct Finding {
  Position position;    ///< 0:0 for the whole file
  std::string message;  ///< "assert_return: expected i32:1, got i32:2"
};

/// The unit of the counts is the script command; those inside threads count too. A file that cannot be read or parsed
/// is one failure.
struct RunResult {
  size_t passed = 0, failed = 0, skipped = 0;
  std::vector<Finding> failures, skips;
  bool timed_out = false;
  RaceReport races;  ///< of RunOptions::races; places are lines, of modules in the binary format offsets
  bool ok() const { return failed == 0; }
};

/// Runs a script; `(thread …)` on OS threads of their own. All threads have been joined when it returns: one that
/// hangs, after the timeout. Thread-safe.
RunResult run_script(const Script& script, const RunOptions& options = {});

/// The same for a file's text.
RunResult run_script_text(std::string_view source, const RunOptions& options = {});

}  // namespace weft::script
