// SPDX-License-Identifier: Apache-2.0
#include "suite/report/page.h"

#include <cstdint>

#ifdef WEFT_ZLIB
#include <zlib.h>
#endif

namespace weft::report {
namespace {

#ifdef WEFT_ZLIB
std::string base64(const std::string& bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t at = 0; at < bytes.size(); at += 3) {
    uint32_t group = 0;
    for (size_t i = at; i < at + 3; ++i) group = group << 8 | (i < bytes.size() ? static_cast<uint8_t>(bytes[i]) : 0U);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += kDigits[group >> shift & 63];
  }
  for (size_t i = 0; i < (3 - bytes.size() % 3) % 3; ++i) text[text.size() - 1 - i] = '=';
  return text;
}
#else
/// `<` as JSON has it too: nothing in it can end the element.
std::string without_tags(const std::string& json) {
  std::string text;
  for (const char c : json) text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}
#endif

}  // namespace

#ifdef WEFT_ZLIB
Packed pack(const std::string& json) {
  uLongf size = compressBound(static_cast<uLong>(json.size()));
  std::string bytes(size, '\0');
  compress2(reinterpret_cast<Bytef*>(bytes.data()), &size, reinterpret_cast<const Bytef*>(json.data()),
            static_cast<uLong>(json.size()), Z_BEST_COMPRESSION);  // fails only where there is too little room
  bytes.resize(size);
  return {"deflate", base64(bytes)};
}
#else
Packed pack(const std::string& json) { return {"none", without_tags(json)}; }
#endif

}  // namespace weft::report
