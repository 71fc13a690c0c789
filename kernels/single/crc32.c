// SPDX-License-Identifier: Apache-2.0
//
// CRC-32 of SIZE KiB, with a table for each byte and without: a load that waits for the one before, and shifts of one
// bit that a mask follows. An engine whose shift to the right brings in a sign has another CRC of "123456789".
#include "kernel_checksum.h"

enum { kBuffer = 1024 };

static const uint32_t kPolynomial = 0xedb88320;

static uint32_t table[256];

/// Without branches: -(x & 1) is all ones or none.
static uint32_t shifted(uint32_t crc, int bits) {
  for (int i = 0; i < bits; ++i) crc = crc >> 1 ^ (kPolynomial & -(crc & 1));
  return crc;
}

static uint32_t by_table(uint32_t crc, const uint8_t* bytes, int count) {
  crc = ~crc;
  for (int i = 0; i < count; ++i) crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff];
  return ~crc;
}

static uint32_t by_bits(uint32_t crc, const uint8_t* bytes, int count) {
  crc = ~crc;
  for (int i = 0; i < count; ++i) crc = shifted(crc ^ bytes[i], 8);
  return ~crc;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 60000);
  for (uint32_t i = 0; i < 256; ++i) table[i] = shifted(i, 8);
  const uint8_t* digits = (const uint8_t*)"123456789";
  bool right = by_table(0, digits, 9) == 0xcbf43926 && by_bits(0, digits, 9) == 0xcbf43926;

  const double started = kernel_seconds();
  uint32_t crc = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    uint8_t buffer[kBuffer];
    for (int j = 0; j < kBuffer; ++j) buffer[j] = (uint8_t)((uint32_t)j * 37 + (crc >> j % 24));
    const uint32_t before = crc;
    crc = by_table(before, buffer, kBuffer);
    if (i % 16 == 0) right = right && by_bits(before, buffer, kBuffer) == crc;
  }
  kernel_report_time(started);
  printf("crc %08x\n", crc);
  return kernel_result(right, kernel_mix(0, crc));
}
