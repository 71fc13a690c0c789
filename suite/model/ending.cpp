// SPDX-License-Identifier: Apache-2.0
#include "suite/model/ending.h"

namespace weft::model {

std::optional<Outcome> part_of_outcome(const Code& code, const std::string& owner, const Ending& ending) {
  if (const auto dropped = ending.global("dropped"); dropped && dropped->lo != 0) return {};
  const bool has_results = ending.kind == Ending::Kind::returned && !ending.results.empty();
  const std::optional<Value> assigned = has_results ? std::nullopt : ending.global("assigned");
  Outcome outcome;
  for (size_t i = 0; i < code.registers.size(); ++i) {
    const Register& one = code.registers[i];
    if (assigned && (assigned->lo >> i & 1) == 0) continue;
    const std::optional<Value> value =
        has_results ? ending.results[i] : ending.global(std::string_view(one.name).substr(one.name.find(':') + 1));
    if (!value || (one.may_be_unassigned && is_all_ones(*value))) continue;
    outcome.emplace_back(one.name, to_decimal(*value, one.is_unsigned));
  }
  if (ending.kind == Ending::Kind::trapped) outcome.emplace_back("T" + owner, "trap");
  if (ending.kind == Ending::Kind::blocked) outcome.emplace_back("T" + owner, "blocked");
  return outcome;
}

void add_part(std::optional<Outcome>& outcome, const std::optional<Outcome>& part) {
  if (!part) outcome.reset();
  if (outcome) outcome->insert(outcome->end(), part->begin(), part->end());
}

}  // namespace weft::model
