// SPDX-License-Identifier: Apache-2.0
//
// The proposal wide-arithmetic: 128-bit sums, differences and products, against the compiler's own.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(WideArithmetic);

__extension__ using uint128 = unsigned __int128;
__extension__ using int128 = __int128;

uint128 join(uint64_t low, uint64_t high) { return uint128{high} << 64 | low; }
std::string text(uint128 value) {
  return to_string(Value::i64(static_cast<uint64_t>(value))) + " " +
         to_string(Value::i64(static_cast<uint64_t>(value >> 64)));
}

const std::vector<uint64_t> kValues{0,
                                    1,
                                    2,
                                    0x7fffffff,
                                    0xffffffff,
                                    0x1'0000'0000,
                                    0x0123456789abcdef,
                                    0x7fffffffffffffff,
                                    0x8000000000000000,
                                    0xfedcba9876543210,
                                    0xffffffffffffffff};

ModuleBuilder all_four() {
  ModuleBuilder builder;
  const FuncType pairs{{i64, i64, i64, i64}, {i64, i64}}, factors{{i64, i64}, {i64, i64}};
  const Code four{local_get(0), local_get(1), local_get(2), local_get(3)}, two{local_get(0), local_get(1)};
  builder.function("add", pairs, four + Code{Op::i64_add128});
  builder.function("sub", pairs, four + Code{Op::i64_sub128});
  builder.function("mul_s", factors, two + Code{Op::i64_mul_wide_s});
  builder.function("mul_u", factors, two + Code{Op::i64_mul_wide_u});
  // (a·b) + (a·b), with operands of all kinds and results that go into locals.
  builder.function("twice", factors,
                   {local_get(0), local_get(1), Op::i64_mul_wide_u, local_set(1), local_set(0), local_get(0),
                    local_get(1), local_get(0), local_get(1), Op::i64_add128});
  builder.function("constants", {{}, {i64, i64}},
                   {i64_const(-1), i64_const(0), i64_const(1), i64_const(7), Op::i64_add128});
  builder.function("below", {{i64}, {i64}},
                   {i64_const(1000), local_get(0), i64_const(3), Op::i64_mul_wide_s, Op::i64_add, Op::i64_sub});
  return builder;
}

TEST_P(WideArithmetic, IsThatOf128Bits) {
  Vm vm(all_four(), GetParam());
  for (const uint64_t a : kValues) {
    for (const uint64_t b : kValues) {
      const std::vector<Value> factors{Value::i64(a), Value::i64(b)};
      const auto product = int128{static_cast<int64_t>(a)} * static_cast<int64_t>(b);
      ASSERT_EQ(vm.run("mul_s", factors), text(static_cast<uint128>(product))) << fmt::format("{:#x} {:#x}", a, b);
      ASSERT_EQ(vm.run("mul_u", factors), text(uint128{a} * b)) << fmt::format("{:#x} {:#x}", a, b);
      ASSERT_EQ(vm.run("twice", factors), text(uint128{a} * b * 2)) << fmt::format("{:#x} {:#x}", a, b);
      for (const uint64_t c : kValues) {
        for (const uint64_t d : kValues) {
          const std::vector<Value> pairs{Value::i64(a), Value::i64(b), Value::i64(c), Value::i64(d)};
          ASSERT_EQ(vm.run("add", pairs), text(join(a, b) + join(c, d)))
              << fmt::format("{:#x} {:#x} {:#x} {:#x}", a, b, c, d);
          ASSERT_EQ(vm.run("sub", pairs), text(join(a, b) - join(c, d)))
              << fmt::format("{:#x} {:#x} {:#x} {:#x}", a, b, c, d);
        }
      }
    }
  }
}

TEST_P(WideArithmetic, OperandsAndResults) {
  Vm vm(all_four(), GetParam());
  EXPECT_EQ(vm.run("constants"), "i64:0 i64:8");
  EXPECT_EQ(vm.run("below", {Value::i64(5)}), "i64:985");
  EXPECT_EQ(vm.run("below", {Value::i64(~uint64_t{0})}), "i64:1004") << "-3 and -1";
}

}  // namespace
}  // namespace weft
