// SPDX-License-Identifier: Apache-2.0
//
// How the program begins and how it ends.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "wait.h"

enum { kMaxHandlers = 32 };

void __wasm_call_ctors(void);                 // the linker's
int __main_argc_argv(int argc, char** argv);  // what clang calls main

_Thread_local int errno;

static void (*handlers[kMaxHandlers])(void);
static int handler_count;
static _Atomic int handlers_lock;

static bool take_handler(void (**handler)(void)) {
  rt_lock(&handlers_lock);
  const bool some = handler_count > 0;
  if (some) *handler = handlers[--handler_count];
  rt_unlock(&handlers_lock);
  return some;
}

int atexit(void (*handler)(void)) {
  rt_lock(&handlers_lock);
  const bool fits = handler_count < kMaxHandlers;
  if (fits) handlers[handler_count++] = handler;
  rt_unlock(&handlers_lock);
  return fits ? 0 : -1;
}

void exit(int status) {
  static _Atomic int exiting;
  rt_lock(&exiting);  // and never unlocks it: a second thread sleeps here until the first has ended it
  void (*handler)(void);
  while (take_handler(&handler)) handler();
  fflush(NULL);
  _Exit(status);
}

void _Exit(int status) { wasi_proc_exit(status); }

void abort(void) { __builtin_trap(); }

__attribute__((export_name("_start"))) void _start(void) {
  __wasm_call_ctors();
  size_t count = 0, size = 0;
  if (wasi_args_sizes_get(&count, &size) != 0) _Exit(3);
  char** argv = calloc(count + 1, sizeof *argv);
  char* bytes = malloc(size);
  if (argv == NULL || bytes == NULL || wasi_args_get(argv, bytes) != 0) _Exit(3);
  exit(__main_argc_argv((int)count, argv));
}
