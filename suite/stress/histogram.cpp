// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/histogram.h"

#include <algorithm>
#include <map>

namespace weft::stress {
namespace {

bool has(const std::optional<model::Outcomes>& outcomes, const model::Outcome& one) {
  return std::find(outcomes->begin(), outcomes->end(), one) != outcomes->end();
}

}  // namespace

std::string_view describe(const Bar& bar) {
  if (bar.count == 0) return bar.is_weak() ? "never seen, weak" : "never seen";
  switch (bar.verdict) {
    case Bar::Verdict::allowed: return "allowed";
    case Bar::Verdict::weak: return "allowed, weak";
    case Bar::Verdict::unexpected: return "allowed by the draft, unexpected in practice";
    case Bar::Verdict::forbidden: return "FORBIDDEN";
  }
  return {};
}

std::vector<Bar> make_histogram(const Observed& observed, const model::Judgement& judgement,
                                const model::Judgement* with_ordered_fences) {
  std::map<std::string, Bar> bars;
  for (const model::Outcome& outcome : *judgement.wasm) bars[model::to_string(outcome)].outcome = outcome;
  for (const auto& [outcome, count] : observed.outcomes)
    bars[model::to_string(outcome)] = {.outcome = outcome, .count = count};
  std::vector<Bar> all;
  for (auto& [text, bar] : bars) {
    using enum Bar::Verdict;
    bar.verdict = !has(judgement.wasm, bar.outcome)                                                ? forbidden
                  : has(judgement.sc, bar.outcome)                                                 ? allowed
                  : with_ordered_fences != nullptr && !has(with_ordered_fences->wasm, bar.outcome) ? unexpected
                                                                                                   : weak;
    all.push_back(std::move(bar));
  }
  return all;
}

}  // namespace weft::stress
