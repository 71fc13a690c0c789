// SPDX-License-Identifier: Apache-2.0
#include "interp/waiters.h"

#include <limits>
#include <optional>
#include <vector>

#include "interp/platform.h"

namespace weft {

void WaitCell::stop() {
  if (state_.exchange(stopped) == waiting) futex_wake(&state_);
}

void Waiters::Bucket::push(WaitCell& cell) {
  cell.next_ = nullptr;
  cell.queued_ = true;
  (last == nullptr ? first : last->next_) = &cell;
  last = &cell;
}

void Waiters::Bucket::remove(WaitCell& cell) {
  WaitCell* before = nullptr;
  for (WaitCell* at = first; at != &cell; at = at->next_) before = at;
  (before == nullptr ? first : before->next_) = cell.next_;
  if (last == &cell) last = before;
  cell.queued_ = false;
}

template <class T>
WaitResult Waiters::sleep(WaitCell& self, uint64_t address, const T* guest, T expected, int64_t timeout) {
  // The deadline is fixed before anything blocks, so that time spent on the lock counts. One too far to represent is
  // none.
  std::optional<int64_t> deadline;
  if (timeout >= 0) {
    const int64_t now = monotonic_now();
    if (timeout <= std::numeric_limits<int64_t>::max() - now) deadline = now + timeout;
  }
  Bucket& bucket = this->bucket(address);
  // Before the comparison: a notifier that misses this increment came first, and then the comparison sees what it
  // stored.
  bucket.sleepers.fetch_add(1);
  WaitResult result = WaitResult::woken;
  {
    MutexLock lock(bucket.mutex);
    uint32_t idle = WaitCell::idle;
    if (differs(guest, expected)) {
      result = WaitResult::not_equal;
    } else if (timeout == 0) {
      result = WaitResult::timed_out;
    } else if (!self.state_.compare_exchange_strong(idle, WaitCell::waiting)) {
      result = WaitResult::stopped;
    } else {
      self.address_ = address;
      bucket.push(self);
    }
  }
  if (result == WaitResult::woken) {
    if (self.watch_ != nullptr && self.watch_->sleeps({address, expected, timeout})) deadline = monotonic_now();
    while (self.state_.load() == WaitCell::waiting && !(deadline && monotonic_now() >= *deadline)) {
      futex_wait(self.state_, WaitCell::waiting, deadline);
    }
    MutexLock lock(bucket.mutex);
    if (self.queued_) {  // nobody notified: this is the timeout or a stop
      bucket.remove(self);
      result = self.state_.load() == WaitCell::stopped ? WaitResult::stopped : WaitResult::timed_out;
    }
    // A stop stays: the agent's next wait must end at once too.
    uint32_t waiting = WaitCell::waiting, notified = WaitCell::notified;
    if (!self.state_.compare_exchange_strong(waiting, WaitCell::idle))
      self.state_.compare_exchange_strong(notified, WaitCell::idle);
  }
  if (self.watch_ != nullptr) self.watch_->wakes(result);
  bucket.sleepers.fetch_sub(1);
  return result;
}

template WaitResult Waiters::sleep(WaitCell&, uint64_t, const uint32_t*, uint32_t, int64_t);
template WaitResult Waiters::sleep(WaitCell&, uint64_t, const uint64_t*, uint64_t, int64_t);

uint32_t Waiters::wake(uint64_t address, uint32_t count) {
  Bucket& bucket = this->bucket(address);
  std::vector<const void*> wake;
  {
    MutexLock lock(bucket.mutex);
    for (WaitCell* cell = bucket.first; cell != nullptr && wake.size() < count;) {
      WaitCell* next = cell->next_;
      uint32_t waiting = WaitCell::waiting;
      // A waiter that was told to stop is no longer waiting in the guest's eyes; it unlinks itself.
      if (cell->address_ == address && cell->state_.compare_exchange_strong(waiting, WaitCell::notified)) {
        bucket.remove(*cell);
        wake.push_back(&cell->state_);
      }
      cell = next;
    }
  }
  for (const void* word : wake) futex_wake(word);
  return static_cast<uint32_t>(wake.size());
}

uint32_t Waiters::waiting(uint64_t address) {
  Bucket& bucket = this->bucket(address);
  MutexLock lock(bucket.mutex);
  uint32_t count = 0;
  for (const WaitCell* cell = bucket.first; cell != nullptr; cell = cell->next_)
    count += cell->address_ == address ? 1 : 0;
  return count;
}

}  // namespace weft
