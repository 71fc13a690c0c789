// SPDX-License-Identifier: Apache-2.0
//
// Vyukov's bounded queue for many producers and consumers: each cell has a sequence number that says whose turn it is.
// A number that is seen before the item it belongs to, or a position given to two threads, loses or repeats items.
#include "queue_kernel.h"

enum { kCapacity = 64 };

struct cell {
  _Atomic uint64_t turn;  // the position that may put here; that position + 1 when its item may be taken
  uint64_t item;
};

static struct cell cells[kCapacity];
static _Atomic uint64_t put_position, take_position;

/// The cell at the position, which is now the caller's alone, once the turn is `ahead` of it; null when the turn is
/// still that of the round before.
static struct cell* claim(_Atomic uint64_t* position, uint64_t ahead, uint64_t* claimed) {
  uint64_t at = atomic_load_explicit(position, memory_order_relaxed);
  while (true) {
    struct cell* cell = &cells[at % kCapacity];
    // Acquire pairs with the release of whoever was here before: its item is there, or has been read.
    const int64_t turn = (int64_t)(atomic_load_explicit(&cell->turn, memory_order_acquire) - (at + ahead));
    if (turn < 0) return NULL;
    if (turn > 0) {
      at = atomic_load_explicit(position, memory_order_relaxed);
      // Relaxed: a number for this thread alone; what the cell holds comes with its turn.
    } else if (atomic_compare_exchange_weak_explicit(position, &at, at + 1, memory_order_relaxed,
                                                     memory_order_relaxed)) {
      *claimed = at;
      return cell;
    }
  }
}

static bool put(uint64_t item) {
  uint64_t at = 0;
  struct cell* cell = claim(&put_position, 0, &at);
  if (cell == NULL) return false;
  cell->item = item;
  atomic_store_explicit(&cell->turn, at + 1, memory_order_release);
  return true;
}

static bool take(uint64_t* item) {
  uint64_t at = 0;
  struct cell* cell = claim(&take_position, 1, &at);
  if (cell == NULL) return false;
  *item = cell->item;
  atomic_store_explicit(&cell->turn, at + kCapacity, memory_order_release);
  return true;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  for (uint64_t i = 0; i < kCapacity; ++i) atomic_init(&cells[i].turn, i);
  const struct queue_kernel kernel = {put, take, true};
  return queue_kernel_main(args, &kernel);
}
