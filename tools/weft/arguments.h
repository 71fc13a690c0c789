// SPDX-License-Identifier: Apache-2.0
//
// The arguments of `weft run --invoke`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"
#include "interp/types.h"
#include "interp/value.h"

namespace weft::cli {

/// A value of this type, from a number as the text format has it ("-1", "0xff", "1_000", "0x1.8p+1", "inf",
/// "nan:0x200000") or a value as weft prints it ("i32:-1", "f32:nan:canonical", "v128:0x…", "externref:7"), whose type
/// may be left out. Integers are in the signed or the unsigned range; floats are rounded to nearest, ties to even; a
/// v128 has 32 hexadecimal digits; "null" is a reference. Nothing when it is none of these.
std::optional<Value> parse_value(ValType type, std::string_view text);

/// Arguments of these types. Error: host, saying which argument is wrong.
Result<std::vector<Value>> parse_arguments(std::span<const ValType> types, std::span<const std::string> arguments);

}  // namespace weft::cli
