// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "suite/conformance/coverage.h"
#include "suite/conformance/name_pattern.h"

namespace weft::conformance {
namespace {

struct Row {
  std::string_view name, tests, reason;
};

constexpr Row kRows[] = {
#define ANCHOR(name, tests, reason) {name, tests, reason},
#include "suite/conformance/anchors.inc"
#undef ANCHOR
};

}  // namespace

std::vector<Anchor> anchors(const std::vector<DescribedTest>& tests) {
  std::vector<Anchor> anchors;
  for (const Row& row : kRows) {
    Anchor anchor{.name = row.name, .reason = row.reason, .tests = {}};
    for (const DescribedTest& test : tests) {
      if (test.front_matter.spec == row.name || matches_any(test.name, row.tests)) anchor.tests.push_back(test.name);
    }
    anchors.push_back(std::move(anchor));
  }
  return anchors;
}

std::vector<std::string> anchor_faults(const std::vector<DescribedTest>& tests) {
  std::vector<std::string> found;
  for (const Row& row : kRows) {
    const bool is_named = std::any_of(tests.begin(), tests.end(),
                                      [&row](const DescribedTest& test) { return test.front_matter.spec == row.name; });
    if (is_named == row.reason.empty()) continue;
    found.push_back(is_named ? fmt::format("a test names {}, and anchors.inc has a reason why none does", row.name)
                             : fmt::format("no test names {}, and no reason is given", row.name));
  }
  for (const DescribedTest& test : tests) {
    const std::string& spec = test.front_matter.spec;
    if (std::none_of(std::begin(kRows), std::end(kRows), [&spec](const Row& row) { return row.name == spec; }))
      found.push_back(fmt::format("{}: {} is not in anchors.inc", test.name, spec));
  }
  return found;
}

}  // namespace weft::conformance
