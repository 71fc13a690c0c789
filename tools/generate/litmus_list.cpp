// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "suite/conformance/front_matter.h"
#include "tools/generate/litmus_test.h"

namespace weft::generate {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Error malformed(std::string message, std::string where = {}) {
  return {ErrorKind::malformed, std::move(message), std::move(where)};
}

/// "plain, atomic | atomic, plain" of "us-su".
std::string in_words(std::string_view orderings) {
  std::string words;
  for (const char letter : orderings) {
    if (letter == '-') {
      words += " | ";
      continue;
    }
    if (!words.empty() && !words.ends_with(' ')) words += ", ";
    words += letter == 'u' ? "plain" : letter == 's' ? "atomic" : "rmw";
  }
  return orderings.size() > 1 ? words : orderings == "x" ? "rmws" : words + " accesses";
}

/// What the test itself says, or else its document, or else `otherwise`; of another type it throws.
template <class T>
T member(const json& test, const json& document, const char* name, T otherwise) {
  for (const json* from : {&test, &document}) {
    if (const auto found = from->find(name); found != from->end() && !found->is_null()) return found->get<T>();
  }
  return otherwise;
}

Result<std::vector<LitmusTest>> read_test(const json& test, const json& document) {
  const auto text = [&](const char* name) { return member<std::string>(test, document, name, ""); };
  LitmusTest one{.name = test.at("name").get<std::string>(),
                 .if_allowed = text("allowed"),
                 .if_forbidden = text("forbidden"),
                 .weak = text("weak"),
                 .reason = text("reason"),
                 .why = text("why"),
                 .threads = member<std::vector<std::string>>(test, json::object(), "threads", {}),
                 .before = text("pre"),
                 .after = text("post")};
  one.pages = member<uint64_t>(test, document, "pages", 1);
  one.maximum = member<uint64_t>(test, document, "maxpages", one.pages);
  one.grow_may_fail = member<bool>(test, document, "growfail", one.name.ends_with("grow-fail"));
  if (const std::string title = text("title"); !title.empty()) one.if_allowed = one.if_forbidden = title;
  if (one.if_allowed.empty()) one.if_allowed = one.if_forbidden = "the outcomes of " + one.name;
  if (const std::string cycle = text("cycle"); !cycle.empty()) {
    auto shape = shape_of_cycle(cycle);
    if (!shape) return shape.error();
    one.threads = std::move(shape->threads), one.after = std::move(shape->after), one.weak = std::move(shape->weak);
  }
  const auto entitle = [&one](LitmusTest& titled, const std::string& with) {
    titled.if_allowed = fmt::format("{}: {}", one.if_allowed, with);
    titled.if_forbidden = fmt::format("{}: {}", one.if_forbidden, with);
  };
  std::vector<LitmusTest> tests;
  for (const std::string& orderings : member<std::vector<std::string>>(test, json::object(), "orderings", {})) {
    LitmusTest& next = tests.emplace_back(one);
    next.name += "+" + orderings;
    auto threads = with_orderings(one.threads, orderings);
    if (!threads) return threads.error();
    next.threads = *std::move(threads);
    entitle(next, in_words(orderings));
  }
  if (!tests.empty()) return tests;
  if (const std::string with = text("with"); !with.empty()) entitle(one, with);
  return std::vector{one};
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Result<std::vector<std::string>> with_orderings(const std::vector<std::string>& threads, std::string_view orderings) {
  static const std::regex store(R"(W(\d+)x(\[[^\]]*\])=)"), load(R"(R(\d+)x(\[[^\]]*\])->)");
  const auto wrong = [&] { return malformed(fmt::format("the orderings {} do not fit the threads", orderings)); };
  const std::vector<std::string> parts = conformance::split(orderings, "-");
  const bool same = orderings.size() == 1;
  if (!same && parts.size() != threads.size()) return wrong();
  std::vector<std::string> all;
  for (size_t i = 0; i < threads.size(); ++i) {
    std::string thread = threads[i];
    const std::string& letters = parts[same ? 0 : i];
    size_t next = 0;
    for (size_t at; (at = thread.find('?')) != std::string::npos; ++next) {
      if (!same && next >= letters.size()) return wrong();
      thread[at] = letters[same ? 0 : next];
    }
    if (!same && next != letters.size()) return wrong();
    all.push_back(std::regex_replace(std::regex_replace(thread, store, "xchg$1$2,"), load, "add$1$2,0->"));
  }
  return all;
}

Result<std::vector<LitmusTest>> read_litmus_tests(std::string_view text) {
  std::vector<LitmusTest> all;
  std::string where;
  try {
    const json document = json::parse(text);
    for (const json& test : document.at("tests")) {
      where = test.at("name").get<std::string>();
      auto tests = read_test(test, document);
      if (!tests) return malformed(tests.error().message, fmt::format("{}: {}", where, tests.error().where));
      std::move(tests->begin(), tests->end(), std::back_inserter(all));
    }
  } catch (const json::exception& error) {
    return malformed(error.what(), where);
  }
  return all;
}

std::string file_name(const LitmusTest& test) {
  std::string name;
  for (const char c : test.name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  return name + ".wast";
}

Result<std::vector<File>> litmus_files() {
  std::set<fs::path> lists;
  for (const auto& entry : fs::directory_iterator(WEFT_LITMUS_LISTS)) lists.insert(entry.path());
  std::vector<File> files;
  std::set<std::string> names;
  for (const fs::path& list : lists) {
    const auto tests = read_litmus_tests(contents(list));
    if (!tests) return malformed(tests.error().message, fmt::format("{}: {}", list.string(), tests.error().where));
    for (const LitmusTest& test : *tests) {
      auto script = write_litmus_script(test);
      const std::string where = fmt::format("{}: {}", list.string(), test.name);
      if (!script) return Error{script.error().kind, script.error().message, where + ", " + script.error().where};
      if (!names.insert(file_name(test)).second) return malformed("a second test of this name", where);
      files.push_back({"litmus/" + file_name(test), *std::move(script)});
    }
  }
  return files;
}

}  // namespace weft::generate
