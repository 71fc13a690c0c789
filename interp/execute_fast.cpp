// SPDX-License-Identifier: Apache-2.0
//
// The tail-calling dispatch: each handler jumps to the next one, and the registers stay in registers.
#include "interp/execute.h"

#if WEFT_TAIL_CALLS

#include "interp/handler_table.h"

#define WEFT_DISPATCH(r) \
  [[clang::musttail]] return (r).pc->handler((r).pc, (r).fp, (r).memory, (r).memory_size, (r).instance, (r).agent)

namespace weft {
namespace {

// A handler that fails jumps to leave() like to any other, so that it needs no stack frame; as jumps must be between
// functions of one type, the trap travels in the upper byte of the memory's length.
constexpr int kTrapShift = 56;

uint64_t with_trap(uint64_t memory_size, Trap trap) {
  return memory_size | uint64_t{static_cast<uint8_t>(trap)} << kTrapShift;
}

/// Where every run of handlers ends: the registers go back into the agent.
WEFT_PRESERVE_NONE __attribute__((noinline, cold)) void leave(const Cell* pc, Slot* fp, uint8_t* memory,
                                                              uint64_t size_and_trap, Instance* instance,
                                                              Agent* agent) {
  const Trap trap = static_cast<Trap>(size_and_trap >> kTrapShift);
  Registers r{pc, fp, memory, size_and_trap & ((uint64_t{1} << kTrapShift) - 1), instance, agent};
  if (Machine::recover(r, trap)) WEFT_DISPATCH(r);
}

/// A taken branch of an agent that was told to stop.
WEFT_PRESERVE_NONE __attribute__((noinline, cold)) void interrupted(const Cell* pc, Slot* fp, uint8_t* memory,
                                                                    uint64_t memory_size, Instance* instance,
                                                                    Agent* agent) {
  [[clang::musttail]] return leave(pc, fp, memory, with_trap(memory_size, Machine::stopped(*agent)), instance, agent);
}

template <class Handler, CodeIndex code>
WEFT_PRESERVE_NONE void tail(const Cell* pc, Slot* fp, uint8_t* memory, uint64_t memory_size, Instance* instance,
                             Agent* agent) {
  Registers r{pc, fp, memory, memory_size, instance, agent};
  if constexpr (Handler::kFlow == Flow::branch) {
    // Two dispatches, so that the branch is a branch and not a conditional move on which the next instruction's fetch
    // would depend.
    if (Handler::taken(r)) {
      r.pc = r.pc[2].target;
      if (Machine::interrupted(*agent)) [[unlikely]] {
        [[clang::musttail]] return interrupted(r.pc, r.fp, r.memory, r.memory_size, r.instance, r.agent);
      }
      WEFT_DISPATCH(r);
    }
    r.pc += 3;
    WEFT_DISPATCH(r);
  } else {
    if constexpr (std::is_void_v<decltype(Handler::run(r))>) {
      Handler::run(r);
    } else if (const Trap trap = Handler::run(r); trap != Trap::none) [[unlikely]] {
      [[clang::musttail]] return leave(r.pc, r.fp, r.memory, with_trap(r.memory_size, trap), r.instance, r.agent);
    }
    constexpr uint32_t kCells = cells_of(code);
    if constexpr (Handler::kFlow == Flow::next) r.pc += kCells;
    WEFT_DISPATCH(r);
  }
}

template <class Handler, CodeIndex code>
struct Tail {
  static constexpr TailHandler value = &tail<Handler, code>;
};

constexpr auto kTailHandlers = make_handler_table<Tail>();

}  // namespace

Cell tail_handler(CodeIndex code) { return Cell{.handler = kTailHandlers[code]}; }

void run_fast(Registers r) { r.pc->handler(r.pc, r.fp, r.memory, r.memory_size, r.instance, r.agent); }

}  // namespace weft

#endif  // WEFT_TAIL_CALLS
