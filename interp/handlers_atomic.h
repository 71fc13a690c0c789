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

/// exec-atomic.load and its like: the effective address must be a multiple of the width, and the access in bounds.
template <class Stored>
Trap check_atomic(const Registers& r, uint64_t address) {
  if (address % sizeof(Stored) != 0) [[unlikely]]
    return Trap::unaligned_atomic;
  if (!in_bounds(r, address, sizeof(Stored))) [[unlikely]]
    return Trap::out_of_bounds_memory_access;
  return Trap::none;
}

/// The guest's cell at an address that was checked.
template <class Stored>
std::atomic_ref<Stored> atomic_cell(const Registers& r, uint64_t address) {
  return std::atomic_ref<Stored>(*reinterpret_cast<Stored*>(r.memory + address));
}

template <Op op>
struct AtomicLoadHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<op>::Stored;
  static Trap run(Registers& r) {
    const uint64_t address = effective_address(r.fp[r.pc[1].i.b], r.pc[1].i.imm);
    if (const Trap trap = check_atomic<Stored>(r, address); trap != Trap::none) [[unlikely]]
      return trap;
    r.fp[r.pc[1].i.a] = atomic_cell<Stored>(r, address).load();
    return Trap::none;
  }
};

template <Op op>
struct AtomicStoreHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<op>::Stored;
  static Trap run(Registers& r) {
    const uint64_t address = effective_address(r.fp[r.pc[1].i.a], r.pc[1].i.imm);
    if (const Trap trap = check_atomic<Stored>(r, address); trap != Trap::none) [[unlikely]]
      return trap;
    atomic_cell<Stored>(r, address).store(static_cast<Stored>(r.fp[r.pc[1].i.b]));
    return Trap::none;
  }
};

template <Op op>
struct AtomicRmwHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<op>::Stored;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    const uint64_t address = effective_address(r.fp[s.b], r.pc[2].u);
    if (const Trap trap = check_atomic<Stored>(r, address); trap != Trap::none) [[unlikely]]
      return trap;
    const Stored operand = static_cast<Stored>(r.fp[s.c]);
    const std::atomic_ref<Stored> guest = atomic_cell<Stored>(r, address);
    constexpr Rmw kOperator = rmw_operator(op);
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
    r.fp[s.a] = old;
    return Trap::none;
  }
};

/// Narrow cmpxchg compares and stores the operands' low bits (exec-atomic.rmwn.cmpxchg).
template <Op op>
struct AtomicCmpxchgHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<op>::Stored;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    const uint64_t address = effective_address(r.fp[s.b], r.pc[2].u);
    if (const Trap trap = check_atomic<Stored>(r, address); trap != Trap::none) [[unlikely]]
      return trap;
    Stored old = static_cast<Stored>(r.fp[s.c]);
    atomic_cell<Stored>(r, address).compare_exchange_strong(old, static_cast<Stored>(r.fp[s.d]));
    r.fp[s.a] = old;
    return Trap::none;
  }
};

template <Op op>
struct AtomicWaitHandler {
  static constexpr Flow kFlow = Flow::next;
  using Stored = typename AccessTypes<op>::Stored;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    Memory& memory = *r.instance->memory0;
    const uint64_t address = effective_address(r.fp[s.b], r.pc[2].u);
    if (!memory.shared()) return Trap::expected_shared_memory;
    if (const Trap trap = check_atomic<Stored>(r, address); trap != Trap::none) return trap;
    const Stored* guest = reinterpret_cast<const Stored*>(r.memory + address);
    const WaitResult result = memory.waiters().wait(Machine::wait_cell(*r.agent), address, guest,
                                                    static_cast<Stored>(r.fp[s.c]), static_cast<int64_t>(r.fp[s.d]));
    if (result == WaitResult::stopped) return Machine::stopped(*r.agent);
    r.fp[s.a] = static_cast<uint32_t>(result);
    return Trap::none;
  }
};

struct AtomicNotifyHandler {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    const uint64_t address = effective_address(r.fp[s.b], r.pc[2].u);
    if (const Trap trap = check_atomic<uint32_t>(r, address); trap != Trap::none) [[unlikely]]
      return trap;
    Memory& memory = *r.instance->memory0;
    r.fp[s.a] = memory.shared() ? memory.waiters().notify(address, static_cast<uint32_t>(r.fp[s.c])) : 0;
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
