// SPDX-License-Identifier: Apache-2.0
//
// What the checked engine does besides: it tells the agent's RaceThread of each access to shared memory before it
// happens (of an atomic one, while it happens), and that backtraces change.
#pragma once

#include "interp/handler_table.h"
#include "interp/race/thread.h"

namespace weft {

inline RaceThread& race_thread(const Registers& r) { return *r.agent->race_thread(); }

/// An access that will trap; or one that only looks out of bounds, because the memory has grown.
inline void tell_out_of_bounds(const Registers& r, Memory& memory, uint64_t address, uint64_t width) {
  const Registers copy = r;
  if (memory.shared() && !memory.in_bounds(address, width))
    race_thread(copy).out_of_bounds(copy, memory, address, width);
}

/// Of loads and stores that are not atomic, those of vectors too.
template <Opcode code>
struct CheckedAccess {
  static constexpr Flow kFlow = Flow::next;
  static constexpr InstrClass kClass = info(code.op()).instr_class;
  static constexpr bool kVector = kClass == InstrClass::vector_load || kClass == InstrClass::vector_store;
  static constexpr bool kStore = kClass == InstrClass::store || kClass == InstrClass::vector_store;
  static constexpr unsigned kWidth = info(code.op()).access;

  static Trap run(Registers& r) {
    const uint16_t base = kStore ? r.pc[1].s.a : r.pc[1].s.b;
    if constexpr (code.form == Form::wide) {
      const WidePlace place(r, base);
      if (!place.memory.shared() || place.wraps) return HandlerOf<code>::run(r);
      return run(r, place.memory, place.address, place.in_bounds(kWidth));
    } else if constexpr (kVector) {
      const uint64_t address = vector_address<code.op()>(r, base);
      return run(r, *r.instance->memory0, address, in_bounds(r, address, kWidth));
    } else {
      const uint64_t address = effective_address<code.first>(r, base, r.pc[1].i.imm);
      return run(r, *r.instance->memory0, address, in_bounds(r, address, kWidth));
    }
  }

 private:
  static Trap run(Registers& r, Memory& memory, uint64_t address, bool in_bounds) {
    if (!in_bounds) [[unlikely]] {
      tell_out_of_bounds(r, memory, address, kWidth);
    } else if (!race_thread(r).knows(memory, address, kWidth, kStore)) {
      return on_copy(r, [&](Registers& copy) { return run_told(copy, memory, address); });
    }
    return HandlerOf<code>::run(r);
  }
  __attribute__((noinline)) static Trap run_told(Registers& r, Memory& memory, uint64_t address) {
    RaceThread& thread = race_thread(r);
    if (kWidth <= kGranule && address % kWidth == 0 && thread.synchronises(r)) {
      RaceThread::AtomicStep step(thread, r, memory, address, kWidth);
      step.happen(!kStore, kStore);
      return HandlerOf<code>::run(r);
    }
    thread.access(r, memory, address, kWidth, kStore);
    return HandlerOf<code>::run(r);
  }
};

/// Of all instructions whose access is atomic, and of notify.
template <Opcode code>
struct CheckedAtomic {
  static constexpr Flow kFlow = Flow::next;
  static constexpr InstrClass kClass = info(code.op()).instr_class;
  static constexpr bool kStore = kClass == InstrClass::atomic_store;
  static constexpr bool kLoad = kClass == InstrClass::atomic_load;

  static Trap run(Registers& r) {
    return on_copy(r, [](Registers& copy) {
      Memory& memory = code.form == Form::wide ? *copy.instance->memories[copy.pc[3].u] : *copy.instance->memory0;
      return memory.shared() ? run_shared(copy) : HandlerOf<code>::run(copy);
    });
  }

 private:
  using Stored = typename AccessTypes<code.op()>::Stored;

  static Trap run_shared(Registers& r) {
    RaceThread& thread = race_thread(r);
    const auto& s = r.pc[1].s;
    AtomicPlace<Stored> place;
    const uint64_t offset = kLoad || kStore ? r.pc[1].i.imm : r.pc[2].u;
    if (const Trap trap = locate<code>(r, kStore ? s.a : s.b, offset, place); trap != Trap::none) {
      if (trap == Trap::out_of_bounds_memory_access) tell_bounds(r, kStore ? s.a : s.b, offset);
      return trap;
    }
    if constexpr (kClass == InstrClass::atomic_notify) {
      thread.suspension(*place.memory, place.address);
      return HandlerOf<code>::run(r);
    } else if constexpr (kClass == InstrClass::atomic_wait) {
      {
        RaceThread::AtomicStep step(thread, r, *place.memory, place.address, sizeof(Stored));
        step.happen(true, false);
        if (place.cell().load() == static_cast<Stored>(r.fp[s.c])) thread.suspension(*place.memory, place.address);
      }
      const Trap trap = HandlerOf<code>::run(r);
      if (trap != Trap::none) return trap;
      if (r.fp[s.a] != static_cast<uint32_t>(WaitResult::not_equal)) thread.suspension(*place.memory, place.address);
      return trap;
    } else {
      RaceThread::AtomicStep step(thread, r, *place.memory, place.address, sizeof(Stored));
      bool writes = !kLoad;
      if constexpr (kClass == InstrClass::atomic_cmpxchg)
        writes = place.cell().load() == static_cast<Stored>(r.fp[s.c]);
      step.happen(!kStore, writes);
      return HandlerOf<code>::run(r);
    }
  }

  static void tell_bounds(const Registers& r, uint16_t base, uint64_t offset) {
    if constexpr (code.form == Form::wide) {
      const WidePlace place(r, base);
      if (!place.wraps) tell_out_of_bounds(r, place.memory, place.address, sizeof(Stored));
    } else {
      tell_out_of_bounds(r, *r.instance->memory0, effective_address<code.first>(r, base, offset), sizeof(Stored));
    }
  }
};

/// Of memory.size, memory.grow and the bulk instructions.
template <Opcode code>
struct CheckedMemory {
  static constexpr Flow kFlow = Flow::next;
  static constexpr Op kOp = code.op();

  static Trap run(Registers& r) { return on_copy(r, run_copy); }

 private:
  static Trap run_copy(Registers& r) {
    const auto& s = r.pc[1].s;
    RaceThread& thread = race_thread(r);
    const auto low = static_cast<uint32_t>(r.pc[2].u), high = static_cast<uint32_t>(r.pc[2].u >> 32);
    Memory& memory = *r.instance->memories[kOp == Op::memory_init ? high : low];
    if constexpr (kOp == Op::memory_size) {
      if (!memory.shared()) return HandlerOf<code>::run(r);
      const MutexLock step(thread.length_step(memory));
      const Trap trap = HandlerOf<code>::run(r);
      thread.size(memory);
      return trap;
    } else if constexpr (kOp == Op::memory_grow) {
      if (!memory.shared()) return HandlerOf<code>::run(r);
      const MutexLock step(thread.length_step(memory));
      const Registers before = r;
      const uint64_t delta = r.fp[s.b];
      const Trap trap = HandlerOf<code>::run(r);
      const uint64_t old = r.fp[s.a];
      if (old == grow_result(std::nullopt, memory.address_type())) return thread.size(memory), trap;
      thread.grow(before, memory, memory.bytes(old), memory.bytes(old + delta));
      return trap;
    } else {
      const uint64_t length = r.fp[s.c];
      const auto tell = [&](Memory& accessed, uint64_t address, bool write) {
        if (!accessed.shared()) return;
        if (accessed.in_bounds(address, length)) {
          thread.access(r, accessed, address, length, write);
        } else {
          thread.out_of_bounds(r, accessed, address, length);
        }
      };
      if constexpr (kOp == Op::memory_copy) tell(*r.instance->memories[high], r.fp[s.b], false);
      tell(memory, r.fp[s.a], true);
      return HandlerOf<code>::run(r);
    }
  }
};

/// Of calls, returns and throws.
template <Opcode code>
struct CheckedJump {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    race_thread(r).frames_changed();
    return HandlerOf<code>::run(r);
  }
};

/// The handler that does more than the fast engine's; void where there is nothing to tell.
template <Opcode code>
constexpr auto checked_handler_of() {
  constexpr InstrClass cls = info(code.form == Form::internal ? Op{} : code.op()).instr_class;
  if constexpr (code.form == Form::internal) {
    if constexpr (HandlerOf<code>::kFlow == Flow::jump && !code.is(Internal::branch_table) &&
                  !code.is(Internal::finish) && !code.is(Internal::unreachable)) {
      return CheckedJump<code>();
    }
  } else if constexpr (code.form == Form::branch || code.form == Form::unless) {
    return;
  } else if constexpr (cls == InstrClass::load || cls == InstrClass::store || cls == InstrClass::vector_load ||
                       cls == InstrClass::vector_store) {
    if constexpr (code.form != Form::plain) return CheckedAccess<code>();  // plain: a memory that is not shared
  } else if constexpr (cls == InstrClass::atomic_load || cls == InstrClass::atomic_store ||
                       cls == InstrClass::atomic_rmw || cls == InstrClass::atomic_cmpxchg ||
                       cls == InstrClass::atomic_wait || cls == InstrClass::atomic_notify) {
    return CheckedAtomic<code>();
  } else if constexpr (cls == InstrClass::memory && code.op() != Op::data_drop) {
    return CheckedMemory<code>();
  }
}

}  // namespace weft
