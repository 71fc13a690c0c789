// SPDX-License-Identifier: Apache-2.0
//
// Dividing work among threads, and arrays that are there.
#ifndef WEFT_KERNEL_SLICE_H
#define WEFT_KERNEL_SLICE_H

#include "kernel.h"

/// The numbers begin…end-1.
struct kernel_slice {
  int64_t begin, end;
};

/// The first of `size` pieces of work that is thread i's, when `threads` divide them.
static inline int64_t kernel_share(int64_t size, int i, int threads) {
  return size / threads * i + size % threads * i / threads;
}

/// Part `index` of 0…size-1 cut into `parts` parts that differ by one at most.
static inline struct kernel_slice kernel_slice(int64_t size, int index, int parts) {
  return (struct kernel_slice){kernel_share(size, index, parts), kernel_share(size, index + 1, parts)};
}

/// Memory for `count` elements, all zero; ends the program when there is none.
static inline void* kernel_array(int64_t count, size_t element_size) {
  void* array = (uint64_t)count > SIZE_MAX / element_size ? NULL : calloc((size_t)count, element_size);
  kernel_check(array == NULL ? ENOMEM : 0, "calloc");
  return array;
}

#endif
