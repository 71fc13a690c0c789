// SPDX-License-Identifier: Apache-2.0
//
// The driver loop's dispatch: each handler returns to it.
#pragma once

#include <type_traits>

#include "interp/execute.h"
#include "interp/handlers.h"

namespace weft {

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

}  // namespace weft
