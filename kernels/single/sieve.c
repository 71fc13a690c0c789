// SPDX-License-Identifier: Apache-2.0
//
// The primes up to SIZE by Eratosthenes: bytes stored with a stride, then counted. An engine that stores more than a
// byte, or a byte too far, has another count than Legendre's way of counting, which knows no single prime.
#include "kernel_checksum.h"
#include "kernel_math.h"
#include "kernel_slice.h"

/// Of odd numbers: element i stands for 2 i + 1.
static void sift(uint8_t* composite, size_t count) {
  for (size_t i = 1; 2 * i * (i + 1) < count; ++i) {
    if (composite[i]) continue;
    for (size_t j = 2 * i * (i + 1); j < count; j += 2 * i + 1) composite[j] = 1;
  }
}

/// How many numbers from 2 to each n / k are left when the multiples of one prime after the other are struck out.
static int64_t count_primes(int64_t n) {
  int64_t root = (int64_t)math_sqrt((double)n);
  while (root * root > n) --root;
  while ((root + 1) * (root + 1) <= n) ++root;
  int64_t* small = kernel_array(root + 1, sizeof *small);  // up to i
  int64_t* large = kernel_array(root + 1, sizeof *large);  // up to n / i
  for (int64_t i = 1; i <= root; ++i) small[i] = i - 1, large[i] = n / i - 1;
  for (int64_t p = 2; p * p <= n; ++p) {
    if (small[p] == small[p - 1]) continue;
    const int64_t before = small[p - 1];
    for (int64_t i = 1; i <= root && p * p <= n / i; ++i) {
      large[i] -= (i * p <= root ? large[i * p] : small[n / i / p]) - before;
    }
    for (int64_t i = root; i >= p * p; --i) small[i] -= small[i / p] - before;
  }
  const int64_t count = large[1];
  free(small);
  free(large);
  return count;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  const size_t odd_numbers = (size_t)(args.size / 2 + args.size % 2);
  uint8_t* composite = kernel_array((int64_t)odd_numbers, 1);
  const double started = kernel_seconds();
  sift(composite, odd_numbers);
  int64_t primes = args.size > 1;
  uint64_t checksum = 0;
  for (size_t i = 1; i < odd_numbers; ++i) {
    if (composite[i]) continue;
    ++primes;
    checksum = checksum * 31 + i;
  }
  kernel_report_time(started);
  free(composite);
  printf("primes %lld\n", (long long)primes);
  return kernel_result(primes == count_primes(args.size), checksum);
}
