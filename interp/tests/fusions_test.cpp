// SPDX-License-Identifier: Apache-2.0
//
// What instructions that one handler executes may leave out: the rule for NaNs, where nobody can see it.
#include "interp/fusions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "interp/handler_table.h"
#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

using fusion_list::Pattern;

template <class... More>
bool may_leave_any_nan(Pattern first, More... more) {
  return weft::may_leave_any_nan(std::array{first.code, more.code...}, 0);
}

TEST(Fusions, AnyNanWhereNobodySeesIt) {
  const Pattern mul(Op::f64_mul, "a=ss");
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Op::f64_add, "a=as")));
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Op::f64_sub, "s=sa"))) << "whatever becomes of the next result";
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Op::f64_sqrt, "a=a")));
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Op::f32_demote_f64, "a=a")));
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Op::i32_trunc_sat_f64_s, "a=a")));
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Form::branch, Op::f64_lt, "as")));
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Op::f64_mul, "a=ss"), Pattern(Op::f64_add, "a=ap")))
      << "as the value before";
  EXPECT_TRUE(may_leave_any_nan(mul, Pattern(Op::i32_add, "a=ai"), Pattern(Op::f32_mul, "a=as"),
                                Pattern(Op::f64_load, "a=a"), Pattern(Op::f64_sub, "a=pa")));
}

TEST(Fusions, TheCanonicalNanElsewhere) {
  const Pattern mul(Op::f64_mul, "a=ss");
  EXPECT_FALSE(may_leave_any_nan(Pattern(Op::f64_mul, "s=ss"), Pattern(Op::f64_add, "a=as"))) << "it is in a slot, too";
  EXPECT_FALSE(may_leave_any_nan(mul, Pattern(Op::i32_add, "a=ai"))) << "who takes it is not known";
  EXPECT_FALSE(may_leave_any_nan(mul, Pattern(Op::f64_mul, "a=ss")));
  for (const Op op : {Op::f64_neg, Op::f64_abs, Op::i64_reinterpret_f64}) {
    EXPECT_FALSE(may_leave_any_nan(mul, Pattern(op, "a=a"))) << info(op).text;
  }
  EXPECT_FALSE(may_leave_any_nan(mul, Pattern(Op::f64_copysign, "a=as")));
  EXPECT_FALSE(may_leave_any_nan(mul, Pattern(Op::f64_store, "sa")));
  EXPECT_FALSE(may_leave_any_nan(mul, Pattern(Internal::copy_f64, "a"))) << "a move shows it";
  EXPECT_FALSE(may_leave_any_nan(Pattern(Op::f64_neg, "a=s"), Pattern(Op::f64_add, "a=as"))) << "and computes nothing";
}

WEFT_BOTH_ENGINES(FusedNans);

// The second operator sees what the first one gives: for all pairs, whether one handler executes them or not.
TEST_P(FusedNans, AreWhatTheSpecificationSays) {
  const std::vector<Code> seconds = {
      {local_get(2), Op::f64_add},
      {local_get(2), Op::f64_sub},
      {local_get(2), Op::f64_mul},
      {Op::f64_neg},
      {Op::f64_abs},
      {local_get(2), Op::f64_copysign},
      {Op::f64_sqrt},
      {},
  };
  constexpr uint64_t kCanonical = 0x7ff8000000000000, kOther = 0xfff4000000000001;
  for (const Op first : {Op::f64_add, Op::f64_sub, Op::f64_mul, Op::f64_div}) {
    for (size_t i = 0; i < seconds.size(); ++i) {
      ModuleBuilder builder;
      builder.function("f", {{f64, f64, f64}, {i64}},
                       Code{local_get(0), local_get(1), first} + seconds[i] + Code{Op::i64_reinterpret_f64});
      Vm vm(builder, GetParam());
      ASSERT_NE(vm.instance, nullptr);
      const auto f64_of = [](uint64_t bits) { return Value{ValType::f64, bits, 0}; };
      vm.run("f", {f64_of(kOther), Value::f64(2), Value::f64(-1)});
      ASSERT_EQ(vm.agent.completion(), Completion::returned);
      const bool sets_sign = i == 3 || i == 5;  // neg, copysign
      EXPECT_EQ(vm.agent.results()[0].lo, kCanonical | uint64_t{sets_sign} << 63) << info(first).text << " and " << i;
    }
  }
}

// The row of a fusion that is written twice, or that no code has, would be for nothing.
TEST(Fusions, EachIsThereOnceAndFitsTogether) {
  std::vector<std::vector<CodeIndex>> all;
  for (const Fusion& fusion : kFusions) {
    std::vector<CodeIndex> indices;
    for (size_t k = 0; k < fusion.count; ++k) {
      EXPECT_TRUE(exists(fusion.codes[k])) << pattern_of(fusion.codes[k]);
      EXPECT_TRUE(k + 1 == fusion.count || goes_on(fusion.codes[k])) << pattern_of(fusion.codes[k]);
      indices.push_back(index_of(fusion.codes[k]));
    }
    all.push_back(indices);
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

}  // namespace
}  // namespace weft
