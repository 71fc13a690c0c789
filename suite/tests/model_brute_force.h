// SPDX-License-Identifier: Apache-2.0
//
// The rules of relaxed-consistent as they stand, on small programs: every value that a thread may guess, every write
// for each byte, every total order. Slow, and shares nothing with suite/model but what a thread does when it is told
// its reads.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "suite/model/litmus.h"

namespace weft::testing {

struct BruteForce {
  std::set<std::string> outcomes;
  bool has_race = false;
};

/// Reads guess these bytes, and 0; those of 4 bytes numbers of one such byte, but with `words` any. No grow, no bounds
/// that fail.
BruteForce enumerate(const model::Litmus& litmus, std::set<uint8_t> bytes, bool words);

}  // namespace weft::testing
