// SPDX-License-Identifier: Apache-2.0
//
// What a test touches, and where that is in its cells.
#include "suite/stress/layout.h"

#include <gmock/gmock.h>

#include "suite/tests/stress_support.h"

namespace weft::stress {
namespace {

using ::testing::ElementsAre;
using testing::footprint;

TEST(StressFootprint, HasTheWordsThatAnyExecutionAccesses) {
  EXPECT_THAT(footprint({{"W4u[x]=1; R4u[y]->r0", "W4u[y]=1; R4u[x]->r0"}}).words, ElementsAre(0, 16));
  EXPECT_THAT(footprint({{"W8u[x+4]=1"}}).words, ElementsAre(0, 8));
  EXPECT_THAT(footprint({{"W4u[y]=48", "R4u[y]->r0; R4u[r0]->r1"}}).words, ElementsAre(0, 16, 48));
  EXPECT_THAT(footprint({{"W4u[y]=1"}, "W4u[x]=1", "R4u[z]->z"}).words, ElementsAre(0, 16, 32));
  EXPECT_THAT(footprint({{"wait4[x],1,-1->r0", "notify[y],1->r0"}}).words, ElementsAre(0, 16));
}

TEST(StressFootprint, KnowsWhatCannotBeSpread) {
  EXPECT_TRUE(footprint({{"W8u[x+8]=1", "R16f[y]->r0"}}).in_sixteens);
  EXPECT_FALSE(footprint({{"W8u[x+12]=1"}}).in_sixteens);
  EXPECT_FALSE(footprint({{"R16f[x+1]->r0"}}).in_sixteens);
}

TEST(StressFootprint, KnowsBulkInstructionsThatCannotBeSpread) {
  const auto fills = [](const std::string& from_and_size) {
    model::Litmus litmus = testing::to_litmus({.threads = {"W4u[x]=1", "fence"}, .maximum = 1});
    litmus.threads[0] = testing::to_code("(func (export \"thread\") (memory.fill " + from_and_size + "))");
    return testing::footprint_of(litmus);
  };
  EXPECT_TRUE(fills("(i32.const 17) (i32.const 9) (i32.const 12)").in_sixteens);
  EXPECT_FALSE(fills("(i32.const 14) (i32.const 9) (i32.const 5)").in_sixteens);
}

TEST(StressFootprint, IsFoundWithoutGuessing) {
  // Of so many values that threads could guess, whose accesses all synchronise, none is.
  const std::string adds = "add4[x],1->r0; add4[y],16->r1; add4[x],256->r2";
  EXPECT_THAT(footprint({{adds, adds}}).words, ElementsAre(0, 16));
}

TEST(StressFootprint, KnowsWaitsAndFences) {
  const Footprint none = footprint({{"W4s[x]=1; notify[x],1->r0"}});
  EXPECT_FALSE(none.waits || none.has_fence);
  EXPECT_TRUE(footprint({{"wait4[x],0,5->r0"}}).waits);
  EXPECT_TRUE(footprint({{"R4u[x]->r0; skip r0==0 1; fence"}, "W4u[x]=1"}).has_fence);
}

TEST(StressFootprint, SaysWhyEachIterationNeedsANewMemory) {
  EXPECT_EQ(footprint({{"W4u[x]=1", "R4u[x]->r0"}}).fresh, "");
  EXPECT_EQ(footprint({{"wait4[x],0,-1->r0", "W4s[x]=1; notify[x],1->r0"}}).fresh, "");
  EXPECT_EQ(footprint({{"wait4[x],0,-1->r0", "notify[x],1->r0"}}).fresh, "a thread may stay asleep");
  EXPECT_EQ(footprint({{"R4s[x+2]->r0"}}).fresh, "a thread may trap");
  EXPECT_EQ(footprint({{"size->r0"}}).fresh, "its memory's size is looked at");
  EXPECT_EQ(footprint({{"W4u[4096]=1"}}).fresh, "its locations are far apart");
}

TEST(StressFootprint, AThreadThatIsDroppedMayLeaveAnotherAsleep) {
  // No execution of the set blocks: in those the assumption is true.
  const testing::Notation test{
      {"wait4[x],0,-1->r0", "R4s[y]->r0; assume r0==1; W4s[x]=1; notify[x],1->r1", "W4s[y]=1"}};
  EXPECT_EQ(footprint(test).fresh, "a thread may stay asleep");
  for (const std::string& outcome : testing::allowed(test)) EXPECT_EQ(outcome.find("blocked"), outcome.npos) << outcome;
}

TEST(StressLayout, SpreadsWhatStandsInSixteens) {
  const Footprint sixteens = footprint({{"W4u[x+4]=1; R4u[y]->r0"}});
  const Layout dense = Layout::make(sixteens, false, 1, 8, {4}), spread = Layout::make(sixteens, true, 1, 8, {4});
  EXPECT_EQ(dense.place(20), 20U);
  EXPECT_EQ(dense.cell_bytes, 64U);
  EXPECT_EQ(spread.place(4), 4U);
  EXPECT_EQ(spread.place(20), 68U);
  EXPECT_EQ(spread.cell_bytes, 128U);
  const Layout across = Layout::make(footprint({{"W8u[x+12]=1"}}), true, 1, 8, {4});
  EXPECT_FALSE(across.spread);
  EXPECT_EQ(across.place(20), 20U);
}

TEST(StressLayout, CellsAndRecordsLieApart) {
  const std::vector<uint32_t> records{4, 16, 0};
  const Layout layout = Layout::make(footprint({{"W4u[x]=1; R4u[w]->r0"}}), false, 2, 100, records);
  EXPECT_EQ(layout.cell_bytes % kCacheLine, 0U);
  EXPECT_LE(Layout::near_at(1) + kCacheLine, Layout::cells_at());
  uint64_t end = Layout::cells_at() + uint64_t{100} * layout.cell_bytes;
  ASSERT_EQ(layout.out.size(), records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    EXPECT_GE(layout.out[i], end);
    EXPECT_EQ(layout.out[i] % kCacheLine, 0U);
    end = layout.out[i] + uint64_t{100} * records[i];
  }
  EXPECT_GE(layout.clog, end);
  EXPECT_EQ(uint64_t{layout.pages} << 16, uint64_t{layout.clog} + Layout::kClogBytes);
}

}  // namespace
}  // namespace weft::stress
