// SPDX-License-Identifier: Apache-2.0
//
// From CodeIndex to handler: which forms exist is decided here, from the instruction table. `Wrap<Handler,
// code>::value` is the dispatching function.
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

constexpr size_t kInternalCount = 0
#define X(name, layout) +1
    WEFT_INTERNAL_CODES(X)
#undef X
    ;
static_assert(kInternalCount <= kInstructionCount);

/// The function pointer type that Wrap dispatches through.
template <template <class, CodeIndex> class Wrap>
using DispatchFunction = std::remove_const_t<decltype(Wrap<InternalHandler<Internal::copy>, 0>::value)>;

/// The entry of one code; null where no lowering makes it.
template <template <class, CodeIndex> class Wrap, CodeIndex code>
constexpr DispatchFunction<Wrap> handler_entry() {
  constexpr Form form = form_of(code);
  constexpr Op op = op_of(code);
  constexpr const InstrInfo& row = info(op);
  constexpr InstrClass cls = row.instr_class;
  constexpr bool plain = form == Form::s;
  constexpr bool narrow_or_wide = plain || form == Form::wide;
  if constexpr (form == Form::internal) {
    if constexpr (code < kInternalCount) return Wrap<InternalHandler<static_cast<Internal>(code)>, code>::value;
  } else if constexpr (cls == InstrClass::numeric) {
    constexpr bool binary = row.operands().size() == 2;
    constexpr bool integer = row.operands()[0] == 'i' || row.operands()[0] == 'I';
    constexpr bool comparison = row.anchor == "exec-relop" || row.anchor == "exec-testop";
    if constexpr (form == Form::s || (form == Form::i && binary && integer)) {
      return Wrap<NumericHandler<form, op>, code>::value;
    } else if constexpr (comparison && (form == Form::branch_s || form == Form::unless_s ||
                                        ((form == Form::branch_i || form == Form::unless_i) && binary && integer))) {
      return Wrap<ComparisonBranch<form, op>, code>::value;
    }
  } else if constexpr (cls == InstrClass::numeric_pair && plain) {
    return Wrap<NumericPairHandler<op>, code>::value;
  } else if constexpr (cls == InstrClass::load && (narrow_or_wide || form == Form::shared_s)) {
    return Wrap<LoadHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::store && (form == Form::s || form == Form::i || form == Form::shared_s ||
                                                    form == Form::shared_i || form == Form::wide)) {
    return Wrap<StoreHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::vector && plain && op != Op::v128_const) {
    return Wrap<VectorHandler<op>, code>::value;
  } else if constexpr (cls == InstrClass::vector_load && (narrow_or_wide || form == Form::shared_s)) {
    return Wrap<VectorLoadHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::vector_store && (narrow_or_wide || form == Form::shared_s)) {
    return Wrap<VectorStoreHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::memory && plain) {
    return Wrap<MemoryHandler<op>, code>::value;
  } else if constexpr (cls == InstrClass::table && plain) {
    return Wrap<TableHandler<op>, code>::value;
  } else if constexpr (cls == InstrClass::atomic_load && narrow_or_wide) {
    return Wrap<AtomicLoadHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::atomic_store && narrow_or_wide) {
    return Wrap<AtomicStoreHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::atomic_rmw && narrow_or_wide) {
    return Wrap<AtomicRmwHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::atomic_cmpxchg && narrow_or_wide) {
    return Wrap<AtomicCmpxchgHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::atomic_wait && narrow_or_wide) {
    return Wrap<AtomicWaitHandler<form, op>, code>::value;
  } else if constexpr (cls == InstrClass::atomic_notify && narrow_or_wide) {
    return Wrap<AtomicNotifyHandler<form>, code>::value;
  } else if constexpr (cls == InstrClass::atomic_fence && plain) {
    return Wrap<AtomicFenceHandler, code>::value;
  }
  return nullptr;
}

template <template <class, CodeIndex> class Wrap>
constexpr auto make_handler_table() {
  return []<size_t... code>(std::index_sequence<code...>) {
    return std::array<DispatchFunction<Wrap>, kCodeCount>{handler_entry<Wrap, static_cast<CodeIndex>(code)>()...};
  }(std::make_index_sequence<kCodeCount>());
}

}  // namespace weft
