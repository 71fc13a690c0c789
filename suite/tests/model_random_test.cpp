// SPDX-License-Identifier: Apache-2.0
//
// What must hold of every program, on random ones: the model is what its rules say literally, machines that runtimes
// run on do no more than it allows, and more order never allows more.
#include <gtest/gtest.h>

#include <algorithm>

#include "suite/model/machine.h"
#include "suite/tests/model_brute_force.h"
#include "suite/tests/model_support.h"

namespace weft::testing {
namespace {

using model::Judgement;
using model::Variant;

constexpr unsigned kSeed = 20260422;

#if defined(WEFT_SANITIZED)
constexpr unsigned kPart = 5;  // what the sanitizers see of it is the same soon
#else
constexpr unsigned kPart = 1;
#endif

/// Calls `check` with so many programs of each shape.
template <class Check>
void for_programs(const std::vector<ProgramShape>& shapes, unsigned count, Check check) {
  count = std::max(1U, count / kPart);
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

/// `words`: reads of 4 bytes have any bytes.
void expect_is_literal(const Notation& program, bool words = false) {
  const model::Litmus litmus = to_litmus(program);
  // What comes out of thin air, which no rule forbids, are the program's constants.
  std::set<uint8_t> bytes;
  for (const model::Bytes& constant : litmus.constants) bytes.insert(constant.begin(), constant.end());
  const BruteForce literal = enumerate(litmus, bytes, words);
  const Judgement judgement = judge(program);
  const auto texts = to_texts(judgement.wasm);
  EXPECT_EQ((std::set<std::string>(texts.begin(), texts.end())), literal.outcomes);
  EXPECT_EQ(judgement.is_race_free, !literal.has_race);
}

TEST(ModelRandom, ByteProgramsAreAsTheRulesSayLiterally) {
  for_programs({{.threads = 2, .operations = 3, .dependencies = true}, {.threads = 3, .operations = 2}}, 100,
               [](const Notation& program) { expect_is_literal(program); });
}

TEST(ModelRandom, MixedSizesAreAsTheRulesSayLiterally) {
  for_programs({{.threads = 2, .operations = 2, .widths = {1, 2}, .overlapping = true},
                {.threads = 2, .operations = 3, .widths = {1, 2}, .overlapping = true, .rmws = false}},
               100, [](const Notation& program) { expect_is_literal(program); });
}

TEST(ModelRandom, OverlappingUpdatesAreAsTheRulesSayLiterally) {
  for_programs({{.threads = 2, .operations = 2, .widths = {1, 2}, .overlapping = true, .bitwise = true},
                {.threads = 3, .operations = 1, .widths = {1, 2}, .overlapping = true, .bitwise = true}},
               400, [](const Notation& program) { expect_is_literal(program); });
}

// A read may take some bytes of a write that it must guess, and others of one that is there, though later ones could
// give these, too.
TEST(ModelRandom, PartlyGuessedReadsAreAsTheRulesSayLiterally) {
  const std::vector<std::vector<std::string>> programs = {
      {"add2[x],1->r0", "add4[x],0x100->r0"},
      {"or2[x],1->r0", "or4[x],0x100->r0"},
      {"cas2[x],0x100,0x101->r0", "cas4[x],0,0x100->r0", "cas4[x],1,0x101->r0"},
      {"R4u[x]->r0;W4u[y]=0x100", "R4u[y]->r0;W4u[x]=r0|1;R4u[y]->r1"},
      {"R2u[x]->r0;W1u[y]=1", "R1u[y]->r0;W2u[x]=0x0101;R1u[y]->r1", "R1u[y]->r0;W2u[x]=0x0001;R1u[y]->r1"},
  };
  for (const auto& threads : programs) {
    const Notation program{.threads = threads};
    SCOPED_TRACE(program.to_text());
    expect_is_literal(program, true);
  }
}

TEST(ModelRandom, WaitsAreAsTheRulesSayLiterally) {
  const ProgramShape shape{.threads = 2, .operations = 2, .widths = {4}, .suspensions = true, .small_constants = true};
  for_programs({shape}, 150, [](const Notation& program) { expect_is_literal(program); });
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

// Steps that are apart from all that others may do are not interleaved; without a domain, all are.
TEST(ModelRandom, InterleavingLessMissesNothing) {
  std::vector<ProgramShape> shapes = kStraight;
  shapes.insert(shapes.end(), kSuspending.begin(), kSuspending.end());
  shapes.insert(shapes.end(), kGrowing.begin(), kGrowing.end());
  model::Domain unknown;
  unknown.always_synchronizes = true;
  for_programs(shapes, 100, [&unknown, i = 0U](Notation notation) mutable {
    // The main thread may have two ways to go before the others: its wait may be woken, for all that it knows.
    if (++i % 2 == 0) notation.before = "wait4[x],0,0->r0; add1[x],1->r1; add1[y],2->r2";
    const model::Litmus litmus = to_litmus(notation);
    const auto program = model::Program::create(litmus);
    ASSERT_TRUE(program) << program.error().message;
    const model::Domain domain = model::find_domain(**program, {});
    for (const model::Ordered ordered : {model::Ordered::sc, model::Ordered::tso})
      EXPECT_EQ(model::interleave(**program, domain, ordered), model::interleave(**program, unknown, ordered));
    EXPECT_EQ((*program)->limits.exceeded, "");
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
  EXPECT_GT(race_free, 40U / kPart);
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
