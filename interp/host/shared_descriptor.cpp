// SPDX-License-Identifier: Apache-2.0
#include "interp/host/shared_descriptor.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace weft {
namespace {

/// Whether a second opening reaches the same thing: a pipe does, and a terminal, but the master of a pseudoterminal
/// would be a new one, and what opening another device does nobody knows.
bool can_be_opened_again(int fd, mode_t mode) {
  if (S_ISFIFO(mode)) return true;
  unsigned number = 0;
  return S_ISCHR(mode) && ::isatty(fd) == 1 && ::ioctl(fd, TIOCGPTN, &number) != 0;
}

bool same_file(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

}  // namespace

SharedDescriptor::SharedDescriptor(int fd, Direction direction) : fd_(fd), direction_(direction) {
  struct stat status{};
  if (::fstat(fd, &status) != 0) return;  // the first transfer will say so
  if (S_ISSOCK(status.st_mode)) way_ = Way::socket;
  // The flag means something else here: not even to wait for the disk.
  if (S_ISREG(status.st_mode) || S_ISBLK(status.st_mode)) way_ = Way::poll;
}

SharedDescriptor::~SharedDescriptor() {
  if (own_ >= 0) ::close(own_);
}

void SharedDescriptor::open_again() {
  way_ = Way::poll;
  struct stat given{}, opened{};
  if (::fstat(fd_, &given) != 0 || !can_be_opened_again(fd_, given.st_mode)) return;
  const int access = direction_ == Direction::in ? O_RDONLY : O_WRONLY;
  own_ = ::open(fmt::format("/proc/self/fd/{}", fd_).c_str(), access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (own_ < 0) return;  // no /proc, or a terminal or pipe of another user
  if (::fstat(own_, &opened) == 0 && same_file(given, opened)) {
    way_ = Way::own;
  } else {
    ::close(own_);
    own_ = -1;
  }
}

ssize_t SharedDescriptor::transfer(uint8_t* bytes, size_t size) {
  const bool out = direction_ == Direction::out;
  if (way_ == Way::flag) {
    const iovec buffer{bytes, size};
    const ssize_t count =
        out ? ::pwritev2(fd_, &buffer, 1, -1, RWF_NOWAIT) : ::preadv2(fd_, &buffer, 1, -1, RWF_NOWAIT);
    if (count >= 0 || (errno != EOPNOTSUPP && errno != ENOSYS && errno != EINVAL)) return count;
    open_again();
  }
  if (way_ == Way::socket) {
    return out ? ::send(fd_, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL) : ::recv(fd_, bytes, size, MSG_DONTWAIT);
  }
  if (way_ == Way::poll) {
    pollfd now{fd_, static_cast<short>(out ? POLLOUT : POLLIN), 0};
    if (::poll(&now, 1, 0) == 0) {
      errno = EAGAIN;
      return -1;
    }
    if (out) size = std::min<size_t>(size, PIPE_BUF);  // what a pipe that is ready takes at once
  }
  const int fd = way_ == Way::own ? own_ : fd_;
  return out ? ::write(fd, bytes, size) : ::read(fd, bytes, size);
}

}  // namespace weft
