// SPDX-License-Identifier: Apache-2.0
#include "suite/model/trace_tree.h"

#include <algorithm>

#include "suite/model/hash.h"

namespace weft::model {

size_t TraceTree::Hash::operator()(const Branch& branch) const {
  const Answer& answer = branch.answer;
  Hasher hash;
  hash.add(branch.node), hash.add(to_number(answer.value)), hash.add(to_number(answer.value, 8));
  hash.add(answer.length);
  hash.add(static_cast<uint64_t>(answer.resumption) << 33 | uint64_t{answer.fails} << 32 | answer.count);
  return hash.result();
}

TraceNode& TraceTree::child(TraceNode& node, const Answer& answer) {
  const auto [found, is_new] = children_.try_emplace({node.number, answer}, nullptr);
  if (is_new) found->second = &add(&node, answer);
  heed(*found->second);
  return *found->second;
}

void TraceTree::heed(const TraceNode& node) {
  if (node.segment.end == End::unbounded)
    limits_.exceeded = "a thread of more than 63 events, or a loop without an end";
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
  heed(node);
  return node;
}

}  // namespace weft::model
