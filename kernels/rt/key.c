// SPDX-License-Identifier: Apache-2.0
//
// Keys of threads' own values. A key's generation is odd while the key exists and changes when it is deleted or
// created: values of an earlier key with the same number count for nothing, in whatever threads they are left.
#include <stdatomic.h>
#include <stdbool.h>

#include "thread.h"
#include "wait.h"

static struct {
  _Atomic unsigned generation;
  void (*destructor)(void*);
} keys[PTHREAD_KEYS_MAX];
static _Atomic int lock;  // held by those who create and delete

int pthread_key_create(pthread_key_t* key, void (*destructor)(void*)) {
  rt_lock(&lock);
  pthread_key_t found = 0;
  while (found < PTHREAD_KEYS_MAX && keys[found].generation % 2 != 0) ++found;
  if (found < PTHREAD_KEYS_MAX) {
    keys[found].destructor = destructor;
    ++keys[found].generation;
    *key = found;
  }
  rt_unlock(&lock);
  return found < PTHREAD_KEYS_MAX ? 0 : EAGAIN;
}

int pthread_key_delete(pthread_key_t key) {
  rt_lock(&lock);
  const bool exists = key < PTHREAD_KEYS_MAX && keys[key].generation % 2 != 0;
  if (exists) ++keys[key].generation;
  rt_unlock(&lock);
  return exists ? 0 : EINVAL;
}

void* pthread_getspecific(pthread_key_t key) {
  const struct rt_value* value = &rt_self->values[key];
  return value->generation == keys[key].generation ? value->value : NULL;
}

int pthread_setspecific(pthread_key_t key, const void* value) {
  if (key >= PTHREAD_KEYS_MAX || keys[key].generation % 2 == 0) return EINVAL;
  rt_self->values[key] = (struct rt_value){keys[key].generation, (void*)value};
  return 0;
}

void rt_destroy_values(void) {
  bool some = true;
  for (int pass = 0; some && pass < PTHREAD_DESTRUCTOR_ITERATIONS; ++pass) {
    some = false;
    for (pthread_key_t key = 0; key < PTHREAD_KEYS_MAX; ++key) {
      void* value = pthread_getspecific(key);
      if (value == NULL || keys[key].destructor == NULL) continue;
      rt_self->values[key].value = NULL;
      keys[key].destructor(value);
      some = true;  // it may have set another
    }
  }
}
