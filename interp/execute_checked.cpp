// SPDX-License-Identifier: Apache-2.0
//
// The checked engine: the fast engine's handlers, and others where there is something to tell (handlers_checked.h).
#include "interp/handlers_checked.h"
#include "interp/loop_dispatch.h"
#include "interp/tail_dispatch.h"

namespace weft {

#if WEFT_TAIL_CALLS
template <class Handler, Opcode code>
using Dispatched = Tail<Handler, code>;
#else
template <class Handler, Opcode code>
using Dispatched = Loop<Handler, code>;
#endif

namespace {

using Dispatch = std::remove_const_t<decltype(Dispatched<HandlerOf<Internal::jump>, Internal::jump>::value)>;

/// Null where the handler is the fast engine's, or there is none.
template <CodeIndex index>
constexpr Dispatch checked_entry() {
  constexpr Opcode code = opcode_at(index);
  constexpr bool uses_accumulators =
      code.to >= Place::accumulator || code.first >= Place::accumulator || code.second >= Place::accumulator;
  if constexpr (exists(code) && (WEFT_TAIL_CALLS || !uses_accumulators)) {
    using Handler = decltype(checked_handler_of<code>());
    if constexpr (!std::is_void_v<Handler>) return Dispatched<Handler, code>::value;
  }
  return nullptr;
}

constexpr auto kCheckedHandlers = []<size_t... index>(std::index_sequence<index...>) {
  return std::array<Dispatch, kCodeCount>{checked_entry<static_cast<CodeIndex>(index)>()...};
}(std::make_index_sequence<kCodeCount>());

}  // namespace

#if WEFT_TAIL_CALLS
Cell checked_tail_handler(CodeIndex code) {
  return kCheckedHandlers[code] == nullptr ? tail_handler(code) : Cell{.handler = kCheckedHandlers[code]};
}
void run_checked(Registers r) { r.pc->handler(WEFT_REGISTERS(r)); }
#else
void run_checked(Registers r) {
  for (;;) {
    const Dispatch checked = kCheckedHandlers[r.pc->u];
    if (!(checked != nullptr ? checked(r) : step(r))) break;
  }
  Machine::save(r);
}
#endif

}  // namespace weft
