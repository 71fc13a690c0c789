// SPDX-License-Identifier: Apache-2.0
//
// CRC-32 of SIZE blocks, each thread in a buffer of its own: plain loads, stores and arithmetic, nothing shared, no
// atomic. Two threads ought to take half the time of one; where they do not, the engine shares what the program does
// not, or makes plain accesses dearer once there are threads. Each block is computed twice, the second time with its
// CRC behind it, which makes the result a known one, unless something else came into the buffer.
#include "kernel_team.h"

enum { kWords = 128 };
static const uint32_t kAfterItself = UINT32_C(0xdebb20e3);

static int64_t size;
static uint32_t table[256];
static struct {
  _Alignas(64) uint64_t words[kWords + 1];
  int64_t wrong;
} own[kMaxKernelThreads];

static uint32_t crc32(uint32_t crc, const void* data, size_t length) {
  const uint8_t* bytes = data;
  for (size_t i = 0; i < length; ++i) crc = table[(crc ^ bytes[i]) & 0xff] ^ crc >> 8;
  return crc;
}

static uint64_t compute(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  uint64_t* const words = own[self->id].words;
  uint64_t checksum = 0;
  team_barrier(self);
  for (int64_t block = slice.begin; block < slice.end; ++block) {
    for (int i = 0; i < kWords; ++i) words[i] = kernel_hash((uint64_t)(block * kWords + i));
    const uint32_t crc = ~crc32(UINT32_MAX, words, kWords * sizeof words[0]);
    words[kWords] = crc;
    if (crc32(UINT32_MAX, words, kWords * sizeof words[0] + sizeof crc) != kAfterItself) ++own[self->id].wrong;
    checksum += team_hash(block, crc);
  }
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 100000);
  size = args.size;
  for (uint32_t i = 0; i < 256; ++i) {
    table[i] = i;
    for (int bit = 0; bit < 8; ++bit) table[i] = table[i] >> 1 ^ (table[i] & 1 ? UINT32_C(0xedb88320) : 0);
  }
  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, compute);
  kernel_report_time(started);

  int64_t wrong = ~crc32(UINT32_MAX, "123456789", 9) != UINT32_C(0xcbf43926);
  for (int i = 0; i < args.threads; ++i) wrong += own[i].wrong;
  printf("checksum %016llx\nwrong %lld\n", (unsigned long long)checksum, (long long)wrong);
  return wrong == 0 ? 0 : 1;
}
