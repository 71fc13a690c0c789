// SPDX-License-Identifier: Apache-2.0
//
// An index space of the text format (text-context): counts what is defined and knows the identifiers bound to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "suite/text/cursor.h"

namespace weft::text {

class IndexSpace {
 public:
  /// `category` is the word of error messages: "unknown function $f".
  explicit IndexSpace(std::string_view category) : category_(category) {}

  std::string_view category() const { return category_; }

  /// Gives the next index to an entity, with its identifier if it has one. Throws "duplicate …".
  uint32_t bind(const std::optional<Token>& id);
  void skip(size_t count) { size_ += static_cast<uint32_t>(count); }

  /// Takes an index, a number or an identifier, from the source. Throws "unknown …".
  uint32_t expect(Cursor& cursor) const;

 private:
  std::string_view category_;
  uint32_t size_ = 0;
  std::unordered_map<std::string, uint32_t> by_name_;
};

}  // namespace weft::text
