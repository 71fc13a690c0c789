// SPDX-License-Identifier: Apache-2.0
#include "interp/value.h"

#include <gtest/gtest.h>

#include <limits>

namespace weft {
namespace {

TEST(Value, Text) {
  struct Case {
    Value value;
    const char* text;
  };
  const auto f32_bits = [](uint32_t bits) { return Value{ValType::f32, bits, 0}; };
  const auto f64_bits = [](uint64_t bits) { return Value{ValType::f64, bits, 0}; };
  const Case cases[] = {
      {Value::i32(0), "i32:0"},
      {Value::i32(0xffffffff), "i32:-1"},
      {Value::i32(0x80000000), "i32:-2147483648"},
      {Value::i64(0xffffffff), "i64:4294967295"},
      {Value::i64(0x8000000000000000), "i64:-9223372036854775808"},
      {Value::f32(1.5f), "f32:0x1.8p+0"},
      {Value::f32(0.0f), "f32:0x0p+0"},
      {Value::f32(-0.0f), "f32:-0x0p+0"},
      {Value::f64(-1), "f64:-0x1p+0"},
      {Value::f64(0.1), "f64:0x1.999999999999ap-4"},
      {Value::f32(std::numeric_limits<float>::infinity()), "f32:inf"},
      {Value::f64(-std::numeric_limits<double>::infinity()), "f64:-inf"},
      {f32_bits(0x7fc00000), "f32:nan:canonical"},
      {f32_bits(0xffc00000), "f32:-nan:canonical"},
      {f32_bits(0x7fa00001), "f32:nan:0x200001"},
      {f64_bits(0x7ff8000000000000), "f64:nan:canonical"},
      {f64_bits(0xfff8123456789abc), "f64:-nan:0x8123456789abc"},
      {Value::v128(0x0123456789abcdef, 0xfedcba9876543210), "v128:0xfedcba98765432100123456789abcdef"},
      {Value::null(ValType::funcref), "funcref:null"},
      {Value::null(ValType::externref), "externref:null"},
      {Value::externref(0), "externref:0"},
      {Value::externref(7), "externref:7"},
  };
  for (const Case& c : cases) EXPECT_EQ(to_string(c.value), c.text);
}

TEST(Value, BitsGoInAndOutUnchanged) {
  EXPECT_EQ(Value::i32(0xfedcba98).lo, 0xfedcba98u) << "zero-extended";
  EXPECT_EQ(Value::i32(0xfedcba98).as_i32(), 0xfedcba98u);
  EXPECT_EQ(Value::f32(-0.0f).lo, 0x80000000u);
  EXPECT_EQ(Value::f64(-0.0).as_i64(), 0x8000000000000000u);
  EXPECT_EQ(Value::externref(41).as_externref(), 41u);
  EXPECT_FALSE(Value::externref(0).is_null());
  EXPECT_TRUE(Value::funcref(nullptr).is_null());
  EXPECT_FALSE(Value::i32(0).is_null()) << "only references can be null";
  EXPECT_NE(Value::i32(1), Value::i64(1));
}

}  // namespace
}  // namespace weft
