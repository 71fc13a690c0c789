// SPDX-License-Identifier: Apache-2.0
//
// Waits, notifies and the length of the memory in the model; what the machines do with them.
#include <gmock/gmock.h>

#include "suite/tests/model_support.h"

namespace weft::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

/// The set that Wasm and both machines have in common.
std::vector<std::string> everywhere(const Notation& notation) {
  const model::Judgement judgement = judge(notation);
  EXPECT_EQ(to_texts(judgement.wasm), to_texts(judgement.sc)) << notation.to_text();
  EXPECT_EQ(to_texts(judgement.wasm), to_texts(judgement.tso)) << notation.to_text();
  return to_texts(judgement.wasm);
}

TEST(ModelSuspension, NoWakeUpIsLost) {
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0", "W4s[x]=1; notify[x],1->r0"}}),
              ElementsAre("0:r0=0 1:r0=1", "0:r0=1 1:r0=0"));
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0", "W4u[x]=1; notify[x],1->r0"}}),
              ElementsAre("0:r0=0 1:r0=1", "0:r0=1 1:r0=0"));
}

TEST(ModelSuspension, TimeoutsLeaveTheQueue) {
  EXPECT_THAT(everywhere({{"wait4[x],0,5->r0; wait4[x],0,-1->r1", "notify[x],1->r0"}}),
              ElementsAre("0:r0=0 1:r0=1 T0=blocked", "0:r0=2 0:r1=0 1:r0=1", "0:r0=2 1:r0=0 T0=blocked"));
  EXPECT_THAT(everywhere({{"wait4[x],0,5->r0", "wait4[x],0,-1->r0", "notify[x],1->r0"}}),
              ElementsAre("0:r0=0 2:r0=1 T1=blocked", "0:r0=2 1:r0=0 2:r0=1", "0:r0=2 2:r0=0 T1=blocked"));
  EXPECT_THAT(everywhere({{"wait4[x],0,0->r0"}}), ElementsAre("0:r0=2"));
  EXPECT_THAT(everywhere({{"wait4[x],0,5->r0; R4u[y]->r1", "W4s[y]=1"}}),
              ElementsAre("0:r0=2 0:r1=0", "0:r0=2 0:r1=1"));
}

TEST(ModelSuspension, TheQueueIsOfTheAddressWhateverTheWidth) {
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0", "wait8[x],0,-1->r0", "notify[x],2->r0"}}),
              ElementsAre("0:r0=0 1:r0=0 2:r0=2", "0:r0=0 2:r0=1 T1=blocked", "1:r0=0 2:r0=1 T0=blocked",
                          "2:r0=0 T0=blocked T1=blocked"));
  EXPECT_THAT(everywhere({{"wait8[x],0,-1->r0", "notify[x+4],1->r0"}}), ElementsAre("1:r0=0 T0=blocked"));
}

TEST(ModelSuspension, TheOldestIsWokenFirst) {
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0", "R4s[y]->r1; assume r1==1; wait4[x],0,-1->r0",
                           "W4s[y]=1; notify[x],1->r0; notify[x],1->r1"}}),
              ElementsAre("0:r0=0 1:r0=0 1:r1=1 2:r0=1 2:r1=1", "0:r0=0 1:r1=1 2:r0=0 2:r1=1 T1=blocked",
                          "0:r0=0 1:r1=1 2:r0=1 2:r1=0 T1=blocked", "1:r0=0 1:r1=1 2:r0=0 2:r1=1 T0=blocked",
                          "1:r0=0 1:r1=1 2:r0=1 2:r1=0 T0=blocked", "1:r1=1 2:r0=0 2:r1=0 T0=blocked T1=blocked"));
  // Both are in the queue before the first is woken, or they would not find 0.
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0", "wait4[x],0,-1->r0", "W4s[x]=1; notify[x],1->r0; notify[x],1->r1"}}),
              Contains("0:r0=0 1:r0=0 2:r0=1 2:r1=1"));
  // The first is surely in the queue before the second.
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0; W4s[z]=1", "notify[x],1->r0; assume r0==1; R4s[z]->r1"}}),
              ElementsAre("0:r0=0 1:r0=1 1:r1=0", "0:r0=0 1:r0=1 1:r1=1"));
}

TEST(ModelSuspension, NotifiesPublish) {
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0; R4u[y]->r1", "W4u[y]=1; notify[x],1->r0"}}),
              ElementsAre("0:r0=0 0:r1=1 1:r0=1", "1:r0=0 T0=blocked"));
  // Also empty ones.
  EXPECT_THAT(allowed({{"W4u[x]=1; notify[z],1->r0; R4u[y]->r1", "W4u[y]=1; notify[z],1->r0; R4u[x]->r1"}}),
              Not(Contains("0:r0=0 0:r1=0 1:r0=0 1:r1=0")));
  EXPECT_TRUE(*judge({{"wait4[x],0,-1->r0; R4u[y]->r1", "W4u[y]=1; notify[x],1->r0"}}).is_race_free);
}

TEST(ModelSuspension, AWaitThatFindsAnotherValueOnlyReads) {
  const Notation notation{{"W4u[y]=1; notify[x],1->r0; R4u[z]->r1", "W4u[z]=1; wait4[x],5,-1->r0; R4u[y]->r1"}};
  EXPECT_THAT(allowed(notation), Contains("0:r0=0 0:r1=0 1:r0=1 1:r1=0"));
  EXPECT_THAT(allowed(notation, {.js = true}), Not(Contains("0:r0=0 0:r1=0 1:r0=1 1:r1=0")));
}

TEST(ModelSuspension, NotifyZeroWakesNobody) {
  EXPECT_THAT(everywhere({{"wait4[x],0,-1->r0", "notify[x],0->r0"}}), ElementsAre("1:r0=0 T0=blocked"));
}

TEST(ModelLength, SizesAreCoherentAndSynchronise) {
  EXPECT_THAT(everywhere({{"grow 1->r0", "size->r0; size->r1"}}),
              ElementsAre("0:r0=1 1:r0=1 1:r1=1", "0:r0=1 1:r0=1 1:r1=2", "0:r0=1 1:r0=2 1:r1=2"));
  EXPECT_THAT(everywhere({{"grow 1->r0", "grow 1->r0"}, "", "size->s"}),
              ElementsAre("0:r0=1 1:r0=2 M:s=3", "0:r0=2 1:r0=1 M:s=3"));
  EXPECT_THAT(everywhere({{"W4u[x]=1; grow 1->r0", "size->r0; assume r0==2; R4u[x]->r1"}}),
              ElementsAre("0:r0=1 1:r0=2 1:r1=1"));
}

TEST(ModelLength, GrowFailsBeyondTheMaximumOrWhereAskedFor) {
  EXPECT_THAT(everywhere({{"grow 9->r0; size->r1"}}), ElementsAre("0:r0=-1 0:r1=1"));
  EXPECT_THAT(everywhere({{"grow 3->r0", "grow 1->r0"}, "", "size->s"}),
              ElementsAre("0:r0=-1 1:r0=1 M:s=2", "0:r0=1 1:r0=-1 M:s=4"));
  EXPECT_THAT(everywhere({{"grow 0->r0; grow 1->r1"}}), ElementsAre("0:r0=1 0:r1=1"));
  EXPECT_THAT(everywhere({.threads = {"grow 1->r0"}, .after = "size->s", .grow_may_fail = true}),
              ElementsAre("0:r0=-1 M:s=1", "0:r0=1 M:s=2"));
}

TEST(ModelLength, BoundsChecksAreNotOrdered) {
  EXPECT_THAT(allowed({{"grow 1->r0", "R1s[65536]->r0; R1s[65536]->r1"}}), Contains("0:r0=1 1:r0=0 T1=trap"));
  EXPECT_THAT(allowed({{"grow 1->r0; W4s[y]=1", "R4s[y]->r0; assume r0==1; R1u[65536]->r1"}}),
              ElementsAre("0:r0=1 1:r0=1 1:r1=0"));
  // The zeros of the new page may hide what was stored there.
  EXPECT_THAT(allowed({{"grow 1->r0", "W1s[65536]=7; R1s[65536]->r0"}}),
              ElementsAre("0:r0=1 1:r0=0", "0:r0=1 1:r0=7", "0:r0=1 T1=trap"));
}

TEST(ModelMachine, ReadsOfTheLengthDoNotEmptyTheQueueOfStores) {
  const model::Judgement plain = judge({{"W4u[x]=1; size->r0", "grow 1->r0; R4u[x]->r1"}});
  EXPECT_THAT(to_texts(plain.tso), Contains("0:r0=1 1:r0=1 1:r1=0"));
  EXPECT_THAT(to_texts(plain.sc), Not(Contains("0:r0=1 1:r0=1 1:r1=0")));
  EXPECT_THAT(to_texts(judge({{"W4s[x]=1; size->r0", "grow 1->r0; R4s[x]->r1"}}).tso),
              Not(Contains("0:r0=1 1:r0=1 1:r1=0")));
}

TEST(ModelMachine, StoresWaitOnlyInTheQueueOfTso) {
  const auto is_weak = [](const std::string& one, const std::string& other, const std::string& outcome) {
    const model::Judgement judgement = judge({{one, other}});
    EXPECT_THAT(to_texts(judgement.sc), Not(Contains(outcome)));
    const auto tso = to_texts(judgement.tso);
    return std::find(tso.begin(), tso.end(), outcome) != tso.end();
  };
  const std::string weak = "0:r0=0 1:r0=0";
  EXPECT_TRUE(is_weak("W4u[x]=1; R4u[y]->r0", "W4u[y]=1; R4u[x]->r0", weak));
  EXPECT_TRUE(is_weak("W4u[x]=1; R4s[y]->r0", "W4u[y]=1; R4s[x]->r0", weak)) << "an atomic load empties nothing";
  EXPECT_FALSE(is_weak("W4s[x]=1; R4u[y]->r0", "W4s[y]=1; R4u[x]->r0", weak));
  EXPECT_FALSE(is_weak("W4u[x]=1; fence; R4u[y]->r0", "W4u[y]=1; fence; R4u[x]->r0", weak));
  EXPECT_FALSE(is_weak("W4u[x]=1; W4u[y]=1", "R4u[y]->r0; R4u[x]->r1", "1:r0=1 1:r1=0"));
  // A load that its own store covers in part waits; one that it covers does not.
  EXPECT_FALSE(is_weak("W1u[x]=1; R2u[x]->r0", "W1u[x+1]=1; R2u[x]->r0", "0:r0=1 1:r0=256"));
  EXPECT_TRUE(is_weak("W2u[x]=1; R1u[x]->r1; R4u[y]->r0", "W4u[y]=1; R4u[x]->r0", "0:r0=0 0:r1=1 1:r0=0"));
}

TEST(ModelMachine, AccessesAreCutAtMultiplesOfEightOnTso) {
  const auto sizes = [](const std::string& access) {
    const model::Judgement judgement =
        judge({{"W" + access + "=0x02020202", "R" + access + "->r0"}, "W" + access + "=0x01010101"});
    return std::pair(judgement.sc->size(), judgement.tso->size());
  };
  EXPECT_EQ(sizes("4u[x+4]"), std::pair(size_t{2}, size_t{2}));
  EXPECT_EQ(sizes("4u[x+6]"), std::pair(size_t{2}, size_t{4}));
  EXPECT_EQ(sizes("2u[x+3]"), std::pair(size_t{2}, size_t{2}));
}

}  // namespace
}  // namespace weft::testing
