// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "interp/value.h"

namespace weft::model {

/// What the registers have in the end, sorted by name: decimal numbers; and "trap" or "blocked" of each thread that
/// ended so, by the name "T0".
using Outcome = std::vector<std::pair<std::string, std::string>>;
/// In the order of their text, each once.
using Outcomes = std::vector<Outcome>;

/// "0:r0=1 1:r0=0".
std::string to_string(const Outcome& outcome);

/// A number as outcomes have it: an integer signed unless asked otherwise, a float by its bits, a v128 unsigned.
std::string to_decimal(const Value& value, bool is_unsigned);

/// Whether all of its bits are 1.
bool is_all_ones(const Value& value);

}  // namespace weft::model
