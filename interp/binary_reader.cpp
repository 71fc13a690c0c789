// SPDX-License-Identifier: Apache-2.0
#include "interp/binary_reader.h"

#include <utility>

#include <fmt/format.h>

namespace weft {

bool is_utf8(std::string_view bytes) {
  const auto at = [bytes](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  for (size_t i = 0; i < bytes.size();) {
    const uint8_t first = at(i);
    if (first < 0x80) {
      ++i;
      continue;
    }
    if (first < 0xc2 || first > 0xf4) return false;  // a continuation byte, an overlong form, or beyond U+10FFFF
    const size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (bytes.size() - i < length) return false;
    // The second byte's range excludes what is overlong, a surrogate, or too large.
    const uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (at(i + 1) < low || at(i + 1) > high) return false;
    for (size_t k = 2; k < length; ++k) {
      if ((at(i + k) & 0xc0) != 0x80) return false;
    }
    i += length;
  }
  return true;
}

void BinaryReader::fail(size_t position, std::string message, ErrorKind kind) {
  if (error_) return;
  error_ = Error{kind, std::move(message), fmt::format("{:#x}", position)};
  position_ = bytes_.size();
}

std::optional<uint8_t> BinaryReader::peek() const {
  if (at_end()) return std::nullopt;
  return bytes_[position_];
}

uint8_t BinaryReader::end_of_bytes() {
  fail(position_, "unexpected end of section or function");
  return 0;
}

std::span<const uint8_t> BinaryReader::bytes(size_t count) {
  if (count > remaining()) {
    fail(bytes_.size(), "unexpected end of section or function");
    return {};
  }
  const auto result = bytes_.subspan(position_, count);
  position_ += count;
  return result;
}

uint64_t BinaryReader::fixed(size_t count) {
  uint64_t value = 0;
  const auto source = bytes(count);
  for (size_t i = 0; i < source.size(); ++i) value |= uint64_t{source[i]} << (8 * i);
  return value;
}

uint64_t BinaryReader::any_unsigned_leb(int bits) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const int left = bits - shift;
    if (left <= 0) return fail(position_, "integer representation too long"), 0;
    const uint8_t next = byte();
    const unsigned payload = next & 0x7fu;
    if (left < 7 && payload >> left != 0) return fail(position_ - 1, "integer too large"), 0;
    value |= uint64_t{payload} << shift;
    if ((next & 0x80) == 0) return value;
  }
}

int64_t BinaryReader::any_signed_leb(int bits) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const int left = bits - shift;
    if (left <= 0) return fail(position_, "integer representation too long"), 0;
    const uint8_t next = byte();
    const unsigned payload = next & 0x7fu;
    if (left < 7) {  // the bits beyond the value must all repeat its sign
      const unsigned excess = payload >> (left - 1);
      if (excess != 0 && excess != 0x7fu >> (left - 1)) return fail(position_ - 1, "integer too large"), 0;
    }
    value |= uint64_t{payload} << shift;
    if ((next & 0x80) == 0) {
      if ((next & 0x40) != 0 && shift + 7 < 64) value |= ~uint64_t{0} << (shift + 7);
      return static_cast<int64_t>(value);
    }
  }
}

uint32_t BinaryReader::length() {
  const size_t start = position_;
  const size_t available = remaining();
  const uint32_t count = u32();
  if (count > available) return fail(start, fmt::format("length out of bounds: {}", count)), 0;
  return count;
}

std::string BinaryReader::name() {
  const uint32_t size = length();
  const size_t start = position_;
  const auto source = bytes(size);
  std::string result(source.begin(), source.end());
  if (!is_utf8(result)) fail(start, "malformed UTF-8 encoding");
  return ok() ? std::move(result) : std::string();
}

}  // namespace weft
