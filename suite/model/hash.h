// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace weft::model {

/// A hash of numbers, one after the other. A plain value.
class Hasher {
 public:
  void add(uint64_t number) { hash_ = (hash_ ^ number) * 0x9e3779b97f4a7c15 + (hash_ >> 29); }
  size_t result() const { return static_cast<size_t>(hash_ ^ hash_ >> 32); }

 private:
  uint64_t hash_ = 0;
};

}  // namespace weft::model
