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

/// An immediate: of an i32, or for a branch, in the operand cell, sign-extended; else in the cell behind.
template <class T, Form form>
T immediate(const Registers& r) {
  if constexpr (std::is_floating_point_v<T> || (sizeof(T) == 8 && form == Form::plain)) {
    return get<T>(r.pc[2].u);
  } else {
    return static_cast<T>(static_cast<int32_t>(r.pc[1].i.imm));
  }
}
template <class T, Form form, Place place>
T operand(const Registers& r, uint16_t slot) {
  if constexpr (place == Place::immediate) {
    return immediate<T, form>(r);
  } else {
    return read<T, place>(r, slot);
  }
}

/// Arithmetic of floats, which chains of operators are made of.
constexpr bool is_arithmetic(Op op) {
  switch (op) {
    case Op::f32_add:
    case Op::f32_sub:
    case Op::f32_mul:
    case Op::f32_div:
    case Op::f64_add:
    case Op::f64_sub:
    case Op::f64_mul:
    case Op::f64_div: return true;
    default: return false;
  }
}
/// The same without the rule for NaNs (numeric::detail::computed): for whoever makes no difference between them.
template <Op op, class F>
F arithmetic_of_any_nan(F a, F b) {
  constexpr std::string_view kName = info(op).text.substr(4);
  if constexpr (kName == "add") return a + b;
  if constexpr (kName == "sub") return a - b;
  if constexpr (kName == "mul") return a * b;
  if constexpr (kName == "div") return a / b;
}
constexpr bool takes_any_nan(const InstrInfo& row) {
  if (row.instr_class != InstrClass::numeric || !is_float(row.operands()[0])) return false;
  return !row.text.ends_with(".neg") && !row.text.ends_with(".abs") && !row.text.ends_with(".copysign") &&
         row.text.find("reinterpret") == std::string_view::npos;
}

/// Applies the operator to its operands in their places.
template <Opcode code, bool any_nan = false>
auto evaluate(const Registers& r) {
  using Type = Signature<std::remove_const_t<decltype(NumericFunction<code.op()>::function)>>;
  using Last = typename Type::Last;
  constexpr auto function = [] {
    if constexpr (any_nan) {
      return &arithmetic_of_any_nan<code.op(), Last>;
    } else {
      return NumericFunction<code.op()>::function;
    }
  }();
  const Cell& operands = r.pc[1];
  if constexpr (Type::kArity == 1) {
    return function(operand<Last, code.form, code.first>(r, operands.s.b));
  } else {
    return function(operand<Last, code.form, code.first>(r, operands.s.b),
                    operand<Last, code.form, code.second>(r, operands.s.c));
  }
}

template <class T>
inline constexpr bool kIsPartial = false;
template <class T>
inline constexpr bool kIsPartial<numeric::Partial<T>> = true;

template <Opcode code, bool any_nan = false>
struct NumericHandler {
  static constexpr Flow kFlow = Flow::next;
  static auto run(Registers& r) {
    const auto result = evaluate<code, any_nan>(r);
    if constexpr (kIsPartial<std::remove_const_t<decltype(result)>>) {
      if (result.trap == Trap::none) [[likely]]
        write<code>(r, result.value);
      return result.trap;
    } else {
      write<code>(r, result);
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

template <Opcode code>
struct ComparisonBranch {
  static constexpr Flow kFlow = Flow::branch;
  static bool taken(const Registers& r) {
    const bool holds = evaluate<code>(r) != 0;
    return code.form == Form::branch ? holds : !holds;
  }
};

}  // namespace weft
