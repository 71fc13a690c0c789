// SPDX-License-Identifier: Apache-2.0
//
// Register code: what a validated body is lowered to and the engine executes. Each instruction is a cell with its
// handler, a cell with operands (slots of the frame and small immediates), and, where its layout says so, a third cell
// with a 64-bit immediate or an absolute target. Worked example: interp/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "interp/instructions.h"
#include "interp/registers.h"

#if defined(__clang__) && __clang_major__ >= 19 && !defined(WEFT_SANITIZED) && \
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
using TailHandler = WEFT_PRESERVE_NONE void (*)(const Cell*, Slot*, uint8_t*, uint64_t, Instance*, Agent*);

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

/// What an instruction's operands are.
enum class Form : uint8_t {
  internal,  ///< not an instruction of Wasm: see Internal
  s,         ///< all in slots
  i,         ///< the last one an immediate
  branch_s,  ///< a comparison, and a branch if it holds; both operands in slots
  branch_i,  ///< the same, the last operand an immediate
  unless_s,  ///< a branch if it does not hold (not the opposite comparison: NaN)
  unless_i,
  shared_s,  ///< an access to shared memory
  shared_i,
  wide,  ///< an access to any other memory than a 32-bit memory 0: its index follows, addresses are 64-bit numbers
};
inline constexpr size_t kFormCount = 10;

/// Register code of its own, and its layouts: moves, jumps and calls.
#define WEFT_INTERNAL_CODES(X)                                        \
  X(copy, "a=b")                                                      \
  X(move, "a=b,n") /* c slots from b on to a on, which is lower */    \
  X(constant, "a=u")                                                  \
  X(jump, "t")                                                        \
  X(branch_if, "bt") /* b is the condition, as in comparisons */      \
  X(branch_unless, "bt")                                              \
  X(branch_table, "bT")     /* imm targets follow, and the default */ \
  X(call_direct, "^f")      /* a: where the arguments begin */        \
  X(call_function, "^#")    /* imm: function index, of an import */   \
  X(call_indirect, "^bU")   /* b: element index; u: type, table */    \
  X(tail_direct, "^#f")     /* imm: slot of the frame's header */     \
  X(tail_function, "^#u")   /* u: function index, of an import */     \
  X(tail_indirect, "^bU,h") /* the last cell: slot of the header */   \
  X(return_, "#")           /* imm: slot of the frame's header */     \
  X(return_one, "b#")       /* b: the one result */                   \
  X(select, "a=b,c,d")                                                \
  X(global_get, "a=#")                                                \
  X(global_set, "b#")                                                 \
  X(ref_func, "a=#")                                                  \
  X(ref_is_null, "a=b")                                               \
  X(unreachable, "")                                                  \
  X(copy_v128, "a=b") /* this and the next four move a v128 */        \
  X(constant_v128, "a=v")                                             \
  X(select_v128, "a=b,c,d")                                           \
  X(global_get_v128, "a=#")                                           \
  X(global_set_v128, "b#")                                            \
  X(throw_, "^#") /* imm: tag index */                                \
  X(throw_ref, "b")                                                   \
  X(finish, "")      /* the invocation's base frame returned */       \
  X(host_return, "") /* a call that a host function asked for returned */

enum class Internal : uint16_t {
#define X(name, layout) name,
  WEFT_INTERNAL_CODES(X)
#undef X
};

/// Names an instruction of the register code: a form and an Op or Internal. Dense enough to index the handler table.
using CodeIndex = uint16_t;
inline constexpr size_t kCodeCount = kFormCount * kInstructionCount;

constexpr CodeIndex code_index(Form form, Op op) {
  return static_cast<CodeIndex>(static_cast<size_t>(form) * kInstructionCount + static_cast<size_t>(op));
}
constexpr CodeIndex code_index(Internal code) { return static_cast<CodeIndex>(code); }
constexpr Form form_of(CodeIndex code) { return static_cast<Form>(code / kInstructionCount); }
constexpr Op op_of(CodeIndex code) { return static_cast<Op>(code % kInstructionCount); }

/// How an instruction's cells are to be read: "a=" the destination slot; a b c d source slots; "^" a is where a call's
/// arguments begin; "n" the number of slots, in c;
/// "#" the immediate of the operand cell, "+" the same as an offset. In a third cell: "u" an immediate, "U" two 32-bit
/// halves, "o" an offset, "t" a target, "f" a function; "v" 128 bits in a third and a fourth. In a fourth: "m" a memory
/// index, "h" a slot. "l": d is the number of a lane. "T": a table of imm + 1 targets follows.
constexpr std::string_view layout_of(CodeIndex code) {
  constexpr std::string_view kInternal[] = {
#define X(name, layout) layout,
      WEFT_INTERNAL_CODES(X)
#undef X
  };
  const Form form = form_of(code);
  if (form == Form::internal) return kInternal[code];
  const InstrInfo& row = info(op_of(code));
  const bool unary = row.operands().size() == 1;
  const bool immediate = form == Form::i || form == Form::shared_i;
  const bool wide = form == Form::wide;
  if (form == Form::branch_s || form == Form::unless_s) return unary ? "bt" : "b,ct";
  if (form == Form::branch_i || form == Form::unless_i) return "b#t";
  switch (row.instr_class) {
    case InstrClass::numeric: return unary ? "a=b" : immediate ? "a=b#" : "a=b,c";
    case InstrClass::numeric_pair: return row.operands().size() == 2 ? "a=b,c" : "a=b";  // the operands from b on
    case InstrClass::load:
    case InstrClass::atomic_load: return wide ? "a=bom" : "a=b+";
    case InstrClass::store: return wide ? "a,bom" : immediate ? "a+u" : "a,b+";
    case InstrClass::atomic_store: return wide ? "a,bom" : "a,b+";
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
    case InstrClass::atomic_notify: return wide ? "a=b,com" : "a=b,co";
    case InstrClass::atomic_cmpxchg:
    case InstrClass::atomic_wait: return wide ? "a=b,c,dom" : "a=b,c,do";
    default: break;
  }
  switch (op_of(code)) {
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
constexpr uint32_t cells_of(CodeIndex code) {
  constexpr auto kNowhere = std::string_view::npos;
  const std::string_view layout = layout_of(code);
  return layout.find_first_of("mhv") != kNowhere ? 4 : layout.find_first_of("utfoU") != kNowhere ? 3 : 2;
}

/// "i32.add.i", "copy".
std::string name_of(CodeIndex code);

}  // namespace weft
