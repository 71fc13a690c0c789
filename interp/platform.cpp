// SPDX-License-Identifier: Apache-2.0
#include "interp/platform.h"

#include <linux/futex.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace weft {

Reservation::Reservation(Reservation&& other) noexcept
    : base_(std::exchange(other.base_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      committed_(std::exchange(other.committed_, 0)) {}

Reservation& Reservation::operator=(Reservation&& other) noexcept {
  std::swap(base_, other.base_);
  std::swap(size_, other.size_);
  std::swap(committed_, other.committed_);
  return *this;
}

Reservation::~Reservation() {
  if (base_ != nullptr) munmap(base_, size_);
}

namespace {
uint64_t system_page() { return static_cast<uint64_t>(sysconf(_SC_PAGESIZE)); }
}  // namespace

Result<Reservation> Reservation::reserve(uint64_t bytes, uint64_t at_least) {
  Reservation reservation;
  const uint64_t page = system_page();
  for (uint64_t size = bytes < page ? page : bytes;; size = size / 2 > at_least ? size / 2 : at_least) {
    void* base = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base != MAP_FAILED) {
      reservation.base_ = static_cast<uint8_t*>(base);
      reservation.size_ = size;
      return reservation;
    }
    if (size <= at_least || size <= page) {
      return Error{
          ErrorKind::host, fmt::format("cannot reserve {} bytes of address space: {}", size, std::strerror(errno)), {}};
    }
  }
}

bool Reservation::commit(uint64_t bytes) {
  if (bytes <= committed_) return true;
  if (bytes > size_) return false;
  if (mprotect(base_ + committed_, bytes - committed_, PROT_READ | PROT_WRITE) != 0) return false;
  const uint64_t page = system_page();
  committed_ = (bytes + page - 1) / page * page;  // guests may have smaller pages
  return true;
}

int64_t monotonic_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void futex_wait(const std::atomic<uint32_t>& word, uint32_t expected, std::optional<int64_t> deadline) {
  timespec until{};
  if (deadline) {
    until.tv_sec = *deadline / 1'000'000'000;
    until.tv_nsec = *deadline % 1'000'000'000;
  }
  // FUTEX_WAIT_BITSET, unlike FUTEX_WAIT, takes an absolute deadline: an early return needs no new arithmetic.
  syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, expected, deadline ? &until : nullptr, nullptr,
          FUTEX_BITSET_MATCH_ANY);
}

void futex_wake(const void* address) { syscall(SYS_futex, address, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0); }

WakeDescriptor::WakeDescriptor() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

WakeDescriptor::~WakeDescriptor() {
  if (fd_ >= 0) close(fd_);
}

void WakeDescriptor::signal() {
  const uint64_t one = 1;
  // The counter cannot overflow by one signal each stop(), and a full counter is readable all the same.
  [[maybe_unused]] const ssize_t written = write(fd_, &one, sizeof one);
}

Result<std::thread> start_thread(std::function<void()> body) {
  try {
    return std::thread(std::move(body));
  } catch (const std::system_error& error) {
    return Error{ErrorKind::host, fmt::format("cannot start a thread: {}", error.what()), {}};
  }
}

}  // namespace weft
