// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/report_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "tools/weft/module_file.h"

namespace weft::cli {

Result<std::string> read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{ErrorKind::host, fmt::format("{}: {}", path, std::generic_category().message(errno)), {}};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<report::Report> read_report(const std::string& path) {
  const auto text = read_text(path);
  if (!text) return text.error();
  auto report = report::from_json(*text);
  if (!report) return Error{ErrorKind::malformed, fmt::format("{}: {}", path, report.error().message), {}};
  return report;
}

Result<Ok> write_text(const std::string& path, const std::string& text) {
  if (write_file(path, {text.begin(), text.end()})) return Ok{};
  return Error{ErrorKind::host, fmt::format("{}: {}", path, std::generic_category().message(errno)), {}};
}

}  // namespace weft::cli
