// SPDX-License-Identifier: Apache-2.0
//
// To wait for a word to change, and to wake those who do: memory.atomic.wait32 and memory.atomic.notify, natively a
// futex. The one header that asks what it is compiled for, because no library has both.
#ifndef WEFT_KERNEL_WAIT_H
#define WEFT_KERNEL_WAIT_H

#include <stdatomic.h>
#include <stdint.h>

#ifdef __wasm__

/// Returns at once if the word is something else; may return for no reason.
static inline void kernel_wait(_Atomic uint32_t* word, uint32_t expected) {
  __builtin_wasm_memory_atomic_wait32((int*)word, (int)expected, -1);
}

static inline void kernel_wake(_Atomic uint32_t* word) { __builtin_wasm_memory_atomic_notify((int*)word, 1); }

#else

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline void kernel_wait(_Atomic uint32_t* word, uint32_t expected) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL);
}

static inline void kernel_wake(_Atomic uint32_t* word) { syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1); }

#endif

#endif
