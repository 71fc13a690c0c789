// SPDX-License-Identifier: Apache-2.0
//
// The register machine's data: cells of code, slots of frames, and the registers every handler gets (docs:
// interp/README.md).
#pragma once

#include <cstdint>

namespace weft {

class Agent;
struct Instance;
struct LoweredFunction;
union Cell;

/// 8 bytes of a frame: an i32 zero-extended, a float's bit pattern, a reference, or half a v128.
using Slot = uint64_t;

/// The state of the running code. The fast engine keeps each member in a machine register.
struct Registers {
  const Cell* pc = nullptr;
  Slot* fp = nullptr;         ///< the current frame
  uint8_t* memory = nullptr;  ///< base of memory 0
  uint64_t memory_size = 0;   ///< its length when last looked at; it only grows, so a stale one is safe
  Instance* instance = nullptr;
  Agent* agent = nullptr;
  // What was computed last, by the type of it, and before (Place::previous). Only the code of the fast engine reads
  // them.
  Slot accumulator = 0, previous = 0;  ///< integers
  float f32_accumulator = 0, f32_previous = 0;
  double f64_accumulator = 0, f64_previous = 0;
};

}  // namespace weft
