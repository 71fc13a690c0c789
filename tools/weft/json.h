// SPDX-License-Identifier: Apache-2.0
//
// JSON as every command writes it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace weft::cli {

/// The document as text. JSON is UTF-8; names and messages with bytes of files in them need not be, and get U+FFFD in
/// place of what is not.
inline std::string to_text(const nlohmann::ordered_json& json, int indent = -1) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace weft::cli
