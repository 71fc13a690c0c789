// SPDX-License-Identifier: Apache-2.0
//
// What the runtime knows of a thread. Its memory is one block: thread-local storage, this, and the stack, which grows
// down towards them.
#ifndef WEFT_RT_THREAD_H
#define WEFT_RT_THREAD_H

#include <pthread.h>

struct rt_value {
  unsigned generation;  // of the key when it was set
  void* value;
};

struct rt_thread {
  // These three by their offsets in start.S.
  void* stack_top;
  void* storage;     // the beginning of the block
  _Atomic int over;  // 1: it uses its stack no more

  _Atomic int state;
  void* (*routine)(void*);
  void* value;  // the argument; in the end, what the routine returned
  struct rt_thread* next;
  struct rt_value values[PTHREAD_KEYS_MAX];
};

extern _Thread_local struct rt_thread* rt_self;

/// Runs the destructors of the calling thread's keys.
void rt_destroy_values(void);

#endif
