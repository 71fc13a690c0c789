// SPDX-License-Identifier: Apache-2.0
//
// What events the threads' own code becomes.
#include "suite/model/replica.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "suite/text/parse.h"

namespace weft::model {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A thread of a memory of one page, which may have four; or why there is none.
Result<std::unique_ptr<Replica>> make(const std::string& fields, std::vector<Register> registers = {}) {
  auto module = parse_module("(module (memory (import \"mem\" \"memory\") 1 4 shared) " + fields + ")");
  if (!module) return module.error();
  auto compiled = CompiledModule::compile(std::move(*module));
  if (!compiled) return compiled.error();
  auto memory = Memory::create({.limits = {1, 4}, .shared = true});
  if (!memory || !(*memory)->grow(3)) return Error{};
  return Replica::create({.module = *compiled, .function = "thread", .registers = std::move(registers)}, 1, "0",
                         *memory, 1);
}

std::string describe(const Access& access) {
  if (!access) return {};
  return fmt::format("{}{}{}{}[{},{})", access.region == Region::length ? "length " : "", access.reads ? "r" : "",
                     access.writes ? "w" : "", access.tear_free ? "" : " may tear ", access.start,
                     access.start + access.size);
}

/// The events up to the end, if each read finds `value` and each length `pages`.
std::vector<std::string> events(const std::string& body, uint64_t value = 0, uint64_t pages = 1) {
  auto replica = make("(data \"abc\") (func (export \"thread\") " + body + ")");
  if (!replica) return {replica.error().message};
  std::vector<std::string> all;
  std::vector<Answer> answers;
  for (;;) {
    const Segment segment = (*replica)->run(answers);
    for (const Event& event : segment.events) {
      std::string text = event.fence ? "fence" : describe(event.length);
      const std::string data = describe(event.data);
      text += (text.empty() || data.empty() ? "" : " ") + data;
      all.push_back(text);
    }
    if (segment.end != End::asks) {
      if (segment.end == End::trapped) all.emplace_back("trap");
      return all;
    }
    answers.push_back({.length = segment.question->event.length ? pages : 0, .value = to_bytes(value)});
  }
}

TEST(ModelReplica, AccessesAreAsTheirInstructionsSay) {
  EXPECT_THAT(events("(i32.store (i32.const 8) (i32.const 1)) (drop (i64.load8_s offset=3 (i32.const 0)))"),
              ElementsAre("w[8,12)", "r[3,4)"));
  EXPECT_THAT(events("(i64.store (i32.const 8) (i64.const 1)) (i64.store32 (i32.const 8) (i64.const 1))"),
              ElementsAre("w may tear [8,16)", "w[8,12)"));
  EXPECT_THAT(events("(i32.store16 (i32.const 7) (i32.const 1)) (f32.store (i32.const 8) (f32.const 1))"),
              ElementsAre("w may tear [7,9)", "w may tear [8,12)"));
  EXPECT_THAT(events("(v128.store32_lane 1 (i32.const 8) (v128.const i32x4 1 2 3 4)) (atomic.fence)"),
              ElementsAre("w may tear [8,12)", "fence"));
  EXPECT_THAT(events("(drop (i64.atomic.rmw16.add_u (i32.const 2) (i64.const 1)))"), ElementsAre("rw[2,4)"));
  EXPECT_THAT(events("(drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i32.const 2)))", 1),
              ElementsAre("rw[0,4)"));
  EXPECT_THAT(events("(drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i32.const 2)))", 0),
              ElementsAre("r[0,4)"));
}

TEST(ModelReplica, OnlyBoundsThatMayFailAreEvents) {
  const std::string last = "(i32.store (i32.const 65532) (i32.const 1))",
                    beyond = "(i32.store (i32.const 65533) (i32.const 1))";
  EXPECT_THAT(events(last), ElementsAre("w[65532,65536)"));
  EXPECT_THAT(events(beyond, 0, 2), ElementsAre("length r[0,8) w may tear [65533,65537)"));
  EXPECT_THAT(events(beyond, 0, 1), ElementsAre("length r[0,8)", "trap"));
  EXPECT_THAT(events("(i32.store (i32.const 262141) (i32.const 1))", 0, 4), ElementsAre("trap"));
  EXPECT_THAT(events("(drop (i32.atomic.load (i32.const 2)))"), ElementsAre("trap"));
  EXPECT_THAT(events("(drop (memory.grow (i32.const 1)))"), ElementsAre("length rw[0,8) w may tear [65536,131072)"));
  EXPECT_THAT(events("(drop (memory.size))"), ElementsAre("length r[0,8)"));
}

TEST(ModelReplica, BulkInstructionsAreBytes) {
  const auto bulk = [](const std::string& name, int to, int from, int count) {
    return fmt::format("({} (i32.const {}) (i32.const {}) (i32.const {}))", name, to, from, count);
  };
  EXPECT_THAT(events(bulk("memory.fill", 3, 1, 2)), ElementsAre("w[3,4)", "w[4,5)"));
  EXPECT_THAT(events(bulk("memory.init 0", 8, 1, 2)), ElementsAre("w[8,9)", "w[9,10)"));
  EXPECT_THAT(events(bulk("memory.copy", 2, 5, 2)), ElementsAre("r[5,6)", "w[2,3)", "r[6,7)", "w[3,4)"));
  EXPECT_THAT(events(bulk("memory.copy", 5, 4, 2)), ElementsAre("r[5,6)", "w[6,7)", "r[4,5)", "w[5,6)")) << "backward";
  EXPECT_THAT(events(bulk("memory.fill", 3, 1, 0)), ElementsAre());
  // Each step checks what is left, then its own byte.
  EXPECT_THAT(
      events(bulk("memory.fill", 65535, 1, 2), 0, 2),
      ElementsAre("length r[0,8)", "w[65535,65536)", "length r[0,8)", "length r[0,8) w[65536,65537)", "length r[0,8)"));
  EXPECT_THAT(events(bulk("memory.fill", 65535, 1, 2), 0, 1), ElementsAre("length r[0,8)", "trap"));
}

TEST(ModelReplica, AnswersDecideTheCourse) {
  auto replica = make(
      "(func (export \"thread\") (result i32) (local $n i32)"
      "(loop $again (local.set $n (i32.add (local.get $n) (i32.load (i32.const 0))))"
      "(br_if $again (i32.lt_u (local.get $n) (i32.const 3)))) (local.get $n))",
      {{.name = "0:r0"}});
  ASSERT_TRUE(replica);
  const Answer one{.value = to_bytes(1)}, two{.value = to_bytes(2)};
  const std::vector<Answer> ones{one, one, one}, mixed{two, one};
  EXPECT_EQ((*replica)->run(std::span(ones).first(2)).end, End::asks);
  EXPECT_EQ(to_string((*replica)->run(mixed).registers), "0:r0=3");
  EXPECT_EQ((*replica)->run(std::span(ones).first(2)).events.size(), 1U) << "those since the last answer";
  EXPECT_EQ(to_string((*replica)->run(ones).registers), "0:r0=3");
}

TEST(ModelReplica, LoopsAreCutOff) {
  const auto ends = [](const std::string& body, Answer answer) {
    auto replica = make("(func (export \"thread\") " + body + ")");
    const std::vector<Answer> answers(100, answer);
    return (*replica)->run(answers).end;
  };
  EXPECT_EQ(ends("(loop $for_ever (br $for_ever))", {}), End::unbounded);
  EXPECT_EQ(ends("(loop $until (br_if $until (i32.eqz (i32.load (i32.const 0)))))", {}), End::unbounded);
}

TEST(ModelReplica, StateIsSetBack) {
  auto replica = make(
      "(global $n (mut i32) (i32.const 5)) (data $d \"xy\")"
      "(func (export \"thread\") (result i32) (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop $d)"
      "(global.set $n (i32.add (global.get $n) (i32.load (i32.const 4)))) (global.get $n))",
      {{.name = "0:r0"}});
  ASSERT_TRUE(replica);
  for (int i = 0; i < 3; ++i) {
    const std::vector<Answer> answers{{.value = to_bytes(1)}};
    EXPECT_EQ(to_string((*replica)->run(answers).registers), "0:r0=6");
  }
}

TEST(ModelReplica, WhatCannotBeRunAloneIsRefused) {
  const auto fault = [](const std::string& fields) {
    const auto replica = make(fields);
    return replica ? "nothing" : replica.error().message;
  };
  EXPECT_EQ(fault("(func (export \"thread\"))"), "nothing");
  EXPECT_EQ(fault(""), "no exported function \"thread\"");
  EXPECT_THAT(fault("(func (export \"thread\") (param i32))"), HasSubstr("which does not fit 0 registers"));
  EXPECT_THAT(fault("(func (export \"thread\") (result i32) (i32.const 0))"),
              HasSubstr("which does not fit 0 registers"));
  EXPECT_EQ(fault("(table 1 funcref) (func (export \"thread\"))"), "the module has a memory or a table of its own");
  EXPECT_EQ(fault("(func $f (export \"thread\")) (start $f)"), "the module has a start function");
  EXPECT_EQ(fault("(data (i32.const 0) \"a\") (func (export \"thread\"))"), "the module has an active data segment");
}

}  // namespace
}  // namespace weft::model
