// SPDX-License-Identifier: Apache-2.0
//
// The product of two matrices with SIZE rows and columns: three loops, a sum of doubles in a fixed order, addresses
// that are products. An engine that fuses multiplication and addition, or addresses another element, has another
// product; times a vector it is no longer what the two matrices give one after the other.
#include "kernel_checksum.h"
#include "kernel_math.h"
#include "kernel_slice.h"

static void multiply(size_t order, const double* a, const double* b, double* product) {
  for (size_t i = 0; i < order; ++i) {
    for (size_t j = 0; j < order; ++j) {
      double sum = 0;
      for (size_t k = 0; k < order; ++k) sum += a[i * order + k] * b[k * order + j];
      product[i * order + j] = sum;
    }
  }
}

/// A matrix times a vector.
static void apply(size_t order, const double* matrix, const double* vector, double* result) {
  for (size_t i = 0; i < order; ++i) {
    result[i] = 0;
    for (size_t j = 0; j < order; ++j) result[i] += matrix[i * order + j] * vector[j];
  }
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 600);
  const size_t order = (size_t)args.size;
  double* a = kernel_array(args.size * args.size, sizeof *a);
  double* b = kernel_array(args.size * args.size, sizeof *b);
  double* product = kernel_array(args.size * args.size, sizeof *product);
  for (size_t i = 0; i < order * order; ++i) {
    a[i] = math_unit(kernel_hash(i)) - 0.5;
    b[i] = math_unit(kernel_hash(~(uint64_t)i)) - 0.5;
  }

  const double started = kernel_seconds();
  multiply(order, a, b, product);
  kernel_report_time(started);
  uint64_t checksum = 0;
  for (size_t i = 0; i < order * order; ++i) checksum = kernel_mix_double(checksum, product[i]);
  double* vectors = kernel_array(4 * args.size, sizeof *vectors);
  double *vector = vectors, *half = vectors + order, *expected = half + order, *result = expected + order;
  for (size_t i = 0; i < order; ++i) vector[i] = math_unit(kernel_hash(UINT64_MAX / 2 - i));
  apply(order, b, vector, half);
  apply(order, a, half, expected);
  apply(order, product, vector, result);
  size_t right = 0;
  for (size_t i = 0; i < order; ++i) right += math_abs(result[i] - expected[i]) < 1e-7;
  free(a);
  free(b);
  free(product);
  free(vectors);
  return kernel_result(right == order, checksum);
}
