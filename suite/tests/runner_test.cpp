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
  const RunResult result = run("(module (type (struct)) (func (export \"f\"))) (invoke \"f\")");
  expect(result, 0, 0, 2);
  EXPECT_EQ(result.skips[0].message, "not supported: GC");
}

TEST(Runner, WhatDependsOnTheUnsupportedIsSkippedWithItsReason) {
  const RunResult result = run(R"wast(
    (module $A (type (struct)) (func (export "f")))
    (register "a" $A)
    (invoke "f")
    (module $B (import "a" "f" (func)))
    (invoke $B "f")
    (assert_unlinkable (module (import "a" "f" (func))) "unknown import")
    (assert_invalid (module quote "(type (array i8)) (func (result i32))") "type mismatch")
    (assert_malformed (module quote "(type (array i8)) (fun)") "unknown operator")
    (module instance $C $A)
    (module)
    (assert_return (invoke $A "f") (ref.struct)))wast");
  expect(result, 1, 0, 10);
  for (const Finding& skip : result.skips) EXPECT_EQ(skip.message, "not supported: GC") << skip.position.line;
}

TEST(Runner, EachInstanceOfADefinitionIsANewOne) {
  expect(run(R"wast(
    (module definition $M
      (global $g (export "g") (mut i32) (i32.const 0))
      (func (export "inc") (global.set $g (i32.add (global.get $g) (i32.const 1)))))
    (module instance $I1 $M)
    (module instance $I2 $M)
    (invoke $I1 "inc")
    (assert_return (get $I1 "g") (i32.const 1))
    (assert_return (get $I2 "g") (i32.const 0))
    (module instance)
    (assert_return (get "g") (i32.const 0))
    (module definition (func $f unreachable) (start $f))
    (assert_trap (module instance) "unreachable"))wast"),
         10, 0);
  EXPECT_EQ(expect(run("(module instance)"), 0, 1), "module: error: no module yet");
  EXPECT_EQ(expect(run("(module instance $M)"), 0, 1), "module: error: unknown module $M");
  EXPECT_THAT(expect(run("(module definition $M (func (result i32))) (invoke \"f\")"), 0, 2),
              HasSubstr("type mismatch"));
}

TEST(Runner, AnExceptionIsNeitherAResultNorATrap) {
  const RunResult result = run(R"(
    (module (tag $e)
      (func (export "throw") (throw $e))
      (func (export "ok"))
      (func (export "exn") (result exnref)
        (block $h (result exnref) (try_table (catch_all_ref $h) (throw $e)) (unreachable))))
    (assert_exception (invoke "throw"))
    (assert_return (invoke "exn") (ref.exn))
    (assert_exception (invoke "ok"))
    (assert_return (invoke "throw"))
    (assert_trap (invoke "throw") "unreachable")
    (assert_return (invoke "exn") (ref.null exn)))");
  expect(result, 3, 4);
  EXPECT_EQ(result.failures[0].message, "assert_exception: expected an exception, got no result");
  EXPECT_THAT(result.failures[1].message, StartsWith("assert_return: expected no result, got exception: "));
}

TEST(Runner, AnnotationsAreJudgedByTheWholePhrase) {
  const RunResult result = run(R"wast(
    (module (@custom "a" "b"))
    (assert_malformed_custom (module quote "(@custom)") "@custom annotation: missing")
    (assert_malformed_custom (module quote "(@custom)") "@custom annotation: malformed")
    (assert_malformed_custom (module quote "(func (br_if 0")  "@custom annotation")
    (assert_malformed_custom (module quote "(@custom \"a\")") "")
    (assert_invalid_custom (module (func (@metadata.code.branch_hint "\00") nop)) "@metadata.code.branch_hint")
    (assert_invalid_custom (module quote "(func (@metadata.code.branch_hint \"\\00\") nop)") "@metadata.code")
    (assert_invalid_custom (module quote "(@custom)") "@custom annotation")
    (assert_invalid_custom (module (func i32.const 0)) "@custom annotation")
    (assert_malformed_custom (module binary "\00asm\01\00\00\00") "@custom annotation")
    (module (func (@metadata.code.branch_hint "\00") nop)))wast");
  expect(result, 4, 6, 1);
  EXPECT_EQ(result.failures.back().message,
            "module: 12:19: invalid: @metadata.code.branch_hint annotation: invalid target");
}

TEST(Runner, AnnotationsBetweenCommandsAreComments) {
  expect(run(R"((@custom) (module) (@name) (invoke (@custom) "f") (@metadata.code.branch_hint))"), 1, 1);
}

TEST(Runner, SpectestHasATableOf64Bits) {
  expect(run(R"((module (import "spectest" "table64" (table i64 10 20 funcref)))
    (assert_unlinkable (module (import "spectest" "table" (table i64 10 20 funcref))) "incompatible import type"))"),
         2, 0);
}

TEST(Runner, BareModuleFieldsAreOneCommand) { expect(run("(func (export \"f\")) (memory 1)"), 1, 0); }

TEST(Runner, UnknownNamesFailTheirCommand) {
  EXPECT_EQ(expect(run(R"((invoke "f"))"), 0, 1), "action: expected an ordinary end, got no module yet");
  EXPECT_THAT(expect(run(R"((module) (invoke "f"))"), 1, 1), HasSubstr("no exported function \"f\""));
  EXPECT_EQ(expect(run(R"((register "a" $A))"), 0, 1), "register: unknown module $A");
}

}  // namespace
}  // namespace weft::script
