// SPDX-License-Identifier: Apache-2.0
//
// The driver loop over the same handlers: the observed engine everywhere, and the fast one where there are no tail
// calls.
#include "interp/execute.h"
#include "interp/handler_table.h"

namespace weft {
namespace {

using LoopHandler = bool (*)(Registers&);

template <class Handler, Opcode code>
bool loop(Registers& r) {
  Trap trap = Trap::none;
  if constexpr (Handler::kFlow == Flow::branch) {
    if (Handler::taken(r)) {
      r.pc = r.pc[2].target;
      if (Machine::interrupted(*r.agent)) [[unlikely]]
        trap = Machine::stopped(*r.agent);
    } else {
      r.pc += 3;
    }
  } else {
    if constexpr (std::is_void_v<decltype(Handler::run(r))>) {
      Handler::run(r);
    } else {
      trap = Handler::run(r);
    }
    constexpr uint32_t kCells = cells_of(code);
    if constexpr (Handler::kFlow == Flow::next) r.pc += trap == Trap::none ? kCells : 0;
  }
  return trap == Trap::none || Machine::recover(r, trap);
}

template <class Handler, Opcode code>
struct Loop {
  static constexpr LoopHandler value = &loop<Handler, code>;
};

constexpr auto kLoopHandlers = make_handler_table<Loop, false>();

}  // namespace

bool step(Registers& registers) { return kLoopHandlers[registers.pc->u](registers); }

#if !WEFT_TAIL_CALLS
void run_fast(Registers registers) {
  while (step(registers)) {
  }
  Machine::save(registers);
}
#endif

}  // namespace weft
