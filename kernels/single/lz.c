// SPDX-License-Identifier: Apache-2.0
//
// SIZE bytes of text compressed by references to what has been before, and decompressed: bytes, unaligned loads, loops
// of unknown length. A reference may reach into what it copies: an engine that copies such bytes at once, as if they
// did not overlap, brings back another text.
#include "kernel_checksum.h"
#include "kernel_slice.h"

enum { kHashBits = 14, kLeastMatch = 4, kMostMatch = 255 + kLeastMatch, kWindow = 65535, kMostLiterals = 255 };

static uint32_t four_bytes(const uint8_t* bytes) {
  uint32_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/// Words of a small vocabulary, some of them many times over.
static void write_text(uint8_t* text, int64_t size) {
  int64_t at = 0;
  for (uint64_t word = 0; at < size; ++word) {
    const uint64_t hash = kernel_hash(word);
    const uint64_t letters = kernel_hash(hash % 4096 * (hash >> 60 & 1));
    const int length = 3 + (int)(letters >> 60) % 7;
    for (uint64_t times = (hash >> 56 & 15) == 0 ? 12 : 1; times > 0; --times) {
      for (int i = 0; i < length && at < size; ++i) text[at++] = (uint8_t)('a' + (letters >> 5 * i & 31) % 26);
    }
    if (at < size) text[at++] = ' ';
  }
}

static uint8_t* put_literals(uint8_t* out, const uint8_t* from, int64_t count) {
  *out++ = (uint8_t)count;
  memcpy(out, from, (size_t)count);
  return out + count;
}

/// Pieces of: a count, so many bytes as they are; the distance of a match in two bytes, 0 for none; its length.
static int64_t compress(const uint8_t* text, int64_t size, uint8_t* packed) {
  static int64_t last[1 << kHashBits];  // the place of such four bytes, plus one
  memset(last, 0, sizeof last);
  uint8_t* out = packed;
  int64_t literals = 0;  // begin here
  for (int64_t at = 0; at < size;) {
    int64_t match = 0;
    int64_t length = 0;
    if (at + kLeastMatch <= size) {
      int64_t* place = &last[four_bytes(text + at) * 2654435761U >> (32 - kHashBits)];
      match = *place - 1;
      *place = at + 1;
      if (match >= 0 && at - match <= kWindow) {
        while (length < kMostMatch && at + length < size && text[match + length] == text[at + length]) ++length;
      }
    }
    if (length < kLeastMatch) {  // one literal more
      length = 0;
      ++at;
      if (at < size && at - literals < kMostLiterals) continue;
    }
    const int64_t distance = length == 0 ? 0 : at - match;
    out = put_literals(out, text + literals, at - literals);
    *out++ = (uint8_t)distance;
    *out++ = (uint8_t)(distance >> 8);
    *out++ = (uint8_t)(length == 0 ? 0 : length - kLeastMatch);
    at += length;
    literals = at;
  }
  return out - packed;
}

static int64_t decompress(const uint8_t* packed, int64_t size, uint8_t* text) {
  uint8_t* out = text;
  for (const uint8_t* at = packed; at < packed + size;) {
    for (int literals = *at++; literals > 0; --literals) *out++ = *at++;
    const int distance = at[0] | at[1] << 8;
    for (int length = distance == 0 ? 0 : at[2] + kLeastMatch; length > 0; --length, ++out) *out = out[-distance];
    at += 3;
  }
  return out - text;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000000);
  uint8_t* text = kernel_array(args.size, 1);
  uint8_t* packed = kernel_array(args.size + args.size / kMostLiterals * 4 + 8, 1);
  uint8_t* back = kernel_array(args.size, 1);
  write_text(text, args.size);

  const double started = kernel_seconds();
  const int64_t packed_size = compress(text, args.size, packed);
  const int64_t size = decompress(packed, packed_size, back);
  kernel_report_time(started);
  uint64_t checksum = 0;
  for (int64_t i = 0; i < packed_size; ++i) checksum = checksum * 31 + packed[i];
  const bool right = size == args.size && memcmp(text, back, (size_t)size) == 0;
  printf("compressed to %lld bytes\n", (long long)packed_size);
  free(text);
  free(packed);
  free(back);
  return kernel_result(right, checksum);
}
