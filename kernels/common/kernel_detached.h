// SPDX-License-Identifier: Apache-2.0
//
// Attributes of threads that nobody joins.
#ifndef WEFT_KERNEL_DETACHED_H
#define WEFT_KERNEL_DETACHED_H

#include "kernel.h"

enum { kDetachedStackSize = 256 * 1024 };  // 64 of them have to fit into the kernels' memory

/// To be destroyed by pthread_attr_destroy.
static inline pthread_attr_t kernel_detached(void) {
  pthread_attr_t attributes;
  kernel_check(pthread_attr_init(&attributes), "pthread_attr_init");
  kernel_check(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED), "pthread_attr_setdetachstate");
  kernel_check(pthread_attr_setstacksize(&attributes, kDetachedStackSize), "pthread_attr_setstacksize");
  return attributes;
}

#endif
