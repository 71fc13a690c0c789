// SPDX-License-Identifier: Apache-2.0
#include "suite/text/literals.h"

#include <bit>
#include <limits>

#include <gtest/gtest.h>

namespace weft::text {
namespace {

constexpr auto kNone = std::nullopt;

TEST(Literals, IntegersFitSignedOrUnsigned) {
  EXPECT_EQ(to_int("255", 8), 0xffU);
  EXPECT_EQ(to_int("-128", 8), 0x80U);
  EXPECT_EQ(to_int("256", 8), kNone);
  EXPECT_EQ(to_int("-129", 8), kNone);
  EXPECT_EQ(to_int("-0x8000_0000", 32), 0x80000000U);
  EXPECT_EQ(to_int("+0xffffffff", 32), 0xffffffffU);
  EXPECT_EQ(to_int("0x1_0000_0000", 32), kNone);
  EXPECT_EQ(to_int("-1", 64), std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(to_int("18446744073709551615", 64), std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(to_int("18446744073709551616", 64), kNone);
  EXPECT_EQ(to_int("-9223372036854775808", 64), uint64_t{1} << 63);
  EXPECT_EQ(to_int("-9223372036854775809", 64), kNone);
  EXPECT_EQ(to_u32("4294967295"), 0xffffffffU);
  EXPECT_EQ(to_u32("4294967296"), kNone);
}

TEST(Literals, DecimalFloatsAreCorrectlyRounded) {
  EXPECT_EQ(to_f64("1_000.5"), std::bit_cast<uint64_t>(1000.5));
  EXPECT_EQ(to_f64("-0"), uint64_t{1} << 63);
  EXPECT_EQ(to_f32("16777217"), std::bit_cast<uint32_t>(16777216.0F));  // a tie goes to the even neighbour
  EXPECT_EQ(to_f32("16777219"), std::bit_cast<uint32_t>(16777220.0F));
  EXPECT_EQ(to_f32("16777217.0000000000000000000000001"), std::bit_cast<uint32_t>(16777218.0F));
  EXPECT_EQ(to_f64("4.9406564584124654e-324"), 1U);
  EXPECT_EQ(to_f64("1e-400"), 0U);
  EXPECT_EQ(to_f64("-1e-99999999999999999999"), uint64_t{1} << 63);
  EXPECT_EQ(to_f64("0e99999999999999999999"), 0U);
  EXPECT_EQ(to_f64("0.0000000000000000000000000000000000001e999"), kNone);
  EXPECT_EQ(to_f64("1e309"), kNone);
  EXPECT_EQ(to_f32("340282356779733661637539395458142568447"), 0x7f7fffffU);
  EXPECT_EQ(to_f32("340282356779733661637539395458142568448"), kNone);  // half-way to 2^128
}

TEST(Literals, HexFloatsAreCorrectlyRounded) {
  EXPECT_EQ(to_f32("0x1.8p1"), std::bit_cast<uint32_t>(3.0F));
  EXPECT_EQ(to_f32("0x1.000001p0"), 0x3f800000U);  // tie to even, downwards
  EXPECT_EQ(to_f32("0x1.000003p0"), 0x3f800002U);  // tie to even, upwards
  EXPECT_EQ(to_f32("0x1.00000100000000000000000000000001p0"), 0x3f800001U);
  EXPECT_EQ(to_f32("0x1.fffffep127"), 0x7f7fffffU);
  EXPECT_EQ(to_f32("0x1.ffffffp127"), kNone);
  EXPECT_EQ(to_f32("0x1p128"), kNone);
  EXPECT_EQ(to_f32("0x1p-149"), 1U);
  EXPECT_EQ(to_f32("0x1p-150"), 0U);  // half of the least subnormal: to even
  EXPECT_EQ(to_f32("0x1.000000000000000000001p-150"), 1U);
  EXPECT_EQ(to_f32("0x1p-151"), 0U);
  EXPECT_EQ(to_f32("0x1.fffffep-127"), 0x00800000U);  // rounds up to the least normal number
  EXPECT_EQ(to_f32("0x1fac905p-152"), 0x3f5921U);     // glibc's strtof answers 3f5920
  EXPECT_EQ(to_f64("0x2f11595ebe3245p-1077"), 0x5e22b2bd7c649U);
  EXPECT_EQ(to_f64("0x1.fffffffffffff7p1023"), 0x7fefffffffffffffU);
  EXPECT_EQ(to_f64("0x1.fffffffffffff8p1023"), kNone);
  EXPECT_EQ(to_f64("0x0p99999999999999999999"), 0U);
  EXPECT_EQ(to_f64("0x1p-99999999999999999999"), 0U);
  EXPECT_EQ(to_f64("0xffffffffffffffffffffffffffffffff"), std::bit_cast<uint64_t>(0x1p128));
}

TEST(Literals, NanPayloadsMustFitAndNotBeZero) {
  EXPECT_EQ(to_f32("nan"), 0x7fc00000U);
  EXPECT_EQ(to_f32("-nan:0x1"), 0xff800001U);
  EXPECT_EQ(to_f32("nan:0x7f_ffff"), 0x7fffffffU);
  EXPECT_EQ(to_f32("nan:0x80_0000"), kNone);
  EXPECT_EQ(to_f32("nan:0x0"), kNone);
  EXPECT_EQ(to_f64("nan:0xf_ffff_ffff_ffff"), 0x7fffffffffffffffU);
  EXPECT_EQ(to_f64("nan:0x10_0000_0000_0000"), kNone);
  EXPECT_EQ(to_f64("-inf"), 0xfff0000000000000U);
}

}  // namespace
}  // namespace weft::text
