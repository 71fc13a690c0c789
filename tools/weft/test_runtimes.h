// SPDX-License-Identifier: Apache-2.0
//
// `weft test --runtime`.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "suite/conformance/suite_test.h"
#include "tools/weft/command.h"
#include "tools/weft/runtime_options.h"

namespace weft::cli {

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
