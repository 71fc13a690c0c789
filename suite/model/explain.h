// SPDX-License-Identifier: Apache-2.0
//
// Why an outcome is allowed, or what forbids it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "suite/model/search.h"

namespace weft::model {

/// One candidate execution, kept.
struct Kept {
  Execution execution;
  Relation total;  ///< if it is consistent
  std::optional<Violation> violation;
};

/// An execution with an outcome that was asked for; or else, of those that would have it, one for each rule that they
/// break. Its events live as long as the program.
struct Explanation {
  std::unique_ptr<Program> program;
  std::string outcome;
  std::optional<Kept> witness;
  std::vector<Kept> forbidden;       ///< what breaks the most first
  std::vector<size_t> candidates;    ///< how many break the rule of each
  std::vector<std::string> missing;  ///< registers that the outcome does not name
  std::string unknown;               ///< the limit that was exceeded before it was known, or empty
  bool is_partial = false;           ///< it is forbidden, but not all candidates were looked at

  bool is_allowed() const { return witness.has_value(); }
};

/// `outcome` is as outcomes are printed, in any order. `litmus` must live as long as the result. Errors: those of
/// judge(); malformed, where it is no outcome of such a test.
Result<Explanation> explain(const Litmus& litmus, const Variant& variant, const std::string& outcome,
                            const Limits& limits = {});

/// For people: the events of a witness, what they read from, a total order; or the rules that are broken, and by what.
std::string to_text(const Explanation& explanation);
/// A drawing of the same, for Graphviz.
std::string to_dot(const Explanation& explanation);

}  // namespace weft::model
