// SPDX-License-Identifier: Apache-2.0
//
// Text → binary → text → binary: every module of the repository, of the kernels and of the official tests comes back as
// it was.
#include <gtest/gtest.h>

#include "interp/decode.h"
#include "suite/tests/corpus.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"
#include "suite/text/print.h"

namespace weft {
namespace {

using testing::CorpusModule;

/// Shared memories without a maximum are invalid as text and malformed as bytes.
bool has_binary_form(const Module& module) {
  for (uint32_t i = 0; i < module.memory_count(); ++i) {
    const MemoryType& type = module.memory_type(i);
    if (type.shared && !type.limits.max) return false;
  }
  return true;
}

/// What is lost on the way, or nothing.
std::string lost(const CorpusModule& entry) {
  Module module = entry.module;
  const EncodeOptions with_names{.names = true};
  const std::vector<uint8_t> bytes = encode(module, with_names);
  const auto decoded = decode(bytes);
  if (!decoded) return to_string(decoded.error(), "the binary");
  if (encode(*decoded, with_names) != bytes) return "the binary, decoded, is encoded to other bytes";
  const std::string text = print(*decoded);
  const auto parsed = parse_module(text);
  if (!parsed) return to_string(parsed.error(), "the printed text");
  // Nor can it say that there is a data count section which no instruction needs, or whether references to functions
  // are encoded as expressions.
  if (!parsed->data_count) module.data_count.reset();
  for (size_t i = 0; i < module.elements.size(); ++i)
    module.elements[i].as_indices |= parsed->elements.at(i).as_indices;
  if (encode(*parsed, with_names) != encode(module, with_names)) return "the printed text is another module";
  return "";
}

class RoundTrip : public ::testing::TestWithParam<std::string> {};

TEST_P(RoundTrip, LosesNothing) {
  const std::vector<CorpusModule> modules = testing::corpus(GetParam());
  if (modules.empty()) GTEST_SKIP() << "WEFT_SPEC_TESTS names nothing: no official tests";
  EXPECT_GT(modules.size(), 100U);
  for (const CorpusModule& entry : modules) {
    if (!has_binary_form(entry.module)) continue;
    EXPECT_EQ(lost(entry), "") << entry.name;
  }
  RecordProperty("modules", static_cast<int>(modules.size()));
}

INSTANTIATE_TEST_SUITE_P(Corpus, RoundTrip, ::testing::ValuesIn(testing::corpus_groups()), testing::corpus_test_name);

}  // namespace
}  // namespace weft
