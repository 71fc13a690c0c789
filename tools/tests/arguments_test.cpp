// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/arguments.h"

#include <limits>

#include <gtest/gtest.h>

namespace weft::cli {
namespace {

Value f32_bits(uint32_t bits) { return {ValType::f32, bits, 0}; }

TEST(Arguments, IntegersOfTheSignedAndTheUnsignedRange) {
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

TEST(Arguments, NoIntegers) {
  for (const char* text : {"", "-", "+", "0x", "4294967296", "-2147483649", "1.0", "1 ", " 1", "--1", "+-1", "-+1",
                           "0x-1", "12a", "nan"}) {
    EXPECT_FALSE(parse_value(ValType::i32, text)) << '"' << text << '"';
  }
  for (const char* text : {"18446744073709551616", "-9223372036854775809", "99999999999999999999"}) {
    EXPECT_FALSE(parse_value(ValType::i64, text)) << text;
  }
}

TEST(Arguments, Floats) {
  EXPECT_EQ(parse_value(ValType::f32, "1.5"), Value::f32(1.5f));
  EXPECT_EQ(parse_value(ValType::f32, "-0"), Value::f32(-0.0f));
  EXPECT_EQ(parse_value(ValType::f64, "1e3"), Value::f64(1000));
  EXPECT_EQ(parse_value(ValType::f64, "0x1.8p+1"), Value::f64(3));
  EXPECT_EQ(parse_value(ValType::f64, "-0x10"), Value::f64(-16));
  EXPECT_EQ(parse_value(ValType::f64, "-inf"), Value::f64(-std::numeric_limits<double>::infinity()));
  EXPECT_EQ(parse_value(ValType::f32, "1_000"), Value::f32(1000));
  EXPECT_EQ(parse_value(ValType::f32, "1e-50"), Value::f32(0));
  EXPECT_EQ(parse_value(ValType::f32, "nan"), f32_bits(0x7fc00000));
  EXPECT_EQ(parse_value(ValType::f32, "-nan"), f32_bits(0xffc00000));
  EXPECT_EQ(parse_value(ValType::f32, "nan:0x200000"), f32_bits(0x7fa00000));
  EXPECT_EQ(parse_value(ValType::f32, "nan:canonical"), f32_bits(0x7fc00000));
  EXPECT_EQ(parse_value(ValType::f64, "-nan:canonical"), (Value{ValType::f64, 0xfff8000000000000, 0}));
}

TEST(Arguments, WhatIsPrinted) {
  const Value values[] = {Value::i32(~0u),
                          Value::i64(uint64_t{1} << 63),
                          Value::f32(-0.0f),
                          f32_bits(1),
                          f32_bits(0xff800000),
                          f32_bits(0x7fc00000),
                          f32_bits(0xffa00000),
                          Value::f64(0.1),
                          Value::v128(0x0123456789abcdef, 0xfedcba9876543210),
                          Value::null(ValType::funcref),
                          Value::null(ValType::externref),
                          Value::externref(5)};
  for (const Value& value : values) {
    const std::string text = to_string(value);
    EXPECT_EQ(parse_value(value.type, text), value) << text;
    const std::string without_type = text.substr(text.find(':') + 1);
    EXPECT_EQ(parse_value(value.type, without_type), value) << without_type;
  }
  EXPECT_FALSE(parse_value(ValType::i32, "i64:1"));
  EXPECT_FALSE(parse_value(ValType::i32, "i32:"));
}

TEST(Arguments, NoFloats) {
  for (const char* text : {"", "-", "0x", "1.5f", "--1", "-+1", "0x-1", "1,5", "e", "nan:arithmetic", "nan:0x0",
                           "nan:", "1__0", "1 (;;)", "1e999", "0x1p", "+nan:canonical"})
    EXPECT_FALSE(parse_value(ValType::f64, text)) << text;
}

TEST(Arguments, References) {
  EXPECT_EQ(parse_value(ValType::funcref, "null"), Value::null(ValType::funcref));
  EXPECT_EQ(parse_value(ValType::externref, "1"), Value::externref(1));
  EXPECT_FALSE(parse_value(ValType::externref, "-1"));
  EXPECT_FALSE(parse_value(ValType::funcref, "1"));
}

TEST(Arguments, NoVectors) {
  for (const char* text : {"0", "0x", "0x0123456789abcdef0123456789abcde", "0x0123456789abcdef0123456789abcdefa",
                           "0x0123456789abcdef0123456789abcd_f", "0123456789abcdef0123456789abcdef"})
    EXPECT_FALSE(parse_value(ValType::v128, text)) << text;
}

TEST(Arguments, ListsSayWhatIsWrong) {
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
}  // namespace weft::cli
