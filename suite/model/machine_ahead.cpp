// SPDX-License-Identifier: Apache-2.0
#include "suite/model/machine_ahead.h"

namespace weft::model::machine {
namespace {

constexpr unsigned kLengthBit = 63;
constexpr uint64_t kAllData = (uint64_t{1} << kLengthBit) - 1;

/// Litmus tests have their locations at small multiples of 16.
uint64_t data_bits(uint64_t start, uint64_t size) {
  if (size >= kLengthBit) return kAllData;
  const uint64_t ones = (uint64_t{1} << size) - 1, first = start % kLengthBit;
  return (ones << first | ones >> (kLengthBit - first)) & kAllData;
}

}  // namespace

void Effect::add(const Access& access) {
  if (!access) return;
  const uint64_t bits =
      access.region == Region::length ? uint64_t{1} << kLengthBit : data_bits(access.start, access.size);
  if (access.reads) reads |= bits;
  if (access.writes) writes |= bits;
}

void Effect::add(const Store& store) { writes |= data_bits(store.address, store.size); }

Ahead::Ahead(Program& program, const Domain& domain) {
  if (domain.always_synchronizes) return;
  nodes_.resize(program.after());
  for (unsigned thread = 0; thread < program.after(); ++thread) {
    TraceTree* tree = program.tree(thread);
    if (tree == nullptr) continue;
    std::vector<Node>& nodes = nodes_[thread];
    nodes.resize(tree->nodes().size());
    // Children are numbered behind their parents.
    for (size_t i = nodes.size(); i-- > 0;) {
      const TraceNode& node = tree->node(i);
      const std::vector<Event>& events = node.segment.events;
      for (const Event& event : events) nodes[i].events.add(event);
      if (node.segment.question) nodes[i].behind.add(node.segment.question->event);
      if (node.parent == nullptr) continue;
      Node& parent = nodes[node.parent->number];
      for (size_t answer = 0; answer < node.segment.answers; ++answer) parent.answers.add(events[answer]);
      parent.behind.add(nodes[i].events), parent.behind.add(nodes[i].behind);
    }
  }
}

/// Of one that the domain does not know, anything.
const Ahead::Node& Ahead::node(unsigned thread, const TraceNode& at) const {
  static constexpr Effect kAnything{.reads = ~uint64_t{0}, .writes = ~uint64_t{0}};
  static constexpr Node kUnknown{kAnything, kAnything, kAnything};
  return at.number < nodes_[thread].size() ? nodes_[thread][at.number] : kUnknown;
}

bool Ahead::is_apart(const State& state, unsigned number) const {
  if (number >= nodes_.size()) return false;
  const Thread& thread = state.threads[number];
  const std::vector<Event>& events = thread.at->segment.events;
  Effect effect;
  thread.next < events.size() ? effect.add(events[thread.next]) : effect.add(node(number, *thread.at).answers);
  return effect.is_independent_of(of_others(state, number));
}

bool Ahead::is_apart(const State& state, unsigned number, const Store& store) const {
  if (number >= nodes_.size()) return false;
  Effect effect;
  effect.add(store);
  return effect.is_independent_of(of_others(state, number));
}

Effect Ahead::of_others(const State& state, unsigned number) const {
  Effect all;
  for (unsigned other = 0; other < state.threads.size(); ++other) {
    const Thread& thread = state.threads[other];
    if (other == number || thread.at == nullptr) continue;
    const Node& stands = node(other, *thread.at);
    if (thread.next < thread.at->segment.events.size()) all.add(stands.events);
    all.add(stands.behind);
    for (const Store& store : thread.queue) all.add(store);
  }
  return all;
}

}  // namespace weft::model::machine
