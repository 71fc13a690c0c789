// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory_resource>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "suite/model/machine_state.h"
#include "suite/model/program.h"
#include "suite/text/binary_writer.h"

namespace weft::model::machine {

/// The states that a machine has been in. There are very many, so each is a string of bytes, and all are freed at once.
/// Thread safety: none.
class Visited {
 public:
  explicit Visited(Program& program) : program_(program) {}

  /// Remembers a state; if it is new, it will be taken.
  void add(const State& state);
  /// A state that was new, once; false when there is none.
  bool take(State& state);
  /// How many there are.
  size_t size() const { return seen_.size(); }

 private:
  struct Text {
    mutable std::string_view bytes;  // of writer_ first, of memory_ then
    size_t hash;
    bool operator==(const Text& other) const { return bytes == other.bytes; }
  };
  struct Hash {
    size_t operator()(const Text& text) const { return text.hash; }
  };

  Program& program_;
  std::pmr::monotonic_buffer_resource memory_;
  std::pmr::unordered_set<Text, Hash> seen_{&memory_};
  std::vector<std::string_view> todo_;
  BinaryWriter writer_;  // of the state that is added
};

}  // namespace weft::model::machine
