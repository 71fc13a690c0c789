// SPDX-License-Identifier: Apache-2.0
//
// Where things are in the memory of a stress run: many cells, each with the locations of one iteration, and what each
// thread writes down of it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "suite/model/litmus.h"
#include "suite/model/model.h"

namespace weft::stress {

inline constexpr uint32_t kCacheLine = 64;

/// Which bytes the threads of a test access, in all of their executions.
struct Footprint {
  std::set<uint64_t> words;  ///< the addresses of the aligned 8 bytes that hold them
  bool in_sixteens = true;   ///< no access, and no address computed, crosses a boundary of 16 bytes
  bool waits = false;        ///< somebody may fall asleep
  bool has_fence = false;
  std::string fresh;  ///< why each iteration needs a new memory: a trap, a thread that stays asleep, a memory that
                      ///< grows; or nothing
};

/// Errors: those of Program; host, when a limit of the model was exceeded. Thread-safe.
Result<Footprint> find_footprint(const model::Litmus& litmus, const model::Judgement& judgement);

/// Thread safety: immutable.
struct Layout {
  bool spread = false;        ///< each 16 bytes of a cell on a cache line of their own
  uint32_t threads = 0;       ///< those of the test
  uint32_t cells = 0;         ///< iterations that there is room for
  uint32_t cell_bytes = 0;    ///< from one to the next
  std::vector<uint32_t> out;  ///< for each part of the test where its records begin

  /// `records`: the size of each part's record, in bytes.
  static Layout make(const Footprint& footprint, bool spread, uint32_t threads, uint32_t cells,
                     const std::vector<uint32_t>& records);

  /// Where an address of the test is in its cell.
  uint64_t place(uint64_t address) const { return spread ? address / 16 * kCacheLine + address % 16 : address; }
  /// The number of the batch in which a thread is; and the cell in which it is, if the test has waits.
  static constexpr uint32_t batch_at(uint32_t thread) { return 4 * kCacheLine * thread; }
  static constexpr uint32_t position_at(uint32_t thread) { return 4 * kCacheLine * thread + 2 * kCacheLine; }
  /// The number of the iteration in which it is, when they go from one to the next together.
  static constexpr uint32_t near_at(uint32_t thread) { return batch_at(thread) + kCacheLine; }
  static constexpr uint32_t cells_at() { return 0x1'0000; }
  /// What is filled so that stores queue (loop.cpp): more than a core's caches hold.
  static constexpr uint32_t kClogBytes = 0x20'0000;
  uint32_t clog = 0;  ///< where it begins
  /// 64 KiB each.
  uint32_t pages = 0;
};

}  // namespace weft::stress
