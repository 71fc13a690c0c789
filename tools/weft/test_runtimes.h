// SPDX-License-Identifier: Apache-2.0
//
// `weft test --runtime`.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "suite/conformance/suite_test.h"
#include "tools/weft/command.h"

namespace weft::cli {

/// What the command line says beyond what is to be run on our interpreter too.
struct RuntimeOptions {
  std::vector<std::string> runtimes;  ///< names, several with commas between; "all": those that are here
  std::vector<std::string> adapters;  ///< files
  std::vector<std::string> forms;
  std::vector<std::string> reports;  ///< "json=FILE", "junit=FILE", several with commas between
  std::optional<std::string> save_failed;
  bool rerun_failed = false;
  /// What goes with --runtime only, and was given; empty when nothing was.
  std::string given() const;
};

struct TestOptions {
  std::chrono::milliseconds timeout{};
  std::optional<uint64_t> jobs;
  uint64_t repeat = 1;
  bool fail_fast = false, each = false;
};

/// Runs the tests on the runtimes, prints what does not pass and a table, writes the reports. Returns the exit code.
int test_on_runtimes(const CommandLine& line, const std::vector<conformance::SuiteTest>& tests,
                     const TestOptions& options, const RuntimeOptions& runtimes);

}  // namespace weft::cli
