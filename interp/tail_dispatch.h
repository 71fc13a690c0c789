// SPDX-License-Identifier: Apache-2.0
//
// The tail-calling dispatch: each handler jumps to the next one, and the registers stay in registers.
#pragma once

#include "interp/execute.h"

#if WEFT_TAIL_CALLS

#include "interp/handlers.h"

// All registers, as every handler takes them.
#define WEFT_REGISTERS(r)                                                                              \
  (r).pc, (r).fp, (r).memory, (r).memory_size, (r).instance, (r).agent, (r).accumulator, (r).previous, \
      (r).f32_accumulator, (r).f32_previous, (r).f64_accumulator, (r).f64_previous
#define WEFT_PARAMETERS                                                                                                \
  const Cell *pc, Slot *fp, uint8_t *memory, uint64_t memory_size, Instance *instance, Agent *agent, Slot accumulator, \
      Slot previous, float f32_accumulator, float f32_previous, double f64_accumulator, double f64_previous
#define WEFT_ARGUMENTS                                                                                                 \
  pc, fp, memory, memory_size, instance, agent, accumulator, previous, f32_accumulator, f32_previous, f64_accumulator, \
      f64_previous

#define WEFT_DISPATCH(r) [[clang::musttail]] return (r).pc->handler(WEFT_REGISTERS(r))

namespace weft {

// A handler that fails jumps to leave() like to any other, so that it needs no stack frame; as jumps must be between
// functions of one type, the trap travels in the upper byte of the memory's length.
constexpr int kTrapShift = 56;

inline uint64_t with_trap(uint64_t memory_size, Trap trap) {
  return memory_size | uint64_t{static_cast<uint8_t>(trap)} << kTrapShift;
}

/// Where every run of handlers ends: the registers go back into the agent.
WEFT_PRESERVE_NONE __attribute__((noinline, cold)) inline void leave(WEFT_PARAMETERS) {
  const Trap trap = static_cast<Trap>(memory_size >> kTrapShift);
  Registers r{WEFT_ARGUMENTS};
  r.memory_size &= (uint64_t{1} << kTrapShift) - 1;
  if (Machine::recover(r, trap)) WEFT_DISPATCH(r);
}

/// A taken branch of an agent that was told to stop.
WEFT_PRESERVE_NONE __attribute__((noinline, cold)) inline void interrupted(WEFT_PARAMETERS) {
  memory_size = with_trap(memory_size, Machine::stopped(*agent));
  [[clang::musttail]] return leave(WEFT_ARGUMENTS);
}

template <class Handler, Opcode code>
WEFT_PRESERVE_NONE void tail(WEFT_PARAMETERS) {
  Registers r{WEFT_ARGUMENTS};
  if constexpr (requires { Handler::before(r); }) {
    if (const Trap trap = Handler::before(r); trap != Trap::none) [[unlikely]] {
      r.memory_size = with_trap(r.memory_size, trap);
      [[clang::musttail]] return leave(WEFT_REGISTERS(r));
    }
  }
  if constexpr (Handler::kFlow == Flow::branch) {
    // Two dispatches, so that the branch is a branch and not a conditional move on which the next instruction's fetch
    // would depend.
    if (Handler::taken(r)) {
      r.pc = r.pc[2].target;
      if (Machine::interrupted(*agent)) [[unlikely]] {
        [[clang::musttail]] return interrupted(WEFT_REGISTERS(r));
      }
      WEFT_DISPATCH(r);
    }
    r.pc += 3;
    WEFT_DISPATCH(r);
  } else {
    if constexpr (std::is_void_v<decltype(Handler::run(r))>) {
      Handler::run(r);
    } else if (const Trap trap = Handler::run(r); trap != Trap::none) [[unlikely]] {
      r.memory_size = with_trap(r.memory_size, trap);
      [[clang::musttail]] return leave(WEFT_REGISTERS(r));
    }
    constexpr uint32_t kCells = cells_of(code);
    if constexpr (Handler::kFlow == Flow::next) r.pc += kCells;
    WEFT_DISPATCH(r);
  }
}

template <class Handler, Opcode code>
struct Tail {
  static constexpr TailHandler value = &tail<Handler, code>;
};

}  // namespace weft

#endif  // WEFT_TAIL_CALLS
