// SPDX-License-Identifier: Apache-2.0
//
// A litmus test that is ready to run: a trace tree for each thread.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "suite/model/litmus.h"
#include "suite/model/trace_tree.h"

namespace weft::model {

/// Threads are numbered as in their events: 0 is the main thread before the others, then they, and the last the main
/// thread after them. Thread safety: none.
class Program {
 public:
  /// `litmus` must live as long. Errors: those of Replica, with the thread in `where`.
  static Result<std::unique_ptr<Program>> create(const Litmus& litmus, const Limits& limits = {});

  const Litmus& litmus() const { return litmus_; }
  unsigned threads() const { return static_cast<unsigned>(litmus_.threads.size()); }
  unsigned after() const { return threads() + 1; }
  bool is_concurrent(unsigned thread) const { return thread != 0 && thread != after(); }
  /// Null where the main thread has nothing to do.
  TraceTree* tree(unsigned thread) { return trees_[thread].get(); }
  /// How many others may wait while this one notifies.
  unsigned waiters(unsigned thread) const { return is_concurrent(thread) ? threads() - 1 : 0; }
  /// The allocation of the memory (alloc-mem): its length, and its first bytes.
  const Event& allocation() const { return allocation_; }
  /// A number for the outcome of an execution in which the threads ended so; null for one that had nothing to do, or
  /// never came to it. Several may be of the same outcome.
  uint32_t outcome_number(const std::vector<const TraceNode*>& ends);
  struct NamedOutcome {
    Outcome outcome;
    std::string text;
  };
  const NamedOutcome& outcome(uint32_t number);

  Limits limits;

 private:
  using Parts = std::vector<uint32_t>;  // the numbers of what the threads have, of those that are there
  struct Hash {
    size_t operator()(const Parts& parts) const;
  };

  Program(const Litmus& litmus, const Limits& at_most) : limits(at_most), litmus_(litmus) {}
  Result<Ok> add(const Code* code, unsigned number, const std::string& name, const std::shared_ptr<Memory>& memory);

  const Litmus& litmus_;
  Event allocation_;
  std::vector<std::unique_ptr<TraceTree>> trees_;
  Parts asked_;  // the last ones
  std::unordered_map<Parts, uint32_t, Hash> outcome_numbers_;
  std::vector<const Parts*> outcome_parts_;  // by number
  std::deque<NamedOutcome> outcomes_;        // by number; without a text where nobody has asked
};

/// The outcomes of a program's executions. Thread safety: none.
class FoundOutcomes {
 public:
  /// `program` must live as long; it remembers outcomes for all that look for them.
  explicit FoundOutcomes(Program& program) : program_(program) {}

  /// As in Program::outcome_number.
  void add(const std::vector<const TraceNode*>& ends) { seen_.insert(program_.outcome_number(ends)); }
  bool contains(const std::vector<const TraceNode*>& ends) const {
    return seen_.contains(program_.outcome_number(ends));
  }
  /// In the order of their text, each once.
  Outcomes sorted() const;

 private:
  Program& program_;
  std::unordered_set<uint32_t> seen_;
};

}  // namespace weft::model
