// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/manifest.h"

#include <nlohmann/json.hpp>

namespace weft::runtimes {
namespace {

using Json = nlohmann::ordered_json;

Json describe(const Run& run) {
  Json json{{"file", run.file}};
  if (!run.invoke.empty()) json["invoke"] = run.invoke;
  json["expect"] = to_string(run.expect);
  if (run.expect == Expect::exits) json["statuses"] = run.exit.statuses, json["or_trap"] = run.exit.trap;
  if (!run.lines.empty()) json["lines"] = run.lines;
  if (!run.features.empty()) json["features"] = run.features;
  return json;
}

Json describe(const Result<Lowering>& lowering) {
  if (!lowering) return {{"reason", lowering.error().message}};
  Json json{{"runs", Json::array()}};
  for (const Run& run : lowering->runs) json["runs"].push_back(describe(run));
  if (!lowering->left_out.empty()) json["left_out"] = Json::array();
  for (const LeftOut& one : lowering->left_out)
    json["left_out"].push_back({{"line", one.line}, {"reason", one.reason}});
  return json;
}

Json describe(const ExportedTest& test) {
  Json json{{"name", test.name}};
  if (!test.front.title.empty()) json["title"] = test.front.title;
  if (!test.front.spec.empty()) json["spec"] = test.front.spec;
  json["features"] = test.front.features;
  json["threads"] = test.front.threads;
  json["needs"] = test.front.needs;
  if (test.front.min_time) json["min_milliseconds"] = test.front.min_time->count();
  json["forms"] = Json::object();
  for (const auto& [form, lowering] : test.forms) json["forms"][std::string(to_string(form))] = describe(lowering);
  return json;
}

}  // namespace

std::string manifest(const std::vector<ExportedTest>& tests, const std::string& version) {
  const auto text = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
  std::string result = "{\"version\":1,\"weft\":" + text(version) + ",\"tests\":[\n";
  for (const ExportedTest& test : tests) result += text(describe(test)) + (&test == &tests.back() ? "\n" : ",\n");
  return result + "]}\n";
}

}  // namespace weft::runtimes
