// SPDX-License-Identifier: Apache-2.0
#include "interp/host/shared_descriptor.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace weft {
namespace {

using Direction = SharedDescriptor::Direction;

/// The two ends of something that carries bytes.
struct Ends {
  int from, to;
  ~Ends() { ::close(from), ::close(to); }
};

std::span<const uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

/// Nothing to read, then something; room to write, then none: and never a call that blocks.
void check(const Ends& ends) {
  SharedDescriptor in(ends.from, Direction::in), out(ends.to, Direction::out);
  const int flags[] = {::fcntl(ends.from, F_GETFL), ::fcntl(ends.to, F_GETFL)};
  uint8_t buffer[16];
  EXPECT_EQ(in.read(buffer), -1);
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_EQ(out.write(bytes("hello\n")), 6);
  while (in.read(std::span(buffer).first(1)) < 0) ASSERT_EQ(errno, EAGAIN);  // a terminal takes its time
  EXPECT_EQ(buffer[0], 'h');
  EXPECT_EQ(in.read(buffer), 5);
  EXPECT_EQ(in.read(buffer), -1);
  const std::vector<uint8_t> page(3001, 'x');
  while (out.write(page) >= 0) {
  }
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_EQ(::fcntl(ends.from, F_GETFL), flags[0]);
  EXPECT_EQ(::fcntl(ends.to, F_GETFL), flags[1]);
}

TEST(SharedDescriptor, Pipe) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  check({ends[0], ends[1]});
}

TEST(SharedDescriptor, Socket) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  check({ends[0], ends[1]});
}

TEST(SharedDescriptor, Terminal) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) GTEST_SKIP() << "no pseudoterminals here";
  char name[64];
  ASSERT_EQ(::ptsname_r(master, name, sizeof name), 0);
  const Ends ends{::open(name, O_RDWR | O_NOCTTY), master};
  SharedDescriptor keyboard(ends.from, Direction::in), screen(ends.from, Direction::out);
  uint8_t buffer[16];
  EXPECT_EQ(keyboard.read(buffer), -1);
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_EQ(::write(master, "hello\n", 6), 6);
  ssize_t count = 0;
  while ((count = keyboard.read(buffer)) < 0) ASSERT_EQ(errno, EAGAIN);
  EXPECT_EQ(count, 6);
  const std::vector<uint8_t> page(3001, 'x');
  while (screen.write(page) >= 0) {
  }
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_EQ(::fcntl(ends.from, F_GETFL) & O_NONBLOCK, 0);
}

TEST(SharedDescriptor, AFileIsReadAndWrittenWhereItStands) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::tmpfile(), std::fclose);
  ASSERT_NE(file, nullptr);
  const int fd = ::fileno(file.get());
  SharedDescriptor out(fd, Direction::out), in(fd, Direction::in);
  EXPECT_EQ(::write(fd, "a", 1), 1);
  EXPECT_EQ(out.write(bytes("bc")), 2);
  EXPECT_EQ(::write(fd, "d", 1), 1);
  ASSERT_EQ(::lseek(fd, 1, SEEK_SET), 1);
  uint8_t buffer[16];
  EXPECT_EQ(in.read(buffer), 3);
  EXPECT_EQ(buffer[0], 'b');
  EXPECT_EQ(in.read(buffer), 0) << "the end";
}

TEST(SharedDescriptor, Errors) {
  uint8_t buffer[16];
  SharedDescriptor none(-1, Direction::in);
  EXPECT_EQ(none.read(buffer), -1);
  EXPECT_EQ(errno, EBADF);

  sigset_t pipe, before;
  sigemptyset(&pipe), sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  SharedDescriptor in(ends[0], Direction::in), out(ends[1], Direction::out);
  ::close(ends[0]);
  EXPECT_EQ(out.write(bytes("x")), -1);
  EXPECT_EQ(errno, EPIPE);
  EXPECT_EQ(in.read(buffer), -1);
  EXPECT_EQ(errno, EBADF);
  ::close(ends[1]);
  const timespec now{};
  EXPECT_EQ(sigtimedwait(&pipe, nullptr, &now), SIGPIPE);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(SharedDescriptor, DevicesThatNeverBlock) {
  const Ends ends{::open("/dev/zero", O_RDONLY), ::open("/dev/full", O_WRONLY)};
  SharedDescriptor in(ends.from, Direction::in), out(ends.to, Direction::out);
  uint8_t buffer[16];
  EXPECT_EQ(in.read(buffer), 16);
  EXPECT_EQ(out.write(bytes("x")), -1);
  EXPECT_EQ(errno, ENOSPC);
}

}  // namespace
}  // namespace weft
