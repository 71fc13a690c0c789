// SPDX-License-Identifier: Apache-2.0
#include "interp/host/guest_pieces.h"

#include <algorithm>
#include <limits>

namespace weft {
namespace {

constexpr uint32_t kMaxPieces = 1024;  // as Linux's IOV_MAX

}  // namespace

Errno GuestPieces::load(Memory& memory, uint32_t address, uint32_t count) {
  if (count > kMaxPieces) return Errno::inval;
  memory_ = &memory;
  list_.resize(count);
  if (!memory.read(address, std::span(reinterpret_cast<uint8_t*>(list_.data()), count * sizeof(IoVec))))
    return Errno::fault;
  for (const IoVec& each : list_) {
    if (!memory.in_bounds(each.address, each.length)) return Errno::fault;
    size_ += each.length;
  }
  return size_ <= std::numeric_limits<uint32_t>::max() ? Errno::success : Errno::inval;
}

size_t GuestPieces::gather(std::span<uint8_t> to) {
  size_t filled = 0;
  for (; piece_ < list_.size(); ++piece_, done_ = 0) {
    const IoVec& piece = list_[piece_];
    const auto part = static_cast<uint32_t>(std::min<size_t>(to.size() - filled, piece.length - done_));
    memory_->read(uint64_t{piece.address} + done_, to.subspan(filled, part));
    filled += part, done_ += part;
    if (done_ < piece.length) break;
  }
  return filled;
}

void GuestPieces::scatter(std::span<const uint8_t> bytes) {
  for (const IoVec& piece : list_) {
    const auto part = bytes.first(std::min<size_t>(bytes.size(), piece.length));
    memory_->write(piece.address, part);
    bytes = bytes.subspan(part.size());
  }
}

}  // namespace weft
