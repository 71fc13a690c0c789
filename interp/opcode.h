// SPDX-License-Identifier: Apache-2.0
//
// The instructions of the register code, by name: what an instruction of Wasm has become, and where its operands are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "interp/instructions.h"

namespace weft {

/// What an instruction of Wasm has become.
enum class Form : uint8_t {
  internal,  ///< not an instruction of Wasm: see Internal
  plain,
  branch,  ///< a comparison, and a branch if it holds
  unless,  ///< a branch if it does not hold; of floats, where that is not the opposite comparison: NaN
  shared,  ///< a plain access to shared memory
  wide,    ///< an access to any other memory than a 32-bit memory 0: its index follows, addresses are 64-bit numbers
};
inline constexpr size_t kFormCount = 6;

/// Where an operand is, and where a result goes.
enum class Place : uint8_t {
  slot,
  immediate,    ///< in the code
  accumulator,  ///< of the value's type. A result always goes there, where its instruction has that place at all; to a
                ///< slot besides, or not
  previous,     ///< where the accumulator's value went when a result came that was not computed from it
};
inline constexpr size_t kPlaceCount = 4;
inline constexpr std::string_view kPlaceLetters = "siap";  // in the order of Place

/// Of places.
using PlaceSet = uint8_t;
constexpr PlaceSet set_of(Place place) { return static_cast<PlaceSet>(1u << static_cast<unsigned>(place)); }
inline constexpr PlaceSet kSlot = set_of(Place::slot), kImmediate = set_of(Place::immediate),
                          kAccumulator = set_of(Place::accumulator), kPrevious = set_of(Place::previous);

/// Register code of its own, and its layouts: moves, jumps and calls.
#define WEFT_INTERNAL_CODES(X)                                        \
  X(copy, "a=b")                                                      \
  X(copy_f32, "a=b") /* from the accumulator of floats */             \
  X(copy_f64, "a=b")                                                  \
  X(move, "a=b,n") /* c slots from b on to a on, which is lower */    \
  X(constant, "a=u")                                                  \
  X(constant_int, "a=u") /* into an accumulator, as the next two */   \
  X(constant_f32, "a=u")                                              \
  X(constant_f64, "a=u")                                              \
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
  X(return_one, "b#")       /* b: the one result, which is then in */ \
  X(return_f32, "b#")       /* the accumulator of its type, too */    \
  X(return_f64, "b#")                                                 \
  X(select, "a=d,b,c")                                                \
  X(global_get, "a=#")                                                \
  X(global_set, "b#")                                                 \
  X(ref_func, "a=#")                                                  \
  X(ref_is_null, "a=b")                                               \
  X(unreachable, "")                                                  \
  X(copy_v128, "a=b") /* this and the next four move a v128 */        \
  X(constant_v128, "a=v")                                             \
  X(select_v128, "a=d,b,c")                                           \
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

inline constexpr size_t kInternalCount = 0
#define X(name, layout) +1
    WEFT_INTERNAL_CODES(X)
#undef X
    ;
static_assert(kInternalCount <= kInstructionCount);

/// An instruction of the register code: a form of an Op or an Internal, and where its result goes and its first two
/// operands are. (Operands beyond them are in slots; of a select, the condition counts as the first.)
struct Opcode {
  Form form = Form::internal;
  uint16_t id = 0;
  Place to = Place::slot, first = Place::slot, second = Place::slot;

  constexpr Opcode() = default;
  constexpr Opcode(Internal internal) : id(static_cast<uint16_t>(internal)) {}
  constexpr Opcode(Form f, Op o) : form(f), id(static_cast<uint16_t>(o)) {}

  constexpr Op op() const { return static_cast<Op>(id); }
  constexpr Internal internal() const { return static_cast<Internal>(id); }
  constexpr bool is(Internal code) const { return form == Form::internal && internal() == code; }
  constexpr Opcode with(Place first_place, Place second_place = Place::slot) const {
    Opcode code = *this;
    code.first = first_place, code.second = second_place;
    return code;
  }
  constexpr Opcode to_place(Place place) const {
    Opcode code = *this;
    code.to = place;
    return code;
  }
  constexpr bool operator==(const Opcode&) const = default;
};

}  // namespace weft
