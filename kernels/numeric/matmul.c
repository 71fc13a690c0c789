// SPDX-License-Identifier: Apache-2.0
//
// SIZE rows times a square matrix, the rows divided among the threads: floating-point sums in a fixed order, no
// synchronisation but the join. A rounding that differs changes the checksum; memory that a thread does not see leaves
// a row whose sum is not that of the product.
#include <stdbool.h>

#include "kernel_math.h"
#include "kernel_team.h"

enum { kOrder = 256 };

static int64_t rows;
static double* left;
static double* product;
static double right[kOrder][kOrder];
static double right_sums[kOrder];

static void multiply(const double* row, double* out) {
  for (int k = 0; k < kOrder; ++k) {
    for (int j = 0; j < kOrder; ++j) out[j] += row[k] * right[k][j];
  }
}

static uint64_t body(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, rows);
  uint64_t checksum = 0;
  for (int64_t i = share.begin; i < share.end; ++i) {
    double* out = product + i * kOrder;
    multiply(left + i * kOrder, out);
    for (int j = 0; j < kOrder; ++j) checksum += team_hash_double(i * kOrder + j, out[j]);
  }
  return checksum;
}

/// (A B) 1 is A (B 1), but for rounding.
static bool is_product(int64_t row) {
  double sum = 0;
  double expected = 0;
  for (int j = 0; j < kOrder; ++j) {
    sum += product[row * kOrder + j];
    expected += left[row * kOrder + j] * right_sums[j];
  }
  return math_abs(sum - expected) < 1e-6;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 8000);
  rows = args.size;
  left = kernel_array(rows * kOrder, sizeof(double));
  product = kernel_array(rows * kOrder, sizeof(double));
  for (int64_t i = 0; i < rows * kOrder; ++i) left[i] = math_unit(kernel_hash((uint64_t)i)) - 0.5;
  for (int k = 0; k < kOrder; ++k) {
    for (int j = 0; j < kOrder; ++j) {
      right[k][j] = math_unit(kernel_hash(~(uint64_t)(k * kOrder + j))) - 0.5;
      right_sums[k] += right[k][j];
    }
  }

  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, body);
  kernel_report_time(started);
  int64_t right_rows = 0;
  for (int64_t i = 0; i < rows; ++i) right_rows += is_product(i);
  printf("rows %lld\nchecksum %016llx\n", (long long)right_rows, (unsigned long long)checksum);
  free(left);
  free(product);
  return right_rows == rows ? 0 : 1;
}
