// SPDX-License-Identifier: Apache-2.0
//
// From Opcode to handler, which `Wrap<Handler, code>::value` makes a function that an engine can dispatch to.
#pragma once

#include <array>
#include <type_traits>
#include <utility>

#include "interp/handlers_atomic.h"
#include "interp/handlers_control.h"
#include "interp/handlers_memory.h"
#include "interp/handlers_numeric.h"
#include "interp/handlers_table.h"
#include "interp/handlers_vector.h"

namespace weft {

/// The handler that executes a code.
template <Opcode code>
constexpr auto handler_of() {
  constexpr Op op = code.form == Form::internal ? Op{} : code.op();
  constexpr InstrClass cls = info(op).instr_class;
  if constexpr (code.form == Form::internal) {
    return InternalHandler<code.internal(), code>();
  } else if constexpr (code.form == Form::branch || code.form == Form::unless) {
    return ComparisonBranch<code>();
  } else if constexpr (cls == InstrClass::numeric) {
    return NumericHandler<code>();
  } else if constexpr (cls == InstrClass::numeric_pair) {
    return NumericPairHandler<op>();
  } else if constexpr (cls == InstrClass::load) {
    return LoadHandler<code>();
  } else if constexpr (cls == InstrClass::store) {
    return StoreHandler<code>();
  } else if constexpr (cls == InstrClass::vector) {
    return VectorHandler<op>();
  } else if constexpr (cls == InstrClass::vector_load) {
    return VectorLoadHandler<code>();
  } else if constexpr (cls == InstrClass::vector_store) {
    return VectorStoreHandler<code>();
  } else if constexpr (cls == InstrClass::memory) {
    return MemoryHandler<op>();
  } else if constexpr (cls == InstrClass::table) {
    return TableHandler<op>();
  } else if constexpr (cls == InstrClass::atomic_load) {
    return AtomicLoadHandler<code>();
  } else if constexpr (cls == InstrClass::atomic_store) {
    return AtomicStoreHandler<code>();
  } else if constexpr (cls == InstrClass::atomic_rmw) {
    return AtomicRmwHandler<code>();
  } else if constexpr (cls == InstrClass::atomic_cmpxchg) {
    return AtomicCmpxchgHandler<code>();
  } else if constexpr (cls == InstrClass::atomic_wait) {
    return AtomicWaitHandler<code>();
  } else if constexpr (cls == InstrClass::atomic_notify) {
    return AtomicNotifyHandler<code>();
  } else {
    static_assert(cls == InstrClass::atomic_fence);
    return AtomicFenceHandler();
  }
}

template <Opcode code>
using HandlerOf = decltype(handler_of<code>());

/// Whether instruction k of a fusion may leave any NaN in its accumulator, because another one of the fusion takes it
/// from there, and nobody else, and makes no difference between them.
template <size_t n>
constexpr bool may_leave_any_nan(const std::array<Opcode, n>& codes, size_t k) {
  const auto row_of = [&](size_t i) -> const InstrInfo& { return info(codes[i].op()); };
  if (codes[k].form != Form::plain || !is_arithmetic(codes[k].op()) || codes[k].to != Place::accumulator) return false;
  const char type = row_of(k).results()[0];
  Place place = Place::accumulator;
  for (size_t i = k + 1; i < n && codes[i].form != Form::internal; ++i) {
    const std::string_view operands = row_of(i).operands(), results = row_of(i).results();
    if ((operands.size() > 0 && operands[0] == type && codes[i].first == place) ||
        (operands.size() > 1 && operands[1] == type && codes[i].second == place)) {
      return takes_any_nan(row_of(i));
    }
    if (results.empty() || results[0] != type || replaces_accumulator(codes[i])) continue;
    if (place == Place::previous) return false;
    place = Place::previous;
  }
  return false;
}

/// Runs a handler that is not the last: what it does, and on to the next instruction.
template <Opcode code, bool any_nan>
Trap run_and_go_on(Registers& r) {
  using Handler = typename decltype([] {
    if constexpr (any_nan) {
      return std::type_identity<NumericHandler<code, true>>();
    } else {
      return std::type_identity<HandlerOf<code>>();
    }
  }())::type;
  static_assert(exists(code) && goes_on(code) && Handler::kFlow == Flow::next);
  Trap trap = Trap::none;
  if constexpr (std::is_void_v<decltype(Handler::run(r))>) {
    Handler::run(r);
  } else {
    trap = Handler::run(r);
  }
  constexpr uint32_t kCells = cells_of(code);
  if (trap == Trap::none) r.pc += kCells;
  return trap;
}

/// Instructions that follow each other. It is dispatched to like the last of them, once those before it are done.
template <Opcode last, Opcode... others>
struct FusedHandler {
  static_assert(exists(last));
  using Last = HandlerOf<last>;
  static constexpr Flow kFlow = Last::kFlow;

  static Trap before(Registers& r) {
    constexpr std::array kCodes{others..., last};
    Trap trap = Trap::none;
    [&]<size_t... k>(std::index_sequence<k...>) {
      static_cast<void>(((trap = run_and_go_on<others, may_leave_any_nan(kCodes, k)>(r), trap == Trap::none) && ...));
    }(std::make_index_sequence<sizeof...(others)>());
    return trap;
  }
  static auto run(Registers& r) { return Last::run(r); }
  static bool taken(const Registers& r) { return Last::taken(r); }
};

/// The function pointer type that Wrap dispatches through.
template <template <class, Opcode> class Wrap>
using DispatchFunction =
    std::remove_const_t<decltype(Wrap<InternalHandler<Internal::jump, Internal::jump>, Internal::jump>::value)>;

/// The entry of one code; null where the engine has none.
template <template <class, Opcode> class Wrap, bool accumulators, CodeIndex index>
constexpr DispatchFunction<Wrap> handler_entry() {
  constexpr Opcode code = opcode_at(index);
  constexpr bool uses_accumulators =
      code.to >= Place::accumulator || code.first >= Place::accumulator || code.second >= Place::accumulator;
  if constexpr (exists(code) && (accumulators || !uses_accumulators)) {
    return Wrap<decltype(handler_of<code>()), code>::value;
  }
  return nullptr;
}

template <template <class, Opcode> class Wrap, bool accumulators, CodeIndex index>
inline constexpr auto kHandlerEntry = handler_entry<Wrap, accumulators, index>();

/// By CodeIndex. An engine without accumulators has only the handlers that know none.
template <template <class, Opcode> class Wrap, bool accumulators>
constexpr auto make_handler_table() {
  return []<size_t... index>(std::index_sequence<index...>) {
    return std::array<DispatchFunction<Wrap>, kCodeCount>{
        kHandlerEntry<Wrap, accumulators, static_cast<CodeIndex>(index)>...};
  }(std::make_index_sequence<kCodeCount>());
}

}  // namespace weft
