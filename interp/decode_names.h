// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "interp/module.h"

namespace weft {

/// What the contents of a custom section "name" say (binary-namesec), sorted by index. Nothing if they are malformed:
/// names never make a module malformed.
std::optional<Names> decode_names(const std::vector<uint8_t>& bytes);

/// The same of the first section "name" that is well-formed: any other is only a custom section.
std::optional<Names> names_of(const std::vector<CustomSection>& customs);

}  // namespace weft
