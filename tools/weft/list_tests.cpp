// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/list_tests.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/conformance/coverage.h"
#include "tools/weft/json.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

using conformance::DescribedTest;

void print_names(const std::vector<DescribedTest>& tests) {
  size_t width = 0;
  for (const DescribedTest& test : tests) width = std::max(width, test.name.size());
  for (const DescribedTest& test : tests) fmt::print("{:{}} {}\n", test.name, width, test.front_matter.title);
}

nlohmann::ordered_json test_row(const DescribedTest& test) {
  const conformance::FrontMatter& front = test.front_matter;
  return {
      {"name", test.name},        {"title", front.title}, {"spec", front.spec}, {"features", front.features},
      {"threads", front.threads}, {"needs", front.needs}, {"why", front.why},   {"instructions", test.instructions}};
}

}  // namespace

int list_tests(const CommandLine& line, TestList as) {
  const auto found = find_tests({});
  const auto tests = found ? conformance::describe(*found) : Result<std::vector<DescribedTest>>(found.error());
  if (!tests) {
    const Error& error = tests.error();
    line.error(error.where.empty() ? error.message : fmt::format("{}: {}", error.where, error.message));
    return kEnvironment;
  }
  switch (as) {
    case TestList::names: print_names(*tests); return kAsExpected;
    case TestList::json: print_json(*tests, test_row); return kAsExpected;
    case TestList::coverage: break;
  }
  fmt::print("{}", conformance::coverage_page(*tests));
  const std::vector<std::string> faults = conformance::coverage_faults(*tests);
  for (const std::string& fault : faults) line.error(fault);
  return faults.empty() ? kAsExpected : kUnexpected;
}

}  // namespace weft::cli
