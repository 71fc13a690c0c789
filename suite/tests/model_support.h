// SPDX-License-Identifier: Apache-2.0
//
// What the tests of suite/model share: litmus tests in a line, sets of outcomes as text, and random programs.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "suite/model/model.h"

namespace weft::testing {

/// Threads in notation, and what else a test has.
struct Notation {
  std::vector<std::string> threads;
  std::string before = {}, after = {};
  uint64_t pages = 1, maximum = 4;
  bool grow_may_fail = false;
  std::string name = "test";

  std::string to_text() const;
};

/// The test, which must be right.
model::Litmus to_litmus(const Notation& notation);
model::Judgement judge(const Notation& notation, const model::Variant& variant = {});

/// "0:r0=0 1:r0=1", one for each outcome; or "unknown".
std::vector<std::string> to_texts(const std::optional<model::Outcomes>& outcomes);
/// What Wasm allows.
std::vector<std::string> allowed(const Notation& notation, const model::Variant& variant = {});

/// Whether every outcome of `some` is one of `all`.
bool is_subset(const std::optional<model::Outcomes>& some, const std::optional<model::Outcomes>& all);

/// What a random program is made of.
struct ProgramShape {
  unsigned threads = 2, operations = 3;  ///< of each thread
  std::vector<unsigned> widths = {1};
  bool overlapping = false;  ///< addresses 0 to 3, as aligned as the width; else two locations
  bool rmws = true;
  bool bitwise = false;       ///< more read-modify-writes: and, or, xor; stores of what was loaded with more bits
  bool dependencies = false;  ///< stores of what was loaded; skips
  bool suspensions = false;   ///< waits and notifies
  bool lengths = false;       ///< memory.size and memory.grow
  bool fences = false;
  bool small_constants = false;  ///< 0, 1 and 2; else each of their bytes is one of these
};
/// The same generator gives the same programs.
Notation random_program(std::mt19937& random, const ProgramShape& shape);

}  // namespace weft::testing
