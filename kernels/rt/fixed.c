// SPDX-License-Identifier: Apache-2.0
//
// Doubles in decimal. A double is a binary fraction with an end, so its decimal digits can be computed exactly: as a
// fixed-point number wide enough for every double, its digits before the point by division, those behind by
// multiplication. Slow, and right to the last bit of the last digit.
#include <stdint.h>
#include <string.h>

#include "stream.h"

enum { kFractionWords = 34, kWords = kFractionWords + 32 };  // 2^-1074 up to 2^1024, 32 bits a word, the lowest first

static void load(uint32_t number[kWords], double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  const unsigned exponent = bits >> 52 & 0x7ff;
  uint64_t mantissa = bits & UINT64_C(0xfffffffffffff);
  if (exponent != 0) mantissa |= UINT64_C(1) << 52;
  memset(number, 0, kWords * sizeof *number);
  // The mantissa's lowest bit counts 2^(exponent - 1075), or 2^-1074 when subnormal.
  const unsigned position = kFractionWords * 32 - 1075 + (exponent == 0 ? 1 : exponent);
  const unsigned word = position / 32, shift = position % 32;
  const unsigned __int128 shifted = (unsigned __int128)mantissa << shift;
  for (unsigned i = 0; i < 3 && word + i < kWords; ++i) number[word + i] = (uint32_t)(shifted >> (32 * i));
}

/// Divides what is before the point by ten and returns the remainder.
static unsigned divide(uint32_t number[kWords]) {
  uint64_t rest = 0;
  for (int i = kWords - 1; i >= kFractionWords; --i) {
    rest = rest << 32 | number[i];
    number[i] = (uint32_t)(rest / 10);
    rest %= 10;
  }
  return (unsigned)rest;
}

/// Multiplies what is behind the point by ten and returns what comes before it.
static unsigned multiply(uint32_t number[kWords]) {
  uint64_t carry = 0;
  for (int i = 0; i < kFractionWords; ++i) {
    carry += (uint64_t)number[i] * 10;
    number[i] = (uint32_t)carry;
    carry >>= 32;
  }
  return (unsigned)carry;
}

/// What is behind the point against one half: negative, 0 or positive.
static int against_half(const uint32_t number[kWords]) {
  const uint32_t half = UINT32_C(1) << 31, first = number[kFractionWords - 1];
  if (first != half) return first < half ? -1 : 1;
  for (int i = 0; i < kFractionWords - 1; ++i) {
    if (number[i] != 0) return 1;
  }
  return 0;
}

static bool is_zero(const uint32_t* words, int count) {
  for (int i = 0; i < count; ++i) {
    if (words[i] != 0) return false;
  }
  return true;
}

size_t rt_fixed(double value, int precision, char text[kMaxFixed]) {
  uint32_t number[kWords];
  load(number, value);
  // Digits before the point come from the right; the first is a zero that a carry may turn into a one.
  char whole[310];
  int begin = sizeof whole;
  do whole[--begin] = (char)('0' + divide(number));
  while (!is_zero(number + kFractionWords, kWords - kFractionWords));
  size_t length = 0;
  text[length++] = '0';
  while (begin < (int)sizeof whole) text[length++] = whole[begin++];
  if (precision > 0) text[length++] = '.';
  for (int i = 0; i < precision; ++i) text[length++] = (char)('0' + multiply(number));

  const int half = against_half(number);
  if (half > 0 || (half == 0 && (text[length - 1] - '0') % 2 != 0)) {
    size_t at = length - 1;
    for (; text[at] == '9' || text[at] == '.'; --at) {
      if (text[at] == '9') text[at] = '0';
    }
    ++text[at];
  }
  if (text[0] == '0') memmove(text, text + 1, --length);
  return length;
}
