// SPDX-License-Identifier: Apache-2.0
//
// The states of a machine with one memory: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
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
};

struct Thread {
  TraceNode* at = nullptr;
  uint32_t next = 0;    // of the node's events
  uint32_t loaded = 0;  // bytes of a load that crosses
  Answer reads;         // what that load, or a wait that sleeps, has read
  bool sleeps = false;
  std::vector<Store> queue;  // oldest first
};

struct Asleep {
  uint64_t location;
  unsigned thread;
  bool operator==(const Asleep&) const = default;
};

struct State {
  std::vector<Thread> threads;
  std::vector<uint8_t> memory;  // the bytes that any thread has stored to, as Cells numbers them
  uint64_t pages = 0;
  std::vector<Asleep> asleep;  // oldest first
};

/// Gives a number to each byte that is stored to in any state; what a state's memory does not have yet is as in the
/// image. Thread safety: none.
class Cells {
 public:
  explicit Cells(const std::vector<uint8_t>& image) : image_(image) {}

  Bytes read(const std::vector<uint8_t>& memory, uint64_t start, uint64_t size) const {
    Bytes bytes{};
    for (uint64_t i = 0; i < size; ++i) {
      const auto found = numbers_.find(start + i);
      const bool stored = found != numbers_.end() && found->second < memory.size();
      bytes[i] = stored ? memory[found->second] : initial(start + i);
    }
    return bytes;
  }

  void write(std::vector<uint8_t>& memory, const Store& store) {
    for (uint32_t i = 0; i < store.size; ++i) {
      const auto [cell, is_new] = numbers_.try_emplace(store.address + i, numbers_.size());
      if (is_new) addresses_.push_back(cell->first);
      while (memory.size() <= cell->second) memory.push_back(initial(addresses_[memory.size()]));
      memory[cell->second] = store.bytes[i];
    }
  }

 private:
  uint8_t initial(uint64_t address) const { return address < image_.size() ? image_[address] : uint8_t{0}; }

  const std::vector<uint8_t>& image_;
  std::unordered_map<uint64_t, size_t> numbers_;  // by address
  std::vector<uint64_t> addresses_;               // by number
};

}  // namespace weft::model::machine
