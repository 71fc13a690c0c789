// SPDX-License-Identifier: Apache-2.0
//
// Lowering: a validated body to register code, in one pass (docs with a worked example: interp/README.md).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "interp/error.h"
#include "interp/module.h"
#include "interp/register_code.h"
#include "interp/store.h"

namespace weft {

/// Slots of a frame's header: where to return to, the caller's frame, the caller's instance.
inline constexpr uint32_t kHeaderSlots = 3;

inline constexpr uint32_t kNone = ~uint32_t{0};

/// Where an exception goes on that a region catches: cell numbers and slots of the frame.
struct CatchHandler {
  std::optional<uint32_t> tag;      ///< index of the tag it catches; nothing: any
  uint32_t values_slot = kNone;     ///< where the tag's values go; kNone: nowhere
  uint32_t reference_slot = kNone;  ///< where the exception's reference goes; kNone: nowhere
  uint32_t target = 0;              ///< cell
};

/// A stretch of code with exception handlers (exec-try_table). What none of them takes goes on to the parent, which a
/// legacy `delegate` chooses.
struct TryRegion {
  uint32_t begin = 0, end = 0;  ///< cells; of two regions that share a cell the later one in the list is the inner one
  uint32_t parent = kNone;      ///< index of a region of the same function; kNone: the caller
  std::vector<CatchHandler> handlers;
};

/// A function's register code. Its frame: parameters (and, on return, results); the header; the other locals; the
/// operand stack.
struct LoweredFunction {
  const Cell* entry = nullptr;
  uint32_t header = 0;  ///< slot of the header
  uint32_t params = 0;  ///< slots of the parameters
  uint32_t locals = 0;  ///< slots of locals after the header, zero on entry
  uint32_t frame_slots = 0;
  uint32_t index = 0;       ///< in the function index space
  uint32_t first_cell = 0;  ///< where its code begins in LoweredModule::cells
  std::vector<TryRegion> regions;

  /// The innermost region that the cell is in; kNone when it is in none.
  uint32_t region_at(uint32_t cell) const;
};

/// Where an instruction of the register code comes from.
struct SourceLocation {
  uint32_t cell = 0;    ///< of its first cell
  uint32_t offset = 0;  ///< Instr::offset of (the last of) what it was made from
};

/// The register code of a module. Immutable, shared by all agents.
struct LoweredModule {
  std::vector<Cell> cells;
  std::vector<LoweredFunction> functions;  ///< of Module::functions, in order
  std::vector<SourceLocation> locations;   ///< sorted by cell; one for each instruction

  bool contains(const Cell* pc) const { return pc >= cells.data() && pc < cells.data() + cells.size(); }
  /// The function whose code this is, which must be contained.
  const LoweredFunction& function_at(const Cell* pc) const;
  /// The offset of the instruction that `pc` stands on, or in.
  uint32_t offset_at(const Cell* pc) const;
};

/// Whose register code.
enum class Target : uint8_t {
  tail_calls,   ///< of execute_fast.cpp: uses accumulators and fused pairs, and names handlers by their addresses
  checked,      ///< of execute_checked.cpp, where there are tail calls: as those, but nothing is fused
  driver_loop,  ///< of execute_loop.cpp: all values in the frame, and handlers named by their CodeIndex
  listing,      ///< as for tail calls, but by CodeIndex: to be printed
};
constexpr Target target_of(Engine engine) {
  if (engine == Engine::observed || !WEFT_TAIL_CALLS) return Target::driver_loop;
  return engine == Engine::fast ? Target::tail_calls : Target::checked;
}

/// Lowers all functions of a valid module. Error: invalid, a frame of more than kMaxFrameSlots.
Result<std::unique_ptr<LoweredModule>> lower(const Module& module, Target target);

/// One instruction as text: "i32.add s3 = acc, 5"; a "&" at the end for each of the next ones that is executed
/// with it. Targets are cell numbers. Not of code for tail calls.
std::string print_instruction(const LoweredModule& code, const Cell* pc);

/// The listing of the register code of one of its functions, beside the offsets it comes from. Likewise.
std::string print_lowered(const Module& module, const LoweredModule& code, const LoweredFunction& function);

}  // namespace weft
