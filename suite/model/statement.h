// SPDX-License-Identifier: Apache-2.0
//
// What a file says that the outcomes of its test are, to be compared with what they are.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "interp/error.h"
#include "suite/model/model.h"

namespace weft::model {

/// A register in a number that packs all of them.
struct Digits {
  std::string name;  ///< "0:r0"
  size_t count = 1;  ///< hexadecimal
};

/// The outcomes that a file states: as they are printed, or each packed into a number. The first register has the
/// highest digits; one that is unassigned, negative or too large for its digits is all f.
struct Statement {
  std::vector<Digits> digits;  ///< empty: not packed
  std::set<std::string> outcomes;

  /// The outcome as it would stand here.
  std::string state(const Outcome& outcome) const;
  /// What is stated and is not so, and what is so and not stated, a line each; nothing when they are the same.
  std::vector<std::string> differences(const Outcomes& outcomes) const;
};

/// All that a file states of one test; what it does not is not there.
struct Statements {
  std::optional<Statement> wasm, sc;
  std::optional<size_t> tso_count;
  std::optional<bool> is_race_free;

  bool empty() const { return !wasm && !sc && !tso_count && !is_race_free; }
  /// "wasm: stated, but not allowed: 0:r0=1", and so on.
  std::vector<std::string> differences(const Judgement& judgement) const;
};

/// A test, and what its file states.
struct StatedLitmus {
  Litmus litmus;
  Statements stated = {};
};

}  // namespace weft::model
