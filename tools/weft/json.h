// SPDX-License-Identifier: Apache-2.0
//
// JSON as every command writes it.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace weft::cli {

/// The document as text. JSON is UTF-8; names and messages with bytes of files in them need not be, and get U+FFFD in
/// place of what is not.
inline std::string to_text(const nlohmann::ordered_json& json, int indent = -1) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

/// An array of what `to_json` makes of each, one a line, which is what `grep` and `diff` like.
template <class Rows, class ToJson>
void print_json(const Rows& rows, ToJson to_json) {
  const char* separator = "[\n";
  for (const auto& row : rows) fmt::print("{}{}", std::exchange(separator, ",\n"), to_text(to_json(row)));
  fmt::print("\n]\n");
}

}  // namespace weft::cli
