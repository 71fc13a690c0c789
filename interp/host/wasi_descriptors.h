// SPDX-License-Identifier: Apache-2.0
//
// What the guest's descriptors are, and the table of their numbers.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "interp/host/shared_descriptor.h"
#include "interp/mutex.h"

namespace weft {

/// A descriptor of the system's that closes itself; -1 is none. Movable. Not thread-safe.
class OwnedFd {
 public:
  explicit OwnedFd(int fd = -1) : fd_(fd) {}
  OwnedFd(OwnedFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OwnedFd& operator=(OwnedFd&& other) noexcept { return std::swap(fd_, other.fd_), *this; }
  ~OwnedFd();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// A stream, a file or a directory that the guest has open.
///
/// Thread safety: everything from any thread. A call that uses one holds a shared pointer to it, so that it outlives
/// whoever closes its number meanwhile. The mutex is held while a stream blocks, which ends for all threads together
/// when the program is stopped; no other lock is taken under it.
class WasiDescriptor {
 public:
  enum class Kind : uint8_t { stream, file, directory };

  /// A stream of the embedder's, who closes it.
  WasiDescriptor(int fd, SharedDescriptor::Direction direction);
  /// A file or a directory. `preopened_as` is the name of one that the guest is given.
  WasiDescriptor(OwnedFd fd, Kind kind, bool readable, bool writable, uint16_t flags,
                 std::optional<std::string> preopened_as = {});
  WasiDescriptor(const WasiDescriptor&) = delete;
  WasiDescriptor& operator=(const WasiDescriptor&) = delete;

 private:
  const OwnedFd owned_;  // none of a stream

 public:
  const Kind kind;
  const int fd;
  const bool readable, writable;
  const std::optional<std::string> preopened_as;
  std::atomic<uint16_t> flags;  ///< fdflags
  Mutex mutex;                  ///< one call at a time that reads or writes where the last one ended
  SharedDescriptor stream WEFT_GUARDED_BY(mutex);
};

/// Thread safety: all functions from any thread. mutex_ guards the table; no system call is made under it.
class WasiDescriptors {
 public:
  /// At the next number behind all others; null is a number that is closed. For what is open from the beginning.
  void append(std::shared_ptr<WasiDescriptor> descriptor);
  /// At the lowest number that is free.
  uint32_t add(std::shared_ptr<WasiDescriptor> descriptor);
  /// Null when the number is closed.
  std::shared_ptr<WasiDescriptor> find(uint32_t number);
  /// False when it was closed already.
  bool close(uint32_t number);
  /// What was `from` becomes `to`, which is closed; false when either is closed already.
  bool renumber(uint32_t from, uint32_t to);

 private:
  bool is_open(uint32_t number) const WEFT_REQUIRES(mutex_) { return number < table_.size() && table_[number]; }

  Mutex mutex_;
  std::vector<std::shared_ptr<WasiDescriptor>> table_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft
