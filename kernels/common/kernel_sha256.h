// SPDX-License-Identifier: Apache-2.0
//
// What SHA-256 is made of (FIPS 180-4): its constants, and the functions of one round.
#ifndef WEFT_KERNEL_SHA256_H
#define WEFT_KERNEL_SHA256_H

#include <stdint.h>

static const uint32_t kSha256Rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static const uint32_t kSha256Begin[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static inline uint32_t sha256_rotate(uint32_t x, int count) { return x >> count | x << (32 - count); }

static inline uint32_t sha256_s0(uint32_t x) { return sha256_rotate(x, 7) ^ sha256_rotate(x, 18) ^ x >> 3; }
static inline uint32_t sha256_s1(uint32_t x) { return sha256_rotate(x, 17) ^ sha256_rotate(x, 19) ^ x >> 10; }

/// To be added to the last of the eight words, a constant and a word of the message.
static inline uint32_t sha256_t1(uint32_t e, uint32_t f, uint32_t g) {
  return (sha256_rotate(e, 6) ^ sha256_rotate(e, 11) ^ sha256_rotate(e, 25)) + ((e & f) ^ (~e & g));
}
static inline uint32_t sha256_t2(uint32_t a, uint32_t b, uint32_t c) {
  return (sha256_rotate(a, 2) ^ sha256_rotate(a, 13) ^ sha256_rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

#endif
