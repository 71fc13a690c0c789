// SPDX-License-Identifier: Apache-2.0
//
// What must hold of every program, on random ones: the model is what its rules say literally, machines that runtimes
// run on do no more than it allows, and more order never allows more.
#include <gtest/gtest.h>

#include <algorithm>

#include "suite/tests/model_brute_force.h"
#include "suite/tests/model_support.h"

namespace weft::testing {
namespace {

using model::Judgement;
using model::Variant;

constexpr unsigned kSeed = 20260422;

/// Calls `check` with so many programs of each shape.
template <class Check>
void for_programs(const std::vector<ProgramShape>& shapes, unsigned count, Check check) {
  std::mt19937 random(kSeed);
  for (unsigned i = 0; i < count; ++i) {
    for (const ProgramShape& shape : shapes) {
      const Notation program = random_program(random, shape);
      SCOPED_TRACE(program.to_text());
      check(program);
    }
  }
}

const std::vector<ProgramShape> kStraight = {
    {.threads = 2, .operations = 3},
    {.threads = 3, .operations = 2},
    {.threads = 2, .operations = 3, .widths = {1, 2, 4}, .overlapping = true},
    {.threads = 2, .operations = 4, .dependencies = true},
    {.threads = 4, .operations = 2, .widths = {4}, .fences = true, .small_constants = true},
};
const std::vector<ProgramShape> kSuspending = {
    {.threads = 2, .operations = 3, .widths = {4}, .suspensions = true},
    {.threads = 3, .operations = 3, .widths = {1, 4}, .suspensions = true, .small_constants = true},
};
const std::vector<ProgramShape> kGrowing = {{.threads = 2, .operations = 3, .lengths = true},
                                            {.threads = 3, .operations = 2, .lengths = true}};

void expect_is_literal(const Notation& program) {
  const BruteForce literal = enumerate(to_litmus(program), 3);
  const Judgement judgement = judge(program);
  const auto texts = to_texts(judgement.wasm);
  EXPECT_EQ((std::set<std::string>(texts.begin(), texts.end())), literal.outcomes);
  EXPECT_EQ(judgement.is_race_free, !literal.has_race);
}

TEST(ModelRandom, ByteProgramsAreAsTheRulesSayLiterally) {
  for_programs({{.threads = 2, .operations = 3, .dependencies = true}, {.threads = 3, .operations = 2}}, 100,
               expect_is_literal);
}

TEST(ModelRandom, MixedSizesAreAsTheRulesSayLiterally) {
  for_programs({{.threads = 2, .operations = 2, .widths = {1, 2}, .overlapping = true},
                {.threads = 2, .operations = 3, .widths = {1, 2}, .overlapping = true, .rmws = false}},
               100, expect_is_literal);
}

TEST(ModelRandom, WaitsAreAsTheRulesSayLiterally) {
  const ProgramShape shape{.threads = 2, .operations = 2, .widths = {4}, .suspensions = true, .small_constants = true};
  for_programs({shape}, 150, expect_is_literal);
}

TEST(ModelRandom, MachinesDoNoMoreThanWasmAllows) {
  std::vector<ProgramShape> shapes = kStraight;
  shapes.insert(shapes.end(), kSuspending.begin(), kSuspending.end());
  shapes.insert(shapes.end(), kGrowing.begin(), kGrowing.end());
  for_programs(shapes, 40, [](const Notation& program) {
    const Judgement judgement = judge(program);
    ASSERT_TRUE(judgement.wasm) << judgement.unknown;
    EXPECT_TRUE(is_subset(judgement.sc, judgement.tso));
    EXPECT_TRUE(is_subset(judgement.tso, judgement.wasm));
    EXPECT_FALSE(judgement.sc->empty());
  });
}

TEST(ModelRandom, WithoutARaceOutcomesAreSequentiallyConsistent) {
  std::vector<ProgramShape> shapes = kStraight;
  shapes.insert(shapes.end(), kSuspending.begin(), kSuspending.end());
  unsigned race_free = 0;
  for_programs(shapes, 60, [&](Notation program) {
    // Race-free programs are rare: make most accesses atomic.
    for (std::string& thread : program.threads) {
      unsigned accesses = 0;
      for (char& c : thread) {
        if (c == 'u' && ++accesses % 3 != 0) c = 's';
      }
    }
    const Judgement judgement = judge(program);
    ASSERT_TRUE(judgement.wasm) << judgement.unknown;
    if (!*judgement.is_race_free) return;
    ++race_free;
    EXPECT_EQ(to_texts(judgement.wasm), to_texts(judgement.sc));
  });
  EXPECT_GT(race_free, 40U);
}

TEST(ModelRandom, AtomicProgramsOfOneWidthAreSequentiallyConsistent) {
  for_programs({{.threads = 3, .operations = 3}, {.threads = 4, .operations = 3, .rmws = false}}, 60,
               [](Notation program) {
                 for (std::string& thread : program.threads) std::replace(thread.begin(), thread.end(), 'u', 's');
                 const Judgement judgement = judge(program);
                 EXPECT_EQ(to_texts(judgement.wasm), to_texts(judgement.sc));
                 EXPECT_EQ(to_texts(judgement.tso), to_texts(judgement.sc));
                 EXPECT_EQ(judgement.is_race_free, true);
               });
}

TEST(ModelRandom, AStrongerAccessAllowsNoMore) {
  for_programs({{.threads = 2, .operations = 3}, {.threads = 3, .operations = 2, .widths = {4}}}, 30,
               [](const Notation& program) {
                 const auto before = judge(program).wasm;
                 for (size_t thread = 0; thread < program.threads.size(); ++thread) {
                   for (size_t at = 0; (at = program.threads[thread].find('u', at)) != std::string::npos; ++at) {
                     Notation stronger = program;
                     stronger.threads[thread][at] = 's';
                     EXPECT_TRUE(is_subset(judge(stronger).wasm, before)) << stronger.to_text();
                   }
                 }
               });
}

TEST(ModelRandom, VariantsAllowNoMore) {
  std::vector<ProgramShape> shapes = kStraight;
  shapes.insert(shapes.end(), kSuspending.begin(), kSuspending.end());
  for_programs(shapes, 15, [](const Notation& program) {
    const auto letter = judge(program).wasm;
    for (const Variant& variant : {Variant{.js = true}, Variant{.no_tear_init = true}, Variant{.ordered_fences = true}})
      EXPECT_TRUE(is_subset(judge(program, variant).wasm, letter));
  });
}

}  // namespace
}  // namespace weft::testing
