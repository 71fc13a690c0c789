// SPDX-License-Identifier: Apache-2.0
//
// The scatter/gather lists of fd_read, fd_write and their like.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "interp/host/wasi_errno.h"
#include "interp/memory.h"

namespace weft {

/// Pieces of a guest's memory, taken as one sequence of bytes. Not thread-safe; the memory must outlive it.
class GuestPieces {
 public:
  /// Reads the list at an address: inval for one that is too long, fault unless all it names is in bounds; memory never
  /// shrinks.
  Errno load(Memory& memory, uint32_t address, uint32_t count);

  uint64_t size() const { return size_; }
  /// Fills `to` with the bytes behind those of the last call; how many there were.
  size_t gather(std::span<uint8_t> to);
  /// Stores the bytes at the beginning, as far as there is room.
  void scatter(std::span<const uint8_t> bytes);

 private:
  struct IoVec {
    uint32_t address = 0, length = 0;
  };
  Memory* memory_ = nullptr;
  std::vector<IoVec> list_;
  uint64_t size_ = 0;
  size_t piece_ = 0;   // where gather() goes on
  uint32_t done_ = 0;  // in that piece
};

}  // namespace weft
