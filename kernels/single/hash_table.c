// SPDX-License-Identifier: Apache-2.0
//
// SIZE times something put into, looked up in or taken out of a hash table with open addressing: 64-bit keys, loads
// from anywhere, short loops. An engine that compares only half of a key finds what is not there; an array with a place
// for every key is the check.
#include "kernel_checksum.h"

enum { kKeys = 1 << 15, kSlots = 1 << 16 };  // never more than half full

struct slot {
  uint64_t key;  // 0: empty
  uint32_t value;
};

static struct slot slots[kSlots];

/// Two keys each have the same upper half, and many the same lower one.
static uint64_t key_of(uint32_t number) { return kernel_hash(number / 2) >> 32 << 32 | (1 + number % 16); }

static uint32_t home(uint64_t key) { return (uint32_t)(key >> 32) % kSlots; }

static uint32_t after(uint32_t slot) { return (slot + 1) % kSlots; }

/// Where the key is, or where there is room for it.
static uint32_t find(uint64_t key) {
  uint32_t at = home(key);
  while (slots[at].key != 0 && slots[at].key != key) at = after(at);
  return at;
}

/// Moves up those that a gap would hide.
static void take_out(uint32_t gap) {
  for (uint32_t at = after(gap); slots[at].key != 0; at = after(at)) {
    if ((at - home(slots[at].key)) % kSlots < (at - gap) % kSlots) continue;
    slots[gap] = slots[at];
    gap = at;
  }
  slots[gap] = (struct slot){0, 0};
}

static uint64_t change(int64_t size) {
  uint64_t checksum = 0;
  for (int64_t i = 0; i < size; ++i) {
    const uint64_t hash = kernel_hash((uint64_t)i);
    const uint64_t key = key_of((uint32_t)hash % kKeys);
    const uint32_t at = find(key);
    switch (hash >> 62) {
      case 0: checksum = checksum * 31 + slots[at].value; break;
      case 1:
        if (slots[at].key != 0) take_out(at);
        break;
      default: slots[at] = (struct slot){key, (uint32_t)i}; break;
    }
  }
  return checksum;
}

static bool is_right(int64_t size) {
  static uint32_t values[kKeys];
  static bool there[kKeys];
  for (int64_t i = 0; i < size; ++i) {
    const uint64_t hash = kernel_hash((uint64_t)i);
    const uint32_t number = (uint32_t)hash % kKeys;
    if (hash >> 62 == 0) continue;
    there[number] = hash >> 62 != 1;
    values[number] = (uint32_t)i;
  }
  int right = 0;
  for (uint32_t number = 0; number < kKeys; ++number) {
    const struct slot* slot = &slots[find(key_of(number))];
    right += there[number] ? slot->key == key_of(number) && slot->value == values[number] : slot->key == 0;
  }
  return right == kKeys;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 8000000);
  const double started = kernel_seconds();
  uint64_t checksum = change(args.size);
  kernel_report_time(started);
  for (uint32_t at = 0; at < kSlots; ++at) checksum = kernel_mix(checksum, slots[at].key + slots[at].value);
  return kernel_result(is_right(args.size), checksum);
}
