// SPDX-License-Identifier: Apache-2.0
#include "suite/model/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

/// What is wrong with the words of an outcome of this test; or nothing. Registers that it does not name go to
/// `missing`.
std::string mistake(const Litmus& litmus, const std::string& outcome, std::vector<std::string>& missing) {
  std::vector<std::string> registers, ends{"TM"};
  const auto add = [&](const Code& code) {
    for (const Register& one : code.registers) registers.push_back(one.name);
  };
  for (size_t i = 0; i < litmus.threads.size(); ++i) add(litmus.threads[i]), ends.push_back(fmt::format("T{}", i));
  if (litmus.after) add(*litmus.after);
  missing = registers;
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const std::string& word : conformance::split(outcome, " ")) {
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals), value = equals == word.npos ? "" : word.substr(equals + 1);
    std::erase(missing, name);
    if (has(ends, name) && (value == "trap" || value == "blocked")) continue;
    if (!has(registers, name))
      return fmt::format("'{}': an outcome of this test names {}, or T0=trap, T0=blocked", word,
                         fmt::join(registers, " "));
    if (value.empty() || value.find_first_not_of("0123456789", value.starts_with('-') ? 1 : 0) != value.npos)
      return fmt::format("'{}': wants {}= and a decimal number", word, name);
  }
  return {};
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
                          .missing = {},
                          .unknown = {},
                          .is_partial = false};
  if (std::string wrong = mistake(litmus, explanation.outcome, explanation.missing); !wrong.empty())
    return Error{ErrorKind::malformed, std::move(wrong), {}};
  Program& all = *explanation.program;
  const Domain least = find_least_domain(all, variant);
  const auto is_meant = [&](const Candidate& candidate) {
    return all.outcome(all.outcome_number(candidate.ends)).text == explanation.outcome;
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
