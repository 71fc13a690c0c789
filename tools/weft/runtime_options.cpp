// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/runtime_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "suite/conformance/front_matter.h"
#include "tools/weft/runtimes.h"

namespace weft::cli {
namespace {

/// The words of options that take several with commas between.
std::vector<std::string> words(const std::vector<std::string>& values) {
  std::vector<std::string> result;
  for (const std::string& value : values) {
    for (std::string& word : conformance::split(value, ",")) result.push_back(std::move(word));
  }
  return result;
}

std::string not_here(const runtimes::Adapter& adapter) {
  std::string text = fmt::format("{} is not here", adapter.name);
  if (!adapter.path.empty()) text += fmt::format(": PATH has no {}", fmt::join(adapter.path, " or "));
  if (!adapter.variable.empty()) text += fmt::format("; {} can name the program", adapter.variable);
  return text;
}

}  // namespace

std::string RuntimeOptions::given() const {
  if (!adapters.empty()) return "--adapter";
  if (!forms.empty()) return "--form";
  if (!reports.empty()) return "--report";
  if (save_failed) return "--save-failed";
  return rerun_failed ? "--rerun-failed" : "";
}

std::vector<runtimes::Runtime> find_runtimes(const CommandLine& line, const RuntimeOptions& options) {
  const auto adapters = read_adapters(options.adapters);
  if (!adapters) {
    line.error(fmt::format("{}: {}", adapters.error().where, adapters.error().message));
    throw Stop{kEnvironment};
  }
  std::vector<std::string> names;
  for (const auto& adapter : *adapters) names.push_back(adapter.name);
  std::vector<runtimes::Runtime> result;
  for (const std::string& name : words(options.runtimes)) {
    const bool all = name == "all";
    bool is_known = all;
    for (const auto& adapter : *adapters) {
      if (!all && adapter.name != name) continue;
      is_known = true;
      auto runtime = find_runtime(adapter);
      if (runtime) result.push_back(std::move(*runtime));
      if (runtime || all) continue;
      line.error(not_here(adapter));
      throw Stop{kEnvironment};
    }
    if (!is_known)
      throw Stop{line.usage_error(fmt::format("--runtime: there is no '{}'{}", name, suggestion(name, names)))};
  }
  return result;
}

std::vector<runtimes::Form> find_forms(const CommandLine& line, const std::vector<std::string>& names) {
  std::vector<runtimes::Form> result;
  std::vector<std::string> known;
  known.reserve(runtimes::kForms.size());
  for (const auto form : runtimes::kForms) known.emplace_back(to_string(form));
  for (const std::string& name : names.empty() ? known : words(names)) {
    const auto form = runtimes::form_from(name);
    if (!form)
      throw Stop{line.usage_error(
          fmt::format("--form: wants {}, not '{}'{}", fmt::join(known, ", "), name, suggestion(name, known)))};
    result.push_back(*form);
  }
  return result;
}

std::map<std::string, std::string> report_files(const CommandLine& line, const RuntimeOptions& options) {
  std::map<std::string, std::string> files;
  for (const std::string& word : words(options.reports)) {
    const size_t equals = word.find('=');
    const std::string kind = word.substr(0, equals);
    if ((kind != "html" && kind != "json" && kind != "junit") || equals == std::string::npos ||
        equals + 1 == word.size())
      throw Stop{line.usage_error(fmt::format("--report: wants html=FILE, json=FILE or junit=FILE, not '{}'", word))};
    files[kind] = word.substr(equals + 1);
  }
  return files;
}

}  // namespace weft::cli
