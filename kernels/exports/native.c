// SPDX-License-Identifier: Apache-2.0
//
// native NAME ARGS…: calls one of the functions that the modules here export, and prints its result as weft run
// --invoke does, to which @FILE stands for the file's bytes, too.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t parallel_sum(const int32_t* data, int32_t length, int32_t threads);
int64_t parallel_sum_filled(int32_t length, int32_t threads);
int32_t test_mutex(int32_t threads, int32_t iterations);
int64_t produce_consume(int32_t producers, int32_t consumers, int32_t items);

static int32_t data[1 << 16];

static int read_data(const char* word) {
  FILE* file = word[0] == '@' ? fopen(word + 1, "rb") : NULL;
  if (file == NULL) return 0;
  const size_t got = fread(data, 1, sizeof data, file);
  fclose(file);
  return got > 0;
}

int main(int argc, char** argv) {
  const char* name = argc > 1 ? argv[1] : "";
  int32_t arguments[3] = {0};
  for (int i = 2; i < argc && i < 5; ++i) arguments[i - 2] = (int32_t)strtoll(argv[i], NULL, 10);
  if (strcmp(name, "parallel_sum_filled") == 0 && argc == 4) {
    printf("%s: i64:%lld\n", name, (long long)parallel_sum_filled(arguments[0], arguments[1]));
  } else if (strcmp(name, "parallel_sum") == 0 && argc == 5 && read_data(argv[2])) {
    printf("%s: i64:%lld\n", name, (long long)parallel_sum(data, arguments[1], arguments[2]));
  } else if (strcmp(name, "test_mutex") == 0 && argc == 4) {
    printf("%s: i32:%d\n", name, (int)test_mutex(arguments[0], arguments[1]));
  } else if (strcmp(name, "produce_consume") == 0 && argc == 5) {
    printf("%s: i64:%lld\n", name, (long long)produce_consume(arguments[0], arguments[1], arguments[2]));
  } else {
    fprintf(stderr, "usage: %s NAME ARGS\n", argv[0]);
    return 2;
  }
  return 0;
}
