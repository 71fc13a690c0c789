// SPDX-License-Identifier: Apache-2.0
//
// How often a program executes what: which pairs of instructions deserve a handler of their own (fusions.inc).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "interp/instance.h"
#include "interp/lower.h"

namespace weft {

/// Counts instructions of one module while observed agents execute them, and says what they are for the fast engine.
/// Thread safety: add() from any thread; the others when nobody adds.
class ExecutionCounts {
 public:
  explicit ExecutionCounts(std::shared_ptr<const CompiledModule> module);

  /// Opcode of other modules is not counted. The order of the counts is nobody's concern: relaxed.
  void add(const Cell* pc) {
    if (code_.contains(pc))
      counts_[static_cast<size_t>(pc - code_.cells.data())].fetch_add(1, std::memory_order_relaxed);
  }

  /// An instruction of the fast engine's code, whatever it is fused with: tools/fusions chooses from these.
  struct Line {
    std::string what;       ///< "i32.add a=si"
    uint32_t cell = 0;      ///< its first
    uint64_t count = 0;     ///< how often it was executed
    bool goes_on = false;   ///< the next line always follows
    uint64_t handled = 0;   ///< how often it was dispatched to
    std::string with = {};  ///< what its handler executes: this line and more
    size_t handles = 1;     ///< so many lines
  };
  /// All of the module, in the order of the code. What the fast engine's code has that the counted code has not, a move
  /// for instance, counts as the instruction of Wasm it came from.
  std::vector<Line> lines() const;

  struct Row {
    std::string what;
    uint64_t count = 0;
  };
  /// What the handlers of the fast engine would execute, the most frequent first.
  static std::vector<Row> handlers(const std::vector<Line>& lines);
  /// The same for each two of which the second always follows the first.
  static std::vector<Row> pairs(const std::vector<Line>& lines);

 private:
  const std::shared_ptr<const CompiledModule> module_;
  const LoweredModule& code_;                           // of the observed engine
  const std::unique_ptr<const LoweredModule> listing_;  // of the fast one
  std::vector<std::atomic<uint64_t>> counts_;           // by cell
};

}  // namespace weft
