// SPDX-License-Identifier: Apache-2.0
//
// What an access does to memory: the generator's own arithmetic, so that no expected value comes from the interpreter.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/generate/atomic.h"

namespace weft::generate {

/// Of the memories in the tests, which have one page; and where the sixteen bytes in front of it begin.
inline constexpr uint64_t kEnd = 65536, kLastCells = kEnd - 16;

/// The sixteen bytes that a test looks at. All are different, and half of them have their sign bit set.
struct Cells {
  uint64_t first = 16;  ///< the address of the first, a multiple of 8
  std::array<uint8_t, 16> bytes{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88,
                                0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0xf0};

  uint64_t get(uint64_t address, uint64_t width) const;
  void set(uint64_t address, uint64_t width, uint64_t value);
  uint64_t end() const { return first + bytes.size(); }
  uint64_t low() const { return get(first, 8); }
  uint64_t high() const { return get(first + 8, 8); }
  std::string escaped() const;  ///< as a string of the text format, without quotes
};

/// Carries out an access at the effective address `address`, all of it among the cells. Returns the result, if any: a
/// wait, with a timeout of 0, and a notify are alone.
std::optional<uint64_t> perform(const Atomic& atomic, Cells& cells, uint64_t address,
                                const std::vector<uint64_t>& operands);

}  // namespace weft::generate
