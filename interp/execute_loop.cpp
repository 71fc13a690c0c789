// SPDX-License-Identifier: Apache-2.0
//
// The driver loop over the same handlers: the observed engine everywhere, and the fast one where there are no tail
// calls.
#include "interp/handler_table.h"
#include "interp/loop_dispatch.h"

namespace weft {
namespace {

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
