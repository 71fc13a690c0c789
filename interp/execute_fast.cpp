// SPDX-License-Identifier: Apache-2.0
//
// The handlers of the fast engine, each alone and fused with others.
#include "interp/tail_dispatch.h"

#if WEFT_TAIL_CALLS

#include "interp/fusions.h"
#include "interp/handler_table.h"

namespace weft {
namespace {

constexpr auto kTailHandlers = make_handler_table<Tail, true>();

template <size_t i, size_t... before>
constexpr TailHandler fused_handler(std::index_sequence<before...>) {
  constexpr Opcode last = kFusions[i].codes[sizeof...(before)];
  return Tail<FusedHandler<last, kFusions[i].codes[before]...>, last>::value;
}

constexpr auto kFusedHandlers = []<size_t... i>(std::index_sequence<i...>) {
  return std::array<TailHandler, kFusions.size()>{
      fused_handler<i>(std::make_index_sequence<kFusions[i].count - 1>())...};
}(std::make_index_sequence<kFusions.size()>());

}  // namespace

Cell tail_handler(CodeIndex code) {
  return Cell{.handler = code < kCodeCount ? kTailHandlers[code] : kFusedHandlers[code - kCodeCount]};
}

void run_fast(Registers r) { r.pc->handler(WEFT_REGISTERS(r)); }

}  // namespace weft

#endif  // WEFT_TAIL_CALLS
