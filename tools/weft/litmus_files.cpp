// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/litmus_files.h"

#include <fmt/format.h>

#include <filesystem>

#include "suite/conformance/front_matter.h"
#include "suite/conformance/suite_test.h"
#include "tools/weft/module_file.h"

namespace weft::cli {

void LitmusFiles::add(const std::string& path, const Visit& visit) {
  std::error_code none;
  std::filesystem::is_directory(path, none) ? add_folder(path, visit) : add_file(path, visit);
}

void LitmusFiles::add_folder(const std::string& path, const Visit& visit) try {
  bool any = false;
  for (const conformance::SuiteTest& test : conformance::tests_below(path, false)) {
    const auto text = test.text();
    if (!text) {
      wrong(test.path, text.error());
      continue;
    }
    const auto front = conformance::parse_front_matter(*text);
    if (!front || front->litmus.empty()) continue;
    any = true;
    add_file(test.path, visit);
  }
  if (!any) wrong(path, Error{ErrorKind::host, "no litmus test is in this folder", {}});
} catch (const std::filesystem::filesystem_error& error) {
  wrong(path, Error{ErrorKind::host, error.code().message(), {}});
}

void LitmusFiles::add_file(const std::string& path, const Visit& visit) {
  const auto bytes = read_file(path);
  if (!bytes) return wrong(path, bytes.error());
  const auto tests = model::parse_litmus_file({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!tests) return wrong(path, tests.error());
  for (const model::NamedLitmus& test : *tests) {
    if (name_ && *name_ != test.name) continue;
    found_ = true;
    const std::string where = tests->size() == 1 ? path : fmt::format("{}: {}", path, test.name);
    test.test ? visit(where, *test.test) : wrong(where, test.test.error());
  }
}

void LitmusFiles::wrong(const std::string& where, const Error& error) {
  const bool is_position = !error.where.empty() && error.where.find_first_not_of("0123456789:") == std::string::npos;
  const std::string place = error.where.empty() ? "" : (is_position ? ":" : ": ") + error.where;
  line_.error(fmt::format("{}{}: {}", where, place, error.message));
  status_ = kEnvironment;
}

int LitmusFiles::finish() {
  if (name_ && !found_) {
    line_.error(fmt::format("no test is named '{}'", *name_));
    status_ = kEnvironment;
  }
  return status_;
}

}  // namespace weft::cli
