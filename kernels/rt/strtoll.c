// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

/// The value of a digit, or something above 36.
static int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return INT_MAX;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

long long strtoll(const char* restrict text, char** restrict end, int base) {
  const char* at = text;
  while (is_space(*at)) ++at;
  const bool negative = *at == '-';
  if (*at == '-' || *at == '+') ++at;
  const bool hexadecimal = at[0] == '0' && (at[1] == 'x' || at[1] == 'X') && digit_of(at[2]) < 16;
  if ((base == 0 || base == 16) && hexadecimal) {
    base = 16;
    at += 2;
  } else if (base == 0) {
    base = *at == '0' ? 8 : 10;
  }

  const char* digits = at;
  const unsigned long long most = negative ? -(unsigned long long)LLONG_MIN : LLONG_MAX;
  unsigned long long value = 0;
  bool overflow = false;
  for (int digit; (digit = digit_of(*at)) < base; ++at) {
    overflow = overflow || value > (most - (unsigned)digit) / (unsigned)base;
    if (!overflow) value = value * (unsigned)base + (unsigned)digit;
  }
  if (end != NULL) *end = (char*)(at == digits ? text : at);
  if (overflow) {
    errno = ERANGE;
    value = most;
  }
  return (long long)(negative ? -value : value);
}
