// SPDX-License-Identifier: Apache-2.0
//
// Litmus tests whose sets were worked out by hand from the rules.
#include <gmock/gmock.h>

#include "suite/tests/model_support.h"

namespace weft::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using Texts = std::vector<std::string>;

TEST(ModelLitmus, PlainAccessesAreNeitherOrderedNorCoherent) {
  EXPECT_THAT(allowed({{"W4u[x]=1; R4u[y]->r0", "W4u[y]=1; R4u[x]->r0"}}), Contains("0:r0=0 1:r0=0"));
  EXPECT_THAT(allowed({{"W4u[x]=1; W4u[y]=1", "R4u[y]->r0; R4u[x]->r1"}}), Contains("1:r0=1 1:r1=0"));
  EXPECT_THAT(allowed({{"R4u[x]->r0; W4u[y]=1", "R4u[y]->r0; W4u[x]=1"}}), Contains("0:r0=1 1:r0=1"));
  EXPECT_THAT(allowed({{"W4u[x]=1", "R4u[x]->r0; R4u[x]->r1"}}), Contains("1:r0=1 1:r1=0"));
  EXPECT_THAT(allowed({{"W4u[x]=1", "W4u[x]=2"}, "", "R4u[x]->a; R4u[x]->b"}), Contains("M:a=1 M:b=2"));
}

TEST(ModelLitmus, AtomicAccessesAreSequentiallyConsistent) {
  EXPECT_THAT(allowed({{"W4s[x]=1; R4s[y]->r0", "W4s[y]=1; R4s[x]->r0"}}),
              ElementsAre("0:r0=0 1:r0=1", "0:r0=1 1:r0=0", "0:r0=1 1:r0=1"));
  EXPECT_THAT(allowed({{"W4u[x]=1; W4s[y]=1", "R4s[y]->r0; skip r0!=1 1; R4u[x]->r1"}}),
              ElementsAre("1:r0=0", "1:r0=1 1:r1=1"));
  // Of two atomic writes that nothing but the total order relates an atomic read sees the later one, clause 1.
  EXPECT_THAT(allowed({{"W4s[x]=1; R4s[w]->r0", "W4s[w]=1; W4s[x]=2; R4s[z]->r0", "W4s[z]=1; R4s[x]->r0"}}),
              AllOf(Not(Contains("0:r0=0 1:r0=0 2:r0=1")), Contains("0:r0=0 1:r0=0 2:r0=2")));
  // By plain writes before: an atomic write behind one hides it from an atomic read, clause 2.
  EXPECT_THAT(allowed({{"W4s[x]=2; R4s[z]->r0", "W4s[z]=1; R4s[x]->r0"}, "W4u[x]=1; W4u[z]=7"}),
              Not(Contains("0:r0=7 1:r0=1")));
  // Of two atomic writes that a plain read comes after it sees the later one, clause 3.
  EXPECT_THAT(allowed({{"W4s[x]=1; W4s[y]=1", "W4s[x]=2; R4s[y]->r0; skip r0!=1 2; R4u[x]->r1; R4u[x]->r2"}}),
              ElementsAre("1:r0=0", "1:r0=1 1:r1=1 1:r2=1", "1:r0=1 1:r1=2 1:r2=2"));
}

TEST(ModelLitmus, AccessesOfOtherWidthsDoNotSynchronise) {
  EXPECT_THAT(allowed({{"W4u[x]=1; W1s[y]=1", "R4s[y]->r0; R4u[x]->r1"}}), Contains("1:r0=1 1:r1=0"));
  EXPECT_THAT(allowed({{"add1[x],1->r0", "add4[x],0x100->r0"}, "", "R4u[x]->x"}), Contains("0:r0=0 1:r0=0 M:x=256"));
}

TEST(ModelLitmus, FencesOrderNothingByTheLetter) {
  const Notation sb{{"W4u[x]=1; fence; R4u[y]->r0", "W4u[y]=1; fence; R4u[x]->r0"}};
  EXPECT_THAT(allowed(sb), Contains("0:r0=0 1:r0=0"));
  EXPECT_THAT(allowed(sb, {.ordered_fences = true}), ElementsAre("0:r0=0 1:r0=1", "0:r0=1 1:r0=0", "0:r0=1 1:r0=1"));
  const Notation iriw{{"W4u[x]=1", "W4u[y]=1", "R4u[x]->r0; fence; R4u[y]->r1", "R4u[y]->r0; fence; R4u[x]->r1"}};
  EXPECT_THAT(allowed(iriw, {.ordered_fences = true}), Contains("2:r0=1 2:r1=0 3:r0=1 3:r1=0"));
}

TEST(ModelLitmus, WhatIsTearFreeDependsOnTheAddress) {
  const auto torn = [](const std::string& access, const std::string& at) {
    const std::string preset = "W" + access + at + "=0x0403";
    return allowed({{"W" + access + at + "=0x0201", "R" + access + at + "->r0"}, preset}).size() == 4;
  };
  EXPECT_FALSE(torn("2u", "[x]"));
  EXPECT_FALSE(torn("2u", "[x+2]"));
  EXPECT_TRUE(torn("2u", "[x+1]"));
  EXPECT_TRUE(torn("2u", "[x+7]"));
  EXPECT_FALSE(torn("4u", "[x+4]"));
  EXPECT_TRUE(torn("4u", "[x+2]"));
  EXPECT_TRUE(torn("8u", "[x]"));
  EXPECT_FALSE(torn("8s", "[x]"));
  EXPECT_TRUE(torn("4f", "[x]"));
  EXPECT_TRUE(torn("16f", "[x]"));
}

TEST(ModelLitmus, ATearFreeReadTakesFromOneSuchWriteHoweverItFindsThem) {
  // The upper byte could come from the narrow write, but for what the reader does afterwards.
  const std::string one = "W2u[x]=0x0101", other = "W2u[x]=0x0202", reader = "R2u[x]->r0; W4s[y]=1",
                    narrow = "R4s[y]->r0; assume r0==1; W1u[x+1]=2";
  EXPECT_THAT(allowed({{one, other, reader, narrow}, "W2u[x]=0x0303"}),
              ElementsAre("2:r0=257 3:r0=1", "2:r0=514 3:r0=1", "2:r0=771 3:r0=1"));
  const std::string late = "R4u[z]->r0; R4u[z]->r1; R4u[z]->r2; R4u[z]->r3; R4u[z]->r4; ";
  const std::string zeros = "0:r0=0 0:r1=0 0:r2=0 0:r3=0 0:r4=0 ";
  EXPECT_THAT(allowed({{late + one, other, reader, narrow}, "W2u[x]=0x0303"}),
              ElementsAre(zeros + "2:r0=257 3:r0=1", zeros + "2:r0=514 3:r0=1", zeros + "2:r0=771 3:r0=1"));
}

TEST(ModelLitmus, BytesOfTheAllocationDoNotCount) {
  const Notation torn{{"W2u[x]=0x0101", "R2u[x]->r0"}};
  EXPECT_THAT(allowed(torn), ElementsAre("1:r0=0", "1:r0=1", "1:r0=256", "1:r0=257"));
  EXPECT_THAT(allowed(torn, {.no_tear_init = true}), ElementsAre("1:r0=0", "1:r0=257"));
}

TEST(ModelLitmus, NobodyRacesWithTheAllocationOrWithThemselves) {
  EXPECT_TRUE(*judge({{"R4u[x]->r0", "R4u[x]->r0"}}).is_race_free);
  EXPECT_TRUE(*judge({{"R4u[x]->r0", "R4u[x]->r0"}, "W4u[x]=1"}).is_race_free);
  EXPECT_TRUE(*judge({{"W4u[x]=1", "W4u[x+4]=1"}, "", "R8u[x]->x"}).is_race_free);
  EXPECT_FALSE(*judge({{"W4u[x]=1", "R1s[x+3]->r0"}}).is_race_free);
  EXPECT_FALSE(*judge({{"W4s[x]=1", "R2s[x]->r0"}}).is_race_free) << "of different widths";
}

TEST(ModelLitmus, RacesInExecutionsThatDoNotCountAreNone) {
  EXPECT_TRUE(*judge({{"W4u[y]=1; W4s[x]=1", "R4s[x]->r0; assume r0==1; R4u[y]->r1"}}).is_race_free);
  EXPECT_FALSE(*judge({{"W4u[y]=1; W4s[x]=1", "R4s[x]->r0; R4u[y]->r1"}}).is_race_free);
}

TEST(ModelLitmus, ThreadsThatDoNotReturnKeepWhatTheyRead) {
  EXPECT_THAT(allowed({{"R4u[x]->r0; R4s[x+2]->r1"}}), ElementsAre("0:r0=0 T0=trap"));
  EXPECT_THAT(allowed({{"R4u[y]->r1; wait4[x],0,-1->r0"}}), ElementsAre("0:r1=0 T0=blocked"));
  EXPECT_THAT(allowed({{"W1u[262144]=1; W1u[x]=1", "R1u[x]->r0"}}), ElementsAre("1:r0=0 T0=trap"));
}

TEST(ModelLitmus, TheMainThreadWaitsForAllOthers) {
  EXPECT_THAT(allowed({{"W4u[x]=1", "R4s[x+1]->r0"}, "", "R4u[x]->x"}), ElementsAre("M:x=1 T1=trap"));
  EXPECT_THAT(allowed({{"W4u[x]=1", "wait4[y],0,-1->r0"}, "", "R4u[x]->x"}), ElementsAre("T1=blocked"));
  EXPECT_THAT(allowed({{"R4u[x]->r0"}, "R4s[x+1]->r0"}), ElementsAre("TM=trap"));
  EXPECT_THAT(allowed({{"R4u[x]->r0"}, "wait4[x],0,-1->r0"}), ElementsAre("TM=blocked"));
}

TEST(ModelLitmus, NumbersAreAsTheyWereLoaded) {
  EXPECT_THAT(allowed({{"W8u[x]=-1; R8u[x]->r0; R4u[x]->r1; r2=r1-r1-1"}}),
              ElementsAre("0:r0=18446744073709551615 0:r1=4294967295 0:r2=-1"));
  EXPECT_THAT(allowed({{"W16f[x]=0xff000000000000000000000000000001; R16f[x]->r0; R4f[x]->r1; R8f[x+8]->r2"}}),
              ElementsAre("0:r0=338953138925153547590470800371487866881 0:r1=1 0:r2=18374686479671623680"));
}

TEST(ModelLitmus, ValuesOutOfThinAirAreThoseTheProgramNames) {
  const std::string copy_x = "R4u[x]->r0; W4u[y]=r0", copy_y = "R4u[y]->r0; W4u[x]=r0";
  EXPECT_THAT(allowed({{copy_x, copy_y}}), ElementsAre("0:r0=0 1:r0=0"));
  EXPECT_THAT(allowed({{copy_x, copy_y, "skip 0==0 1; W4u[z]=42"}}), ElementsAre("0:r0=0 1:r0=0", "0:r0=42 1:r0=42"));
  EXPECT_THAT(allowed({{"R4u[x]->r0; skip r0!=1 1; W4u[y]=1", "R4u[y]->r0; skip r0!=1 1; W4u[x]=1"}}),
              ElementsAre("0:r0=0 1:r0=0", "0:r0=1 1:r0=1"));
  // Never an end of values, were each step not a write.
  EXPECT_THAT(allowed({{"R4u[x]->r0; W4u[x]=r0+1", "R4u[x]->r0; W4u[x]=r0+1"}}),
              ElementsAre("0:r0=0 1:r0=0", "0:r0=0 1:r0=1", "0:r0=1 1:r0=0"));
}

TEST(ModelLitmus, CyclesNeedValuesThatTakeSeveralStepsToMake) {
  // 2 is a constant, and 4 comes of it by two steps.
  EXPECT_THAT(
      allowed({{"R4u[x]->r0; assume r0==2+2; W4u[y]=1+1", "R4u[y]->r0; W4u[z]=r0+1", "R4u[z]->r0; W4u[x]=r0+1"}}),
      ElementsAre("0:r0=4 1:r0=2 2:r0=3"));
}

// What the others find is not known beforehand: it depends on the way that the main thread takes.
TEST(ModelLitmus, TheMainThreadMayHaveSeveralWaysBefore) {
  const model::Judgement grown = judge({.threads = {"W4u[x]=2; R4u[y]->r0", "W4u[y]=1; R4u[x]->r0"},
                                        .before = "grow 1->r0",
                                        .pages = 0,
                                        .grow_may_fail = true});
  EXPECT_THAT(to_texts(grown.sc), ElementsAre("0:r0=0 1:r0=2", "0:r0=1 1:r0=0", "0:r0=1 1:r0=2", "T0=trap T1=trap"));
  EXPECT_THAT(to_texts(grown.wasm),
              ElementsAre("0:r0=0 1:r0=0", "0:r0=0 1:r0=2", "0:r0=1 1:r0=0", "0:r0=1 1:r0=2", "T0=trap T1=trap"));
  const std::string before = "wait4[x],0,0->r9; add4[y],1->r1; add4[y],1->r2; add4[y],1->r3";
  EXPECT_THAT(
      allowed({.threads = {"R4u[z]->r0; R4u[y]->r1; W4u[w]=r1+100", "R4u[w]->r0; W4u[z]=r0"}, .before = before}),
      ElementsAre("0:r0=0 0:r1=3 1:r0=0", "0:r0=0 0:r1=3 1:r0=103", "0:r0=103 0:r1=3 1:r0=103"));
}

TEST(ModelLitmus, LoopsWithoutEndAreUnknown) {
  // The notation has no loops: more events than there is room for.
  std::string many;
  for (int i = 0; i < 70; ++i) many += "W4s[x]=1;";
  const model::Judgement judgement = judge({{many}});
  EXPECT_FALSE(judgement.wasm || judgement.sc || judgement.tso || judgement.is_race_free);
  EXPECT_EQ(judgement.unknown, "a thread of more than 63 events, or a loop without an end");
  const model::Judgement together = judge({{many.substr(0, 360), many.substr(0, 360)}});
  EXPECT_FALSE(together.wasm);
  EXPECT_EQ(together.unknown, "an execution of more than 63 events");
  EXPECT_TRUE(together.sc) << "which needs no relations";
  // Where all synchronises nothing is guessed: it is met on the way.
  const model::Judgement met = judge({{"R4s[x]->r0; skip r0==0 70; " + many + " R4s[y]->r1", "W4s[x]=1"}});
  EXPECT_FALSE(met.wasm || met.sc || met.tso);
}

}  // namespace
}  // namespace weft::testing
