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

  struct Row {
    std::string what;
    uint64_t count = 0;
  };
  /// What the handlers of the fast engine would execute, the most frequent first. What its code has that the counted
  /// code has not, a move for instance, counts as the instruction of Wasm it came from.
  std::vector<Row> handlers() const;
  /// The same for each two that follow each other in the code.
  std::vector<Row> pairs() const;

 private:
  struct Dispatch;
  std::vector<Dispatch> dispatches() const;

  const std::shared_ptr<const CompiledModule> module_;
  const LoweredModule& code_;                           // of the observed engine
  const std::unique_ptr<const LoweredModule> listing_;  // of the fast one
  std::vector<std::atomic<uint64_t>> counts_;           // by cell
};

}  // namespace weft
