// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interp/value.h"
#include "suite/text/script.h"

namespace weft::script {

/// The argument of an action as a runtime value.
Value to_value(const Constant& constant);

/// Whether a result is what the script expects: bits, NaN patterns lane by lane, references by kind or number, or one
/// of several.
bool matches(const Value& actual, const Expected& expected);

/// What was expected, in the words of the script language: "i32:1", "f32:nan:canonical", "either i32:0 i32:42".
std::string to_string(const Expected& expected);

}  // namespace weft::script
