// SPDX-License-Identifier: Apache-2.0
#include "interp/host/arguments.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace weft {
namespace {

TEST(HostArguments, IntegersOfTheSignedAndTheUnsignedRange) {
  EXPECT_EQ(parse_value(ValType::i32, "0"), Value::i32(0));
  EXPECT_EQ(parse_value(ValType::i32, "+7"), Value::i32(7));
  EXPECT_EQ(parse_value(ValType::i32, "-1"), Value::i32(0xffffffff));
  EXPECT_EQ(parse_value(ValType::i32, "4294967295"), Value::i32(0xffffffff));
  EXPECT_EQ(parse_value(ValType::i32, "-2147483648"), Value::i32(0x80000000));
  EXPECT_EQ(parse_value(ValType::i32, "0xfFfF"), Value::i32(0xffff));
  EXPECT_EQ(parse_value(ValType::i32, "-0x80000000"), Value::i32(0x80000000));
  EXPECT_EQ(parse_value(ValType::i64, "18446744073709551615"), Value::i64(~uint64_t{0}));
  EXPECT_EQ(parse_value(ValType::i64, "-9223372036854775808"), Value::i64(uint64_t{1} << 63));
}

TEST(HostArguments, NoIntegers) {
  for (const char* text : {"", "-", "+", "0x", "4294967296", "-2147483649", "1.0", "1 ", " 1", "--1", "+-1", "-+1",
                           "0x-1", "12a", "nan"}) {
    EXPECT_FALSE(parse_value(ValType::i32, text)) << '"' << text << '"';
  }
  for (const char* text : {"18446744073709551616", "-9223372036854775809", "99999999999999999999"}) {
    EXPECT_FALSE(parse_value(ValType::i64, text)) << text;
  }
}

TEST(HostArguments, Floats) {
  EXPECT_EQ(parse_value(ValType::f32, "1.5"), Value::f32(1.5f));
  EXPECT_EQ(parse_value(ValType::f32, "-0"), Value::f32(-0.0f));
  EXPECT_EQ(parse_value(ValType::f64, "1e3"), Value::f64(1000));
  EXPECT_EQ(parse_value(ValType::f64, "0x1.8p+1"), Value::f64(3));
  EXPECT_EQ(parse_value(ValType::f64, "-0x10"), Value::f64(-16));
  EXPECT_EQ(parse_value(ValType::f64, "-inf"), Value::f64(-std::numeric_limits<double>::infinity()));
  const auto nan = parse_value(ValType::f64, "nan");
  ASSERT_TRUE(nan);
  EXPECT_TRUE(std::isnan(nan->as_f64()));
  const auto negative = parse_value(ValType::f32, "-nan");
  ASSERT_TRUE(negative);
  EXPECT_TRUE(std::isnan(negative->as_f32()) && std::signbit(negative->as_f32()));
}

TEST(HostArguments, NoFloats) {
  for (const char* text : {"", "-", "0x", "1.5f", "--1", "-+1", "0x-1", "1,5", "e"})
    EXPECT_FALSE(parse_value(ValType::f64, text)) << text;
}

TEST(HostArguments, References) {
  EXPECT_EQ(parse_value(ValType::funcref, "null"), Value::null(ValType::funcref));
  EXPECT_FALSE(parse_value(ValType::externref, "1"));
}

TEST(HostArguments, Vectors) {
  EXPECT_EQ(parse_value(ValType::v128, "0x0123456789abcdefFEDCBA9876543210"),
            Value::v128(0xfedcba9876543210, 0x0123456789abcdef));
  EXPECT_EQ(parse_value(ValType::v128, "0x1"), Value::v128(1, 0));
  EXPECT_EQ(parse_value(ValType::v128, "0x10000000000000002"), Value::v128(2, 1));
  for (const char* text : {"", "0", "1", "0x", "-0x1", "0xg", "0x1g000000000000000", "0x-1", "0x 1",
                           "0x100000000000000000000000000000000"})
    EXPECT_FALSE(parse_value(ValType::v128, text)) << text;
}

TEST(HostArguments, ListsSayWhatIsWrong) {
  const std::vector<ValType> types{ValType::i32, ValType::f64};
  const std::vector<std::string> good{"1", "2.5"}, few{"1"}, bad{"1", "x"};
  const auto values = parse_arguments(types, good);
  ASSERT_TRUE(values);
  EXPECT_EQ(*values, (std::vector{Value::i32(1), Value::f64(2.5)}));
  const auto too_few = parse_arguments(types, few);
  ASSERT_FALSE(too_few);
  EXPECT_EQ(too_few.error().message, "2 arguments expected, 1 given");
  const auto wrong = parse_arguments(types, bad);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message, "argument 2: \"x\" is not of type f64");
}

}  // namespace
}  // namespace weft
