// SPDX-License-Identifier: Apache-2.0
//
// Stress modules: a part of a litmus test as a loop over many cells, in Wasm, for whatever runtime.
#pragma once

#include "suite/stress/layout.h"
#include "suite/stress/record.h"

namespace weft::stress {

/// The parts of a test: its threads, by their numbers, and then the main thread before and after them.
struct Part {
  const model::Code* code = nullptr;
  std::string owner;            ///< in outcomes
  uint32_t number = 0;          ///< in Layout::out
  bool is_thread = true;        ///< else of the main thread, which waits for nobody
  bool tells_position = false;  ///< writes to Layout::position_at in which cell it is
};

/// A module that imports the memory as "mem" "memory" and exports
///   "loop" (param $first i32) (param $count i32) (param $stride i32) (param $batch i32) (param $together i32):
/// executes the part in the cells first, first + stride, …, `count` of them, at least one, and writes down what Record
/// says. If `batch` is not 0, a thread first waits until all threads of the test have come to a batch of that number or
/// a later one. If `together` is not 0, it is the number of the first of these iterations, which count on from batch to
/// batch, and before each the threads wait for each other, but not for long. Error: unlinkable, where the code cannot
/// be moved. Thread-safe.
Result<Module> make_loop(const Part& part, const Record& record, const Layout& layout);

/// The same, of code that sets each cell to what the memory holds at first.
Result<Module> make_reset(const Footprint& footprint, const std::vector<uint8_t>& image, const Layout& layout);

}  // namespace weft::stress
