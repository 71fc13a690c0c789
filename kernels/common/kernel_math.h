// SPDX-License-Identifier: Apache-2.0
//
// Elementary functions of our own, for every libm rounds its own way: only + - * / and sqrt, which IEEE 754 fixes to
// the bit. Wants -ffp-contract=off. Arguments of moderate size; the error is a few units in the last place.
#ifndef WEFT_KERNEL_MATH_H
#define WEFT_KERNEL_MATH_H

#include <stdint.h>
#include <string.h>

static const double kMathPi = 3.14159265358979323846;

/// An instruction where -fno-math-errno is given.
static inline double math_sqrt(double x) { return __builtin_sqrt(x); }

static inline double math_abs(double x) { return x < 0 ? -x : x; }

/// A double from 0 to 1 of the upper bits of a hash.
static inline double math_unit(uint64_t hash) { return (double)(hash >> 11) * 0x1p-53; }

static inline double math_round(double x) { return (double)(int64_t)(x < 0 ? x - 0.5 : x + 0.5); }

/// 1 + x/1 (1 + x/2 (1 + x/3 …)), x having been reduced to at most ln 2 / 2, times a power of two.
static inline double math_exp(double x) {
  const double n = math_round(x * 1.44269504088896340736);
  if (n < -1022) return 0;
  const double r = (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
  double sum = 1;
  for (int k = 14; k > 0; --k) sum = 1 + sum * r / k;
  const uint64_t bits = (uint64_t)(1023 + (int64_t)n) << 52;
  double scale;
  memcpy(&scale, &bits, sizeof scale);
  return sum * scale;
}

/// 2 artanh((m-1)/(m+1)) + n ln 2, where x = m 2^n and m is near 1; x must be positive and normal.
static inline double math_log(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int64_t n = (int64_t)(bits >> 52) - 1023;
  bits = (bits & UINT64_C(0xfffffffffffff)) | UINT64_C(0x3ff0000000000000);
  double m;
  memcpy(&m, &bits, sizeof m);
  if (m > 1.41421356237309504880) {
    m *= 0.5;
    ++n;
  }
  const double s = (m - 1) / (m + 1);
  double sum = 0;
  for (int k = 21; k > 0; k -= 2) sum = sum * s * s + 1.0 / k;
  return 2 * s * sum + (double)n * 0.69314718055994530942;
}

/// Sine of r + quadrant * pi/2, |r| at most pi/4.
static inline double math_sin_quadrant(double r, int64_t quadrant) {
  const int odd = (int)(quadrant & 1);
  double sum = 1;
  for (int k = odd ? 18 : 19; k > 1; k -= 2) sum = 1 - sum * r * r / (k * (k - 1));
  const double value = odd ? sum : sum * r;
  return quadrant & 2 ? -value : value;
}

static inline double math_sin_shifted(double x, int64_t shift) {
  const double n = math_round(x * (2 / kMathPi));
  const double r = (x - n * 0x1.921fb544p+0) - n * 0x1.0b4611a626331p-34;
  return math_sin_quadrant(r, (int64_t)n + shift);
}

static inline double math_sin(double x) { return math_sin_shifted(x, 0); }

static inline double math_cos(double x) { return math_sin_shifted(x, 1); }

#endif
