// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "suite/report/report.h"

namespace weft::report {
namespace {

using Json = nlohmann::ordered_json;
using runtimes::Failure;
using runtimes::LeftOut;
using runtimes::Warning;

constexpr int kVersion = 1;

Json describe(const Failure& failure) {
  Json json{{"how", to_string(failure.how)}};
  if (failure.line != 0) json["line"] = failure.line;
  json["message"] = failure.message;
  if (!failure.expected.empty()) json["expected"] = failure.expected;
  return json;
}

Json describe(const TestResult& result) {
  Json json{{"runtime", result.runtime}, {"test", result.test}, {"outcome", to_string(result.outcome)}};
  if (!result.form.empty()) json["form"] = result.form;
  if (!result.reason.empty()) json["reason"] = result.reason;
  json["runs"] = result.runs;
  json["milliseconds"] = result.took.count();
  for (const Failure& failure : result.failures) json["failures"].push_back(describe(failure));
  for (const LeftOut& one : result.left_out) json["left_out"].push_back({{"line", one.line}, {"reason", one.reason}});
  for (const Warning& one : result.warnings) json["warnings"].push_back({{"line", one.line}, {"message", one.message}});
  return json;
}

/// The enumerator whose name this is.
template <class Enum, size_t N>
Enum from_name(const std::array<Enum, N>& all, const std::string& name) {
  for (const Enum one : all) {
    if (to_string(one) == name) return one;
  }
  throw std::invalid_argument("there is no '" + name + "'");
}

TestResult result(const Json& json) {
  static constexpr std::array kHows{Failure::How::wrong, Failure::How::crash, Failure::How::timeout,
                                    Failure::How::flood};
  TestResult result;
  result.runtime = json.at("runtime"), result.test = json.at("test");
  result.outcome = from_name(runtimes::kOutcomes, json.at("outcome"));
  result.form = json.value("form", ""), result.reason = json.value("reason", "");
  result.runs = json.at("runs");
  result.took = std::chrono::milliseconds(json.at("milliseconds").get<int64_t>());
  for (const Json& one : json.value("failures", Json::array()))
    result.failures.push_back(
        {from_name(kHows, one.at("how")), one.value("line", 0U), one.at("message"), one.value("expected", "")});
  for (const Json& one : json.value("left_out", Json::array()))
    result.left_out.push_back({one.at("line"), one.at("reason")});
  for (const Json& one : json.value("warnings", Json::array()))
    result.warnings.push_back({one.at("line"), one.at("message")});
  return result;
}

}  // namespace

std::string to_json(const Report& report) {
  const auto text = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
  Json runtimes = Json::array();
  for (const TestedRuntime& one : report.runtimes)
    runtimes.push_back({{"name", one.name}, {"title", one.title}, {"version", one.version}});
  std::string json = "{\"version\":" + std::to_string(kVersion) + ",\"weft\":" + text(report.weft) +
                     ",\"system\":" + text(report.system) + ",\"runtimes\":" + text(runtimes) + ",\"results\":[\n";
  for (const TestResult& one : report.results)
    json += text(describe(one)) + (&one == &report.results.back() ? "\n" : ",\n");
  return json + "]}\n";
}

Result<Report> from_json(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("version") != kVersion) return Error{ErrorKind::malformed, "a report of another version", {}};
    Report report{json.at("weft"), json.at("system"), {}, {}};
    for (const Json& one : json.at("runtimes"))
      report.runtimes.push_back({one.at("name"), one.at("title"), one.at("version")});
    for (const Json& one : json.at("results")) report.results.push_back(result(one));
    return report;
  } catch (const Json::exception& error) {
    return Error{ErrorKind::malformed, std::string("not a report: ") + error.what(), {}};
  } catch (const std::invalid_argument& error) {
    return Error{ErrorKind::malformed, std::string("not a report: ") + error.what(), {}};
  }
}

}  // namespace weft::report
