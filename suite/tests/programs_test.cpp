// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/programs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "interp/decode.h"
#include "interp/host/program.h"
#include "interp/validate.h"
#include "suite/conformance/child.h"

namespace weft::runtimes {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

Lowering lowered(const std::string& text, Form form, const std::string& spec = "exec-call") {
  const auto script = script::parse_script(text);
  EXPECT_TRUE(script) << script.error().message;
  return make_programs(*script, form, "t", spec);
}

Module module_of(const Lowering& lowering, const std::string& file) {
  for (const auto& [name, contents] : lowering.files) {
    if (name == file) return *decode(contents);
  }
  ADD_FAILURE() << "no file " << file;
  return {};
}

ProgramResult result_of(const Lowering& lowering, const Run& run) {
  ProgramOptions options;
  options.args = {run.file};
  options.streams = {-1, -1, -1};
  if (!run.invoke.empty()) options.invoke = run.invoke;
  options.timeout = std::chrono::seconds(60);
  auto compiled = CompiledModule::compile(module_of(lowering, run.file));
  EXPECT_TRUE(compiled) << compiled.error().message;
  return Program(*compiled, options).run();
}

/// The line that the export "run" gives.
uint32_t line_of(const std::string& text) {
  const Lowering lowering = lowered(text, Form::exports);
  for (const runtimes::Run& run : lowering.runs) {
    if (run.invoke == "run") return result_of(lowering, run).values.at(0).as_i32();
  }
  ADD_FAILURE() << "no export 'run'";
  return 0;
}

TEST(Programs, GiveTheLineOfTheFirstAssertionThatDoesNotHold) {
  const std::string one = "(module (func (export \"one\") (result i32) (i32.const 1)))\n";
  EXPECT_EQ(line_of(one + "(assert_return (invoke \"one\") (i32.const 1))\n"), 0U);
  EXPECT_EQ(
      line_of(one + "(assert_return (invoke \"one\") (i32.const 1))\n(assert_return (invoke \"one\") (i32.const 2))"),
      3U);
}

/// A function that gives what it gets must give just this.
uint32_t echo(const std::string& type, const std::string& constant, const std::string& expected) {
  return line_of("(module (func (export \"echo\") (param " + type + ") (result " + type + ") (local.get 0)))\n" +
                 "(assert_return (invoke \"echo\" (" + constant + ")) (" + expected + "))");
}

TEST(Programs, JudgeEveryKindOfResult) {
  const std::vector<std::array<std::string, 4>> cases{
      {"i32", "i32.const -1", "i32.const -1", "i32.const 1"},
      {"i64", "i64.const 0x8000000000000001", "i64.const 0x8000000000000001", "i64.const 1"},
      {"f32", "f32.const -0.0", "f32.const -0.0", "f32.const 0"},
      {"f64", "f64.const 1.5", "f64.const 1.5", "f64.const 2"},
      {"f32", "f32.const -nan:0x400000", "f32.const nan:canonical", "f32.const inf"},
      {"f32", "f32.const nan:0x400001", "f32.const nan:arithmetic", "f32.const nan:canonical"},
      {"f64", "f64.const nan:0x4000000000000", "f64.const nan:0x4000000000000", "f64.const nan:arithmetic"},
      {"v128", "v128.const i32x4 1 2 3 4", "v128.const i32x4 1 2 3 4", "v128.const i32x4 1 2 3 5"},
      {"v128", "v128.const f64x2 1 -nan:0x8000000000000", "v128.const f64x2 1 nan:canonical",
       "v128.const f64x2 nan:canonical 1"},
      {"funcref", "ref.null func", "ref.null", "ref.func"},
      {"externref", "ref.null extern", "ref.null extern", "ref.extern"},
      {"i32", "i32.const 5", "either (i32.const 4) (i32.const 5)", "either (i32.const 4) (i32.const 6)"},
  };
  for (const auto& [type, constant, right, wrong] : cases) {
    EXPECT_EQ(echo(type, constant, right), 0U) << constant << " is " << right;
    EXPECT_EQ(echo(type, constant, wrong), 2U) << constant << " is not " << wrong;
  }
}

TEST(Programs, LeaveOutWhatOnlyAHostCanPass) {
  const Lowering lowering = lowered(
      "(module (func (export \"f\") (param externref)))\n(assert_return (invoke \"f\" (ref.extern 1)))", Form::exports);
  ASSERT_EQ(lowering.left_out.size(), 1U);
  EXPECT_EQ(lowering.left_out[0].line, 2U);
  EXPECT_EQ(lowering.left_out[0].reason, "only a host can make this reference");
}

TEST(Programs, MergeInstancesThatImportFromEachOther) {
  EXPECT_EQ(
      line_of("(module $A (global (export \"g\") i32 (i32.const 7)) (memory (export \"m\") 1 1)\n"
              "  (func (export \"f\") (result i32) (i32.load (i32.const 0))))\n(register \"a\" $A)\n"
              "(module $B (import \"a\" \"f\" (func $f (result i32))) (import \"a\" \"m\" (memory 1 1))\n"
              "  (import \"a\" \"g\" (global $g i32)) (global $h i32 (global.get $g))\n"
              "  (table funcref (elem $f)) (data (i32.const 0) \"\\05\") (type $t (func (result i32)))\n"
              "  (func (export \"both\") (result i32)\n"
              "    (i32.add (global.get $h) (call_indirect (type $t) (i32.const 0)))))\n"
              "(assert_return (invoke $B \"both\") (i32.const 12))\n(assert_return (invoke $A \"f\") (i32.const 5))"),
      0U);
}

TEST(Programs, AskForATrapInARunOfItsOwn) {
  const std::string text =
      "(module (memory 1 1) (func (export \"f\") (i32.store (i32.const 0) (i32.const 9)) (unreachable))\n"
      "  (func (export \"g\") (result i32) (i32.load (i32.const 0))))\n"
      "(assert_return (invoke \"g\") (i32.const 0))\n(assert_trap (invoke \"f\") \"unreachable\")\n"
      "(assert_return (invoke \"g\") (i32.const 9))\n(assert_return (invoke \"g\") (i32.const 9))";
  for (const Form form : {Form::exports, Form::wasi_threads}) {
    const Lowering lowering = lowered(text, form);
    ASSERT_EQ(lowering.runs.size(), 2U);
    EXPECT_EQ(lowering.runs[0].expect, Expect::holds);
    EXPECT_THAT(lowering.runs[0].lines, ElementsAre(1, 3));
    EXPECT_EQ(lowering.runs[1].expect, Expect::trap);
    EXPECT_THAT(lowering.runs[1].lines, ElementsAre(4));
    EXPECT_EQ(result_of(lowering, lowering.runs[1]).kind, ProgramResult::Kind::trapped);
    ASSERT_EQ(lowering.left_out.size(), 2U) << "what the trap left is not there";
    EXPECT_EQ(lowering.left_out[0].line, 5U);
    EXPECT_EQ(lowering.left_out[1].line, 6U);
  }
}

TEST(Programs, AskAboutModulesWithTheirOwnBytes) {
  const Lowering lowering = lowered(
      "(module binary \"\\00asm\\01\\00\\00\\00\")\n(assert_malformed (module binary \"\\00\") \"x\")\n"
      "(assert_malformed (module quote \"(\") \"x\")",
      Form::exports);
  ASSERT_EQ(lowering.runs.size(), 3U);
  EXPECT_EQ(lowering.runs[0].expect, Expect::accepted);
  EXPECT_EQ(lowering.runs[1].expect, Expect::rejected);
  EXPECT_EQ(lowering.files[1].second, std::vector<uint8_t>{0});
  ASSERT_EQ(lowering.left_out.size(), 1U);
  EXPECT_EQ(lowering.left_out[0].reason, "it takes text");
}

/// What the program writes, and how it ends.
std::string output_of(const Lowering& lowering) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  ProgramOptions options;
  options.args = {"t"};
  options.streams = {-1, -1, ends[1]};
  options.timeout = std::chrono::seconds(60);
  const ProgramResult result = Program(*CompiledModule::compile(module_of(lowering, "t.wasm")), options).run();
  close(ends[1]);
  std::string text(256, '\0');
  text.resize(static_cast<size_t>(std::max<ssize_t>(0, read(ends[0], text.data(), text.size()))));
  close(ends[0]);
  return std::to_string(exit_code(result)) + " " + text;
}

std::string threads_script(const std::string& result) {
  return "(module $Mem (memory (export \"memory\") 1 1 shared))\n(thread $T (shared (module $Mem))\n"
         "  (register \"mem\" $Mem)\n  (module (memory (import \"mem\" \"memory\") 1 1 shared)\n"
         "    (func (export \"f\") (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))\n"
         "  (assert_return (invoke \"f\") (i32.const " +
         result +
         ")))\n(wait $T)\n(register \"mem\" $Mem)\n"
         "(module (memory (import \"mem\" \"memory\") 1 1 shared)\n"
         "  (func (export \"g\") (result i32) (i32.load (i32.const 0))))\n(assert_return (invoke \"g\") (i32.const 1))";
}

TEST(Programs, WithThreadsEndWithStatus0OrSayWhichLine) {
  EXPECT_EQ(output_of(lowered(threads_script("0"), Form::wasi_threads)), "0 ");
  EXPECT_EQ(output_of(lowered(threads_script("1"), Form::wasi_threads)), "1 line 6: not as expected\n");
}

TEST(Programs, WithThreadsAreNoExports) {
  const Lowering lowering = lowered(threads_script("0"), Form::exports);
  EXPECT_THAT(lowering.runs, IsEmpty());
  ASSERT_FALSE(lowering.left_out.empty());
  EXPECT_EQ(lowering.left_out[0].reason, "it takes threads");
}

TEST(Programs, AboutLinkingAreNotMerged) {
  const std::string text =
      "(module $A (memory (export \"m\") 1 1))\n(register \"a\" $A)\n"
      "(module (import \"a\" \"m\" (memory 1 1)) (data (i32.const 0) \"a\"))";
  EXPECT_THAT(lowered(text, Form::exports, "exec-instantiation").runs, IsEmpty());
  EXPECT_EQ(lowered(text, Form::exports).runs.size(), 1U);
}

/// The lines of all assertions, those of threads included.
void collect(const std::vector<script::Command>& commands, std::set<uint32_t>& lines) {
  for (const script::Command& command : commands) {
    if (const auto* thread = std::get_if<script::Thread>(&command.what)) {
      collect(thread->commands, lines);
    } else if (!std::holds_alternative<script::Register>(command.what) &&
               !std::holds_alternative<script::Wait>(command.what)) {
      lines.insert(command.position.line);
    }
  }
}

TEST(Programs, OfTheSuiteAreValidAndMissNothing) {
  const fs::path root = fs::path(__FILE__).parent_path().parent_path().parent_path() / "wast";
  for (const conformance::SuiteTest& test : conformance::tests_below(root, false)) {
    const std::string text = *test.text();
    std::set<uint32_t> lines;
    collect(script::parse_script(text)->commands, lines);
    for (const Form form : {Form::exports, Form::wasi_threads}) {
      const auto lowering = lower(test, text, form);
      ASSERT_TRUE(lowering) << test.name << ": " << lowering.error().message;
      std::set<uint32_t> told;
      for (const LeftOut& one : lowering->left_out) told.insert(one.line);
      for (const runtimes::Run& run : lowering->runs) {
        told.insert(run.lines.begin(), run.lines.end());
        if (run.expect != Expect::holds && run.expect != Expect::trap) continue;
        const auto valid = validate(module_of(*lowering, run.file));
        EXPECT_TRUE(valid) << run.file << ": " << valid.error().where << ": " << valid.error().message;
      }
      EXPECT_TRUE(std::includes(told.begin(), told.end(), lines.begin(), lines.end())) << test.name;
    }
  }
}

}  // namespace
}  // namespace weft::runtimes
