// SPDX-License-Identifier: Apache-2.0
//
// Litmus tests from the notation, and from cycles, to scripts: a script must mean to the model what the notation does.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "suite/conformance/front_matter.h"
#include "suite/model/litmus_file.h"
#include "suite/script/runner.h"
#include "tools/generate/litmus_test.h"

namespace weft::generate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string error_of(const LitmusTest& test) {
  const auto script = write_litmus_script(test);
  return script ? "none" : script.error().where + ": " + script.error().message;
}

/// What the model says of the script: how its outcomes differ from those that it states.
std::vector<std::string> differences(const std::string& script) {
  const auto test = model::parse_litmus_script(script);
  if (!test) return {test.error().where + ": " + test.error().message};
  const auto judgement = model::judge(test->litmus);
  if (!judgement) return {judgement.error().message};
  return test->stated.differences(*judgement);
}

LitmusTest of_threads(std::vector<std::string> threads, std::string before = {}, std::string after = {}) {
  return {.name = "T",
          .if_allowed = "a title",
          .if_forbidden = "another title",
          .threads = std::move(threads),
          .before = std::move(before),
          .after = std::move(after),
          .maximum = 2};
}

TEST(LitmusCycle, IsThreadsAndTheirOwnOutcome) {
  const auto sb = shape_of_cycle("PodWR Fre PodWR Fre");
  ASSERT_TRUE(sb) << sb.error().message;
  EXPECT_THAT(sb->threads, ElementsAre("W4?[x]=1; R4?[y]->r0", "W4?[y]=1; R4?[x]->r0"));
  EXPECT_EQ(sb->weak, "0:r0=0 1:r0=0");
  const auto s = shape_of_cycle("PodWW Rfe PodRW Wse");
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_THAT(s->threads, ElementsAre("W4?[x]=2; W4?[y]=1", "R4?[y]->r0; W4?[x]=1"));
  EXPECT_EQ(s->weak + " " + s->after, "1:r0=1 M:x=2 R4u[x]->x");
  const auto wrc = shape_of_cycle("Rfe DpDataW Rfe DpAddrR Fre");
  ASSERT_TRUE(wrc) << wrc.error().message;
  EXPECT_THAT(wrc->threads, ElementsAre("W4?[x]=1", "R4?[x]->r0; W4?[y]=r0^r0+1", "R4?[y]->r0; R4?[x+r0-r0]->r1"));
  const auto fences = shape_of_cycle("FencedWW Rfe DpCtrlR Fre");
  ASSERT_TRUE(fences) << fences.error().message;
  EXPECT_THAT(fences->threads, ElementsAre("W4?[x]=1; fence; W4?[y]=1", "R4?[y]->r0; skip r0!=1 1; R4?[x]->r1"));
}

TEST(LitmusCycle, ThatIsNoneIsRefused) {
  const auto error = [](std::string_view cycle) {
    const auto shape = shape_of_cycle(cycle);
    return shape ? "none" : shape.error().where + ": " + shape.error().message;
  };
  EXPECT_EQ(error("PodWR Fro"), "Fro: no edge of a cycle");
  EXPECT_EQ(error("DpDataR Fre"), "DpDataR: no edge of a cycle");
  EXPECT_EQ(error("PodWR"), ": a cycle ends with an edge to another thread");
  EXPECT_EQ(error("PodWR Rfe"), "PodWR: leads to a read, where Rfe does not begin");
  EXPECT_EQ(error("Rfe PosRR Fre"), ": a cycle over 0 places, and not over two to four");
  EXPECT_EQ(error("PodWW Wse PosWW Wse PodWW Wse"), "Wse: more than two writes to one place");
}

TEST(LitmusOrderings, ReplaceTheQuestionMarks) {
  const std::vector<std::string> threads{"W4?[x]=1; R2?[y+2]->r0", "W4?[y]=r0+1"};
  EXPECT_THAT(*with_orderings(threads, "u"), ElementsAre("W4u[x]=1; R2u[y+2]->r0", "W4u[y]=r0+1"));
  EXPECT_THAT(*with_orderings(threads, "su-u"), ElementsAre("W4s[x]=1; R2u[y+2]->r0", "W4u[y]=r0+1"));
  EXPECT_THAT(*with_orderings(threads, "xx-x"), ElementsAre("xchg4[x],1; add2[y+2],0->r0", "xchg4[y],r0+1"));
  for (const std::string wrong : {"su", "s-u", "suu-u", "su-u-u"}) {
    const auto filled = with_orderings(threads, wrong);
    ASSERT_FALSE(filled) << wrong;
    EXPECT_EQ(filled.error().message, "the orderings " + wrong + " do not fit the threads");
  }
}

TEST(LitmusList, HasATestForEachOrdering) {
  const auto tests = read_litmus_tests(R"({"tests": [
      {"name": "SB", "cycle": "PodWR Fre PodWR Fre", "allowed": "may", "forbidden": "never", "orderings": ["u", "us-su"]},
      {"name": "2+2W.a", "title": "both", "with": "more", "threads": ["R4u[x]->r0"], "maxpages": 3}]})");
  ASSERT_TRUE(tests) << tests.error().message;
  ASSERT_EQ(tests->size(), 3U);
  EXPECT_EQ((*tests)[0].name + " " + (*tests)[1].name, "SB+u SB+us-su");
  EXPECT_EQ((*tests)[1].if_allowed + " " + (*tests)[1].if_forbidden,
            "may: plain, atomic | atomic, plain never: plain, atomic | atomic, plain");
  EXPECT_EQ(file_name((*tests)[1]) + " " + file_name((*tests)[2]), "sb-us-su.wast 2-2w-a.wast");
  EXPECT_EQ((*tests)[2].if_forbidden, "both: more");
  EXPECT_EQ((*tests)[2].maximum, 3U);
  const auto wrong = read_litmus_tests(R"({"tests": [{"name": "A", "cycle": "Fre PodXY"}]})");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where + ": " + wrong.error().message, "A: PodXY: no edge of a cycle");
  EXPECT_FALSE(read_litmus_tests(R"({"tests": [{"name": 7}]})"));
  EXPECT_FALSE(read_litmus_tests("{"));
}

TEST(LitmusScript, SaysWhatTheModelSaysOfTheNotation) {
  const std::vector<LitmusTest> tests{
      of_threads({"W4u[x]=1; R4u[y]->r0", "W4u[y]=1; R4u[x]->r0"}),
      of_threads({"W8s[x]=0xffffffffffffffff", "R8s[x]->r0; R1u[y]->r1"}),
      of_threads({"W16f[x]=0x01000000000000000000000000000002", "R16f[x]->r0"}),
      of_threads({"W8f[x]=0x0200000002; W4f[y]=7", "R8f[x]->r0; R4f[y]->r1; R8u[x]->r2"}),
      of_threads({"R4s[x]->r0; skip r0==0 3; R4s[y]->r1; skip r1!=1 1; W4s[x]=2", "W4s[y]=1; W4s[x]=1"}, "",
                 "R4u[x]->x"),
      of_threads({"cas2[x],0,1->r0; assume r0==0; r1=r0^r0+5-1; W2s[y]=r1", "cas2[x],0,2->r0; R2s[y]->r1"}),
      of_threads({"add1[x+1],1; fence; sub8[y],1->r0", "xchg1[x+1],3->r0; and4[z],r0->r1; or2[w],1; xor4[z],1->r2"},
                 "W4u[z]=3; W8u[y]=5", "R2u[x]->x; size->size"),
      of_threads({"wait4[x],0,-1->r0", "W4s[x]=1; notify[x],1->r0"}),
      of_threads({"R4u[y]->r1; wait8[x],0,-1->r0", "notify[x],1->r0"}),
      of_threads({"grow 1->r0; R4s[y]->r1", "size->r0; R1u[65536]->r1; W4s[y]=1"}),
      of_threads({"R4s[x]->r0; R4s[x+4+r0]->r1", "W4s[x]=4"}, "W4u[x+8]=3"),
      of_threads({"R4s[x]->r0"}),
  };
  for (const LitmusTest& test : tests) {
    const auto script = write_litmus_script(test);
    ASSERT_TRUE(script) << test.threads[0] << ": " << script.error().message;
    EXPECT_THAT(differences(*script), IsEmpty()) << *script;
    EXPECT_TRUE(conformance::parse_front_matter(*script)) << *script;
    EXPECT_EQ(script::run_script_text(*script, {}).failed, 0U) << *script;
  }
}

TEST(LitmusScript, ThatStatesSomethingElseDiffers) {
  const auto script = write_litmus_script(of_threads({"W4s[x]=1", "R4s[x]->r0"}));
  ASSERT_TRUE(script) << script.error().message;
  std::string wrong = *script;
  const size_t at = wrong.find("(i64.const 0x1)");
  ASSERT_NE(at, std::string::npos) << wrong;
  EXPECT_THAT(differences(wrong.replace(at, 15, "(i64.const 0x2)")),
              ElementsAre("wasm: allowed, but not stated: 0x1 (1:r0=1)", "wasm: stated, but not allowed: 0x2"));
}

TEST(LitmusScript, IsEntitledByWhatTheModelAllows) {
  LitmusTest test = of_threads({"W4u[x]=1; W4u[y]=1", "R4u[y]->r0; R4u[x]->r1"});
  test.weak = "1:r0=0x1 1:r1=0";
  EXPECT_THAT(*write_litmus_script(test), HasSubstr(";; title:    a title\n"));
  test.threads = {"W4u[x]=1; W4s[y]=1", "R4s[y]->r0; R4u[x]->r1"};
  EXPECT_THAT(*write_litmus_script(test), HasSubstr(";; title:    another title\n"));
}

TEST(LitmusScript, DoesNotRunWhatMightNotEnd) {
  const auto blocked = write_litmus_script(of_threads({"wait4[x],0,-1->r0", "notify[x],1->r0"}));
  ASSERT_TRUE(blocked) << blocked.error().message;
  EXPECT_THAT(*blocked, HasSubstr(";; needs:    wait litmus\n"));
  EXPECT_THAT(*blocked, HasSubstr(";; allowed:  0:r0=0 1:r0=1 | 1:r0=0 T0=blocked\n"));
  EXPECT_THAT(*blocked, Not(HasSubstr("(invoke")));
  // Here the model drops the execution in which the other sleeps for ever.
  const auto dropped = write_litmus_script(of_threads({"wait4[x],0,-1->r0", "notify[x],1->r0; assume r0==1"}));
  ASSERT_TRUE(dropped) << dropped.error().message;
  EXPECT_THAT(*dropped, HasSubstr(";; allowed:  0:r0=0 1:r0=1\n"));
}

TEST(LitmusScript, OfWhatCannotBeWrittenIsRefused) {
  EXPECT_EQ(error_of(of_threads({"W4u[x]=1", "V4u[x]"})), "thread 1, column 1: unknown operation 'V4u'");
  EXPECT_EQ(error_of(of_threads({"R4u[x]->r0; skip r0==0 1; R4u[x]->r1; W4u[x]=r1"})),
            "thread 0: r1 is used where it may be unassigned");
  EXPECT_EQ(error_of(of_threads({"R4u[x]->r0; skip r0==0 1; skip r0==1 1; W4u[x]=1"})),
            "thread 0: a skip ends outside of another that it is in");
  EXPECT_EQ(error_of(of_threads({"grow 1->r0; R1u[0x40000]->r1"})),
            "thread 0: r0 may be unassigned, or the -1 of a memory.grow that fails");
  EXPECT_EQ(error_of(of_threads({"R16f[x]->r0; R4u[x]->r1"})), ": a register of 16 bytes, and others beside it");
  EXPECT_EQ(error_of(of_threads({"W4u[x]=1"})), ": no register makes an outcome");
  EXPECT_EQ(error_of(of_threads({"R4u[x]->r0; R8u[x]->r0"})), "thread 0: r0 is an i64 here and an i32 there");
}

/// The table of outcomes that lies beside the repository, where it does: from notation to scripts, and what those mean.
TEST(LitmusTable, EverySetIsThatOfTheScript) {
  const char* path = std::getenv("WEFT_LITMUS");
  if (path == nullptr) GTEST_SKIP() << "WEFT_LITMUS names no table of litmus tests";
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto tests = read_litmus_tests(text);
  ASSERT_TRUE(tests) << tests.error().message;
  const auto stated = model::parse_litmus_json(text);
  ASSERT_TRUE(stated) << stated.error().message;
  ASSERT_EQ(tests->size(), stated->size());
  for (size_t i = 0; i < tests->size(); ++i) {
    const LitmusTest& test = (*tests)[i];
    const auto script = write_litmus_script(test);
    ASSERT_TRUE(script) << test.name << ": " << script.error().message;
    EXPECT_THAT(differences(*script), IsEmpty()) << test.name;
    const auto read = model::parse_litmus_script(*script);
    ASSERT_TRUE(read) << test.name << ": " << read.error().message;
    EXPECT_THAT((*stated)[i].test->stated.differences(*model::judge(read->litmus)), IsEmpty()) << test.name;
  }
}

}  // namespace
}  // namespace weft::generate
