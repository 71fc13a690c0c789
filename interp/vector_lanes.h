// SPDX-License-Identifier: Apache-2.0
//
// Shapes (syntax-vec-shape) as C++ types, and what the operators of all shapes are made of.
//
// The types are the compilers' vector extensions: GCC and clang compile one text to SSE2 and to AdvSIMD. Intrinsics
// would need a text for each host, and loops over arrays would be at the mercy of a vectoriser. Lane 0 comes first in
// memory, as in the guest's. What can overflow is computed on unsigned lanes; signed ones are for comparisons, right
// shifts, and products that fit.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

namespace weft::numeric {

using U8x16 [[gnu::vector_size(16)]] = uint8_t;
using U16x8 [[gnu::vector_size(16)]] = uint16_t;
using U32x4 [[gnu::vector_size(16)]] = uint32_t;
using U64x2 [[gnu::vector_size(16)]] = uint64_t;
using S8x16 [[gnu::vector_size(16)]] = int8_t;
using S16x8 [[gnu::vector_size(16)]] = int16_t;
using S32x4 [[gnu::vector_size(16)]] = int32_t;
using S64x2 [[gnu::vector_size(16)]] = int64_t;
using F32x4 [[gnu::vector_size(16)]] = float;
using F64x2 [[gnu::vector_size(16)]] = double;

/// The immediate of extract_lane and its like: less than the number of lanes.
struct Lane {
  uint8_t index;
};
/// The immediate of shuffle: each less than 32.
struct Lanes {
  U8x16 indices;
};

namespace lanes {

template <class V>
using LaneOf = std::remove_cvref_t<decltype(std::declval<V&>()[0])>;
template <class V>
inline constexpr int kLanes = sizeof(V) / sizeof(LaneOf<V>);
template <class V>
inline constexpr int kLaneBits = 8 * sizeof(LaneOf<V>);

template <class T, size_t bytes>
struct VectorOf {
  typedef T Type __attribute__((vector_size(bytes)));  // NOLINT(modernize-use-using): GCC drops it from an alias
};
/// Half a vector: 8 bytes.
template <class V>
using HalfOf = typename VectorOf<LaneOf<V>, 8>::Type;

template <size_t bytes>
struct IntegersOf;
template <>
struct IntegersOf<4> {
  using Signed = S32x4;
  using Unsigned = U32x4;
};
template <>
struct IntegersOf<8> {
  using Signed = S64x2;
  using Unsigned = U64x2;
};
template <>
struct IntegersOf<2> {
  using Signed = S16x8;
  using Unsigned = U16x8;
};
template <>
struct IntegersOf<1> {
  using Signed = S8x16;
  using Unsigned = U8x16;
};
/// Integers of a shape's width.
template <class V>
using Signed = typename IntegersOf<sizeof(LaneOf<V>)>::Signed;
template <class V>
using Unsigned = typename IntegersOf<sizeof(LaneOf<V>)>::Unsigned;

/// The same bits in another shape.
template <class To, class From>
To as(From v) {
  return std::bit_cast<To>(v);
}

/// A vector whose lane i is f(i).
template <class V, class F>
V make(F f) {
  return [&f]<int... i>(std::integer_sequence<int, i...>) {
    return V{static_cast<LaneOf<V>>(f(i))...};
  }(std::make_integer_sequence<int, kLanes<V>>());
}

template <class V>
V splat(LaneOf<V> x) {
  return make<V>([x](int) { return x; });
}

/// The lanes from the given one on, as many as half a vector has.
template <int from, class V>
HalfOf<V> half(V v) {
  return [v]<int... i>(std::integer_sequence<int, i...>) {
    return __builtin_shufflevector(v, v, (from + i)...);
  }(std::make_integer_sequence<int, kLanes<V> / 2>());
}
template <class V>
V concat(HalfOf<V> low, HalfOf<V> high) {
  return [low, high]<int... i>(std::integer_sequence<int, i...>) {
    return __builtin_shufflevector(low, high, i...);
  }(std::make_integer_sequence<int, kLanes<V>>());
}

/// op-extend on the low or the high lanes, and other conversions that double the width. Signedness is From's.
template <class To, class From>
To extend_low(From v) {
  return __builtin_convertvector(half<0>(v), To);
}
template <class To, class From>
To extend_high(From v) {
  return __builtin_convertvector(half<kLanes<From> / 2>(v), To);
}

/// The lanes 0, 2, 4 … and 1, 3, 5 …, extended; signedness is To's.
template <class To, class From>
To extend_even(From v) {
  return (as<To>(v) << splat<To>(kLaneBits<From>)) >> splat<To>(kLaneBits<From>);
}
template <class To, class From>
To extend_odd(From v) {
  return as<To>(v) >> splat<To>(kLaneBits<From>);
}

template <class V>
V min(V a, V b) {
  return a < b ? a : b;
}
template <class V>
V max(V a, V b) {
  return a > b ? a : b;
}

template <class V>
Unsigned<V> abs(V a) {
  const auto sign = as<Unsigned<V>>(a >> splat<V>(kLaneBits<V> - 1));
  return (as<Unsigned<V>>(a) ^ sign) - sign;
}

/// Shift counts are taken modulo the width (op-ishl).
template <class V>
V count(uint32_t k) {
  return splat<V>(static_cast<LaneOf<V>>(k & (kLaneBits<V> - 1)));
}

// op-iadd_sat, op-isub_sat: by the sign of V.

template <class V>
V add_sat_u(V a, V b) {
  const V sum = a + b;
  return sum | as<V>(sum < a);
}
template <class V>
V sub_sat_u(V a, V b) {
  return (a - b) & as<V>(a > b);
}
/// The greatest value where a is not negative, else the least.
template <class V>
V limit_of_sign(V a) {
  return as<V>(as<Signed<V>>(a) >> splat<Signed<V>>(kLaneBits<V> - 1)) ^
         splat<V>(std::numeric_limits<LaneOf<Signed<V>>>::max());
}
template <class V>
V add_sat_s(V a, V b) {
  const V sum = a + b, overflows = ~(a ^ b) & (a ^ sum);
  return as<Signed<V>>(overflows) < Signed<V>{} ? limit_of_sign(a) : sum;
}
template <class V>
V sub_sat_s(V a, V b) {
  const V difference = a - b, overflows = (a ^ b) & (a ^ difference);
  return as<Signed<V>>(overflows) < Signed<V>{} ? limit_of_sign(a) : difference;
}

/// op-iavgr: half the sum, rounded up, without a wider sum.
template <class V>
V avgr(V a, V b) {
  return (a | b) - ((a ^ b) >> splat<V>(1));
}

/// op-narrow: From is signed; the limits are To's.
template <class To, class From>
To narrow(From a, From b) {
  using Limits = std::numeric_limits<LaneOf<To>>;
  const auto clamp = [](From v) {
    v = min(max(v, splat<From>(Limits::min())), splat<From>(Limits::max()));
    return __builtin_convertvector(v, HalfOf<To>);
  };
  return concat<To>(clamp(a), clamp(b));
}

template <class To, class From>
To extmul_low(From a, From b) {
  return extend_low<To>(a) * extend_low<To>(b);
}
template <class To, class From>
To extmul_high(From a, From b) {
  return extend_high<To>(a) * extend_high<To>(b);
}

/// op-iq15mulr_sat_s. The product with its rounding bit fits 32 bits.
inline S16x8 q15mulr_sat(S16x8 a, S16x8 b) {
  const auto round = [](S32x4 product) { return (product + splat<S32x4>(0x4000)) >> splat<S32x4>(15); };
  return narrow<S16x8>(round(extmul_low<S32x4>(a, b)), round(extmul_high<S32x4>(a, b)));
}

/// op-ivdot: of two products of -2^15 the sum wraps.
inline U32x4 dot(S16x8 a, S16x8 b) {
  return as<U32x4>(extend_even<S32x4>(a) * extend_even<S32x4>(b)) +
         as<U32x4>(extend_odd<S32x4>(a) * extend_odd<S32x4>(b));
}

/// Counts in pairs of bits, then in fours, then in all eight.
inline U8x16 popcnt(U8x16 a) {
  const auto masked = [](U8x16 v, uint8_t bits) { return v & splat<U8x16>(bits); };
  a = a - masked(a >> splat<U8x16>(1), 0x55);
  a = masked(a, 0x33) + masked(a >> splat<U8x16>(2), 0x33);
  return masked(a + (a >> splat<U8x16>(4)), 0x0f);
}

inline bool any_bit(U64x2 a) { return (a[0] | a[1]) != 0; }

template <class V>
uint32_t all_true(V a) {
  return !any_bit(as<U64x2>(a == V{}));
}

/// The sign bits of eight bytes: the product moves bit 8i + 7 to bit 56 + i, and no two partial products meet.
inline uint32_t sign_bits(uint64_t bytes) {
  return static_cast<uint32_t>((bytes >> 7 & 0x0101010101010101) * 0x0102040810204080 >> 56);
}

/// Byte i is the one that indices[i] names of the 32 bytes of `low` and `high`.
inline U8x16 look_up(U8x16 low, U8x16 high, U8x16 indices) {
  std::array<uint8_t, 32> table;
  std::memcpy(table.data(), &low, 16);
  std::memcpy(table.data() + 16, &high, 16);
  return make<U8x16>([&](int i) { return table[indices[i]]; });
}

template <class V>
V replace(V a, LaneOf<V> x, Lane lane) {
  a[lane.index] = x;
  return a;
}

}  // namespace lanes
}  // namespace weft::numeric
