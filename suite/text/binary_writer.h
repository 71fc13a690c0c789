// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {

/// Appends the primitives of the binary format to a buffer; the counterpart of BinaryReader. Not thread-safe.
class BinaryWriter {
 public:
  void byte(uint8_t value) { bytes_.push_back(value); }
  void bytes(std::span<const uint8_t> source) { bytes_.insert(bytes_.end(), source.begin(), source.end()); }

  /// Little-endian, `count` bytes of at most eight.
  void fixed(uint64_t value, size_t count) {
    for (size_t i = 0; i < count; ++i) byte(static_cast<uint8_t>(value >> (8 * i)));
  }

  /// uN in its shortest form.
  void unsigned_leb(uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<uint8_t>(value | 0x80));
    byte(static_cast<uint8_t>(value));
  }

  /// sN in its shortest form.
  void signed_leb(int64_t value) {
    for (; value < -0x40 || value >= 0x40; value >>= 7) byte(static_cast<uint8_t>(value | 0x80));
    byte(static_cast<uint8_t>(value & 0x7f));
  }

  void name(std::string_view text) {
    unsigned_leb(text.size());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }

  /// What `write` appends, preceded by its size.
  template <class Write>
  void sized(Write write) {
    BinaryWriter contents;
    write(contents);
    unsigned_leb(contents.bytes_.size());
    bytes(contents.bytes_);
  }

  /// A vector: the count, then each element by `write`.
  template <class Elements, class Write>
  void vector(const Elements& elements, Write write) {
    unsigned_leb(elements.size());
    for (const auto& element : elements) write(element);
  }

  bool empty() const { return bytes_.empty(); }
  size_t size() const { return bytes_.size(); }
  /// All so far, until more is appended.
  std::span<const uint8_t> written() const { return bytes_; }
  /// Begins anew, in the same room.
  void clear() { bytes_.clear(); }
  std::vector<uint8_t> take() && { return std::move(bytes_); }

 private:
  std::vector<uint8_t> bytes_;
};

}  // namespace weft
