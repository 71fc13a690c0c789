// SPDX-License-Identifier: Apache-2.0
//
// How many letters make one text of SIZE letters another: rows of 16-bit numbers, each the smallest of three. An engine
// that extends the sign of 16 bits, or selects the other of two, finds another distance; it must be the same there and
// back.
#include "kernel_checksum.h"
#include "kernel_slice.h"

enum { kMost = 30000 };

static uint16_t least(uint16_t a, uint16_t b) { return a < b ? a : b; }

/// `row` has room for a number behind each letter of `to`, and one before.
static uint16_t distance(const char* from, int64_t from_length, const char* to, int64_t to_length, uint16_t* row) {
  for (int64_t j = 0; j <= to_length; ++j) row[j] = (uint16_t)j;
  for (int64_t i = 1; i <= from_length; ++i) {
    uint16_t diagonal = row[0];
    row[0] = (uint16_t)i;
    for (int64_t j = 1; j <= to_length; ++j) {
      const uint16_t replaced = (uint16_t)(diagonal + (from[i - 1] != to[j - 1]));
      diagonal = row[j];
      row[j] = least(replaced, (uint16_t)(least(row[j], row[j - 1]) + 1));
    }
  }
  return row[to_length];
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000);
  if (args.size > kMost) {
    fprintf(stderr, "at most %d letters\n", kMost);
    return 2;
  }
  const int64_t other_length = args.size - args.size / 10;
  char* text = kernel_array(args.size, 1);
  char* other = kernel_array(other_length, 1);
  uint16_t* row = kernel_array(args.size + 8, sizeof *row);
  for (int64_t i = 0; i < args.size; ++i) text[i] = "ACGT"[kernel_hash((uint64_t)i) & 3];
  for (int64_t i = 0; i < other_length; ++i) {  // nearly the same
    const uint64_t hash = kernel_hash(~(uint64_t)i);
    other[i] = hash % 8 == 0 ? "ACGT"[hash >> 62] : text[i];
  }

  const double started = kernel_seconds();
  const uint16_t there = distance(text, args.size, other, other_length, row);
  kernel_report_time(started);
  uint64_t checksum = 0;
  for (int64_t i = 0; i <= other_length; ++i) checksum = kernel_mix(checksum, row[i]);
  const uint16_t back = distance(other, other_length, text, args.size, row);
  const uint16_t known = distance("kitten", 6, "sitting", 7, row);
  free(text);
  free(other);
  free(row);
  printf("distance %d\n", there);
  return kernel_result(there == back && known == 3, checksum);
}
