// SPDX-License-Identifier: Apache-2.0
//
// Threads: their memory, and who frees it. A thread cannot free the stack that it stands on, so start.S sets `over`
// behind the last use of it. A joinable thread is freed by the one who joins it and has waited for that; a detached one
// is buried, by itself or, when it had ended before, by the one who detaches it. The next pthread_create frees those of
// the buried that are over.
#include "thread.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wait.h"

enum { kJoinable, kDetached, kEnded };
enum { kStackSize = 256 * 1024, kStackAlignment = 16 };
enum { kSpawnTries = 100, kSpawnPause = 2000 };  // microseconds

_Static_assert(offsetof(struct rt_thread, storage) == 4 && offsetof(struct rt_thread, over) == 8, "start.S knows them");

static struct rt_thread main_thread;
_Thread_local struct rt_thread* rt_self = &main_thread;

static _Atomic int buried_lock;
static struct rt_thread* buried;

static void bury(struct rt_thread* thread) {
  rt_lock(&buried_lock);
  thread->next = buried;
  buried = thread;
  rt_unlock(&buried_lock);
}

static void free_buried(void) {
  rt_lock(&buried_lock);
  for (struct rt_thread** link = &buried; *link != NULL;) {
    struct rt_thread* thread = *link;
    if (thread->over) {
      *link = thread->next;
      free(thread->storage);
    } else {
      link = &thread->next;
    }
  }
  rt_unlock(&buried_lock);
}

/// What start.S calls on the new thread.
void rt_thread_run(struct rt_thread* thread) {
  rt_self = thread;
  thread->value = thread->routine(thread->value);
  rt_destroy_values();
  if (atomic_exchange(&thread->state, kEnded) == kDetached) bury(thread);
}

static size_t rounded(size_t size, size_t alignment) { return (size + alignment - 1) / alignment * alignment; }

/// A thread with its memory, or NULL.
static struct rt_thread* make(size_t stack_size) {
  const size_t alignment =
      __builtin_wasm_tls_align() > kStackAlignment ? __builtin_wasm_tls_align() : (size_t)kStackAlignment;
  const size_t storage_size = rounded(__builtin_wasm_tls_size(), kStackAlignment);
  const size_t size = rounded(storage_size + sizeof(struct rt_thread) + stack_size, alignment);
  char* storage = size < stack_size ? NULL : aligned_alloc(alignment, size);
  if (storage == NULL) return NULL;
  struct rt_thread* thread = (struct rt_thread*)(storage + storage_size);
  memset(thread, 0, sizeof *thread);
  thread->stack_top = storage + size;
  thread->storage = storage;
  return thread;
}

/// The host notices a little later than we do that a thread is over: where its limit is near, there may be room soon.
static bool spawn(struct rt_thread* thread) {
  for (int tries = 0; tries < kSpawnTries; ++tries) {
    if (wasi_thread_spawn(thread) > 0) return true;
    usleep(kSpawnPause);
  }
  return false;
}

int pthread_create(pthread_t* restrict result, const pthread_attr_t* restrict attributes, void* (*routine)(void*),
                   void* restrict argument) {
  free_buried();
  struct rt_thread* thread = make(attributes == NULL ? kStackSize : attributes->stack_size);
  if (thread == NULL) return EAGAIN;
  if (attributes != NULL && attributes->detach_state == PTHREAD_CREATE_DETACHED) thread->state = kDetached;
  thread->routine = routine;
  thread->value = argument;
  *result = thread;  // before the thread may look for it, and before it may be gone
  if (spawn(thread)) return 0;
  free(thread->storage);
  return EAGAIN;
}

int pthread_join(pthread_t thread, void** value) {
  if (thread == rt_self) return EDEADLK;
  if (thread->state == kDetached) return EINVAL;
  while (!thread->over) rt_wait(&thread->over, 0, kForever);
  if (value != NULL) *value = thread->value;
  free(thread->storage);
  return 0;
}

int pthread_detach(pthread_t thread) {
  int state = kJoinable;
  if (atomic_compare_exchange_strong(&thread->state, &state, kDetached)) return 0;
  if (state == kDetached) return EINVAL;
  bury(thread);
  return 0;
}

pthread_t pthread_self(void) { return rt_self; }

int pthread_attr_init(pthread_attr_t* attributes) {
  *attributes = (pthread_attr_t){kStackSize, PTHREAD_CREATE_JOINABLE};
  return 0;
}

int pthread_attr_destroy(pthread_attr_t* attributes) {
  (void)attributes;
  return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t* attributes, int state) {
  if (state != PTHREAD_CREATE_JOINABLE && state != PTHREAD_CREATE_DETACHED) return EINVAL;
  attributes->detach_state = state;
  return 0;
}

int pthread_attr_setstacksize(pthread_attr_t* attributes, size_t size) {
  if (size < PTHREAD_STACK_MIN) return EINVAL;
  attributes->stack_size = size;
  return 0;
}
