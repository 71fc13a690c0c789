// SPDX-License-Identifier: Apache-2.0
//
// Single accesses to guest bytes. On shared memory guests may race, legally; each access here is then a relaxed atomic,
// so that it is no data race of the host (relaxed-consistent; MODEL: an aligned access of up to 4 bytes never tears,
// wider or unaligned ones may). ISO C++ has no mixed-size atomics; every target we build for gives them the meaning of
// the machine's plain loads and stores.
#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace weft {

static_assert(std::endian::native == std::endian::little, "guest memory is little-endian and accessed in place");

inline uint8_t relaxed_load(const uint8_t* p) {
  return std::atomic_ref<uint8_t>(*const_cast<uint8_t*>(p)).load(std::memory_order_relaxed);
}
inline void relaxed_store(uint8_t* p, uint8_t v) { std::atomic_ref<uint8_t>(*p).store(v, std::memory_order_relaxed); }

template <class T>
bool is_aligned(const uint8_t* p) {
  return reinterpret_cast<uintptr_t>(p) % sizeof(T) == 0;
}

/// x86-64 moves what is not aligned as well: one instruction, which tears at most between cache lines, where the model
/// lets it tear anywhere. C++ knows no atomics of such addresses, hence its name in assembly; ThreadSanitizer sees
/// nothing of that, and gets the loops of bytes below, as do the planted faults.
#if defined(__x86_64__) && !defined(WEFT_SANITIZED) && !defined(WEFT_DRIVER_LOOP)
inline constexpr bool kMovesUnaligned = true;
template <class T>
struct [[gnu::packed, gnu::may_alias]] Unaligned {
  T value;
};
template <class T>
T move_from(const uint8_t* p) {
  const auto& from = *reinterpret_cast<const Unaligned<T>*>(p);
  T value;
  if constexpr (std::is_same_v<T, float>) {
    asm volatile("movss %1, %0" : "=x"(value) : "m"(from.value));
  } else if constexpr (std::is_same_v<T, double>) {
    asm volatile("movsd %1, %0" : "=x"(value) : "m"(from.value));
  } else {
    asm volatile("mov %1, %0" : "=r"(value) : "m"(from.value));
  }
  return value;
}
template <class T>
void move_to(uint8_t* p, T value) {
  auto& to = *reinterpret_cast<Unaligned<T>*>(p);
  if constexpr (std::is_same_v<T, float>) {
    asm volatile("movss %1, %0" : "=m"(to.value) : "x"(value));
  } else if constexpr (std::is_same_v<T, double>) {
    asm volatile("movsd %1, %0" : "=m"(to.value) : "x"(value));
  } else {
    asm volatile("mov %1, %0" : "=m"(to.value) : "r"(value));
  }
}
#else
inline constexpr bool kMovesUnaligned = false;
template <class T>
T move_from(const uint8_t* p);
template <class T>
void move_to(uint8_t* p, T value);
#endif

/// Loads a number (integer or float type) or a vector of any alignment. `Shared` selects the policy above, for a vector
/// in each of its halves; plain memory belongs to one agent.
template <class T, bool Shared>
T guest_load(const uint8_t* p) {
  T value;
  if constexpr (!Shared) {
    std::memcpy(&value, p, sizeof value);
  } else if constexpr (sizeof(T) == 16) {
    const uint64_t halves[] = {guest_load<uint64_t, true>(p), guest_load<uint64_t, true>(p + 8)};
    std::memcpy(&value, halves, sizeof value);
  } else if constexpr (kMovesUnaligned && sizeof(T) > 1) {
    value = move_from<T>(p);
  } else if (is_aligned<T>(p)) [[likely]] {
    value = std::atomic_ref<T>(*reinterpret_cast<T*>(const_cast<uint8_t*>(p))).load(std::memory_order_relaxed);
  } else {
    uint8_t bytes[sizeof(T)];
    for (size_t i = 0; i < sizeof(T); ++i) bytes[i] = relaxed_load(p + i);
    std::memcpy(&value, bytes, sizeof value);
  }
  return value;
}

template <class T, bool Shared>
void guest_store(uint8_t* p, T value) {
  if constexpr (!Shared) {
    std::memcpy(p, &value, sizeof value);
  } else if constexpr (sizeof(T) == 16) {
    uint64_t halves[2];
    std::memcpy(halves, &value, sizeof value);
    guest_store<uint64_t, true>(p, halves[0]);
    guest_store<uint64_t, true>(p + 8, halves[1]);
  } else if constexpr (kMovesUnaligned && sizeof(T) > 1) {
    move_to(p, value);
  } else if (is_aligned<T>(p)) [[likely]] {
    std::atomic_ref<T>(*reinterpret_cast<T*>(p)).store(value, std::memory_order_relaxed);
  } else {
    uint8_t bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof value);
    for (size_t i = 0; i < sizeof(T); ++i) relaxed_store(p + i, bytes[i]);
  }
}

}  // namespace weft
