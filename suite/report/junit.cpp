// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "suite/report/report.h"

namespace weft::report {
namespace {

/// Text as XML 1.0 takes it: characters that it has none for are replaced.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\n': result += "&#10;"; break;
      default: result += static_cast<unsigned char>(c) < 0x20 && c != '\t' ? '?' : c;
    }
  }
  return result;
}

std::string messages(const TestResult& result) {
  std::string text;
  for (const auto& failure : result.failures)
    text += fmt::format("{}{}{}", text.empty() ? "" : "\n",
                        failure.line == 0 ? "" : fmt::format("line {}: ", failure.line), failure.message);
  return text;
}

std::string test_case(const TestResult& result) {
  std::string inner;
  switch (result.outcome) {
    case Outcome::pass: break;
    case Outcome::unsupported: inner = fmt::format("<skipped message=\"{}\"/>", escaped(result.reason)); break;
    case Outcome::expected_fail:
      inner = fmt::format("<skipped message=\"fails as expected: {}\"/>", escaped(result.failures.at(0).expected));
      break;
    case Outcome::unexpected_pass:
      inner = fmt::format("<failure message=\"passes unexpectedly: {}\"/>", escaped(result.reason));
      break;
    case Outcome::fail: {
      const std::string text = escaped(messages(result));
      inner = fmt::format("<failure type=\"{}\" message=\"{}\"/>", to_string(result.failures.at(0).how), text);
      break;
    }
  }
  const double seconds = static_cast<double>(result.took.count()) / 1000;
  return fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">{}</testcase>\n",
                     escaped(result.runtime), escaped(result.test), seconds, inner);
}

}  // namespace

std::string to_junit(const Report& report) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const TestedRuntime& runtime : report.runtimes) {
    const Counts count = counts(report, runtime.name);
    const auto of = [&count](Outcome outcome) { return count[static_cast<size_t>(outcome)]; };
    size_t all = 0;
    for (const size_t one : count) all += one;
    xml += fmt::format("  <testsuite name=\"{} {}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
                       escaped(runtime.name), escaped(runtime.version), all,
                       of(Outcome::fail) + of(Outcome::unexpected_pass),
                       of(Outcome::unsupported) + of(Outcome::expected_fail));
    for (const TestResult& result : report.results) {
      if (result.runtime == runtime.name) xml += test_case(result);
    }
    xml += "  </testsuite>\n";
  }
  return xml + "</testsuites>\n";
}

}  // namespace weft::report
