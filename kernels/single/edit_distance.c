// SPDX-License-Identifier: Apache-2.0
//
// What it costs to make one text of SIZE letters another, letter by letter: rows of 16-bit numbers, each the smallest
// of three. An engine that extends a sign where there is none, or selects the other of two, finds another distance; it
// must be the same there and back.
#include "kernel_checksum.h"
#include "kernel_slice.h"

enum { kMost = 30000, kMostCost = 60000 };

static uint16_t cost;  // of a letter put in, taken out or replaced; numbers get large, and use all 16 bits

static uint16_t least(uint16_t a, uint16_t b) { return a < b ? a : b; }

/// `row` has room for a number behind each letter of `to`, and one before.
static uint16_t distance(const char* from, size_t from_length, const char* to, size_t to_length, uint16_t* row) {
  for (size_t j = 0; j <= to_length; ++j) row[j] = (uint16_t)(j * cost);
  for (size_t i = 1; i <= from_length; ++i) {
    uint16_t diagonal = row[0];
    row[0] = (uint16_t)(i * cost);
    for (size_t j = 1; j <= to_length; ++j) {
      const uint16_t replaced = (uint16_t)(diagonal + (from[i - 1] == to[j - 1] ? 0 : cost));
      diagonal = row[j];
      row[j] = least(replaced, (uint16_t)(least(row[j], row[j - 1]) + cost));
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
  const size_t length = (size_t)args.size;
  const size_t other_length = length - length / 10;
  char* text = kernel_array(args.size, 1);
  char* other = kernel_array(args.size, 1);
  uint16_t* row = kernel_array(args.size + 8, sizeof *row);
  for (size_t i = 0; i < length; ++i) text[i] = "ACGT"[kernel_hash(i) & 3];
  for (size_t i = 0; i < other_length; ++i) {  // nearly the same
    const uint64_t hash = kernel_hash(~(uint64_t)i);
    other[i] = hash % 8 == 0 ? "ACGT"[hash >> 62] : text[i];
  }

  cost = (uint16_t)(kMostCost / length);
  const double started = kernel_seconds();
  const uint16_t there = distance(text, length, other, other_length, row);
  kernel_report_time(started);
  uint64_t checksum = 0;
  for (size_t i = 0; i <= other_length; ++i) checksum = kernel_mix(checksum, row[i]);
  const uint16_t back = distance(other, other_length, text, length, row);
  cost = 1;
  const uint16_t known = distance("kitten", 6, "sitting", 7, row);
  free(text);
  free(other);
  free(row);
  printf("distance %d\n", there);
  return kernel_result(there == back && known == 3, checksum);
}
