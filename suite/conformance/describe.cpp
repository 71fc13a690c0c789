// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "interp/instructions.h"
#include "suite/conformance/coverage.h"

namespace weft::conformance {
namespace {

bool is_in_keyword(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_'; }

/// The instructions of the threads proposal that stand in `text`, in code or comment.
std::set<std::string_view> mentioned(std::string_view text) {
  std::set<std::string_view> found;
  for (auto at = text.begin(); at != text.end();) {
    const auto end = std::find_if_not(at, text.end(), is_in_keyword);
    if (const auto op = find_instruction(std::string_view(at, end)); op && info(*op).feature == Feature::threads)
      found.insert(info(*op).text);
    at = std::find_if(end, text.end(), is_in_keyword);
  }
  return found;
}

}  // namespace

Result<std::vector<DescribedTest>> describe(const std::vector<SuiteTest>& tests) {
  std::vector<DescribedTest> described;
  for (const SuiteTest& test : tests) {
    const auto text = test.text();
    if (!text) return text.error();
    auto front_matter = parse_front_matter(*text);
    if (!front_matter) {
      Error error = std::move(front_matter).error();
      error.where = test.name + ":" + error.where;
      return error;
    }
    described.push_back({test.name, *std::move(front_matter), mentioned(*text)});
  }
  return described;
}

}  // namespace weft::conformance
