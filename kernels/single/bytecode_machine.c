// SPDX-License-Identifier: Apache-2.0
//
// An interpreter in the interpreter: a stack machine, whose switch is a br_table, runs Collatz's sequences of all
// numbers below SIZE. An engine that takes the wrong label of a br_table counts other steps, or never ends.
#include "kernel_checksum.h"

enum opcode {
  kNothing,
  kPush,  // the operand
  kLoad,  // the variable that the operand names
  kStore,
  kIncrement,
  kDuplicate,
  kDrop,
  kAdd,
  kMultiply,
  kHalve,
  kAnd,
  kXor,
  kLess,
  kEqual,
  kJump,  // to the instruction that the operand names
  kJumpIfZero,
  kHalt,
};

struct instruction {
  enum opcode opcode;
  int32_t operand;
};

enum variable { kFirst, kSteps, kHash, kLimit, kVariables };
enum label { kNextFirst = 2, kNextNumber = 7, kStep = 20, kEven = 30, kEnd = 32 };

// for (first = 1; first < limit; ++first)
//   for (number = first, on the stack; number != 1; ++steps) number = number is odd ? 3 * number + 1 : number / 2
//   hash = hash * 31 ^ steps
static const struct instruction kProgram[] = {
    {kPush, 1},
    {kStore, kFirst},

    [kNextFirst] = {kLoad, kFirst},
    {kLoad, kLimit},
    {kLess, 0},
    {kJumpIfZero, kEnd},
    {kLoad, kFirst},

    [kNextNumber] = {kDuplicate, 0},
    {kPush, 1},
    {kEqual, 0},
    {kJumpIfZero, kStep},
    {kDrop, 0},
    {kLoad, kHash},
    {kPush, 31},
    {kMultiply, 0},
    {kLoad, kSteps},
    {kXor, 0},
    {kStore, kHash},
    {kIncrement, kFirst},
    {kJump, kNextFirst},

    [kStep] = {kIncrement, kSteps},
    {kDuplicate, 0},
    {kPush, 1},
    {kAnd, 0},
    {kJumpIfZero, kEven},
    {kPush, 3},
    {kMultiply, 0},
    {kPush, 1},
    {kAdd, 0},
    {kJump, kNextNumber},

    [kEven] = {kHalve, 0},
    {kJump, kNextNumber},

    [kEnd] = {kHalt, 0},
};

static void run(const struct instruction* program, uint64_t variables[kVariables]) {
  uint64_t stack[8];
  uint64_t* top = stack;  // behind the last
  for (const struct instruction* at = program;;) {
    const int32_t operand = at->operand;
    switch ((at++)->opcode) {
      case kNothing: break;
      case kPush: *top++ = (uint64_t)operand; break;
      case kLoad: *top++ = variables[operand]; break;
      case kStore: variables[operand] = *--top; break;
      case kIncrement: ++variables[operand]; break;
      case kDuplicate: ++top, top[-1] = top[-2]; break;
      case kDrop: --top; break;
      case kAdd: --top, top[-1] += top[0]; break;
      case kMultiply: --top, top[-1] *= top[0]; break;
      case kHalve: top[-1] /= 2; break;
      case kAnd: --top, top[-1] &= top[0]; break;
      case kXor: --top, top[-1] ^= top[0]; break;
      case kLess: --top, top[-1] = top[-1] < top[0]; break;
      case kEqual: --top, top[-1] = top[-1] == top[0]; break;
      case kJump: at = program + operand; break;
      case kJumpIfZero:
        if (*--top == 0) at = program + operand;
        break;
      case kHalt: return;
    }
  }
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000);
  uint64_t variables[kVariables] = {[kLimit] = (uint64_t)args.size};
  const double started = kernel_seconds();
  run(kProgram, variables);
  kernel_report_time(started);

  uint64_t steps = 0;  // the same without the machine
  uint64_t hash = 0;
  for (uint64_t first = 1; first < (uint64_t)args.size; ++first) {
    for (uint64_t number = first; number != 1; ++steps) number = number % 2 != 0 ? 3 * number + 1 : number / 2;
    hash = hash * 31 ^ steps;
  }
  return kernel_result(variables[kSteps] == steps && variables[kHash] == hash, kernel_mix(steps, hash));
}
