// SPDX-License-Identifier: Apache-2.0
//
// Register code: what a validated body is lowered to and the engine executes. Each instruction is a cell with its
// handler, a cell with operands (slots of the frame and small immediates), and, where its layout says so, a third cell
// with a 64-bit immediate or an absolute target. Worked example: interp/README.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "interp/places.h"
#include "interp/registers.h"

#if defined(__clang__) && __clang_major__ >= 19 && !defined(WEFT_SANITIZED) && !defined(WEFT_DRIVER_LOOP) && \
    (defined(__x86_64__) || defined(__aarch64__))
// musttail makes each handler jump to the next; preserve_none leaves twelve registers for the machine's state. Under
// ASan with UBSan clang 19 miscompiles preserve_none, and GCC has neither: there the driver loop runs the same
// handlers.
#define WEFT_TAIL_CALLS 1
#define WEFT_PRESERVE_NONE __attribute__((preserve_none))
#else
#define WEFT_TAIL_CALLS 0
#define WEFT_PRESERVE_NONE
#endif

namespace weft {

union Cell;
using TailHandler = WEFT_PRESERVE_NONE void (*)(const Cell*, Slot*, uint8_t*, uint64_t, Instance*, Agent*, Slot, Slot,
                                                float, float, double, double);

union Cell {
  TailHandler handler;  ///< first cell, fast engine with tail calls
  uint64_t u;           ///< first cell elsewhere: the CodeIndex; later cells: an immediate
  struct {
    uint16_t a, b, c, d;
  } s;  ///< operand cell: slots
  struct {
    uint16_t a, b;
    uint32_t imm;
  } i;  ///< operand cell: slots and an immediate (the common initial sequence is shared with `s`)
  const Cell* target;
  const LoweredFunction* function;
};
static_assert(sizeof(Cell) == 8);

/// How an instruction's cells are to be read: "a=" the destination slot; a b c d source slots; "^" a is where a call's
/// arguments begin; "n" the number of slots, in c;
/// "#" the immediate of the operand cell, "+" the same as an offset. In a third cell: "u" an immediate, "U" two 32-bit
/// halves, "o" an offset, "8" an immediate of 64 bits, "t" a target, "f" a function; "v" 128 bits in a third and a
/// fourth. In a fourth: "m" a memory index, "h" a slot. "l": d is the number of a lane. "T": a table of imm + 1 targets
/// follows.
constexpr std::string_view layout_of(Opcode code) {
  constexpr std::string_view kInternal[] = {
#define X(name, layout) layout,
      WEFT_INTERNAL_CODES(X)
#undef X
  };
  if (code.form == Form::internal) return kInternal[code.id];
  const InstrInfo& row = info(code.op());
  const bool unary = row.operands().size() == 1;
  const bool wide = code.form == Form::wide;
  const bool first_immediate = code.first == Place::immediate, second_immediate = code.second == Place::immediate;
  if (code.form == Form::branch || code.form == Form::unless) return unary ? "bt" : second_immediate ? "b#t" : "b,ct";
  switch (row.instr_class) {
    case InstrClass::numeric:
      if (unary) return "a=b";
      if (is_float(row.operands()[0])) return first_immediate ? "a=u,c" : second_immediate ? "a=bu" : "a=b,c";
      if (second_immediate) return row.operands()[1] == 'I' ? "a=b8" : "a=b#";
      return "a=b,c";
    case InstrClass::numeric_pair: return row.operands().size() == 2 ? "a=b,c" : "a=b";  // the operands from b on
    case InstrClass::load:
    case InstrClass::atomic_load: return wide ? "a=bom" : first_immediate ? "a=+" : "a=b+";
    case InstrClass::store:
    case InstrClass::atomic_store:
      if (wide) return "a,bom";
      if (first_immediate) return second_immediate ? "+u" : "b+";
      return second_immediate ? "a+u" : "a,b+";
    case InstrClass::vector:
      switch (row.immediate) {
        case Immediate::lanes: return "a=b,cv";
        case Immediate::lane: return unary ? "a=bl" : "a=b,cl";
        default: return unary ? "a=b" : row.operands().size() == 2 ? "a=b,c" : "a=b,c,d";
      }
    case InstrClass::vector_load:
      if (row.immediate == Immediate::memarg_lane) return wide ? "a=b,clom" : "a=b,clo";
      return wide ? "a=bom" : "a=b+";
    case InstrClass::vector_store:
      if (row.immediate == Immediate::memarg_lane) return wide ? "a,blom" : "a,blo";
      return wide ? "a,bom" : "a,b+";
    case InstrClass::atomic_rmw:
      if (wide) return "a=b,com";
      if (first_immediate) return second_immediate ? "a=#o" : "a=co";
      return second_immediate ? "a=b#o" : "a=b,co";
    case InstrClass::atomic_notify: return wide ? "a=b,com" : "a=b,co";
    case InstrClass::atomic_cmpxchg:
      if (wide) return "a=b,c,dom";
      return first_immediate ? "a=c,do" : "a=b,c,do";
    case InstrClass::atomic_wait: return wide ? "a=b,c,dom" : "a=b,c,do";
    default: break;
  }
  switch (code.op()) {
    case Op::memory_size: return "a=u";
    case Op::memory_grow: return "a=bu";
    case Op::memory_fill:
    case Op::table_fill: return "a,b,cu";
    case Op::memory_copy:
    case Op::memory_init:
    case Op::table_copy:
    case Op::table_init: return "a,b,cU";
    case Op::data_drop:
    case Op::elem_drop: return "#";
    case Op::table_get: return "a=bu";
    case Op::table_set: return "a,bu";
    case Op::table_size: return "a=u";
    case Op::table_grow: return "a=b,cu";
    default: return "";
  }
}

/// Cells of an instruction; a branch table has imm + 1 more.
constexpr uint32_t cells_of(Opcode code) {
  constexpr auto kNowhere = std::string_view::npos;
  const std::string_view layout = layout_of(code);
  return layout.find_first_of("mhv") != kNowhere ? 4 : layout.find_first_of("utfoU8") != kNowhere ? 3 : 2;
}

inline constexpr size_t kLongestFusion = 8;
/// Instructions that follow each other and that one handler executes (fusions.h); or one alone.
struct Fusion {
  std::array<Opcode, kLongestFusion> codes;
  size_t count = 0;
};
/// What the handler of that index executes.
const Fusion& handled_by(uint64_t index);
/// Whether the next instruction in the code always follows, but for traps.
constexpr bool goes_on(Opcode code) {
  if (code.form != Form::internal) return code.form != Form::branch && code.form != Form::unless;
  return layout_of(code).find_first_of("tTf^h") == std::string_view::npos && !code.is(Internal::return_) &&
         !code.is(Internal::return_one) && !code.is(Internal::return_f32) && !code.is(Internal::return_f64) &&
         !code.is(Internal::unreachable) && !code.is(Internal::throw_ref) && !code.is(Internal::finish) &&
         !code.is(Internal::host_return);
}

/// "i32.add", "i32.lt_s.branch", "copy".
std::string name_of(Opcode code);
/// The same with the places that it has, where there is a choice: "i32.add a=si".
std::string pattern_of(Opcode code);

}  // namespace weft
