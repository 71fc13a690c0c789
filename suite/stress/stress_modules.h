// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "suite/stress/loop.h"

namespace weft::stress {

/// The stress modules of a test in one layout: of each part, and what resets the cells.
struct StressModules {
  Layout layout;
  std::vector<Part> parts;
  std::vector<Record> records;  ///< of each part
  std::vector<Module> loops;    ///< of each part
  Module reset;

  /// Makes the memory that they import larger; then it can be that of several layouts.
  void set_pages(uint32_t pages);
  /// What the records of all parts say, one after the other; nothing where an assumption was false.
  std::optional<model::Outcome> outcome(std::span<const uint8_t> all_records) const;
};

/// `litmus` must live as long. Error: unlinkable, where a part cannot be looped in place. Thread-safe.
Result<StressModules> make_stress_modules(const model::Litmus& litmus, const Footprint& footprint, bool spread);

}  // namespace weft::stress
