// SPDX-License-Identifier: Apache-2.0
#include "suite/script/runner.h"

#include <gmock/gmock.h>

namespace weft::script {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

RunResult run(std::string_view source, std::chrono::milliseconds timeout = 60s) {
  RunOptions options;
  options.timeout = timeout;
  return run_script_text(source, options);
}

/// Expects these counts; returns the message of the first failure, or "".
std::string expect(const RunResult& result, size_t passed, size_t failed, size_t skipped = 0) {
  const std::string message = result.failures.empty() ? "" : result.failures[0].message;
  EXPECT_EQ(result.passed, passed) << message;
  EXPECT_EQ(result.failed, failed) << message;
  EXPECT_EQ(result.skipped, skipped);
  return message;
}

constexpr std::string_view kShared = R"((module $M (memory (export "m") 1 1 shared)) )";

TEST(Runner, EachCommandCountsOnce) {
  expect(run(R"(
    (module $A (func (export "f") (param i32) (result i32) (local.get 0)) (global (export "g") i64 (i64.const 7)))
    (register "A" $A)
    (invoke "f" (i32.const 1))
    (assert_return (invoke $A "f" (i32.const 5)) (i32.const 5))
    (assert_return (get "g") (i64.const 7)))"),
         5, 0);
}

TEST(Runner, AWrongResultFailsAtItsPositionAndTheRestRuns) {
  const RunResult result =
      run("(module (func (export \"f\") (result i32) (i32.const 2)))\n"
          "  (assert_return (invoke \"f\") (i32.const 1))\n"
          "(assert_return (invoke \"f\") (i32.const 2))");
  EXPECT_EQ(expect(result, 2, 1), "assert_return: expected i32:1, got i32:2");
  EXPECT_EQ(result.failures[0].position.line, 2U);
  EXPECT_EQ(result.failures[0].position.column, 3U);
}

TEST(Runner, ATrapIsNotAResultNorAResultATrap) {
  const RunResult result = run(R"(
    (module (func (export "trap") unreachable) (func (export "ok")))
    (assert_return (invoke "trap"))
    (assert_trap (invoke "ok") "unreachable")
    (assert_trap (invoke "trap") "integer overflow")
    (assert_trap (invoke "trap") "unreach"))");
  expect(result, 2, 3);
  EXPECT_EQ(result.failures[0].message, "assert_return: expected no result, got trap: unreachable");
  EXPECT_EQ(result.failures[1].message, "assert_trap: expected trap: unreachable, got no result");
  EXPECT_EQ(result.failures[2].message, "assert_trap: expected trap: integer overflow, got trap: unreachable");
}

TEST(Runner, ExhaustionIsAKindOfItsOwn) {
  const std::string_view module = R"((module (func $f (export "f") (call $f))) )";
  expect(run(std::string(module) + R"((assert_exhaustion (invoke "f") "call stack exhausted"))"), 2, 0);
  expect(run(std::string(module) + R"((assert_trap (invoke "f") "call stack exhausted"))"), 1, 1);
}

TEST(Runner, TheErrorKindsAreToldApart) {
  expect(run(R"(
    (assert_malformed (module quote "(func") "unexpected")
    (assert_malformed (module binary "\00asm") "unexpected end")
    (assert_invalid (module (func (result i32))) "type mismatch")
    (assert_unlinkable (module (import "no" "such" (func))) "unknown import")
    (assert_unlinkable (module (import "spectest" "print_i32" (func))) "incompatible import type")
    (assert_trap (module (memory 0) (data (i32.const 0) "a")) "out of bounds memory access"))"),
         6, 0);
  expect(run(R"((assert_malformed (module (func (result i32))) "type mismatch"))"), 0, 1);
  expect(run(R"((assert_invalid (module quote "(func") "unexpected"))"), 0, 1);
  EXPECT_THAT(expect(run(R"((assert_invalid (module) "type mismatch"))"), 0, 1),
              HasSubstr("got a module that is accepted"));
}

TEST(Runner, AFileThatDoesNotParseIsOneFailureWithItsPosition) {
  const RunResult result = run("(module)\n(modul)");
  EXPECT_THAT(expect(result, 0, 1), StartsWith("malformed: unknown operator modul"));
  EXPECT_EQ(result.failures[0].position.line, 2U);
}

TEST(Runner, NanPatternsAndEither) {
  expect(run(R"(
    (module
      (func (export "nan") (result f32) (f32.const nan))
      (func (export "payload") (result f64) (f64.const nan:0xc000000000000))
      (func (export "one") (result i32) (i32.const 1)))
    (assert_return (invoke "nan") (f32.const nan:canonical))
    (assert_return (invoke "nan") (f32.const nan:arithmetic))
    (assert_return (invoke "payload") (f64.const nan:arithmetic))
    (assert_return (invoke "one") (either (i32.const 0) (i32.const 1))))"),
         5, 0);
  const RunResult result = run(R"(
    (module (func (export "payload") (result f64) (f64.const nan:0xc000000000000)) (func (export "two") (result i32) (i32.const 2)))
    (assert_return (invoke "payload") (f64.const nan:canonical))
    (assert_return (invoke "two") (either (i32.const 0) (i32.const 1))))");
  expect(result, 1, 2);
  EXPECT_EQ(result.failures[1].message, "assert_return: expected either i32:0 i32:1, got i32:2");
}

TEST(Runner, AThreadHasAnEmptyRegistryAndTheSharedModulesOnly) {
  expect(run(std::string(kShared) + R"(
    (register "m" $M)
    (thread $T (shared (module $M))
      (assert_unlinkable (module (memory (import "m" "m") 1 1 shared)) "unknown import")
      (register "m" $M)
      (module (memory (import "m" "m") 1 1 shared) (func (export "f") (i32.store (i32.const 0) (i32.const 42))))
      (invoke "f"))
    (wait $T)
    (module (memory (import "m" "m") 1 1 shared) (func (export "f") (result i32) (i32.load (i32.const 0))))
    (assert_return (invoke "f") (i32.const 42)))"),
         10, 0);
}

TEST(Runner, OnlyAnInstanceWhoseExportsAreAllSharedCanBeGivenToAThread) {
  const std::string message = expect(run(R"((module $M (memory (export "m") 1 1 shared) (func (export "f")))
    (thread $T (shared (module $M)) (register "m" $M)))"),
                                     1, 2);
  EXPECT_EQ(message, "thread: module $M exports something that is not shared");
  expect(run(R"((module $Empty) (thread (shared (module $Empty))) (wait))"), 3, 0);
}

TEST(Runner, AFailureInAThreadFailsTheScript) {
  const RunResult result =
      run(R"((thread $T (module (func (export "f") unreachable)) (assert_return (invoke "f"))) (wait $T))");
  EXPECT_EQ(expect(result, 3, 1), "assert_return: expected no result, got trap: unreachable");
}

TEST(Runner, ThreadsNestAndAnonymousWaitMeansTheLatest) {
  expect(run(std::string(kShared) + R"(
    (thread $Outer (shared (module $M))
      (thread $Inner (shared (module $M)) (register "m" $M))
      (wait $Inner))
    (thread (shared (module $M)))
    (wait)
    (wait $Outer))"),
         8, 0);
  EXPECT_EQ(expect(run("(wait $T)"), 0, 1), "wait: unknown thread $T");
  EXPECT_EQ(expect(run("(wait)"), 0, 1), "wait: no thread yet");
}

TEST(Runner, AHangIsEndedNamedAndEveryThreadJoined) {
  const RunResult wait = run(std::string(kShared) + R"(
    (thread $T (shared (module $M))
      (register "m" $M)
      (module (memory (import "m" "m") 1 1 shared)
        (func (export "hang") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
      (assert_return (invoke "hang") (i32.const 0))
      (invoke "hang"))
    (wait $T))",
                             100ms);
  EXPECT_TRUE(wait.timed_out);
  EXPECT_EQ(wait.passed + wait.failed, 7U);
  EXPECT_THAT(wait.failures[0].message, StartsWith("timeout: still running after 0.1 s"));
  const RunResult loop = run(R"((module (func (export "f") (loop (br 0)))) (invoke "f") (module) (module))", 100ms);
  EXPECT_TRUE(loop.timed_out);
  expect(loop, 1, 3);
  EXPECT_EQ(loop.failures[1].message, "timeout: this and 1 more commands did not run");
}

TEST(Runner, UnsupportedIsSkippedWithItsReasonAndNeverPassed) {
  std::string locals;
  for (int i = 0; i < 40'000; ++i) locals += " v128";
  const RunResult result = run("(module (func (export \"f\") (local" + locals + "))) (invoke \"f\")");
  expect(result, 0, 0, 2);
  EXPECT_THAT(result.skips[0].message, StartsWith("not supported: a frame of 80003 slots"));
}

TEST(Runner, BareModuleFieldsAreOneCommand) { expect(run("(func (export \"f\")) (memory 1)"), 1, 0); }

TEST(Runner, UnknownNamesFailTheirCommand) {
  EXPECT_EQ(expect(run(R"((invoke "f"))"), 0, 1), "action: expected an ordinary end, got no module yet");
  EXPECT_THAT(expect(run(R"((module) (invoke "f"))"), 1, 1), HasSubstr("no exported function \"f\""));
  EXPECT_EQ(expect(run(R"((register "a" $A))"), 0, 1), "register: unknown module $A");
}

}  // namespace
}  // namespace weft::script
