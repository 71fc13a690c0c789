// SPDX-License-Identifier: Apache-2.0
//
// Numeric semantics (exec-numeric): one function for each row of class `numeric`, of the row's name. Pure: values in, a
// value (or a trap) out. i32 and i64 are uint32_t and uint64_t; signedness is the operator's.
//
// Floating point is IEEE 754 binary32 and binary64, rounded to nearest even, and gives the same bits on every machine
// (interp/README.md, Rules): no excess precision, nothing contracted or reassociated, and each NaN that an
// operator computes is the positive canonical one.
#pragma once

#include <bit>
#include <cfloat>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "interp/trap.h"

namespace weft::numeric {

static_assert(FLT_EVAL_METHOD == 0, "x87, for one, rounds twice");
static_assert(std::numeric_limits<float>::is_iec559 && std::numeric_limits<double>::is_iec559);
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "-ffast-math and its parts break the semantics of floating point"
#endif

/// The result of a partial operator (exec-op-partial).
template <class T>
struct Partial {
  T value{};
  Trap trap = Trap::none;
};

namespace detail {

template <class T>
using Signed = std::make_signed_t<T>;

template <class T>
constexpr Signed<T> as_signed(T v) {
  return static_cast<Signed<T>>(v);
}

template <class T>
constexpr T div_s_unchecked(T a, T b) {
  return static_cast<T>(as_signed(a) / as_signed(b));
}

template <class T>
constexpr Partial<T> div_s(T a, T b) {
  if (b == 0) return {{}, Trap::integer_divide_by_zero};
  if (as_signed(a) == std::numeric_limits<Signed<T>>::min() && as_signed(b) == -1) return {{}, Trap::integer_overflow};
  return {div_s_unchecked(a, b)};
}
template <class T>
constexpr Partial<T> div_u(T a, T b) {
  if (b == 0) return {{}, Trap::integer_divide_by_zero};
  return {static_cast<T>(a / b)};
}
template <class T>
constexpr Partial<T> rem_s(T a, T b) {
  if (b == 0) return {{}, Trap::integer_divide_by_zero};
  if (as_signed(b) == -1) return {0};  // the quotient may not be representable; the remainder is
  return {static_cast<T>(as_signed(a) % as_signed(b))};
}
template <class T>
constexpr Partial<T> rem_u(T a, T b) {
  if (b == 0) return {{}, Trap::integer_divide_by_zero};
  return {static_cast<T>(a % b)};
}

/// Shift and rotate counts are taken modulo the width (op-ishl).
template <class T>
constexpr int count(T k) {
  return static_cast<int>(k & (sizeof(T) * 8 - 1));
}

template <std::floating_point F>
struct CanonicalNan;
template <>
struct CanonicalNan<float> {
  static constexpr auto value = std::bit_cast<float>(uint32_t{0x7fc00000});
};
template <>
struct CanonicalNan<double> {
  static constexpr auto value = std::bit_cast<double>(uint64_t{0x7ff8000000000000});
};

/// What an operator that computes gives. Machines differ in the sign of the NaNs that they make, and in which of two
/// they pass on, and compilers exchange operands: here every NaN is the positive canonical one, which the specification
/// allows wherever it allows a choice. A branch, as a selection would lengthen each chain of operations by half.
template <std::floating_point F>
F computed(F v) {
  if (v != v) [[unlikely]]
    return CanonicalNan<F>::value;
  return v;
}

/// op-fmin: NaN if either is NaN; -0 is less than +0.
template <std::floating_point F>
F min(F a, F b) {
  if (std::isnan(a) || std::isnan(b)) return CanonicalNan<F>::value;
  if (a == b) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}
template <std::floating_point F>
F max(F a, F b) {
  if (std::isnan(a) || std::isnan(b)) return CanonicalNan<F>::value;
  if (a == b) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}

template <std::floating_point F>
F ceil(F v) {
  return computed(std::ceil(v));
}
template <std::floating_point F>
F floor(F v) {
  return computed(std::floor(v));
}
template <std::floating_point F>
F trunc(F v) {
  return computed(std::trunc(v));
}
template <std::floating_point F>
F nearest(F v) {
  return computed(std::nearbyint(v));
}

template <class Bits, std::floating_point F>
F abs(F v) {
  return std::bit_cast<F>(static_cast<Bits>(std::bit_cast<Bits>(v) & (std::numeric_limits<Bits>::max() >> 1)));
}
template <class Bits, std::floating_point F>
F neg(F v) {
  return std::bit_cast<F>(static_cast<Bits>(std::bit_cast<Bits>(v) ^ ~(std::numeric_limits<Bits>::max() >> 1)));
}
template <class Bits, std::floating_point F>
F copysign(F v, F s) {
  constexpr Bits kMagnitude = std::numeric_limits<Bits>::max() >> 1;
  return std::bit_cast<F>(
      static_cast<Bits>((std::bit_cast<Bits>(v) & kMagnitude) | (std::bit_cast<Bits>(s) & ~kMagnitude)));
}

/// 2^exponent as F, exactly.
template <std::floating_point F>
constexpr F power_of_two(int exponent) {
  F v = 1;
  while (exponent-- > 0) v *= 2;
  return v;
}
/// One past the greatest value of I, and its least value, as F; both are exact, being powers of two or 0.
template <class I, std::floating_point F>
constexpr F upper_bound = power_of_two<F>(std::numeric_limits<I>::digits);
template <class I, std::floating_point F>
constexpr F lower_bound = std::is_signed_v<I> ? -power_of_two<F>(std::numeric_limits<I>::digits) : F{0};

/// Whether trunc(v) fits I. -0.9 truncates to 0 and fits an unsigned type.
template <class I, std::floating_point F>
bool fits(F v) {
  const F whole = std::trunc(v);
  return whole >= lower_bound<I, F> && whole < upper_bound<I, F>;
}

/// op-trunc: I is the signed or unsigned target.
template <class I, std::floating_point F>
Partial<std::make_unsigned_t<I>> trunc_to(F v) {
  if (std::isnan(v)) return {{}, Trap::invalid_conversion_to_integer};
  if (!fits<I>(v)) return {{}, Trap::integer_overflow};
  return {static_cast<std::make_unsigned_t<I>>(static_cast<I>(v))};
}

/// op-trunc_sat: NaN to 0, the rest clamped.
template <class I, std::floating_point F>
std::make_unsigned_t<I> trunc_sat_to(F v) {
  if (std::isnan(v)) return 0;
  if (fits<I>(v)) return static_cast<std::make_unsigned_t<I>>(static_cast<I>(v));
  return static_cast<std::make_unsigned_t<I>>(v < 0 ? std::numeric_limits<I>::min() : std::numeric_limits<I>::max());
}

}  // namespace detail

// i32: tests and comparisons

constexpr uint32_t i32_eqz(uint32_t a) { return a == 0; }
constexpr uint32_t i32_eq(uint32_t a, uint32_t b) { return a == b; }
constexpr uint32_t i32_ne(uint32_t a, uint32_t b) { return a != b; }
constexpr uint32_t i32_lt_s(uint32_t a, uint32_t b) { return detail::as_signed(a) < detail::as_signed(b); }
constexpr uint32_t i32_lt_u(uint32_t a, uint32_t b) { return a < b; }
constexpr uint32_t i32_gt_s(uint32_t a, uint32_t b) { return detail::as_signed(a) > detail::as_signed(b); }
constexpr uint32_t i32_gt_u(uint32_t a, uint32_t b) { return a > b; }
constexpr uint32_t i32_le_s(uint32_t a, uint32_t b) { return detail::as_signed(a) <= detail::as_signed(b); }
constexpr uint32_t i32_le_u(uint32_t a, uint32_t b) { return a <= b; }
constexpr uint32_t i32_ge_s(uint32_t a, uint32_t b) { return detail::as_signed(a) >= detail::as_signed(b); }
constexpr uint32_t i32_ge_u(uint32_t a, uint32_t b) { return a >= b; }

// i32: arithmetic

constexpr uint32_t i32_clz(uint32_t a) { return static_cast<uint32_t>(std::countl_zero(a)); }
constexpr uint32_t i32_ctz(uint32_t a) { return static_cast<uint32_t>(std::countr_zero(a)); }
constexpr uint32_t i32_popcnt(uint32_t a) { return static_cast<uint32_t>(std::popcount(a)); }
constexpr uint32_t i32_add(uint32_t a, uint32_t b) { return a + b; }
constexpr uint32_t i32_sub(uint32_t a, uint32_t b) { return a - b; }
constexpr uint32_t i32_mul(uint32_t a, uint32_t b) { return a * b; }
constexpr Partial<uint32_t> i32_div_s(uint32_t a, uint32_t b) { return detail::div_s(a, b); }
constexpr Partial<uint32_t> i32_div_u(uint32_t a, uint32_t b) { return detail::div_u(a, b); }
constexpr Partial<uint32_t> i32_rem_s(uint32_t a, uint32_t b) { return detail::rem_s(a, b); }
constexpr Partial<uint32_t> i32_rem_u(uint32_t a, uint32_t b) { return detail::rem_u(a, b); }
constexpr uint32_t i32_and(uint32_t a, uint32_t b) { return a & b; }
constexpr uint32_t i32_or(uint32_t a, uint32_t b) { return a | b; }
constexpr uint32_t i32_xor(uint32_t a, uint32_t b) { return a ^ b; }
constexpr uint32_t i32_shl(uint32_t a, uint32_t b) { return a << detail::count(b); }
constexpr uint32_t i32_shr_s(uint32_t a, uint32_t b) {
  return static_cast<uint32_t>(detail::as_signed(a) >> detail::count(b));
}
constexpr uint32_t i32_shr_u(uint32_t a, uint32_t b) { return a >> detail::count(b); }
constexpr uint32_t i32_rotl(uint32_t a, uint32_t b) { return std::rotl(a, detail::count(b)); }
constexpr uint32_t i32_rotr(uint32_t a, uint32_t b) { return std::rotr(a, detail::count(b)); }

// i64: tests and comparisons

constexpr uint32_t i64_eqz(uint64_t a) { return a == 0; }
constexpr uint32_t i64_eq(uint64_t a, uint64_t b) { return a == b; }
constexpr uint32_t i64_ne(uint64_t a, uint64_t b) { return a != b; }
constexpr uint32_t i64_lt_s(uint64_t a, uint64_t b) { return detail::as_signed(a) < detail::as_signed(b); }
constexpr uint32_t i64_lt_u(uint64_t a, uint64_t b) { return a < b; }
constexpr uint32_t i64_gt_s(uint64_t a, uint64_t b) { return detail::as_signed(a) > detail::as_signed(b); }
constexpr uint32_t i64_gt_u(uint64_t a, uint64_t b) { return a > b; }
constexpr uint32_t i64_le_s(uint64_t a, uint64_t b) { return detail::as_signed(a) <= detail::as_signed(b); }
constexpr uint32_t i64_le_u(uint64_t a, uint64_t b) { return a <= b; }
constexpr uint32_t i64_ge_s(uint64_t a, uint64_t b) { return detail::as_signed(a) >= detail::as_signed(b); }
constexpr uint32_t i64_ge_u(uint64_t a, uint64_t b) { return a >= b; }

// i64: arithmetic

constexpr uint64_t i64_clz(uint64_t a) { return static_cast<uint64_t>(std::countl_zero(a)); }
constexpr uint64_t i64_ctz(uint64_t a) { return static_cast<uint64_t>(std::countr_zero(a)); }
constexpr uint64_t i64_popcnt(uint64_t a) { return static_cast<uint64_t>(std::popcount(a)); }
constexpr uint64_t i64_add(uint64_t a, uint64_t b) { return a + b; }
constexpr uint64_t i64_sub(uint64_t a, uint64_t b) { return a - b; }
constexpr uint64_t i64_mul(uint64_t a, uint64_t b) { return a * b; }
constexpr Partial<uint64_t> i64_div_s(uint64_t a, uint64_t b) { return detail::div_s(a, b); }
constexpr Partial<uint64_t> i64_div_u(uint64_t a, uint64_t b) { return detail::div_u(a, b); }
constexpr Partial<uint64_t> i64_rem_s(uint64_t a, uint64_t b) { return detail::rem_s(a, b); }
constexpr Partial<uint64_t> i64_rem_u(uint64_t a, uint64_t b) { return detail::rem_u(a, b); }
constexpr uint64_t i64_and(uint64_t a, uint64_t b) { return a & b; }
constexpr uint64_t i64_or(uint64_t a, uint64_t b) { return a | b; }
constexpr uint64_t i64_xor(uint64_t a, uint64_t b) { return a ^ b; }
constexpr uint64_t i64_shl(uint64_t a, uint64_t b) { return a << detail::count(b); }
constexpr uint64_t i64_shr_s(uint64_t a, uint64_t b) {
  return static_cast<uint64_t>(detail::as_signed(a) >> detail::count(b));
}
constexpr uint64_t i64_shr_u(uint64_t a, uint64_t b) { return a >> detail::count(b); }
constexpr uint64_t i64_rotl(uint64_t a, uint64_t b) { return std::rotl(a, detail::count(b)); }
constexpr uint64_t i64_rotr(uint64_t a, uint64_t b) { return std::rotr(a, detail::count(b)); }

// f32

inline uint32_t f32_eq(float a, float b) { return a == b; }
inline uint32_t f32_ne(float a, float b) { return a != b; }
inline uint32_t f32_lt(float a, float b) { return a < b; }
inline uint32_t f32_gt(float a, float b) { return a > b; }
inline uint32_t f32_le(float a, float b) { return a <= b; }
inline uint32_t f32_ge(float a, float b) { return a >= b; }
inline float f32_abs(float a) { return detail::abs<uint32_t>(a); }
inline float f32_neg(float a) { return detail::neg<uint32_t>(a); }
inline float f32_ceil(float a) { return detail::ceil(a); }
inline float f32_floor(float a) { return detail::floor(a); }
inline float f32_trunc(float a) { return detail::trunc(a); }
inline float f32_nearest(float a) { return detail::nearest(a); }
inline float f32_sqrt(float a) { return detail::computed(std::sqrt(a)); }
inline float f32_add(float a, float b) { return detail::computed(a + b); }
inline float f32_sub(float a, float b) { return detail::computed(a - b); }
inline float f32_mul(float a, float b) { return detail::computed(a * b); }
inline float f32_div(float a, float b) { return detail::computed(a / b); }
inline float f32_min(float a, float b) { return detail::min(a, b); }
inline float f32_max(float a, float b) { return detail::max(a, b); }
inline float f32_copysign(float a, float b) { return detail::copysign<uint32_t>(a, b); }

// f64

inline uint32_t f64_eq(double a, double b) { return a == b; }
inline uint32_t f64_ne(double a, double b) { return a != b; }
inline uint32_t f64_lt(double a, double b) { return a < b; }
inline uint32_t f64_gt(double a, double b) { return a > b; }
inline uint32_t f64_le(double a, double b) { return a <= b; }
inline uint32_t f64_ge(double a, double b) { return a >= b; }
inline double f64_abs(double a) { return detail::abs<uint64_t>(a); }
inline double f64_neg(double a) { return detail::neg<uint64_t>(a); }
inline double f64_ceil(double a) { return detail::ceil(a); }
inline double f64_floor(double a) { return detail::floor(a); }
inline double f64_trunc(double a) { return detail::trunc(a); }
inline double f64_nearest(double a) { return detail::nearest(a); }
inline double f64_sqrt(double a) { return detail::computed(std::sqrt(a)); }
inline double f64_add(double a, double b) { return detail::computed(a + b); }
inline double f64_sub(double a, double b) { return detail::computed(a - b); }
inline double f64_mul(double a, double b) { return detail::computed(a * b); }
inline double f64_div(double a, double b) { return detail::computed(a / b); }
inline double f64_min(double a, double b) { return detail::min(a, b); }
inline double f64_max(double a, double b) { return detail::max(a, b); }
inline double f64_copysign(double a, double b) { return detail::copysign<uint64_t>(a, b); }

// conversions

constexpr uint32_t i32_wrap_i64(uint64_t a) { return static_cast<uint32_t>(a); }
constexpr uint64_t i64_extend_i32_s(uint32_t a) { return static_cast<uint64_t>(int64_t{static_cast<int32_t>(a)}); }
constexpr uint64_t i64_extend_i32_u(uint32_t a) { return a; }
inline Partial<uint32_t> i32_trunc_f32_s(float a) { return detail::trunc_to<int32_t>(a); }
inline uint32_t i32_trunc_sat_f32_s(float a) { return detail::trunc_sat_to<int32_t>(a); }
inline Partial<uint32_t> i32_trunc_f32_u(float a) { return detail::trunc_to<uint32_t>(a); }
inline uint32_t i32_trunc_sat_f32_u(float a) { return detail::trunc_sat_to<uint32_t>(a); }
inline Partial<uint32_t> i32_trunc_f64_s(double a) { return detail::trunc_to<int32_t>(a); }
inline uint32_t i32_trunc_sat_f64_s(double a) { return detail::trunc_sat_to<int32_t>(a); }
inline Partial<uint32_t> i32_trunc_f64_u(double a) { return detail::trunc_to<uint32_t>(a); }
inline uint32_t i32_trunc_sat_f64_u(double a) { return detail::trunc_sat_to<uint32_t>(a); }
inline Partial<uint64_t> i64_trunc_f32_s(float a) { return detail::trunc_to<int64_t>(a); }
inline uint64_t i64_trunc_sat_f32_s(float a) { return detail::trunc_sat_to<int64_t>(a); }
inline Partial<uint64_t> i64_trunc_f32_u(float a) { return detail::trunc_to<uint64_t>(a); }
inline uint64_t i64_trunc_sat_f32_u(float a) { return detail::trunc_sat_to<uint64_t>(a); }
inline Partial<uint64_t> i64_trunc_f64_s(double a) { return detail::trunc_to<int64_t>(a); }
inline uint64_t i64_trunc_sat_f64_s(double a) { return detail::trunc_sat_to<int64_t>(a); }
inline Partial<uint64_t> i64_trunc_f64_u(double a) { return detail::trunc_to<uint64_t>(a); }
inline uint64_t i64_trunc_sat_f64_u(double a) { return detail::trunc_sat_to<uint64_t>(a); }
inline float f32_convert_i32_s(uint32_t a) { return static_cast<float>(static_cast<int32_t>(a)); }
inline float f32_convert_i32_u(uint32_t a) { return static_cast<float>(static_cast<uint32_t>(a)); }
inline float f32_convert_i64_s(uint64_t a) { return static_cast<float>(static_cast<int64_t>(a)); }
inline float f32_convert_i64_u(uint64_t a) { return static_cast<float>(static_cast<uint64_t>(a)); }
inline double f64_convert_i32_s(uint32_t a) { return static_cast<double>(static_cast<int32_t>(a)); }
inline double f64_convert_i32_u(uint32_t a) { return static_cast<double>(static_cast<uint32_t>(a)); }
inline double f64_convert_i64_s(uint64_t a) { return static_cast<double>(static_cast<int64_t>(a)); }
inline double f64_convert_i64_u(uint64_t a) { return static_cast<double>(static_cast<uint64_t>(a)); }
inline float f32_demote_f64(double a) { return detail::computed(static_cast<float>(a)); }
inline double f64_promote_f32(float a) { return detail::computed(static_cast<double>(a)); }
inline uint32_t i32_reinterpret_f32(float a) { return std::bit_cast<uint32_t>(a); }
inline uint64_t i64_reinterpret_f64(double a) { return std::bit_cast<uint64_t>(a); }
inline float f32_reinterpret_i32(uint32_t a) { return std::bit_cast<float>(a); }
inline double f64_reinterpret_i64(uint64_t a) { return std::bit_cast<double>(a); }

// sign extension

constexpr uint32_t i32_extend8_s(uint32_t a) { return static_cast<uint32_t>(int32_t{static_cast<int8_t>(a)}); }
constexpr uint32_t i32_extend16_s(uint32_t a) { return static_cast<uint32_t>(int32_t{static_cast<int16_t>(a)}); }
constexpr uint64_t i64_extend8_s(uint64_t a) { return static_cast<uint64_t>(int64_t{static_cast<int8_t>(a)}); }
constexpr uint64_t i64_extend16_s(uint64_t a) { return static_cast<uint64_t>(int64_t{static_cast<int16_t>(a)}); }
constexpr uint64_t i64_extend32_s(uint64_t a) { return static_cast<uint64_t>(int64_t{static_cast<int32_t>(a)}); }

// Wide arithmetic (proposal wide-arithmetic): 128 bits as two 64-bit numbers, the low one first.
struct Wide {
  uint64_t low = 0, high = 0;
};
constexpr Wide i64_add128(Wide a, Wide b) {
  const uint64_t low = a.low + b.low;
  return {low, a.high + b.high + (low < a.low)};
}
constexpr Wide i64_sub128(Wide a, Wide b) { return {a.low - b.low, a.high - b.high - (a.low < b.low)}; }
constexpr Wide i64_mul_wide_u(uint64_t a, uint64_t b) {
  __extension__ using uint128 = unsigned __int128;
  const uint128 product = uint128{a} * b;
  return {static_cast<uint64_t>(product), static_cast<uint64_t>(product >> 64)};
}
constexpr Wide i64_mul_wide_s(uint64_t a, uint64_t b) {
  Wide product = i64_mul_wide_u(a, b);  // as of a mod 2^64 and b mod 2^64: too large by 2^64 for each negative factor
  if (detail::as_signed(a) < 0) product.high -= b;
  if (detail::as_signed(b) < 0) product.high -= a;
  return product;
}

}  // namespace weft::numeric
