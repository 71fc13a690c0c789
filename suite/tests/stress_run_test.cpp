// SPDX-License-Identifier: Apache-2.0
//
// Litmus tests run for real, on our interpreter.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "suite/stress/fresh.h"
#include "suite/stress/histogram.h"
#include "suite/stress/in_place.h"
#include "suite/tests/stress_support.h"

namespace weft::stress {
namespace {

using ::testing::ElementsAre;
using testing::Notation;

const std::atomic<bool> kGoOn = false;

Observed in_place(const Notation& notation, uint64_t iterations, const std::atomic<bool>& interrupted = kGoOn) {
  const model::Litmus litmus = testing::to_litmus(notation);
  auto observed = run_in_place(litmus, testing::footprint_of(litmus), {.iterations = iterations}, interrupted);
  if (!observed) return {.outcomes = {}, .stuck = observed.error().message};
  return std::move(*observed);
}
Observed fresh(const Notation& notation, uint64_t iterations, const std::atomic<bool>& interrupted = kGoOn) {
  auto observed = run_fresh(testing::to_litmus(notation), {.iterations = iterations}, interrupted);
  if (!observed) return {.outcomes = {}, .stuck = observed.error().message};
  return std::move(*observed);
}

/// How often each outcome was seen.
std::vector<std::string> seen(const Observed& observed) {
  std::vector<std::string> all;
  for (const auto& [outcome, count] : observed.outcomes)
    all.push_back(fmt::format("{} {}", count, model::to_string(outcome)));
  if (!observed.stuck.empty()) all.push_back(observed.stuck);
  return all;
}

/// Each iteration has an outcome, or was dropped, and each outcome is allowed.
void expect_allowed(const Notation& notation, const Observed& observed, uint64_t iterations) {
  SCOPED_TRACE(notation.to_text());
  uint64_t sum = observed.dropped;
  for (const Bar& bar : make_histogram(observed, testing::judge(notation), nullptr)) {
    sum += bar.count;
    EXPECT_TRUE(bar.count == 0 || bar.verdict != Bar::Verdict::forbidden) << model::to_string(bar.outcome);
  }
  EXPECT_EQ(sum, iterations);
  EXPECT_EQ(observed.iterations, iterations);
  EXPECT_EQ(observed.stuck, "");
}

TEST(StressRun, EveryIterationIsCountedAndAllowed) {
  for (const Notation& notation : std::vector<Notation>{
           {{"W4s[x]=1; R4s[y]->r0", "W4s[y]=1; R4s[x]->r0"}},
           {{"W4u[x]=1; W4s[y]=1", "R4s[y]->r0; assume r0==1; R4u[x]->r1"}},
           {{"add1[x],1->r0", "add1[x],1->r0", "add1[x],1->r0"}, "", "R4u[x]->x"},
           {{"W8u[x]=0x0202020202020202", "R8u[x]->r0"}, "W8u[x]=0x0101010101010101"},
           {{"wait4[x],0,-1->r0", "W4s[x]=1; notify[x],1->r0"}},
       }) {
    expect_allowed(notation, in_place(notation, 12'345), 12'345);
    expect_allowed(notation, fresh(notation, 123), 123);
  }
}

TEST(StressRun, TheMainThreadIsThereBeforeAndAfter) {
  const Notation notation{{"add4[x],1->r0", "R4u[y]->r0"}, "W4u[x]=5; W4u[y]=7", "R4u[x]->x"};
  EXPECT_THAT(seen(in_place(notation, 5000)), ElementsAre("5000 0:r0=5 1:r0=7 M:x=6"));
  EXPECT_THAT(seen(fresh(notation, 50)), ElementsAre("50 0:r0=5 1:r0=7 M:x=6"));
  // Of what it alone accesses each cell has its own, too.
  const Notation alone{{"W4u[x]=1", "R4u[y]->r0"}, "W4u[w]=5", "R4u[w]->w; R4u[z]->z; add4[w],1->old"};
  EXPECT_THAT(seen(in_place(alone, 20'000)), ElementsAre("20000 1:r0=0 M:old=5 M:w=5 M:z=0"));
}

TEST(StressRun, TrapsAndThreadsThatStayAsleepAreOutcomesOfANewMemory) {
  EXPECT_THAT(seen(fresh({{"R4u[x]->r0; R4s[x+2]->r1", "R4u[y]->r0"}}, 50)), ElementsAre("50 0:r0=0 1:r0=0 T0=trap"));
  EXPECT_THAT(seen(fresh({{"wait4[x],0,-1->r0", "R4u[y]->r0"}}, 50)), ElementsAre("50 1:r0=0 T0=blocked"));
  EXPECT_THAT(seen(fresh({{"grow 1->r0; size->r1", "R4u[x]->r0"}}, 50)), ElementsAre("50 0:r0=1 0:r1=2 1:r0=0"));
}

TEST(StressRun, WhereTheMainThreadEndsTheTestDoes) {
  EXPECT_THAT(seen(fresh({{"R4u[x]->r0"}, "R4s[x+1]->p"}, 50)), ElementsAre("50 TM=trap"));
  EXPECT_THAT(seen(fresh({{"R4u[x]->r0"}, "wait4[x],0,-1->p"}, 50)), ElementsAre("50 TM=blocked"));
  EXPECT_THAT(seen(fresh({{"R4u[x]->r0"}, "", "wait4[x],0,-1->p"}, 50)), ElementsAre("50 0:r0=0 TM=blocked"));
  const Observed dropped = fresh({{"R4u[x]->r0"}, "R4u[x]->p; assume p==1"}, 50);
  EXPECT_THAT(seen(dropped), ElementsAre());
  EXPECT_EQ(dropped.dropped, 50U);
}

TEST(StressRun, InPlaceTheFirstThreadThatStaysAsleepIsTheEnd) {
  const Observed asleep = in_place({{"wait4[x],0,-1->r0", "R4u[y]->r0"}}, 5000);
  EXPECT_THAT(seen(asleep), ElementsAre("1 1:r0=0 T0=blocked", "all threads were asleep"));
  EXPECT_EQ(asleep.iterations, 1U);
}

TEST(StressRun, InPlaceATrapIsTheEnd) {
  const Observed trapped = in_place({{"R4s[x+2]->r0", "R4u[y]->r0"}}, 5000);
  EXPECT_THAT(seen(trapped), ElementsAre("a thread trapped: unaligned atomic"));
}

TEST(StressRun, EndsWhenInterrupted) {
  const std::atomic<bool> interrupted = true;
  EXPECT_EQ(in_place({{"W4u[x]=1", "R4u[x]->r0"}}, 5000, interrupted).iterations, 0U);
  EXPECT_EQ(fresh({{"W4u[x]=1", "R4u[x]->r0"}}, 5000, interrupted).iterations, 0U);
}

TEST(StressRun, WhatCannotBeLoopedSaysWhy) {
  EXPECT_EQ(in_place({{"grow 1->r0", "R4u[x]->r0"}}, 5000).stuck, "it has memory.grow");
}

}  // namespace
}  // namespace weft::stress
