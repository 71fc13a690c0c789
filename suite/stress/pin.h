// SPDX-License-Identifier: Apache-2.0
//
// Threads on cores of their own.
#pragma once

#include <cstdint>
#include <thread>
#include <vector>

namespace weft::stress {

/// The cores that the calling thread may use when one of these is made. Thread-safe.
class Cores {
 public:
  Cores();
  /// The calling thread runs on one of them: threads of different numbers on different ones, as long as there are any.
  /// False when the system does not let it.
  bool pin(uint32_t thread) const;
  /// It may run on all of them again.
  bool unpin() const;

 private:
  bool set(const std::vector<uint32_t>& cores) const;
  std::vector<uint32_t> cores_;
};

}  // namespace weft::stress
