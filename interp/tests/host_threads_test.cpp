// SPDX-License-Identifier: Apache-2.0
//
// wasi-threads programs, and the group of threads beneath every program.
#include "interp/host/thread_group.h"

#include <atomic>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "interp/tests/host_modules.h"

namespace weft {
namespace {

using Kind = ProgramResult::Kind;

TEST(WasiThreads, ExitInAChildEndsTheProgram) {
  const ProgramResult result = invoke(kThreads, "child_exits");
  EXPECT_EQ(summary(result), "exited 7");
  EXPECT_EQ(result.thread, 1u);
}

TEST(WasiThreads, ATrapInAChildEndsTheProgram) {
  const ProgramResult result = invoke(kThreads, "child_traps");
  EXPECT_EQ(summary(result), "trapped unreachable");
  EXPECT_EQ(result.thread, 1u);
  ASSERT_EQ(result.backtrace.size(), 2u);
  EXPECT_EQ(result.backtrace[1].function, "wasi_thread_start");
}

TEST(WasiThreads, ExitReachesLoopsWaitsAndReads) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  for (int i = 0; i < 20; ++i) {
    ProgramOptions options = test_options();
    options.streams[0] = ends[0];
    EXPECT_EQ(summary(invoke(kThreads, "exit_over_spin_sleep_and_read", {}, options)), "exited 3");
  }
  ::close(ends[0]), ::close(ends[1]);
}

TEST(WasiThreads, ReturningFromMainEndsTheProgram) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(summary(run(kThreads)), "exited 0");
}

TEST(WasiThreads, ADeadlockIsFound) {
  const ProgramResult result = invoke(kThreads, "deadlock");
  EXPECT_EQ(summary(result), "deadlocked");
  EXPECT_EQ(exit_code(result), 134);
  for (const WaitingThread& each : result.waiting) EXPECT_FALSE(each.backtrace.empty());
}

TEST(WasiThreads, NumbersArePositiveAndDistinct) {
  EXPECT_EQ(summary(invoke(kThreads, "sum_of_numbers", {"20"})), "returned i32:210");  // 1 + … + 20
}

TEST(WasiThreads, SpawnFailsAtTheLimit) {
  ProgramOptions options = test_options();
  options.max_threads = 4;
  EXPECT_EQ(summary(invoke(kThreads, "start_sleepers", {"3"}, options)), "returned i32:3");
  EXPECT_EQ(summary(invoke(kThreads, "start_sleepers", {"4"}, options)), "returned i32:-6");
}

TEST(WasiThreads, AThreadThatEndedMakesRoom) {
  ProgramOptions options = test_options();
  options.max_threads = 2;
  EXPECT_EQ(summary(invoke(kThreads, "sum_of_numbers", {"50"}, options)), "returned i32:1275");
}

TEST(WasiThreads, ThreadsShareAMemoryThatTheirModuleDefines) {
  EXPECT_EQ(summary(invoke(kOwnMemory, "share")), "returned i32:752");
}

TEST(WasiThreads, SpawnFailsWithoutASharedMemory) {
  EXPECT_EQ(summary(invoke(kUnsharedMemory, "spawn")), "returned i32:-58");
}

TEST(WasiThreads, FuelEndsAChild) {
  ProgramOptions options = test_options();
  options.fuel = 10'000;
  const ProgramResult result = invoke(kThreads, "child_spins", {}, options);
  EXPECT_NE(summary(result).find("fuel exhausted"), std::string::npos) << summary(result);
  EXPECT_EQ(result.thread, 1u);
}

TEST(ThreadGroup, TheFirstResultWins) {
  const ProgramOptions options = test_options();
  ThreadGroup group(options);
  const ProgramResult result = group.run([](GuestThread& main) {
    main.group().finish({.kind = Kind::exited, .status = 1});
    main.group().finish({.kind = Kind::exited, .status = 2});
  });
  EXPECT_EQ(summary(result), "exited 1");
}

/// Lowers a limit of the process for a scope.
class LowLimit {
 public:
  LowLimit(__rlimit_resource resource, rlim_t limit) : resource_(resource) {
    ::getrlimit(resource, &before_);
    const rlimit low{limit, before_.rlim_max};
    ::setrlimit(resource, &low);
  }
  ~LowLimit() { ::setrlimit(resource_, &before_); }
  LowLimit(const LowLimit&) = delete;
  LowLimit& operator=(const LowLimit&) = delete;

 private:
  const __rlimit_resource resource_;
  rlimit before_{};
};

/// How a spawn goes under a limit, "" if it succeeds.
std::string spawn_under(__rlimit_resource resource, rlim_t limit) {
  const ProgramOptions options = test_options();
  ThreadGroup group(options);
  std::string error;
  group.run([&](GuestThread& main) {
    const LowLimit low(resource, limit);
    const auto spawned = main.group().spawn(main.agent(), [](GuestThread&) {});
    if (!spawned) error = spawned.error().message;
  });
  return error;
}

TEST(ThreadGroup, SpawnFailsWhereTheSystemHasNoMore) {
#if defined(WEFT_SANITIZED)
  GTEST_SKIP() << "sanitizers need address space and descriptors of their own";
#endif
  const std::string words = "no address space for a thread's stack, or no descriptor for it";
  EXPECT_EQ(spawn_under(RLIMIT_NOFILE, 3), words);
  uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  EXPECT_EQ(spawn_under(RLIMIT_AS, pages * static_cast<uint64_t>(::getpagesize()) + (uint64_t{4} << 20)), words);
}

TEST(ThreadGroup, LastsUntilTheLastThreadEnds) {
  const ProgramOptions options = test_options();
  ThreadGroup group(options);
  std::atomic<int> ended{0};
  const ProgramResult result = group.run([&ended](GuestThread& main) {
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(main.group().spawn(main.agent(), [&ended](GuestThread&) { ++ended; }));
  });
  EXPECT_EQ(summary(result), "exited 0");
  EXPECT_EQ(ended, 10);
}

TEST(ThreadGroup, StopsTheAgentsOfAllThreads) {
  const ProgramOptions options = test_options();
  ThreadGroup group(options);
  std::atomic<int> stopped{0};
  const auto until_stopped = [&stopped](GuestThread& thread) {
    while (!thread.agent().stop_requested()) std::this_thread::yield();
    ++stopped;
  };
  const ProgramResult result = group.run([&](GuestThread& main) {
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(main.group().spawn(main.agent(), until_stopped));
    main.group().finish({.kind = Kind::exited, .status = 5});
    until_stopped(main);
  });
  EXPECT_EQ(summary(result), "exited 5");
  EXPECT_GE(stopped, 1);  // a thread that had not begun is not begun
}

TEST(ThreadGroup, NothingIsSpawnedOnceDecided) {
  const ProgramOptions options = test_options();
  ThreadGroup group(options);
  group.run([](GuestThread& main) {
    main.group().finish({.kind = Kind::exited});
    const auto spawned = main.group().spawn(main.agent(), [](GuestThread&) { FAIL(); });
    ASSERT_FALSE(spawned);
    EXPECT_EQ(spawned.error().message, "the program is ending");
  });
}

TEST(ThreadGroup, WaitsForAThread) {
  const ProgramOptions options = test_options();
  ThreadGroup group(options);
  std::atomic<bool> done{false};
  group.run([&done](GuestThread& main) {
    const auto id = main.group().spawn(main.agent(), [&done](GuestThread&) { done = true; });
    ASSERT_TRUE(id);
    EXPECT_TRUE(main.group().wait_until_over(main.agent(), *id));
    EXPECT_TRUE(done);
    EXPECT_TRUE(main.group().is_over(main.agent(), *id));
    EXPECT_TRUE(main.group().wait_until_over(main.agent(), 12345));  // there is no such thread any more
    main.group().finish({.kind = Kind::exited});
    EXPECT_FALSE(main.group().wait_until_over(main.agent(), main.id()));
  });
}

}  // namespace
}  // namespace weft
