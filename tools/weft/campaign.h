// SPDX-License-Identifier: Apache-2.0
//
// A suite against planted faults, each in a process of its own.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "interp/error.h"
#include "suite/faults/fault.h"

namespace weft::cli {

/// A fault, or one instruction of a family, and who killed it.
struct Trial {
  fault::Variant variant;
  std::vector<std::string> killers;
};

/// Thread-safe once rehearse() has returned.
class Campaign {
 public:
  std::string program;                 ///< weft-faults
  std::vector<std::string> suite;      ///< the options that name it
  std::vector<std::string> tests;      ///< by name, in their order
  std::chrono::nanoseconds timeout{};  ///< of one test
  bool all = false;                    ///< try all tests: go on after the first kill

  /// Runs the suite without any fault: what fails. Error: host, when no process can be had.
  Result<std::vector<std::string>> rehearse();

  /// Tries a fault; a family instruction by instruction. What killed one of them probably kills the next, so that is
  /// tried before the whole suite. Error: host.
  Result<std::vector<Trial>> try_fault(const fault::Fault& fault) const;
  /// What kills this variant of a fault, of the whole suite.
  Result<std::vector<std::string>> try_variant(const fault::Variant& variant) const;
  /// All that kill it of these tests, given in their order. Error: host.
  Result<std::vector<std::string>> all_killers(const std::vector<std::string>& chosen,
                                               const fault::Variant& variant) const;

 private:
  using Clock = std::chrono::steady_clock;

  /// Which of these tests, given in their order, fail with this fault ("" for none); only the first unless all are
  /// wanted. `took` gets the time of each that ended.
  Result<std::vector<std::string>> killers(const std::vector<std::string>& chosen, const std::string& variant,
                                           std::map<std::string, Clock::duration>* took = nullptr) const;
  /// Whether the test passes without any fault, now, in a fraction of the time.
  bool is_quick(const std::string& test) const;

  std::vector<std::vector<std::string>> rounds_;  // all tests: one round after the other until a test kills
};

}  // namespace weft::cli
