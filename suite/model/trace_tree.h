// SPDX-License-Identifier: Apache-2.0
//
// All that one thread may do, as far as anybody has asked: a tree that branches where the thread reads what others
// write.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "suite/model/replica.h"

namespace weft::model {

/// Where a thread stands after some answers. Lives as long as its tree, in its place.
struct TraceNode {
  Segment segment;
  const TraceNode* parent = nullptr;
  Answer answer;         ///< the last one
  uint32_t number = 0;   ///< different for each node of a tree
  uint32_t outcome = 0;  ///< once the thread has ended: equal for nodes with the same registers
  std::vector<TraceNode*> children;
};

/// What stands in the way of an exact answer; shared by all that works on one test. Once exceeded, sets are unknown.
struct Limits {
  size_t nodes = 200'000;         ///< of one trace tree
  size_t values = 70'000;         ///< that one read may have
  size_t executions = 5'000'000;  ///< candidates, partial ones too
  std::string exceeded;           ///< which one, or empty
};

/// Thread safety: none.
class TraceTree {
 public:
  TraceTree(std::unique_ptr<Replica> replica, Limits& limits) : replica_(std::move(replica)), limits_(limits) {
    add(nullptr, {});
  }

  TraceNode& root() { return nodes_.front(); }
  /// Where the answer leads, found out when first asked.
  TraceNode& child(TraceNode& node, const Answer& answer);
  /// In the order in which they were found.
  const std::deque<TraceNode>& nodes() const { return nodes_; }
  TraceNode& node(size_t number) { return nodes_[number]; }
  const Outcome& outcome(uint32_t number) const { return *outcomes_[number]; }

 private:
  struct Branch {
    uint32_t node;
    Answer answer;
    bool operator==(const Branch&) const = default;
  };
  struct Hash {
    size_t operator()(const Branch& branch) const;
  };

  TraceNode& add(TraceNode* parent, const Answer& answer);
  void heed(const TraceNode& node);

  std::unique_ptr<Replica> replica_;
  Limits& limits_;
  std::deque<TraceNode> nodes_;
  std::unordered_map<Branch, TraceNode*, Hash> children_;
  std::map<Outcome, uint32_t> outcome_numbers_;
  std::vector<const Outcome*> outcomes_;
};

}  // namespace weft::model
