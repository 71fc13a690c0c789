// SPDX-License-Identifier: Apache-2.0
//
// The report as a page, for the commands that write it.
#pragma once

#include <string>

#include "suite/report/html.h"

namespace weft::cli {

/// The page, with the sources of the tests that it tells of, of our own suite, and what draws its plots, of
/// tools/node_modules; what is not there is left out, and the page says so. Error: malformed, when it is given figures
/// that are none.
Result<std::string> make_page(report::Page page);

}  // namespace weft::cli
