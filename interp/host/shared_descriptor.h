// SPDX-License-Identifier: Apache-2.0
//
// Reading and writing descriptors that other processes have too, without ever blocking in a system call.
#pragma once

#include <cstdint>
#include <span>

#include <sys/types.h>

namespace weft {

/// A descriptor that we were given: a standard stream, mostly. Its O_NONBLOCK flag belongs to everybody who has it, so
/// it is never changed; and that poll(2) called it ready says little, because others may be faster and a terminal takes
/// less than one would think. So each call is made non-blocking, by the first of these that the system has:
///   a flag of the call: sockets; pipes on new kernels (6.4);
///   a second opening of the same pipe or terminal, which has flags of its own;
///   poll(2) just before the call: regular files, which never block for long; devices; and terminals that we may not
///   open, another user's for instance. Only there a call can still block, when the terminal takes less than it said.
///
/// Thread safety: none.
class SharedDescriptor {
 public:
  enum class Direction : uint8_t { in, out };

  /// The descriptor stays the caller's and must outlive this; with -1 every call fails with EBADF.
  SharedDescriptor(int fd, Direction direction);
  ~SharedDescriptor();
  SharedDescriptor(const SharedDescriptor&) = delete;
  SharedDescriptor& operator=(const SharedDescriptor&) = delete;

  /// What to poll.
  int fd() const { return fd_; }
  Direction direction() const { return direction_; }

  /// As read(2) and write(2), but -1 with errno EAGAIN where those would block.
  ssize_t read(std::span<uint8_t> to) { return transfer(to.data(), to.size()); }
  ssize_t write(std::span<const uint8_t> from) { return transfer(const_cast<uint8_t*>(from.data()), from.size()); }

 private:
  enum class Way : uint8_t { flag, socket, own, poll };

  ssize_t transfer(uint8_t* bytes, size_t size);
  /// The next best way, when calls take no flag.
  void open_again();

  const int fd_;
  const Direction direction_;
  Way way_ = Way::flag;
  int own_ = -1;
};

}  // namespace weft
