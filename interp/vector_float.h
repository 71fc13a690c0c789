// SPDX-License-Identifier: Apache-2.0
//
// Vectors of floats: the VECTOR rows of f32x4 and f64x2, and conversions from and to them (exec-numeric). NaNs as in
// numeric.h.
#pragma once

#include <cmath>

#include "interp/numeric.h"
#include "interp/vector_lanes.h"

namespace weft::numeric {
namespace lanes {

template <class V>
V fabs(V a) {
  return as<V>(as<Unsigned<V>>(a) << splat<Unsigned<V>>(1) >> splat<Unsigned<V>>(1));
}
template <class V>
V fneg(V a) {
  return as<V>(as<Unsigned<V>>(a) ^ (splat<Unsigned<V>>(1) << splat<Unsigned<V>>(kLaneBits<V> - 1)));
}
/// The magnitude of a value and the sign of another.
template <class V>
V with_sign(V a, V of) {
  const Unsigned<V> sign = splat<Unsigned<V>>(1) << splat<Unsigned<V>>(kLaneBits<V> - 1);
  return as<V>((as<Unsigned<V>>(a) & ~sign) | (as<Unsigned<V>>(of) & sign));
}

/// What an operator computed, with NaNs as numeric.h promises them.
template <class V>
V computed(V a) {
  return a == a ? a : splat<V>(detail::CanonicalNan<LaneOf<V>>::value);
}

/// op-fmin: NaN if either is NaN; -0 is less than +0, which `or` of equal values sees to.
template <class V>
V fmin(V a, V b) {
  const V least = a == b ? as<V>(as<Unsigned<V>>(a) | as<Unsigned<V>>(b)) : a < b ? a : b;
  return ((a != a) | (b != b)) ? splat<V>(detail::CanonicalNan<LaneOf<V>>::value) : least;
}
template <class V>
V fmax(V a, V b) {
  const V greatest = a == b ? as<V>(as<Unsigned<V>>(a) & as<Unsigned<V>>(b)) : a > b ? a : b;
  return ((a != a) | (b != b)) ? splat<V>(detail::CanonicalNan<LaneOf<V>>::value) : greatest;
}
template <class V>
V pmin(V a, V b) {
  return b < a ? b : a;
}
template <class V>
V pmax(V a, V b) {
  return a < b ? b : a;
}

template <class V>
V sqrt(V a) {
#if __has_builtin(__builtin_elementwise_sqrt)
  return computed(__builtin_elementwise_sqrt(a));  // spares the call that std::sqrt makes for the sake of errno
#else
  return computed(make<V>([a](int i) { return std::sqrt(a[i]); }));
#endif
}

// Rounding, without a call for each lane. From 2^digits on a float is whole; below, adding that and taking it away
// again rounds to the nearest, ties to even. `adjust` corrects that, as the other operators want it.
template <class V, class F>
V round(V a, F adjust) {
  const V large = splat<V>(1 / std::numeric_limits<LaneOf<V>>::epsilon());
  const V magnitude = fabs(a), nearest = with_sign(magnitude + large - large, a);
  const V rounded = with_sign(adjust(nearest), a);  // the sign of zero
  return computed(magnitude < large ? rounded : a);
}
template <class V>
V one_where(Signed<V> mask) {
  return mask ? splat<V>(1) : V{};
}
template <class V>
V nearest(V a) {
  return round(a, [](V n) { return n; });
}
template <class V>
V ceil(V a) {
  return round(a, [a](V n) { return n + one_where<V>(n < a); });
}
template <class V>
V floor(V a) {
  return round(a, [a](V n) { return n - one_where<V>(n > a); });
}
template <class V>
V trunc(V a) {
  return round(a, [a](V n) { return fabs(n) - one_where<V>(fabs(n) > fabs(a)); });
}

/// op-trunc_sat of floats to I, in integer lanes of the floats' width: NaN to 0, the rest clamped. Only what is in
/// range is converted.
template <class I, class V>
auto trunc_sat(V a) {
  using To = std::conditional_t<std::is_signed_v<I> || kLaneBits<V> == 64, Signed<V>, Unsigned<V>>;
  using Limits = std::numeric_limits<I>;
  using Lane = LaneOf<V>;
  // Beyond the first the value is too small, from the second on too large. Both are exact, or the first is the least
  // value itself.
  const V below = splat<V>(static_cast<Lane>(Limits::min()) - 1);
  const V beyond = splat<V>(static_cast<Lane>(Limits::max() / 2 + 1) * 2);
  const auto fits = (a > below) & (a < beyond);
  const To converted = __builtin_convertvector(fits ? a : V{}, To);
  const To least = splat<To>(Limits::min()), greatest = splat<To>(Limits::max());
  return fits ? converted : a >= beyond ? greatest : a <= below ? least : To{};
}
/// The low halves of two lanes, and zeros.
template <class V>
U32x4 low_halves(V a) {
  const U32x4 words = as<U32x4>(a);
  return U32x4{words[0], words[2]};
}

}  // namespace lanes

// f32x4

inline F32x4 f32x4_splat(float x) { return lanes::splat<F32x4>(x); }
inline float f32x4_extract_lane(F32x4 a, Lane lane) { return a[lane.index]; }
inline F32x4 f32x4_replace_lane(F32x4 a, float x, Lane lane) { return lanes::replace(a, x, lane); }
inline S32x4 f32x4_eq(F32x4 a, F32x4 b) { return a == b; }
inline S32x4 f32x4_ne(F32x4 a, F32x4 b) { return a != b; }
inline S32x4 f32x4_lt(F32x4 a, F32x4 b) { return a < b; }
inline S32x4 f32x4_gt(F32x4 a, F32x4 b) { return a > b; }
inline S32x4 f32x4_le(F32x4 a, F32x4 b) { return a <= b; }
inline S32x4 f32x4_ge(F32x4 a, F32x4 b) { return a >= b; }
inline F32x4 f32x4_abs(F32x4 a) { return lanes::fabs(a); }
inline F32x4 f32x4_neg(F32x4 a) { return lanes::fneg(a); }
inline F32x4 f32x4_sqrt(F32x4 a) { return lanes::sqrt(a); }
inline F32x4 f32x4_ceil(F32x4 a) { return lanes::ceil(a); }
inline F32x4 f32x4_floor(F32x4 a) { return lanes::floor(a); }
inline F32x4 f32x4_trunc(F32x4 a) { return lanes::trunc(a); }
inline F32x4 f32x4_nearest(F32x4 a) { return lanes::nearest(a); }
inline F32x4 f32x4_add(F32x4 a, F32x4 b) { return lanes::computed(a + b); }
inline F32x4 f32x4_sub(F32x4 a, F32x4 b) { return lanes::computed(a - b); }
inline F32x4 f32x4_mul(F32x4 a, F32x4 b) { return lanes::computed(a * b); }
inline F32x4 f32x4_div(F32x4 a, F32x4 b) { return lanes::computed(a / b); }
inline F32x4 f32x4_min(F32x4 a, F32x4 b) { return lanes::fmin(a, b); }
inline F32x4 f32x4_max(F32x4 a, F32x4 b) { return lanes::fmax(a, b); }
inline F32x4 f32x4_pmin(F32x4 a, F32x4 b) { return lanes::pmin(a, b); }
inline F32x4 f32x4_pmax(F32x4 a, F32x4 b) { return lanes::pmax(a, b); }

// f64x2

inline F64x2 f64x2_splat(double x) { return lanes::splat<F64x2>(x); }
inline double f64x2_extract_lane(F64x2 a, Lane lane) { return a[lane.index]; }
inline F64x2 f64x2_replace_lane(F64x2 a, double x, Lane lane) { return lanes::replace(a, x, lane); }
inline S64x2 f64x2_eq(F64x2 a, F64x2 b) { return a == b; }
inline S64x2 f64x2_ne(F64x2 a, F64x2 b) { return a != b; }
inline S64x2 f64x2_lt(F64x2 a, F64x2 b) { return a < b; }
inline S64x2 f64x2_gt(F64x2 a, F64x2 b) { return a > b; }
inline S64x2 f64x2_le(F64x2 a, F64x2 b) { return a <= b; }
inline S64x2 f64x2_ge(F64x2 a, F64x2 b) { return a >= b; }
inline F64x2 f64x2_abs(F64x2 a) { return lanes::fabs(a); }
inline F64x2 f64x2_neg(F64x2 a) { return lanes::fneg(a); }
inline F64x2 f64x2_sqrt(F64x2 a) { return lanes::sqrt(a); }
inline F64x2 f64x2_ceil(F64x2 a) { return lanes::ceil(a); }
inline F64x2 f64x2_floor(F64x2 a) { return lanes::floor(a); }
inline F64x2 f64x2_trunc(F64x2 a) { return lanes::trunc(a); }
inline F64x2 f64x2_nearest(F64x2 a) { return lanes::nearest(a); }
inline F64x2 f64x2_add(F64x2 a, F64x2 b) { return lanes::computed(a + b); }
inline F64x2 f64x2_sub(F64x2 a, F64x2 b) { return lanes::computed(a - b); }
inline F64x2 f64x2_mul(F64x2 a, F64x2 b) { return lanes::computed(a * b); }
inline F64x2 f64x2_div(F64x2 a, F64x2 b) { return lanes::computed(a / b); }
inline F64x2 f64x2_min(F64x2 a, F64x2 b) { return lanes::fmin(a, b); }
inline F64x2 f64x2_max(F64x2 a, F64x2 b) { return lanes::fmax(a, b); }
inline F64x2 f64x2_pmin(F64x2 a, F64x2 b) { return lanes::pmin(a, b); }
inline F64x2 f64x2_pmax(F64x2 a, F64x2 b) { return lanes::pmax(a, b); }

// Conversions

inline S32x4 i32x4_trunc_sat_f32x4_s(F32x4 a) { return lanes::trunc_sat<int32_t>(a); }
inline U32x4 i32x4_trunc_sat_f32x4_u(F32x4 a) { return lanes::trunc_sat<uint32_t>(a); }
inline U32x4 i32x4_trunc_sat_f64x2_s_zero(F64x2 a) { return lanes::low_halves(lanes::trunc_sat<int32_t>(a)); }
inline U32x4 i32x4_trunc_sat_f64x2_u_zero(F64x2 a) { return lanes::low_halves(lanes::trunc_sat<uint32_t>(a)); }
inline F32x4 f32x4_convert_i32x4_s(S32x4 a) { return __builtin_convertvector(a, F32x4); }
inline F32x4 f32x4_convert_i32x4_u(U32x4 a) { return __builtin_convertvector(a, F32x4); }
inline F64x2 f64x2_convert_low_i32x4_s(S32x4 a) { return lanes::extend_low<F64x2>(a); }
inline F64x2 f64x2_convert_low_i32x4_u(U32x4 a) { return lanes::extend_low<F64x2>(a); }
inline F32x4 f32x4_demote_f64x2_zero(F64x2 a) {
  return lanes::computed(F32x4{static_cast<float>(a[0]), static_cast<float>(a[1])});
}
inline F64x2 f64x2_promote_low_f32x4(F32x4 a) { return lanes::computed(lanes::extend_low<F64x2>(a)); }

}  // namespace weft::numeric
