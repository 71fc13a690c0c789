// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/litmus_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "suite/conformance/front_matter.h"
#include "suite/model/litmus_file.h"

namespace weft::generate {
namespace {

using model::Operation;
using model::Verb;

template <class Predicate>
bool any_operation(const LitmusParts& parts, Predicate is_so) {
  return std::any_of(parts.operations.begin(), parts.operations.end(),
                     [&](const auto& all) { return std::any_of(all.begin(), all.end(), is_so); });
}

/// Whether the outcome has this value, a word or a number, decimal or hexadecimal.
bool has(const model::Outcome& outcome, const std::string& name, const std::string& value) {
  const auto found = std::find_if(outcome.begin(), outcome.end(), [&](const auto& one) { return one.first == name; });
  if (found == outcome.end()) return false;
  const auto number = model::parse_literal(value, false);
  return number ? number == model::parse_literal(found->second, false) : value == found->second;
}

}  // namespace

bool LitmusParts::drops() const {
  return std::any_of(threads.begin(), threads.end(), [](const ThreadText& one) { return one.drops; });
}
bool LitmusParts::waits() const {
  return any_operation(*this, [](const Operation& one) { return one.verb == Verb::wait; });
}
bool LitmusParts::waits_for_a_time() const {
  return any_operation(*this, [](const Operation& one) {
    return one.verb == Verb::wait && static_cast<int64_t>(model::to_number(one.timeout.front().number)) >= 0;
  });
}
bool LitmusParts::has_vectors() const {
  return any_operation(*this, [](const Operation& one) { return one.width == 16; });
}

Result<model::Outcomes> allowed_outcomes(const LitmusTest& test) {
  nlohmann::json json{{"name", test.name},        {"threads", test.threads},        {"pages", test.pages},
                      {"maxpages", test.maximum}, {"growfail", test.grow_may_fail}, {"weak", test.weak}};
  if (!test.before.empty()) json["pre"] = test.before;
  if (!test.after.empty()) json["post"] = test.after;
  const auto read = model::parse_litmus_json(nlohmann::json{{"tests", {json}}}.dump());
  if (!read) return read.error();
  if (!read->front().test) return read->front().test.error();
  auto judgement = model::judge(read->front().test->litmus);
  if (!judgement) return judgement.error();
  if (!judgement->wasm) return Error{ErrorKind::host, "unknown: " + judgement->unknown, {}};
  return *std::move(judgement->wasm);
}

bool includes(const model::Outcomes& outcomes, const std::string& weak) {
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const model::Outcome& outcome) {
    const std::vector<std::string> parts = conformance::split(weak, " ");
    return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
      const size_t equals = std::min(part.find('='), part.size() - 1);
      return has(outcome, part.substr(0, equals), part.substr(equals + 1));
    });
  });
}

bool may_not_return(const model::Outcomes& outcomes, size_t number) {
  const std::string name = fmt::format("T{}", number);
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [&](const model::Outcome& one) { return has(one, name, "trap") || has(one, name, "blocked"); });
}

Result<LitmusParts> write_parts(const LitmusTest& test, const model::Outcomes& outcomes) {
  LitmusParts parts;
  const auto write = [&](const std::string& text, const std::string& name, Keep keep, const std::string& where) {
    auto operations = model::parse_notation(text);
    auto written = operations ? write_thread(*operations, name, keep) : Result<ThreadText>(operations.error());
    if (operations) parts.operations.push_back(*std::move(operations));
    if (written) return written;
    return Result<ThreadText>(Error{ErrorKind::malformed, written.error().message, where});
  };
  for (size_t i = 0; i < test.threads.size(); ++i) {
    auto thread = write(test.threads[i], "thread", may_not_return(outcomes, i) ? Keep::globals : Keep::results,
                        fmt::format("thread {}", i));
    if (!thread) return thread.error();
    parts.threads.push_back(*std::move(thread));
  }
  for (const auto& [text, name, part] :
       {std::tuple(&test.before, "pre", &parts.before), std::tuple(&test.after, "post", &parts.after)}) {
    if (text->empty()) continue;
    auto written = write(*text, name, name == std::string("pre") ? Keep::globals : Keep::results, name);
    if (!written) return written.error();
    if (text == &test.after && written->keep == Keep::globals)
      return Error{ErrorKind::malformed, "a register that may be unassigned", name};
    *part = *std::move(written);
  }
  return parts;
}

}  // namespace weft::generate
