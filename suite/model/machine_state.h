// SPDX-License-Identifier: Apache-2.0
//
// The states of a machine with one memory: plain values, to be compared and found again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "suite/model/trace_tree.h"

namespace weft::model::machine {

/// One aligned piece of a store.
struct Store {
  uint64_t address = 0;
  uint32_t size = 0;
  Bytes bytes{};

  bool overlaps(uint64_t start, uint64_t length) const { return address < start + length && start < address + size; }
  bool contains(uint64_t start, uint64_t length) const { return address <= start && start + length <= address + size; }
  bool operator==(const Store&) const = default;
};

struct Thread {
  TraceNode* at = nullptr;
  uint32_t next = 0;    // of the node's events
  uint32_t loaded = 0;  // bytes of a load that crosses
  Answer reads;         // what that load, or a wait that sleeps, has read
  bool sleeps = false;
  std::vector<Store> queue;  // oldest first
  bool operator==(const Thread&) const = default;
};

struct Asleep {
  uint64_t location;
  unsigned thread;
  bool operator==(const Asleep&) const = default;
};

struct State {
  std::vector<Thread> threads;
  std::vector<uint8_t> memory;  // the bytes that any thread has stored to, as Interleaving numbers them
  uint64_t pages = 0;
  std::vector<Asleep> asleep;  // oldest first
  bool operator==(const State&) const = default;
};

struct Hash {
  size_t operator()(const State& state) const {
    uint64_t hash = state.pages;
    const auto mix = [&hash](uint64_t number) { hash = (hash ^ number) * 0x9e3779b97f4a7c15 + (hash >> 29); };
    for (const Thread& thread : state.threads) {
      mix(thread.at == nullptr ? 0 : uint64_t{thread.at->number} << 16 | thread.next << 8 | thread.queue.size());
      mix(to_number(thread.reads.value) + thread.loaded);
      for (const Store& store : thread.queue) mix(store.address), mix(to_number(store.bytes));
    }
    for (const uint8_t byte : state.memory) mix(byte);
    return static_cast<size_t>(hash ^ hash >> 32);
  }
};

}  // namespace weft::model::machine
