// SPDX-License-Identifier: Apache-2.0
#include "suite/model/statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "suite/model/notation.h"

namespace weft::model {
namespace {

/// The value's digits, or as many f.
std::string pack(const std::string* value, size_t count) {
  std::string digits;
  if (value != nullptr && !value->starts_with('-')) {
    const auto bytes = parse_literal(*value, false);
    for (size_t i = bytes ? bytes->size() : 0; i-- > 0;) digits += fmt::format("{:02x}", (*bytes)[i]);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  }
  const bool fits = value != nullptr && !value->starts_with('-') && digits.size() <= count;
  return fits ? std::string(count - digits.size(), '0') + digits : std::string(count, 'f');
}

}  // namespace

std::string Statement::state(const Outcome& outcome) const {
  if (digits.empty()) return to_string(outcome);
  std::string number = "0x";
  for (const Digits& one : digits) {
    const auto found =
        std::find_if(outcome.begin(), outcome.end(), [&](const auto& value) { return value.first == one.name; });
    number += pack(found == outcome.end() ? nullptr : &found->second, one.count);
  }
  return number;
}

std::vector<std::string> Statement::differences(const Outcomes& so) const {
  std::vector<std::string> lines;
  std::map<std::string, std::string> allowed;  // as stated, with the outcome
  for (const Outcome& outcome : so) {
    const std::string text = to_string(outcome);
    const auto [known, is_new] = allowed.try_emplace(state(outcome), text);
    if (!is_new) lines.push_back(fmt::format("{} is both {} and {}", known->first, known->second, text));
    if (!outcomes.contains(known->first))
      lines.push_back(digits.empty() ? fmt::format("allowed, but not stated: {}", text)
                                     : fmt::format("allowed, but not stated: {} ({})", known->first, text));
  }
  for (const std::string& outcome : outcomes) {
    if (!allowed.contains(outcome)) lines.push_back(fmt::format("stated, but not allowed: {}", outcome));
  }
  return lines;
}

std::vector<std::string> Statements::differences(const Judgement& judgement) const {
  std::vector<std::string> lines;
  const auto compare = [&](const char* name, const std::optional<Statement>& stated,
                           const std::optional<Outcomes>& so) {
    if (!stated || !so) return;
    for (const std::string& line : stated->differences(*so)) lines.push_back(fmt::format("{}: {}", name, line));
  };
  compare("wasm", wasm, judgement.wasm);
  compare("sc", sc, judgement.sc);
  if (tso_count && judgement.tso && *tso_count != judgement.tso->size())
    lines.push_back(fmt::format("tso: {} outcomes, {} stated", judgement.tso->size(), *tso_count));
  if (is_race_free && judgement.is_race_free && *is_race_free != *judgement.is_race_free)
    lines.push_back(*is_race_free ? "stated to be race-free, and is racy" : "stated to be racy, and is race-free");
  return lines;
}

}  // namespace weft::model
