// SPDX-License-Identifier: Apache-2.0
#include "suite/model/machine.h"

#include <algorithm>

#include "suite/model/machine_ahead.h"
#include "suite/model/machine_visited.h"

namespace weft::model {
namespace {

using namespace machine;

class Interleaving {
 public:
  Interleaving(Program& program, const Domain& domain, Ordered ordered)
      : program_(program),
        ahead_(program, domain),
        tso_(ordered == Ordered::tso),
        cells_(program.litmus().image),
        visited_(program),
        outcomes_(program) {}

  Outcomes run() {
    State state;
    state.threads.resize(program_.after() + 1);
    state.pages = program_.litmus().memory.limits.min;
    if (program_.tree(0) != nullptr) state.threads[0].at = &program_.tree(0)->root();
    visit(state);
    while (program_.limits.exceeded.empty() && visited_.take(state)) step(state);
    return outcomes_.sorted();
  }

 private:
  void visit(const State& state) {
    const auto is_dropped = [](const Thread& one) { return one.at != nullptr && one.at->segment.end == End::dropped; };
    if (std::any_of(state.threads.begin(), state.threads.end(), is_dropped)) return;
    visited_.add(state);
    if (visited_.size() > program_.limits.executions) program_.limits.exceeded = "too many states";
  }

  /// A copy, to become the next state; it lasts until the next call.
  State& successor(const State& state) { return next_ = state; }

  static bool has_ended(const Thread& thread) {
    return thread.at == nullptr ||
           (thread.next == thread.at->segment.events.size() && thread.at->segment.end != End::asks);
  }
  static bool has_returned(const Thread& thread) {
    return thread.at == nullptr || (has_ended(thread) && thread.at->segment.end == End::returned);
  }

  /// Whether nobody else can tell when the thread's next event happens, nor whether it has: a store that goes to its
  /// own queue, a fence behind an empty one, or an access to what no other thread will touch.
  bool is_private(const State& state, unsigned number) const {
    const Thread& thread = state.threads[number];
    if (thread.at == nullptr || thread.sleeps) return false;
    const Segment& segment = thread.at->segment;
    if (thread.next < segment.events.size()) {
      const Event& event = segment.events[thread.next];
      if (event.fence) return thread.queue.empty();
      if (tso_ && event.data && event.data.ordering == Ordering::unord) return true;
    } else if (segment.end != End::asks || segment.question->action.kind == Action::Kind::wait ||
               segment.question->action.kind == Action::Kind::notify) {
      return false;  // waits and notifies meet in queues
    }
    return ahead_.is_apart(state, number);
  }

  void step(const State& state) {
    // What commutes with all that others may yet do need not be tried before and behind it.
    for (unsigned number = 0; number < state.threads.size(); ++number) {
      if (is_private(state, number) && go_on(state, number)) return;
      const std::vector<Store>& queue = state.threads[number].queue;
      if (!queue.empty() && ahead_.is_apart(state, number, queue.front())) return flush(state, number);
    }
    bool moved = false, ended = true, blocked = false;
    for (unsigned number = 0; number < state.threads.size(); ++number) {
      const Thread& thread = state.threads[number];
      if (!thread.queue.empty()) flush(state, number), moved = true;
      if (has_ended(thread)) {
        blocked |= thread.at != nullptr && thread.at->segment.end == End::blocked;
        continue;
      }
      ended = false;
      moved |= go_on(state, number);
    }
    if (ended && !moved) return start_next(state, blocked);
    if (!moved) sleep_for_ever(state);
  }

  /// The oldest store of a queue reaches the memory.
  void flush(const State& state, unsigned number) {
    State& next = successor(state);
    std::vector<Store>& queue = next.threads[number].queue;
    cells_.write(next.memory, queue.front());
    queue.erase(queue.begin());
    visit(next);
  }

  /// All that had started has ended: the threads start, then the main thread goes on, then that was it.
  void start_next(const State& state, bool blocked) {
    State& next = successor(state);
    const unsigned first = 1, after = program_.after();
    if (after > first && state.threads[first].at == nullptr && has_returned(state.threads[0])) {
      for (unsigned number = first; number < after; ++number) next.threads[number].at = &program_.tree(number)->root();
      return visit(next);
    }
    if (program_.tree(after) != nullptr && state.threads[after].at == nullptr && !blocked &&
        has_returned(state.threads[0])) {
      next.threads[after].at = &program_.tree(after)->root();
      return visit(next);
    }
    std::vector<const TraceNode*> ends;
    ends.reserve(state.threads.size());
    for (const Thread& thread : state.threads) ends.push_back(thread.at);
    outcomes_.add(ends);
  }

  /// Nobody can wake those that sleep.
  void sleep_for_ever(const State& state) {
    State& next = successor(state);
    for (unsigned number = 0; number < state.threads.size(); ++number) {
      if (state.threads[number].sleeps) resume(next, number, Resumption::blocked);
    }
    next.asleep.clear();
    visit(next);
  }

  /// Every step that the thread can do now; false for none.
  bool go_on(const State& state, unsigned number) {
    const Thread& thread = state.threads[number];
    if (thread.next < thread.at->segment.events.size())
      return perform(state, number, thread.at->segment.events[thread.next]);
    const Question& question = *thread.at->segment.question;
    if (thread.sleeps) return time_out(state, number, question);
    const Action::Kind kind = question.action.kind;
    Answer reads{.length = question.event.length ? state.pages : 0};
    if (is_out_of_bounds(question, reads)) return answer(state, number, reads);
    switch (kind) {
      case Action::Kind::load: return load(state, number, question, reads);
      case Action::Kind::store:
        if (question.event.data.ordering == Ordering::seqcst && !thread.queue.empty()) return false;
        return answer(state, number, reads);
      case Action::Kind::size:
      case Action::Kind::bulk: return answer(state, number, reads);
      default: break;
    }
    if (!thread.queue.empty()) return false;
    if (question.event.data.reads)
      reads.value = cells_.read(state.memory, question.event.data.start, question.event.data.size);
    if (kind == Action::Kind::notify) return notify(state, number, question, reads);
    const auto all = completions(question, reads, 0, program_.litmus().grow_may_fail);
    if (kind == Action::Kind::wait && all[0].resumption != Resumption::none)
      return sleep(state, number, question, reads);
    for (const Answer& one : all) answer(state, number, one);
    return true;
  }

  /// Goes to where the answer leads, and does its event.
  bool answer(const State& state, unsigned number, const Answer& answer) {
    State& next = successor(state);
    Thread& thread = next.threads[number];
    thread.at = &program_.tree(number)->child(*thread.at, answer);
    thread.loaded = 0, thread.reads = {}, thread.sleeps = false;
    const Event& event = thread.at->segment.events[0];
    thread.next = thread.at->segment.answers;
    if (event.length.writes) next.pages = to_number(event.length.written);
    if (event.data.writes && event.data.size <= event.data.written.size()) store(next, number, event.data);
    visit(next);
    return true;
  }

  /// An event that needed no answer.
  bool perform(const State& state, unsigned number, const Event& event) {
    const bool plain = event.data && event.data.ordering == Ordering::unord;
    if (!plain && !state.threads[number].queue.empty()) return false;
    State& next = successor(state);
    ++next.threads[number].next;
    if (event.data) store(next, number, event.data);
    visit(next);
    return true;
  }

  void store(State& state, unsigned number, const Access& access) {
    const bool queued = tso_ && access.ordering == Ordering::unord;
    for (uint64_t done = 0; done < access.size;) {
      const uint64_t piece = queued ? aligned_piece(access.start + done, access.size - done) : access.size;
      const auto from = access.written.begin() + static_cast<std::ptrdiff_t>(done);
      Store one{.address = access.start + done, .size = static_cast<uint32_t>(piece)};
      std::copy_n(from, piece, one.bytes.begin());
      done += piece;
      if (queued) {
        state.threads[number].queue.push_back(one);
      } else {
        cells_.write(state.memory, one);
      }
    }
  }

  static uint64_t aligned_piece(uint64_t start, uint64_t size) { return std::min<uint64_t>(size, 8 - start % 8); }

  bool load(const State& state, unsigned number, const Question& question, Answer reads) {
    const Access& access = question.event.data;
    const Thread& thread = state.threads[number];
    const uint64_t start = access.start + thread.loaded;
    const uint64_t size = tso_ ? aligned_piece(start, access.size - thread.loaded) : access.size;
    const auto youngest = std::find_if(thread.queue.rbegin(), thread.queue.rend(),
                                       [&](const Store& store) { return store.overlaps(start, size); });
    Bytes bytes{};
    if (youngest == thread.queue.rend()) {
      bytes = cells_.read(state.memory, start, size);
    } else if (youngest->contains(start, size)) {
      std::copy_n(youngest->bytes.begin() + static_cast<std::ptrdiff_t>(start - youngest->address), size,
                  bytes.begin());
    } else {
      return false;
    }
    if (thread.loaded != 0) reads = thread.reads;
    std::copy_n(bytes.begin(), size, reads.value.begin() + static_cast<std::ptrdiff_t>(thread.loaded));
    if (thread.loaded + size == access.size) return answer(state, number, reads);
    State& next = successor(state);
    next.threads[number].loaded += static_cast<uint32_t>(size);
    next.threads[number].reads = reads;
    visit(next);
    return true;
  }

  bool sleep(const State& state, unsigned number, const Question& question, const Answer& reads) {
    State& next = successor(state);
    Thread& thread = next.threads[number];
    thread.sleeps = true, thread.reads = reads;
    next.asleep.push_back({question.event.location, number});
    visit(next);
    return true;
  }

  bool time_out(const State& state, unsigned number, const Question& question) {
    if (question.action.timeout < 0) return false;
    State& next = successor(state);
    std::erase(next.asleep, Asleep{question.event.location, number});
    resume(next, number, Resumption::timeout);
    visit(next);
    return true;
  }

  bool notify(const State& state, unsigned number, const Question& question, Answer reads) {
    State& next = successor(state);
    for (const Asleep& one : state.asleep) {
      if (one.location != question.event.location || reads.count == question.event.limit) continue;
      ++reads.count;
      std::erase(next.asleep, one);
      resume(next, one.thread, Resumption::woken);
    }
    return answer(next, number, reads);
  }

  void resume(State& state, unsigned number, Resumption resumption) {
    Thread& thread = state.threads[number];
    thread.reads.resumption = resumption;
    thread.at = &program_.tree(number)->child(*thread.at, thread.reads);
    thread.next = thread.at->segment.answers;
    thread.reads = {}, thread.sleeps = false;
  }

  Program& program_;
  const Ahead ahead_;
  const bool tso_;
  Cells cells_;
  Visited visited_;
  State next_;
  FoundOutcomes outcomes_;
};

}  // namespace

Outcomes interleave(Program& program, const Domain& domain, Ordered ordered) {
  return Interleaving(program, domain, ordered).run();
}

}  // namespace weft::model
