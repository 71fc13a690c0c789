// SPDX-License-Identifier: Apache-2.0
//
// Compiled with -fno-builtin, lest the loops become calls of themselves. The first three are instructions of the bulk
// memory proposal.
#include <string.h>

void* memcpy(void* restrict to, const void* restrict from, size_t count) { return __builtin_memcpy(to, from, count); }

void* memmove(void* to, const void* from, size_t count) { return __builtin_memmove(to, from, count); }

void* memset(void* to, int byte, size_t count) { return __builtin_memset(to, byte, count); }

int memcmp(const void* a, const void* b, size_t count) {
  const unsigned char *left = a, *right = b;
  for (size_t i = 0; i < count; ++i) {
    if (left[i] != right[i]) return left[i] - right[i];
  }
  return 0;
}

void* memchr(const void* bytes, int byte, size_t count) {
  for (const unsigned char* at = bytes; count > 0; ++at, --count) {
    if (*at == (unsigned char)byte) return (void*)at;
  }
  return NULL;
}

size_t strlen(const char* text) {
  size_t length = 0;
  while (text[length] != '\0') ++length;
  return length;
}

int strcmp(const char* a, const char* b) { return strncmp(a, b, (size_t)-1); }

int strncmp(const char* a, const char* b, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (a[i] != b[i] || a[i] == '\0') return (unsigned char)a[i] - (unsigned char)b[i];
  }
  return 0;
}

char* strchr(const char* text, int character) { return memchr(text, character, strlen(text) + 1); }

char* strcpy(char* restrict to, const char* restrict from) { return memcpy(to, from, strlen(from) + 1); }
