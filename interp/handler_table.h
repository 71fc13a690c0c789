// SPDX-License-Identifier: Apache-2.0
//
// From Opcode to handler, which `Wrap<Handler, code>::value` makes a function that an engine can dispatch to.
#pragma once

#include <array>
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

/// Runs a handler that is not the last: what it does, and on to the next instruction.
template <Opcode code>
Trap run_and_go_on(Registers& r) {
  using Handler = HandlerOf<code>;
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
    Trap trap = Trap::none;
    static_cast<void>(((trap = run_and_go_on<others>(r), trap == Trap::none) && ...));
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
