// SPDX-License-Identifier: Apache-2.0
//
// How a thread of a litmus test came to its end, as outcomes tell it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suite/model/litmus.h"

namespace weft::model {

/// What is left of a thread's instance.
struct Ending {
  enum class Kind : uint8_t { returned, trapped, blocked } kind = Kind::returned;
  std::vector<Value> results;  ///< of the function, once it has returned
  /// The value of the exported global of this name, if there is one.
  std::function<std::optional<Value>(std::string_view)> global;
};

/// The thread's part of the outcome, or nothing where it found an assumption false. `owner` is its name in outcomes:
/// "0", or "M" of the main thread. The same rules as those of Code. Thread-safe.
std::optional<Outcome> part_of_outcome(const Code& code, const std::string& owner, const Ending& ending);

/// Appends a part to the outcome; without the part there is no outcome.
void add_part(std::optional<Outcome>& outcome, const std::optional<Outcome>& part);

}  // namespace weft::model
