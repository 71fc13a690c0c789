// SPDX-License-Identifier: Apache-2.0
//
// The switch in front of each planted fault; plant.cpp includes this in the sources it changes. Nothing else does.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

namespace weft::fault {

/// The number of the fault that is on, from the environment (fault.h), 0 for none; and the Op it is for, -1 for all.
/// Constant once main() runs.
extern const int kActive;
extern const int kActiveRow;

inline bool on(int number) { return kActive == number; }
/// For a family: whether it is on for the handler of this row.
template <class Op>
bool on(int number, Op row) {
  return kActive == number && (kActiveRow < 0 || kActiveRow == static_cast<int>(row));
}

/// Whether none of these faults is on, or none for the handler of this row.
inline bool none_of(int first, int last) { return kActive < first || kActive > last; }
template <class Op>
bool none_of(int first, int last, Op row) {
  return none_of(first, last) || (kActiveRow >= 0 && kActiveRow != static_cast<int>(row));
}

/// For a fault that cuts one step in two: now and then takes the processor away in between, as an operating system may
/// at any instruction, for as long as the other threads need to do something; so a race that tries some hundred times
/// finds it, on one core too. One thread at a time: if all had their pauses, none would ever be elsewhere in its
/// program. And by turns: who has just been asleep lets those go first that wanted to meanwhile.
inline void pause() {
  static std::atomic_flag taken;
  static std::atomic<const void*> next = nullptr;
  thread_local unsigned calls = 0;
  if (++calls % 64 != 0) return;
  const void* const wanted = next.exchange(nullptr);
  if (wanted != nullptr && wanted != &calls) return std::this_thread::yield();
  if (taken.test_and_set()) {
    next = &calls;
    return;
  }
  std::this_thread::sleep_for(std::chrono::microseconds(50));
  taken.clear();
}

}  // namespace weft::fault
