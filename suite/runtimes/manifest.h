// SPDX-License-Identifier: Apache-2.0
//
// What a folder with the exported suite says about itself, so that a runtime can be tested by nothing but a program
// that reads JSON and starts processes. The schema is tools/schemas/manifest.json.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "suite/conformance/front_matter.h"
#include "suite/runtimes/lowering.h"

namespace weft::runtimes {

/// A test in some forms, or why it is not in one of them.
struct ExportedTest {
  std::string name;
  conformance::FrontMatter front;
  std::vector<std::pair<Form, Result<Lowering>>> forms;
};

/// The manifest of these tests as JSON text, one test a line. `version` is that of the program that wrote it.
std::string manifest(const std::vector<ExportedTest>& tests, const std::string& version);

}  // namespace weft::runtimes
