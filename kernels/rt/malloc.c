// SPDX-License-Identifier: Apache-2.0
//
// The allocator: blocks of a few hundred sizes, at most an eighth apart, one list of free blocks for each, one lock.
// What no list has is cut off the end of the heap, which grows with memory. Blocks are neither split nor joined: a
// program that uses many large sizes one after the other takes more memory than it has to; no kernel does.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wait.h"

enum { kPage = 65536, kGrowth = 16, kAlignment = 16, kClasses = 201, kLargest = 1 << 29 };

/// Right before the memory that the program gets.
struct header {
  _Alignas(kAlignment) char* block;  // where it begins, which is further away when it had to be aligned
  unsigned size_class;
};
_Static_assert(sizeof(struct header) == kAlignment, "what follows a header is aligned");

struct free_block {
  struct free_block* next;
};

extern char __heap_base[];  // the linker's

static _Atomic int lock;
static struct free_block* free_blocks[kClasses];
static char* heap_end;    // of what has been given out
static char* memory_end;  // of what there is

/// Multiples of 16 up to 256, then eight sizes between a power of two and the next.
static unsigned class_of(size_t size) {
  if (size <= 128) return (unsigned)(size + 15) / 16;
  const unsigned shift = 28 - (unsigned)__builtin_clz((unsigned)size - 1);
  return (shift - 4) * 8 + (unsigned)((size - 1) >> shift) + 1;
}

static size_t size_of(unsigned size_class) {
  if (size_class <= 8) return size_class * 16;
  return (size_t)((size_class - 1) % 8 + 9) << ((size_class - 1) / 8 + 3);
}

/// Under the lock; nobody else grows the memory.
static char* cut_off(size_t size) {
  if (heap_end == NULL) {
    heap_end = (char*)(((uintptr_t)__heap_base + kAlignment - 1) / kAlignment * kAlignment);
    memory_end = (char*)(__builtin_wasm_memory_size(0) * kPage);
  }
  if ((size_t)(memory_end - heap_end) < size) {
    const size_t needed = (size - (size_t)(memory_end - heap_end) + kPage - 1) / kPage;
    size_t pages = needed < kGrowth ? kGrowth : needed;
    if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) {
      pages = needed;
      if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) return NULL;
    }
    memory_end += pages * kPage;
  }
  char* block = heap_end;
  heap_end += size;
  return block;
}

/// Memory behind a header, `alignment` being a power of two and at least kAlignment.
static void* allocate(size_t alignment, size_t size) {
  if (size > kLargest || alignment > kLargest) {
    errno = ENOMEM;
    return NULL;
  }
  const unsigned size_class = class_of(sizeof(struct header) + size + alignment - kAlignment);
  rt_lock(&lock);
  char* block = (char*)free_blocks[size_class];
  if (block != NULL) {
    free_blocks[size_class] = free_blocks[size_class]->next;
  } else {
    block = cut_off(size_of(size_class));
  }
  rt_unlock(&lock);
  if (block == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  const uintptr_t first = (uintptr_t)block + sizeof(struct header);
  struct header* header = (struct header*)((first + alignment - 1) / alignment * alignment) - 1;
  *header = (struct header){block, size_class};
  return header + 1;
}

void* malloc(size_t size) { return allocate(kAlignment, size); }

void* calloc(size_t count, size_t size) {
  size_t all = 0;
  if (__builtin_mul_overflow(count, size, &all)) all = SIZE_MAX;
  void* memory = allocate(kAlignment, all);
  return memory == NULL ? NULL : memset(memory, 0, all);
}

void* aligned_alloc(size_t alignment, size_t size) {
  if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
    errno = EINVAL;
    return NULL;
  }
  return allocate(alignment < kAlignment ? kAlignment : alignment, size);
}

void* realloc(void* memory, size_t size) {
  if (memory == NULL) return malloc(size);
  const struct header* header = (struct header*)memory - 1;
  const size_t room = (size_t)(header->block + size_of(header->size_class) - (char*)memory);
  if (size <= room && size >= room / 2) return memory;
  void* moved = malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, memory, size < room ? size : room);
  free(memory);
  return moved;
}

void free(void* memory) {
  if (memory == NULL) return;
  const struct header header = ((struct header*)memory)[-1];
  struct free_block* block = (struct free_block*)header.block;
  rt_lock(&lock);
  block->next = free_blocks[header.size_class];
  free_blocks[header.size_class] = block;
  rt_unlock(&lock);
}
