// SPDX-License-Identifier: Apache-2.0
//
// A cursor over bytes that knows the primitives of the binary format: LEB128 (binary-int), vectors (binary-vec), names
// (binary-utf8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "interp/error.h"

namespace weft {

/// Whether the bytes are well-formed UTF-8: shortest forms, no surrogates, at most U+10FFFF (binary-utf8).
bool is_utf8(std::string_view bytes);

/// Reads forward and remembers the first failure: from then on every read yields zero or nothing, so that callers check
/// `ok()` where they loop or conclude, not after each read. Borrows the bytes. Not thread-safe.
class BinaryReader {
 public:
  explicit BinaryReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool ok() const { return !error_; }
  size_t position() const { return position_; }
  size_t remaining() const { return bytes_.size() - position_; }
  bool at_end() const { return remaining() == 0; }
  const Error& error() const { return *error_; }

  /// Records a failure, unless there is one already, and moves to the end.
  void fail(size_t position, std::string message, ErrorKind kind = ErrorKind::malformed);

  /// The next byte without consuming it; nothing at the end.
  std::optional<uint8_t> peek() const;
  uint8_t byte() {
    if (at_end()) return end_of_bytes();
    return bytes_[position_++];
  }
  std::span<const uint8_t> bytes(size_t count);
  /// Little-endian, `count` bytes of at most eight.
  uint64_t fixed(size_t count);

  /// uN and sN of at most ceil(N/7) bytes, overlong forms within that included.
  uint64_t unsigned_leb(int bits) { return has_short_leb(bits) ? bytes_[position_++] : any_unsigned_leb(bits); }
  int64_t signed_leb(int bits) {
    if (!has_short_leb(bits)) return any_signed_leb(bits);
    const int64_t byte = bytes_[position_++];
    return byte < 0x40 ? byte : byte - 0x80;
  }
  uint32_t u32() { return static_cast<uint32_t>(unsigned_leb(32)); }

  /// The length of a vector: no more than the bytes that are left, because every element takes at least one. So a
  /// length read from hostile input never asks for more memory than the input's size justifies.
  uint32_t length();
  /// A vector of bytes that must be UTF-8.
  std::string name();

 private:
  /// Whether it is of one byte and in range, as nearly all are.
  bool has_short_leb(int bits) const { return bits >= 7 && !at_end() && bytes_[position_] < 0x80; }
  uint64_t any_unsigned_leb(int bits);
  int64_t any_signed_leb(int bits);
  uint8_t end_of_bytes();

  std::span<const uint8_t> bytes_;
  size_t position_ = 0;
  std::optional<Error> error_;
};

}  // namespace weft
