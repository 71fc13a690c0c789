// SPDX-License-Identifier: Apache-2.0
//
// Litmus tests in files: scripts and JSON, what they state, and why it is so.
#include "suite/model/litmus_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "suite/model/explain.h"
#include "suite/tests/model_support.h"

namespace weft::model {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A script: what its front matter says behind `threads`, and its parts.
struct Script {
  std::string matter = ";; litmus:   T\n;; outcome:  0:r0 1:r0\n";
  std::string memory = "(module $Mem (memory (export \"memory\") 1 2 shared) (data (i32.const 16) \"\\05\"))";
  std::string before = {};
  std::vector<std::string> threads = {store_and_load("0", "16"), store_and_load("16", "0")};
  std::string last = "(module (func (export \"outcome\") (result i64) (i64.const 0)))";
  std::string assertion = "(assert_return (invoke \"outcome\") (either (i64.const 0x01) (i64.const 0x10)))";

  static std::string store_and_load(const std::string& to, const std::string& from) {
    return fmt::format(
        "(func (export \"thread\") (result i32) (i32.store (i32.const {}) (i32.const 1)) (i32.load (i32.const {})))",
        to, from);
  }
  std::string text() const {
    std::string all = ";; title:    it\n;; spec:     relaxed-consistent\n;; features: threads\n;; threads:  3\n" +
                      matter + "\n" + memory + "(register \"mem\" $Mem)" + before;
    for (const std::string& thread : threads) {
      all +=
          "(thread $T (shared (module $Mem)) (register \"mem\" $Mem) (module (memory (import \"mem\" \"memory\") 1 2 "
          "shared) " +
          thread + "))";
    }
    return all + last + assertion;
  }
};

std::vector<std::string> allowed(const Script& script) {
  const auto test = parse_litmus_script(script.text());
  if (!test) return {test.error().where + ": " + test.error().message};
  const auto judgement = judge(test->litmus);
  return judgement ? testing::to_texts(judgement->wasm) : std::vector{judgement.error().message};
}
std::string fault(const Script& script) {
  const auto test = parse_litmus_script(script.text());
  return test ? "nothing" : test.error().message;
}
std::vector<std::string> differences(const Script& script) {
  const auto test = parse_litmus_script(script.text());
  if (!test) return {test.error().message};
  return test->stated.differences(*judge(test->litmus));
}

TEST(ModelScript, ThreadsAreTheirOwnCode) {
  EXPECT_THAT(allowed({}), ElementsAre("0:r0=1 1:r0=0", "0:r0=1 1:r0=1", "0:r0=5 1:r0=0", "0:r0=5 1:r0=1"));
}

TEST(ModelScript, TheMainThreadGoesBeforeAndBehind) {
  Script script;
  script.matter = ";; litmus:   T\n;; outcome:  1:r0 M:y\n";
  script.before =
      "(module $Pre (memory (import \"mem\" \"memory\") 1 2 shared)"
      "(func (export \"pre\") (i32.store (i32.const 0) (i32.const 3)))) (invoke $Pre \"pre\")";
  script.threads[0] = "(func (export \"thread\") (i32.atomic.store (i32.const 16) (i32.const 1)))";
  script.threads[1] = "(func (export \"thread\") (result i32) (i32.load (i32.const 0)))";
  script.last =
      "(module $Last (memory (import \"mem\" \"memory\") 1 2 shared) (func (export \"outcome\") (result i64) "
      "(i64.const 0))"
      "(func (export \"post\") (result i32) (i32.load (i32.const 16)))) (module)";
  script.assertion = "(assert_return (invoke $Last \"outcome\") (i64.const 0x31))";
  EXPECT_THAT(allowed(script), ElementsAre("1:r0=3 M:y=1"));
  EXPECT_THAT(differences(script), IsEmpty());
}

TEST(ModelScript, RegistersMayBeUnassigned) {
  Script script;
  script.matter = ";; litmus:   T\n;; outcome:  0:r0 1:r0?\n";
  script.threads[0] = "(func (export \"thread\") (result i32) (i32.const 0))";
  script.threads[1] = "(func (export \"thread\") (result i32) (i32.const -1))";
  script.assertion = "(assert_return (invoke \"outcome\") (i64.const 0x0f))";
  EXPECT_THAT(allowed(script), ElementsAre("0:r0=0"));
  EXPECT_THAT(differences(script), IsEmpty());
}

TEST(ModelScript, WhoDoesNotReturnLeavesGlobals) {
  Script script;
  script.matter = ";; litmus:   T\n;; needs:    litmus\n";
  script.matter =
      ";; needs:    wait litmus\n;; litmus:   T\n;; outcome:  0:r0 0:r1? 1:r0\n;; allowed:  0:r0=5 T0=blocked | 0:r0=5 "
      "T0=trap\n";
  script.threads[0] =
      "(global (export \"r0\") (mut i32) (i32.const 5)) (global (export \"r1\") (mut i64) (i64.const -1))"
      "(func (export \"thread\") (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))";
  script.threads[1] = "(func (export \"thread\") (result i32) (i32.atomic.load (i32.const 1)))";
  script.last = script.assertion = "";
  EXPECT_THAT(allowed(script), ElementsAre("0:r0=5 T0=blocked T1=trap"));
  EXPECT_THAT(differences(script), ElementsAre("wasm: allowed, but not stated: 0:r0=5 T0=blocked T1=trap",
                                               "wasm: stated, but not allowed: 0:r0=5 T0=blocked",
                                               "wasm: stated, but not allowed: 0:r0=5 T0=trap"));
}

TEST(ModelScript, AssumptionsThatFailAreStatedApart) {
  Script script;
  script.matter = ";; litmus:   T\n;; outcome:  0:r0\n";
  script.threads = {
      "(global $dropped (export \"dropped\") (mut i32) (i32.const 0)) (func (export \"thread\") (result i32)"
      "(if (i32.eqz (i32.atomic.load (i32.const 16))) (then (global.set $dropped (i32.const 1)))) (i32.const 2))",
      "(func (export \"thread\") (i32.atomic.store (i32.const 16) (i32.const 0)))"};
  script.assertion = "(assert_return (invoke \"outcome\") (either (i64.const -1) (i64.const 2)))";
  EXPECT_THAT(allowed(script), ElementsAre("0:r0=2"));
  EXPECT_THAT(differences(script), IsEmpty());
}

TEST(ModelScript, NumbersHaveTheDigitsThatTheyNeed) {
  Script script;
  script.matter = ";; litmus:   T\n;; outcome:  0:r0/2 1:r0/16\n";
  script.threads[0] = "(func (export \"thread\") (result i32) (i32.const 256))";
  script.threads[1] = "(func (export \"thread\") (result i64) (i64.const 0x123456789abcdef0))";
  script.last = "(module (func (export \"outcome\") (result v128) (v128.const i64x2 0 0)))";
  script.assertion = "(assert_return (invoke \"outcome\") (v128.const i64x2 0x123456789abcdef0 0xff))";
  EXPECT_THAT(differences(script), IsEmpty());
  script.assertion = "(assert_return (invoke \"outcome\") (i64.const 1))";
  EXPECT_THAT(differences(script), ElementsAre("18 digits make a v128"));
  script.matter = ";; litmus:   T\n;; outcome:  0:r0/4 1:r0/4\n";
  EXPECT_THAT(differences(script),
              ElementsAre("wasm: allowed, but not stated: 0x0100ffff (0:r0=256 1:r0=1311768467463790320)",
                          "wasm: stated, but not allowed: 0x00000001"));
}

TEST(ModelScript, OneNumberIsOneOutcome) {
  const Statement statement{.digits = {{"0:r0"}}, .outcomes = {"0xf"}};
  EXPECT_THAT(statement.differences({{{"0:r0", "15"}}, {{"0:r0", "16"}}, {{"0:r0", "-1"}}}),
              ElementsAre("0xf is both 0:r0=15 and 0:r0=16", "0xf is both 0:r0=15 and 0:r0=-1"));
}

TEST(ModelScript, WhatIsNoLitmusTestIsAnError) {
  const auto with = [](auto Script::* member, const auto& value) {
    Script script;
    script.*member = value;
    return fault(script);
  };
  EXPECT_EQ(fault({}), "nothing");
  EXPECT_EQ(with(&Script::matter, ""), "no litmus test: there is no 'litmus' in its front matter");
  EXPECT_EQ(with(&Script::matter, ";; litmus:   T\n;; outcome:  0:r0 2:r0\n"), "2:r0: no such thread");
  EXPECT_EQ(with(&Script::matter, ";; litmus:   T\n;; outcome:  M:x\n"), "M:x: no module exports \"post\"");
  EXPECT_THAT(with(&Script::matter, ";; litmus:   T\n;; outcome:  r0\n"), HasSubstr("not a good outcome"));
  EXPECT_THAT(with(&Script::matter, ";; litmus:   T\n;; outcome:  99999999999999999999:r0\n"),
              HasSubstr("not a good outcome"));
  EXPECT_THAT(with(&Script::matter, ";; litmus:   T\n;; outcome:  0:r0/999\n"), HasSubstr("not a good outcome"));
  EXPECT_EQ(with(&Script::memory, "(module $Mem (memory 1))"), "the first module is not that of the shared memory");
  EXPECT_EQ(with(&Script::threads, std::vector<std::string>{}), "no thread");
  EXPECT_EQ(with(&Script::assertion, ""),
            "the outcomes are stated by one assertion of \"outcome\", or else by 'allowed' in the front matter");
  EXPECT_EQ(with(&Script::assertion, "(assert_return (invoke \"outcome\") (i32.const 0))"), "2 digits make an i64");
  EXPECT_EQ(with(&Script::assertion, "(assert_return (invoke \"outcome\") (i64.const 0x100))"),
            "a number of more digits than the registers have");
  EXPECT_EQ(with(&Script::assertion, "(assert_return (invoke $No \"outcome\") (i64.const 0))"), "no such module");
  EXPECT_EQ(with(&Script::assertion, "(assert_trap (invoke \"outcome\") \"\")"), "no command of a litmus test");
  EXPECT_THAT(with(&Script::before, "(module (func (export \"f\"))) (invoke \"f\")"), HasSubstr("invokes \"pre\""));
  EXPECT_THAT(with(&Script::before, "(thread $U (invoke \"go\"))"), HasSubstr("a thread invokes \"run\""));
  EXPECT_THAT(with(&Script::before, "(thread $U (module) (module))"), HasSubstr("a thread has one module"));
  EXPECT_THAT(with(&Script::before, "(thread $U)"), HasSubstr("a thread without a module"));
}

TEST(ModelJson, MembersAreChecked) {
  const auto fault = [](const std::string& members) {
    const auto tests = parse_litmus_json("{\"tests\": [{\"threads\": [\"fence\"], " + members + "}]}");
    if (!tests) return tests.error().message;
    const auto& test = tests->at(0).test;
    return test ? std::string("nothing") : test.error().message;
  };
  EXPECT_EQ(fault("\"name\": \"a\", \"pre\": null, \"post\": \"R4u[x]->x\", \"pages\": 1, \"maxpages\": 4"), "nothing");
  EXPECT_EQ(fault("\"name\": 1"), "\"name\" is not a string");
  EXPECT_EQ(fault("\"pages\": -1"), "\"pages\" is not a number of pages");
  EXPECT_EQ(fault("\"maxpages\": 70000"), "1 pages and 70000 at most make no memory");
  EXPECT_EQ(fault("\"growfail\": 1"), "\"growfail\" is not true or false");
  EXPECT_EQ(fault("\"pre\": 1"), "pre is not a string");
  EXPECT_EQ(fault("\"threads\": [1]"), "thread 0 is not a string");
  EXPECT_EQ(fault("\"allowed_sc\": 1"), "allowed_sc: a set of outcomes is no list");
  EXPECT_EQ(fault("\"allowed_sc\": [{\"0:r0\": 1.5}]"), "nothing")
      << "a number that is not exact is what it is written as";
  EXPECT_EQ(fault("\"allowed_sc\": [{\"0:r0\": []}]"), "allowed_sc: \"0:r0\" is no number");
  EXPECT_EQ(parse_litmus_json("[]").error().message, "no list \"tests\"");
  EXPECT_EQ(fault("\"counts\": [1]"), "nothing");
  EXPECT_EQ(parse_litmus_json("{").error().message, "no JSON document");
  EXPECT_EQ(parse_litmus_file("[]").error().message, "no list \"tests\"");
  EXPECT_EQ(parse_litmus_file(" \n").error().message, "there is nothing in it");
  EXPECT_TRUE(parse_litmus_file("\xEF\xBB\xBF{\"tests\": []}"));
}

TEST(ModelJson, WhatPreLoadsIsInNoOutcome) {
  EXPECT_THAT(testing::allowed({{"W4u[x]=7"}, "R4u[x]->r0", "R4u[x]->r0"}), ElementsAre("M:r0=7"));
}

TEST(ModelJson, AMemoryThatIsToldNoMaximumMayGrow) {
  const auto tests = parse_litmus_json("{\"tests\": [{\"threads\": [\"grow 1->r0\"]}]}");
  EXPECT_THAT(testing::to_texts(judge(tests->at(0).test->litmus)->wasm), ElementsAre("0:r0=1"));
}

TEST(ModelJson, WeakNamesValuesToo) {
  const std::string threads = "\"threads\": [\"R4u[x]->r0; W4u[y]=r0\", \"R4u[y]->r0; W4u[x]=r0\"]";
  const auto tests = parse_litmus_json("{\"tests\": [{" + threads + ", \"weak\": \"0:r0=0x2a 1:r0=42\"}]}");
  EXPECT_THAT(testing::to_texts(judge(tests->at(0).test->litmus)->wasm),
              ElementsAre("0:r0=0 1:r0=0", "0:r0=42 1:r0=42"));
}

TEST(ModelExplain, EachRuleForbidsSomething) {
  const auto why = [](const testing::Notation& notation, const std::string& outcome) {
    const Litmus litmus = testing::to_litmus(notation);
    return to_text(*explain(litmus, {}, outcome));
  };
  EXPECT_THAT(why({{"W4u[x]=1; R4u[x]->r0"}}, "0:r0=0"),
              HasSubstr("hb-consistent: T0.2 reads from init, but T0.1 writes there"));
  EXPECT_THAT(why({{"R4u[x]->r0; W4u[x]=1"}}, "0:r0=1"),
              HasSubstr("hb-consistent: T0.1 reads from T0.2, but happens before it"));
  EXPECT_THAT(why({{"R4s[x]->r0; W4s[y]=1", "R4s[y]->r0; W4s[x]=1"}}, "0:r0=1 1:r0=1"), HasSubstr("hb is no order"));
  EXPECT_THAT(
      why({{"W4s[x]=1; R4s[w]->r0", "W4s[w]=1; W4s[x]=2; R4s[z]->r0", "W4s[z]=1; R4s[x]->r0"}}, "0:r0=0 1:r0=0 2:r0=1"),
      HasSubstr("sc-last-visible 1: T2.2 reads from T0.1, but T1.2"));
  EXPECT_THAT(why({{"W4s[x]=1; R4s[y]->r0", "W4s[y]=1; R4s[x]->r0"}}, "0:r0=0 1:r0=0"), HasSubstr("sc-last-visible 2"));
  EXPECT_THAT(why({{"W4s[x]=1; W4s[y]=1", "W4s[x]=2; R4s[y]->r0; R4u[x]->r1; R4u[x]->r2"}}, "1:r0=1 1:r1=1 1:r2=2"),
              HasSubstr("sc-last-visible 3"));
  EXPECT_THAT(why({{"W2u[x]=0x0101", "W2u[x]=0x0202", "R2u[x]->r0"}}, "2:r0=513"),
              HasSubstr("no-tear: T2.1 reads from both"));
  EXPECT_THAT(why({{"wait4[x],0,-1->r0", "fence"}}, "0:r0=0"), HasSubstr("suspensions-consistent"));
  EXPECT_THAT(why({{"R4u[x]->r0"}}, "0:r0=7"), HasSubstr("no thread ends so"));
}

TEST(ModelExplain, AWitnessHasItsOrders) {
  const Litmus litmus = testing::to_litmus({{"W4u[y]=1; W4s[x]=1; notify[x],1->r0", "wait4[x],0,-1->r0; R4u[y]->r1"}});
  const auto explanation = explain(litmus, {}, "1:r1=1 1:r0=0   0:r0=1");
  ASSERT_TRUE(explanation->is_allowed());
  EXPECT_EQ(to_text(*explanation),
            "0:r0=1 1:r0=0 1:r1=1: allowed, for instance so:\n"
            "  init   the allocation of 1 pages\n"
            "  T0.1   i64.store32 [16,20) = 1\n"
            "  T0.2   i64.atomic.store32 [0,4) = 1\n"
            "  T0.3   memory.atomic.notify wakes 1 of at most 1 at 0\n"
            "  T1.1   memory.atomic.wait32 [0,4) reads 0 sleeps at 0  from init\n"
            "  T1.2   memory.atomic.wait32 woken at 0\n"
            "  T1.3   i64.load32_u [16,20) reads 1  from T0.1\n"
            "  queue at 0: T1.1 T0.3 T1.2\n"
            "  total order: init T0.1 T1.1 T0.2 T0.3 T1.2 T1.3\n");
  EXPECT_THAT(to_dot(*explanation), HasSubstr("\"T0.3\" -> \"T1.2\" [label=\"queue\", color=blue];"));
}

/// The table of outcomes that lies beside the repository, where it does.
TEST(ModelTable, EverySetIsExact) {
  const char* path = std::getenv("WEFT_LITMUS");
  if (path == nullptr) GTEST_SKIP() << "WEFT_LITMUS names no table of litmus tests";
  std::ifstream in(path, std::ios::binary);
  const auto tests = parse_litmus_json(std::string{std::istreambuf_iterator<char>(in), {}});
  ASSERT_TRUE(tests) << tests.error().message;
  for (const NamedLitmus& named : *tests) {
    ASSERT_TRUE(named.test) << named.name << ": " << named.test.error().message;
    EXPECT_THAT(named.test->stated.differences(*judge(named.test->litmus)), IsEmpty()) << named.name;
  }
}

}  // namespace
}  // namespace weft::model
