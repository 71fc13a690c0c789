// SPDX-License-Identifier: Apache-2.0
//
// Moves, jumps, calls and variables: the register code's own instructions (exec-instr-control, exec-instr-variable,
// exec-instr-parametric).
#pragma once

#include <algorithm>

#include "interp/handlers.h"
#include "interp/instance.h"

namespace weft {

/// `code` is a Opcode of that Internal.
template <Internal internal, Opcode code>
struct InternalHandler;

template <Opcode code>
struct InternalHandler<Internal::copy, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { r.fp[r.pc[1].s.a] = read<Slot, code.first>(r, r.pc[1].s.b); }
};

template <Opcode code>
struct InternalHandler<Internal::copy_f32, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { r.fp[r.pc[1].s.a] = put(r.f32_accumulator); }
};
template <Opcode code>
struct InternalHandler<Internal::copy_f64, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { r.fp[r.pc[1].s.a] = put(r.f64_accumulator); }
};

template <Opcode code>
struct InternalHandler<Internal::move, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) {
    const auto& s = r.pc[1].s;
    std::copy_n(r.fp + s.b, s.c, r.fp + s.a);
  }
};

template <Opcode code>
struct InternalHandler<Internal::constant, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { r.fp[r.pc[1].s.a] = r.pc[2].u; }
};
template <Opcode code>
struct InternalHandler<Internal::constant_int, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { accumulate<code>(r, r.pc[2].u); }
};
template <Opcode code>
struct InternalHandler<Internal::constant_f32, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { accumulate<code>(r, get<float>(r.pc[2].u)); }
};
template <Opcode code>
struct InternalHandler<Internal::constant_f64, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { accumulate<code>(r, get<double>(r.pc[2].u)); }
};

template <Opcode code>
struct InternalHandler<Internal::jump, code> {
  static constexpr Flow kFlow = Flow::branch;
  static bool taken(const Registers&) { return true; }
};

template <Opcode code>
struct InternalHandler<Internal::branch_if, code> {
  static constexpr Flow kFlow = Flow::branch;
  static bool taken(const Registers& r) { return read<uint32_t, code.first>(r, r.pc[1].s.b) != 0; }
};

template <Opcode code>
struct InternalHandler<Internal::branch_unless, code> {
  static constexpr Flow kFlow = Flow::branch;
  static bool taken(const Registers& r) { return read<uint32_t, code.first>(r, r.pc[1].s.b) == 0; }
};

template <Opcode code>
struct InternalHandler<Internal::branch_table, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    const uint32_t index = read<uint32_t, code.first>(r, r.pc[1].i.b), last = r.pc[1].i.imm;
    r.pc = r.pc[2 + (index < last ? index : last)].target;
    return Machine::interrupted(*r.agent) ? Machine::stopped(*r.agent) : Trap::none;
  }
};

template <Opcode code>
struct InternalHandler<Internal::call_direct, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) { return Machine::enter(r, *r.pc[2].function, r.fp + r.pc[1].s.a, r.pc + 3); }
};

/// Does what is not inlined on a copy, whose address may escape: `r` can stay in machine registers.
template <class Work>
Trap on_copy(Registers& r, Work work) {
  Registers copy = r;
  const Trap trap = work(copy);
  r = copy;
  return trap;
}

/// A call that may leave the instance.
inline Trap call(Registers& r, const FuncInst& callee, Slot* fp, const Cell* return_pc) {
  return on_copy(r, [&](Registers& copy) { return Machine::call(copy, callee, fp, return_pc); });
}

template <Opcode code>
struct InternalHandler<Internal::call_function, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) { return call(r, *r.instance->functions[r.pc[1].i.imm], r.fp + r.pc[1].i.a, r.pc + 2); }
};

/// exec-call_indirect: the function that the operands name.
inline Trap find_callee(const Registers& r, uint64_t index, const FuncInst*& callee) {
  const uint64_t type_and_table = r.pc[2].u;
  const std::vector<uint64_t>& elements = r.instance->tables[type_and_table >> 32]->elements;
  if (index >= elements.size()) [[unlikely]]
    return Trap::undefined_element;
  callee = get_pointer<const FuncInst>(elements[index]);
  if (callee == nullptr) [[unlikely]]
    return Machine::uninitialized_element(*r.agent, index);
  if (callee->type_id != r.instance->type_ids[static_cast<uint32_t>(type_and_table)]) [[unlikely]] {
    return Trap::indirect_call_type_mismatch;
  }
  return Trap::none;
}

template <Opcode code>
struct InternalHandler<Internal::call_indirect, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    const FuncInst* callee = nullptr;
    if (const Trap trap = find_callee(r, read<Slot, code.first>(r, r.pc[1].s.b), callee); trap != Trap::none)
        [[unlikely]]
      return trap;
    Slot* fp = r.fp + r.pc[1].s.a;
    if (callee->instance == r.instance) [[likely]]
      return Machine::enter(r, *callee->code, fp, r.pc + 3);
    return call(r, *callee, fp, r.pc + 3);
  }
};

/// exec-return_call. A host function is called as any other; the code behind then returns its results.
inline Trap tail_call(Registers& r, const FuncInst& callee, Slot* arguments, uint32_t header, const Cell* behind) {
  return on_copy(r, [&](Registers& copy) {
    if (callee.code == nullptr) return Machine::call(copy, callee, arguments, behind, true);
    const Trap trap = Machine::replace_frame(copy, *callee.code, arguments, header);
    if (trap == Trap::none && callee.instance != copy.instance) Machine::enter_instance(copy, callee.instance);
    return trap;
  });
}

template <Opcode code>
struct InternalHandler<Internal::tail_direct, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    return Machine::replace_frame(r, *r.pc[2].function, r.fp + r.pc[1].i.a, r.pc[1].i.imm);
  }
};

template <Opcode code>
struct InternalHandler<Internal::tail_function, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    return tail_call(r, *r.instance->functions[r.pc[2].u], r.fp + r.pc[1].i.a, r.pc[1].i.imm, r.pc + 3);
  }
};

template <Opcode code>
struct InternalHandler<Internal::tail_indirect, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    const FuncInst* callee = nullptr;
    if (const Trap trap = find_callee(r, r.fp[r.pc[1].s.b], callee); trap != Trap::none) [[unlikely]]
      return trap;
    return tail_call(r, *callee, r.fp + r.pc[1].s.a, static_cast<uint32_t>(r.pc[3].u), r.pc + 4);
  }
};

/// exec-throw: a new exception, then as throw_ref.
template <Opcode code>
struct InternalHandler<Internal::throw_, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    const TagInst& tag = *r.instance->tags[r.pc[1].i.imm];
    const Slot* values = r.fp + r.pc[1].i.a;
    return on_copy(r, [&](Registers& copy) { return Machine::throw_new(copy, tag, values); });
  }
};

template <Opcode code>
struct InternalHandler<Internal::throw_ref, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    const Exception* exception = get_pointer<const Exception>(r.fp[r.pc[1].s.b]);
    if (exception == nullptr) return Trap::null_exception_reference;
    return on_copy(r, [&](Registers& copy) { return Machine::throw_(copy, *exception); });
  }
};

/// Back to the caller, which may belong to another instance.
inline void leave_frame(Registers& r, uint32_t header) {
  const Slot* h = r.fp + header;
  Instance* caller = get_pointer<Instance>(h[2]);
  r.pc = get_pointer<const Cell>(h[0]);
  r.fp = get_pointer<Slot>(h[1]);
  if (caller != r.instance) [[unlikely]]
    Machine::enter_instance(r, caller);
}

/// Back to the caller, with one result.
template <class T, Place place>
void return_value(Registers& r) {
  const T value = read<T, place>(r, r.pc[1].i.b);
  accumulator<T>(r) = value;
  r.fp[0] = put(value);
  leave_frame(r, r.pc[1].i.imm);
}

template <Opcode code>
struct InternalHandler<Internal::return_, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    leave_frame(r, r.pc[1].i.imm);
    return Trap::none;
  }
};

template <Opcode code>
struct InternalHandler<Internal::return_one, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    return_value<Slot, code.first>(r);
    return Trap::none;
  }
};
template <Opcode code>
struct InternalHandler<Internal::return_f32, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    return_value<float, code.first>(r);
    return Trap::none;
  }
};
template <Opcode code>
struct InternalHandler<Internal::return_f64, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) {
    return_value<double, code.first>(r);
    return Trap::none;
  }
};

template <Opcode code>
struct InternalHandler<Internal::select, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) {
    const auto& s = r.pc[1].s;
    write<code>(r, read<uint32_t, code.first>(r, s.d) != 0 ? r.fp[s.b] : r.fp[s.c]);
  }
};

template <Opcode code>
struct InternalHandler<Internal::global_get, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { write<code>(r, r.instance->globals[r.pc[1].i.imm]->lo); }
};

template <Opcode code>
struct InternalHandler<Internal::global_set, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { r.instance->globals[r.pc[1].i.imm]->lo = read<Slot, code.first>(r, r.pc[1].i.b); }
};

template <Opcode code>
struct InternalHandler<Internal::ref_func, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { r.fp[r.pc[1].i.a] = put_pointer(r.instance->functions[r.pc[1].i.imm]); }
};

template <Opcode code>
struct InternalHandler<Internal::ref_is_null, code> {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) { r.fp[r.pc[1].s.a] = r.fp[r.pc[1].s.b] == 0; }
};

template <Opcode code>
struct InternalHandler<Internal::unreachable, code> {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers&) { return Trap::unreachable; }
};

template <Opcode code>
struct InternalHandler<Internal::finish, code> {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers& r) { return Machine::finish(*r.agent); }
};

template <Opcode code>
struct InternalHandler<Internal::host_return, code> {
  static constexpr Flow kFlow = Flow::jump;
  static Trap run(Registers& r) { return on_copy(r, Machine::host_return); }
};

}  // namespace weft
