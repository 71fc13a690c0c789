// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "interp/tests/host_modules.h"

namespace weft {
namespace {

constexpr int kSuccess = 0, kAgain = 6, kBadf = 8, kFault = 21, kInval = 28, kNosys = 52, kNotdir = 54, kPipe = 64,
              kSpipe = 70;

/// A pipe whose ends close themselves.
struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    int ends[2];
    if (::pipe(ends) == 0) read_end = ends[0], write_end = ends[1];
  }
  ~Pipe() { close_read(), close_write(); }
  void close_read() { close(read_end); }
  void close_write() { close(write_end); }
  std::string drain() {
    close_write();
    std::string all;
    char buffer[256];
    for (ssize_t count = 0; (count = ::read(read_end, buffer, sizeof buffer)) > 0;)
      all.append(buffer, static_cast<size_t>(count));
    return all;
  }

 private:
  static void close(int& fd) {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
};

ProgramOptions with_stdin(const Pipe& pipe) {
  ProgramOptions options = test_options();
  options.streams[0] = pipe.read_end;
  return options;
}

ProgramOptions with_stdout(const Pipe& pipe) {
  ProgramOptions options = test_options();
  options.streams[1] = pipe.write_end;
  return options;
}

TEST(Wasi, AnswersErrorsAndNeverCrashes) {
  struct Case {
    const char* function;
    std::vector<std::string> arguments;
    int error;
  };
  const Case cases[] = {
      {"args_get", {"65533", "0"}, kFault},
      {"args_get", {"0", "65535"}, kFault},
      {"args_get", {"-1", "-1"}, kFault},
      {"args_sizes_get", {"65533", "0"}, kFault},
      {"args_sizes_get", {"0", "0xfffffffc"}, kFault},
      {"args_sizes_get", {"65532", "0"}, kSuccess},
      {"environ_get", {"-1", "-1"}, kSuccess},  // there is nothing to store
      {"clock_time_get", {"0", "0", "65529"}, kFault},
      {"clock_time_get", {"1", "0", "65528"}, kSuccess},
      {"clock_time_get", {"2", "0", "8"}, kSuccess},
      {"clock_time_get", {"3", "0", "8"}, kSuccess},
      {"clock_time_get", {"4", "0", "8"}, kInval},
      {"random_get", {"65536", "0"}, kSuccess},
      {"random_get", {"65536", "1"}, kFault},
      {"random_get", {"1", "-1"}, kFault},
      {"random_get", {"0", "65536"}, kSuccess},
      {"fd_write", {"1", "16", "2", "8"}, kSuccess},
      {"fd_write", {"1", "16", "2", "65533"}, kFault},  // where the count goes
      {"fd_write", {"1", "65532", "1", "8"}, kFault},   // the list
      {"fd_write", {"1", "32", "1", "8"}, kFault},      // a buffer
      {"fd_write", {"1", "16", "1025", "8"}, kInval},   // a list without end
      {"fd_write", {"1", "16", "-1", "8"}, kInval},
      {"fd_write", {"1", "-1", "0", "8"}, kFault},
      {"fd_write", {"1", "65536", "0", "8"}, kSuccess},  // an empty list at the end of memory
      {"fd_write", {"0", "16", "2", "8"}, kBadf},
      {"fd_write", {"2", "16", "2", "8"}, kBadf},  // this test gives no stderr
      {"fd_write", {"3", "16", "2", "8"}, kBadf},
      {"fd_write", {"-1", "16", "2", "8"}, kBadf},
      {"fd_read", {"1", "16", "2", "8"}, kBadf},
      {"fd_read", {"3", "16", "2", "8"}, kBadf},
      {"fd_seek", {"1", "0", "0", "8"}, kSpipe},
      {"fd_seek", {"5", "0", "0", "8"}, kBadf},
      {"fd_sync", {"1"}, kNosys},
      {"fd_sync", {"9"}, kBadf},
      {"fd_fdstat_get", {"1", "65513"}, kFault},
      {"fd_fdstat_get", {"1", "65512"}, kSuccess},
      {"fd_fdstat_get", {"4", "0"}, kBadf},
      {"fd_filestat_get", {"1", "65473"}, kFault},
      {"fd_filestat_get", {"1", "65472"}, kSuccess},
      {"fd_prestat_get", {"3", "0"}, kBadf},
      {"path_unlink_file", {"3", "0", "0"}, kBadf},
      {"path_unlink_file", {"1", "0", "0"}, kNotdir},
      {"poll_oneoff", {"0", "0", "0", "0"}, kInval},
      {"poll_oneoff", {"0", "0", "1025", "0"}, kInval},
      {"poll_oneoff", {"65489", "0", "1", "0"}, kFault},
      {"poll_oneoff", {"1024", "65505", "1", "0"}, kFault},
      {"poll_oneoff", {"1024", "2048", "1", "65533"}, kFault},
      {"sched_yield", {}, kSuccess},
      {"write_after_close", {}, kBadf},
  };
  for (const Case& each : cases) {
    Pipe out;
    const ProgramResult result = invoke(kWasiCalls, each.function, each.arguments, with_stdout(out));
    std::string arguments;
    for (const std::string& argument : each.arguments) arguments += " " + argument;
    EXPECT_EQ(summary(result), "returned i32:" + std::to_string(each.error)) << each.function << arguments;
  }
}

TEST(Wasi, WriteGathersAndCounts) {
  Pipe out;
  EXPECT_EQ(summary(invoke(kWasiCalls, "written", {}, with_stdout(out))), "returned i32:12");
  EXPECT_EQ(out.drain(), "helloworld!\n");
}

TEST(Wasi, WritingToAClosedPipeIsAnErrorNotASignal) {
  Pipe out;
  out.close_read();
  EXPECT_EQ(summary(invoke(kWasiCalls, "fd_write", {"1", "16", "2", "8"}, with_stdout(out))),
            "returned i32:" + std::to_string(kPipe));
}

TEST(Wasi, ReadScatters) {
  Pipe in;
  ASSERT_EQ(::write(in.write_end, "abcdefg", 7), 7);
  EXPECT_EQ(summary(invoke(kWasiCalls, "read_byte", {"71"}, with_stdin(in))),
            "returned i32:103");  // 5 bytes at 64, the rest at 70
}

TEST(Wasi, ReadWithoutBlocking) {
  Pipe in;
  EXPECT_EQ(summary(invoke(kWasiCalls, "read_without_blocking", {}, with_stdin(in))),
            "returned i32:" + std::to_string(kAgain));
}

TEST(Wasi, ReadBlocksUntilTheProgramIsStopped) {
  Pipe in;
  ProgramOptions options = with_stdin(in);
  options.invoke = "read_byte", options.arguments = {Value::i32(64)};
  Program program(compile(kWasiCalls), options);
  std::thread stopper([&program] { program.request_stop(); });
  EXPECT_EQ(summary(program.run()), "interrupted");
  stopper.join();
}

TEST(Wasi, WriteToAFullPipeBlocksUntilTheProgramIsStopped) {
  Pipe out;
  ASSERT_EQ(::fcntl(out.write_end, F_SETFL, O_NONBLOCK), 0);
  const std::string page(4096, 'x');
  while (::write(out.write_end, page.data(), page.size()) > 0) {
  }
  ASSERT_EQ(::fcntl(out.write_end, F_SETFL, 0), 0);
  ProgramOptions options = with_stdout(out);
  options.timeout = std::chrono::milliseconds(50);
  EXPECT_EQ(summary(invoke(kWasiCalls, "written", {}, options)), "timed_out");
}

TEST(Wasi, OnePipeBehindTwoStreamsCanBeStopped) {
  // Each of two threads takes the room that the other was told of.
  for (int i = 0; i < 5; ++i) {
    Pipe out;
    ProgramOptions options = with_stdout(out);
    options.streams[2] = out.write_end;
    options.timeout = std::chrono::milliseconds(50);
    EXPECT_EQ(summary(invoke(kWriters, "write_to_both", {}, options)), "timed_out");
  }
}

TEST(Wasi, ATerminalThatNobodyReadsCanBeStopped) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) GTEST_SKIP() << "no pseudoterminals here";
  char name[64];
  ASSERT_EQ(::ptsname_r(master, name, sizeof name), 0);
  const int terminal = ::open(name, O_RDWR | O_NOCTTY);
  ASSERT_GE(terminal, 0);
  const int flags = ::fcntl(terminal, F_GETFL);
  // Ready, but not for a whole chunk.
  for (const size_t take : {1000u, 2000u, 3000u}) {
    ProgramOptions options = test_options();
    options.streams[1] = terminal;
    options.timeout = std::chrono::milliseconds(50);
    EXPECT_EQ(summary(invoke(kWriters, "write", {}, options)), "timed_out");
    std::vector<char> some(take);
    EXPECT_GT(::read(master, some.data(), some.size()), 0);
  }
  EXPECT_EQ(::fcntl(terminal, F_GETFL), flags) << "they are not ours";
  ::close(terminal), ::close(master);
}

TEST(Wasi, ASocketThatNobodyReadsCanBeStopped) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  ProgramOptions options = test_options();
  options.streams[1] = ends[0];
  options.timeout = std::chrono::milliseconds(50);
  EXPECT_EQ(summary(invoke(kWriters, "write", {}, options)), "timed_out");
  ::close(ends[0]), ::close(ends[1]);
}

TEST(Wasi, AReaderWhoseInputAnotherTookCanBeStopped) {
  // Both are told that there is input; one byte is for one of them.
  for (int i = 0; i < 20; ++i) {
    Pipe in;
    ProgramOptions options = with_stdin(in);
    options.invoke = "read_byte", options.arguments = {Value::i32(64)};
    Program first(compile(kWasiCalls), options), second(compile(kWasiCalls), options);
    std::string ends[2];
    std::atomic<int> ended{0};
    std::thread a([&] { ends[0] = summary(first.run()), ++ended; });
    std::thread b([&] { ends[1] = summary(second.run()), ++ended; });
    EXPECT_EQ(::write(in.write_end, "x", 1), 1);
    while (ended == 0) std::this_thread::yield();
    first.request_stop(), second.request_stop();
    a.join(), b.join();
    std::sort(std::begin(ends), std::end(ends));
    EXPECT_EQ(ends[0], "interrupted");
    EXPECT_EQ(ends[1], "returned i32:120");
  }
}

TEST(Wasi, ArgumentsAndEnvironment) {
  ProgramOptions options = test_options();
  options.env = {"KEY=value", "OTHER="};
  EXPECT_EQ(summary(invoke(kWasiCalls, "argument_byte", {"1"}, options)), "returned i32:0");  // argv[1] is "1"
  EXPECT_EQ(summary(invoke(kWasiCalls, "argument_byte", {"0"}, options)), "returned i32:48");
  EXPECT_EQ(summary(invoke(kWasiCalls, "environment_byte", {"4"}, options)), "returned i32:118");
  EXPECT_EQ(summary(invoke(kWasiCalls, "environment_byte", {"9"}, options)), "returned i32:0");
  EXPECT_EQ(summary(invoke(kWasiCalls, "counts", {}, options)),
            "returned i32:1008");  // one argument, "program" and its end
}

TEST(Wasi, PollSleeps) {
  for (const char* function : {"sleep", "sleep_unstable"}) {
    const auto started = std::chrono::steady_clock::now();
    EXPECT_EQ(summary(invoke(kWasiCalls, function, {"20000000"})), "returned i32:1000") << function;
    EXPECT_GE(std::chrono::steady_clock::now() - started, std::chrono::milliseconds(20)) << function;
  }
}

TEST(Wasi, PollSleepsUntilTheProgramIsStopped) {
  ProgramOptions options = test_options();
  options.timeout = std::chrono::milliseconds(20);
  EXPECT_EQ(summary(invoke(kWasiCalls, "sleep", {"-1"}, options)), "timed_out");
}

TEST(Wasi, PollSeesStdin) {
  Pipe in;
  ASSERT_EQ(::write(in.write_end, "abc", 3), 3);
  EXPECT_EQ(summary(invoke(kWasiCalls, "wait_for_stdin", {}, with_stdin(in))), "returned i32:1003");
}

}  // namespace
}  // namespace weft
