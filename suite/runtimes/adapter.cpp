// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/adapter.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace weft::runtimes {
namespace {

using Json = nlohmann::json;

/// What is wrong in the file, told where it is found.
struct Mistake {
  std::string message;
};

const Json& member(const Json& object, const std::string& key) {
  if (!object.contains(key)) throw Mistake{fmt::format("'{}' is missing", key)};
  return object.at(key);
}

/// Every key is known: a mistyped one would silently mean nothing.
void check_keys(const Json& object, const std::string& what, std::initializer_list<std::string_view> known) {
  if (!object.is_object()) throw Mistake{fmt::format("{} is no object", what)};
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw Mistake{fmt::format("{} has no '{}'", what, key)};
  }
}

std::string text(const Json& object, const std::string& key, const std::string& otherwise = "") {
  return object.contains(key) ? object.at(key).get<std::string>() : otherwise;
}

std::vector<std::string> texts(const Json& object, const std::string& key) {
  return object.contains(key) ? object.at(key).get<std::vector<std::string>>() : std::vector<std::string>{};
}

Pattern pattern(const Json& object, const std::string& key) {
  auto compiled = Pattern::compile(text(object, key));
  if (!compiled) throw Mistake{fmt::format("'{}': {}", key, compiled.error().message)};
  return *compiled;
}

std::vector<Command> commands(const Json& object, const std::string& key) {
  if (!object.contains(key)) return {};
  auto result = object.at(key).get<std::vector<Command>>();
  for (const Command& command : result) {
    if (command.empty()) throw Mistake{fmt::format("'{}' has an empty command", key)};
  }
  return result;
}

Mode mode(const Json& json) {
  check_keys(json, "a mode",
             {"form", "commands", "driver", "load", "result", "failure", "skip", "warning", "passed", "place",
              "refusal", "options"});
  const auto name = member(json, "form").get<std::string>();
  const auto form = form_from(name);
  if (!form) throw Mistake{fmt::format("there is no form '{}'", name)};
  Mode mode;
  mode.form = *form;
  mode.commands = commands(json, "commands");
  mode.load = commands(json, "load");
  if (mode.commands.empty()) throw Mistake{fmt::format("the form '{}' has no commands", name)};
  mode.driver = texts(json, "driver");
  if (!mode.driver.empty() && mode.commands.size() != 1)
    throw Mistake{fmt::format("the form '{}' has a driver, and not one command to ask it", name)};
  mode.result = pattern(json, "result");
  mode.failure = pattern(json, "failure");
  mode.skip = pattern(json, "skip");
  mode.warning = pattern(json, "warning");
  mode.passed = pattern(json, "passed");
  mode.place = pattern(json, "place");
  mode.refusal = pattern(json, "refusal");
  if (json.contains("options")) mode.options = json.at("options").get<decltype(mode.options)>();
  return mode;
}

KernelMode kernel_mode(const Json& json) {
  check_keys(json, "an entry of 'kernels'", {"forms", "command"});
  KernelMode result{member(json, "forms").get<std::vector<std::string>>(), member(json, "command").get<Command>()};
  if (result.forms.empty()) throw Mistake{"an entry of 'kernels' has no forms"};
  if (result.command.empty()) throw Mistake{"an entry of 'kernels' has an empty command"};
  return result;
}

Expectation expectation(const Json& json) {
  check_keys(json, "an expectation", {"tests", "lines", "reason", "link", "sometimes"});
  Expectation result{.tests = member(json, "tests").get<std::string>(),
                     .lines = {},
                     .reason = member(json, "reason").get<std::string>(),
                     .link = text(json, "link")};
  if (json.contains("lines")) result.lines = json.at("lines").get<std::vector<uint32_t>>();
  if (json.contains("sometimes")) result.is_sometimes = json.at("sometimes").get<bool>();
  return result;
}

Exclusion exclusion(const Json& json) {
  check_keys(json, "an entry of 'leave_out'", {"tests", "reason", "link"});
  return {member(json, "tests").get<std::string>(), member(json, "reason").get<std::string>(), text(json, "link")};
}

Adapter adapter(const Json& json, std::string name) {
  check_keys(json, "an adapter",
             {"title", "find", "version", "version_pattern", "environment", "modes", "kernels", "trap", "rejected",
              "accepted", "lacks", "leave_out", "expect"});
  Adapter result;
  result.name = std::move(name);
  result.title = member(json, "title").get<std::string>();
  const Json& find = member(json, "find");
  check_keys(find, "'find'", {"variable", "npm", "path", "by_node"});
  result.variable = text(find, "variable");
  result.npm = texts(find, "npm");
  result.path = texts(find, "path");
  result.by_node = find.value("by_node", false);
  if (json.contains("version")) result.version = json.at("version").get<Command>();
  if (result.version.empty()) throw Mistake{"'version' is an empty command"};
  result.version_pattern = pattern(json, "version_pattern");
  result.environment = texts(json, "environment");
  for (const Json& one : member(json, "modes")) result.modes.push_back(mode(one));
  if (result.modes.empty()) throw Mistake{"'modes' is empty"};
  for (const Json& one : json.value("kernels", Json::array())) result.kernels.push_back(kernel_mode(one));
  result.trap = pattern(json, "trap");
  result.rejected = pattern(json, "rejected");
  result.accepted = pattern(json, "accepted");
  if (json.contains("lacks")) result.lacks = json.at("lacks").get<decltype(result.lacks)>();
  for (const Json& one : json.value("leave_out", Json::array())) result.leave_out.push_back(exclusion(one));
  for (const Json& one : json.value("expect", Json::array())) result.expect.push_back(expectation(one));
  return result;
}

/// Calls `use` with each line, and up to 1000 bytes of it, until it says that it is enough.
template <class Use>
void for_each_line(std::string_view output, Use use) {
  constexpr size_t kLongest = 1000;  // std::regex recurses with the length
  for (size_t begin = 0; begin < output.size();) {
    const size_t end = std::min(output.find('\n', begin), output.size());
    if (use(std::string(output.substr(begin, std::min(end - begin, kLongest))))) return;
    begin = end + 1;
  }
}

std::vector<std::string> groups(const std::smatch& match) { return {match.begin(), match.end()}; }

}  // namespace

Result<Pattern> Pattern::compile(const std::string& text) {
  Pattern pattern;
  try {
    pattern.text_ = text;
    pattern.regex_ = std::regex(text);
  } catch (const std::regex_error& error) {
    return Error{ErrorKind::host, fmt::format("no regular expression: {}", error.what()), {}};
  }
  return pattern;
}

std::optional<std::vector<std::string>> Pattern::find(std::string_view output) const {
  std::optional<std::vector<std::string>> found;
  if (is_empty()) return found;
  for_each_line(output, [&](const std::string& line) {
    std::smatch match;
    if (std::regex_search(line, match, regex_)) found = groups(match);
    return found.has_value();
  });
  return found;
}

std::vector<std::vector<std::string>> Pattern::find_all(std::string_view output) const {
  std::vector<std::vector<std::string>> found;
  if (is_empty()) return found;
  for_each_line(output, [&](const std::string& line) {
    std::smatch match;
    if (std::regex_search(line, match, regex_)) found.push_back(groups(match));
    return false;
  });
  return found;
}

Result<Adapter> read_adapter(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return Error{ErrorKind::host, "cannot be read", file.string()};
  try {
    return adapter(Json::parse(in), file.stem().string());
  } catch (const Mistake& mistake) {
    return Error{ErrorKind::malformed, mistake.message, file.string()};
  } catch (const Json::exception& error) {
    return Error{ErrorKind::malformed, error.what(), file.string()};
  }
}

}  // namespace weft::runtimes
