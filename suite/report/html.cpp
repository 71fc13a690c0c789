// SPDX-License-Identifier: Apache-2.0
#include "suite/report/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "suite/report/page.h"

namespace weft::report {
namespace {

using Json = nlohmann::ordered_json;

/// The page's modules, each behind those that it imports.
constexpr std::array<std::string_view, 11> kModules{"dom.mjs",    "spec.mjs",    "data.mjs",    "plots.mjs",
                                                    "suite.mjs",  "tests.mjs",   "details.mjs", "kernels.mjs",
                                                    "litmus.mjs", "changes.mjs", "main.mjs"};

/// The modules as one, without the lines that import, and the word `export`: a page that was opened from a file cannot
/// import others.
std::string script() {
  constexpr std::string_view kImport = "import ", kExport = "export ";
  std::string result;
  for (const std::string_view name : kModules) {
    std::string_view rest = page_file(name);
    while (!rest.empty()) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.starts_with(kImport)) continue;
      if (line.starts_with(kExport)) line.remove_prefix(kExport.size());
      result.append(line).append("\n");
    }
  }
  return result;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      default: result += c;
    }
  }
  return result;
}

/// Only in a library from elsewhere can it be; in a script `<\/` is the same.
std::string inside_script(std::string text) {
  for (size_t at = 0; (at = text.find("</", at)) != std::string::npos; ++at) text.insert(at + 1, "\\");
  return text;
}

/// What `weft bench` wrote. Throws std::invalid_argument.
Json figures(const std::string& text) {
  constexpr int kVersion = 3;
  try {
    Json json = Json::parse(text);
    if (json.at("version") != kVersion) throw std::invalid_argument("the figures of kernels: of another version");
    if (json.at("runs").is_number() && json.at("rows").is_array()) return json;
    throw std::invalid_argument("the figures of kernels: no 'runs' and 'rows'");
  } catch (const Json::exception& error) {
    throw std::invalid_argument(fmt::format("the figures of kernels: {}", error.what()));
  }
}

/// A line that `weft litmus` printed. Throws std::invalid_argument.
Json histogram(const std::string& line) {
  try {
    Json json = Json::parse(line);
    if (json.at("name").is_string() && (json.contains("skipped") || json.at("outcomes").is_array())) return json;
    throw std::invalid_argument("the histograms of litmus tests: no 'name' and 'outcomes'");
  } catch (const Json::exception& error) {
    throw std::invalid_argument(fmt::format("the histograms of litmus tests: {}", error.what()));
  }
}

/// What the page's data.mjs reads.
Json data(const Page& page) {
  Json json = Json::object();
  if (page.report) json["report"] = Json::parse(to_json(*page.report));
  if (page.old) json["old"] = Json::parse(to_json(*page.old));
  for (const PageTest& test : page.tests)
    json["tests"].push_back({{"name", test.name}, {"path", test.path}, {"source", test.source}});
  if (!page.bench.empty()) json["bench"] = figures(page.bench);
  for (const std::string& line : page.litmus) json["litmus"].push_back(histogram(line));
  return json;
}

}  // namespace

Result<std::string> to_html(const Page& page) {
  Packed packed;
  try {
    packed = pack(data(page).dump(-1, ' ', false, Json::error_handler_t::replace));
  } catch (const std::invalid_argument& error) {
    return Error{ErrorKind::malformed, error.what(), {}};
  }
  std::string plots;
  for (const std::string& one : page.plots) plots += fmt::format("<script>\n{}\n</script>\n", inside_script(one));

  // Each place in the skeleton once, from the front, so that nothing that is put in is taken for a place.
  std::string_view rest = page_file("index.html");
  std::string html;
  const auto put = [&](std::string_view place, std::string_view text) {
    const size_t at = rest.find(place);
    html.append(rest.substr(0, at)).append(text);
    rest.remove_prefix(at + place.size());
  };
  put("{{page.css}}", std::string(page_file("common.css")).append(page_file("page.css")));
  put("{{summary}}", page.report ? escaped(table(*page.report)) : "");
  put("{{encoding}}", packed.encoding);
  put("{{data}}", packed.text);
  put("{{plots}}", plots);
  put("{{page.mjs}}", script());
  return html.append(rest);
}

}  // namespace weft::report
