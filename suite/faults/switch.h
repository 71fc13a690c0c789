// SPDX-License-Identifier: Apache-2.0
//
// The switch in front of each planted fault; plant.cpp includes this in the sources it changes. Nothing else does.
#pragma once

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

/// For a fault that cuts one step in two: now and then lets the other threads run in between, so that a race that tries
/// a thousand times finds it.
inline void pause() {
  thread_local unsigned calls = 0;
  if (++calls % 64 == 0) std::this_thread::yield();
}

}  // namespace weft::fault
