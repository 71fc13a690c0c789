// SPDX-License-Identifier: Apache-2.0
#include "suite/tests/model_brute_force.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

#include "suite/model/program.h"

namespace weft::testing {
namespace {

using model::Access;
using model::Event;
using model::Ordering;
using model::Suspension;
using model::TraceNode;

/// A trace, its events in one list, thread after thread; the allocation is event 0.
struct Trace {
  std::vector<const Event*> events;
  std::vector<std::pair<size_t, size_t>> program_order;  // pairs of neighbours, of spawn and of join, too
  std::vector<const TraceNode*> ends;
};

/// For each reading event, the write that each of its bytes comes from.
using Assignment = std::vector<std::vector<size_t>>;
using Matrix = std::vector<std::vector<bool>>;

bool is_tear_free(const Access& access) { return access.tear_free; }
bool sync(const Access& a, const Access& b) {
  return a.size != 0 && b.size != 0 && a.start == b.start && a.size == b.size && a.ordering == Ordering::seqcst &&
         b.ordering == Ordering::seqcst;
}
bool covers(const Access& access, uint64_t k) { return k >= access.start && k < access.start + access.size; }

/// One trace with its assignment and total order.
class Checker {
 public:
  Checker(const Trace& trace, const Assignment& assignment, const std::vector<size_t>& order)
      : trace_(trace), assignment_(assignment), order_(order), place_(order.size()) {
    for (size_t i = 0; i < order.size(); ++i) place_[order[i]] = i;
  }

  bool is_consistent() {
    hb_.assign(size(), std::vector<bool>(size()));
    for (const auto& [a, b] : trace_.program_order) hb_[a][b] = true;
    for (size_t e = 1; e < size(); ++e) hb_[0][e] = true;  // what the main thread has allocated
    for (size_t r = 0; r < size(); ++r) {
      for (const size_t w : assignment_[r]) {
        if (sync(data(w), data(r))) hb_[w][r] = true;
      }
    }
    if (!suspensions_replay()) return false;
    close();
    for (size_t a = 0; a < size(); ++a) {
      for (size_t b = 0; b < size(); ++b) {
        if (hb_[a][b] && !tot(a, b)) return false;
      }
    }
    for (size_t r = 0; r < size(); ++r) {
      if (data(r).reads && !reads_well(r)) return false;
    }
    return true;
  }

  bool has_race() const {
    for (size_t a = 0; a < size(); ++a) {
      for (size_t b = 0; b < size(); ++b) {
        const Access &one = data(a), &other = data(b);
        if (a == b || !(one.writes || other.writes) || sync(one, other) || hb_[a][b] || hb_[b][a]) continue;
        if (one.size != 0 && other.size != 0 && one.start < other.start + other.size &&
            other.start < one.start + one.size)
          return true;
      }
    }
    return false;
  }

 private:
  size_t size() const { return trace_.events.size(); }
  const Access& data(size_t e) const { return trace_.events[e]->data; }
  bool tot(size_t a, size_t b) const { return place_[a] < place_[b]; }

  void close() {
    for (size_t k = 0; k < size(); ++k) {
      for (size_t a = 0; a < size(); ++a) {
        for (size_t b = 0; b < size(); ++b) hb_[a][b] = hb_[a][b] || (hb_[a][k] && hb_[k][b]);
      }
    }
  }

  /// Replays the queue of each location in the total order, and orders its events by happens-before.
  bool suspensions_replay() {
    std::set<uint64_t> locations;
    for (const Event* event : trace_.events) locations.insert(event->location);
    for (const uint64_t location : locations) {
      std::vector<size_t> events;
      for (const size_t e : order_) {
        const Suspension kind = trace_.events[e]->suspension;
        if (trace_.events[e]->location == location && kind != Suspension::none && kind != Suspension::not_equal)
          events.push_back(e);
      }
      for (size_t i = 1; i < events.size(); ++i) hb_[events[i - 1]][events[i]] = true;
      std::vector<size_t> queue;  // the youngest first, as in the rule
      for (size_t i = 0; i < events.size(); ++i) {
        const Event& event = *trace_.events[events[i]];
        if (event.suspension == Suspension::wait) queue.insert(queue.begin(), events[i]);
        if (event.suspension == Suspension::woken) return false;
        if (event.suspension == Suspension::timeout) {
          const auto own = std::find(queue.begin(), queue.end(), events[i] - 1);
          if (own == queue.end()) return false;
          queue.erase(own);
        }
        if (event.suspension != Suspension::notify) continue;
        const size_t n = event.count;
        if (n > event.limit || n > queue.size() || n > events.size() - i - 1) return false;
        if (n < event.limit && queue.size() != n) return false;
        for (size_t j = 0; j < n; ++j) {
          const size_t woken = events[i + 1 + j];
          if (trace_.events[woken]->suspension != Suspension::woken || woken - 1 != queue[queue.size() - n + j])
            return false;
        }
        queue.resize(queue.size() - n);
        i += n;
      }
    }
    return true;
  }

  bool reads_well(size_t r) const {
    std::set<size_t> tear_free_writes;
    for (size_t i = 0; i < assignment_[r].size(); ++i) {
      const size_t w = assignment_[r][i];
      const uint64_t k = data(r).start + i;
      if (!is_hb_consistent(w, r, k) || !is_sc_last_visible(w, r)) return false;
      if (data(w).start == data(r).start && data(w).size == data(r).size && is_tear_free(data(w)))
        tear_free_writes.insert(w);
    }
    return !is_tear_free(data(r)) || tear_free_writes.size() <= 1;
  }

  bool is_hb_consistent(size_t w, size_t r, uint64_t k) const {
    if (hb_[r][w] || (sync(data(w), data(r)) && !hb_[w][r])) return false;
    for (size_t other = 0; other < size(); ++other) {
      if (data(other).writes && hb_[w][other] && hb_[other][r] && covers(data(other), k)) return false;
    }
    return true;
  }

  bool is_sc_last_visible(size_t w, size_t r) const {
    for (size_t other = 0; other < size() && hb_[w][r]; ++other) {
      if (!data(other).writes) continue;
      if (sync(data(w), data(r)) && tot(w, other) && tot(other, r) && sync(data(other), data(r))) return false;
      if (hb_[w][other] && tot(other, r) && sync(data(other), data(r))) return false;
      if (tot(w, other) && hb_[other][r] && sync(data(w), data(other))) return false;
    }
    return true;
  }

  const Trace& trace_;
  const Assignment& assignment_;
  const std::vector<size_t>& order_;
  std::vector<size_t> place_;
  Matrix hb_;
};

class Enumerator {
 public:
  Enumerator(const model::Litmus& litmus, std::set<uint8_t> bytes, bool words)
      : bytes_(std::move(bytes)), words_(words), program_(*model::Program::create(litmus)) {}

  BruteForce run() {
    std::vector<const TraceNode*> ends;
    choose_ends(0, ends);
    return std::move(found_);
  }

 private:
  /// Every way to end, thread after thread.
  void choose_ends(unsigned thread, std::vector<const TraceNode*>& ends) {
    if (thread > program_->after()) return try_trace(ends);
    const auto is_blocked = [](const TraceNode* end) {
      return end != nullptr && end->segment.end == model::End::blocked;
    };
    const bool stuck = thread == program_->after() && std::any_of(ends.begin(), ends.end(), is_blocked);
    if (program_->tree(thread) == nullptr || stuck) {
      ends.push_back(nullptr);
      choose_ends(thread + 1, ends);
      ends.pop_back();
      return;
    }
    const auto take = [&](const TraceNode& end) {
      ends.push_back(&end);
      choose_ends(thread + 1, ends);
      ends.pop_back();
    };
    guess(thread, program_->tree(thread)->root(), take);
  }

  void guess(unsigned thread, TraceNode& node, const std::function<void(const TraceNode&)>& take) {
    if (node.segment.end == model::End::dropped) return;
    if (node.segment.end != model::End::asks) return take(node);
    const model::Question& question = *node.segment.question;
    const size_t size = question.event.data.reads ? question.event.data.size : 0;
    model::Answer answer;
    const std::function<void(size_t)> fill = [&](size_t i) {
      if (i == size || (i == 1 && size == 4 && !words_)) {
        for (const model::Answer& one : completions(question, answer, program_->waiters(thread), false))
          guess(thread, program_->tree(thread)->child(node, one), take);
        return;
      }
      for (const uint8_t byte : bytes_) {
        answer.value[i] = byte;
        fill(i + 1);
      }
    };
    fill(0);
  }

  void try_trace(const std::vector<const TraceNode*>& ends) {
    Trace trace{.events = {&program_->allocation()}, .program_order = {}, .ends = ends};
    size_t spawner = 0;
    std::vector<size_t> joined;
    for (unsigned thread = 0; thread < ends.size(); ++thread) {
      std::vector<const TraceNode*> path;
      for (const TraceNode* node = ends[thread]; node != nullptr; node = node->parent) path.push_back(node);
      bool first = true;
      for (size_t i = path.size(); i-- > 0;) {
        for (const Event& event : path[i]->segment.events) {
          const size_t number = trace.events.size();
          trace.events.push_back(&event);
          trace.program_order.emplace_back(first ? spawner : number - 1, number);
          if (thread == program_->after()) {
            for (const size_t last : joined) trace.program_order.emplace_back(last, number);
          }
          first = false;
        }
      }
      if (!first) joined.push_back(trace.events.size() - 1);
      if (thread == 0 && !first) spawner = trace.events.size() - 1;
    }
    Assignment assignment(trace.events.size());
    assign(trace, 0, assignment);
  }

  /// Every write for every byte, whatever else is true of it.
  void assign(const Trace& trace, size_t reader, Assignment& assignment) {
    if (reader == trace.events.size()) return try_orders(trace, assignment);
    const Access& read = trace.events[reader]->data;
    const size_t i = assignment[reader].size();
    if (!read.reads || i == read.size) return assign(trace, reader + 1, assignment);
    for (size_t writer = 0; writer < trace.events.size(); ++writer) {
      const Access& write = trace.events[writer]->data;
      const uint64_t k = read.start + i;
      if (writer == reader || !write.writes || !covers(write, k) || write.written_at(k) != read.read[i]) continue;
      assignment[reader].push_back(writer);
      assign(trace, reader, assignment);
      assignment[reader].pop_back();
    }
  }

  /// Every total order that extends program order.
  void try_orders(const Trace& trace, const Assignment& assignment) {
    std::vector<size_t> order;
    std::vector<bool> placed(trace.events.size());
    bool consistent = false;
    const std::function<void()> place = [&] {
      if (consistent && found_.has_race) return;
      if (order.size() == trace.events.size()) {
        Checker checker(trace, assignment, order);
        if (!checker.is_consistent()) return;
        consistent = true;
        found_.outcomes.insert(program_->outcome(program_->outcome_number(trace.ends)).text);
        found_.has_race = found_.has_race || checker.has_race();
        return;
      }
      for (size_t e = 0; e < trace.events.size(); ++e) {
        const bool ready = std::all_of(trace.program_order.begin(), trace.program_order.end(),
                                       [&](const auto& pair) { return pair.second != e || placed[pair.first]; });
        if (placed[e] || !ready) continue;
        placed[e] = true, order.push_back(e);
        place();
        placed[e] = false, order.pop_back();
      }
    };
    place();
  }

  std::set<uint8_t> bytes_;
  bool words_;
  BruteForce found_;
  std::unique_ptr<model::Program> program_;
};

}  // namespace

BruteForce enumerate(const model::Litmus& litmus, std::set<uint8_t> bytes, bool words) {
  bytes.insert(0);
  return Enumerator(litmus, std::move(bytes), words).run();
}

}  // namespace weft::testing
