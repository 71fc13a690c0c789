// SPDX-License-Identifier: Apache-2.0
//
// To wait for a word to change, and to wake those who do: memory.atomic.wait32 and memory.atomic.notify, natively a
// futex. The one header that asks what it is compiled for, because no library has both.
#ifndef WEFT_KERNEL_WAIT_H
#define WEFT_KERNEL_WAIT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __wasm__

/// True at once if the word is something else; else false after a sleep, which may have ended for no reason.
static inline bool kernel_wait(_Atomic uint32_t* word, uint32_t expected) {
  return __builtin_wasm_memory_atomic_wait32((int*)word, (int)expected, -1) == 1;
}

/// Wakes one at most; returns how many.
static inline uint32_t kernel_wake(_Atomic uint32_t* word) {
  return (uint32_t)__builtin_wasm_memory_atomic_notify((int*)word, 1);
}

#else

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline bool kernel_wait(_Atomic uint32_t* word, uint32_t expected) {
  return syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL) != 0 && errno == EAGAIN;
}

static inline uint32_t kernel_wake(_Atomic uint32_t* word) {
  return (uint32_t)syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1);
}

#endif

#endif
