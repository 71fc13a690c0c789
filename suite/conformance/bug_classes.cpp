// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "suite/conformance/coverage.h"
#include "suite/conformance/name_pattern.h"

namespace weft::conformance {
namespace {

struct Row {
  std::string_view title, references, tests, room;
};

constexpr Row kRows[] = {
#define BUG_CLASS(title, references, tests, room) {title, references, tests, room},
#include "suite/conformance/bug_classes.inc"
#undef BUG_CLASS
};

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::vector<BugClass> bug_classes(const std::vector<DescribedTest>& tests) {
  std::vector<BugClass> classes;
  for (const Row& row : kRows) {
    BugClass each{.title = row.title, .references = split(row.references, ", "), .room = row.room, .tests = {}};
    for (const DescribedTest& test : tests) {
      const auto& why = test.front_matter.why;
      if (matches_any(test.name, row.tests) || std::any_of(why.begin(), why.end(), [&](const std::string& reference) {
            return has(each.references, reference);
          }))
        each.tests.push_back(test.name);
    }
    classes.push_back(std::move(each));
  }
  return classes;
}

std::vector<std::string> bug_class_faults(const std::vector<DescribedTest>& tests) {
  std::vector<std::string> found;
  const std::vector<BugClass> classes = bug_classes(tests);
  for (const BugClass& each : classes) {
    if (each.tests.empty() && each.room.empty()) found.push_back(fmt::format("nothing shows this: {}", each.title));
  }
  for (const DescribedTest& test : tests) {
    for (const std::string& reference : test.front_matter.why) {
      if (std::none_of(classes.begin(), classes.end(),
                       [&](const BugClass& each) { return has(each.references, reference); }))
        found.push_back(fmt::format("{}: {} is of no class in bug_classes.inc", test.name, reference));
    }
  }
  return found;
}

}  // namespace weft::conformance
