// SPDX-License-Identifier: Apache-2.0
//
// Hostile modules: every truncation and every change of one byte of the seeds, through decoding, validation, lowering
// and instantiation with the start function. An answer each time, in bounded time and memory; the sanitizers give the
// test its teeth. A file tests/seeds/NAME.wat is a seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "interp/decode.h"
#include "interp/tests/wasm_bytes.h"
#include "interp/validate.h"
#include "suite/tests/bounded_run.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"

namespace weft {
namespace {

using testing::BoundedRun;
using testing::Bytes;

namespace fs = std::filesystem;

// Optimised builds try all 255 other values of every byte. Sanitizers make that slow: there one change in five, each
// byte with other values than its neighbours, so that all of them occur.
#if defined(WEFT_SANITIZED)
constexpr unsigned kStride = 5;
#else
constexpr unsigned kStride = 1;
#endif

/// The stems of tests/seeds/*.wat, and "everything", which is written as bytes: with custom sections and names.
std::vector<std::string> seed_names() {
  std::vector<std::string> names{"everything"};
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(__FILE__).parent_path() / "seeds")) {
    if (entry.path().extension() == ".wat") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Bytes seed(const std::string& name) {
  if (name == "everything") return testing::full_module();
  std::ifstream in(fs::path(__FILE__).parent_path() / "seeds" / (name + ".wat"), std::ios::binary);
  const std::string source{std::istreambuf_iterator<char>(in), {}};
  const auto module = parse_module(source);
  if (module) return encode(*module, {.names = true});
  ADD_FAILURE() << to_string(module.error(), name + ".wat");
  return {};
}

/// How far a module got.
enum class Reached : uint8_t { nothing, decoded, valid, compiled, instantiated };

/// An error must say what, and a decoder's where.
Reached attempt(std::span<const uint8_t> bytes) {
  Result<Module> module = decode(bytes);
  if (!module) {
    EXPECT_FALSE(module.error().message.empty());
    EXPECT_TRUE(module.error().where.starts_with("0x"));
    return Reached::nothing;
  }
  if (!validate(*module)) return Reached::decoded;
  const auto compiled = CompiledModule::compile(std::move(*module));
  if (!compiled) return Reached::valid;
  return BoundedRun(*compiled, Engine::observed).instantiates() ? Reached::instantiated : Reached::compiled;
}

class Robustness : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Robustness, ::testing::ValuesIn(seed_names()), [](const auto& param) {
  std::string name = param.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_P(Robustness, TheSeedIsValid) {
  const auto decoded = decode(seed(GetParam()));
  ASSERT_TRUE(decoded) << to_string(decoded.error(), "");
  const auto valid = validate(*decoded);
  EXPECT_TRUE(valid) << to_string(valid.error(), "");
}

TEST_P(Robustness, EveryTruncation) {
  const Bytes whole = seed(GetParam());
  size_t decoded = 0;
  for (size_t length = 0; length < whole.size(); ++length) {
    const std::vector<uint8_t> cut(whole.begin(),
                                   whole.begin() + static_cast<ptrdiff_t>(length));  // reading on is seen
    decoded += attempt(cut) > Reached::nothing ? 1 : 0;
  }
  EXPECT_LE(decoded, 16u) << "only what ends with a whole section can be a module";
}

TEST_P(Robustness, EveryChangeOfOneByte) {
  const Bytes whole = seed(GetParam());
  size_t tried = 0, reached[5] = {};
  for (size_t position = 0; position < whole.size(); ++position) {
    Bytes changed = whole;
    for (unsigned delta = 1 + static_cast<unsigned>(position) % kStride; delta < 256; delta += kStride) {
      changed[position] = static_cast<uint8_t>(whole[position] + delta);
      ++tried, ++reached[static_cast<size_t>(attempt(changed))];
    }
  }
  EXPECT_GT(reached[0] + reached[1], tried / 4) << "most changes make a module malformed or invalid";
  RecordProperty("tried", static_cast<int>(tried));
  RecordProperty("instantiated", static_cast<int>(reached[4]));
}

}  // namespace
}  // namespace weft
