// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/test_runtimes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "suite/conformance/child.h"
#include "suite/conformance/front_matter.h"
#include "suite/runtimes/drive.h"
#include "tools/weft/jobs.h"
#include "tools/weft/report_file.h"
#include "tools/weft/report_page.h"
#include "tools/weft/runtime_options.h"

namespace weft::cli {
namespace {

using conformance::SuiteTest;
using report::Report;
using runtimes::Outcome;
using runtimes::Runtime;
using runtimes::TestResult;

struct Job {
  const Runtime* runtime;
  const SuiteTest* test;
};

bool is_bad(Outcome outcome) { return outcome == Outcome::fail || outcome == Outcome::unexpected_pass; }

void print(const TestResult& result) {
  if (result.outcome == Outcome::pass || result.outcome == Outcome::unsupported) return;
  fmt::print("{} {} {}:\n",
             paint(stdout, is_bad(result.outcome) ? Color::red : Color::yellow, to_string(result.outcome)),
             result.runtime, result.test);
  if (!result.reason.empty()) fmt::print("  it is expected to fail: {}\n", result.reason);
  constexpr size_t kMost = 20;
  for (size_t i = 0; i < result.failures.size() && i < kMost; ++i) {
    const runtimes::Failure& failure = result.failures[i];
    const std::string& told = failure.expected.empty() ? failure.message : failure.expected;
    const auto lines = conformance::split(told, "\n");
    for (size_t at = 0; at < lines.size(); ++at)
      fmt::print("  {}{}\n", at > 0 || failure.line == 0 ? "" : fmt::format("line {}: ", failure.line), lines[at]);
  }
  if (result.failures.size() > kMost) fmt::print("  and {} more\n", result.failures.size() - kMost);
}

/// Of several runs of a test the worst, which says how often it was.
TestResult worst(std::vector<TestResult> results) {
  constexpr std::array kRank{0, 4, 1, 2, 3};  // by Outcome
  const auto rank = [&](const TestResult& one) { return kRank[static_cast<size_t>(one.outcome)]; };
  auto found =
      std::max_element(results.begin(), results.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  const auto same =
      std::count_if(results.begin(), results.end(), [&](const auto& one) { return one.outcome == found->outcome; });
  if (static_cast<size_t>(same) < results.size() && !found->failures.empty())
    found->failures[0].message += fmt::format(" ({} of {} times)", same, results.size());
  return std::move(*found);
}

std::string system_name() {
  utsname name{};
  uname(&name);
  return fmt::format("{} {} {}", name.sysname, name.release, name.machine);
}

Result<std::string> text_of(const std::string& kind, const Report& report) {
  if (kind == "html") {
    report::Page page;
    page.report = report;
    return make_page(std::move(page));
  }
  return kind == "json" ? to_json(report) : to_junit(report);
}

int run(const CommandLine& line, const std::vector<SuiteTest>& tests, const TestOptions& options,
        const RuntimeOptions& wanted) {
  const std::vector<Runtime> runtimes = find_runtimes(line, wanted);
  const std::map<std::string, std::string> files = report_files(line, wanted);
  runtimes::DriveOptions drive{.sources = WEFT_SOURCES,
                               .timeout = options.timeout,
                               .forms = find_forms(line, wanted.forms),
                               .save_failed = wanted.save_failed.value_or("")};
  Report earlier;
  std::set<std::pair<std::string, std::string>> failed;
  if (wanted.rerun_failed) {
    if (!files.contains("json"))
      throw Stop{line.usage_error("--rerun-failed: wants --report json=FILE, a report of before")};
    auto read = read_report(files.at("json"));
    if (!read) {
      line.error(read.error().message);
      throw Stop{kEnvironment};
    }
    earlier = std::move(*read);
    for (const TestResult& one : earlier.results) {
      if (is_bad(one.outcome)) failed.emplace(one.runtime, one.test);
    }
  }

  Report now{WEFT_VERSION, system_name(), {}, {}};
  std::vector<Job> jobs;
  for (const Runtime& runtime : runtimes) {
    now.runtimes.push_back({runtime.adapter.name, runtime.adapter.title, runtime.version});
    for (const SuiteTest& test : tests) {
      if (!wanted.rerun_failed || failed.contains({runtime.adapter.name, test.name})) jobs.push_back({&runtime, &test});
    }
  }
  std::vector<TestResult> results(jobs.size() * options.repeat);
  std::vector<bool> is_done(results.size());
  JobRunner runner(results.size());
  const auto work = [&](size_t index) {
    const Job& job = jobs[index % jobs.size()];
    results[index] = run_on(*job.runtime, *job.test, drive);
  };
  const auto tell = [&](size_t index) {
    is_done[index] = true;
    const TestResult& result = results[index];
    if (options.each) {
      fmt::print("{} {} {}\n", to_string(result.outcome), result.runtime, result.test);
    } else {
      if (isatty(STDERR_FILENO) == 1)
        fmt::print(stderr, "\r\x1b[K{}",
                   index + 1 == results.size()
                       ? ""
                       : fmt::format("{}/{} {} {}", index + 1, results.size(), result.runtime, result.test));
      print(result);
    }
    std::fflush(stdout);
    if (options.fail_fast && is_bad(result.outcome)) runner.cancel();
  };
  const bool complete = runner.run(options.jobs, work, tell);
  if (!complete) {
    conformance::end_children();
    runner.join();
  }
  for (size_t job = 0; job < jobs.size(); ++job) {
    std::vector<TestResult> of_job;
    for (size_t index = job; index < results.size(); index += jobs.size()) {
      if (is_done[index]) of_job.push_back(std::move(results[index]));
    }
    if (!of_job.empty()) now.results.push_back(worst(std::move(of_job)));
  }

  fmt::print("{}{}\n", table(now), report::summary(counts(now)));
  const report::Counts count = counts(now);
  if (wanted.rerun_failed) {
    auto merged = merge(earlier, now);
    if (!merged) {
      line.error(merged.error().message);
      return kEnvironment;
    }
    now = std::move(*merged);
  }
  for (const auto& [kind, file] : files) {
    const auto text = text_of(kind, now);
    const auto written = text ? write_text(file, *text) : Result<Ok>(text.error());
    if (!written) {
      line.error(written.error().message);
      return kEnvironment;
    }
  }
  if (!complete) {
    line.error("interrupted");
    return kInterrupted;
  }
  const auto of = [&count](Outcome outcome) { return count[static_cast<size_t>(outcome)]; };
  if (of(Outcome::fail) + of(Outcome::unexpected_pass) > 0) return kUnexpected;
  return of(Outcome::pass) + of(Outcome::expected_fail) == 0 && !now.results.empty() ? kUnsupported : kAsExpected;
}

}  // namespace

int test_on_runtimes(const CommandLine& line, const std::vector<SuiteTest>& tests, const TestOptions& options,
                     const RuntimeOptions& runtimes) {
  try {
    return run(line, tests, options, runtimes);
  } catch (const Stop& stop) {
    return stop.status;
  }
}

}  // namespace weft::cli
