// SPDX-License-Identifier: Apache-2.0
//
// A 64-bit number of many: whoever finds two alike takes what they were made of for equal.
#pragma once

#include <cstdint>

namespace weft {

inline uint64_t mix(uint64_t digest, uint64_t word) {
  digest = (digest ^ word) * 0x9e3779b97f4a7c15;
  return digest ^ digest >> 29;
}

}  // namespace weft
