// SPDX-License-Identifier: Apache-2.0
//
// Vector instructions (exec-instr-vec), their loads and stores, and moves of v128: what takes two slots of a frame.
#pragma once

#include <type_traits>
#include <utility>

#include "interp/handlers_control.h"
#include "interp/handlers_memory.h"
#include "interp/vector.h"
#include "interp/vector_float.h"
#include "interp/vector_relaxed.h"

namespace weft {

/// numeric::name of the row `op`.
template <Op op>
struct VectorFunction;
#define INSTR(...)
#define VECTOR(prefix, code, name, ...)              \
  template <>                                        \
  struct VectorFunction<Op::name> {                  \
    static constexpr auto function = &numeric::name; \
  };
#include "interp/instructions.inc"

/// 16 bytes of the code, as 128 bits in two cells.
inline numeric::U64x2 immediate_v128(const Registers& r) { return numeric::U64x2{r.pc[2].u, r.pc[3].u}; }

/// Operand number `i`, from the slots b, c, d in turn, or the immediate that stands in its place.
template <class T, size_t i>
T vector_operand(const Registers& r) {
  const auto& s = r.pc[1].s;
  if constexpr (std::is_same_v<T, numeric::Lane>) {
    return {static_cast<uint8_t>(s.d)};
  } else if constexpr (std::is_same_v<T, numeric::Lanes>) {
    return {std::bit_cast<numeric::U8x16>(immediate_v128(r))};
  } else {
    return get_at<T>(r.fp + (i == 0 ? s.b : i == 1 ? s.c : s.d));
  }
}

template <Op op>
struct VectorHandler {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { apply(r, VectorFunction<op>::function); }

 private:
  template <class Result, class... Operands>
  static void apply(Registers& r, Result (*)(Operands...)) {
    [&r]<size_t... i>(std::index_sequence<i...>) {
      put_at(r.fp + r.pc[1].s.a, VectorFunction<op>::function(vector_operand<Operands, i>(r)...));
    }(std::index_sequence_for<Operands...>());
  }
};

/// The effective address of an access, from the slot that has its base. One that names a lane has the lane in d, and
/// the offset in a third cell.
template <Op op>
uint64_t vector_address(const Registers& r, uint16_t base) {
  return effective_address(r.fp[base], has_lane(op) ? r.pc[2].u : r.pc[1].i.imm);
}

/// Loads: what memory has, and what becomes of it.
template <Op op>
struct VectorLoad {
  template <class Result, class Memory, class... Rest>
  static Memory stored_type(Result (*)(Memory, Rest...));
  using Stored = decltype(stored_type(VectorFunction<op>::function));
  static_assert(sizeof(Stored) == info(op).access);

  static void finish(Registers& r, Stored memory) { finish(r, memory, VectorFunction<op>::function); }

 private:
  template <class Result>
  static void finish(Registers& r, Stored memory, Result (*)(Stored)) {
    put_at(r.fp + r.pc[1].i.a, VectorFunction<op>::function(memory));
  }
  template <class Result, class Vector>
  static void finish(Registers& r, Stored memory, Result (*)(Stored, Vector, numeric::Lane)) {
    const auto& s = r.pc[1].s;
    const numeric::Lane lane{static_cast<uint8_t>(s.d)};
    put_at(r.fp + s.a, VectorFunction<op>::function(memory, get_at<Vector>(r.fp + s.c), lane));
  }
};

template <Opcode code>
struct VectorLoadHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename VectorLoad<code.op()>::Stored;
  static Trap run(Registers& r) {
    if constexpr (code.form == Form::wide) {
      const WidePlace place(r, r.pc[1].s.b);
      if (!place.in_bounds(sizeof(Stored))) return Trap::out_of_bounds_memory_access;
      VectorLoad<code.op()>::finish(r, place.load<Stored>());
      return Trap::none;
    }
    const uint64_t address = vector_address<code.op()>(r, r.pc[1].s.b);
    if (!in_bounds(r, address, sizeof(Stored))) [[unlikely]]
      return Trap::out_of_bounds_memory_access;
    VectorLoad<code.op()>::finish(r, guest_load < Stored, code.form == Form::shared > (r.memory + address));
    return Trap::none;
  }
};

template <Opcode code>
struct VectorStoreHandler {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers& r) { return apply(r, VectorFunction<code.op()>::function); }

 private:
  template <class Stored, class Vector, class... Lane>
  static Trap apply(Registers& r, Stored (*)(Vector, Lane...)) {
    static_assert(sizeof(Stored) == info(code.op()).access);
    const auto& s = r.pc[1].s;
    const Stored value =
        VectorFunction<code.op()>::function(get_at<Vector>(r.fp + s.b), Lane{static_cast<uint8_t>(s.d)}...);
    if constexpr (code.form == Form::wide) {
      const WidePlace place(r, s.a);
      if (!place.in_bounds(sizeof(Stored))) return Trap::out_of_bounds_memory_access;
      place.store(value);
      return Trap::none;
    }
    const uint64_t address = vector_address<code.op()>(r, s.a);
    if (!in_bounds(r, address, sizeof(Stored))) [[unlikely]]
      return Trap::out_of_bounds_memory_access;
    guest_store<Stored, code.form == Form::shared>(r.memory + address, value);
    return Trap::none;
  }
};

template <Opcode code>
struct InternalHandler<Internal::copy_v128, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { put_at(r.fp + r.pc[1].s.a, get_at<numeric::U64x2>(r.fp + r.pc[1].s.b)); }
};

template <Opcode code>
struct InternalHandler<Internal::constant_v128, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { put_at(r.fp + r.pc[1].s.a, immediate_v128(r)); }
};

template <Opcode code>
struct InternalHandler<Internal::select_v128, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) {
    const auto& s = r.pc[1].s;
    const uint16_t from = static_cast<uint32_t>(r.fp[s.d]) != 0 ? s.b : s.c;
    put_at(r.fp + s.a, get_at<numeric::U64x2>(r.fp + from));
  }
};

template <Opcode code>
struct InternalHandler<Internal::global_get_v128, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) {
    const GlobalInst& global = *r.instance->globals[r.pc[1].i.imm];
    put_at(r.fp + r.pc[1].i.a, numeric::U64x2{global.lo, global.hi});
  }
};

template <Opcode code>
struct InternalHandler<Internal::global_set_v128, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) {
    const auto value = get_at<numeric::U64x2>(r.fp + r.pc[1].i.b);
    GlobalInst& global = *r.instance->globals[r.pc[1].i.imm];
    global.lo = value[0], global.hi = value[1];
  }
};

}  // namespace weft
