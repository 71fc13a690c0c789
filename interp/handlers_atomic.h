// SPDX-License-Identifier: Apache-2.0
//
// Atomic instructions (exec-instr-atomic-memory): each is one atomic instruction of the CPU, sequentially consistent.
#pragma once

#include "interp/handlers_memory.h"

namespace weft {

enum class Rmw : uint8_t { add, sub, and_, or_, xor_, xchg };

/// The operator of an rmw instruction, read off its keyword: i32.atomic.rmw8.add_u.
constexpr Rmw rmw_operator(Op op) {
  const std::string_view text = info(op).text;
  const std::string_view name = text.substr(text.rfind('.') + 1);
  if (name.starts_with("add")) return Rmw::add;
  if (name.starts_with("sub")) return Rmw::sub;
  if (name.starts_with("and")) return Rmw::and_;
  if (name.starts_with("or")) return Rmw::or_;
  if (name.starts_with("xor")) return Rmw::xor_;
  return Rmw::xchg;
}

/// Where an atomic access goes, when it does not trap.
template <class Stored>
struct AtomicPlace {
  Memory* memory;
  uint64_t address;
  uint8_t* pointer;
  std::atomic_ref<Stored> cell() const { return std::atomic_ref<Stored>(*reinterpret_cast<Stored*>(pointer)); }
};

/// exec-atomic.load and its like: the effective address must be a multiple of the width, and the access in bounds.
template <Opcode code, class Stored>
Trap locate(const Registers& r, uint16_t base, uint64_t offset, AtomicPlace<Stored>& place) {
  if constexpr (code.form == Form::wide) {
    const WidePlace wide(r, base);
    if (wide.address % sizeof(Stored) != 0) return Trap::unaligned_atomic;
    if (!wide.in_bounds(sizeof(Stored))) return Trap::out_of_bounds_memory_access;
    place = {&wide.memory, wide.address, wide.pointer()};
  } else {
    const uint64_t address = effective_address<code.first>(r, base, offset);
    if (address % sizeof(Stored) != 0) [[unlikely]]
      return Trap::unaligned_atomic;
    if (!in_bounds(r, address, sizeof(Stored))) [[unlikely]]
      return Trap::out_of_bounds_memory_access;
    place = {r.instance->memory0, address, r.memory + address};
  }
  return Trap::none;
}

template <Opcode code>
struct AtomicLoadHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<code.op()>::Stored;
  static Trap run(Registers& r) {
    AtomicPlace<Stored> place;
    if (const Trap trap = locate<code>(r, r.pc[1].i.b, r.pc[1].i.imm, place); trap != Trap::none) [[unlikely]]
      return trap;
    write<code>(r, AccessTypes<code.op()>::value(place.cell().load()));
    return Trap::none;
  }
};

template <Opcode code>
struct AtomicStoreHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<code.op()>::Stored;
  static Trap run(Registers& r) {
    AtomicPlace<Stored> place;
    if (const Trap trap = locate<code>(r, r.pc[1].i.a, r.pc[1].i.imm, place); trap != Trap::none) [[unlikely]]
      return trap;
    place.cell().store(stored_value<code>(r, r.pc[1].i.b));
    return Trap::none;
  }
};

/// The operand of an rmw instruction; an immediate is sign-extended.
template <Opcode code>
uint64_t rmw_operand(const Registers& r, uint16_t slot) {
  if constexpr (code.second == Place::immediate) {
    return static_cast<uint64_t>(static_cast<int32_t>(r.pc[1].i.imm));
  } else {
    return read<uint64_t, code.second>(r, slot);
  }
}

template <Opcode code>
struct AtomicRmwHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<code.op()>::Stored;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    AtomicPlace<Stored> place;
    if (const Trap trap = locate<code>(r, s.b, r.pc[2].u, place); trap != Trap::none) [[unlikely]]
      return trap;
    const Stored operand = static_cast<Stored>(rmw_operand<code>(r, s.c));
    const std::atomic_ref<Stored> guest = place.cell();
    constexpr Rmw kOperator = rmw_operator(code.op());
    Stored old;
    if constexpr (kOperator == Rmw::add)
      old = guest.fetch_add(operand);
    else if constexpr (kOperator == Rmw::sub)
      old = guest.fetch_sub(operand);
    else if constexpr (kOperator == Rmw::and_)
      old = guest.fetch_and(operand);
    else if constexpr (kOperator == Rmw::or_)
      old = guest.fetch_or(operand);
    else if constexpr (kOperator == Rmw::xor_)
      old = guest.fetch_xor(operand);
    else
      old = guest.exchange(operand);
    write<code>(r, AccessTypes<code.op()>::value(old));
    return Trap::none;
  }
};

/// Narrow cmpxchg compares and stores the operands' low bits (exec-atomic.rmwn.cmpxchg).
template <Opcode code>
struct AtomicCmpxchgHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<code.op()>::Stored;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    AtomicPlace<Stored> place;
    if (const Trap trap = locate<code>(r, s.b, r.pc[2].u, place); trap != Trap::none) [[unlikely]]
      return trap;
    Stored old = static_cast<Stored>(r.fp[s.c]);
    place.cell().compare_exchange_strong(old, static_cast<Stored>(r.fp[s.d]));
    write<code>(r, AccessTypes<code.op()>::value(old));
    return Trap::none;
  }
};

template <Opcode code>
struct AtomicWaitHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<code.op()>::Stored;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    Memory& memory = code.form == Form::wide ? *r.instance->memories[r.pc[3].u] : *r.instance->memory0;
    if (!memory.shared()) return Trap::expected_shared_memory;
    AtomicPlace<Stored> place;
    if (const Trap trap = locate<code>(r, s.b, r.pc[2].u, place); trap != Trap::none) [[unlikely]]
      return trap;
    const auto save = [&r] { Machine::save(r); };  // for who looks at it while it sleeps
    const WaitResult result = memory.waiters().wait(
        Machine::wait_cell(*r.agent), place.address, reinterpret_cast<const Stored*>(place.pointer),
        static_cast<Stored>(r.fp[s.c]), static_cast<int64_t>(r.fp[s.d]), save);
    if (result == WaitResult::stopped) return Machine::stopped(*r.agent);
    r.fp[s.a] = static_cast<uint32_t>(result);
    return Trap::none;
  }
};

template <Opcode code>
struct AtomicNotifyHandler {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    AtomicPlace<uint32_t> place;
    if (const Trap trap = locate<code>(r, s.b, r.pc[2].u, place); trap != Trap::none) [[unlikely]]
      return trap;
    const bool shared = place.memory->shared();
    r.fp[s.a] = shared ? place.memory->waiters().notify(place.address, static_cast<uint32_t>(r.fp[s.c])) : 0;
    return Trap::none;
  }
};

/// The model gives a fence no effect; C compilers rely on the machine's full fence all the same
/// (exec-memory.atomic.fence).
struct AtomicFenceHandler {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers&) { std::atomic_thread_fence(std::memory_order_seq_cst); }
};

}  // namespace weft
