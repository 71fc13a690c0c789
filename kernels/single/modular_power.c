// SPDX-License-Identifier: Apache-2.0
//
// SIZE inverses modulo a prime, by powers and by Euclid's algorithm: 64-bit multiplication, division and remainder,
// unsigned in the one and signed in the other. An engine that rounds a quotient down where it is to be cut off, or that
// multiplies 32 bits, finds two different inverses.
#include "kernel_checksum.h"

static const uint64_t kPrime = 4294967291;  // 2^32 - 5, so that products fit

static uint64_t power(uint64_t base, uint64_t exponent, uint64_t modulus) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}

/// Quotients of numbers of either sign.
static int64_t by_euclid(int64_t number, int64_t modulus) {
  int64_t rest = -modulus;
  int64_t next = number;
  int64_t factor = 0;  // rest is factor times number, and so is next, but for multiples of the modulus
  int64_t next_factor = 1;
  while (next != 0) {
    const int64_t quotient = rest / next;
    const int64_t new_rest = rest % next;
    rest = next;
    next = new_rest;
    const int64_t new_factor = factor - quotient * next_factor;
    factor = next_factor;
    next_factor = new_factor;
  }
  if (rest < 0) factor = -factor;
  return factor < 0 ? factor + modulus : factor;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 300000);
  const double started = kernel_seconds();
  uint64_t checksum = 0;
  int64_t right = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    const uint64_t number = 1 + kernel_hash((uint64_t)i) % (kPrime - 1);
    const uint64_t inverse = power(number, kPrime - 2, kPrime);
    right += inverse == (uint64_t)by_euclid((int64_t)number, (int64_t)kPrime) && inverse * number % kPrime == 1;
    checksum = kernel_mix(checksum, inverse);
  }
  kernel_report_time(started);
  return kernel_result(right == args.size, checksum);
}
