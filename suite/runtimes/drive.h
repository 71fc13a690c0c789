// SPDX-License-Identifier: Apache-2.0
//
// A test on a runtime: lowered, run by the runtime's own program, and judged by how that ends and what it writes.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "suite/conformance/suite_test.h"
#include "suite/runtimes/adapter.h"

namespace weft::runtimes {

enum class Outcome : uint8_t { pass, fail, unsupported, expected_fail, unexpected_pass };
inline constexpr std::array kOutcomes{Outcome::pass, Outcome::fail, Outcome::unsupported, Outcome::expected_fail,
                                      Outcome::unexpected_pass};
/// "pass", "expected fail", …
std::string_view to_string(Outcome outcome);

/// What a command, or the runtime, got wrong.
struct Failure {
  enum class How : uint8_t {
    wrong,    ///< another result, or none
    crash,    ///< the runtime's process was ended by a signal
    timeout,  ///< it was still running
    flood,    ///< it wrote more than a mebibyte
  } how = How::wrong;
  uint32_t line = 0;  ///< of the script; 0 for all of it
  std::string message;
  std::string expected;  ///< the reason and link of the expectation that it meets
};
std::string_view to_string(Failure::How how);

/// What is no failure, but worth a look: other words for a trap.
struct Warning {
  uint32_t line = 0;  ///< of the script
  std::string message;
};

struct TestResult {
  std::string runtime, test;
  Outcome outcome = Outcome::unsupported;
  std::string form;               ///< in which it was run; empty when it was not
  std::string reason;             ///< why it is unsupported, or what was expected of one that passed
  std::vector<Failure> failures;  ///< sorted by line
  size_t runs = 0;                ///< processes, or sequences of them
  std::vector<LeftOut> left_out;  ///< what was not asked
  std::vector<Warning> warnings;
  std::chrono::milliseconds took{};
};

struct DriveOptions {
  std::filesystem::path sources;                          ///< where suite/runtimes/js is
  std::chrono::milliseconds timeout{60'000};              ///< of one process
  std::vector<Form> forms{kForms.begin(), kForms.end()};  ///< no others
  std::filesystem::path save_failed;  ///< a failed test leaves its files and a script `replay` there
};

/// Runs a test on a runtime, in a scratch folder of its own. Thread-safe.
TestResult run_on(const Runtime& runtime, const conformance::SuiteTest& test, const DriveOptions& options);

}  // namespace weft::runtimes
