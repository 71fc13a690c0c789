// SPDX-License-Identifier: Apache-2.0
//
// The values of number tokens (text-int, text-float): exact, correctly rounded to nearest, ties to even. All functions
// expect a token the lexer accepted and return nothing when the value is out of range.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weft::text {

/// An unsigned integer (TokenKind::nat).
std::optional<uint64_t> to_u64(std::string_view text);
std::optional<uint32_t> to_u32(std::string_view text);

/// An integer of 8 to 64 bits, signed or unsigned (text-int): its two's complement in the low bits.
std::optional<uint64_t> to_int(std::string_view text, unsigned bits);

/// A floating-point number, or any integer, as IEEE 754 bits. A nan payload must fit and not be 0.
std::optional<uint32_t> to_f32(std::string_view text);
std::optional<uint64_t> to_f64(std::string_view text);

}  // namespace weft::text
