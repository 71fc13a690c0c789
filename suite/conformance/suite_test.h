// SPDX-License-Identifier: Apache-2.0
//
// The tests of the conformance suite: scripts (`.wast`), programs for a host (`.wat`) whose front matter says how they
// may end, and, for runtimes that have it, tests of the JavaScript API (`.mjs`).
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"

namespace weft::conformance {

struct SuiteTest {
  std::string name;  ///< "notify/count-zero": the path below its folder, without the ending
  std::filesystem::path path;
  bool is_program() const { return path.extension() == ".wat"; }
  bool is_javascript() const { return path.extension() == ".mjs"; }
  /// What is in the file. Error: host, with the test's name in `where`.
  Result<std::string> text() const;
};

/// The scripts in a folder and below it, sorted; with `programs` the programs too. Symbolic links are followed, each
/// real folder once, by its own path where it is below this one. Throws std::filesystem::filesystem_error.
std::vector<SuiteTest> tests_below(const std::filesystem::path& folder, bool programs);

enum class Verdict { passed, failed, skipped };
std::string_view to_string(Verdict verdict);

struct Outcome {
  Verdict verdict = Verdict::passed;
  std::string reason;  ///< of a failure or a skip: one line, or several
};

struct SuiteRun {
  std::string weft;                           ///< the program that runs programs: `weft run`
  std::chrono::milliseconds timeout{60'000};  ///< of one test
};

/// Runs a test: a script in this process, a program in one of its own. A test that takes less than its `min-time`
/// fails, as does one whose front matter is wrong; a script without any is taken as it is. One
/// that needs `litmus` asserts nothing, and is skipped unless it fails. Thread-safe.
Outcome run(const SuiteTest& test, const SuiteRun& options);

}  // namespace weft::conformance
