// SPDX-License-Identifier: Apache-2.0
#include "suite/conformance/suite_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "suite/conformance/child.h"
#include "suite/conformance/front_matter.h"
#include "suite/script/runner.h"

namespace weft::conformance {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// How `weft run` reports a trap.
constexpr int kTrapStatus = 134;

Outcome run_script(const std::string& text, const SuiteRun& options) {
  script::RunOptions run_options;
  run_options.timeout = options.timeout;
  const script::RunResult result = script::run_script_text(text, run_options);
  const auto& findings = result.failed > 0 ? result.failures : result.skips;
  std::string reason;
  for (const script::Finding& finding : findings) {
    if (!reason.empty()) reason += '\n';
    reason += fmt::format("{}: {}", to_string(finding.position), finding.message);
  }
  if (result.failed > 0) return {Verdict::failed, reason};
  if (result.skipped > 0) return {Verdict::skipped, reason};
  return {};
}

Outcome run_program(const SuiteTest& test, const AllowedExit& allowed, const SuiteRun& options) {
  auto child = Child::start({options.weft, "run", test.path.string()});
  if (!child) return {Verdict::failed, child.error().message};
  const Clock::time_point deadline = Clock::now() + options.timeout;
  std::string output, line;
  Child::Read read;
  while ((read = child->read_line(line, deadline)) == Child::Read::line) output += line + "\n";
  const auto end = read == Child::Read::late ? std::nullopt : child->wait(deadline);
  if (!end) return {Verdict::failed, fmt::format("{}still running after {} ms", output, options.timeout.count())};
  // A deadlock has the status of a trap, and is none.
  const bool trapped = end->code == kTrapStatus && output.find("deadlock: ") == std::string::npos;
  const bool is_allowed =
      !end->by_signal && ((allowed.trap && trapped) || std::find(allowed.statuses.begin(), allowed.statuses.end(),
                                                                 end->code) != allowed.statuses.end());
  if (is_allowed) return {};
  return {Verdict::failed, fmt::format("{}{}, which its front matter does not allow", output, end->describe())};
}

}  // namespace

Result<std::string> SuiteTest::text() const {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{ErrorKind::host, "cannot be read", name};
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::skipped: return "skipped";
  }
  return "?";
}

std::vector<SuiteTest> tests_below(const fs::path& folder, bool programs) {
  std::vector<SuiteTest> tests;
  std::set<fs::path> visited;  // canonical
  for (std::deque<fs::path> folders{folder}; !folders.empty();) {
    const fs::path at = folders.front();
    folders.pop_front();
    if (!visited.insert(fs::canonical(at)).second) continue;
    std::set<fs::directory_entry> entries;  // in the order of their names, so that links have one
    for (const auto& entry : fs::directory_iterator(at)) entries.insert(entry);
    for (const fs::directory_entry& entry : entries) {
      std::error_code broken;  // a link to nowhere, or to itself
      const fs::path ending = entry.path().extension();
      if (entry.is_directory(broken)) {
        entry.is_symlink() ? folders.push_back(entry.path()) : folders.push_front(entry.path());
      } else if ((ending == ".wast" || (programs && ending == ".wat")) && entry.is_regular_file(broken)) {
        tests.push_back({entry.path().lexically_relative(folder).replace_extension().string(), entry.path()});
      }
    }
  }
  std::sort(tests.begin(), tests.end(), [](const SuiteTest& a, const SuiteTest& b) { return a.path < b.path; });
  return tests;
}

Outcome run(const SuiteTest& test, const SuiteRun& options) {
  const auto text = test.text();
  if (!text) return {Verdict::failed, text.error().message};
  const auto front = parse_front_matter(*text);
  if (!front && (test.is_program() || text->starts_with(";; title:")))
    return {Verdict::failed, fmt::format("{}: {}", front.error().where, front.error().message)};
  if (test.is_program() && !front->exit) return {Verdict::failed, "its front matter does not say how it may end"};
  const Clock::time_point start = Clock::now();
  Outcome outcome = test.is_program() ? run_program(test, *front->exit, options) : run_script(*text, options);
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
  if (outcome.verdict == Verdict::passed && front && front->min_time && elapsed < *front->min_time)
    return {Verdict::failed,
            fmt::format("ended after {} ms: it takes {} ms at least", elapsed.count(), front->min_time->count())};
  const bool needs_litmus =
      front && std::find(front->needs.begin(), front->needs.end(), "litmus") != front->needs.end();
  if (outcome.verdict == Verdict::passed && needs_litmus)
    return {Verdict::skipped, "a script cannot assert how its threads end: see 'weft model --check'"};
  return outcome;
}

}  // namespace weft::conformance
