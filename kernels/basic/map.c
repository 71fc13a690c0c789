// SPDX-License-Identifier: Apache-2.0
//
// Maps a function over an array, each thread its own slice of the input and of the output. The threads share no word,
// but cache lines and pages: a runtime that writes more than the store says, or writes late, loses a neighbour's
// result.
#include "kernel_slice.h"

enum { kSteps = 48 };

struct work {
  const uint32_t* input;
  uint64_t* output;
  struct kernel_slice slice;
};

static uint64_t image(uint64_t number) {
  for (int i = 0; i < kSteps; ++i) number = kernel_hash(number);
  return number;
}

static void* run(void* argument) {
  const struct work* work = argument;
  for (int64_t i = work->slice.begin; i < work->slice.end; ++i) work->output[i] = image(work->input[i]);
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  uint32_t* input = kernel_array(args.size, sizeof *input);
  uint64_t* output = kernel_array(args.size, sizeof *output);
  for (int64_t i = 0; i < args.size; ++i) input[i] = (uint32_t)kernel_hash((uint64_t)i);

  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i)
    works[i] = (struct work){input, output, kernel_slice(args.size, i, args.threads)};
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  uint64_t checksum = 0;
  int64_t wrong = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    checksum = kernel_hash(checksum ^ output[i]);
    // A sample, and where slices meet: the whole again would take as long as the whole.
    if (i % 64 == 0 || kernel_hash((uint64_t)i) % 64 == 0) wrong += output[i] != image(input[i]);
  }
  for (int i = 0; i < args.threads; ++i) {
    const struct kernel_slice slice = works[i].slice;
    if (slice.begin == slice.end) continue;
    wrong += output[slice.begin] != image(input[slice.begin]);
    wrong += output[slice.end - 1] != image(input[slice.end - 1]);
  }
  free(input);
  free(output);
  printf("mapped %lld\nchecksum %016llx\n", (long long)args.size, (unsigned long long)checksum);
  return wrong == 0 ? 0 : 1;
}
