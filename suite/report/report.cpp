// SPDX-License-Identifier: Apache-2.0
#include "suite/report/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace weft::report {
namespace {

using Key = std::pair<std::string, std::string>;  // runtime, test

std::map<Key, const TestResult*> by_key(const Report& report) {
  std::map<Key, const TestResult*> result;
  for (const TestResult& one : report.results) result[{one.runtime, one.test}] = &one;
  return result;
}

bool is_bad(Outcome outcome) { return outcome == Outcome::fail || outcome == Outcome::unexpected_pass; }

const TestedRuntime* find(const Report& report, const std::string& name) {
  const auto found = std::find_if(report.runtimes.begin(), report.runtimes.end(),
                                  [&](const TestedRuntime& one) { return one.name == name; });
  return found == report.runtimes.end() ? nullptr : &*found;
}

/// "node: 17 unsupported: threads: it has none", the most frequent reason first; then warnings, likewise.
std::string reasons(const Report& report, const std::string& runtime) {
  using Times = std::map<std::string, size_t>;
  Times unsupported, warned;
  for (const TestResult& one : report.results) {
    if (one.runtime != runtime) continue;
    if (one.outcome == Outcome::unsupported) ++unsupported[one.reason];
    for (const runtimes::Warning& warning : one.warnings) ++warned[warning.message];
  }
  std::string text;
  for (const auto& [times, what] : {std::pair(&unsupported, "unsupported"), std::pair(&warned, "warned of")}) {
    std::vector<std::pair<std::string, size_t>> sorted(times->begin(), times->end());
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [why, count] : sorted) text += fmt::format("{}: {} {}: {}\n", runtime, count, what, why);
  }
  return text;
}

}  // namespace

Counts counts(const Report& report, const std::string& runtime) {
  Counts result{};
  for (const TestResult& one : report.results) {
    if (one.runtime == runtime) ++result[static_cast<size_t>(one.outcome)];
  }
  return result;
}

Counts counts(const Report& report) {
  Counts result{};
  for (const TestResult& one : report.results) ++result[static_cast<size_t>(one.outcome)];
  return result;
}

std::string summary(const Counts& counts) {
  const auto of = [&counts](Outcome outcome) { return counts[static_cast<size_t>(outcome)]; };
  return fmt::format("{} passed, {} failed, {} unsupported, {} failed as expected, {} passed unexpectedly",
                     of(Outcome::pass), of(Outcome::fail), of(Outcome::unsupported), of(Outcome::expected_fail),
                     of(Outcome::unexpected_pass));
}

std::string table(const Report& report) {
  size_t name_width = std::string_view("runtime").size(), version_width = std::string_view("version").size();
  for (const TestedRuntime& one : report.runtimes) {
    name_width = std::max(name_width, one.name.size());
    version_width = std::max(version_width, one.version.size());
  }
  std::string text = fmt::format("{:{}}  {:{}}  {:>7} {:>7} {:>12} {:>14} {:>16}\n", "runtime", name_width, "version",
                                 version_width, "pass", "fail", "unsupported", "expected fail", "unexpected pass");
  std::string why;
  for (const TestedRuntime& one : report.runtimes) {
    const Counts count = counts(report, one.name);
    text += fmt::format("{:{}}  {:{}}  {:>7} {:>7} {:>12} {:>14} {:>16}\n", one.name, name_width, one.version,
                        version_width, count[0], count[1], count[2], count[3], count[4]);
    why += reasons(report, one.name);
  }
  return text + why;
}

Result<Report> merge(const Report& earlier, const Report& later) {
  Report merged = earlier;
  merged.weft = later.weft, merged.system = later.system;
  for (const TestedRuntime& one : later.runtimes) {
    const TestedRuntime* const known = find(earlier, one.name);
    if (known == nullptr) merged.runtimes.push_back(one);
    if (known != nullptr && known->version != one.version)
      return Error{
          ErrorKind::host, fmt::format("{} has two versions, {} and {}", one.name, known->version, one.version), {}};
  }
  const auto newer = by_key(later);
  std::erase_if(merged.results, [&](const TestResult& one) { return newer.contains({one.runtime, one.test}); });
  merged.results.insert(merged.results.end(), later.results.begin(), later.results.end());
  const auto place = [&merged](const TestResult& one) {
    return std::pair(find(merged, one.runtime), std::string_view(one.test));
  };
  std::sort(merged.results.begin(), merged.results.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return merged;
}

Comparison compare(const Report& old_report, const Report& new_report) {
  const auto before = by_key(old_report), after = by_key(new_report);
  Comparison comparison;
  size_t changed = 0;
  const auto tell = [&](const Key& key, std::string_view from, std::string_view to) {
    ++changed;
    comparison.text += fmt::format("{} {}: {} -> {}\n", key.first, key.second, from, to);
  };
  for (const auto& [key, result] : after) {
    const auto found = before.find(key);
    const bool was_bad = found != before.end() && is_bad(found->second->outcome);
    if (found == before.end()) {
      tell(key, "none", to_string(result->outcome));
    } else if (found->second->outcome != result->outcome) {
      tell(key, to_string(found->second->outcome), to_string(result->outcome));
    }
    if (is_bad(result->outcome) && !was_bad) ++comparison.worse;
  }
  for (const auto& [key, result] : before) {
    if (!after.contains(key)) tell(key, to_string(result->outcome), "none");
  }
  if (changed > 0) comparison.text += fmt::format("{} changed, {} for the worse\n", changed, comparison.worse);
  return comparison;
}

}  // namespace weft::report
