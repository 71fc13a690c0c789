// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 of SIZE messages of 1 KiB, each made of the digest before: rotations and additions of 32 bits, bytes put
// together to words. An engine that rotates the wrong way, or carries into the 33rd bit, has another digest of "abc".
#include "kernel_checksum.h"
#include "kernel_sha256.h"

enum { kBlock = 64, kMessage = 1024, kDigest = 32 };

static uint32_t big_endian(const uint8_t* bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void compress(uint32_t state[8], const uint8_t block[kBlock]) {
  uint32_t w[64];
  for (int i = 0; i < 16; ++i) w[i] = big_endian(block + 4 * i);
  for (int i = 16; i < 64; ++i) w[i] = w[i - 16] + sha256_s0(w[i - 15]) + w[i - 7] + sha256_s1(w[i - 2]);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; ++i) {
    const uint32_t t1 = h + sha256_t1(e, f, g) + kSha256Rounds[i] + w[i];
    const uint32_t t2 = sha256_t2(a, b, c);
    h = g, g = f, f = e, e = d + t1;
    d = c, c = b, b = a, a = t1 + t2;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static void sha256(const uint8_t* message, size_t size, uint8_t digest[kDigest]) {
  uint32_t state[8];
  memcpy(state, kSha256Begin, sizeof state);
  size_t done = 0;
  for (; size - done >= kBlock; done += kBlock) compress(state, message + done);
  uint8_t last[2 * kBlock] = {0};
  memcpy(last, message + done, size - done);
  last[size - done] = 0x80;
  const size_t padded = size - done < kBlock - 8 ? kBlock : 2 * kBlock;
  for (int i = 0; i < 8; ++i) last[padded - 1 - (size_t)i] = (uint8_t)((uint64_t)size * 8 >> 8 * i);
  for (size_t i = 0; i < padded; i += kBlock) compress(state, last + i);
  for (int i = 0; i < kDigest; ++i) digest[i] = (uint8_t)(state[i / 4] >> (24 - i % 4 * 8));
}

static bool is_sha256(void) {
  static const uint8_t kExpected[kDigest] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                             0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                             0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
  uint8_t digest[kDigest];
  sha256((const uint8_t*)"abc", 3, digest);
  return memcmp(digest, kExpected, kDigest) == 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000);
  uint8_t digest[kDigest] = {0};
  const double started = kernel_seconds();
  for (int64_t i = 0; i < args.size; ++i) {
    uint8_t message[kMessage];
    for (int j = 0; j < kMessage; ++j) message[j] = (uint8_t)(digest[j % kDigest] + j);
    sha256(message, kMessage - (size_t)(i % kBlock), digest);
  }
  kernel_report_time(started);
  uint64_t checksum = 0;
  for (int i = 0; i < kDigest; ++i) checksum = kernel_mix(checksum, digest[i]);
  return kernel_result(is_sha256(), checksum);
}
