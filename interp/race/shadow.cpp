// SPDX-License-Identifier: Apache-2.0
#include "interp/race/shadow.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace weft {

Result<std::unique_ptr<Shadow>> Shadow::create(uint64_t size, uint64_t limit) {
  constexpr uint64_t kPerByte = sizeof(ShadowCell) / kGranule;
  static_assert(sizeof(ShadowCell) % kGranule == 0);
  Result<Reservation> reservation = Reservation::reserve(limit * kPerByte, size * kPerByte);
  if (!reservation) return std::move(reservation).error();
  std::unique_ptr<Shadow> shadow(new Shadow(size, std::move(*reservation)));
  if (shadow->cover(size) < size)
    return Error{ErrorKind::host, "no memory to look for races in a memory of this size", {}};
  return shadow;
}

uint64_t Shadow::cover(uint64_t size) {
  const MutexLock lock(mutex_);
  const uint64_t bytes = (size + kGranule - 1) / kGranule * sizeof(ShadowCell);
  // What the system gives is zero, which is what an empty cell is.
  if (size > covered_ && bytes <= reservation_.size() && reservation_.commit(bytes)) covered_ = size;
  return covered_;
}

ShadowCell::More& MorePool::take() {
  if (free_.empty()) return all_.emplace_back();
  ShadowCell::More& more = *free_.back();
  free_.pop_back();
  return more;
}

void Shadow::pass_queue(uint64_t address, VectorClock& clock) {
  const MutexLock lock(mutex_);
  VectorClock& queue = queues_[address];
  clock.join(queue);
  queue = clock;
}

void Shadow::read_length(VectorClock& clock) {
  const MutexLock lock(mutex_);
  clock.join(length_);
}

void Shadow::out_of_bounds(const Trapped& access) {
  const MutexLock lock(mutex_);
  trapped_.push_back(access);
}

std::vector<Shadow::Trapped> Shadow::grow(const Growth& growth, VectorClock& clock) {
  const MutexLock lock(mutex_);
  clock.join(length_);
  length_ = clock;
  if (growth.new_size > growth.old_size) growths_.push_back(growth);
  std::vector<Trapped> missed;
  for (const Trapped& access : trapped_) {
    const Record by = access.trace.record;
    const uint64_t end = access.range.address + access.range.width;
    const bool ordered = by.thread() == growth.by.thread() || clock[by.thread()] >= by.time();
    if (!ordered && end > growth.old_size && end <= growth.new_size) missed.push_back(access);
  }
  return missed;
}

uint64_t Shadow::known_length(const VectorClock& clock, uint32_t thread, Growth* next) {
  const MutexLock lock(mutex_);
  uint64_t length = first_size_;
  for (const Growth& growth : growths_) {
    const bool known = growth.by.thread() == thread || clock[growth.by.thread()] >= growth.by.time();
    if (known) length = std::max(length, growth.new_size);
  }
  if (next == nullptr) return length;
  for (const Growth& growth : growths_) {
    if (growth.new_size > length && (!next->by || growth.new_size < next->new_size)) *next = growth;
  }
  return length;
}

CellLock::CellLock(MorePool& pool, ShadowCell& cell) : pool_(pool), cell_(cell), more_(0) {
  for (unsigned tries = 0;; ++tries) {
    more_ = cell.more_.load(std::memory_order_relaxed) & ~ShadowCell::kLocked;  // compared again, with acquire
    if (cell.more_.compare_exchange_weak(more_, more_ | ShadowCell::kLocked, std::memory_order_acquire)) return;
    if (tries > 100) std::this_thread::yield();
  }
}

ShadowCell::More& CellLock::make_more() {
  if (more_ == 0) more_ = reinterpret_cast<uintptr_t>(&pool_.take());
  return *more();
}

ShadowCell::Rest& CellLock::make_rest() {
  std::unique_ptr<ShadowCell::Rest>& rest = make_more().rest;
  if (!rest) rest = std::make_unique<ShadowCell::Rest>();
  return *rest;
}

namespace {

/// How an access finds those before it, one after the other.
class Adding {
 public:
  Adding(const Trace& access, const VectorClock& clock, std::vector<Trace>& races)
      : access_(access), clock_(clock), races_(races) {}

  /// What becomes of an earlier access: less, nothing, or, when it can say what the new one says, more.
  Record meet(Record earlier, ShadowCell::Places& places) {
    const Record now = access_.record;
    if (earlier.overlaps(now)) {
      const bool ordered = earlier.thread() == now.thread() || clock_[earlier.thread()] >= earlier.time();
      const bool is_race = !ordered && conflict(earlier, now);
      if (is_race) [[unlikely]]
        races_.push_back({earlier, places[(earlier.mask() & now.mask() & kLower) == 0]});
      if ((ordered || is_race) && supersedes(now, earlier)) {
        const auto left = static_cast<ByteMask>(earlier.mask() & ~now.mask());
        if (left == 0) return Record();
        if (!earlier.atomic()) earlier = earlier.with(left);
      }
    }
    if (is_there_) return earlier;
    if (earlier.covers(now)) {
      is_there_ = true;
    } else if (!now.atomic() && earlier.is_like(now) && goes_with(earlier, places)) {
      is_there_ = true;
      if ((now.mask() & kLower) != 0) places[0] = access_.place;
      if ((now.mask() & kUpper) != 0) places[1] = access_.place;
      return earlier.with(static_cast<ByteMask>(earlier.mask() | now.mask()));
    }
    return earlier;
  }

  template <size_t n>
  void meet_all(ShadowCell::Traces<n>& traces) {
    for (size_t i = 0; i < n; ++i) {
      // Relaxed: this thread has the lock, and who reads without it wants a word only.
      const Record before(traces.records[i].load(std::memory_order_relaxed));
      if (!before) continue;
      const Record after = meet(before, traces.places[i]);
      if (after.word() != before.word()) traces.records[i].store(after.word(), std::memory_order_relaxed);
    }
  }

  /// Puts the access where there is room, unless an earlier one says what it says.
  template <size_t n>
  void put(ShadowCell::Traces<n>& traces) {
    for (size_t i = 0; !is_there_ && i < n; ++i) {
      if (traces.records[i].load(std::memory_order_relaxed) != 0) continue;  // likewise
      traces.places[i] = {access_.place, access_.place};
      traces.records[i].store(access_.record.word(), std::memory_order_relaxed);
      is_there_ = true;
    }
  }

  bool is_there() const { return is_there_; }

 private:
  static constexpr ByteMask kLower = 0x0f, kUpper = 0xf0;
  /// Whether the bytes of both have places in one record.
  bool goes_with(Record earlier, const ShadowCell::Places& places) const {
    const ByteMask now = access_.record.mask();
    const auto fits = [&](ByteMask half, PlaceId place) {
      return (earlier.mask() & half) == 0 || (now & half) == 0 || place == access_.place;
    };
    return fits(kLower, places[0]) && fits(kUpper, places[1]);
  }

  const Trace& access_;
  const VectorClock& clock_;
  std::vector<Trace>& races_;
  bool is_there_ = false;
};

/// Moves what there is room for.
template <size_t n, size_t m>
void move_up(ShadowCell::Traces<n>& from, ShadowCell::Traces<m>& to) {
  size_t next = 0;
  for (size_t i = 0; i < m; ++i) {
    // Relaxed, as everywhere under the lock; who reads without it may see a record twice, or not at all.
    if (to.records[i].load(std::memory_order_relaxed) != 0) continue;
    while (next < n && from.records[next].load(std::memory_order_relaxed) == 0) ++next;
    if (next == n) return;
    to.places[i] = from.places[next];
    to.records[i].store(from.records[next].load(std::memory_order_relaxed), std::memory_order_relaxed);
    from.records[next].store(0, std::memory_order_relaxed);
  }
}

}  // namespace

void CellLock::add(const Trace& access, const VectorClock& clock, std::vector<Trace>& races) {
  Adding adding(access, clock, races);
  adding.meet_all(cell_.traces_);
  if (more_ != 0) {
    adding.meet_all(more()->traces);
    if (ShadowCell::Rest* rest = this->rest()) {
      for (auto& [record, places] : rest->traces) record = adding.meet(record, places);
      std::erase_if(rest->traces, [](const auto& trace) { return !trace.first; });
      const Record now = access.record;
      for (Release& release : rest->releases) {
        if (now.write() && !(now.atomic() && release.range == now.mask()))
          release.last = static_cast<ByteMask>(release.last & ~now.mask());
      }
    }
  }
  if (more_ != 0) {
    move_up(more()->traces, cell_.traces_);
    if (more()->is_empty()) pool_.give_back(*more()), more_ = 0;
  }
  adding.put(cell_.traces_);
  if (adding.is_there()) return;
  adding.put(make_more().traces);
  if (!adding.is_there()) make_rest().traces.push_back({access.record, {access.place, access.place}});
}

bool CellLock::acquire(ByteMask range, VectorClock& clock) const {
  const ShadowCell::Rest* rest = this->rest();
  if (rest == nullptr) return false;
  bool is_news = false;
  for (const Release& release : rest->releases) {
    if (release.range != range || release.last == 0 || clock[release.thread] >= release.time) continue;
    clock.join(*release.others);
    clock.set(release.thread, release.time);
    is_news = true;
  }
  return is_news;
}

void CellLock::release(ByteMask range, uint32_t thread, Time time, const std::shared_ptr<const VectorClock>& others) {
  std::vector<Release>& releases = make_rest().releases;
  auto own = std::find_if(releases.begin(), releases.end(), [range](const Release& r) { return r.range == range; });
  if (own == releases.end()) own = releases.insert(releases.end(), Release{range, 0, 0, 0, nullptr});
  own->last = range;
  own->thread = thread;
  own->time = time;
  if (own->others != others) own->others = others;
}

}  // namespace weft
