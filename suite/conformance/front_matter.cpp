// SPDX-License-Identifier: Apache-2.0
#include "suite/conformance/front_matter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

namespace weft::conformance {
namespace {

constexpr size_t kValueColumn = 13;  // behind ";; features: "

uint32_t number(const std::string& digits) { return static_cast<uint32_t>(std::stoul(digits)); }

AllowedExit allowed_exit(std::string_view value) {
  AllowedExit exit;
  for (const std::string& word : split(value, " ")) {
    if (word == "trap") {
      exit.trap = true;
    } else {
      exit.statuses.push_back(static_cast<uint8_t>(number(word)));
    }
  }
  return exit;
}

std::chrono::milliseconds duration(const std::string& value) {
  return std::chrono::milliseconds(number(value) * (value.ends_with("ms") ? 1 : 1000));
}

struct Key {
  std::string_view name;
  std::regex pattern;                  ///< of the value; what it lets through can be stored
  enum { once, optional, any } times;  ///< how often it may stand there
  void (*store)(FrontMatter&, const std::string& value);
};

const std::array<Key, 12>& keys() {
  static const std::array<Key, 12> keys{{
      {"title", std::regex(".*[^. ]"), Key::once,
       [](FrontMatter& all, const std::string& value) { all.title = value; }},
      {"spec", std::regex("((exec|valid|match|binary|text|relaxed|js)-[A-Za-z0-9._-]+|script|wasi|wasi-threads)"),
       Key::once, [](FrontMatter& all, const std::string& value) { all.spec = value; }},
      {"features", std::regex("threads( [a-z0-9-]+)*"), Key::once,
       [](FrontMatter& all, const std::string& value) { all.features = split(value, " "); }},
      {"threads", std::regex("[1-9][0-9]{0,3}"), Key::once,
       [](FrontMatter& all, const std::string& value) { all.threads = number(value); }},
      {"needs", std::regex("wait( timeout)?( litmus)?|litmus"), Key::optional,
       [](FrontMatter& all, const std::string& value) { all.needs = split(value, " "); }},
      {"exit", std::regex("(trap|1?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])( (trap|1?[0-9]?[0-9]|2[0-4][0-9]|25[0-5]))*"),
       Key::optional, [](FrontMatter& all, const std::string& value) { all.exit = allowed_exit(value); }},
      {"min-time", std::regex("[1-9][0-9]{0,4}m?s"), Key::optional,
       [](FrontMatter& all, const std::string& value) { all.min_time = duration(value); }},
      {"why", std::regex("[A-Za-z0-9-]+ #[0-9]+(, [A-Za-z0-9-]+ #[0-9]+)*"), Key::optional,
       [](FrontMatter& all, const std::string& value) { all.why = split(value, ", "); }},
      {"litmus", std::regex("[^ ]+"), Key::optional,
       [](FrontMatter& all, const std::string& value) { all.litmus = value; }},
      {"outcome", std::regex(R"(([0-9]{1,2}|M):\w+\??(/[0-9]{1,2})?( ([0-9]{1,2}|M):\w+\??(/[0-9]{1,2})?)*)"),
       Key::optional, [](FrontMatter& all, const std::string& value) { all.outcome = split(value, " "); }},
      {"growfail", std::regex("true"), Key::optional,
       [](FrontMatter& all, const std::string&) { all.grow_may_fail = true; }},
      {"allowed", std::regex(R"([^ =]+=[^ =]+( (\| )?[^ =]+=[^ =]+)*)"), Key::any,
       [](FrontMatter& all, const std::string& value) {
         for (std::string& outcome : split(value, " | ")) all.allowed.push_back(std::move(outcome));
       }},
  }};
  return keys;
}

Error malformed(size_t line, std::string message) {
  return {.kind = ErrorKind::malformed, .message = std::move(message), .where = fmt::format("{}:1", line)};
}

}  // namespace

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (size_t end; (end = text.find(separator)) != std::string_view::npos; text.remove_prefix(end + separator.size()))
    parts.emplace_back(text.substr(0, end));
  parts.emplace_back(text);
  return parts;
}

Result<FrontMatter> parse_front_matter(std::string_view text) {
  FrontMatter all;
  size_t at = 1;
  const std::string_view marker = text.starts_with("//") ? "//" : ";;";  // JavaScript, or WebAssembly
  const auto line = [&text] { return std::string(text.substr(0, text.find('\n'))); };
  for (size_t index = 0; index < keys().size();) {
    const Key& key = keys()[index];
    const std::string here = line();
    const std::string start = fmt::format("{} {}:", marker, key.name);
    if (!here.starts_with(start)) {
      ++index;
      if (key.times != Key::once) continue;
      return malformed(at, fmt::format("no {} where it should be: {}", key.name, here));
    }
    const size_t first = here.find_first_not_of(' ', start.size());
    if (first != kValueColumn)
      return malformed(at, fmt::format("the value does not begin in column {}: {}", kValueColumn + 1, here));
    const std::string value = here.substr(first);
    if (!std::regex_match(value, key.pattern)) return malformed(at, fmt::format("not a good {}: {}", key.name, value));
    key.store(all, value);
    if (key.times != Key::any) ++index;
    text.remove_prefix(std::min(text.size(), here.size() + 1));
    ++at;
  }
  if (const std::string here = line(); !here.empty() || text.empty())
    return malformed(at, fmt::format("no empty line behind the front matter: {}", here));
  return all;
}

}  // namespace weft::conformance
