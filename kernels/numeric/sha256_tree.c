// SPDX-License-Identifier: Apache-2.0
//
// A tree of SHA-256 over SIZE blocks of 1 KiB: the leaves divided among the threads, then the inner nodes level by
// level with barriers. 32-bit rotations and additions; one wrong bit, or a node hashed before its children, changes the
// root.
#include <stdbool.h>

#include "kernel_team.h"

enum { kLeafBytes = 1024 };

static const uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

struct digest {
  uint32_t words[8];
};

static int64_t leaves;
static struct digest* nodes;

static uint32_t rotate(uint32_t x, int count) { return x >> count | x << (32 - count); }

static void compress(struct digest* state, const uint32_t block[16]) {
  uint32_t w[64];
  for (int i = 0; i < 16; ++i) w[i] = block[i];
  for (int i = 16; i < 64; ++i) {
    const uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
    const uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  struct digest d = *state;
  uint32_t* v = d.words;
  for (int i = 0; i < 64; ++i) {
    const uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
    const uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + kRoundConstants[i] + w[i];
    const uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
    const uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t1;
    v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; ++i) state->words[i] += v[i];
}

/// Of big-endian words, `count` of them; they leave no room for padding in their last block.
static struct digest sha256(const uint32_t* words, int count) {
  struct digest state = {
      {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
  for (int i = 0; i < count; i += 16) compress(&state, words + i);
  const uint32_t padding[16] = {[0] = 0x80000000, [15] = (uint32_t)count * 32};
  compress(&state, padding);
  return state;
}

static struct digest leaf(int64_t index) {
  uint32_t words[kLeafBytes / 4];
  for (int i = 0; i < kLeafBytes / 4; ++i) words[i] = (uint32_t)kernel_hash((uint64_t)(index * (kLeafBytes / 4) + i));
  return sha256(words, kLeafBytes / 4);
}

static uint64_t body(const struct team_member* self) {
  struct kernel_slice share = team_share(self, leaves);
  for (int64_t i = share.begin; i < share.end; ++i) nodes[i] = leaf(i);
  team_barrier(self);
  for (int64_t stride = 1; stride < leaves; stride *= 2) {
    share = team_share(self, (leaves + stride - 1) / stride / 2);  // an odd node goes up as it is
    for (int64_t i = share.begin; i < share.end; ++i) {
      uint32_t children[16];
      memcpy(children, nodes[2 * i * stride].words, sizeof children / 2);
      memcpy(children + 8, nodes[(2 * i + 1) * stride].words, sizeof children / 2);
      nodes[2 * i * stride] = sha256(children, 16);
    }
    team_barrier(self);
  }
  return 0;
}

/// SHA-256 of 64 zero bytes.
static bool is_sha256(void) {
  static const uint32_t kZeros[16];
  static const struct digest kExpected = {
      {0xf5a5fd42, 0xd16a2030, 0x2798ef6e, 0xd309979b, 0x43003d23, 0x20d9f0e8, 0xea9831a9, 0x2759fb4b}};
  const struct digest zeros = sha256(kZeros, 16);
  return memcmp(&zeros, &kExpected, sizeof zeros) == 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 40000);
  leaves = args.size;
  nodes = kernel_array(leaves, sizeof *nodes);
  const double started = kernel_seconds();
  team_run(args.threads, body);
  kernel_report_time(started);
  printf("leaves %lld\nroot ", (long long)leaves);
  for (int i = 0; i < 8; ++i) printf("%08x", nodes[0].words[i]);
  printf("\n");
  free(nodes);
  return is_sha256() ? 0 : 1;
}
