// SPDX-License-Identifier: Apache-2.0
//
// Vector clocks: what of each thread's past happened before a moment (relaxed-happens-before).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace weft {

/// A thread's time: it passes at each release, so that what comes later is told from what others have learned of.
using Time = uint64_t;

/// For each thread, by its number in the detector, up to which of its times all is known. Thread safety: none.
class VectorClock {
 public:
  Time operator[](uint32_t thread) const { return thread < times_.size() ? times_[thread] : 0; }
  void set(uint32_t thread, Time time) {
    if (thread >= times_.size()) times_.resize(thread + 1);
    times_[thread] = time;
  }
  void join(const VectorClock& other) {
    if (other.times_.size() > times_.size()) times_.resize(other.times_.size());
    for (size_t i = 0; i < other.times_.size(); ++i) times_[i] = std::max(times_[i], other.times_[i]);
  }

 private:
  std::vector<Time> times_;
};

}  // namespace weft
