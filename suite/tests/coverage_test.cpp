// SPDX-License-Identifier: Apache-2.0
//
// The tables behind wast/COVERAGE.md say neither too little nor too much of the tests there are. That the page is up to
// date is a test of the command that writes it.
#include "suite/conformance/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

namespace weft::conformance {
namespace {

namespace fs = std::filesystem;

const std::vector<DescribedTest>& our_tests() {
  static const std::vector<DescribedTest> tests = [] {
    const fs::path root = fs::path(__FILE__).parent_path().parent_path().parent_path();
    std::vector<SuiteTest> all = tests_below(root / "wast", false);
    for (SuiteTest& program : tests_below(root / "kernels/host", true)) {
      program.name.insert(0, "host/");
      all.push_back(std::move(program));
    }
    auto described = describe(all);
    if (!described) ADD_FAILURE() << described.error().where << ": " << described.error().message;
    return described ? *std::move(described) : std::vector<DescribedTest>{};
  }();
  return tests;
}

TEST(Coverage, EveryEmptyCellHasItsReasonAndEveryReasonItsCell) {
  EXPECT_EQ(matrix_faults(matrix(our_tests())), std::vector<std::string>{});
}

TEST(Coverage, EveryBugClassIsShownAndEveryReferenceIsOfAClass) {
  EXPECT_EQ(bug_class_faults(our_tests()), std::vector<std::string>{});
}

TEST(Coverage, EveryAnchorIsNamedOrHasAReason) { EXPECT_EQ(anchor_faults(our_tests()), std::vector<std::string>{}); }

DescribedTest test(std::string name, std::vector<std::string> why, std::set<std::string_view> instructions = {}) {
  DescribedTest test{std::move(name), {}, std::move(instructions)};
  test.front_matter.why = std::move(why);
  return test;
}

TEST(Coverage, GapsAndUselessReasonsAreFound) {
  const auto none = matrix_faults(matrix({}));
  EXPECT_NE(
      std::find(none.begin(), none.end(), "no file of 'last cell' mentions i32.atomic.load, and no reason is given"),
      none.end());
  const auto rows = matrix({test("bounds/last-cell-load", {}, {"i32.atomic.load"})});
  const auto some = matrix_faults(rows);
  EXPECT_EQ(some.size() + 1, none.size());
  // With every cell full, all that is left are reasons for nothing.
  std::vector<MatrixRow> full = rows;
  for (MatrixRow& row : full) {
    for (Cell& cell : row.cells) cell = {.files = 1, .reason = {}};
  }
  const auto reasons = matrix_faults(full);
  ASSERT_FALSE(reasons.empty());
  EXPECT_TRUE(reasons.front().starts_with("a reason for no empty cell: "));
}

TEST(Coverage, AnchorsAreLookedUp) {
  DescribedTest mistyped = test("a/b", {}), unexpected = test("a/c", {});
  mistyped.front_matter.spec = "exec-memory.atomic.waitx";
  unexpected.front_matter.spec = "valid-atomic.load";
  const auto found = anchor_faults({mistyped, unexpected});
  const auto has = [&found](std::string_view line) {
    return std::find(found.begin(), found.end(), line) != found.end();
  };
  EXPECT_TRUE(has("a/b: exec-memory.atomic.waitx is not in anchors.inc"));
  EXPECT_TRUE(has("a test names valid-atomic.load, and anchors.inc has a reason why none does"));
  EXPECT_TRUE(has("no test names exec-memory.atomic.waitn, and no reason is given"));
}

TEST(Coverage, TestsAreFoundByWhatTheyName) {
  const auto classes = bug_classes({test("a/b", {"wasmtime #3132"}), test("text/memory-index", {})});
  const auto shown_by = [&classes](std::string_view title) {
    for (const BugClass& each : classes) {
      if (each.title == title) return each.tests;
    }
    return std::vector<std::string>{"no such class"};
  };
  EXPECT_EQ(shown_by("base + offset wraps at 2^32"), std::vector<std::string>{"a/b"});
  EXPECT_EQ(shown_by("a memory's name does not resolve on an atomic access"),
            std::vector<std::string>{"text/memory-index"});
  const auto wrong = bug_class_faults({test("a/b", {"nobody #1"})});
  EXPECT_NE(std::find(wrong.begin(), wrong.end(), "a/b: nobody #1 is of no class in bug_classes.inc"), wrong.end());
  EXPECT_NE(std::find(wrong.begin(), wrong.end(), "nothing shows this: base + offset wraps at 2^32"), wrong.end());
}

TEST(Coverage, ThePageGathersTheFilesOfATable) {
  const std::string page = coverage_page({test("a/b-load", {"wasmtime #3132"}), test("a/b-store", {"wasmtime #3132"}),
                                          test("a/b-rmw-add", {"wasmtime #3132"}),
                                          test("a/b-rmw-or", {"wasmtime #3132"}), test("a/c", {"wasmtime #3132"})});
  EXPECT_NE(
      page.find("| base + offset wraps at 2^32 | wasmtime #3132, wasmtime #12909, wasmer #3167 | a/b-… (4), a/c |\n"),
      std::string::npos);
}

}  // namespace
}  // namespace weft::conformance
