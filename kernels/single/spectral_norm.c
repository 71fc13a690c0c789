// SPDX-License-Identifier: Apache-2.0
//
// The spectral norm of a matrix of SIZE rows whose elements are computed when they are wanted: conversions of integers,
// divisions, sums of doubles. An engine that divides less exactly than IEEE 754 says has other bits; one that mixes up
// rows and columns finds a vector that the matrix does not merely stretch.
#include "kernel_checksum.h"
#include "kernel_math.h"
#include "kernel_slice.h"

enum { kRounds = 10 };

static int64_t order;

static double element(int64_t i, int64_t j) { return 1.0 / (double)((i + j) * (i + j + 1) / 2 + i + 1); }

static void apply(const double* vector, double* result) {
  for (int64_t i = 0; i < order; ++i) {
    double sum = 0;
    for (int64_t j = 0; j < order; ++j) sum += element(i, j) * vector[j];
    result[i] = sum;
  }
}

static void apply_transposed(const double* vector, double* result) {
  for (int64_t i = 0; i < order; ++i) {
    double sum = 0;
    for (int64_t j = 0; j < order; ++j) sum += element(j, i) * vector[j];
    result[i] = sum;
  }
}

static double dot(const double* a, const double* b) {
  double sum = 0;
  for (int64_t i = 0; i < order; ++i) sum += a[i] * b[i];
  return sum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1500);
  order = args.size;
  double* u = kernel_array(order, sizeof *u);
  double* v = kernel_array(order, sizeof *v);
  double* half = kernel_array(order, sizeof *half);
  for (int64_t i = 0; i < order; ++i) u[i] = 1;

  const double started = kernel_seconds();
  for (int round = 0; round < kRounds; ++round) {
    apply(u, half);
    apply_transposed(half, v);
    apply(v, half);
    apply_transposed(half, u);
  }
  kernel_report_time(started);
  const double square = dot(u, v) / dot(v, v);  // u is so many times v
  double most = 0;
  uint64_t checksum = 0;
  for (int64_t i = 0; i < order; ++i) {
    const double rest = math_abs(u[i] / square / v[0] - v[i] / v[0]);
    if (!(rest <= most)) most = rest;
    checksum = kernel_mix_double(checksum, u[i]);
  }
  printf("norm %.9f\n", math_sqrt(square));
  free(u);
  free(v);
  free(half);
  return kernel_result(most < 1e-9, checksum);
}
