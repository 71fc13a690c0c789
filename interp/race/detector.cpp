// SPDX-License-Identifier: Apache-2.0
#include "interp/race/detector.h"

#include <algorithm>
#include <utility>

#include "interp/execute.h"
#include "interp/race/thread.h"
#include "interp/race/trusted.h"

namespace weft {
namespace {

/// The instruction that a cell of this engine's code names.
const InstrInfo& instruction_at(const Cell* pc, Engine engine) {
  CodeIndex index = 0;
  while (handler_cell(engine, index).u != pc->u) ++index;
  return info(opcode_at(index).op());
}

}  // namespace

std::string_view to_string(Race::Kind kind) {
  switch (kind) {
    case Race::Kind::data: return "data race";
    case Race::Kind::mixed_size: return "mixed-size atomic race";
    case Race::Kind::length: return "length race";
  }
  return {};
}

RaceDetector::RaceDetector(Engine engine, std::vector<std::string> suppressed)
    : engine_(engine), suppressed_(std::move(suppressed)) {}
RaceDetector::~RaceDetector() = default;

// Threads.

RaceThread& RaceDetector::start_thread(uint32_t id, RaceThread* creator, const Agent* creator_agent) {
  std::vector<CodePosition> where;
  if (creator_agent != nullptr) where = Machine::positions(*creator_agent, SIZE_MAX);
  VectorClock clock;
  if (creator != nullptr) clock = creator->clock_;
  RaceThread* thread = nullptr;
  {
    const MutexLock lock(mutex_);
    auto number = static_cast<uint32_t>(spans_.size());
    // The number of a thread that ended before this one starts, if there is one: this one then goes on where that one
    // ended. Where no number is left, of any that ended, which may hide a race with it.
    auto reused =
        std::find_if(free_.begin(), free_.end(), [&](const auto& ended) { return clock[ended.first] >= ended.second; });
    if (reused == free_.end() && number == kMaxRaceThreads) reused = free_.begin();
    if (reused != free_.end()) {
      number = reused->first;
      clock.set(number, reused->second);
      free_.erase(reused);
    } else {
      spans_.emplace_back();
    }
    threads_.push_back(std::make_unique<RaceThread>(*this, id, number, std::move(clock)));
    thread = threads_.back().get();
    spans_[number].push_back({thread->clock_[number], id});
    origins_.push_back({id, creator == nullptr ? id : creator->id(), weft::describe(where, engine_)});
  }
  if (creator != nullptr) creator->tick();
  return *thread;
}

void RaceDetector::join(RaceThread& joiner, uint32_t id) {
  const MutexLock lock(mutex_);
  // The latest one of that name.
  const auto thread =
      std::find_if(threads_.rbegin(), threads_.rend(), [id](const auto& each) { return each->id() == id; });
  if (thread != threads_.rend()) {
    joiner.clock_.join((*thread)->clock_);
    joiner.snapshot_.reset();
  }
}

void RaceDetector::end_thread(RaceThread& thread) {
  const MutexLock lock(mutex_);
  free_.emplace_back(thread.number_, thread.clock_[thread.number_]);
  thread.caches_.reset();
}

// Places.

PlaceId RaceDetector::intern(const std::vector<CodePosition>& frames) {
  const MutexLock lock(mutex_);
  PlaceId place = kNowhere;
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    const auto [found, is_new] =
        place_ids_.try_emplace({*frame, place & ~kTrustedPlace}, static_cast<PlaceId>(places_.size()));
    if (is_new) {
      places_.push_back(found->first);
      found->second |= trust_bits(*frame);
      if (frame->module != nullptr) modules_.insert(frame->module->shared_from_this());
    }
    place = found->second;
  }
  return place;
}

PlaceId RaceDetector::trust_bits(const CodePosition& position) const {
  if (position.module == nullptr) return 0;
  const BacktraceFrame frame = weft::describe({position}, engine_)[0];
  switch (trust_in(position.module->module(), frame.index, frame.offset)) {
    case Trust::synchronises: return kSynchronisingPlace;
    case Trust::allocates: return kAllocatingPlace;
    case Trust::none: break;
  }
  return 0;
}

std::vector<CodePosition> RaceDetector::frames_of(PlaceId place) const {
  std::vector<CodePosition> frames;
  for (place &= ~kTrustedPlace; place != kNowhere; place = places_[place].caller)
    frames.push_back(places_[place].position);
  return frames;
}

// Memories.

Shadow* RaceDetector::shadow_of(Memory& memory) {
  const MutexLock lock(mutex_);
  if (Shadow* shadow = memory.shadow()) return shadow;
  Result<std::unique_ptr<Shadow>> made = Shadow::create(memory.size(), memory.room());
  if (made) {
    memory.attach(std::move(*made));
  } else if (trouble_.empty()) {
    trouble_ = made.error().message;
  }
  return memory.shadow();
}

void RaceDetector::add_trouble(std::string message) {
  const MutexLock lock(mutex_);
  if (trouble_.empty()) trouble_ = std::move(message);
}

// Reports.

RaceAccess RaceDetector::describe(const Trace& trace) const {
  RaceAccess access;
  const std::vector<ThreadSpan>& spans = spans_[trace.record.thread()];
  const auto after =
      std::find_if(spans.begin(), spans.end(), [&](const ThreadSpan& span) { return span.from > trace.record.time(); });
  access.thread = std::prev(after)->id;
  access.write = trace.record.write();
  const std::vector<CodePosition> frames = frames_of(trace.place);
  access.backtrace = weft::describe(frames, engine_);
  if (frames.empty()) return access;
  if (frames[0].host != nullptr) {
    access.instruction = *frames[0].host;
  } else {
    const InstrInfo& row = instruction_at(frames[0].pc, engine_);
    access.instruction = row.text;
    access.atomic = row.feature == Feature::threads || row.text == "memory.grow";
    access.range.width = row.access;
  }
  return access;
}

bool RaceDetector::is_suppressed(const RaceAccess& access) const {
  return std::any_of(access.backtrace.begin(), access.backtrace.end(), [this](const BacktraceFrame& frame) {
    return std::find(suppressed_.begin(), suppressed_.end(), frame.function) != suppressed_.end();
  });
}

void RaceDetector::report(Race::Kind kind, const Trace& later, ByteRange later_range, const Trace& earlier,
                          ByteRange earlier_range) {
  const MutexLock lock(mutex_);
  const auto site = [this](const Trace& trace) WEFT_REQUIRES(mutex_) {
    const PlaceId place = trace.place & ~kTrustedPlace;
    return place == kNowhere ? CodePosition() : places_[place].position;
  };
  Sites sites(site(later), site(earlier));
  if (sites.second < sites.first) std::swap(sites.first, sites.second);
  const auto [found, is_new] = report_ids_.try_emplace({kind, sites}, reports_.size());
  if (!is_new) return static_cast<void>(++reports_[found->second].race.count);
  Report report{.race = {.kind = kind, .later = describe(later), .earlier = describe(earlier)}};
  Race& race = report.race;
  race.later.range = later_range;
  race.earlier.range.address = earlier_range.address;
  if (race.earlier.range.width == 0) race.earlier.range.width = earlier_range.width;
  report.suppressed = is_suppressed(race.later) || is_suppressed(race.earlier);
  reports_.push_back(std::move(report));
}

RaceReport RaceDetector::report() const {
  const MutexLock lock(mutex_);
  RaceReport out{.races = {}, .origins = origins_, .trouble = trouble_};
  for (const Report& report : reports_) {
    if (!report.suppressed) out.races.push_back(report.race);
  }
  return out;
}

}  // namespace weft
