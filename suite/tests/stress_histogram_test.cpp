// SPDX-License-Identifier: Apache-2.0
//
// Counting what was written down, and the verdicts.
#include "suite/stress/histogram.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "suite/stress/tally.h"
#include "suite/tests/stress_support.h"

namespace weft::stress {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const model::Outcome kOne{{"0:r0", "1"}}, kTwo{{"0:r0", "2"}}, kThree{{"0:r0", "3"}}, kFour{{"0:r0", "4"}};

std::vector<std::string> lines(const std::vector<Bar>& bars) {
  std::vector<std::string> all;
  for (const Bar& bar : bars)
    all.push_back(fmt::format("{} {}: {}", bar.count, model::to_string(bar.outcome), describe(bar)));
  return all;
}

TEST(StressHistogram, JudgesWhatWasSeenAndNamesWhatWasNot) {
  const model::Judgement judgement{
      .wasm = {{kOne, kTwo, kThree}}, .sc = {{kOne}}, .tso = {}, .is_race_free = {}, .unknown = {}};
  EXPECT_THAT(
      lines(make_histogram({.outcomes = {{kOne, 5}, {kTwo, 6}, {kFour, 7}}, .stuck = {}}, judgement, nullptr)),
      ElementsAre("5 0:r0=1: allowed", "6 0:r0=2: allowed, weak", "0 0:r0=3: never seen, weak", "7 0:r0=4: FORBIDDEN"));
  EXPECT_THAT(lines(make_histogram({.outcomes = {}, .stuck = {}}, judgement, nullptr)),
              ElementsAre("0 0:r0=1: never seen", "0 0:r0=2: never seen, weak", "0 0:r0=3: never seen, weak"));
}

TEST(StressHistogram, WhatOnlyTheMissingRuleForFencesAllowsIsUnexpected) {
  const model::Judgement judgement{
      .wasm = {{kOne, kTwo, kThree}}, .sc = {{kOne}}, .tso = {}, .is_race_free = {}, .unknown = {}},
      ordered{.wasm = {{kOne, kThree}}, .sc = {{kOne}}, .tso = {}, .is_race_free = {}, .unknown = {}};
  EXPECT_THAT(
      lines(make_histogram({.outcomes = {{kOne, 1}, {kTwo, 1}, {kThree, 1}}, .stuck = {}}, judgement, &ordered)),
      ElementsAre("1 0:r0=1: allowed", "1 0:r0=2: allowed by the draft, unexpected in practice",
                  "1 0:r0=3: allowed, weak"));
}

TEST(StressTally, CountsTheRecordsOfAllParts) {
  const model::Litmus litmus =
      testing::to_litmus({{"W4u[x]=1; assume r0!=9; R4u[y]->r0", "R4u[x]->r0"}, "", "R4u[x]->x"});
  const auto modules = make_stress_modules(litmus, testing::footprint_of(litmus), false);
  ASSERT_TRUE(modules);
  ASSERT_EQ(modules->parts.size(), 3U);
  const auto memory = testing::new_memory(modules->layout.pages);
  // Registers are i64 of which bit i of "assigned" says that there is one.
  const auto write = [&](uint32_t part, uint32_t cell, uint64_t value, bool dropped = false) {
    const Record& record = modules->records[part];
    const uint64_t at = modules->layout.out[part] + uint64_t{cell} * record.size();
    for (const Record::Field& field : record.fields()) {
      const uint64_t number = field.name == "assigned" ? 1 : field.name == "dropped" ? uint64_t{dropped} : value;
      if (field.width() == 4) memory->store(at + field.offset, static_cast<uint32_t>(number));
      if (field.width() == 8) memory->store(at + field.offset, number);
    }
  };
  for (uint32_t cell = 0; cell < 4; ++cell) write(0, cell, 0, cell == 2), write(1, cell, cell == 1), write(2, cell, 1);
  Tally tally;
  tally.add(*memory, *modules, 3);
  tally.add(*memory, *modules, 4);
  Observed observed;
  tally.tell(*modules, observed);
  EXPECT_EQ(observed.iterations, 7U);
  EXPECT_EQ(observed.dropped, 2U);
  EXPECT_THAT(observed.outcomes,
              UnorderedElementsAre(Pair(model::Outcome{{"0:r0", "0"}, {"1:r0", "0"}, {"M:x", "1"}}, 3),
                                   Pair(model::Outcome{{"0:r0", "0"}, {"1:r0", "1"}, {"M:x", "1"}}, 2)));
}

}  // namespace
}  // namespace weft::stress
