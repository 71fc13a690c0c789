// SPDX-License-Identifier: Apache-2.0
//
// SIZE numbers written as text, counted as words and lines, searched, and read again: bytes, branches, divisions by
// ten. An engine that takes a byte above 127 for a negative number, or the highest bit of a dividend for its sign,
// finds other words or writes other digits.
#include "kernel_checksum.h"
#include "kernel_slice.h"

enum { kMostDigits = 20, kMostBytes = kMostDigits + kMostDigits / 3 + 1 };
enum { kNoBreakSpace = 0xa0 };  // in ISO 8859-1, between groups of three digits

static uint8_t* put_number(uint8_t* out, uint64_t number) {
  uint8_t digits[kMostDigits];
  int count = 0;
  do digits[count++] = (uint8_t)('0' + number % 10);
  while ((number /= 10) != 0);
  while (count > 0) {
    *out++ = digits[--count];
    if (count % 3 == 0 && count > 0) *out++ = kNoBreakSpace;
  }
  return out;
}

static const uint8_t* take_number(const uint8_t* at, uint64_t* number) {
  *number = 0;
  for (; *at > ' '; ++at) {
    if (*at != kNoBreakSpace) *number = *number * 10 + (*at - (uint64_t)'0');
  }
  return at;
}

/// Of any length.
static uint64_t number_at(int64_t i) {
  const uint64_t hash = kernel_hash((uint64_t)i);
  return hash >> (hash & 63);
}

/// How often `word` occurs, looking at each place.
static int64_t count_at_once(const uint8_t* text, size_t size, const uint8_t* word, size_t length) {
  int64_t count = 0;
  for (size_t at = 0; at + length <= size; ++at) count += memcmp(text + at, word, length) == 0;
  return count;
}

/// The same by Horspool: from the word's end, as far as the last character allows.
static int64_t count_by_skips(const uint8_t* text, size_t size, const uint8_t* word, size_t length) {
  size_t skips[256];
  for (int i = 0; i < 256; ++i) skips[i] = length;
  for (size_t i = 0; i < length - 1; ++i) skips[word[i]] = length - 1 - i;
  int64_t count = 0;
  for (size_t at = 0; at + length <= size; at += skips[text[at + length - 1]]) {
    size_t i = length;
    while (i > 0 && text[at + i - 1] == word[i - 1]) --i;
    count += i == 0;
  }
  return count;
}

int main(int argc, char** argv) {
  static const uint8_t word[] = {'1', kNoBreakSpace, '2', '3'};
  const struct kernel_args args = kernel_parse(argc, argv, 1000000);
  uint8_t* text = kernel_array(args.size * kMostBytes + 1, 1);
  const double started = kernel_seconds();
  uint8_t* end = text;
  for (int64_t i = 0; i < args.size; ++i) {
    end = put_number(end, number_at(i));
    *end++ = i % 8 == 7 ? '\n' : ' ';
  }
  const size_t size = (size_t)(end - text);
  int64_t words = 0;
  int64_t lines = 0;
  for (size_t i = 0; i < size; ++i) {
    words += text[i] > ' ' && (i == 0 || text[i - 1] <= ' ');
    lines += text[i] == '\n';
  }
  const int64_t found = count_by_skips(text, size, word, sizeof word);
  int64_t read = 0;
  uint64_t checksum = 0;
  const uint8_t* at = text;
  for (int64_t i = 0; i < args.size; ++i) {
    uint64_t number;
    at = take_number(at, &number) + 1;
    read += number == number_at(i);
    checksum = checksum * 31 + number;
  }
  kernel_report_time(started);
  const bool right = words == args.size && lines == args.size / 8 && read == args.size &&
                     found == count_at_once(text, size, word, sizeof word);
  printf("words %lld\nlines %lld\nfound %lld\n", (long long)words, (long long)lines, (long long)found);
  free(text);
  return kernel_result(right, checksum);
}
