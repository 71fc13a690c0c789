// SPDX-License-Identifier: Apache-2.0
#include "suite/text/index_space.h"

#include <fmt/format.h>

namespace weft::text {

uint32_t IndexSpace::bind(const std::optional<Token>& id) {
  if (id && !by_name_.try_emplace(id_name(*id), size_).second) {
    fail(id->position, fmt::format("duplicate {} {}", category_, id->text));
  }
  return size_++;
}

uint32_t IndexSpace::expect(Cursor& cursor) const {
  if (!cursor.at(TokenKind::id)) return cursor.expect_u32(fmt::format("a {} index", category_));
  const Token id = cursor.take();
  const auto found = by_name_.find(id_name(id));
  if (found == by_name_.end()) fail(id.position, fmt::format("unknown {} {}", category_, id.text));
  return found->second;
}

}  // namespace weft::text
