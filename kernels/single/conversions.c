// SPDX-License-Identifier: Apache-2.0
//
// SIZE numbers converted between integers, floats and doubles, with and without sign, and taken as bits. An engine that
// rounds halves up, or takes the highest bit of an unsigned number for a sign, differs from the same conversions made
// of shifts and additions.
#include "kernel_checksum.h"

static uint64_t double_bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static uint64_t float_bits(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/// A number of any length.
static uint64_t number_at(int64_t i) {
  const uint64_t hash = kernel_hash((uint64_t)i);
  return hash >> (hash & 63);
}

static uint64_t convert(uint64_t n) {
  uint64_t sum = double_bits((double)n);
  sum = sum * 3 + double_bits((double)(int64_t)n);
  sum = sum * 3 + double_bits((double)(int32_t)n);
  sum = sum * 3 + double_bits((double)(uint32_t)n);
  sum = sum * 3 + float_bits((float)n);
  sum = sum * 3 + float_bits((float)(uint32_t)n);
  sum = sum * 3 + double_bits((double)(float)(n >> 40));  // exact
  sum = sum * 3 + (uint64_t)((double)(n >> 11) * 0x1p-10);
  sum = sum * 3 + (uint64_t)(int64_t)((double)((int64_t)n >> 11) * 0.5);
  sum = sum * 3 + (uint64_t)(int32_t)((double)(int32_t)n * 0.25);
  sum = sum * 3 + (uint32_t)((double)(uint32_t)n * 0.125);
  return sum * 3 + (uint64_t)(int32_t)((float)((int32_t)n >> 8) * 0.0625F);
}

/// The floating-point number nearest to n, halves to even, as bits; `digits` of them behind the point.
static uint64_t rounded(uint64_t n, int digits, uint64_t bias) {
  if (n == 0) return 0;
  const int zeros = __builtin_clzll(n);
  const uint64_t all = n << zeros;
  const uint64_t lost = all << (digits + 1);
  uint64_t mantissa = all >> (63 - digits);
  const uint64_t half = UINT64_C(1) << 63;
  mantissa += lost > half || (lost == half && (mantissa & 1) != 0);  // a carry is one more in the exponent
  return ((bias + 62 - (uint64_t)zeros) << digits) + mantissa;
}

static uint64_t to_double(uint64_t n) { return rounded(n, 52, 1023); }

static uint64_t signed_to_double(int64_t n) {
  return n < 0 ? UINT64_C(1) << 63 | to_double(-(uint64_t)n) : to_double((uint64_t)n);
}

static uint64_t convert_by_hand(uint64_t n) {
  uint64_t sum = to_double(n);
  sum = sum * 3 + signed_to_double((int64_t)n);
  sum = sum * 3 + signed_to_double((int32_t)n);
  sum = sum * 3 + to_double((uint32_t)n);
  sum = sum * 3 + rounded(n, 23, 127);
  sum = sum * 3 + rounded((uint32_t)n, 23, 127);
  sum = sum * 3 + to_double(n >> 40);
  sum = sum * 3 + (n >> 21);
  sum = sum * 3 + (uint64_t)(((int64_t)n >> 11) / 2);
  sum = sum * 3 + (uint64_t)((int32_t)n / 4);
  sum = sum * 3 + (uint32_t)n / 8;
  return sum * 3 + (uint64_t)(((int32_t)n >> 8) / 16);
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000000);
  const double started = kernel_seconds();
  uint64_t checksum = 0;
  for (int64_t i = 0; i < args.size; ++i) checksum = checksum * 31 + convert(number_at(i));
  kernel_report_time(started);
  uint64_t expected = 0;
  for (int64_t i = 0; i < args.size; ++i) expected = expected * 31 + convert_by_hand(number_at(i));
  return kernel_result(checksum == expected, checksum);
}
