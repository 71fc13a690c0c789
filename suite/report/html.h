// SPDX-License-Identifier: Apache-2.0
//
// Reports as a page: one HTML file that needs nothing beside it. What it shows, and how, is in suite/report/page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "suite/report/report.h"

namespace weft::report {

/// A test as the page shows it.
struct PageTest {
  std::string name, path, source;
};

/// What the page is about; what is not there has no view. A value: copies are independent, and it is no more
/// thread-safe than they.
struct Page {
  std::optional<Report> report;
  std::optional<Report> old;        ///< what `report` is compared with
  std::vector<PageTest> tests;      ///< of which `report` may have results, or which are litmus tests
  std::string bench;                ///< what `weft bench --report json=` writes; or empty
  std::vector<std::string> litmus;  ///< lines that `weft litmus --json` prints
  std::vector<std::string> plots;   ///< scripts, d3 and Observable Plot; without, the figures are tables only
};

/// Error: malformed, when `bench` or `litmus` are no JSON of that kind.
Result<std::string> to_html(const Page& page);

}  // namespace weft::report
