// SPDX-License-Identifier: Apache-2.0
//
// SIZE steps on vectors of 16 bytes: integers of 8, 16 and 32 bits, floats and doubles, comparisons, a shuffle. An
// engine that gives a lane what belongs to its neighbour, or compares bytes with a sign, has another lane than the same
// steps one number after the other.
#include "kernel_checksum.h"

typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef int16_t i16x8 __attribute__((vector_size(16)));
typedef uint16_t u16x8 __attribute__((vector_size(16)));
typedef int32_t i32x4 __attribute__((vector_size(16)));
typedef uint32_t u32x4 __attribute__((vector_size(16)));
typedef float f32x4 __attribute__((vector_size(16)));
typedef double f64x2 __attribute__((vector_size(16)));

static const uint32_t kFactor = 1664525;
static const uint32_t kSummand = 1013904223;
static const float kGrowth = 3.75F;

union lanes {
  u8x16 bytes;
  u16x8 shorts;
  u32x4 words;
  f32x4 floats;
  f64x2 doubles;
  uint8_t byte[16];
  uint16_t half[8];
  uint32_t word[4];
  float single[4];
  double real[2];
};

/// Random words, and sums of what is made of them.
struct state {
  union lanes random, counts, products, orbit, least, root;
};

static struct state begin(void) {
  struct state state = {.random.word = {1, 2, 3, 4},
                        .orbit.single = {0.1F, 0.2F, 0.3F, 0.4F},
                        .least.single = {1, 1, 1, 1},
                        .root.real = {1, 2}};
  return state;
}

static void step_vectors(struct state* s) {
  u32x4 random = s->random.words * kFactor + kSummand;
  random ^= random >> 15;
  random += __builtin_shufflevector(random, random, 1, 2, 3, 0);
  s->random.words = random;
  s->counts.bytes -= (u8x16)((u8x16)random > s->counts.bytes);  // true is -1
  const i16x8 products = (i16x8)((u16x8)random * (u16x8)random);
  s->products.shorts += (u16x8)(products >> 3);
  s->orbit.floats = kGrowth * s->orbit.floats * (1.0F - s->orbit.floats);
  const f32x4 chance = __builtin_convertvector((i32x4)(random >> 8), f32x4) * 0x1p-24F + s->orbit.floats;
  const u32x4 less = (u32x4)(chance < s->least.floats);
  s->least.words = (less & (u32x4)chance) | (~less & s->least.words);
  s->root.doubles = (s->root.doubles + 2.0 / s->root.doubles) * 0.5 + 0x1p-20;
}

static void step_lanes(struct state* s) {
  union lanes random;
  for (int i = 0; i < 4; ++i) {
    random.word[i] = s->random.word[i] * kFactor + kSummand;
    random.word[i] ^= random.word[i] >> 15;
  }
  for (int i = 0; i < 4; ++i) s->random.word[i] = random.word[i] + random.word[(i + 1) % 4];
  random = s->random;
  for (int i = 0; i < 16; ++i) s->counts.byte[i] += random.byte[i] > s->counts.byte[i];
  for (int i = 0; i < 8; ++i) {
    const int16_t product = (int16_t)((uint32_t)random.half[i] * random.half[i]);
    s->products.half[i] = (uint16_t)(s->products.half[i] + (product >> 3));
  }
  for (int i = 0; i < 4; ++i) {
    s->orbit.single[i] = kGrowth * s->orbit.single[i] * (1.0F - s->orbit.single[i]);
    const float chance = (float)(int32_t)(random.word[i] >> 8) * 0x1p-24F + s->orbit.single[i];
    if (chance < s->least.single[i]) s->least.single[i] = chance;
  }
  for (int i = 0; i < 2; ++i) s->root.real[i] = (s->root.real[i] + 2.0 / s->root.real[i]) * 0.5 + 0x1p-20;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  struct state state = begin();
  const double started = kernel_seconds();
  for (int64_t i = 0; i < args.size; ++i) step_vectors(&state);
  kernel_report_time(started);

  struct state expected = begin();
  for (int64_t i = 0; i < args.size; ++i) step_lanes(&expected);
  uint64_t checksum = 0;
  for (size_t i = 0; i < sizeof state; ++i) checksum = kernel_mix(checksum, ((const uint8_t*)&state)[i]);
  return kernel_result(memcmp(&state, &expected, sizeof state) == 0, checksum);
}
