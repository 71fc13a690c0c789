// SPDX-License-Identifier: Apache-2.0
#include "suite/model/search.h"

#include <algorithm>
#include <numeric>

#include "suite/model/suspension.h"

namespace weft::model {

Search::Search(Program& program, const Domain& domain, const Variant& variant, bool violations)
    : program_(program),
      domain_(domain),
      variant_(variant),
      violations_(violations),
      order_(program.threads()),
      threads_(program.after() + 1) {
  std::iota(order_.begin(), order_.end(), 1);
  // Those with the fewest ways to go first: the others then know more of what they can read.
  const auto ways = [&program](unsigned thread) { return std::pair(program.tree(thread)->nodes().size(), thread); };
  std::sort(order_.begin(), order_.end(), [&ways](unsigned a, unsigned b) { return ways(a) < ways(b); });
}

void Search::run(const Visit& visit, const IsKnown& is_known) {
  visit_ = visit, is_known_ = is_known;
  execution_.truncate(0);
  execution_.add(program_.allocation());
  if (program_.tree(0) == nullptr) return start(0);
  enter(0, program_.tree(0)->root(), {}, [this] { extend(); });
}

/// Lets all threads come to their first question.
void Search::start(size_t next) {
  if (next == order_.size()) return extend();
  enter(order_[next], program_.tree(order_[next])->root(), {}, [this, next] { start(next + 1); });
}

void Search::extend() {
  if (!is_within_limits()) return;
  if (++visited_ > program_.limits.executions) program_.limits.exceeded = "too many candidate executions";
  if (const auto next = next_thread()) {
    if (threads_[*next].at == nullptr) {
      // The main thread, when all others have ended.
      enter(*next, program_.tree(*next)->root(), {}, [this] { extend(); });
    } else {
      go_on(*next);
    }
    return;
  }
  if (!order_.empty() && threads_[order_[0]].at == nullptr && starts_threads()) return start(0);
  const auto has_ended = [this](unsigned one) { return threads_[one].is_done(); };
  if (!starts_threads() || std::all_of(order_.begin(), order_.end(), has_ended)) {
    if (!is_known_ || !is_known_(ends())) resolve(0);
    return;
  }
  guess();
}

/// Whether the main thread comes to start the others.
bool Search::starts_threads() const {
  return threads_[0].at == nullptr || threads_[0].at->segment.end == End::returned;
}

/// Nothing: all has ended, or who has not stands by in vain.
std::optional<unsigned> Search::next_thread() const {
  if (!starts_threads()) return threads_[0].is_done() ? std::nullopt : std::optional(0U);
  bool all_done = true, blocked = false;
  for (const unsigned number : order_) {
    if (threads_[number].at == nullptr) return {};
    if (threads_[number].is_done()) {
      blocked |= threads_[number].at->segment.end == End::blocked;
      continue;
    }
    all_done = false;
    if (can_go_on(number)) return number;
  }
  const unsigned after = program_.after();
  // Who waits for a thread that sleeps for ever does so, too.
  if (all_done && !blocked && program_.litmus().after && !threads_[after].is_done()) return after;
  return {};
}

bool Search::can_go_on(unsigned number) const {
  const Thread& one = threads_[number];
  if (!one.stands_by_since) return true;
  for (size_t event = *one.stands_by_since; event < execution_.events().size(); ++event) {
    if (is_awaited(one, *execution_.events()[event])) return true;
  }
  return false;
}

/// Whether an event could be what a thread stands by for.
bool Search::is_awaited(const Thread& thread, const Event& event) const {
  const Event& asks = thread.at->segment.question->event;
  for (const auto& [read, write] : {std::pair(&asks.length, &event.length), std::pair(&asks.data, &event.data)}) {
    if (read->reads && write->writes && overlap(*read, *write) &&
        (!thread.for_synchronizing || synchronize(*read, *write)))
      return true;
  }
  return false;
}

/// Whether another thread may still write what a thread is to read.
bool Search::may_be_written(unsigned number, bool synchronizing) const {
  if (!program_.is_concurrent(number)) return false;
  const Event& asks = threads_[number].at->segment.question->event;
  const auto is_written = [&](const Access& read, const Access& write) {
    return read.reads && overlap(read, write) && (!synchronizing || synchronize(read, write));
  };
  return std::any_of(order_.begin(), order_.end(), [&](unsigned other) {
    if (domain_.always_synchronizes) return other != number && !threads_[other].is_done();
    return other != number && domain_.any_later(other, *threads_[other].at, [&](const Access& write) {
      return is_written(asks.length, write) || is_written(asks.data, write);
    });
  });
}

void Search::go_on(unsigned number) {
  read(number, violations_);
  if (violations_ || !may_be_written(number, false)) return;
  const Thread before = threads_[number];
  threads_[number].stands_by_since = execution_.events().size();
  threads_[number].for_synchronizing = false;
  extend();
  threads_[number] = before;
}

/// All who have not ended stand by. The first of them that does not stand by for what synchronises with it guesses;
/// there is one, as happens-before has no cycles.
void Search::guess() {
  std::vector<std::pair<unsigned, Thread>> before;
  for (const unsigned number : order_) {
    Thread& one = threads_[number];
    if (one.is_done() || one.for_synchronizing) continue;
    read(number, true);
    if (!may_be_written(number, true)) break;
    before.emplace_back(number, one);
    one.stands_by_since = execution_.events().size(), one.for_synchronizing = true;
  }
  for (const auto& [number, thread] : before) threads_[number] = thread;
}

void Search::take(unsigned number, const Answer& answer, std::initializer_list<Links> links) {
  if (!is_within_limits()) return;
  TraceNode& node = program_.tree(number)->child(*threads_[number].at, answer);
  if (node.segment.end == End::dropped) return;
  enter(number, node, links, [this] { extend(); });
}

/// Adds a node's events, goes on with `then` if they can stand there, and takes them back.
template <class Then>
void Search::enter(unsigned number, TraceNode& node, std::initializer_list<Links> links, Then then) {
  if (!is_within_limits()) return;
  const Thread before = threads_[number];
  const size_t events = execution_.events().size(), reads = execution_.reads_from.size(),
               expected = expectations_.size();
  const Relation order = execution_.happens_before;
  const auto broken = broken_;
  for (const Event& event : node.segment.events) {
    if (size() == kMaxEvents) {
      program_.limits.exceeded = "an execution of more than 63 events";
      break;
    }
    for_each(direct_predecessors(number), [&](unsigned earlier) { execution_.happens_before.add(earlier, size()); });
    execution_.add(event);
    threads_[number].last = size() - 1;
  }
  threads_[number].at = &node;
  threads_[number].stands_by_since.reset();
  threads_[number].for_synchronizing = false;
  if (is_within_limits()) {
    for (const Links& some : links) link(static_cast<unsigned>(events), some.region, *some.origins);
    if (is_consistent_so_far()) then();
  }
  broken_ = broken;
  execution_.happens_before = order;
  execution_.truncate(events);
  execution_.reads_from.resize(reads);
  expectations_.resize(expected);
  threads_[number] = before;
}

/// What happens before a thread's next event by program order, spawn and join.
EventSet Search::direct_predecessors(unsigned number) const {
  if (threads_[number].last) return set_of(*threads_[number].last);
  EventSet set = set_of(threads_[0].last.value_or(0));
  if (number != program_.after()) return set;
  for (const unsigned joined : order_) {
    if (threads_[joined].last) set |= set_of(*threads_[joined].last);
  }
  return set;
}

bool Search::is_consistent_so_far() {
  return violations_ || (!broken_ && !find_violation(execution_, nullptr) && !is_hopeless());
}

void Search::order_suspensions() {
  const Relation before = execution_.happens_before;
  bool any = false;
  for_each_suspension_order(execution_, variant_, [&](const Relation& order) {
    any = true;
    execution_.happens_before = order;
    found();
  });
  execution_.happens_before = before;
  if (!any && violations_ && !broken_) {
    broken_ = Violation{Rule::suspension, 0, 0, 0};
    found();
    broken_.reset();
  }
}

void Search::found() {
  Relation total;
  std::optional<Violation> violation = broken_ ? broken_ : find_tear();
  if (!violation) violation = find_violation(execution_, &total);
  if (violation && !violations_) return;
  visit_({execution_, total, violation, ends()});
}

std::vector<const TraceNode*> Search::ends() const {
  std::vector<const TraceNode*> ends;
  ends.reserve(threads_.size());
  for (const Thread& one : threads_) ends.push_back(one.at);
  return ends;
}

}  // namespace weft::model
