// SPDX-License-Identifier: Apache-2.0
//
// Two streams to write to. stdout is buffered until fflush or exit, wherever it goes; stderr is written by each call.
#ifndef WEFT_RT_STDIO_H
#define WEFT_RT_STDIO_H

#include <stdarg.h>
#include <stddef.h>

#define EOF (-1)

typedef struct rt_file FILE;
extern FILE* const stdout;
extern FILE* const stderr;
#define stdout stdout
#define stderr stderr

/// %d %i %u %x %X %p %c %s %f %%, with flags - and 0, width, precision, and lengths l, ll and z.
__attribute__((format(printf, 1, 2))) int printf(const char* restrict format, ...);
__attribute__((format(printf, 2, 3))) int fprintf(FILE* restrict file, const char* restrict format, ...);
int vfprintf(FILE* restrict file, const char* restrict format, va_list arguments);
int puts(const char* text);
int putchar(int character);
int fputs(const char* restrict text, FILE* restrict file);
int fputc(int character, FILE* file);
size_t fwrite(const void* restrict bytes, size_t size, size_t count, FILE* restrict file);
/// NULL: both streams.
int fflush(FILE* file);

#endif
