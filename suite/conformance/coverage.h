// SPDX-License-Identifier: Apache-2.0
//
// What the suite covers, computed from the tests themselves: places in the specification by front matter, properties of
// instructions by name and mention, classes of real bugs by `why`.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suite/conformance/front_matter.h"
#include "suite/conformance/suite_test.h"

namespace weft::conformance {

/// A test as far as coverage goes.
struct DescribedTest {
  std::string name;
  FrontMatter front_matter;
  std::set<std::string_view> instructions;  ///< those of the threads proposal that its text mentions
};

/// Reads the tests. Error: the front matter's, with the test's name in `where`; or host, when a file cannot be read.
Result<std::vector<DescribedTest>> describe(const std::vector<SuiteTest>& tests);

/// Something that is asked of instructions; the files that ask it are known by their names. Name patterns are separated
/// by spaces.
struct Property {
  std::string_view name, files;
  std::string_view instructions = "*";  ///< of which it is asked; in its files others are means to an end
};
std::span<const Property> properties();

/// A cell of the matrix: how many files of a property mention an instruction; without any, why there need be none. No
/// reason is a gap.
struct Cell {
  size_t files = 0;
  std::string_view reason;
};

/// A row for each instruction of the threads proposal, in the table's order, a cell for each property.
struct MatrixRow {
  std::string_view instruction;
  std::vector<Cell> cells;
};
std::vector<MatrixRow> matrix(const std::vector<DescribedTest>& tests);
/// Gaps, and reasons for no empty cell; a line each.
std::vector<std::string> matrix_faults(const std::vector<MatrixRow>& rows);

/// A place in the specification.
struct Anchor {
  std::string_view name;
  std::string_view reason;         ///< why no test names it; or empty
  std::vector<std::string> tests;  ///< by name: those that name it, and those that are of it all the same
};
/// In the order of anchors.inc.
std::vector<Anchor> anchors(const std::vector<DescribedTest>& tests);
/// Anchors without tests or reason, reasons for none, and names in a front matter that are no anchors; a line each.
std::vector<std::string> anchor_faults(const std::vector<DescribedTest>& tests);

/// A kind of mistake that real runtimes made.
struct BugClass {
  std::string_view title;
  std::vector<std::string> references;
  std::string_view room;           ///< who shows what scripts cannot; or empty
  std::vector<std::string> tests;  ///< by name
};
std::vector<BugClass> bug_classes(const std::vector<DescribedTest>& tests);

/// Classes that nothing shows, and references in a `why` that are of no class; a line each.
std::vector<std::string> bug_class_faults(const std::vector<DescribedTest>& tests);

/// The faults of all tables.
std::vector<std::string> coverage_faults(const std::vector<DescribedTest>& tests);

/// All of it as Markdown: wast/COVERAGE.md.
std::string coverage_page(const std::vector<DescribedTest>& tests);

}  // namespace weft::conformance
