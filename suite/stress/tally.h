// SPDX-License-Identifier: Apache-2.0
//
// How often the threads wrote down what. Outcomes are made of that in the end, which takes longer.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "interp/memory.h"
#include "suite/stress/observed.h"
#include "suite/stress/stress_modules.h"

namespace weft::stress {

/// Thread safety: none.
class Tally {
 public:
  /// The first cells of a batch that has ended.
  void add(const Memory& memory, const StressModules& modules, uint32_t cells);
  /// What `count` iterations wrote down: the records of all parts.
  void add(const std::string& records, uint64_t count) { counts_[records] += count; }
  /// Adds the outcomes, and the iterations.
  void tell(const StressModules& modules, Observed& observed) const;

 private:
  std::unordered_map<std::string, uint64_t> counts_;
  std::vector<std::vector<uint8_t>> bytes_;  // of each part
};

}  // namespace weft::stress
