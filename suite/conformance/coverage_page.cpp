// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "suite/conformance/coverage.h"

namespace weft::conformance {
namespace {

/// The name without its last part; of "align/misaligned-rmw-add" without two, and of a litmus test its shape alone.
std::string stem(std::string_view name) {
  constexpr std::string_view kLitmus = "litmus/";
  if (name.starts_with(kLitmus)) {
    const bool has_number = std::isdigit(static_cast<unsigned char>(name[kLitmus.size()])) != 0;  // "2-2w"
    return std::string(name.substr(0, name.find('-', kLitmus.size() + (has_number ? 2 : 0))));
  }
  name = name.substr(0, name.rfind('-'));
  if (name.ends_with("-rmw")) name.remove_suffix(4);
  return std::string(name);
}

/// A list of tests, short: those of one table, one file for each family of instructions, are one
/// item, and so are the litmus tests of one shape.
std::string list(const std::vector<std::string>& names) {
  std::map<std::string, size_t> families;
  for (const std::string& name : names) ++families[stem(name)];
  std::vector<std::string> items;
  for (const std::string& name : names) {
    const size_t count = families[stem(name)];
    std::string item = count < 4 ? name : fmt::format("{}-… ({})", stem(name), count);
    if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(std::move(item));
  }
  return fmt::format("{}", fmt::join(items, ", "));
}

std::string places(const std::vector<DescribedTest>& tests) {
  std::string text = "| anchor | files | tests |\n|---|---|---|\n";
  for (const Anchor& anchor : anchors(tests)) {
    std::string shown = list(anchor.tests);
    if (!anchor.reason.empty()) shown += fmt::format("{}*{}*", shown.empty() ? "" : "; ", anchor.reason);
    text += fmt::format("| `{}` | {} | {} |\n", anchor.name, anchor.tests.size(), shown);
  }
  return text;
}

/// The letters stand for reasons, in the order in which they come up.
std::string instructions(const std::vector<DescribedTest>& tests) {
  std::string text = "| |", line = "|---|";
  for (const Property& property : properties()) text += fmt::format(" {} |", property.name), line += "---|";
  text += "\n" + line + "\n";
  std::vector<std::string_view> reasons;
  for (const MatrixRow& row : matrix(tests)) {
    text += fmt::format("| `{}` |", row.instruction);
    for (const Cell& cell : row.cells) {
      if (cell.files == 0 && std::find(reasons.begin(), reasons.end(), cell.reason) == reasons.end())
        reasons.push_back(cell.reason);
      const auto at = std::find(reasons.begin(), reasons.end(), cell.reason) - reasons.begin();
      text += cell.files != 0 ? fmt::format(" {} |", cell.files) : fmt::format(" {} |", static_cast<char>('a' + at));
    }
    text += "\n";
  }
  text += "\n";
  for (size_t i = 0; i < reasons.size(); ++i)
    text += fmt::format("- {}: {}\n", static_cast<char>('a' + i), reasons[i].empty() ? "**missing**" : reasons[i]);
  return text;
}

std::string bugs(const std::vector<DescribedTest>& tests) {
  std::string text = "| what went wrong | where | tests |\n|---|---|---|\n";
  for (const BugClass& each : bug_classes(tests)) {
    std::string shown = list(each.tests);
    if (!each.room.empty()) shown += fmt::format("{}*{}*", shown.empty() ? "" : "; ", each.room);
    text += fmt::format("| {} | {} | {} |\n", each.title, fmt::join(each.references, ", "), shown);
  }
  return text;
}

}  // namespace

std::vector<std::string> coverage_faults(const std::vector<DescribedTest>& tests) {
  std::vector<std::string> faults = matrix_faults(matrix(tests));
  for (auto& more : {bug_class_faults(tests), anchor_faults(tests)})
    faults.insert(faults.end(), more.begin(), more.end());
  return faults;
}

std::string coverage_page(const std::vector<DescribedTest>& tests) {
  std::string patterns;
  for (const Property& property : properties()) patterns += fmt::format("- {}: `{}`\n", property.name, property.files);
  return fmt::format(
      "# What the tests cover\n\n"
      "Written by `weft list tests --coverage`; a test keeps it up to date. {} tests.\n\n"
      "## Bugs of real runtimes\n\n"
      "A test is of a class if its front matter names one of the references. In italics: who shows what no script "
      "can, by its place in the sources.\n\n"
      "{}\n"
      "## Instructions\n\n"
      "How many files of a property mention an instruction of which it is asked; a letter says why there need be "
      "none.\n\n{}\n"
      "The files of each property:\n\n{}\n"
      "## Places in the specification\n\n"
      "Tests that name the place in their front matter, or are of it too. In italics: why none names it.\n\n{}",
      tests.size(), bugs(tests), instructions(tests), patterns, places(tests));
}

}  // namespace weft::conformance
