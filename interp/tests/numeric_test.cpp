// SPDX-License-Identifier: Apache-2.0
//
// Corner cases of the numeric operators (exec-numeric), as tables of operands and what the specification says of them.
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>

#include "interp/numeric.h"

namespace weft {
namespace {

using namespace numeric;

constexpr uint32_t kMin32 = 0x80000000, kMax32 = 0x7fffffff;
constexpr uint64_t kMin64 = 0x8000000000000000, kMax64 = 0x7fffffffffffffff;
constexpr uint32_t kMinus32 = 0xffffffff;
constexpr uint64_t kMinus64 = 0xffffffffffffffff;
constexpr float kInf32 = std::numeric_limits<float>::infinity();
constexpr double kInf64 = std::numeric_limits<double>::infinity();

uint32_t bits(float v) { return std::bit_cast<uint32_t>(v); }
uint64_t bits(double v) { return std::bit_cast<uint64_t>(v); }
float f32(uint32_t bits) { return std::bit_cast<float>(bits); }
double f64(uint64_t bits) { return std::bit_cast<double>(bits); }

template <class T>
struct Quotient {
  T a, b;
  Partial<T> div_s, div_u, rem_s, rem_u;
};
constexpr Trap kZero = Trap::integer_divide_by_zero, kOver = Trap::integer_overflow;

template <class T>
void expect_partial(const Partial<T>& found, const Partial<T>& wanted, const char* what) {
  EXPECT_EQ(phrase(found.trap), phrase(wanted.trap)) << what;
  if (wanted.trap == Trap::none) {
    EXPECT_EQ(found.value, wanted.value) << what;
  }
}

TEST(Numeric, Division32) {
  const Quotient<uint32_t> cases[] = {
      {7, 2, {3}, {3}, {1}, {1}},
      {uint32_t(-7), 2, {uint32_t(-3)}, {0x7ffffffc}, {kMinus32}, {1}},
      {7, uint32_t(-2), {uint32_t(-3)}, {0}, {1}, {7}},
      {uint32_t(-7), uint32_t(-2), {3}, {0}, {kMinus32}, {uint32_t(-7)}},
      {0, 5, {0}, {0}, {0}, {0}},
      {5, 0, {0, kZero}, {0, kZero}, {0, kZero}, {0, kZero}},
      {0, 0, {0, kZero}, {0, kZero}, {0, kZero}, {0, kZero}},
      {kMin32, 0, {0, kZero}, {0, kZero}, {0, kZero}, {0, kZero}},
      {kMin32, kMinus32, {0, kOver}, {0}, {0}, {kMin32}},
      {kMin32, 1, {kMin32}, {kMin32}, {0}, {0}},
      {kMin32, 2, {0xc0000000}, {0x40000000}, {0}, {0}},
      {kMax32, kMinus32, {uint32_t(-0x7fffffff)}, {0}, {0}, {kMax32}},
      {kMinus32, kMinus32, {1}, {1}, {0}, {0}},
      {kMinus32, kMin32, {0}, {1}, {kMinus32}, {kMax32}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(testing::Message() << c.a << " by " << c.b);
    expect_partial(i32_div_s(c.a, c.b), c.div_s, "div_s");
    expect_partial(i32_div_u(c.a, c.b), c.div_u, "div_u");
    expect_partial(i32_rem_s(c.a, c.b), c.rem_s, "rem_s");
    expect_partial(i32_rem_u(c.a, c.b), c.rem_u, "rem_u");
  }
}

TEST(Numeric, Division64) {
  const Quotient<uint64_t> cases[] = {
      {uint64_t(-7), 2, {uint64_t(-3)}, {0x7ffffffffffffffc}, {kMinus64}, {1}},
      {7, uint64_t(-2), {uint64_t(-3)}, {0}, {1}, {7}},
      {5, 0, {0, kZero}, {0, kZero}, {0, kZero}, {0, kZero}},
      {kMin64, 0, {0, kZero}, {0, kZero}, {0, kZero}, {0, kZero}},
      {kMin64, kMinus64, {0, kOver}, {0}, {0}, {kMin64}},
      {kMin64, 0xffffffff, {0xffffffff80000000}, {0x80000000}, {0xffffffff80000000}, {0x80000000}},
      {0xffffffff80000000, 0xffffffff, {0}, {0x1'0000'0000}, {0xffffffff80000000}, {0x80000000}},
      {kMax64, kMinus64, {uint64_t(-0x7fffffffffffffff)}, {0}, {0}, {kMax64}},
      {kMinus64, kMinus64, {1}, {1}, {0}, {0}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(testing::Message() << c.a << " by " << c.b);
    expect_partial(i64_div_s(c.a, c.b), c.div_s, "div_s");
    expect_partial(i64_div_u(c.a, c.b), c.div_u, "div_u");
    expect_partial(i64_rem_s(c.a, c.b), c.rem_s, "rem_s");
    expect_partial(i64_rem_u(c.a, c.b), c.rem_u, "rem_u");
  }
}

TEST(Numeric, ShiftsAndRotationsTakeTheCountModuloTheWidth) {
  struct Case {
    uint32_t a, k, shl, shr_s, shr_u, rotl, rotr;
  };
  const Case cases[] = {
      {0x80000001, 0, 0x80000001, 0x80000001, 0x80000001, 0x80000001, 0x80000001},
      {0x80000001, 1, 2, 0xc0000000, 0x40000000, 3, 0xc0000000},
      {0x80000001, 31, 0x80000000, kMinus32, 1, 0xc0000000, 3},
      {0x80000001, 32, 0x80000001, 0x80000001, 0x80000001, 0x80000001, 0x80000001},
      {0x80000001, 33, 2, 0xc0000000, 0x40000000, 3, 0xc0000000},
      {0x80000001, kMinus32, 0x80000000, kMinus32, 1, 0xc0000000, 3},
      {0x12345678, 8, 0x34567800, 0x00123456, 0x00123456, 0x34567812, 0x78123456},
      {0x12345678, kMin32, 0x12345678, 0x12345678, 0x12345678, 0x12345678, 0x12345678},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(testing::Message() << c.a << " by " << c.k);
    EXPECT_EQ(i32_shl(c.a, c.k), c.shl);
    EXPECT_EQ(i32_shr_s(c.a, c.k), c.shr_s);
    EXPECT_EQ(i32_shr_u(c.a, c.k), c.shr_u);
    EXPECT_EQ(i32_rotl(c.a, c.k), c.rotl);
    EXPECT_EQ(i32_rotr(c.a, c.k), c.rotr);
  }
  struct Case64 {
    uint64_t a, k, shl, shr_s, shr_u, rotl, rotr;
  };
  constexpr uint64_t kEnds = 0x8000000000000001;
  const Case64 wide[] = {
      {kEnds, 0, kEnds, kEnds, kEnds, kEnds, kEnds},
      {kEnds, 1, 2, 0xc000000000000000, 0x4000000000000000, 3, 0xc000000000000000},
      {kEnds, 32, 0x1'0000'0000, 0xffffffff80000000, 0x80000000, 0x1'8000'0000, 0x1'8000'0000},
      {kEnds, 63, kMin64, kMinus64, 1, 0xc000000000000000, 3},
      {kEnds, 64, kEnds, kEnds, kEnds, kEnds, kEnds},
      {kEnds, 0x1'0000'0001, 2, 0xc000000000000000, 0x4000000000000000, 3, 0xc000000000000000},
      {kEnds, kMinus64, kMin64, kMinus64, 1, 0xc000000000000000, 3},
  };
  for (const Case64& c : wide) {
    SCOPED_TRACE(testing::Message() << c.a << " by " << c.k);
    EXPECT_EQ(i64_shl(c.a, c.k), c.shl);
    EXPECT_EQ(i64_shr_s(c.a, c.k), c.shr_s);
    EXPECT_EQ(i64_shr_u(c.a, c.k), c.shr_u);
    EXPECT_EQ(i64_rotl(c.a, c.k), c.rotl);
    EXPECT_EQ(i64_rotr(c.a, c.k), c.rotr);
  }
}

TEST(Numeric, BitCounts) {
  struct Case {
    uint64_t a, clz32, ctz32, popcnt32, clz64, ctz64, popcnt64;
  };
  const Case cases[] = {
      {0, 32, 32, 0, 64, 64, 0},       {1, 31, 0, 1, 63, 0, 1},         {kMin32, 0, 31, 1, 32, 31, 1},
      {kMinus32, 0, 0, 32, 32, 0, 32}, {0x00ff0100, 8, 8, 9, 40, 8, 9}, {kMin64, 32, 32, 0, 0, 63, 1},
      {kMinus64, 0, 0, 32, 0, 0, 64},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.a);
    const auto low = static_cast<uint32_t>(c.a);
    EXPECT_EQ(i32_clz(low), c.clz32);
    EXPECT_EQ(i32_ctz(low), c.ctz32);
    EXPECT_EQ(i32_popcnt(low), c.popcnt32);
    EXPECT_EQ(i64_clz(c.a), c.clz64);
    EXPECT_EQ(i64_ctz(c.a), c.ctz64);
    EXPECT_EQ(i64_popcnt(c.a), c.popcnt64);
  }
}

TEST(Numeric, IntegerArithmeticWrapsAndComparesBySign) {
  EXPECT_EQ(i32_add(kMinus32, 1), 0u);
  EXPECT_EQ(i32_sub(0, 1), kMinus32);
  EXPECT_EQ(i32_mul(0x10001, 0x10001), 0x20001u);
  EXPECT_EQ(i64_add(kMinus64, 1), 0u);
  EXPECT_EQ(i64_sub(0, 1), kMinus64);
  EXPECT_EQ(i64_mul(0x1'0000'0001, 0x1'0000'0001), 0x2'0000'0001u);
  EXPECT_EQ(i32_and(0xff00ff00, 0x0ff00ff0), 0x0f000f00u);
  EXPECT_EQ(i32_or(0xff00ff00, 0x0ff00ff0), 0xfff0fff0u);
  EXPECT_EQ(i32_xor(0xff00ff00, 0x0ff00ff0), 0xf0f0f0f0u);
  struct Order {
    uint64_t a, b;
    int by_sign, by_size;  // -1, 0, 1
  };
  const Order orders32[] = {{0, 0, 0, 0},         {0, 1, -1, -1},       {kMin32, kMax32, -1, 1},
                            {kMinus32, 0, -1, 1}, {kMinus32, 1, -1, 1}, {kMinus32, kMin32, 1, 1}};
  for (const Order& o : orders32) {
    const auto a = static_cast<uint32_t>(o.a), b = static_cast<uint32_t>(o.b);
    SCOPED_TRACE(testing::Message() << a << " and " << b);
    EXPECT_EQ(i32_eq(a, b), o.by_size == 0);
    EXPECT_EQ(i32_ne(a, b), o.by_size != 0);
    EXPECT_EQ(i32_lt_s(a, b), o.by_sign < 0);
    EXPECT_EQ(i32_lt_u(a, b), o.by_size < 0);
    EXPECT_EQ(i32_gt_s(a, b), o.by_sign > 0);
    EXPECT_EQ(i32_gt_u(a, b), o.by_size > 0);
    EXPECT_EQ(i32_le_s(a, b), o.by_sign <= 0);
    EXPECT_EQ(i32_le_u(a, b), o.by_size <= 0);
    EXPECT_EQ(i32_ge_s(a, b), o.by_sign >= 0);
    EXPECT_EQ(i32_ge_u(a, b), o.by_size >= 0);
  }
  const Order orders64[] = {{0, 0, 0, 0},
                            {kMin64, kMax64, -1, 1},
                            {kMinus64, 0, -1, 1},
                            {1, 0x1'0000'0000, -1, -1},
                            {kMinus64, kMin64, 1, 1}};
  for (const Order& o : orders64) {
    SCOPED_TRACE(testing::Message() << o.a << " and " << o.b);
    EXPECT_EQ(i64_eq(o.a, o.b), o.by_size == 0);
    EXPECT_EQ(i64_ne(o.a, o.b), o.by_size != 0);
    EXPECT_EQ(i64_lt_s(o.a, o.b), o.by_sign < 0);
    EXPECT_EQ(i64_lt_u(o.a, o.b), o.by_size < 0);
    EXPECT_EQ(i64_gt_s(o.a, o.b), o.by_sign > 0);
    EXPECT_EQ(i64_gt_u(o.a, o.b), o.by_size > 0);
    EXPECT_EQ(i64_le_s(o.a, o.b), o.by_sign <= 0);
    EXPECT_EQ(i64_le_u(o.a, o.b), o.by_size <= 0);
    EXPECT_EQ(i64_ge_s(o.a, o.b), o.by_sign >= 0);
    EXPECT_EQ(i64_ge_u(o.a, o.b), o.by_size >= 0);
  }
  EXPECT_EQ(i32_eqz(0), 1u);
  EXPECT_EQ(i32_eqz(kMin32), 0u);
  EXPECT_EQ(i64_eqz(0), 1u);
  EXPECT_EQ(i64_eqz(0x1'0000'0000), 0u);
}

TEST(Numeric, Extension) {
  EXPECT_EQ(i32_extend8_s(0x1234567f), 0x7fu);
  EXPECT_EQ(i32_extend8_s(0x12345680), 0xffffff80u);
  EXPECT_EQ(i32_extend16_s(0x12347fff), 0x7fffu);
  EXPECT_EQ(i32_extend16_s(0x12348000), 0xffff8000u);
  EXPECT_EQ(i64_extend8_s(0x123456789abcde80), 0xffffffffffffff80u);
  EXPECT_EQ(i64_extend16_s(0x123456789abc8000), 0xffffffffffff8000u);
  EXPECT_EQ(i64_extend32_s(0x1234567880000000), 0xffffffff80000000u);
  EXPECT_EQ(i64_extend32_s(0x123456787fffffff), 0x7fffffffu);
  EXPECT_EQ(i32_wrap_i64(0xfedcba9876543210), 0x76543210u);
  EXPECT_EQ(i64_extend_i32_s(kMin32), 0xffffffff80000000u);
  EXPECT_EQ(i64_extend_i32_u(kMin32), 0x80000000u);
}

// --- floating point
// ---------------------------------------------------------------------------------------------------

constexpr uint32_t kQuiet32 = 0x7fc00000, kSignalling32 = 0x7fa00001, kNegativePayload32 = 0xffc12345;
constexpr uint64_t kQuiet64 = 0x7ff8000000000000, kSignalling64 = 0x7ff4000000000001,
                   kNegativePayload64 = 0xfff8123456789abc;

/// The only NaN that an operator computes, whatever NaNs it was given.
bool is_canonical_nan(float v) { return bits(v) == kQuiet32; }
bool is_canonical_nan(double v) { return bits(v) == kQuiet64; }

TEST(Numeric, MinAndMax) {
  EXPECT_EQ(bits(f32_min(0.0f, -0.0f)), kMin32);
  EXPECT_EQ(bits(f32_min(-0.0f, 0.0f)), kMin32);
  EXPECT_EQ(bits(f32_max(0.0f, -0.0f)), 0u);
  EXPECT_EQ(bits(f32_max(-0.0f, 0.0f)), 0u);
  EXPECT_EQ(bits(f32_max(-0.0f, -0.0f)), kMin32);
  EXPECT_EQ(f32_min(-kInf32, 1.0f), -kInf32);
  EXPECT_EQ(f32_max(-kInf32, 1.0f), 1.0f);
  EXPECT_EQ(f32_min(kInf32, 1.0f), 1.0f);
  EXPECT_EQ(bits(f64_min(0.0, -0.0)), kMin64);
  EXPECT_EQ(bits(f64_min(-0.0, 0.0)), kMin64);
  EXPECT_EQ(bits(f64_max(0.0, -0.0)), 0u);
  EXPECT_EQ(bits(f64_max(-0.0, 0.0)), 0u);
  EXPECT_EQ(bits(f64_min(0.0, 0.0)), 0u);
  EXPECT_EQ(f64_max(2.5, 3.5), 3.5);
  EXPECT_EQ(f64_min(2.5, 3.5), 2.5);
  for (const uint32_t nan : {kQuiet32, kSignalling32, kNegativePayload32}) {
    for (const float other : {0.0f, 1.0f, -kInf32, f32(kQuiet32)}) {
      EXPECT_TRUE(is_canonical_nan(f32_min(f32(nan), other)));
      EXPECT_TRUE(is_canonical_nan(f32_min(other, f32(nan))));
      EXPECT_TRUE(is_canonical_nan(f32_max(f32(nan), other)));
      EXPECT_TRUE(is_canonical_nan(f32_max(other, f32(nan))));
    }
  }
  for (const uint64_t nan : {kQuiet64, kSignalling64, kNegativePayload64}) {
    for (const double other : {0.0, 1.0, -kInf64, f64(kQuiet64)}) {
      EXPECT_TRUE(is_canonical_nan(f64_min(f64(nan), other)));
      EXPECT_TRUE(is_canonical_nan(f64_min(other, f64(nan))));
      EXPECT_TRUE(is_canonical_nan(f64_max(f64(nan), other)));
      EXPECT_TRUE(is_canonical_nan(f64_max(other, f64(nan))));
    }
  }
}

TEST(Numeric, Rounding) {
  struct Case {
    double v, ceil, floor, trunc, nearest;
  };
  const Case cases[] = {
      {0.5, 1.0, 0.0, 0.0, 0.0},
      {1.5, 2.0, 1.0, 1.0, 2.0},
      {2.5, 3.0, 2.0, 2.0, 2.0},
      {-0.5, -0.0, -1.0, -0.0, -0.0},
      {-1.5, -1.0, -2.0, -1.0, -2.0},
      {-2.5, -2.0, -3.0, -2.0, -2.0},
      {0.0, 0.0, 0.0, 0.0, 0.0},
      {-0.0, -0.0, -0.0, -0.0, -0.0},
      {4.25, 5.0, 4.0, 4.0, 4.0},
      {-4.75, -4.0, -5.0, -4.0, -5.0},
      {kInf64, kInf64, kInf64, kInf64, kInf64},
      {8388609.0, 8388609.0, 8388609.0, 8388609.0, 8388609.0},
      {8388607.5, 8388608.0, 8388607.0, 8388607.0, 8388608.0},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.v);
    EXPECT_EQ(bits(f64_ceil(c.v)), bits(c.ceil));
    EXPECT_EQ(bits(f64_floor(c.v)), bits(c.floor));
    EXPECT_EQ(bits(f64_trunc(c.v)), bits(c.trunc));
    EXPECT_EQ(bits(f64_nearest(c.v)), bits(c.nearest));
    const auto narrow = static_cast<float>(c.v);
    EXPECT_EQ(bits(f32_ceil(narrow)), bits(static_cast<float>(c.ceil)));
    EXPECT_EQ(bits(f32_floor(narrow)), bits(static_cast<float>(c.floor)));
    EXPECT_EQ(bits(f32_trunc(narrow)), bits(static_cast<float>(c.trunc)));
    EXPECT_EQ(bits(f32_nearest(narrow)), bits(static_cast<float>(c.nearest)));
  }
  EXPECT_EQ(f64_nearest(4503599627370497.5), 4503599627370498.0);
  EXPECT_EQ(bits(f64_trunc(-0x1p-1074)), kMin64);
  EXPECT_EQ(f64_ceil(0x1p-1074), 1.0);
  for (const uint64_t nan : {kQuiet64, kSignalling64, kNegativePayload64}) {
    for (const auto op : {f64_ceil, f64_floor, f64_trunc, f64_nearest, f64_sqrt})
      EXPECT_TRUE(is_canonical_nan(op(f64(nan))));
  }
  for (const uint32_t nan : {kQuiet32, kSignalling32, kNegativePayload32}) {
    for (const auto op : {f32_ceil, f32_floor, f32_trunc, f32_nearest, f32_sqrt})
      EXPECT_TRUE(is_canonical_nan(op(f32(nan))));
  }
}

TEST(Numeric, SignOperatorsKeepNanPayloads) {
  for (const uint32_t v : {0u, kMin32, kQuiet32, kSignalling32, kNegativePayload32, bits(1.5f), bits(-kInf32)}) {
    SCOPED_TRACE(v);
    EXPECT_EQ(bits(f32_abs(f32(v))), v & kMax32);
    EXPECT_EQ(bits(f32_neg(f32(v))), v ^ kMin32);
    EXPECT_EQ(bits(f32_copysign(f32(v), -0.0f)), v | kMin32);
    EXPECT_EQ(bits(f32_copysign(f32(v), f32(kSignalling32))), v & kMax32);
    EXPECT_EQ(bits(f32_copysign(1.0f, f32(v))), bits(1.0f) | (v & kMin32));
    EXPECT_EQ(i32_reinterpret_f32(f32_reinterpret_i32(v)), v);
  }
  for (const uint64_t v :
       {uint64_t{0}, kMin64, kQuiet64, kSignalling64, kNegativePayload64, bits(1.5), bits(-kInf64)}) {
    SCOPED_TRACE(v);
    EXPECT_EQ(bits(f64_abs(f64(v))), v & kMax64);
    EXPECT_EQ(bits(f64_neg(f64(v))), v ^ kMin64);
    EXPECT_EQ(bits(f64_copysign(f64(v), -0.0)), v | kMin64);
    EXPECT_EQ(bits(f64_copysign(f64(v), f64(kSignalling64))), v & kMax64);
    EXPECT_EQ(bits(f64_copysign(1.0, f64(v))), bits(1.0) | (v & kMin64));
    EXPECT_EQ(i64_reinterpret_f64(f64_reinterpret_i64(v)), v);
  }
}

TEST(Numeric, Arithmetic) {
  EXPECT_EQ(f32_div(1.0f, -0.0f), -kInf32);
  EXPECT_TRUE(is_canonical_nan(f32_div(0.0f, 0.0f)));
  EXPECT_TRUE(is_canonical_nan(f32_sub(kInf32, kInf32)));
  EXPECT_TRUE(is_canonical_nan(f32_mul(kInf32, 0.0f)));
  EXPECT_TRUE(is_canonical_nan(f32_sqrt(-1.0f)));
  EXPECT_TRUE(is_canonical_nan(f32_add(f32(kSignalling32), 1.0f)));
  EXPECT_EQ(bits(f32_sqrt(-0.0f)), kMin32);
  EXPECT_EQ(bits(f32_add(0.0f, -0.0f)), 0u);
  EXPECT_EQ(bits(f32_sub(-0.0f, 0.0f)), kMin32);
  EXPECT_EQ(f32_mul(0x1p-149f, 0.5f), 0.0f) << "ties to even, and denormals are kept";
  EXPECT_EQ(f32_mul(0x3p-149f, 0.5f), 0x1p-148f);
  EXPECT_EQ(f64_add(0x1p53, 1.0), 0x1p53);
  EXPECT_EQ(f64_add(0x1p53, 3.0), 0x1.0000000000002p53);
  EXPECT_TRUE(is_canonical_nan(f64_sqrt(-1.0)));
  EXPECT_EQ(f64_div(1.0, 0.0), kInf64);
  EXPECT_EQ(f64_mul(0x1.fffffffffffffp1023, 2.0), kInf64);
}

TEST(Numeric, ComparisonsWithNanAreFalse) {
  for (const float v : {0.0f, kInf32, f32(kQuiet32)}) {
    for (const auto op : {f32_eq, f32_lt, f32_gt, f32_le, f32_ge}) {
      EXPECT_EQ(op(f32(kQuiet32), v), 0u);
      EXPECT_EQ(op(v, f32(kSignalling32)), 0u);
    }
    EXPECT_EQ(f32_ne(f32(kQuiet32), v), 1u);
  }
  for (const double v : {0.0, kInf64, f64(kQuiet64)}) {
    for (const auto op : {f64_eq, f64_lt, f64_gt, f64_le, f64_ge}) {
      EXPECT_EQ(op(f64(kQuiet64), v), 0u);
      EXPECT_EQ(op(v, f64(kSignalling64)), 0u);
    }
    EXPECT_EQ(f64_ne(f64(kQuiet64), v), 1u);
  }
  EXPECT_EQ(f32_eq(0.0f, -0.0f), 1u);
  EXPECT_EQ(f32_lt(-0.0f, 0.0f), 0u);
  EXPECT_EQ(f64_ge(-0.0, 0.0), 1u);
}

// --- float to integer
// -------------------------------------------------------------------------------------------------

/// The greatest and least floats whose truncation fits, and the next ones, which overflow.
template <class F, class T>
struct Bounds {
  Partial<T> (*trunc)(F);
  T (*trunc_sat)(F);
  F last, first_above, least, first_below;
  T last_value, least_value, max, min;
};

template <class F, class T>
void check_bounds(const Bounds<F, T>& b, F quiet, F signalling) {
  expect_partial(b.trunc(b.last), {b.last_value}, "the last value");
  expect_partial(b.trunc(b.first_above), {0, kOver}, "one above");
  expect_partial(b.trunc(b.least), {b.least_value}, "the least value");
  expect_partial(b.trunc(b.first_below), {0, kOver}, "one below");
  expect_partial(b.trunc(F{-0.75}), {0}, "-0.75");
  expect_partial(b.trunc(F{-0.0}), {0}, "-0.0");
  expect_partial(b.trunc(F{2.875}), {2}, "2.875");
  expect_partial(b.trunc(std::numeric_limits<F>::infinity()), {0, kOver}, "inf");
  expect_partial(b.trunc(-std::numeric_limits<F>::infinity()), {0, kOver}, "-inf");
  expect_partial(b.trunc(quiet), {0, Trap::invalid_conversion_to_integer}, "nan");
  expect_partial(b.trunc(signalling), {0, Trap::invalid_conversion_to_integer}, "signalling nan");
  EXPECT_EQ(b.trunc_sat(b.last), b.last_value);
  EXPECT_EQ(b.trunc_sat(b.first_above), b.max);
  EXPECT_EQ(b.trunc_sat(b.least), b.least_value);
  EXPECT_EQ(b.trunc_sat(b.first_below), b.min);
  EXPECT_EQ(b.trunc_sat(std::numeric_limits<F>::infinity()), b.max);
  EXPECT_EQ(b.trunc_sat(-std::numeric_limits<F>::infinity()), b.min);
  EXPECT_EQ(b.trunc_sat(F{-0.75}), T{0});
  EXPECT_EQ(b.trunc_sat(quiet), T{0});
  EXPECT_EQ(b.trunc_sat(signalling), T{0});
}

TEST(Numeric, TruncationExactlyAtTheBounds) {
  const auto narrow = [](const auto& bounds) { check_bounds(bounds, f32(kQuiet32), f32(kSignalling32)); };
  const auto wide = [](const auto& bounds) { check_bounds(bounds, f64(kQuiet64), f64(kSignalling64)); };
  narrow(Bounds<float, uint32_t>{i32_trunc_f32_s, i32_trunc_sat_f32_s, 0x1.fffffep30f, 0x1p31f, -0x1p31f,
                                 -0x1.000002p31f, 0x7fffff80, kMin32, kMax32, kMin32});
  narrow(Bounds<float, uint32_t>{i32_trunc_f32_u, i32_trunc_sat_f32_u, 0x1.fffffep31f, 0x1p32f, -0x1.fffffep-1f, -1.0f,
                                 0xffffff00, 0, kMinus32, 0});
  wide(Bounds<double, uint32_t>{i32_trunc_f64_s, i32_trunc_sat_f64_s, 0x1.fffffffffffffp30, 0x1p31, -2147483648.9999995,
                                -2147483649.0, kMax32, kMin32, kMax32, kMin32});
  wide(Bounds<double, uint32_t>{i32_trunc_f64_u, i32_trunc_sat_f64_u, 0x1.fffffffffffffp31, 0x1p32,
                                -0x1.fffffffffffffp-1, -1.0, kMinus32, 0, kMinus32, 0});
  narrow(Bounds<float, uint64_t>{i64_trunc_f32_s, i64_trunc_sat_f32_s, 0x1.fffffep62f, 0x1p63f, -0x1p63f,
                                 -0x1.000002p63f, 0x7fffff8000000000, kMin64, kMax64, kMin64});
  narrow(Bounds<float, uint64_t>{i64_trunc_f32_u, i64_trunc_sat_f32_u, 0x1.fffffep63f, 0x1p64f, -0x1.fffffep-1f, -1.0f,
                                 0xffffff0000000000, 0, kMinus64, 0});
  wide(Bounds<double, uint64_t>{i64_trunc_f64_s, i64_trunc_sat_f64_s, 0x1.fffffffffffffp62, 0x1p63, -0x1p63,
                                -0x1.0000000000001p63, 0x7ffffffffffffc00, kMin64, kMax64, kMin64});
  wide(Bounds<double, uint64_t>{i64_trunc_f64_u, i64_trunc_sat_f64_u, 0x1.fffffffffffffp63, 0x1p64,
                                -0x1.fffffffffffffp-1, -1.0, 0xfffffffffffff800, 0, kMinus64, 0});
}

// --- integer to float, float to float
// ---------------------------------------------------------------------------------

TEST(Numeric, ConversionRoundsToNearestTiesToEven) {
  EXPECT_EQ(f32_convert_i32_s(16777217), 16777216.0f);
  EXPECT_EQ(f32_convert_i32_s(16777219), 16777220.0f);
  EXPECT_EQ(f32_convert_i32_s(uint32_t(-16777217)), -16777216.0f);
  EXPECT_EQ(f32_convert_i32_s(kMin32), -0x1p31f);
  EXPECT_EQ(f32_convert_i32_u(kMin32), 0x1p31f);
  EXPECT_EQ(f32_convert_i32_u(kMinus32), 0x1p32f);
  EXPECT_EQ(f32_convert_i32_u(0x02000001), 0x1p25f);
  EXPECT_EQ(f32_convert_i32_u(0x02000003), 0x1.000002p25f);
  EXPECT_EQ(f32_convert_i64_s(kMin64), -0x1p63f);
  EXPECT_EQ(f32_convert_i64_u(kMin64), 0x1p63f);
  EXPECT_EQ(f32_convert_i64_u(kMinus64), 0x1p64f);
  EXPECT_EQ(f32_convert_i64_s(0x7fffff4000000001), 0x1.fffffep62f) << "rounded once, not by way of a double";
  EXPECT_EQ(f32_convert_i64_u(0x8000008000000001), 0x1.000002p63f) << "rounded once, not by way of a double";
  EXPECT_EQ(f64_convert_i32_s(kMin32), -0x1p31);
  EXPECT_EQ(f64_convert_i32_u(kMinus32), 4294967295.0);
  EXPECT_EQ(f64_convert_i64_s(0x20000000000001), 0x1p53);
  EXPECT_EQ(f64_convert_i64_s(0x20000000000003), 0x1.0000000000002p53);
  EXPECT_EQ(f64_convert_i64_s(kMax64), 0x1p63);
  EXPECT_EQ(f64_convert_i64_u(0x8000000000000400), 0x1p63);
  EXPECT_EQ(f64_convert_i64_u(0x8000000000000401), 0x1.0000000000001p63);
  EXPECT_EQ(f64_convert_i64_u(kMinus64), 0x1p64);
}

TEST(Numeric, DemotionAndPromotion) {
  EXPECT_EQ(f32_demote_f64(0x1.ffffffp127), kInf32);
  EXPECT_EQ(f32_demote_f64(0x1.fffffefffffffp127), 0x1.fffffep127f);
  EXPECT_EQ(f32_demote_f64(0x1.000001p0), 1.0f) << "a tie";
  EXPECT_EQ(f32_demote_f64(0x1p-150), 0.0f);
  EXPECT_EQ(f32_demote_f64(0x1.0000000000001p-150), 0x1p-149f);
  EXPECT_EQ(bits(f32_demote_f64(-0x1p-1074)), kMin32);
  EXPECT_EQ(f64_promote_f32(0x1p-149f), 0x1p-149);
  for (const uint64_t nan : {kQuiet64, kSignalling64, kNegativePayload64}) {
    EXPECT_TRUE(is_canonical_nan(f32_demote_f64(f64(nan))));
  }
  for (const uint32_t nan : {kQuiet32, kSignalling32, kNegativePayload32}) {
    EXPECT_TRUE(is_canonical_nan(f64_promote_f32(f32(nan))));
  }
  EXPECT_EQ(bits(f64_promote_f32(f32(kQuiet32))), kQuiet64);
}

}  // namespace
}  // namespace weft
