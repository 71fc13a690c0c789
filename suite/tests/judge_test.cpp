// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/judge.h"

#include <gtest/gtest.h>

#include <csignal>

namespace weft::runtimes {
namespace {

Pattern pattern(const std::string& text) {
  auto compiled = Pattern::compile(text);
  EXPECT_TRUE(compiled) << compiled.error().message;
  return *compiled;
}

Adapter adapter() {
  Adapter adapter;
  adapter.trap = pattern("^trap: ");
  adapter.rejected = pattern("^rejected: ");
  adapter.accepted = pattern("^no such export");
  return adapter;
}

Mode mode(Form form) {
  Mode mode;
  mode.form = form;
  mode.result = pattern("^= ([0-9a-fx]+)$");
  mode.failure = pattern("^([0-9]+): failed: (.*)$");
  mode.skip = pattern("^([0-9]+): skipped: (.*)$");
  mode.warning = pattern("^([0-9]+): warned: (.*)$");
  mode.passed = pattern("^([0-9]+) passed");
  mode.place = pattern("^at ([0-9]+)$");
  mode.refusal = pattern("^cannot read (.*)$");
  return mode;
}

CommandEnd ended(int status, const std::string& output) { return {CommandEnd::How::exited, status, output, {}}; }

/// "line: message" of the only failure, or "holds".
std::string verdict(Form form, Expect expect, const CommandEnd& end, std::vector<uint32_t> lines = {}) {
  const Run run{.file = "t.wasm",
                .invoke = {},
                .expect = expect,
                .lines = std::move(lines),
                .features = {},
                .exit = {{3}, false}};
  const Judgement judgement = judge(adapter(), mode(form), run, end);
  if (judgement.failures.empty()) return judgement.is_refused ? "refused" : "holds";
  EXPECT_EQ(judgement.failures.size(), 1U);
  return std::to_string(judgement.failures[0].line) + ": " + judgement.failures[0].message;
}

TEST(Judge, TakesWhatAnExportGives) {
  EXPECT_EQ(verdict(Form::exports, Expect::holds, ended(0, "= 0\n")), "holds");
  EXPECT_EQ(verdict(Form::exports, Expect::holds, ended(0, "= 0x0\n")), "holds");
  EXPECT_EQ(verdict(Form::exports, Expect::holds, ended(0, "= 0x11\n")), "17: not as expected");
  EXPECT_EQ(verdict(Form::exports, Expect::holds, ended(0, "")), "0: exit code 0") << "silence is no result";
  EXPECT_EQ(verdict(Form::exports, Expect::holds, ended(1, "trap: x\n")), "0: trapped: trap: x");
  EXPECT_EQ(verdict(Form::exports, Expect::holds, ended(1, "rejected: x\n")), "0: was rejected: rejected: x");
}

TEST(Judge, TakesTheStatusOfAProgramAndTheLineThatItTells) {
  EXPECT_EQ(verdict(Form::wasi_threads, Expect::holds, ended(0, "")), "holds");
  EXPECT_EQ(verdict(Form::wasi_threads, Expect::holds, ended(1, "line 9: not as expected\n")), "9: not as expected");
  EXPECT_EQ(verdict(Form::wasi_threads, Expect::holds, ended(1, "")), "0: exit code 1");
}

TEST(Judge, WantsATrapToBeCalledOne) {
  EXPECT_EQ(verdict(Form::exports, Expect::trap, ended(134, "trap: x\n"), {7}), "holds");
  EXPECT_EQ(verdict(Form::exports, Expect::trap, ended(0, "= 7\n"), {7}), "7: should trap: exit code 0: = 7");
  EXPECT_EQ(verdict(Form::exports, Expect::trap, ended(1, "rejected: x\n"), {7}),
            "7: should trap: exit code 1: rejected: x");
}

TEST(Judge, TellsAcceptedFromRejected) {
  EXPECT_EQ(verdict(Form::exports, Expect::accepted, ended(0, "")), "holds");
  EXPECT_EQ(verdict(Form::exports, Expect::accepted, ended(1, "no such export\n")), "holds");
  EXPECT_EQ(verdict(Form::exports, Expect::rejected, ended(1, "rejected: x\n")), "holds");
  EXPECT_EQ(verdict(Form::exports, Expect::rejected, ended(1, "no such export\n"), {4}),
            "4: should be rejected: it is accepted");
  EXPECT_EQ(verdict(Form::exports, Expect::rejected, ended(1, "usage\n"), {4}),
            "4: should be rejected: exit code 1: usage")
      << "any failure is not yet a rejection";
  EXPECT_EQ(verdict(Form::exports, Expect::accepted, ended(1, "rejected: x\n"), {4}),
            "4: should be accepted: exit code 1: rejected: x");
}

TEST(Judge, HoldsAProgramToItsStatuses) {
  EXPECT_EQ(verdict(Form::wasi_threads, Expect::exits, ended(3, "")), "holds");
  EXPECT_EQ(verdict(Form::wasi_threads, Expect::exits, ended(0, "")),
            "0: exit code 0, which its front matter does not allow");
  EXPECT_EQ(verdict(Form::wasi_threads, Expect::exits, ended(3, "trap: x\n")),
            "0: exit code 3: trap: x, which its front matter does not allow");
}

TEST(Judge, ReadsWhatAScriptTells) {
  EXPECT_EQ(verdict(Form::script, Expect::holds, ended(0, "4 passed\n")), "holds");
  EXPECT_EQ(verdict(Form::script, Expect::holds, ended(1, "5: failed: no\n4 passed\n")), "5: no");
  EXPECT_EQ(verdict(Form::script, Expect::holds, ended(1, "at 3\nat 8\nno\n")), "8: no") << "the place it was at last";
  EXPECT_EQ(verdict(Form::script, Expect::holds, ended(1, "cannot read threads\n")), "refused");
  EXPECT_EQ(verdict(Form::script, Expect::holds, ended(0, "2: skipped: no\n0 passed\n")), "refused")
      << "nothing was asked";
  EXPECT_EQ(verdict(Form::script, Expect::holds, ended(0, "2: skipped: no\n1 passed\n")), "holds");
}

TEST(Judge, KeepsWarningsBesideWhatHolds) {
  const runtimes::Run run{
      .file = "t.json", .invoke = {}, .expect = Expect::holds, .lines = {}, .features = {}, .exit = {{3}, false}};
  const Judgement judgement = judge(adapter(), mode(Form::plan), run, ended(0, "6: warned: other words\n4 passed\n"));
  EXPECT_TRUE(judgement.failures.empty());
  ASSERT_EQ(judgement.warnings.size(), 1U);
  EXPECT_EQ(judgement.warnings[0].line, 6U);
  EXPECT_EQ(judgement.warnings[0].message, "other words");
}

TEST(Judge, TellsHowAProcessBroke) {
  EXPECT_EQ(verdict(Form::exports, Expect::trap, {CommandEnd::How::crashed, SIGSEGV, "trap: x\n", {}}, {7}),
            "7: crashed with signal 11 (Segmentation fault): trap: x")
      << "a crash is no trap, whatever was said before";
  EXPECT_EQ(verdict(Form::exports, Expect::rejected, {CommandEnd::How::late, 0, "", std::chrono::milliseconds(5)}, {7}),
            "7: still running after 5 ms");
  EXPECT_EQ(verdict(Form::script, Expect::holds, {CommandEnd::How::too_much, 0, "", {}}),
            "0: wrote more than a mebibyte");
}

TEST(Commands, AreFilledInAndQuoted) {
  EXPECT_EQ(fill({"{program}", "--x={file}", "{options}", "{other}"}, {{"program", "p q"}, {"file", "f"}}, {"-a", "b"}),
            (std::vector<std::string>{"p q", "--x=f", "-a", "b", "{other}"}));
  EXPECT_EQ(quoted({"p q", "", "it's", "plain-1.0"}), "'p q' '' 'it'\\''s' plain-1.0");
}

}  // namespace
}  // namespace weft::runtimes
