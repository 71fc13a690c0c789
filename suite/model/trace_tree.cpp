// SPDX-License-Identifier: Apache-2.0
#include "suite/model/trace_tree.h"

#include <algorithm>

namespace weft::model {

TraceNode& TraceTree::child(TraceNode& node, const Answer& answer) {
  for (TraceNode* child : node.children) {
    if (child->answer == answer) return *child;
  }
  return add(&node, answer);
}

TraceNode& TraceTree::add(TraceNode* parent, const Answer& answer) {
  std::vector<Answer> answers;
  if (parent != nullptr) answers.push_back(answer);
  for (const TraceNode* node = parent; node != nullptr && node->parent != nullptr; node = node->parent)
    answers.push_back(node->answer);
  std::reverse(answers.begin(), answers.end());

  TraceNode& node = nodes_.emplace_back();
  node.segment = replica_->run(answers);
  node.parent = parent, node.answer = answer;
  node.number = static_cast<uint32_t>(nodes_.size() - 1);
  if (parent != nullptr) parent->children.push_back(&node);
  const auto [outcome, is_new] =
      outcome_numbers_.try_emplace(node.segment.registers, static_cast<uint32_t>(outcomes_.size()));
  if (is_new) outcomes_.push_back(&outcome->first);
  node.outcome = outcome->second;
  if (nodes_.size() > limits_.nodes) limits_.exceeded = "too many values that threads may read";
  if (node.segment.end == End::unbounded)
    limits_.exceeded = "a thread of more than 63 events, or a loop without an end";
  return node;
}

}  // namespace weft::model
