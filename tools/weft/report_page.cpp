// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/report_page.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

namespace fs = std::filesystem;

const fs::path kSources = WEFT_SOURCES;

/// All tests of our suite that the page has results of, or histograms: those of a litmus test do not name its file.
std::vector<report::PageTest> find_sources(const report::Page& page) {
  std::set<std::string> wanted;
  if (page.report) {
    for (const report::TestResult& one : page.report->results) wanted.insert(one.test);
  }
  std::vector<report::PageTest> found;
  const auto tests = find_tests({});
  if (!tests) return found;
  for (const conformance::SuiteTest& test : *tests) {
    const bool is_wanted = wanted.contains(test.name) || (!page.litmus.empty() && test.name.starts_with("litmus/"));
    if (!is_wanted) continue;
    if (const auto text = test.text())
      found.push_back({test.name, fs::relative(test.path, kSources).generic_string(), *text});
  }
  return found;
}

/// Observable Plot, and d3 that it needs; all or nothing.
std::vector<std::string> find_plots() {
  constexpr std::array kScripts{"d3/dist/d3.min.js", "@observablehq/plot/dist/plot.umd.min.js"};
  std::vector<std::string> scripts;
  for (const char* const script : kScripts) {
    std::ifstream in(kSources / "tools/node_modules" / script, std::ios::binary);
    if (!in) return {};
    scripts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return scripts;
}

}  // namespace

Result<std::string> make_page(report::Page page) {
  page.tests = find_sources(page);
  if (!page.bench.empty() || !page.litmus.empty()) page.plots = find_plots();
  return to_html(page);
}

}  // namespace weft::cli
