// SPDX-License-Identifier: Apache-2.0
//
// The compact notation of litmus tests: "W4u[x]=1; R4u[y]->r0". suite/model/README.md describes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"
#include "suite/model/event.h"

namespace weft::model {

/// A number of up to 128 bits, sign-extended, or a register.
struct Term {
  char op = '+';  ///< + - ^ & |: what joins it to those before it
  std::optional<std::string> reg = {};
  Bytes number{};
};
/// The instruction that an operator of Term is, without its type: "add".
std::string_view name_of(char op);
/// Terms from left to right.
using Expression = std::vector<Term>;

enum class Verb : uint8_t { read, write, rmw, cas, wait, notify, fence, size, grow, skip, assume, assign };

/// One operation. What its verb does not need is empty.
struct Operation {
  Verb verb{};
  std::string rmw = {};     ///< add sub and or xor xchg
  unsigned width = 0;       ///< bytes
  char ordering = 'u';      ///< u: plain integer, s: sequentially consistent, f: plain float or vector
  Expression address = {};  ///< names of locations are numbers here
  Expression value = {};  ///< stored, the operand, the replacement, the count, the delta, the left side of a condition
  Expression expected = {};  ///< of cas and wait; the right side of a condition
  Expression timeout = {};
  std::optional<std::string> target = {};  ///< the register that it sets
  bool is_equal = true;                    ///< == or != of a condition
  size_t skipped = 0;                      ///< how many operations a skip leaves out
};

/// A number, decimal or hexadecimal ("0x1f"), as 128 bits; negative as its two's complement. Nothing if it is none.
std::optional<Bytes> parse_literal(std::string_view digits, bool negative);

/// The operations of one thread. Error: malformed, with the column in `where`.
Result<std::vector<Operation>> parse_notation(std::string_view text);

}  // namespace weft::model
