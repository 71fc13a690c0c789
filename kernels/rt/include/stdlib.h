// SPDX-License-Identifier: Apache-2.0
#ifndef WEFT_RT_STDLIB_H
#define WEFT_RT_STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

void* malloc(size_t size);
void* calloc(size_t count, size_t size);
void* realloc(void* memory, size_t size);
void* aligned_alloc(size_t alignment, size_t size);
void free(void* memory);

/// From any thread: ends all of them.
_Noreturn void exit(int status);
_Noreturn void _Exit(int status);
_Noreturn void abort(void);
int atexit(void (*handler)(void));

long long strtoll(const char* restrict text, char** restrict end, int base);

#endif
