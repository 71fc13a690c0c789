// SPDX-License-Identifier: Apache-2.0
//
// Actions and assertions of a script as WebAssembly code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "suite/runtimes/code.h"
#include "suite/text/script.h"

namespace weft::runtimes {

/// Why no code can pass this argument, if that is so.
std::optional<std::string> cannot_pass(const script::Constant& argument);
/// Why no code can judge this result, if that is so.
std::optional<std::string> cannot_judge(const script::Expected& expected);

/// Pushes an argument; cannot_pass() said nothing.
void push(Code& code, const script::Constant& argument);

/// Takes the results of `types` from the stack and pushes 1 if they are as expected (bits, NaN patterns, null or not),
/// else 0. There are as many as are expected, of fitting types, and cannot_judge() said nothing.
void check(Code& code, const std::vector<ValType>& types, const std::vector<script::Expected>& expected);

}  // namespace weft::runtimes
