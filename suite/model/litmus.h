// SPDX-License-Identifier: Apache-2.0
//
// A litmus test: a few threads over one shared memory, and the registers whose values make an outcome. Every input,
// text or notation, becomes one of these.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "interp/instance.h"
#include "interp/types.h"
#include "suite/model/event.h"
#include "suite/model/outcome.h"

namespace weft::model {

/// Where a register's value is when its thread has ended, and how it is shown.
struct Register {
  std::string name;                ///< as outcomes have it: "0:r0", "M:x"
  bool is_unsigned = false;        ///< of an i64 shown as such; an i32 is signed, a float its bits, a v128 unsigned
  bool may_be_unassigned = false;  ///< all ones mean that the thread has not assigned it
};

/// The code of one thread: an exported function without parameters, of a module that imports nothing but the memory.
///
/// Its results are the registers, in this order. Where it has no results, or does not return, a register is the
/// exported global of its name behind the colon, if there is one; then bit i of the exported global "assigned", if
/// there is one, says whether the i-th register has been assigned. A thread that leaves its exported global "dropped"
/// other than 0 has found an assumption false: then there is no such execution.
struct Code {
  std::shared_ptr<const CompiledModule> module;
  std::string function;
  std::vector<Register> registers;
};

/// A value: copies are independent but for the modules, which are immutable.
struct Litmus {
  std::string name;
  MemoryType memory;
  std::vector<uint8_t> image = {};  ///< what the memory holds at first; empty for zeros
  /// The main thread before the others start, the others, and the main thread when all have ended.
  std::optional<Code> before = {};
  std::vector<Code> threads = {};
  std::optional<Code> after = {};
  bool grow_may_fail = false;  ///< memory.grow may give -1 also where the maximum allows it (exec-memory.grow)
  /// Values that may come out of thin air, beside those that the threads compute: the constants of the program.
  std::vector<Bytes> constants = {};
};

}  // namespace weft::model
