// SPDX-License-Identifier: Apache-2.0
//
// Numeric instructions, and the branches that comparisons are fused with (exec-instr-numeric, exec-br_if).
#pragma once

#include "interp/handlers.h"
#include "interp/numeric.h"

namespace weft {

/// numeric::name of the row `op`.
template <Op op>
struct NumericFunction;
#define INSTR(...)
#define NUMERIC(prefix, code, name, ...)             \
  template <>                                        \
  struct NumericFunction<Op::name> {                 \
    static constexpr auto function = &numeric::name; \
  };
#include "interp/instructions.inc"

template <class Function>
struct Signature;
template <class R, class A>
struct Signature<R (*)(A)> {
  static constexpr int kArity = 1;
  using Last = A;
};
template <class R, class A, class B>
struct Signature<R (*)(A, B)> {
  static constexpr int kArity = 2;
  using Last = B;
};

/// Applies the operator to its operands in the form's places.
template <Form form, Op op>
auto evaluate(const Registers& r) {
  constexpr auto function = NumericFunction<op>::function;
  using Type = Signature<std::remove_const_t<decltype(function)>>;
  using Last = typename Type::Last;
  const Cell& operands = r.pc[1];
  if constexpr (Type::kArity == 1) {
    return function(get<Last>(r.fp[operands.s.b]));
  } else if constexpr (form == Form::s || form == Form::branch_s || form == Form::unless_s) {
    return function(get<Last>(r.fp[operands.s.b]), get<Last>(r.fp[operands.s.c]));
  } else {
    return function(get<Last>(r.fp[operands.i.b]), static_cast<Last>(static_cast<int32_t>(operands.i.imm)));
  }
}

template <class T>
inline constexpr bool kIsPartial = false;
template <class T>
inline constexpr bool kIsPartial<numeric::Partial<T>> = true;

template <Form form, Op op>
struct NumericHandler {
  static constexpr Flow kFlow = Flow::next;
  static auto run(Registers& r) {
    const auto result = evaluate<form, op>(r);
    if constexpr (kIsPartial<std::remove_const_t<decltype(result)>>) {
      if (result.trap == Trap::none) [[likely]]
        r.fp[r.pc[1].s.a] = put(result.value);
      return result.trap;
    } else {
      r.fp[r.pc[1].s.a] = put(result);
    }
  }
};

/// Operators with two results (proposal wide-arithmetic), on operands in consecutive slots.
template <Op op>
struct NumericPairHandler {
  static constexpr Flow kFlow = Flow::next;
  static void run(Registers& r) {
    const uint64_t* x = r.fp + r.pc[1].s.b;
    numeric::Wide result;
    if constexpr (op == Op::i64_add128) {
      result = numeric::i64_add128({x[0], x[1]}, {x[2], x[3]});
    } else if constexpr (op == Op::i64_sub128) {
      result = numeric::i64_sub128({x[0], x[1]}, {x[2], x[3]});
    } else if constexpr (op == Op::i64_mul_wide_s) {
      result = numeric::i64_mul_wide_s(x[0], x[1]);
    } else {
      static_assert(op == Op::i64_mul_wide_u);
      result = numeric::i64_mul_wide_u(x[0], x[1]);
    }
    r.fp[r.pc[1].s.a] = result.low;
    r.fp[r.pc[1].s.a + 1] = result.high;
  }
};

template <Form form, Op op>
struct ComparisonBranch {
  static constexpr Flow kFlow = Flow::branch;
  static bool taken(const Registers& r) {
    const bool holds = evaluate<form, op>(r) != 0;
    return form == Form::branch_s || form == Form::branch_i ? holds : !holds;
  }
};

}  // namespace weft
