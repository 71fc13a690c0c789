// SPDX-License-Identifier: Apache-2.0
#include "suite/model/explain.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "suite/conformance/front_matter.h"

namespace weft::model {
namespace {

std::string normal(const std::string& outcome) {
  std::vector<std::string> parts = conformance::split(outcome, " ");
  std::erase(parts, "");
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

}  // namespace

Result<Explanation> explain(const Litmus& litmus, const Variant& variant, const std::string& outcome,
                            const Limits& limits) {
  auto program = Program::create(litmus, limits);
  if (!program) return program.error();
  Explanation explanation{.program = std::move(*program),
                          .outcome = normal(outcome),
                          .witness = {},
                          .forbidden = {},
                          .candidates = {},
                          .unknown = {},
                          .is_partial = false};
  Program& all = *explanation.program;
  const Domain least = find_least_domain(all, variant);
  const auto is_meant = [&](const Candidate& candidate) {
    return to_string(all.outcome(candidate.ends)) == explanation.outcome;
  };
  Search(all, least, variant).run([&](const Candidate& candidate) {
    if (explanation.witness || !is_meant(candidate)) return;
    explanation.witness = Kept{candidate.execution, candidate.total, {}};
  });
  explanation.unknown = std::exchange(all.limits.exceeded, {});
  if (!explanation.witness && explanation.unknown.empty()) {
    const Domain domain = find_domain(all, variant);
    std::array<std::pair<size_t, std::optional<Kept>>, kRules> of_rule{};
    Search(all, domain, variant, true).run([&](const Candidate& candidate) {
      if (!candidate.violation || !is_meant(candidate)) return;
      auto& [count, kept] = of_rule[static_cast<size_t>(candidate.violation->rule)];
      if (count++ == 0) kept = Kept{candidate.execution, candidate.total, candidate.violation};
    });
    std::sort(of_rule.begin(), of_rule.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (auto& [count, kept] : of_rule) {
      if (!kept) continue;
      explanation.forbidden.push_back(std::move(*kept));
      explanation.candidates.push_back(count);
    }
  }
  explanation.is_partial = !all.limits.exceeded.empty();
  return explanation;
}

}  // namespace weft::model
