// SPDX-License-Identifier: Apache-2.0
#include "interp/race/thread.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "interp/execute.h"

namespace weft {
namespace {

/// Frames that a place remembers.
constexpr size_t kFrames = 16;

ByteMask bytes_from(unsigned first, uint64_t count) {
  return static_cast<ByteMask>(((uint32_t{1} << count) - 1) << first);
}

}  // namespace

RaceThread::RaceThread(RaceDetector& detector, uint32_t id, uint32_t number, VectorClock clock)
    : detector_(detector), id_(id), number_(number), clock_(std::move(clock)) {
  tick();
}

const std::shared_ptr<const VectorClock>& RaceThread::snapshot() {
  if (!snapshot_) snapshot_ = std::make_shared<const VectorClock>(clock_);
  return snapshot_;
}

void RaceThread::tick() {
  const Time now = clock_[number_] + 1;
  clock_.set(number_, now);
  stamp_ = Record(number_, now, false, false, 0);
}

PlaceId RaceThread::place(const Registers& r) {
  LatestPlace& latest = caches_->latest[reinterpret_cast<uintptr_t>(r.pc) / sizeof(Cell) / 2 % caches_->latest.size()];
  if (latest.pc == r.pc && latest.generation == generation_) return latest.id;
  const uint64_t digest = Machine::digest_positions(r, kFrames, caches_->headers);
  KnownPlace& known = caches_->known[digest % caches_->known.size()];
  if (known.digest != digest) known = {digest, detector_.intern(Machine::positions(r, kFrames))};
  latest = {r.pc, generation_, known.id};
  return known.id;
}

Shadow* RaceThread::enter(Memory& memory) {
  if (&memory == memory_) return shadow_;
  shadow_ = detector_.shadow_of(memory);
  if (shadow_ == nullptr) {
    memory_ = nullptr;
    return nullptr;
  }
  memory_ = &memory;
  cells_ = shadow_->cells();
  set_known_length(shadow_->known_length(clock_, number_));
  return shadow_;
}

void RaceThread::set_known_length(uint64_t length) {
  known_length_ = length;
  if (shadow_->cover(length) >= length) return;
  detector_.add_trouble("no memory to look for races in a memory that has grown so much");
  memory_ = nullptr;
  shadow_ = nullptr;
}

void RaceThread::check_length(PlaceId place, uint64_t address, uint64_t width) {
  const uint64_t end = address + width;
  if (end <= known_length_) return;
  Shadow::Growth growth;
  uint64_t length = shadow_->known_length(clock_, number_, &growth);
  if (end > length && growth.by) {
    detector_.report(Race::Kind::length, {record(false, false, 0), place}, {address, width}, {growth.by, growth.place},
                     {growth.old_size, growth.new_size - growth.old_size});
    length = growth.new_size;  // once is enough
  }
  set_known_length(std::max(length, end));
}

void RaceThread::access(const Registers& r, Memory& memory, uint64_t address, uint64_t width, bool write) {
  if (width == 0) return;
  const PlaceId here = place(r);
  const unsigned first = address % kGranule;
  if (&memory == memory_ && first + width <= kGranule && address + width <= known_length_) [[likely]] {
    const Record now = record(write, false, bytes_from(first, width));
    if (cells_[address / kGranule].renew(now, here)) return;
  }
  access_at(here, memory, address, width, write);
}

void RaceThread::host_access(const Agent& agent, const std::string& who, Memory& memory, uint64_t address,
                             uint64_t width, bool write) {
  std::vector<CodePosition> frames = Machine::positions(agent, kFrames);
  frames.insert(frames.begin(), CodePosition{.host = &who});
  access_at(detector_.intern(frames), memory, address, width, write);
}

void RaceThread::access_at(PlaceId place, Memory& memory, uint64_t address, uint64_t width, bool write) {
  if (width == 0 || enter(memory) == nullptr) return;
  check_length(place, address, width);
  if (memory_ == nullptr) return;
  for (uint64_t at = address, end = address + width; at < end;) {
    const unsigned first = at % kGranule;
    const uint64_t count = std::min<uint64_t>(kGranule - first, end - at);
    const Trace now{record(write, false, bytes_from(first, count)), place};
    {
      CellLock cell(pool_, cells_[at / kGranule]);
      cell.add(now, clock_, races_);
    }
    if (!races_.empty()) report_all(now, std::exchange(races_, {}), at - first, address, width);
    at += count;
  }
}

void RaceThread::report_all(const Trace& now, const std::vector<Trace>& races, uint64_t granule, uint64_t address,
                            uint64_t width) {
  for (const Trace& earlier : races) {
    if ((now.place & kTrustedPlace) != 0 && (earlier.place & kTrustedPlace) != 0) continue;
    const auto kind = now.record.atomic() && earlier.record.atomic() ? Race::Kind::mixed_size : Race::Kind::data;
    const ByteMask mask = earlier.record.mask();
    detector_.report(
        kind, now, {address, width}, earlier,
        {granule + static_cast<unsigned>(std::countr_zero(mask)), static_cast<unsigned>(std::popcount(mask))});
  }
}

RaceThread::AtomicStep::AtomicStep(RaceThread& thread, const Registers& r, Memory& memory, uint64_t address,
                                   unsigned width)
    : thread_(thread), address_(address), width_(width), place_(thread.place(r)) {
  if (thread.enter(memory) == nullptr) return;
  thread.check_length(place_, address, width);
  if (thread.memory_ == nullptr) return;
  lock_.emplace(thread.pool_, thread.cells_[address / kGranule]);
}

void RaceThread::AtomicStep::happen(bool reads, bool writes) {
  if (!lock_) return;
  const ByteMask range = bytes_from(address_ % kGranule, width_);
  now_ = {thread_.record(writes, true, range), place_};
  if (reads && lock_->acquire(range, thread_.clock_)) thread_.snapshot_.reset();
  lock_->add(now_, thread_.clock_, races_);
  if (!writes) return;
  lock_->release(range, thread_.number_, thread_.clock_[thread_.number_], thread_.snapshot());
  thread_.tick();
}

RaceThread::AtomicStep::~AtomicStep() {
  lock_.reset();
  if (!races_.empty()) thread_.report_all(now_, races_, address_ / kGranule * kGranule, address_, width_);
}

void RaceThread::suspension(Memory& memory, uint64_t address) {
  if (Shadow* shadow = enter(memory)) {
    shadow->pass_queue(address, clock_);
    snapshot_.reset();
    tick();
  }
}

void RaceThread::size(Memory& memory) {
  if (Shadow* shadow = enter(memory)) shadow->read_length(clock_), snapshot_.reset();
}

void RaceThread::meet(Memory& memory) {
  if (memory.shared()) size(memory);
}

Mutex& RaceThread::length_step(Memory& memory) {
  Shadow* const shadow = enter(memory);
  return shadow == nullptr ? spare_step_ : shadow->length_step();
}

void RaceThread::grow(const Registers& r, Memory& memory, uint64_t old_size, uint64_t new_size) {
  grow_at(place(r), memory, old_size, new_size);
}

std::optional<uint64_t> RaceThread::host_grow(const Agent& agent, Memory& memory, uint64_t delta) {
  if (!memory.shared()) return memory.grow(delta);
  const MutexLock step(length_step(memory));
  const std::optional<uint64_t> old = memory.grow(delta);
  if (old)
    grow_at(detector_.intern(Machine::positions(agent, kFrames)), memory, memory.bytes(*old),
            memory.bytes(*old + delta));
  return old;
}

void RaceThread::grow_at(PlaceId here, Memory& memory, uint64_t old_size, uint64_t new_size) {
  Shadow* const shadow = enter(memory);
  if (shadow == nullptr) return;
  const Record now = record(true, true, 0);
  snapshot_.reset();
  const ByteRange added{old_size, new_size - old_size};
  for (const Shadow::Trapped& access : shadow->grow({now, here, old_size, new_size}, clock_))
    detector_.report(Race::Kind::length, {now, here}, added, access.trace, access.range);
  tick();
}

void RaceThread::out_of_bounds(const Registers& r, Memory& memory, uint64_t address, uint64_t width) {
  if (Shadow* shadow = enter(memory)) shadow->out_of_bounds({{record(false, false, 0), place(r)}, {address, width}});
}

}  // namespace weft
