// SPDX-License-Identifier: Apache-2.0
//
// All candidate executions of a litmus test, and those among them that are consistent.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "suite/model/domain.h"
#include "suite/model/execution.h"
#include "suite/model/program.h"

namespace weft::model {

/// An execution that is complete: every thread has returned, trapped, or sleeps for ever.
struct Candidate {
  const Execution& execution;
  const Relation& total;                      ///< if it is consistent
  const std::optional<Violation>& violation;  ///< if not
  const std::vector<const TraceNode*>& ends;  ///< where each thread stands; null where it had nothing to do
};

/// Builds executions event by event. A thread goes on until its next event depends on another, and then
///  - reads from writes that are there, each way that is different, or
///  - stands by until a write has come that it reads from.
/// Of several threads that can go on the first does, so no execution is built twice for its order. When all stand by,
/// each for the others, program order and reads-from are a cycle, which nothing forbids unless it synchronises: then
/// one of them guesses what it will read, and the write is found at the end. What is inconsistent already is left at
/// once.
class Search {
 public:
  using Visit = std::function<void(const Candidate&)>;
  /// Whether nobody wants to hear of one more candidate in which the threads ended so.
  using IsKnown = std::function<bool(const std::vector<const TraceNode*>& ends)>;

  /// `domain` is that of the program and variant. With `violations` also executions that are not consistent are
  /// visited.
  Search(Program& program, const Domain& domain, const Variant& variant, bool violations = false);

  /// Heeds the program's limits.
  void run(const Visit& visit, const IsKnown& is_known = {});

 private:
  struct Thread {
    TraceNode* at = nullptr;
    std::optional<unsigned> last;           // its last event
    std::optional<size_t> stands_by_since;  // how many events there were then
    bool for_synchronizing = false;         // what it stands by for synchronises with it
    bool is_done() const { return at != nullptr && at->segment.end != End::asks; }
  };
  /// A read's value, and a way to come by it.
  struct Reading {
    Bytes value{};
    Origins origins;
  };
  /// Bytes that are read from a write to come.
  struct Expectation {
    unsigned reader;
    Region region;
    ByteSet bytes;
  };
  struct Links {
    Region region;
    const Origins* origins;
  };

  bool is_within_limits() const { return program_.limits.exceeded.empty(); }
  unsigned size() const { return static_cast<unsigned>(execution_.events().size()); }

  void start(size_t next);
  void extend();
  bool starts_threads() const;
  std::optional<unsigned> next_thread() const;
  bool can_go_on(unsigned number) const;
  bool is_awaited(const Thread& thread, const Event& event) const;
  bool may_be_written(unsigned number, bool synchronizing) const;
  void go_on(unsigned number);
  void read(unsigned number, bool guesses);
  void guess();
  void take(unsigned number, const Answer& answer, std::initializer_list<Links> links);
  template <class Then>
  void enter(unsigned number, TraceNode& node, std::initializer_list<Links> links, Then then);
  EventSet direct_predecessors(unsigned number) const;
  void link(unsigned reader, Region region, const Origins& origins);
  bool is_consistent_so_far();

  EventSet past(unsigned number) const;
  bool counts_as_whole(const Access& read, const Access& write) const;
  bool may_come_later(const Access& write, const Access& read) const;
  std::vector<Reading> readings(unsigned number, const Access& read, bool guesses) const;
  std::vector<Source> sources(unsigned number, const Access& read, const Classes& classes, bool guesses) const;
  bool is_new_reading(unsigned number, std::initializer_list<Links> links, bool guesses) const;

  bool is_hopeless() const;
  void resolve(size_t next);
  std::optional<Violation> find_tear() const;
  void order_suspensions();
  void found();
  std::vector<const TraceNode*> ends() const;

  Program& program_;
  const Domain& domain_;
  const Variant variant_;
  const bool violations_;
  Visit visit_;
  IsKnown is_known_;

  std::vector<unsigned> order_;  // of the threads beside the main one
  std::vector<Thread> threads_;
  Execution execution_;
  std::vector<Expectation> expectations_;
  std::optional<Violation> broken_;  // how happens-before would be no order, if that is let pass
  size_t visited_ = 0;
};

}  // namespace weft::model
