// SPDX-License-Identifier: Apache-2.0
//
// A tree of SHA-256 over SIZE blocks of 1 KiB: the leaves divided among the threads, then the inner nodes level by
// level with barriers. 32-bit rotations and additions; one wrong bit, or a node hashed before its children, changes the
// root.
#include <stdbool.h>

#include "kernel_sha256.h"
#include "kernel_team.h"

enum { kLeafBytes = 1024 };

struct digest {
  uint32_t words[8];
};

static int64_t leaves;
static struct digest* nodes;

static void compress(struct digest* state, const uint32_t block[16]) {
  uint32_t w[64];
  for (int i = 0; i < 16; ++i) w[i] = block[i];
  for (int i = 16; i < 64; ++i) {
    w[i] = w[i - 16] + sha256_s0(w[i - 15]) + w[i - 7] + sha256_s1(w[i - 2]);
  }
  struct digest d = *state;
  uint32_t* v = d.words;
  for (int i = 0; i < 64; ++i) {
    const uint32_t t1 = v[7] + sha256_t1(v[4], v[5], v[6]) + kSha256Rounds[i] + w[i];
    const uint32_t t2 = sha256_t2(v[0], v[1], v[2]);
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t1;
    v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; ++i) state->words[i] += v[i];
}

/// Of big-endian words, `count` of them; they leave no room for padding in their last block.
static struct digest sha256(const uint32_t* words, int count) {
  struct digest state;
  memcpy(state.words, kSha256Begin, sizeof kSha256Begin);
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
