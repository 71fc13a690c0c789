// SPDX-License-Identifier: Apache-2.0
//
// Loads, stores and the other memory instructions (exec-instr-memory).
#pragma once

#include <type_traits>

#include "interp/bulk.h"
#include "interp/guest_access.h"
#include "interp/handlers.h"
#include "interp/instance.h"
#include "interp/memory.h"

namespace weft {

/// Whether [address, address + width) lies within memory 0 as long as it was when last looked at.
inline bool in_bounds(const Registers& r, uint64_t address, uint64_t width) { return address + width <= r.memory_size; }

/// The effective address: 33 bits, so that it never wraps (exec-memarg).
inline uint64_t effective_address(Slot base, uint64_t offset) { return uint64_t{static_cast<uint32_t>(base)} + offset; }

/// C++ types of an access, from the table: N bits of memory, the value type it is extended to.
template <Op op>
struct AccessTypes {
  static constexpr const InstrInfo& kRow = info(op);
  static constexpr bool kSigned = kRow.text.ends_with("_s");
  static constexpr char kLetter = kRow.instr_class == InstrClass::load || kRow.instr_class == InstrClass::atomic_load ||
                                          kRow.instr_class == InstrClass::atomic_rmw ||
                                          kRow.instr_class == InstrClass::atomic_cmpxchg
                                      ? kRow.results()[0]
                                      : kRow.operands()[1];
  template <uint8_t bytes>
  using Unsigned =
      std::conditional_t<bytes == 1, uint8_t,
                         std::conditional_t<bytes == 2, uint16_t, std::conditional_t<bytes == 4, uint32_t, uint64_t>>>;
  using Value = std::conditional_t<
      kLetter == 'f', float,
      std::conditional_t<kLetter == 'F', double, std::conditional_t<kLetter == 'i', uint32_t, uint64_t>>>;
  /// What is in memory.
  using Stored = std::conditional_t<std::is_floating_point_v<Value>, Value, Unsigned<kRow.access>>;

  /// The number that was loaded.
  static Value value(Stored stored) {
    if constexpr (std::is_floating_point_v<Value>) {
      return stored;
    } else if constexpr (kSigned) {
      return static_cast<Value>(
          static_cast<std::make_signed_t<Value>>(static_cast<std::make_signed_t<Stored>>(stored)));
    } else {
      return static_cast<Value>(stored);
    }
  }
};

/// The number of a slot that is stored: its low bits.
template <class Stored>
Stored to_stored(Slot slot) {
  if constexpr (std::is_floating_point_v<Stored>) {
    return get<Stored>(slot);
  } else {
    return static_cast<Stored>(slot);
  }
}

/// What a store stores, from its place: an immediate is in the cell behind the operands.
template <Opcode code>
auto stored_value(const Registers& r, uint16_t slot) {
  using Types = AccessTypes<code.op()>;
  using Stored = typename Types::Stored;
  if constexpr (code.second == Place::immediate) {
    return to_stored<Stored>(r.pc[2].u);
  } else if constexpr (code.second == Place::slot) {
    return to_stored<Stored>(r.fp[slot]);
  } else {
    return static_cast<Stored>(read<typename Types::Value, code.second>(r, slot));
  }
}

/// The effective address of an access to memory 0 whose offset is given; where the base is an immediate, it is in the
/// offset.
template <Place place>
uint64_t effective_address(const Registers& r, uint16_t base, uint64_t offset) {
  if constexpr (place == Place::immediate) {
    return offset;
  } else {
    return effective_address(read<uint64_t, place>(r, base), offset);
  }
}

/// The place that an access of the wide form names: any memory, and a sum of 64-bit numbers that must not wrap.
struct WidePlace {
  WidePlace(const Registers& r, uint16_t base) : memory(*r.instance->memories[r.pc[3].u]) {
    wraps = __builtin_add_overflow(r.fp[base], r.pc[2].u, &address);
  }
  bool in_bounds(uint64_t width) const { return !wraps && memory.in_bounds(address, width); }
  uint8_t* pointer() const { return memory.base() + address; }
  template <class Stored>
  Stored load() const {
    return memory.shared() ? guest_load<Stored, true>(pointer()) : guest_load<Stored, false>(pointer());
  }
  template <class Stored>
  void store(Stored value) const {
    memory.shared() ? guest_store<Stored, true>(pointer(), value) : guest_store<Stored, false>(pointer(), value);
  }

  Memory& memory;
  uint64_t address;
  bool wraps;
};

template <Opcode code>
struct LoadHandler {
  static constexpr Flow kFlow = Flow::next;
  using Types = AccessTypes<code.op()>;
  using Stored = typename Types::Stored;
  static Trap run(Registers& r) {
    Stored stored;
    if constexpr (code.form == Form::wide) {
      const WidePlace place(r, r.pc[1].s.b);
      if (!place.in_bounds(sizeof(Stored))) return Trap::out_of_bounds_memory_access;
      stored = place.load<Stored>();
    } else {
      const uint64_t address = effective_address<code.first>(r, r.pc[1].i.b, r.pc[1].i.imm);
      if (!in_bounds(r, address, sizeof(Stored))) [[unlikely]]
        return Trap::out_of_bounds_memory_access;
      stored = guest_load < Stored, code.form == Form::shared > (r.memory + address);
    }
    write<code>(r, Types::value(stored));
    return Trap::none;
  }
};

template <Opcode code>
struct StoreHandler {
  static constexpr Flow kFlow = Flow::next;
  using Types = AccessTypes<code.op()>;
  using Stored = typename Types::Stored;
  static Trap run(Registers& r) {
    if constexpr (code.form == Form::wide) {
      const WidePlace place(r, r.pc[1].s.a);
      if (!place.in_bounds(sizeof(Stored))) return Trap::out_of_bounds_memory_access;
      place.store(to_stored<Stored>(r.fp[r.pc[1].s.b]));
    } else {
      const uint64_t address = effective_address<code.first>(r, r.pc[1].i.a, r.pc[1].i.imm);
      if (!in_bounds(r, address, sizeof(Stored))) [[unlikely]]
        return Trap::out_of_bounds_memory_access;
      const Stored value = stored_value<code>(r, r.pc[1].i.b);
      guest_store<Stored, code.form == Form::shared>(r.memory + address, value);
    }
    return Trap::none;
  }
};

/// What a grow gives: the old size, or -1 as a number of the address type.
inline Slot grow_result(std::optional<uint64_t> old, AddressType address) {
  return old ? *old : address == ValType::i64 ? ~uint64_t{0} : uint64_t{~uint32_t{0}};
}

/// memory.size, memory.grow and the bulk instructions work through class Memory. Slots hold i32 zero-extended, so
/// addresses of either type are read alike.
template <Op op>
struct MemoryHandler {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    Instance& instance = *r.instance;
    const auto check = [&r](Bulk bulk) {
      if (bulk == Bulk::stopped) return Machine::stopped(*r.agent);
      return bulk == Bulk::done ? Trap::none : Trap::out_of_bounds_memory_access;
    };
    if constexpr (op == Op::data_drop) {
      instance.data[r.pc[1].i.imm] = {};
      return Trap::none;
    } else {
      const auto low = static_cast<uint32_t>(r.pc[2].u), high = static_cast<uint32_t>(r.pc[2].u >> 32);
      Memory& memory = *instance.memories[op == Op::memory_init ? high : low];
      if constexpr (op == Op::memory_size) {
        r.fp[s.a] = memory.pages_seq_cst();
        return Trap::none;
      } else if constexpr (op == Op::memory_grow) {
        r.fp[s.a] = grow_result(memory.grow(r.fp[s.b]), memory.address_type());
        if (low == 0) r.memory_size = memory.size();
        return Trap::none;
      } else if constexpr (op == Op::memory_fill) {
        return check(bulk_fill(*r.agent, memory, r.fp[s.a], static_cast<uint8_t>(r.fp[s.b]), r.fp[s.c]));
      } else if constexpr (op == Op::memory_copy) {
        return check(bulk_copy(*r.agent, memory, r.fp[s.a], *instance.memories[high], r.fp[s.b], r.fp[s.c]));
      } else {
        static_assert(op == Op::memory_init);
        const std::span<const uint8_t> data = instance.data[low];
        const uint64_t from = r.fp[s.b], count = r.fp[s.c];
        if (from + count > data.size()) return Trap::out_of_bounds_memory_access;
        return check(bulk_write(*r.agent, memory, r.fp[s.a], data.subspan(from, count)));
      }
    }
  }
};

}  // namespace weft
