// SPDX-License-Identifier: Apache-2.0
//
// Looks for races while a program runs: happens-before (relaxed-happens-before) by vector clocks, byte by byte. It sees
// the races of the order in which this run happened to go; another run may have others. Never a false one, but for what
// libc does on purpose (trusted.h), and never a missed one between accesses that a run does not do at the same instant.
//
// After FastTrack (Flanagan, Freund, PLDI 2009), for the rules of the threads proposal: a seqcst read learns of the
// seqcst write of the same range that it reads from; the operations of a wait queue of each other; a child of its
// creator; memory.size of memory.grow.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "interp/digest.h"
#include "interp/execute.h"
#include "interp/memory.h"
#include "interp/mutex.h"
#include "interp/race/race.h"
#include "interp/race/shadow.h"
#include "interp/store.h"

namespace weft {

/// Thread safety: any thread, but what a RaceThread says. mutex_ guards all below it; while it is held,
/// of our locks only that of a memory's new Shadow is taken.
class RaceDetector {
 public:
  /// Of code for this engine. Races in which one of the suppressed functions takes part are not reported.
  explicit RaceDetector(Engine engine, std::vector<std::string> suppressed = {});
  ~RaceDetector();
  RaceDetector(const RaceDetector&) = delete;
  RaceDetector& operator=(const RaceDetector&) = delete;

  /// A new thread of the program, and who starts it: null for those that start by themselves. It lives as long as the
  /// detector. On the creator's thread.
  RaceThread& start_thread(uint32_t id, RaceThread* creator, const Agent* creator_agent);
  /// All that the thread did happens before what `joiner` does from now on. On the joiner's thread, once the other is
  /// over.
  void join(RaceThread& joiner, uint32_t id);
  /// The thread does nothing more.
  void end_thread(RaceThread& thread);

  RaceReport report() const;

 private:
  friend class RaceThread;
  struct ThreadSpan {  // the threads that had one number in clocks, by the time from which they had it
    Time from = 0;
    uint32_t id = 0;
  };
  struct Report {
    Race race;
    bool suppressed = false;
  };
  static constexpr PlaceId kNowhere = ~PlaceId{0} & ~kTrustedPlace;
  struct Place {  // a position, and whence it was called: backtraces of one program have most of it in common
    CodePosition position;
    PlaceId caller = kNowhere;
    bool operator==(const Place&) const = default;
  };
  struct PlaceHash {
    size_t operator()(const Place& place) const {
      return mix(mix(place.caller, reinterpret_cast<uintptr_t>(place.position.pc)),
                 reinterpret_cast<uintptr_t>(place.position.host));
    }
  };
  using Sites = std::pair<CodePosition, CodePosition>;

  /// A number for these frames, innermost first.
  PlaceId intern(const std::vector<CodePosition>& frames);
  PlaceId trust_bits(const CodePosition& position) const;
  std::vector<CodePosition> frames_of(PlaceId place) const WEFT_REQUIRES(mutex_);
  /// What is kept of the memory; null when there is no room, see RaceReport::trouble.
  Shadow* shadow_of(Memory& memory);
  void report(Race::Kind kind, const Trace& later, ByteRange later_range, const Trace& earlier,
              ByteRange earlier_range);
  void add_trouble(std::string message);

  RaceAccess describe(const Trace& trace) const WEFT_REQUIRES(mutex_);
  bool is_suppressed(const RaceAccess& access) const;

  const Engine engine_;
  const std::vector<std::string> suppressed_;
  mutable Mutex mutex_;
  std::vector<std::unique_ptr<RaceThread>> threads_ WEFT_GUARDED_BY(mutex_);
  std::vector<std::vector<ThreadSpan>> spans_ WEFT_GUARDED_BY(mutex_);   // by number
  std::vector<std::pair<uint32_t, Time>> free_ WEFT_GUARDED_BY(mutex_);  // numbers of threads that ended, and when
  std::vector<ThreadOrigin> origins_ WEFT_GUARDED_BY(mutex_);
  std::unordered_map<Place, PlaceId, PlaceHash> place_ids_ WEFT_GUARDED_BY(mutex_);
  std::vector<Place> places_ WEFT_GUARDED_BY(mutex_);  // by their ids without what trusts them
  std::set<std::shared_ptr<const CompiledModule>> modules_ WEFT_GUARDED_BY(mutex_);  // that places_ refers to
  std::map<std::pair<Race::Kind, Sites>, size_t> report_ids_ WEFT_GUARDED_BY(mutex_);
  std::vector<Report> reports_ WEFT_GUARDED_BY(mutex_);
  std::string trouble_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft
