// SPDX-License-Identifier: Apache-2.0
#include "interp/host/program.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "interp/host/blocking.h"
#include "interp/tests/host_modules.h"

namespace weft {
namespace {

TEST(Program, InvokesAnExport) {
  EXPECT_EQ(summary(invoke(kPlain, "add32", {"2", "-3"})), "returned i32:-1");
  EXPECT_EQ(summary(invoke(kPlain, "add64", {"0x7fffffffffffffff", "1"})), "returned i64:-9223372036854775808");
  EXPECT_EQ(summary(invoke(kPlain, "half", {"3"})), "returned f64:0x1.8p+0");
}

TEST(Program, SaysWhatIsWrongWithAnInvocation) {
  EXPECT_EQ(summary(invoke(kPlain, "sub", {})),
            "usage no exported function \"sub\"; the module exports add32, add64, half, deep, trap");
  EXPECT_EQ(summary(invoke(kPlain, "add32", {"1"})), "usage add32: 2 arguments expected, 1 given");
  ProgramOptions options = test_options();
  options.invoke = "add32", options.arguments = {Value::i32(1), Value::f64(2)};
  EXPECT_EQ(summary(run(kPlain, options)), "usage add32: argument 2: f64:0x1p+1 is not of type i32");
  EXPECT_EQ(summary(run(kPlain)),
            "usage nothing to run: no _start and no main; the module exports add32, add64, half, deep, trap");
}

TEST(Program, ATrapHasABacktrace) {
  const ProgramResult result = invoke(kPlain, "trap");
  EXPECT_EQ(summary(result), "trapped unreachable");
  EXPECT_EQ(exit_code(result), 134);
  ASSERT_EQ(result.backtrace.size(), 2u);
  EXPECT_EQ(result.backtrace[0].index, 4u);
  EXPECT_EQ(result.backtrace[1].function, "trap");
}

TEST(Program, ExhaustionIsNoCrash) {
  const ProgramResult result = invoke(kPlain, "deep");
  EXPECT_EQ(summary(result), "exhausted call stack exhausted");
  EXPECT_EQ(exit_code(result), 134);
  EXPECT_FALSE(result.backtrace.empty());
}

TEST(Program, TheStartFunctionMayBeTheProgram) {
  EXPECT_EQ(summary(run(kStartExits)), "exited 9");
  const ProgramResult result = run(kStartTraps);
  EXPECT_EQ(summary(result), "trapped unreachable");
  EXPECT_EQ(result.backtrace.size(), 1u);
}

TEST(Program, NamesTheImportThatNobodyHas) {
  const ProgramResult unknown = run(kUnknownImport);
  EXPECT_EQ(summary(unknown), "unlinkable unknown import: env.no_such_function (func)");
  EXPECT_EQ(exit_code(unknown), 1);
  const ProgramResult wrong = run(kWrongImport);
  EXPECT_EQ(wrong.kind, ProgramResult::Kind::unlinkable);
  EXPECT_NE(wrong.error.message.find("wasi_snapshot_preview1.fd_close"), std::string::npos) << wrong.error.message;
}

TEST(Program, ATimeoutEndsALoop) {
  ProgramOptions options = test_options();
  options.timeout = std::chrono::milliseconds(20);
  const ProgramResult result = invoke(kThreads, "spin", {}, options);
  EXPECT_EQ(summary(result), "timed_out");
  EXPECT_EQ(exit_code(result), 124);
}

TEST(Program, FuelEndsALoop) {
  ProgramOptions options = test_options();
  options.fuel = 10'000;
  const ProgramResult result = invoke(kThreads, "spin", {}, options);
  EXPECT_NE(summary(result).find("fuel exhausted"), std::string::npos) << summary(result);
  EXPECT_EQ(exit_code(result), 134);
}

TEST(Program, TracesEveryThread) {
  ProgramOptions options = test_options();
  std::vector<size_t> lines(3);
  options.trace = [&lines](const Agent&, uint32_t thread, const std::string&) {
    ++lines.at(thread);
  };  // one call at a time: no lock here
  EXPECT_EQ(summary(invoke(kThreads, "sum_of_numbers", {"2"}, options)), "returned i32:3");
  for (const size_t count : lines) EXPECT_GT(count, 0u);
}

TEST(Program, ATraceThatNobodyReadsCanBeStopped) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  SharedDescriptor output(ends[1], SharedDescriptor::Direction::out);
  std::atomic<bool> stalled{false};
  ProgramOptions options = test_options();
  options.invoke = "spin", options.timeout.reset();
  const std::vector<uint8_t> line(1000, 'x');
  options.trace = [&](const Agent& agent, uint32_t, const std::string&) {
    pollfd room{ends[1], POLLOUT, 0};
    if (poll_until(std::span(&room, 1), 0) == 0) stalled = true;
    write_all(agent, output, line);
  };
  Program program(compile(kThreads), options);
  std::thread stopper([&] {
    while (!stalled) std::this_thread::yield();
    program.request_stop();
  });
  EXPECT_EQ(summary(program.run()), "interrupted");
  stopper.join();
  ::close(ends[0]), ::close(ends[1]);
}

TEST(Program, RequestStopBeforeTheRun) {
  ProgramOptions options = test_options();
  options.invoke = "spin";
  Program program(compile(kThreads), options);
  program.request_stop();
  const ProgramResult result = program.run();
  EXPECT_EQ(summary(result), "interrupted");
  EXPECT_EQ(exit_code(result), 130);
}

TEST(Program, RequestStopDuringTheRun) {
  for (const char* scene : {"spin", "child_spins", "child_exits"}) {
    ProgramOptions options = test_options();
    options.invoke = scene;
    Program program(compile(kThreads), options);
    std::thread stopper([&program] { program.request_stop(); });
    const ProgramResult result = program.run();
    stopper.join();
    EXPECT_TRUE(summary(result) == "interrupted" || summary(result) == "exited 7") << summary(result);
  }
}

TEST(Program, AProgramThatNeverRanIsDestroyed) {
  Program program(compile(kThreads), test_options());
  program.request_stop();
}

TEST(Program, ExitCodes) {
  EXPECT_EQ(exit_code({.kind = ProgramResult::Kind::exited, .status = 256 + 7}), 7);
  EXPECT_EQ(exit_code({.kind = ProgramResult::Kind::returned}), 0);
  EXPECT_EQ(exit_code({.kind = ProgramResult::Kind::usage}), 2);
  EXPECT_EQ(exit_code({.kind = ProgramResult::Kind::failed}), 3);
}

}  // namespace
}  // namespace weft
