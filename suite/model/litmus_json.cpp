// SPDX-License-Identifier: Apache-2.0
#include "suite/model/litmus_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "interp/limits.h"
#include "suite/model/assemble.h"

namespace weft::model {
namespace {

using nlohmann::json;

/// Makes values of what is read, but numbers of more than 64 bits strings.
class ExactNumbers : public nlohmann::detail::json_sax_dom_parser<json> {
 public:
  using json_sax_dom_parser::json_sax_dom_parser;
  bool number_float(double /*value*/, const std::string& digits) {
    std::string text = digits;
    return string(text);
  }
};

Error malformed(std::string message, std::string where = {}) {
  return {ErrorKind::malformed, std::move(message), std::move(where)};
}

/// Of a memory that is told none: room to grow.
constexpr uint64_t kUsualMaximum = 4;

/// A member that may be missing; of another type it is an error.
template <class T>
Result<T> member(const json& test, const char* name, T otherwise, bool (json::*is_right)() const noexcept,
                 const char* type) {
  const auto found = test.find(name);
  if (found == test.end() || found->is_null()) return otherwise;
  if (!((*found).*is_right)()) return malformed(fmt::format("\"{}\" is not {}", name, type));
  return found->template get<T>();
}

/// "0:r0=1 1:r0=0x2": the numbers.
void add_values(std::string_view outcome, std::vector<Bytes>& values) {
  for (size_t at; (at = outcome.find('=')) != std::string_view::npos;) {
    outcome.remove_prefix(at + 1);
    std::string_view digits = outcome.substr(0, outcome.find(' '));
    const bool negative = digits.starts_with('-');
    if (negative) digits.remove_prefix(1);
    if (const auto value = parse_literal(digits, negative)) values.push_back(*value);
  }
}

/// [{"0:r0": 1, "T1": "trap"}] as outcomes are printed.
Result<Statement> to_statement(const json& outcomes) {
  Statement statement;
  if (!outcomes.is_array()) return malformed("a set of outcomes is no list");
  for (const json& outcome : outcomes) {
    if (!outcome.is_object()) return malformed("an outcome is no object");
    Outcome values;
    for (const auto& [name, value] : outcome.items()) {
      if (!value.is_number_integer() && !value.is_string()) return malformed(fmt::format("\"{}\" is no number", name));
      values.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
    }
    statement.outcomes.insert(to_string(values));
  }
  return statement;
}

Result<Statements> statements(const json& test) {
  Statements stated;
  for (const auto& [name, statement] : {std::pair("allowed_wasm", &stated.wasm), std::pair("allowed_sc", &stated.sc)}) {
    const auto found = test.find(name);
    if (found == test.end()) continue;
    auto outcomes = to_statement(*found);
    if (!outcomes) return malformed(fmt::format("{}: {}", name, outcomes.error().message));
    *statement = std::move(*outcomes);
  }
  if (const auto counts = test.find("counts"); counts != test.end() && counts->is_object()) {
    if (const auto tso = counts->find("tso"); tso != counts->end() && tso->is_number_unsigned())
      stated.tso_count = tso->get<size_t>();
  }
  if (const auto kind = test.find("class"); kind != test.end() && kind->is_string())
    stated.is_race_free = *kind == "DRF";
  return stated;
}

Result<Litmus> to_litmus(const json& test) {
  if (!test.is_object()) return malformed("not an object");
  const auto name = member<std::string>(test, "name", "", &json::is_string, "a string");
  const auto pages = member<uint64_t>(test, "pages", 1, &json::is_number_unsigned, "a number of pages");
  if (!name || !pages) return name ? pages.error() : name.error();
  const auto maximum = member<uint64_t>(test, "maxpages", std::max(*pages, kUsualMaximum), &json::is_number_unsigned,
                                        "a number of pages");
  const bool is_of_failure = name->ends_with("grow-fail");
  const auto grow_may_fail = member<bool>(test, "growfail", is_of_failure, &json::is_boolean, "true or false");
  const auto weak = member<std::string>(test, "weak", "", &json::is_string, "a string");
  for (const Error* error : {maximum ? nullptr : &maximum.error(), grow_may_fail ? nullptr : &grow_may_fail.error(),
                             weak ? nullptr : &weak.error()}) {
    if (error != nullptr) return *error;
  }
  if (*pages > *maximum || *maximum > kMaxPages32)
    return malformed(fmt::format("{} pages and {} at most make no memory", *pages, *maximum));

  Litmus litmus{
      .name = *name, .memory = {.limits = {*pages, *maximum}, .shared = true}, .grow_may_fail = *grow_may_fail};
  add_values(*weak, litmus.constants);
  const auto compile = [&litmus](const json& text, const std::string& what, const std::string& owner) -> Result<Code> {
    if (!text.is_string()) return malformed(fmt::format("{} is not a string", what));
    auto code = compile_notation(text.get<std::string>(), litmus.memory, owner, litmus.constants);
    if (code) return code;
    Error error = code.error();
    error.where = error.where.empty() ? what : fmt::format("{}, {}", what, error.where);
    return error;
  };
  const auto threads = test.find("threads");
  if (threads == test.end() || !threads->is_array() || threads->empty())
    return malformed("\"threads\" is no list of threads");
  for (const json& thread : *threads) {
    const std::string number = std::to_string(litmus.threads.size());
    auto code = compile(thread, "thread " + number, number);
    if (!code) return code.error();
    litmus.threads.push_back(std::move(*code));
  }
  for (const auto& [key, part] : {std::pair("pre", &litmus.before), std::pair("post", &litmus.after)}) {
    const auto found = test.find(key);
    if (found == test.end() || found->is_null()) continue;
    auto code = compile(*found, key, "M");
    if (!code) return code.error();
    if (part == &litmus.before) code->registers.clear();  // "M:x" is what `post` loaded
    *part = std::move(*code);
  }
  return litmus;
}

}  // namespace

Result<std::vector<NamedLitmus>> parse_litmus_json(std::string_view text) {
  json document;
  try {
    ExactNumbers reader(document);
    json::sax_parse(text, &reader);
  } catch (const json::parse_error& error) {
    return malformed("no JSON document", fmt::format("byte {}", error.byte));
  }
  const json* tests = document.is_object() && document.contains("tests") ? &document["tests"] : nullptr;
  if (tests == nullptr || !tests->is_array()) return malformed("no list \"tests\"");
  std::vector<NamedLitmus> all;
  for (const json& test : *tests) {
    const bool has_name = test.is_object() && test.contains("name") && test["name"].is_string();
    const std::string name = has_name ? test["name"].get<std::string>() : fmt::format("tests[{}]", all.size());
    auto litmus = to_litmus(test);
    auto stated = litmus ? statements(test) : Result<Statements>(litmus.error());
    all.push_back({name, stated ? Result(StatedLitmus{std::move(*litmus), std::move(*stated)}) : stated.error()});
  }
  return all;
}

Result<std::vector<NamedLitmus>> parse_litmus_file(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return malformed("there is nothing in it");
  if (text[begin] == '{' || text[begin] == '[') return parse_litmus_json(text);
  auto test = parse_litmus_script(text);
  if (!test) return test.error();
  const std::string name = test->litmus.name;
  return std::vector{NamedLitmus{name, std::move(test)}};
}

}  // namespace weft::model
