// SPDX-License-Identifier: Apache-2.0
//
// The race detector on scripts, and against the memory model. Programs with pthreads: kernels/races.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <numeric>

#include "interp/instance.h"
#include "interp/race/detector.h"
#include "interp/race/thread.h"
#include "suite/script/runner.h"
#include "suite/tests/model_support.h"

namespace weft::testing {
namespace {

/// Runs both bodies on threads of their own; a body may use $other to wait for what the other one says.
script::RunResult run_both(const std::string& one, const std::string& other) {
  const auto thread = [](const std::string& name, const std::string& body) {
    return fmt::format(R"((thread ${0} (shared (module $mem))
  (register "mem" $mem)
  (module (memory (import "mem" "memory") 1 3 shared) (data $data "segment")
    (func $meet (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $again (br_if $again (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2)))))
    (func $await (param i32)
      (loop $again (br_if $again (i32.ne (i32.atomic.load (i32.const 1028)) (local.get 0)))))
    (func $say (param i32) (i32.atomic.store (i32.const 1028) (local.get 0)))
    (func ${0} (export "run") {1}))
  (invoke "run"))
)",
                       name, body);
  };
  script::RunOptions options;
  options.races = true;
  return script::run_script_text("(module $mem (memory (export \"memory\") 1 3 shared))\n" + thread("one", one) +
                                     thread("other", other) + "(wait $one)\n(wait $other)\n",
                                 options);
}

/// "data race: i32.store/i32.load", one for each race.
std::vector<std::string> races(const script::RunResult& result) {
  EXPECT_EQ(result.failed, 0U) << (result.failures.empty() ? "" : result.failures[0].message);
  std::vector<std::string> texts;
  for (const Race& race : result.races.races) {
    const auto [first, second] = std::minmax(race.later.instruction, race.earlier.instruction);
    texts.push_back(fmt::format("{}: {}/{}", to_string(race.kind), first, second));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Race, SaysWhatRacedAndWhere) {
  const script::RunResult result = run_both("(call $meet) (i32.store offset=2 (i32.const 6) (i32.const 1))",
                                            "(call $meet)\n\n(drop (i32.load16_u (i32.const 10)))");
  ASSERT_EQ(result.races.races.size(), 1U);
  Race race = result.races.races[0];
  EXPECT_EQ(race.kind, Race::Kind::data);
  EXPECT_EQ(race.count, 1U);
  if (race.later.thread == 2) std::swap(race.later, race.earlier);
  const auto& [write, read] = std::tie(race.later, race.earlier);
  EXPECT_EQ(write.thread, 1U);
  EXPECT_EQ(write.instruction, "i32.store");
  EXPECT_TRUE(write.write && !write.atomic);
  EXPECT_EQ(write.range.width, 4U);
  ASSERT_EQ(write.backtrace.size(), 1U);
  EXPECT_EQ(write.backtrace[0].function, "one");
  EXPECT_EQ(write.backtrace[0].offset, 10U) << "the line";
  EXPECT_EQ(read.thread, 2U);
  EXPECT_EQ(read.instruction, "i32.load16_u");
  EXPECT_FALSE(read.write);
  EXPECT_EQ(read.range.address, 10U);
  EXPECT_EQ(read.range.width, 2U);
  EXPECT_EQ(read.backtrace[0].offset, 22U) << "the line";
  EXPECT_TRUE(result.races.trouble.empty());
  ASSERT_EQ(result.races.origins.size(), 3U);
  EXPECT_EQ(result.races.origins[2].creator, 0U);
}

TEST(Race, EachOnceWithACount) {
  const std::string body =
      "(local i32) (call $meet) (loop $l (i32.store (local.get 0) (local.get 0))"
      " (br_if $l (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 4))) (i32.const 40))))";
  const script::RunResult result = run_both(body, body);
  EXPECT_EQ(races(result), Texts{"data race: i32.store/i32.store"});
  EXPECT_EQ(result.races.races.at(0).count, 10U);
}

TEST(Race, AcrossGranulesAndVectors) {
  EXPECT_EQ(races(run_both("(call $meet) (v128.store (i32.const 12) (v128.const i64x2 1 1))",
                           "(call $meet) (i32.store8 (i32.const 27) (i32.const 1))")),
            Texts{"data race: i32.store8/v128.store"});
  EXPECT_EQ(races(run_both(
                "(call $meet) (v128.store (i32.const 12) (v128.const i64x2 1 1))",
                "(call $meet) (i32.store8 (i32.const 28) (i32.const 1))  (i32.store8 (i32.const 11) (i32.const 1))")),
            Texts{});
}

TEST(Race, BulkInstructionsAccessEachByte) {
  EXPECT_EQ(races(run_both("(call $meet) (memory.fill (i32.const 3) (i32.const 1) (i32.const 9))",
                           "(call $meet) (memory.copy (i32.const 512) (i32.const 11) (i32.const 7))")),
            Texts{"data race: memory.copy/memory.fill"});
  EXPECT_EQ(races(run_both("(call $meet) (memory.init $data (i32.const 0) (i32.const 0) (i32.const 7))",
                           "(call $meet) (memory.copy (i32.const 512) (i32.const 7) (i32.const 7))")),
            Texts{});
}

TEST(Race, AtomicAccessesOfOtherRangesAreOfMixedSize) {
  EXPECT_EQ(races(run_both("(call $meet) (i32.atomic.store (i32.const 0) (i32.const 1))",
                           "(call $meet) (drop (i32.atomic.rmw16.add_u (i32.const 2) (i32.const 1)))")),
            Texts{"mixed-size atomic race: i32.atomic.rmw16.add_u/i32.atomic.store"});
  // A release of one range is not acquired by reads of another.
  EXPECT_EQ(races(run_both(
                "(i32.store (i32.const 0) (i32.const 1)) (i32.atomic.store (i32.const 64) (i32.const 0x101))",
                "(loop $l (br_if $l (i32.eqz (i32.atomic.load8_u (i32.const 64))))) (drop (i32.load (i32.const 0)))")),
            (Texts{"data race: i32.load/i32.store", "mixed-size atomic race: i32.atomic.load8_u/i32.atomic.store"}));
}

TEST(Race, AStoreReplacesWhatAReadLearns) {
  // The flag's second store is the other thread's own: who reads that has not seen the first thread.
  EXPECT_EQ(races(run_both("(i32.store (i32.const 0) (i32.const 1)) (call $say (i32.const 1))",
                           "(loop $l (br_if $l (i32.eqz (i32.atomic.load8_u (i32.const 1028)))))"
                           "(drop (i32.load (i32.const 0)))"))
                .size(),
            2U);
}

TEST(Race, FailedCmpxchgOnlyReads) {
  EXPECT_EQ(races(run_both("(call $meet) (drop (i32.load (i32.const 0)))",
                           "(call $meet) (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 5) (i32.const 6)))")),
            Texts{});
  EXPECT_EQ(races(run_both("(call $meet) (drop (i32.load (i32.const 0)))",
                           "(call $meet) (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 6)))")),
            Texts{"data race: i32.atomic.rmw.cmpxchg/i32.load"});
}

TEST(Race, QueuesOrderWhoWaitsAndWhoNotifies) {
  EXPECT_EQ(races(run_both("(i32.store (i32.const 0) (i32.const 1))"
                           "(loop $l (br_if $l (i32.eqz (memory.atomic.notify (i32.const 64) (i32.const 1)))))",
                           "(drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))"
                           "(drop (i32.load (i32.const 0)))")),
            Texts{});
  EXPECT_EQ(races(run_both("(loop $l (br_if $l (i32.eqz (memory.atomic.notify (i32.const 64) (i32.const 1)))))"
                           "(i32.store (i32.const 0) (i32.const 1))",
                           "(drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))"
                           "(drop (i32.load (i32.const 0)))")),
            Texts{"data race: i32.load/i32.store"});
}

TEST(Race, LengthsRaceWithGrowth) {
  EXPECT_EQ(races(run_both("(drop (memory.grow (i32.const 1))) (call $meet)",
                           "(loop $l (br_if $l (i32.ne (i32.load8_u (i32.const 0)) (i32.const 0)))) (call $meet)"
                           "(i32.store (i32.const 65536) (i32.const 1))")),
            Texts{})
      << "the meeting orders them";
  // A flag of another range orders nothing, so that the bounds check might see the old length.
  EXPECT_EQ(
      races(run_both("(call $meet) (drop (memory.grow (i32.const 1))) (call $say (i32.const 1))",
                     "(call $meet) (loop $l (br_if $l (i32.eqz (i32.atomic.load8_u (i32.const 1028)))))"
                     "(drop (i32.load (i32.const 65536)))")),
      (Texts{"length race: i32.load/memory.grow", "mixed-size atomic race: i32.atomic.load8_u/i32.atomic.store"}));
  // memory.size reads it with an order.
  EXPECT_EQ(
      races(run_both("(drop (memory.grow (i32.const 1)))",
                     "(loop $l (br_if $l (i32.ne (memory.size) (i32.const 2)))) (drop (i32.load (i32.const 65536)))")),
      Texts{});
}

/// Runs the threads one after the other, in this order, under a detector: how many races it sees.
size_t races_in_order(const model::Litmus& litmus, const std::vector<size_t>& order) {
  RaceDetector detector(Engine::checked);
  RaceThread& main = detector.start_thread(0, nullptr, nullptr);
  const std::shared_ptr<Memory> memory = *Memory::create(litmus.memory);
  std::vector<RaceThread*> threads;
  for (size_t i = 0; i < order.size(); ++i)
    threads.push_back(&detector.start_thread(static_cast<uint32_t>(i + 1), &main, nullptr));
  for (const size_t i : order) {
    Store store({.engine = Engine::checked});
    Agent agent(store);
    agent.check_races(threads[i]);
    const std::vector<Extern> imports{memory};
    Instance& instance = **store.instantiate(litmus.threads[i].module, imports, agent);
    agent.invoke(*instance.find_function(litmus.threads[i].function), {});
  }
  return detector.report().races.size();
}

/// The detector sees races of the executions that it sees; the model, whether any execution has one. So what the
/// detector reports, the model must call racy; and of racy programs this short, running the threads one after the other
/// in some order shows nearly all.
TEST(Race, AgreesWithTheModelOnRandomPrograms) {
  const std::vector<ProgramShape> shapes = {
      {.threads = 2, .operations = 3},
      {.threads = 3, .operations = 2},
      {.threads = 2, .operations = 3, .widths = {1, 2, 4}, .overlapping = true},
      {.threads = 2, .operations = 3, .lengths = true},
  };
  std::mt19937 random(20260422);
  size_t racy = 0, found = 0;
  for (int round = 0; round < 60; ++round) {
    for (const ProgramShape& shape : shapes) {
      const Notation program = random_program(random, shape);
      SCOPED_TRACE(program.to_text());
      const model::Litmus litmus = to_litmus(program);
      std::vector<size_t> order(litmus.threads.size());
      std::iota(order.begin(), order.end(), size_t{0});
      size_t seen = 0;
      do {
        seen += races_in_order(litmus, order);
      } while (std::next_permutation(order.begin(), order.end()));
      const bool is_racy = judge(program).is_race_free == false;
      EXPECT_TRUE(is_racy || seen == 0);
      racy += is_racy;
      found += is_racy && seen != 0;
    }
  }
  EXPECT_GT(racy, 100U);
  EXPECT_GE(found * 100, racy * 95) << found << " of " << racy;
}

}  // namespace
}  // namespace weft::testing
