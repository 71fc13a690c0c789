// SPDX-License-Identifier: Apache-2.0
//
// All that the runtime imports, besides env.memory.
#ifndef WEFT_RT_WASI_H
#define WEFT_RT_WASI_H

#include <stddef.h>
#include <stdint.h>

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) extern

struct wasi_ciovec {
  const void* bytes;
  size_t size;
};

WASI(args_get) int wasi_args_get(char** argv, char* bytes);
WASI(args_sizes_get) int wasi_args_sizes_get(size_t* count, size_t* size);
WASI(clock_time_get) int wasi_clock_time_get(int clock, int64_t precision, int64_t* nanoseconds);
WASI(fd_write) int wasi_fd_write(int fd, const struct wasi_ciovec* vectors, size_t count, size_t* written);
WASI(proc_exit) _Noreturn void wasi_proc_exit(int status);
WASI(sched_yield) int wasi_sched_yield(void);

/// Starts wasi_thread_start(id, argument) on a thread and returns its id, or a negative number.
__attribute__((import_module("wasi"), import_name("thread-spawn"))) extern int wasi_thread_spawn(void* argument);

#endif
