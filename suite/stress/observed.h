// SPDX-License-Identifier: Apache-2.0
//
// What a litmus test did when it was run, many times.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "suite/model/outcome.h"

namespace weft::stress {

struct Observed {
  std::map<model::Outcome, uint64_t> outcomes;  ///< how often each was seen
  uint64_t dropped = 0;                         ///< iterations in which an assumption was false
  uint64_t iterations = 0;                      ///< these too
  double seconds = 0;
  bool in_place = false;  ///< in one memory, else each iteration in a new one
  std::string stuck;      ///< why it did not come to its end; or nothing

  double per_second() const { return seconds > 0 ? static_cast<double>(iterations) / seconds : 0; }
};

struct Options {
  uint64_t iterations = 0;
  /// How long the threads may all come no further before that is the outcome.
  std::chrono::nanoseconds patience = std::chrono::seconds(10);
};

}  // namespace weft::stress
