// SPDX-License-Identifier: Apache-2.0
#include "interp/limits.h"

#include <fmt/format.h>

namespace weft {

std::string too_many(const Limit& limit, uint64_t count) {
  return fmt::format("too many {}: {}, the limit of this implementation is {}", limit.what, count, limit.value);
}

}  // namespace weft
