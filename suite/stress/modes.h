// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace weft::stress {

/// How one batch of iterations is run. Which mode shows what a test may do differs by machine, runtime and test: they
/// take turns.
struct Mode {
  bool spread;      ///< the locations of a cell on different cache lines
  uint32_t cells;   ///< iterations in the batch
  uint32_t stride;  ///< cells from one iteration to the next
  bool together;    ///< the threads wait for each other before each cell: where loops are slow, they seldom meet else
  bool pinned;      ///< each thread on a core of its own
};

inline constexpr uint32_t kMaxCells = 4096;

inline constexpr std::array<Mode, 10> kModes{{
    {.spread = true, .cells = 2048, .stride = 1, .together = false, .pinned = true},
    {.spread = false, .cells = 2048, .stride = 1, .together = false, .pinned = true},
    {.spread = true, .cells = 1024, .stride = 1, .together = true, .pinned = true},
    {.spread = true, .cells = 512, .stride = 1, .together = false, .pinned = true},
    {.spread = true, .cells = 2048, .stride = 31, .together = false, .pinned = true},
    {.spread = true, .cells = 2048, .stride = 1, .together = false, .pinned = false},
    {.spread = false, .cells = 1024, .stride = 1, .together = true, .pinned = false},
    {.spread = false, .cells = 4096, .stride = 1, .together = false, .pinned = false},
    {.spread = false, .cells = 512, .stride = 7, .together = false, .pinned = true},
    {.spread = true, .cells = 4096, .stride = 7, .together = false, .pinned = false},
}};

}  // namespace weft::stress
