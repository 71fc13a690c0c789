// SPDX-License-Identifier: Apache-2.0
//
// What the race detector reports.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "interp/agent.h"

namespace weft {

/// Bytes of a memory.
struct ByteRange {
  uint64_t address = 0, width = 0;
};

/// One side of a race.
struct RaceAccess {
  uint32_t thread = 0;      ///< as its program or script counts them; 0 is the main one
  std::string instruction;  ///< "i32.atomic.rmw.add"; "env.f" of a host function, "data segment" of an instantiation
  bool write = false;
  bool atomic = false;
  ByteRange
      range;  ///< effective address; of a growth what it added; of a bulk instruction at least what it has in common
  std::vector<BacktraceFrame> backtrace;
};

/// Two accesses of different threads, neither of which happens before the other (relaxed, "data race").
struct Race {
  enum class Kind : uint8_t {
    data,        ///< one of them writes, and one is not atomic
    mixed_size,  ///< both are atomic, but of different ranges: they do not synchronise
    length,      ///< a bounds check, and a memory.grow that decides how it ends
  };
  Kind kind = Kind::data;
  RaceAccess later, earlier;  ///< in this run
  uint64_t count = 1;         ///< how often these two instructions were seen to race
};
std::string_view to_string(Race::Kind kind);

/// Where a thread was started.
struct ThreadOrigin {
  uint32_t thread = 0, creator = 0;
  std::vector<BacktraceFrame> backtrace;  ///< of its creator; empty for the main one
};

/// What a detector found.
struct RaceReport {
  std::vector<Race> races;            ///< in the order in which they were first seen
  std::vector<ThreadOrigin> origins;  ///< of all threads
  std::string trouble;                ///< why not all was looked at; empty when it was
};

}  // namespace weft
