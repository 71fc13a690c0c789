// SPDX-License-Identifier: Apache-2.0
//
// SIZE numbers written as text, counted as words and lines, searched, and read again: bytes, branches, divisions by
// ten. An engine that extends the sign of an unsigned byte, or divides signed numbers as unsigned ones, finds other
// words or numbers.
#include "kernel_checksum.h"
#include "kernel_slice.h"

enum { kMostDigits = 20 };

static char* put_number(char* out, int64_t number) {
  char digits[kMostDigits];
  int count = 0;
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
  do digits[count++] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0) *out++ = '-';
  while (count > 0) *out++ = digits[--count];
  return out;
}

static const char* take_number(const char* at, int64_t* number) {
  const bool negative = *at == '-';
  if (negative) ++at;
  *number = 0;
  for (; *at >= '0' && *at <= '9'; ++at) *number = *number * 10 + (negative ? '0' - *at : *at - '0');
  return at;
}

/// Of any length, some of them negative.
static int64_t number_at(int64_t i) {
  const uint64_t hash = kernel_hash((uint64_t)i);
  return (int64_t)hash >> (hash & 63);
}

/// How often `word` occurs, looking at each place.
static int64_t count_at_once(const char* text, int64_t size, const char* word, int64_t length) {
  int64_t count = 0;
  for (int64_t at = 0; at + length <= size; ++at) count += memcmp(text + at, word, (size_t)length) == 0;
  return count;
}

/// The same by Horspool: from the word's end, as far as the last character allows.
static int64_t count_by_skips(const char* text, int64_t size, const char* word, int64_t length) {
  int64_t skips[256];
  for (int i = 0; i < 256; ++i) skips[i] = length;
  for (int64_t i = 0; i < length - 1; ++i) skips[(unsigned char)word[i]] = length - 1 - i;
  int64_t count = 0;
  for (int64_t at = 0; at + length <= size; at += skips[(unsigned char)text[at + length - 1]]) {
    int64_t i = length;
    while (i > 0 && text[at + i - 1] == word[i - 1]) --i;
    count += i == 0;
  }
  return count;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1000000);
  char* text = kernel_array(args.size * (kMostDigits + 1) + 1, 1);
  const double started = kernel_seconds();
  char* end = text;
  for (int64_t i = 0; i < args.size; ++i) {
    end = put_number(end, number_at(i));
    *end++ = i % 8 == 7 ? '\n' : ' ';
  }
  const int64_t size = end - text;
  int64_t words = 0;
  int64_t lines = 0;
  for (int64_t i = 0; i < size; ++i) {
    words += text[i] > ' ' && (i == 0 || text[i - 1] <= ' ');
    lines += text[i] == '\n';
  }
  const int64_t found = count_by_skips(text, size, "1234", 4);
  int64_t read = 0;
  uint64_t checksum = 0;
  const char* at = text;
  for (int64_t i = 0; i < args.size; ++i) {
    int64_t number;
    at = take_number(at, &number) + 1;
    read += number == number_at(i);
    checksum = checksum * 31 + (uint64_t)number;
  }
  kernel_report_time(started);
  const bool right = words == args.size && lines == args.size / 8 && read == args.size &&
                     found == count_at_once(text, size, "1234", 4);
  printf("words %lld\nlines %lld\nfound %lld\n", (long long)words, (long long)lines, (long long)found);
  free(text);
  return kernel_result(right, checksum);
}
