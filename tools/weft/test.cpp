// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "suite/conformance/front_matter.h"
#include "suite/conformance/name_pattern.h"
#include "suite/conformance/suite_test.h"
#include "tools/weft/commands.h"
#include "tools/weft/jobs.h"
#include "tools/weft/suite_folders.h"
#include "tools/weft/test_runtimes.h"

namespace weft::cli {
namespace {

using conformance::Outcome;
using conformance::SuiteTest;
using conformance::Verdict;

constexpr Help kHelp{
    .arguments = "[PATTERN…]",
    .summary =
        "Runs the conformance suite, or the tests whose names match a pattern, on the interpreter, or on other "
        "runtimes.",
    .examples =
        "  weft test                          the whole suite\n"
        "  weft test notify 'wait/*timeout*'  a folder, and some files of another\n"
        "  weft test --suite spec/threads     the scripts of another folder\n"
        "  weft test --runtime node,bun       on these runtimes; 'weft list runtimes' says which there are\n"
        "  weft test --runtime all --report html=r.html,json=r.json\n"
        "                                     on all that are installed, with reports\n"
        "  weft test --runtime all --report json=r.json --rerun-failed\n"
        "                                     once more what failed there\n"
        "  weft test --runtime all --shard 2/3 --report json=2.json\n"
        "                                     the second of three parts; 'weft report merge' puts them together\n",
    .details =
        "A test is a script of wast/, or a program of kernels/host ('host/…') whose front matter says how it may end.\n"
        "A name is its path without the ending; a pattern is a name, a folder, or a glob pattern for names.\n"
        "Each failure is printed with its reason, and last the number of tests: '230 passed, 0 failed, 0 skipped'.\n"
        "\n"
        "With --runtime each test is lowered to a form that the runtime takes (see 'weft export'), run by the "
        "runtime's "
        "own\nprogram, and judged: pass, fail, unsupported, expected fail (suite/runtimes says why), unexpected pass "
        "(which is as\nbad as a fail). --timeout is of one process; with it all that it started is killed. The last "
        "line counts tests:\n'404 passed, 0 failed, 0 unsupported, 0 failed as expected, 0 passed unexpectedly'.\n"
        "\n"
        "Exit codes: 0 nothing failed, 1 something failed, 2 wrong usage, 3 no test matched or no suite found,\n"
        "77 all was skipped, 130 interrupted (reports of what had ended are written).\n",
};

bool is_meant(const std::string& name, const std::string& pattern) {
  return name.starts_with(pattern.ends_with('/') ? pattern : pattern + "/") || conformance::matches(name, pattern);
}

/// "2/3": the second of three.
std::optional<std::pair<uint64_t, uint64_t>> parse_shard(std::string_view text) {
  const size_t slash = std::min(text.find('/'), text.size() - 1);
  const auto part = parse_number(text.substr(0, slash)), all = parse_number(text.substr(slash + 1));
  if (!part || !all || *part == 0 || *part > *all) return std::nullopt;
  return std::pair{*part, *all};
}

void print(const SuiteTest& test, const Outcome& outcome) {
  if (outcome.verdict == Verdict::passed) return;
  const bool failed = outcome.verdict == Verdict::failed;
  fmt::print("{} {}:\n", paint(stdout, failed ? Color::red : Color::yellow, to_string(outcome.verdict)), test.name);
  for (const std::string& line : conformance::split(outcome.reason, "\n")) fmt::print("  {}\n", line);
}

}  // namespace

int test(const Arguments& arguments) {
  CommandLine line("test", kHelp);
  std::vector<std::string> folders;
  std::optional<uint64_t> workers, repeat;
  std::optional<std::chrono::nanoseconds> timeout;
  bool list = false, fail_fast = false, each = false;
  conformance::SuiteRun options{.weft = this_program()};
  line.texts("--suite", folders, "DIR", "the tests of this folder instead; may be given several times");
  line.duration("--timeout", timeout, fmt::format("of one test [{}s]", options.timeout.count() / 1000));
  line.count("-j,--jobs", workers, "tests at a time [the number of cores]");
  line.count("--repeat", repeat, "run everything so often, to find what fails now and then [1]");
  line.flag("--fail-fast", fail_fast, "stop at the first failure");
  line.flag("--list", list, "print the names of the tests and run none");
  line.flag("--each", each, "print a line for each test as it ends, and no reasons");
  RuntimeOptions runtimes;
  std::optional<std::string> shard_text;
  line.text("--shard", shard_text, "I/N", "only the I-th of N parts of the tests, for as many machines");
  line.texts("--runtime", runtimes.runtimes, "R[,R…]", "run on these runtimes instead, or 'all' that are installed");
  line.texts("--adapter", runtimes.adapters, "FILE", "know this runtime too (suite/runtimes/README.md)");
  line.texts("--form", runtimes.forms, "FORM", "only in this form: plan, wasi-threads, exports or script");
  line.texts("--report", runtimes.reports, "html=F,json=F,junit=F", "write reports");
  line.flag("--rerun-failed", runtimes.rerun_failed, "only what failed in the report that --report json=F names");
  line.text("--save-failed", runtimes.save_failed, "DIR", "leave there what it takes to run each failed test again");
  if (const auto status = line.parse(arguments)) return *status;
  if (const std::string given = runtimes.given(); runtimes.runtimes.empty() && !given.empty())
    return line.usage_error(fmt::format("{}: goes with --runtime", given));
  const auto shard = parse_shard(shard_text.value_or("1/1"));
  if (!shard) return line.usage_error(fmt::format("--shard: wants I/N with I from 1 to N, not '{}'", *shard_text));
  if (timeout) options.timeout = std::chrono::ceil<std::chrono::milliseconds>(*timeout);

  auto found = find_tests(folders, !runtimes.runtimes.empty());
  if (!found) {
    line.error(found.error().message);
    return kEnvironment;
  }
  std::vector<SuiteTest> tests;
  std::vector<bool> used(line.operands().size());
  size_t matched = 0;
  for (SuiteTest& candidate : *found) {
    bool wanted = used.empty();
    for (size_t i = 0; i < used.size(); ++i) {
      if (is_meant(candidate.name, line.operands()[i])) wanted = used[i] = true;
    }
    if (wanted && matched++ % shard->second == shard->first - 1) tests.push_back(std::move(candidate));
  }
  for (size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) line.error(fmt::format("no test matches '{}'", line.operands()[i]));
  }
  if (tests.empty() || std::find(used.begin(), used.end(), false) != used.end()) return kEnvironment;
  if (list) {
    for (const SuiteTest& one : tests) fmt::print("{}\n", one.name);
    return kAsExpected;
  }

  if (!runtimes.runtimes.empty()) {
    const TestOptions on_runtimes{options.timeout, workers, repeat.value_or(1), fail_fast, each};
    return test_on_runtimes(line, tests, on_runtimes, runtimes);
  }

  const size_t total = tests.size() * repeat.value_or(1);
  std::vector<Outcome> outcomes(total);
  size_t counts[3] = {};
  JobRunner runner(total);
  const auto work = [&](size_t index) { outcomes[index] = conformance::run(tests[index % tests.size()], options); };
  const auto report = [&](size_t index) {
    const SuiteTest& one = tests[index % tests.size()];
    const Outcome& outcome = outcomes[index];
    ++counts[static_cast<size_t>(outcome.verdict)];
    if (each) {
      fmt::print("{} {}\n", to_string(outcome.verdict), one.name);
      std::fflush(stdout);
    } else {
      if (isatty(STDERR_FILENO) == 1) {
        fmt::print(stderr, "\r\x1b[K{}", index + 1 == total ? "" : fmt::format("{}/{} {}", index + 1, total, one.name));
      }
      print(one, outcome);
    }
    if (fail_fast && outcome.verdict == Verdict::failed) runner.cancel();
  };
  const bool complete = runner.run(workers, work, report);
  fmt::print("{} passed, {} failed, {} skipped\n", counts[0], counts[1], counts[2]);
  if (!complete) end_interrupted(line);
  if (counts[1] > 0) return kUnexpected;
  return counts[0] == 0 ? kUnsupported : kAsExpected;
}

}  // namespace weft::cli
