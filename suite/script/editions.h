// SPDX-License-Identifier: Apache-2.0
//
// Scripts are written for one edition of the specification, and do not say for which. What they accept, every later
// edition accepts; but what they assert to be rejected may have come since.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace weft::script {

/// What an earlier edition said of modules that a later one accepts, or rejects in other words.
struct Lifted {
  std::string_view message;  ///< its prefix
  std::string_view by;       ///< the proposal
};
inline constexpr auto kLifted = std::to_array<Lifted>({
    {"multiple memories", "multi-memory"},
    {"zero byte expected", "multi-memory"},
    {"malformed memop flags", "multi-memory"},
    {"integer too large", "memory64: numbers became longer"},
    {"integer representation too long", "memory64: numbers became longer"},
    {"i32 constant", "memory64: numbers became longer"},
    {"malformed limits flags", "custom-page-sizes"},
    {"unknown global", "extended-const"},
    {"illegal opcode", "exception-handling, tail-call"},
    {"malformed import kind", "exception-handling"},
    {"malformed export kind", "exception-handling"},
    {"malformed section id", "exception-handling"},
    {"malformed lane index", "3.0 calls it a constant"},
    {"global is immutable", "3.0 calls it an immutable global"},
});

constexpr bool was_lifted(std::string_view message) {
  return std::any_of(kLifted.begin(), kLifted.end(),
                     [message](const Lifted& row) { return message.starts_with(row.message); });
}

}  // namespace weft::script
