// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "suite/conformance/suite_test.h"
#include "suite/runtimes/manifest.h"

namespace weft::cli {

/// Where a file of a lowered test goes; its name is below the folder of the form.
using KeepFile =
    std::function<Result<Ok>(runtimes::Form, const std::string& name, const std::vector<uint8_t>& contents)>;

/// Lowers a test to each form and gives its files away. Errors: malformed; what `keep` failed with.
Result<runtimes::ExportedTest> export_test(const conformance::SuiteTest& test, const std::string& text,
                                           const std::vector<runtimes::Form>& forms, const KeepFile& keep);

}  // namespace weft::cli
