// SPDX-License-Identifier: Apache-2.0
//
// The switch in front of each planted fault; plant.cpp includes this in the sources it changes. Nothing else does.
#pragma once

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

}  // namespace weft::fault
