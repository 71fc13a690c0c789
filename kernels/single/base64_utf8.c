// SPDX-License-Identifier: Apache-2.0
//
// SIZE characters to UTF-8, to base64 and back: bits taken apart and put together, byte by byte. An engine that shifts
// by the wrong number, or loads a byte with a sign, brings back other characters.
#include "kernel_checksum.h"
#include "kernel_slice.h"

static const char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Of one to four bytes in UTF-8, no surrogate.
static uint32_t character(int64_t i) {
  const uint32_t hash = (uint32_t)kernel_hash((uint64_t)i);
  switch (hash >> 30) {
    case 0: return hash % 0x80;
    case 1: return 0x80 + hash % 0x780;
    case 2: return 0x800 + hash % 0xd000;
    default: return 0x10000 + hash % 0x100000;
  }
}

static uint8_t* put_utf8(uint8_t* out, uint32_t c) {
  const int more = (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);  // bytes behind the first
  static const uint8_t kFirst[] = {0x00, 0xc0, 0xe0, 0xf0};
  *out++ = (uint8_t)(kFirst[more] | c >> 6 * more);
  for (int i = more - 1; i >= 0; --i) *out++ = (uint8_t)(0x80 | (c >> 6 * i & 0x3f));
  return out;
}

/// 0xffffffff when it is no UTF-8, or longer than it had to be.
static const uint8_t* take_utf8(const uint8_t* at, uint32_t* c) {
  const uint8_t first = *at++;
  const int more = first < 0x80 ? 0 : first < 0xc0 ? 4 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf8 ? 3 : 4;
  static const uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  *c = more == 0 ? first : first & (0x3fU >> more);
  bool valid = more < 4;
  for (int i = 0; valid && i < more; ++i) {
    valid = *at >> 6 == 2;
    *c = *c << 6 | (*at++ & 0x3f);
  }
  if (!valid || *c < kLeast[more] || *c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000)) *c = UINT32_MAX;
  return at;
}

static size_t encode(const uint8_t* bytes, size_t count, uint8_t* text) {
  uint8_t* out = text;
  for (size_t i = 0; i < count; i += 3) {
    const uint32_t second = i + 1 < count ? bytes[i + 1] : 0;
    const uint32_t third = i + 2 < count ? bytes[i + 2] : 0;
    const uint32_t group = (uint32_t)bytes[i] << 16 | second << 8 | third;
    *out++ = (uint8_t)kDigits[group >> 18];
    *out++ = (uint8_t)kDigits[group >> 12 & 63];
    *out++ = (uint8_t)(i + 1 < count ? kDigits[group >> 6 & 63] : '=');
    *out++ = (uint8_t)(i + 2 < count ? kDigits[group & 63] : '=');
  }
  return (size_t)(out - text);
}

static size_t decode(const uint8_t* text, size_t count, uint8_t* bytes) {
  uint8_t values[256] = {0};
  for (int i = 0; i < 64; ++i) values[(uint8_t)kDigits[i]] = (uint8_t)i;
  uint8_t* out = bytes;
  for (size_t i = 0; i < count; i += 4) {
    const uint32_t group = (uint32_t)values[text[i]] << 18 | (uint32_t)values[text[i + 1]] << 12 |
                           (uint32_t)values[text[i + 2]] << 6 | values[text[i + 3]];
    *out++ = (uint8_t)(group >> 16);
    if (text[i + 2] != '=') *out++ = (uint8_t)(group >> 8);
    if (text[i + 3] != '=') *out++ = (uint8_t)group;
  }
  return (size_t)(out - bytes);
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 5000000);
  uint8_t* bytes = kernel_array(args.size * 4, 1);
  uint8_t* text = kernel_array(args.size * 16 / 3 + 4, 1);
  const double started = kernel_seconds();
  uint8_t* end = bytes;
  for (int64_t i = 0; i < args.size; ++i) end = put_utf8(end, character(i));
  const size_t text_size = encode(bytes, (size_t)(end - bytes), text);
  const size_t size = decode(text, text_size, bytes);
  int64_t right = 0;
  const uint8_t* at = bytes;
  for (int64_t i = 0; i < args.size && at < bytes + size; ++i) {
    uint32_t c;
    at = take_utf8(at, &c);
    right += c == character(i);
  }
  kernel_report_time(started);
  uint64_t checksum = 0;
  for (size_t i = 0; i < text_size; ++i) checksum = checksum * 31 + text[i];
  const bool all = right == args.size && bytes + size == end && at == bytes + size;
  free(bytes);
  free(text);
  return kernel_result(all, checksum);
}
