// SPDX-License-Identifier: Apache-2.0
#include "suite/model/domain.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <utility>

#include "suite/model/thread_code.h"

namespace weft::model {
namespace {

/// What is worth knowing though nothing of it is needed: of which reads it makes no sense to stand by.
constexpr size_t kFewNodes = 1'000;

bool is_same_write(const Access& a, const Access& b) {
  return same_range(a, b) && a.ordering == b.ordering && a.tear_free == b.tear_free && a.written == b.written;
}

class Closure {
 public:
  Closure(Program& program, const Variant& variant)
      : program_(program), variant_(variant), nodes_(program.after()), longest_(program.after()) {
    domain_.writes.resize(program.after());
    for (const Access* access : {&program.allocation().length, &program.allocation().data})
      domain_.boundaries.add(*access);
  }

  Domain find() {
    // The main thread's part before the others goes first: they see what it leaves.
    step(0);
    publish();
    for (size_t round = 0; round <= longest_run() && is_within_limits(); ++round) {
      bool changed = false;
      for (unsigned thread = 1; thread < program_.after() && is_within_limits(); ++thread) changed |= step(thread);
      publish();
      if (!changed) break;
    }
    for (unsigned thread = 0; thread < program_.after(); ++thread) look_ahead(thread);
    return std::move(domain_);
  }

 private:
  struct Found {
    unsigned thread;
    Access write;
  };

  bool is_within_limits() const { return program_.limits.exceeded.empty(); }
  size_t longest_run() const {
    size_t writes = 0;
    for (const size_t one : longest_) writes += one;
    return writes;
  }

  void publish() {
    for (const Found& found : found_) domain_.writes[found.thread].push_back(found.write);
    news_ = std::move(found_);
    found_.clear();
  }

  /// Whether another thread writes something since the last round that this event could read.
  bool has_news(unsigned thread, const Event& asks) const {
    return std::any_of(news_.begin(), news_.end(), [&](const Found& news) {
      return news.thread != thread && (overlap(asks.length, news.write) || overlap(asks.data, news.write));
    });
  }

  /// Lets a thread read all that is known to be written, wherever it may stand. Whether it wrote anything new.
  bool step(unsigned thread) {
    TraceTree* tree = program_.tree(thread);
    if (tree == nullptr) return false;
    bool changed = false;
    for (size_t i = 0; i < tree->nodes().size() && is_within_limits(); ++i) {
      TraceNode& node = tree->node(i);
      if (node.segment.end == End::asks && (i >= nodes_[thread] || has_news(thread, node.segment.question->event))) {
        for (const Answer& answer : answers(thread, node)) {
          if (!is_within_limits()) break;
          tree->child(node, answer);
        }
      }
      if (i >= nodes_[thread]) changed |= note(thread, node);
    }
    nodes_[thread] = tree->nodes().size();
    return changed;
  }

  /// The writes on the way to a node that is new.
  bool note(unsigned thread, const TraceNode& node) {
    bool changed = false;
    size_t writes = 0;
    for (const TraceNode* at = &node; at != nullptr; at = at->parent) {
      for (const Event& event : at->segment.events) writes += event.data.writes || event.length.writes ? 1 : 0;
    }
    longest_[thread] = std::max(longest_[thread], writes);
    for (const Event& event : node.segment.events) {
      for (const Access* access : {&event.length, &event.data}) {
        if (access->writes) changed |= add(thread, *access);
      }
    }
    return changed;
  }

  bool add(unsigned thread, const Access& write) {
    const auto is_known = [&](const Access& known) { return is_same_write(known, write); };
    const auto& known = domain_.writes[thread];
    if (std::any_of(known.begin(), known.end(), is_known)) return false;
    for (const Found& found : found_) {
      if (found.thread == thread && is_known(found.write)) return false;
    }
    domain_.boundaries.add(write);
    found_.push_back({thread, write});
    return true;
  }

  /// What may come behind each node: children are numbered behind their parents.
  void look_ahead(unsigned thread) {
    std::vector<uint64_t>& later = domain_.later.emplace_back();
    TraceTree* tree = program_.tree(thread);
    if (tree == nullptr) return;
    later.resize(tree->nodes().size());
    for (size_t i = later.size(); i-- > 0;) {
      const TraceNode& node = tree->node(i);
      if (node.parent == nullptr) continue;
      uint64_t& before = later[node.parent->number];
      before |= later[i];
      for (const Event& event : node.segment.events) {
        for (const Access* access : {&event.length, &event.data}) {
          if (access->writes) before |= bit_of(thread, *access);
        }
      }
    }
  }

  uint64_t bit_of(unsigned thread, const Access& write) const {
    const auto& all = domain_.writes[thread];
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Access& one) { return is_same_write(one, write); });
    return uint64_t{1} << std::min<std::ptrdiff_t>(found - all.begin(), 63);
  }

  /// What has certainly happened before the thread's next event and behind the allocation, latest first.
  std::vector<const Event*> past(unsigned thread, const TraceNode& node) {
    std::vector<const Event*> events;
    const auto add_back_from = [&events](const TraceNode* at) {
      for (; at != nullptr; at = at->parent) {
        for (const Event& event : std::views::reverse(at->segment.events)) events.push_back(&event);
      }
    };
    add_back_from(&node);
    // Nobody disturbs the main thread before the others: it has one way to go, unless a grow may fail or a wait sleeps.
    if (thread != 0 && program_.tree(0) != nullptr) {
      const TraceNode* at = &program_.tree(0)->root();
      while (at->children.size() == 1) at = at->children[0];
      if (at->children.empty()) add_back_from(at);
    }
    return events;
  }

  std::vector<Source> sources(unsigned thread, const std::vector<const Event*>& past, const Access& read) {
    std::vector<Source> sources;
    const auto add = [&](const Access& write, ByteSet wanted, bool first = false) {
      Source source{.access = &write,
                    .whole = is_whole(read, write, variant_),
                    .first = first,
                    .synchronizes = synchronize(write, read)};
      for (unsigned i = 0; i < read.size; ++i) {
        if (write.covers(read.start + i)) source.bytes |= wanted & (ByteSet{1} << i);
      }
      if (source.bytes != 0) sources.push_back(source);
      return source.bytes;
    };
    ByteSet open = bytes_of(read);
    const auto of_region = [&read](const Event& event) -> const Access& {
      return read.region == Region::length ? event.length : event.data;
    };
    for (const Event* event : past) {
      const Access& write = of_region(*event);
      if (write.writes) open &= ~add(write, open, event->thread == 0);
    }
    add(of_region(program_.allocation()), open, true);
    for (unsigned other = 0; other < domain_.writes.size(); ++other) {
      if (other == thread || (other != 0 && !program_.is_concurrent(thread))) continue;
      // Of the main thread, where that has several ways to go, any write may be the last.
      for (const Access& write : domain_.writes[other]) {
        if (overlap(read, write)) add(write, other == 0 ? open : bytes_of(read), other == 0);
      }
    }
    return sources;
  }

  std::vector<Bytes> values(unsigned thread, const std::vector<const Event*>& past, const Access& read) {
    std::vector<Bytes> values = readable_values(read, sources(thread, past, read), program_.limits.values);
    if (values.size() > program_.limits.values) program_.limits.exceeded = "a read of too many values";
    if (read.region == Region::data && program_.is_concurrent(thread)) add_constants(read, values);
    return values;
  }

  /// A value may come out of thin air; where it could be written by nobody, it is found out later.
  void add_constants(const Access& read, std::vector<Bytes>& values) {
    for (const Bytes& constant : program_.litmus().constants) {
      for (size_t from = 0; from + read.size <= constant.size(); ++from) {
        Bytes part{};
        std::copy_n(constant.begin() + static_cast<std::ptrdiff_t>(from), read.size, part.begin());
        if (std::find(values.begin(), values.end(), part) == values.end()) values.push_back(part);
      }
    }
  }

  std::vector<Answer> answers(unsigned thread, const TraceNode& node) {
    const Question& question = *node.segment.question;
    const std::vector<const Event*> before = past(thread, node);
    std::vector<Answer> all;
    const auto complete = [&](const Answer& reads) {
      const auto some = completions(question, reads, program_.waiters(thread), program_.litmus().grow_may_fail);
      all.insert(all.end(), some.begin(), some.end());
    };
    std::vector<Bytes> lengths(1);
    if (question.event.length) lengths = values(thread, before, question.event.length);
    for (const Bytes& length : lengths) {
      Answer answer{.length = to_number(length)};
      if (!question.event.data.reads || is_out_of_bounds(question, answer)) {
        complete(answer);
        continue;
      }
      for (const Bytes& value : values(thread, before, question.event.data)) {
        answer.value = value;
        complete(answer);
      }
    }
    return all;
  }

  Program& program_;
  const Variant& variant_;
  Domain domain_;
  std::vector<Found> found_;     // in this round
  std::vector<Found> news_;      // in the last one
  std::vector<size_t> nodes_;    // of each tree, how many are known
  std::vector<size_t> longest_;  // of each thread, the most writes in a run
};

}  // namespace

bool is_whole(const Access& read, const Access& write, const Variant& variant) {
  if (!read.tear_free) return false;
  if (write.ordering == Ordering::init) return variant.no_tear_init;
  return write.tear_free && same_range(read, write);
}

Domain find_domain(Program& program, const Variant& variant) { return Closure(program, variant).find(); }

Domain find_least_domain(Program& program, const Variant& variant) {
  if (!program.limits.exceeded.empty() || !always_synchronize(program.litmus())) return find_domain(program, variant);
  const size_t nodes = std::exchange(program.limits.nodes, std::min(program.limits.nodes, kFewNodes));
  Domain domain = find_domain(program, variant);
  program.limits.nodes = nodes;
  if (program.limits.exceeded.empty()) return domain;
  program.limits.exceeded.clear();
  domain = {};
  domain.always_synchronizes = true;
  domain.writes.resize(program.after()), domain.later.resize(program.after());
  return domain;
}

}  // namespace weft::model
