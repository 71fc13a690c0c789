// SPDX-License-Identifier: Apache-2.0
//
// SIZE times 256 KiB of text compressed by references to what has been before, and decompressed: bytes, unaligned
// loads, loops of unknown length. A reference may reach into what it copies: an engine that copies such bytes at once,
// as if they did not overlap, brings back another text.
#include "kernel_checksum.h"

enum { kBlock = 1 << 18, kMostPacked = kBlock + kBlock / 255 * 4 + 8 };
enum { kHashBits = 14, kLeastMatch = 4, kMostMatch = 255 + kLeastMatch, kWindow = 65535, kMostLiterals = 255 };

static uint32_t four_bytes(const uint8_t* bytes) {
  uint32_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/// Words of a small vocabulary, some of them many times over.
static void write_text(uint8_t* text, uint64_t block) {
  int at = 0;
  for (uint64_t word = block << 32; at < kBlock; ++word) {
    const uint64_t hash = kernel_hash(word);
    const uint64_t letters = kernel_hash(hash % 4096 * (hash >> 60 & 1));
    const int length = 3 + (int)(letters >> 60) % 7;
    for (uint64_t times = (hash >> 56 & 15) == 0 ? 12 : 1; times > 0; --times) {
      for (int i = 0; i < length && at < kBlock; ++i) text[at++] = (uint8_t)('a' + (letters >> 5 * i & 31) % 26);
    }
    if (at < kBlock) text[at++] = ' ';
  }
}

static uint8_t* put_literals(uint8_t* out, const uint8_t* from, int count) {
  *out++ = (uint8_t)count;
  memcpy(out, from, (size_t)count);
  return out + count;
}

/// Pieces of: a count, so many bytes as they are; the distance of a match in two bytes, 0 for none; its length.
static int compress(const uint8_t* text, uint8_t* packed) {
  static uint32_t last[1 << kHashBits];  // the place of such four bytes, plus one
  memset(last, 0, sizeof last);
  uint8_t* out = packed;
  int literals = 0;  // begin here
  for (int at = 0; at < kBlock;) {
    int match = 0;
    int length = 0;
    if (at + kLeastMatch <= kBlock) {
      uint32_t* place = &last[four_bytes(text + at) * 2654435761U >> (32 - kHashBits)];
      match = (int)*place - 1;
      *place = (uint32_t)at + 1;
      if (match >= 0 && at - match <= kWindow) {
        while (length < kMostMatch && at + length < kBlock && text[match + length] == text[at + length]) ++length;
      }
    }
    if (length < kLeastMatch) {  // one literal more
      length = 0;
      ++at;
      if (at < kBlock && at - literals < kMostLiterals) continue;
    }
    const int distance = length == 0 ? 0 : at - match;
    out = put_literals(out, text + literals, at - literals);
    *out++ = (uint8_t)distance;
    *out++ = (uint8_t)(distance >> 8);
    *out++ = (uint8_t)(length == 0 ? 0 : length - kLeastMatch);
    at += length;
    literals = at;
  }
  return (int)(out - packed);
}

static int decompress(const uint8_t* packed, int size, uint8_t* text) {
  uint8_t* out = text;
  for (const uint8_t* at = packed; at < packed + size;) {
    for (int literals = *at++; literals > 0; --literals) *out++ = *at++;
    const int distance = at[0] | at[1] << 8;
    for (int length = distance == 0 ? 0 : at[2] + kLeastMatch; length > 0; --length, ++out) *out = out[-distance];
    at += 3;
  }
  return (int)(out - text);
}

int main(int argc, char** argv) {
  static uint8_t text[kBlock], back[kBlock], packed[kMostPacked];
  const struct kernel_args args = kernel_parse(argc, argv, 80);
  const double started = kernel_seconds();
  int64_t all = 0;
  int64_t right = 0;
  uint64_t checksum = 0;
  for (int64_t block = 0; block < args.size; ++block) {
    write_text(text, (uint64_t)block);
    const int size = compress(text, packed);
    right += decompress(packed, size, back) == kBlock && memcmp(text, back, kBlock) == 0;
    for (int i = 0; i < size; ++i) checksum = checksum * 31 + packed[i];
    all += size;
  }
  kernel_report_time(started);
  printf("compressed to %lld bytes\n", (long long)all);
  return kernel_result(right == args.size, checksum);
}
