// SPDX-License-Identifier: Apache-2.0
//
// What is Linux's: address space, futexes, wake-up descriptors, clocks. A port replaces platform.cpp and host/.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>

#include "interp/error.h"

namespace weft {

/// A range of address space, reserved without access and committed from its start onwards. Movable; unmapped when
/// destroyed. Not thread-safe: the owner serialises commit().
class Reservation {
 public:
  Reservation() = default;
  Reservation(Reservation&& other) noexcept;
  Reservation& operator=(Reservation&& other) noexcept;
  ~Reservation();

  /// Reserves `bytes`; when the system refuses, halves down to `at_least`. Error: host.
  static Result<Reservation> reserve(uint64_t bytes, uint64_t at_least);

  /// Makes the first `bytes` readable and writable, zero where new. False when the system refuses.
  bool commit(uint64_t bytes);

  uint8_t* base() const { return base_; }
  uint64_t size() const { return size_; }

 private:
  uint8_t* base_ = nullptr;
  uint64_t size_ = 0;
  uint64_t committed_ = 0;  // a multiple of the system's page size
};

/// Nanoseconds of CLOCK_MONOTONIC.
int64_t monotonic_now();

/// Blocks while `word` holds `expected`, until futex_wake or the deadline (CLOCK_MONOTONIC nanoseconds, or none). May
/// return early.
void futex_wait(const std::atomic<uint32_t>& word, uint32_t expected, std::optional<int64_t> deadline);

/// Wakes the one thread blocked on the word at this address. The address is only a key: it may be gone by now.
void futex_wake(const void* address);

/// A descriptor that becomes readable once signal() was called, and stays so. signal() is thread-safe.
class WakeDescriptor {
 public:
  WakeDescriptor();  ///< on failure fd() is -1
  ~WakeDescriptor();
  WakeDescriptor(const WakeDescriptor&) = delete;
  WakeDescriptor& operator=(const WakeDescriptor&) = delete;
  void signal();
  int fd() const { return fd_; }

 private:
  int fd_;
};

/// Starts an OS thread. Error: host, when the system has no more.
Result<std::thread> start_thread(std::function<void()> body);

}  // namespace weft
