// SPDX-License-Identifier: Apache-2.0
//
// The results of the suite on some runtimes: what is written, read back, merged and compared. The JSON is that of
// tools/schemas/report.json.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "interp/error.h"
#include "suite/runtimes/drive.h"

namespace weft::report {

using runtimes::Outcome;
using runtimes::TestResult;

struct TestedRuntime {
  std::string name, title, version;
};

/// A value: copies are independent, and it is no more thread-safe than they.
struct Report {
  std::string weft;    ///< the version of the program that made it
  std::string system;  ///< "Linux 6.1 x86_64"
  std::vector<TestedRuntime> runtimes;
  std::vector<TestResult> results;  ///< sorted by runtime, in the order of `runtimes`, then test
};

std::string to_json(const Report& report);
/// Errors: malformed, with what is wrong.
Result<Report> from_json(const std::string& text);

/// JUnit's XML, a test suite for each runtime. What fails as expected, or is unsupported, is skipped with its reason.
std::string to_junit(const Report& report);

/// How many results of a runtime have each outcome, by Outcome.
using Counts = std::array<size_t, runtimes::kOutcomes.size()>;
Counts counts(const Report& report, const std::string& runtime);
Counts counts(const Report& report);

/// A table for a terminal: a line for each runtime, then why what was unsupported, reason by reason, and warnings.
std::string table(const Report& report);
/// "12 passed, 1 failed, 2 unsupported, 3 failed as expected, 0 passed unexpectedly"
std::string summary(const Counts& counts);

/// All results of both; of a test on a runtime that both have, the later's. Error: host, when a runtime has two
/// versions.
Result<Report> merge(const Report& earlier, const Report& later);

/// What changed: a line for each test whose outcome is another, for each that came or went, and last how many did. The
/// text is empty when nothing changed.
struct Comparison {
  std::string text;
  size_t worse = 0;  ///< a fail, or an unexpected pass, that was none
};
Comparison compare(const Report& old_report, const Report& new_report);

}  // namespace weft::report
