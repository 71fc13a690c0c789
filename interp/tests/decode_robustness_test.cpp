// SPDX-License-Identifier: Apache-2.0
//
// Hostile input: small files that ask for much. Truncated and changed modules are the business of
// suite/tests/robustness_test.cpp.
#include <gtest/gtest.h>

#include <span>

#include "interp/binary_reader.h"
#include "interp/decode.h"
#include "interp/tests/wasm_bytes.h"
#include "interp/validate.h"

namespace weft {
namespace {

using testing::Bytes;
using testing::hex;
using testing::join;
using testing::leb;
using testing::module;
using testing::module_with_body;
using testing::section;
using testing::sized;

/// Whether the bytes are a valid module. An error must say where, and begin with a phrase.
bool accepts(std::span<const uint8_t> bytes) {
  const auto decoded = decode(bytes);
  if (!decoded) {
    EXPECT_FALSE(decoded.error().message.empty());
    EXPECT_TRUE(decoded.error().where.starts_with("0x"));
    return false;
  }
  return validate(*decoded).has_value();
}

TEST(DecodeRobustness, HugeCountsInEverySection) {
  for (uint8_t id = 1; id <= 12; ++id) {
    for (const uint64_t count : {uint64_t{1} << 20, uint64_t{1} << 31, (uint64_t{1} << 32) - 1}) {
      EXPECT_FALSE(accepts(module({section(id, leb(count))}))) << "section " << int{id};
    }
  }
}

TEST(DecodeRobustness, ManyFunctionsWithManyLocals) {
  // Each body of eight bytes asks for 50,000 locals: together 5 GB, which must not be allocated.
  constexpr size_t kCount = 100'000;
  Bytes functions = leb(kCount), bodies = leb(kCount);
  functions.resize(functions.size() + kCount, 0);
  const Bytes body = sized(hex("01 d0 86 03 7f 0b"));
  for (size_t i = 0; i < kCount; ++i) bodies.insert(bodies.end(), body.begin(), body.end());
  const auto decoded = decode(module({section(1, "01 60 00 00"), section(3, functions), section(10, bodies)}));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().kind, ErrorKind::invalid);
}

TEST(DecodeRobustness, CallsThatPileUpOperands) {
  // A type with 1000 results, called a thousand times: a million operands in two thousand bytes.
  Bytes results = leb(1000);
  results.resize(results.size() + 1000, 0x7f);
  Bytes body{0};
  for (int i = 0; i < 1000; ++i) body.insert(body.end(), {0x10, 0x00});
  body.insert(body.end(), {0x00, 0x0b});
  const auto decoded = decode(module({section(1, join({leb(1), hex("60 00"), results})), section(3, "01 00"),
                                      section(10, join({leb(1), sized(body)}))}));
  ASSERT_TRUE(decoded) << to_string(decoded.error(), "");
  const auto valid = validate(*decoded);
  ASSERT_FALSE(valid);
  EXPECT_TRUE(valid.error().message.starts_with("too many operands")) << valid.error().message;
}

TEST(Utf8, AcceptsExactlyTheShortestForms) {
  for (const auto* good :
       {"", "61", "c2 80", "df bf", "e0 a0 80", "ed 9f bf", "ee 80 80", "ef bf bf", "f0 90 80 80", "f4 8f bf bf"}) {
    const Bytes bytes = hex(good);
    EXPECT_TRUE(is_utf8({reinterpret_cast<const char*>(bytes.data()), bytes.size()})) << good;
  }
  for (const auto* bad : {"80", "bf", "c0 80", "c1 bf", "c2", "c2 41", "e0 9f bf", "e1 80", "ed a0 80", "ed bf bf",
                          "f0 8f bf bf", "f1 80 80", "f4 90 80 80", "f5 80 80 80", "fe", "ff", "61 80"}) {
    const Bytes bytes = hex(bad);
    EXPECT_FALSE(is_utf8({reinterpret_cast<const char*>(bytes.data()), bytes.size()})) << bad;
  }
}

}  // namespace
}  // namespace weft
