// SPDX-License-Identifier: Apache-2.0
//
// The Emscripten host on a module in small; kernels/ has the real ones.
#include <gtest/gtest.h>

#include "interp/tests/host_modules.h"

namespace weft {
namespace {

TEST(Emscripten, MainGetsItsArgumentsAndItsResultIsTheStatus) {
  ProgramOptions options = test_options();
  EXPECT_EQ(summary(run(kEmscripten, options)), "exited 100");
  options.args = {"program", "*"};
  EXPECT_EQ(summary(run(kEmscripten, options)), "exited 42");
}

TEST(Emscripten, ExitRunsTheHandlersInOrder) {
  EXPECT_EQ(summary(invoke(kEmscripten, "record_of_exit")), "exited 1289");
}

TEST(Emscripten, ExitInAnyThread) {
  EXPECT_EQ(summary(invoke(kEmscripten, "quit")), "exited 4");
  const ProgramResult result = invoke(kEmscripten, "child_quits");
  EXPECT_EQ(summary(result), "exited 21");
  EXPECT_EQ(result.thread, 1u);
}

TEST(Emscripten, CreatesAndJoinsAThreadAndFreesItsMemory) {
  EXPECT_EQ(summary(invoke(kEmscripten, "create_and_join")), "returned i32:1024");
}

TEST(Emscripten, PthreadExitUnwinds) { EXPECT_EQ(summary(invoke(kEmscripten, "pthread_exit")), "returned i32:1"); }

TEST(Emscripten, TheNextCreatorFreesADetachedThread) {
  EXPECT_EQ(summary(invoke(kEmscripten, "detach")), "returned i32:2048");
}

TEST(Emscripten, CreateFailsAtTheLimit) {
  ProgramOptions options = test_options();
  options.max_threads = 1;
  EXPECT_EQ(summary(invoke(kEmscripten, "create", {}, options)), "returned i32:6");
}

TEST(Emscripten, CreateFailsWithoutMemoryForAStack) {
  EXPECT_EQ(summary(invoke(kEmscripten, "create_without_memory")), "returned i32:6");
}

TEST(Emscripten, AbortAndAssertTrap) {
  EXPECT_EQ(summary(invoke(kEmscripten, "abort")), "trapped Aborted");
  EXPECT_EQ(summary(invoke(kEmscripten, "assert")), "trapped Assertion failed: x< y (:7: )");
}

TEST(Emscripten, GrowsTheHeap) {
  EXPECT_EQ(summary(invoke(kEmscripten, "grow")), "returned i32:1");
  EXPECT_EQ(summary(invoke(kEmscripten, "grow_too_far")), "returned i32:0");
}

TEST(Emscripten, PrintsDates) {
  EXPECT_EQ(summary(invoke(kEmscripten, "print_date", {"7"})), "returned i32:6078");  // "26|Nov", N is 78
  EXPECT_EQ(summary(invoke(kEmscripten, "print_date", {"6"})), "returned i32:0");     // no room for the terminator
}

TEST(Emscripten, SetsErrno) { EXPECT_EQ(summary(invoke(kEmscripten, "bad_clock")), "returned i32:28"); }

std::string later(std::string name, std::vector<std::string> arguments = {}) {
  return summary(invoke(kEmscripten4, std::move(name), std::move(arguments)));
}

TEST(Emscripten4, LocalTimeIsUtc) {
  EXPECT_EQ(later("localtime", {"1790000000"}), "returned i32:126 i32:263 i32:0");
  EXPECT_EQ(later("gmtime", {"-1"}), "returned i32:0 i32:69");
  EXPECT_EQ(later("tzset"), "returned i32:0 i32:0 i32:4412501");  // "UTC"
}

TEST(Emscripten4, TimesThatNoDateHas) {
  EXPECT_EQ(later("localtime", {"0x7fffffffffffffff"}), "returned i32:-1 i32:-1 i32:-1");
  EXPECT_EQ(later("gmtime", {"0x7fffffffffffffff"}), "returned i32:61 i32:0");
}

TEST(Emscripten4, ADateComesIntoItsRanges) { EXPECT_EQ(later("mktime"), "returned i64:34473600 i32:4 i32:1"); }

TEST(Emscripten4, DatesBeyondMemoryTrap) {
  EXPECT_EQ(later("gmtime_nowhere"), "trapped out of bounds memory access");
  EXPECT_EQ(later("mktime_nowhere"), "trapped out of bounds memory access");
}

TEST(Emscripten4, ASignalCallsItsHandler) {
  EXPECT_EQ(later("signal", {"1"}), "returned i32:15");
  for (const char* pointer : {"0", "2", "9"})  // null, of another type, beyond the table
    EXPECT_EQ(later("signal", {pointer}), "trapped no such signal handler");
}

TEST(Emscripten4, AMessageToAnotherThreadStaysInMemory) { EXPECT_EQ(later("notify"), "returned i32:0"); }

TEST(Emscripten4, CreateFailsWithoutMemoryForAThread) { EXPECT_EQ(later("create_nobody"), "returned i32:6"); }

}  // namespace
}  // namespace weft
