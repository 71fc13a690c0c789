// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"
#include "interp/types.h"
#include "interp/value.h"

namespace weft {

/// A number as the command line has it: integers decimal or 0x…, with a sign or not, in the signed or the unsigned
/// range of the type; floats decimal, hexadecimal ("0x1.8p+1"), "inf" or "nan" with a sign or not. a v128 0x
/// and up to 32 digits; "null" for a reference. Nothing when it is none of these.
std::optional<Value> parse_value(ValType type, std::string_view text);

/// Arguments of these types. Error: host, saying which argument is wrong.
Result<std::vector<Value>> parse_arguments(std::span<const ValType> types, std::span<const std::string> arguments);

}  // namespace weft
