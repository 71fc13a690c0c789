// SPDX-License-Identifier: Apache-2.0
//
// What of pthreads the kernels use. There is no pthread_exit and no cancellation: nothing in wasi-threads ends a thread
// but the return of wasi_thread_start, and without exceptions no code can return from frames that are not its own.
#ifndef WEFT_RT_PTHREAD_H
#define WEFT_RT_PTHREAD_H

#include <sched.h>
#include <stddef.h>
#include <time.h>

typedef struct rt_thread* pthread_t;

typedef struct {
  size_t stack_size;
  int detach_state;
} pthread_attr_t;

enum { PTHREAD_CREATE_JOINABLE, PTHREAD_CREATE_DETACHED };
#define PTHREAD_STACK_MIN 4096

int pthread_attr_init(pthread_attr_t* attributes);
int pthread_attr_destroy(pthread_attr_t* attributes);
int pthread_attr_setdetachstate(pthread_attr_t* attributes, int state);
int pthread_attr_setstacksize(pthread_attr_t* attributes, size_t size);

int pthread_create(pthread_t* restrict thread, const pthread_attr_t* restrict attributes, void* (*routine)(void*),
                   void* restrict argument);
int pthread_join(pthread_t thread, void** value);
int pthread_detach(pthread_t thread);
pthread_t pthread_self(void);
static inline int pthread_equal(pthread_t a, pthread_t b) { return a == b; }

typedef struct {
  int type;
} pthread_mutexattr_t;

typedef struct {
  _Atomic int lock;
  int type;
  _Atomic(pthread_t) owner;  // these two unless the type is normal
  int again;                 // locked so many times more
} pthread_mutex_t;

enum { PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ERRORCHECK };
#define PTHREAD_MUTEX_DEFAULT PTHREAD_MUTEX_NORMAL
#define PTHREAD_MUTEX_INITIALIZER {0}

int pthread_mutexattr_init(pthread_mutexattr_t* attributes);
int pthread_mutexattr_destroy(pthread_mutexattr_t* attributes);
int pthread_mutexattr_settype(pthread_mutexattr_t* attributes, int type);
int pthread_mutex_init(pthread_mutex_t* restrict mutex, const pthread_mutexattr_t* restrict attributes);
int pthread_mutex_destroy(pthread_mutex_t* mutex);
int pthread_mutex_lock(pthread_mutex_t* mutex);
int pthread_mutex_trylock(pthread_mutex_t* mutex);
int pthread_mutex_timedlock(pthread_mutex_t* restrict mutex, const struct timespec* restrict deadline);
int pthread_mutex_unlock(pthread_mutex_t* mutex);

// The attributes of what follows have to be NULL.
typedef struct {
  _Atomic int sequence;
} pthread_cond_t;
typedef void pthread_condattr_t;
#define PTHREAD_COND_INITIALIZER {0}

int pthread_cond_init(pthread_cond_t* restrict condition, const pthread_condattr_t* restrict attributes);
int pthread_cond_destroy(pthread_cond_t* condition);
int pthread_cond_wait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex);
int pthread_cond_timedwait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex,
                           const struct timespec* restrict deadline);
int pthread_cond_signal(pthread_cond_t* condition);
int pthread_cond_broadcast(pthread_cond_t* condition);

typedef struct {
  _Atomic int state;
  _Atomic int waiters;
} pthread_rwlock_t;
typedef void pthread_rwlockattr_t;
#define PTHREAD_RWLOCK_INITIALIZER {0}

int pthread_rwlock_init(pthread_rwlock_t* restrict lock, const pthread_rwlockattr_t* restrict attributes);
int pthread_rwlock_destroy(pthread_rwlock_t* lock);
int pthread_rwlock_rdlock(pthread_rwlock_t* lock);
int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock);
int pthread_rwlock_wrlock(pthread_rwlock_t* lock);
int pthread_rwlock_trywrlock(pthread_rwlock_t* lock);
int pthread_rwlock_unlock(pthread_rwlock_t* lock);

typedef struct {
  int count;
  _Atomic int arrived;
  _Atomic int phase;
  _Atomic int inside;
} pthread_barrier_t;
typedef void pthread_barrierattr_t;
#define PTHREAD_BARRIER_SERIAL_THREAD (-1)

int pthread_barrier_init(pthread_barrier_t* restrict barrier, const pthread_barrierattr_t* restrict attributes,
                         unsigned count);
int pthread_barrier_destroy(pthread_barrier_t* barrier);
int pthread_barrier_wait(pthread_barrier_t* barrier);

typedef struct {
  _Atomic int state;
} pthread_once_t;
#define PTHREAD_ONCE_INIT {0}

int pthread_once(pthread_once_t* control, void (*routine)(void));

typedef unsigned pthread_key_t;
#define PTHREAD_KEYS_MAX 128
#define PTHREAD_DESTRUCTOR_ITERATIONS 4

int pthread_key_create(pthread_key_t* key, void (*destructor)(void*));
int pthread_key_delete(pthread_key_t key);
void* pthread_getspecific(pthread_key_t key);
int pthread_setspecific(pthread_key_t key, const void* value);

#endif
