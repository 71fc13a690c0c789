// SPDX-License-Identifier: Apache-2.0
//
// Linear memory: the only place that touches guest bytes (exec-memory, relaxed).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "interp/error.h"
#include "interp/mutex.h"
#include "interp/platform.h"
#include "interp/types.h"
#include "interp/waiters.h"

namespace weft {

class Shadow;

/// How large a memory may ever be, in bytes, unless its maximum is smaller: address space is reserved for it at
/// creation.
constexpr uint64_t default_memory_cap(AddressType address) {
  return address == ValType::i64 ? uint64_t{64} << 30 : uint64_t{4} << 30;
}

/// A memory instance. It never moves: its address range is reserved when it is created, so base() is constant and
/// grow() only publishes a new length. A grow beyond the reservation fails, which the specification allows.
///
/// Thread safety: everything may be called from any thread when the memory is shared. An unshared memory is reached
/// only by the agent of the instances that hold it. grow() is serialised by mutex_; the length is atomic and only
/// grows.
class Memory {
 public:
  /// Allocates a memory of the type's minimum size, zeroed. Errors: host, when that is beyond the cap, or the
  /// system has no address space or memory left.
  static Result<std::shared_ptr<Memory>> create(const MemoryType& type, std::optional<uint64_t> cap_bytes = {});

  uint8_t* base() const { return reservation_.base(); }
  /// Bytes. Acquire: whoever sees a length may touch the pages committed before it was published.
  uint64_t size() const { return size_.load(std::memory_order_acquire); }
  uint64_t pages() const { return size() >> type_.page_size_log2; }
  /// Pages, as the ordering of memory.size demands (exec-memory.size: a seqcst read of the length).
  uint64_t pages_seq_cst() const { return size_.load() >> type_.page_size_log2; }
  uint64_t bytes(uint64_t pages) const { return pages << type_.page_size_log2; }
  /// Bytes that it can have at most.
  uint64_t room() const { return reservation_.size(); }
  bool shared() const { return type_.shared; }
  AddressType address_type() const { return type_.address; }
  /// The type with the present size as its minimum (for import matching).
  MemoryType type() const;

  /// Grows by `delta` pages: the old size in pages, or nothing when that would pass the maximum, the reservation or the
  /// system's memory. Concurrent grows each get a distinct old size.
  std::optional<uint64_t> grow(uint64_t delta);

  Waiters& waiters() { return waiters_; }

  /// What a race detector keeps of it (race/shadow.h), or null; the detector attaches it, once.
  Shadow* shadow() const { return shadow_.get(); }
  void attach(std::unique_ptr<Shadow> shadow);

  // Access for hosts and for bulk instructions: bounds-checked as a whole, false and no byte changed when out of
  // bounds. On shared memory every byte is accessed atomically (relaxed), so that racing guests are no data race of
  // ours.
  bool in_bounds(uint64_t address, uint64_t length) const { return address <= size() && length <= size() - address; }
  bool read(uint64_t address, std::span<uint8_t> out) const;
  bool write(uint64_t address, std::span<const uint8_t> bytes);
  bool fill(uint64_t address, uint8_t byte, uint64_t length);
  /// memory.copy: as if through a buffer; the ranges may overlap, the memories be the same or not.
  static bool copy(Memory& to, uint64_t to_address, const Memory& from, uint64_t from_address, uint64_t length);

  /// A little-endian number, for hosts.
  template <class T>
  std::optional<T> load(uint64_t address) const {
    T value;
    if (!read(address, std::span(reinterpret_cast<uint8_t*>(&value), sizeof value))) return std::nullopt;
    return value;
  }
  template <class T>
  bool store(uint64_t address, T value) {
    return write(address, std::span(reinterpret_cast<const uint8_t*>(&value), sizeof value));
  }

  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory();

 private:
  Memory(const MemoryType& type, Reservation reservation);

  const MemoryType type_;
  Mutex mutex_;
  Reservation reservation_;  // commit() under mutex_; base and size are constant
  std::atomic<uint64_t> size_{0};
  Waiters waiters_;
  std::unique_ptr<Shadow> shadow_;  // used under the detector's mutex
};

}  // namespace weft
