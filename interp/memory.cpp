// SPDX-License-Identifier: Apache-2.0
#include "interp/memory.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "interp/guest_access.h"
#include "interp/limits.h"
#include "interp/race/shadow.h"

namespace weft {
namespace {

// Bulk transfers on shared memory go by words where host and guest addresses are congruent modulo 8: the model makes
// each byte an event of its own, and larger units that do not tear are allowed. Everywhere else they go by bytes.
constexpr size_t kWord = sizeof(uint64_t);

uintptr_t phase(const void* p) { return reinterpret_cast<uintptr_t>(p) % kWord; }

void load_shared(uint8_t* to, const uint8_t* from, uint64_t n) {
  while (n > 0 && phase(from) != 0) *to++ = relaxed_load(from++), --n;
  for (; n >= kWord; to += kWord, from += kWord, n -= kWord) {
    const uint64_t word = guest_load<uint64_t, true>(from);
    std::memcpy(to, &word, kWord);
  }
  while (n > 0) *to++ = relaxed_load(from++), --n;
}

void store_shared(uint8_t* to, const uint8_t* from, uint64_t n) {
  while (n > 0 && phase(to) != 0) relaxed_store(to++, *from++), --n;
  for (; n >= kWord; to += kWord, from += kWord, n -= kWord) {
    uint64_t word = 0;
    std::memcpy(&word, from, kWord);
    guest_store<uint64_t, true>(to, word);
  }
  while (n > 0) relaxed_store(to++, *from++), --n;
}

void fill_shared(uint8_t* to, uint8_t byte, uint64_t n) {
  const uint64_t word = byte * 0x0101010101010101u;
  while (n > 0 && phase(to) != 0) relaxed_store(to++, byte), --n;
  for (; n >= kWord; to += kWord, n -= kWord) guest_store<uint64_t, true>(to, word);
  while (n > 0) relaxed_store(to++, byte), --n;
}

/// memory.copy where a side is shared; backwards when the destination lies behind the source, as exec-memory.copy does.
void copy_shared(uint8_t* to, const uint8_t* from, uint64_t n) {
  const bool words = phase(to) == phase(from);
  if (to <= from) {
    if (words) {
      while (n > 0 && phase(from) != 0) relaxed_store(to++, relaxed_load(from++)), --n;
      for (; n >= kWord; to += kWord, from += kWord, n -= kWord)
        guest_store<uint64_t, true>(to, guest_load<uint64_t, true>(from));
    }
    while (n > 0) relaxed_store(to++, relaxed_load(from++)), --n;
  } else {
    to += n, from += n;
    if (words) {
      while (n > 0 && phase(from) != 0) relaxed_store(--to, relaxed_load(--from)), --n;
      for (; n >= kWord; n -= kWord)
        to -= kWord, from -= kWord, guest_store<uint64_t, true>(to, guest_load<uint64_t, true>(from));
    }
    while (n > 0) relaxed_store(--to, relaxed_load(--from)), --n;
  }
}

}  // namespace

Result<std::shared_ptr<Memory>> Memory::create(const MemoryType& type, std::optional<uint64_t> cap_bytes) {
  const uint64_t cap = std::min(cap_bytes.value_or(default_memory_cap(type.address)), kMaxReservation);
  if (type.limits.min > cap >> type.page_size_log2) {
    return Error{ErrorKind::host,
                 fmt::format("a memory of {} pages is larger than the limit of {} bytes", type.limits.min, cap),
                 {}};
  }
  const uint64_t min = type.limits.min << type.page_size_log2;
  const uint64_t max = std::min(type.limits.max.value_or(max_pages(type)), cap >> type.page_size_log2)
                       << type.page_size_log2;
  Result<Reservation> reservation = Reservation::reserve(max, min);
  if (!reservation) return std::move(reservation).error();
  std::shared_ptr<Memory> memory(new Memory(type, std::move(*reservation)));
  if (!memory->reservation_.commit(min)) return Error{ErrorKind::host, "cannot commit the memory's initial pages", {}};
  memory->size_.store(min);
  return memory;
}

Memory::Memory(const MemoryType& type, Reservation reservation) : type_(type), reservation_(std::move(reservation)) {}
Memory::~Memory() = default;

void Memory::attach(std::unique_ptr<Shadow> shadow) { shadow_ = std::move(shadow); }

MemoryType Memory::type() const {
  MemoryType now = type_;
  now.limits.min = pages();
  return now;
}

std::optional<uint64_t> Memory::grow(uint64_t delta) {
  MutexLock lock(mutex_);
  const uint64_t old = size_.load() >> type_.page_size_log2;
  const uint64_t max =
      std::min(type_.limits.max.value_or(max_pages(type_)), reservation_.size() >> type_.page_size_log2);
  if (delta > max || old > max - delta) return std::nullopt;
  const uint64_t bytes = (old + delta) << type_.page_size_log2;
  if (!reservation_.commit(bytes)) return std::nullopt;
  size_.store(bytes);
  return old;
}

bool Memory::read(uint64_t address, std::span<uint8_t> out) const {
  if (!in_bounds(address, out.size())) return false;
  if (shared()) {
    load_shared(out.data(), base() + address, out.size());
  } else if (!out.empty()) {
    std::memcpy(out.data(), base() + address, out.size());
  }
  return true;
}

bool Memory::write(uint64_t address, std::span<const uint8_t> bytes) {
  if (!in_bounds(address, bytes.size())) return false;
  if (shared()) {
    store_shared(base() + address, bytes.data(), bytes.size());
  } else if (!bytes.empty()) {
    std::memcpy(base() + address, bytes.data(), bytes.size());
  }
  return true;
}

bool Memory::fill(uint64_t address, uint8_t byte, uint64_t length) {
  if (!in_bounds(address, length)) return false;
  if (shared()) {
    fill_shared(base() + address, byte, length);
  } else if (length > 0) {
    std::memset(base() + address, byte, length);
  }
  return true;
}

bool Memory::copy(Memory& to, uint64_t to_address, const Memory& from, uint64_t from_address, uint64_t length) {
  if (!to.in_bounds(to_address, length) || !from.in_bounds(from_address, length)) return false;
  if (to.shared() || from.shared()) {
    copy_shared(to.base() + to_address, from.base() + from_address, length);
  } else if (length > 0) {
    std::memmove(to.base() + to_address, from.base() + from_address, length);
  }
  return true;
}

}  // namespace weft
