// SPDX-License-Identifier: Apache-2.0
//
// SIZE calls through a table of functions, whose number is known only when it is called. An engine that takes the wrong
// entry, or the wrong argument, walks another way from there on; a switch over the same numbers is the check.
#include "kernel_checksum.h"

enum { kSteps = 8 };

typedef uint64_t step(uint64_t state, uint64_t operand);

static uint64_t add(uint64_t state, uint64_t operand) { return state + operand; }
static uint64_t subtract(uint64_t state, uint64_t operand) { return operand - state; }
static uint64_t multiply(uint64_t state, uint64_t operand) { return state * (operand | 1); }
static uint64_t exclusive(uint64_t state, uint64_t operand) { return state ^ operand << 7; }
static uint64_t rotate(uint64_t state, uint64_t operand) { return (state << 23 | state >> 41) + operand; }
static uint64_t fold(uint64_t state, uint64_t operand) { return state ^ state >> 29 ^ operand; }
static uint64_t negate(uint64_t state, uint64_t operand) { return ~state - operand; }
static uint64_t square(uint64_t state, uint64_t operand) {
  return (uint64_t)(uint32_t)state * (uint32_t)state + operand;
}

static step* const kTable[kSteps] = {add, subtract, multiply, exclusive, rotate, fold, negate, square};

/// Which function comes next: the upper bits of a product, so that no step makes it the same for ever.
static unsigned next(uint64_t state, uint64_t i) {
  return (unsigned)((state + i) * UINT64_C(0x9e3779b97f4a7c15) >> 61);
}

static uint64_t by_table(uint64_t size) {
  uint64_t state = size;
  for (uint64_t i = 0; i < size; ++i) state = kTable[next(state, i)](state, i);
  return state;
}

static uint64_t by_switch(uint64_t size) {
  uint64_t state = size;
  for (uint64_t i = 0; i < size; ++i) {
    switch (next(state, i)) {
      case 0: state = add(state, i); break;
      case 1: state = subtract(state, i); break;
      case 2: state = multiply(state, i); break;
      case 3: state = exclusive(state, i); break;
      case 4: state = rotate(state, i); break;
      case 5: state = fold(state, i); break;
      case 6: state = negate(state, i); break;
      default: state = square(state, i); break;
    }
  }
  return state;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  const double started = kernel_seconds();
  const uint64_t state = by_table((uint64_t)args.size);
  kernel_report_time(started);
  return kernel_result(state == by_switch((uint64_t)args.size), kernel_mix(0, state));
}
