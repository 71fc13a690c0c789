// SPDX-License-Identifier: Apache-2.0
#ifndef WEFT_RT_SEMAPHORE_H
#define WEFT_RT_SEMAPHORE_H

#include <time.h>

#define SEM_VALUE_MAX 0x7fffffff

typedef struct {
  _Atomic int value;
  _Atomic int waiters;
} sem_t;

int sem_init(sem_t* semaphore, int shared, unsigned value);
int sem_destroy(sem_t* semaphore);
int sem_wait(sem_t* semaphore);
int sem_trywait(sem_t* semaphore);
int sem_timedwait(sem_t* restrict semaphore, const struct timespec* restrict deadline);
int sem_post(sem_t* semaphore);
int sem_getvalue(sem_t* restrict semaphore, int* restrict value);

#endif
