// SPDX-License-Identifier: Apache-2.0
//
// Binary modules written by hand, piece by piece, for tests of the decoder.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace weft::testing {

using Bytes = std::vector<uint8_t>;

/// Hexadecimal digits in pairs; spaces between pairs are free.
inline Bytes hex(std::string_view digits) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  Bytes bytes;
  for (size_t i = 0; i < digits.size();) {
    if (digits[i] == ' ') {
      ++i;
      continue;
    }
    bytes.push_back(static_cast<uint8_t>(value(digits[i]) * 16 + value(digits[i + 1])));
    i += 2;
  }
  return bytes;
}

inline Bytes join(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

inline Bytes leb(uint64_t value) {
  Bytes bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<uint8_t>(value | 0x80));
  bytes.push_back(static_cast<uint8_t>(value));
  return bytes;
}

/// The bytes, preceded by their number.
inline Bytes sized(const Bytes& contents) { return join({leb(contents.size()), contents}); }
inline Bytes text(std::string_view characters) { return sized(Bytes(characters.begin(), characters.end())); }
inline Bytes section(uint8_t id, const Bytes& contents) { return join({{id}, sized(contents)}); }
inline Bytes section(uint8_t id, std::string_view contents) { return section(id, hex(contents)); }

/// Magic and version, then the sections.
inline Bytes module(std::initializer_list<Bytes> sections) {
  Bytes bytes = hex("00 61 73 6d 01 00 00 00");
  for (const Bytes& part : sections) bytes.insert(bytes.end(), part.begin(), part.end());
  return bytes;
}

/// A module with one function of type [] -> [] whose body, without its size, is this; one memory, one table and a data
/// count of 1.
inline Bytes module_with_body(const Bytes& body) {
  return module({section(1, "01 60 00 00"), section(3, "01 00"), section(4, "01 70 00 01"), section(5, "01 00 01"),
                 section(12, "01"), section(10, join({{1}, sized(body)})), section(11, "01 01 00")});
}
inline Bytes module_with_body(std::string_view body) { return module_with_body(hex(body)); }

/// A module with something in every section, a custom section and names.
inline Bytes full_module() {
  return module({
      section(1, "03 60 00 00  60 02 7f 7e 01 7f  60 00 02 7d 7c"),
      section(0, join({text("note"), hex("de ad")})),
      section(2, join({leb(4), text("m"), text("f"), hex("00 00"), text("m"), text("t"), hex("01 6f 01 01 05"),
                       text("m"), text("mem"), hex("02 03 01 80 80 04"), text("m"), text("g"), hex("03 7f 00")})),
      section(3, "02 01 00"),
      section(4, "01 70 00 02"),
      section(6, "02 7e 01 42 7f 0b  7b 00 fd 0c 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 0b"),
      section(7, join({leb(2), text("run"), hex("00 01"), text("memory"), hex("02 00")})),
      section(8, "02"),
      section(9, "03  02 01 41 00 0b 00 02 00 01  05 70 02 d2 02 0b d0 70 0b  03 00 01 02"),
      section(12, "02"),
      section(10, join({leb(2),
                        sized(hex("02 01 7e 02 7d"                 // locals
                                  "20 00 04 40 41 01 1a 05 01 0b"  // if, else
                                  "02 7f 41 00 41 01 0e 01 00 00 0b 1a"
                                  "41 00 41 07 fe 1e 02 08 1a"     // i32.atomic.rmw.add
                                  "fe 03 00"                       // atomic.fence
                                  "41 00 41 00 41 00 fc 08 00 00"  // memory.init
                                  "41 00 fd 00 04 10 fd 15 03 1a"  // v128.load, i8x16.extract_lane_s
                                  "d0 6f d0 6f 41 00 1c 01 6f 1a"  // select
                                  "41 00 11 00 01"                 // call_indirect
                                  "43 00 00 c0 7f 1a 44 00 00 00 00 00 00 f0 3f 1a"
                                  "20 00 0b")),
                        sized(hex("00 0b"))})),
      section(11, join({leb(2), hex("00 41 08 0b"), text("hello"), hex("01"), text("passive")})),
      section(0, join({text("name"), hex("00"), sized(text("demo")), hex("01"),
                       sized(join({leb(2), leb(1), text("run"), leb(2), text("nop")})), hex("02"),
                       sized(join({leb(1), leb(1), leb(2), leb(0), text("x"), leb(1), text("y")}))})),
  });
}

}  // namespace weft::testing
