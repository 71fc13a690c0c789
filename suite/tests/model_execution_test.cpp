// SPDX-License-Identifier: Apache-2.0
//
// The rules on executions that are built by hand; relations; sources.
#include "suite/model/execution.h"

#include <gmock/gmock.h>

#include <deque>

#include "suite/model/sources.h"

namespace weft::model {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

/// Events of four atomic bytes at an address.
struct Built {
  std::deque<Event> events;
  Execution execution;

  unsigned add(uint64_t start, bool writes, Ordering ordering = Ordering::seqcst) {
    events.push_back({});
    events.back().data = {
        .ordering = ordering, .reads = !writes, .writes = writes, .tear_free = true, .start = start, .size = 4};
    execution.add(events.back());
    return static_cast<unsigned>(events.size() - 1);
  }
  unsigned write(uint64_t start) { return add(start, true); }
  unsigned read(uint64_t start, unsigned writer) {
    const unsigned reader = add(start, false);
    execution.reads_from.push_back({reader, writer, Region::data, start, true});
    execution.happens_before.add(writer, reader);
    return reader;
  }
};

TEST(ModelRelation, IsTransitiveAndHasNoCycles) {
  Relation relation;
  EXPECT_TRUE(relation.add(0, 1) && relation.add(2, 3) && relation.add(1, 2));
  EXPECT_TRUE(relation.is_before(0, 3));
  EXPECT_EQ(relation.after(1), set_of(2) | set_of(3));
  EXPECT_EQ(relation.before(2), set_of(0) | set_of(1));
  EXPECT_FALSE(relation.add(3, 0));
  EXPECT_FALSE(relation.add(1, 1));
  EXPECT_FALSE(relation.is_before(3, 0));
  EXPECT_TRUE(relation.add(0, 3));
}

TEST(ModelExecution, ViolationsNameTheRuleAndItsEvents) {
  Built built;
  const unsigned first = built.write(0), second = built.write(0);
  const unsigned reader = built.read(0, first);
  EXPECT_FALSE(find_violation(built.execution, nullptr));
  Built hidden = built;
  hidden.execution.happens_before.add(first, second), hidden.execution.happens_before.add(second, reader);
  const auto violation = find_violation(hidden.execution, nullptr);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->rule, Rule::hidden_write);
  EXPECT_EQ((std::array{violation->writer, violation->other, violation->reader}), (std::array{first, second, reader}));
  Built later = built;
  later.execution.reads_from[0] = {reader, second, Region::data, 0, false};
  later.execution.happens_before.add(reader, second);
  EXPECT_EQ(find_violation(later.execution, nullptr)->rule, Rule::reads_later);
}

TEST(ModelExecution, TheTotalOrderIsFoundByTryingWhereNothingElseDecides) {
  // Of three locations each has two writes, each with a read of its own: one pair comes before the other. Which does at
  // one location decides it at the next, whichever way, and round the three to the contrary.
  const auto violates = [](size_t left_out) {
    Built built;
    enum { x, y, z };
    std::array<std::array<unsigned, 2>, 3> writes{}, reads{};
    for (const unsigned at : {x, y, z}) {
      for (const unsigned pair : {0U, 1U}) writes[at][pair] = built.write(at * 8);
    }
    for (const unsigned at : {x, y, z}) {
      for (const unsigned pair : {0U, 1U}) reads[at][pair] = built.read(at * 8, writes[at][pair]);
    }
    const std::array<std::pair<unsigned, unsigned>, 12> edges{{{writes[y][0], reads[x][0]},
                                                               {writes[x][1], reads[y][1]},
                                                               {writes[z][0], reads[y][0]},
                                                               {writes[y][1], reads[z][1]},
                                                               {writes[z][1], reads[x][0]},
                                                               {writes[x][1], reads[z][0]},
                                                               {writes[x][0], reads[y][0]},
                                                               {writes[y][1], reads[x][1]},
                                                               {writes[y][0], reads[z][0]},
                                                               {writes[z][1], reads[y][1]},
                                                               {writes[z][0], reads[x][1]},
                                                               {writes[x][0], reads[z][1]}}};
    for (size_t i = 0; i < edges.size(); ++i) {
      if (i != left_out) built.execution.happens_before.add(edges[i].first, edges[i].second);
    }
    return find_violation(built.execution, nullptr).has_value();
  };
  EXPECT_TRUE(violates(12));
  for (size_t left_out = 0; left_out < 12; ++left_out) EXPECT_FALSE(violates(left_out)) << left_out;
}

/// A write of these bytes at an address.
Access stored(uint64_t start, std::vector<uint8_t> bytes, bool tear_free = true) {
  Access access{.writes = true, .tear_free = tear_free, .start = start, .size = bytes.size()};
  std::copy(bytes.begin(), bytes.end(), access.written.begin());
  return access;
}

TEST(ModelSources, FewSourcesDoWhereFewCan) {
  const Access read{.reads = true, .start = 0, .size = 2};
  const Access ones = stored(0, {1, 1}, false), low = stored(0, {1}), high = stored(1, {2});
  const std::vector<Source> sources{{0, &ones, 3, false}, {1, &low, 1, false}, {2, &high, 2, false}};
  EXPECT_THAT(readable_values(read, sources, 10), UnorderedElementsAre(Bytes{1, 1}, Bytes{1, 2}));
  const std::vector<ByteSet> together{3}, apart{1, 2};
  const auto sets = [&](const Bytes& value, const std::vector<ByteSet>& classes) {
    std::set<std::set<unsigned>> all;
    for (const Origins& origins : minimal_origins(read, value, sources, classes)) {
      std::set<unsigned> events;
      for (const Origin& origin : origins) events.insert(origin.event);
      all.insert(events);
    }
    return all;
  };
  using Sets = std::set<std::set<unsigned>>;
  EXPECT_EQ(sets({1, 1}, together), (Sets{{0}}));
  EXPECT_EQ(sets({1, 2}, together), (Sets{{0, 2}, {1, 2}}));
  EXPECT_EQ(sets({1, 1}, apart), (Sets{{0}, {0, 1}})) << "one for each class";
  EXPECT_EQ(sets({3, 1}, together), Sets{});
}

TEST(ModelSources, ClassesEndWhereWritesBeginOrEnd) {
  Boundaries boundaries;
  boundaries.add(stored(2, {1, 1}));
  EXPECT_THAT(boundaries.classes({.start = 0, .size = 8}), ElementsAre(0x3, 0xc, 0xf0));
  EXPECT_THAT(boundaries.classes({.start = 2, .size = 2}), ElementsAre(0x3));
}

}  // namespace
}  // namespace weft::model
