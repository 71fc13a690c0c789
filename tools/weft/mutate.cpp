// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fnmatch.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <thread>

#include "suite/conformance/child.h"
#include "suite/faults/fault.h"
#include "tools/weft/commands.h"
#include "tools/weft/jobs.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

using conformance::Child;
using fault::Fault;
using fault::Variant;
using Clock = std::chrono::steady_clock;

constexpr Help kHelp{
    .arguments = "",
    .summary = "Runs a suite against an interpreter with a planted fault, for every fault: each must make a test fail.",
    .examples =
        "  weft mutate                            our suite: a test that kills each fault\n"
        "  weft mutate --suite spec/threads       the score of another suite\n"
        "  weft mutate --fault 'waiters/*'        some of the faults\n"
        "  weft mutate --matrix                   every test against every fault: which tests kill nothing\n",
    .details =
        "The faults are the files of suite/faults, each shaped after real bugs; 'weft list faults' lists them. A "
        "family is\n"
        "a fault of many instructions: it is tried with one of each width and type, and killed when all of these are. "
        "Each\n"
        "fault runs in a process of its own, beside this program: weft-faults. A test kills a fault when it fails, "
        "crashes\n"
        "or does not end in time.\n"
        "The last line is the score: '80 faults, 80 killed'.\n"
        "Exit codes: 0 all were killed, 1 some were not (or, without any fault, a test fails), 2 wrong usage, 3 no "
        "such\n"
        "fault, no suite, or no weft-faults beside this program, 130 interrupted.\n",
};

struct Campaign {
  std::string program;                 // weft-faults
  std::vector<std::string> suite;      // the options that name it
  std::vector<std::string> tests;      // by name, in their order
  std::chrono::nanoseconds timeout{};  // of one test
  bool all = false;                    // go on after the first kill
};

/// Which of these tests fail with this fault ("" for none), in order; only the first unless all are wanted.
Result<std::vector<std::string>> killers(const Campaign& campaign, const std::vector<std::string>& tests,
                                         const std::string& variant) {
  std::vector<std::string> result;
  // A process that dies or hangs is one of the test it was at; the next process goes on behind that.
  for (size_t at = 0; at < tests.size();) {
    std::vector<std::string> arguments{campaign.program,
                                       "test",
                                       "--each",
                                       "--jobs",
                                       "1",
                                       "--timeout",
                                       fmt::format("{}ms", campaign.timeout.count() / 1'000'000)};
    arguments.insert(arguments.end(), campaign.suite.begin(), campaign.suite.end());
    arguments.insert(arguments.end(), tests.begin() + static_cast<ptrdiff_t>(at), tests.end());
    auto child = Child::start(arguments, {fmt::format("{}={}", fault::kVariable, variant)});
    if (!child) return child.error();
    while (at < tests.size()) {
      std::string line;
      // The process itself ends a test that is late; twice the time is for the case that it cannot.
      if (child->read_line(line, Clock::now() + 2 * campaign.timeout) != Child::Read::line) break;
      const std::string& test = tests[at];
      const bool failed = line == "failed " + test;
      if (!failed && line != "passed " + test && line != "skipped " + test) continue;  // what a fault makes it print
      ++at;
      if (!failed) continue;
      result.push_back(test);
      if (!campaign.all) return result;
    }
    if (at == tests.size()) break;
    result.push_back(tests[at++]);
    if (!campaign.all) return result;
  }
  return result;
}

/// A fault, or one instruction of a family, and who killed it.
struct Trial {
  Variant variant;
  std::vector<std::string> killers;
};

/// Tries a fault; a family instruction by instruction. What killed one of them probably kills the next, so that is
/// tried before the whole suite.
Result<std::vector<Trial>> try_fault(const Campaign& campaign, const Fault& fault) {
  std::vector<Trial> trials;
  std::set<std::string> known;
  for (const Variant& variant : fault::variants(fault)) {
    Result<std::vector<std::string>> found = std::vector<std::string>{};
    if (!campaign.all && !known.empty()) {
      std::vector<std::string> likely;  // in the order in which they run
      std::copy_if(campaign.tests.begin(), campaign.tests.end(), std::back_inserter(likely),
                   [&known](const std::string& test) { return known.contains(test); });
      found = killers(campaign, likely, variant.name());
    }
    if (found && found->empty()) found = killers(campaign, campaign.tests, variant.name());
    if (!found) return std::move(found).error();
    known.insert(found->begin(), found->end());
    trials.push_back({variant, std::move(*found)});
  }
  return trials;
}

/// `kills` counts for each test the faults it killed.
void print(const Trial& trial, bool all, std::map<std::string, size_t>& kills) {
  const std::vector<std::string>& killed_by = trial.killers;
  const std::string verdict = killed_by.empty() ? paint(stdout, Color::red, "SURVIVED")
                              : all ? fmt::format("{} tests, the first is {}", killed_by.size(), killed_by.front())
                                    : killed_by.front();
  fmt::print("{:75} {}\n", trial.variant.name(), verdict);
  std::fflush(stdout);
  for (const std::string& test : killed_by) ++kills[test];
}

}  // namespace

int mutate(const Arguments& arguments) {
  CommandLine line("mutate", kHelp);
  std::vector<std::string> folders, wanted;
  std::optional<uint64_t> workers;
  std::optional<std::chrono::nanoseconds> timeout;
  Campaign campaign;
  line.texts("--suite", folders, "DIR", "the tests of this folder instead of ours; may be given several times");
  line.texts("--fault", wanted, "GLOB", "only the faults that match; may be given several times");
  line.flag("--matrix", campaign.all, "try every test against every fault");
  line.duration("--timeout", timeout, "of one test [10s]");
  line.number("-j,--jobs", workers, "faults at a time [the number of cores]");
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(0)) return *status;
  if (workers == 0U) return line.usage_error("--jobs: wants at least 1");
  campaign.timeout = timeout.value_or(std::chrono::seconds(10));
  campaign.program = this_program() + "-faults";
  if (!std::filesystem::exists(campaign.program)) {
    line.error(fmt::format("there is no {}: the preset 'release' builds it", campaign.program));
    return kEnvironment;
  }
  const auto tests = find_tests(folders);
  if (!tests) {
    line.error(tests.error().message);
    return kEnvironment;
  }
  for (const std::string& folder : folders) campaign.suite.insert(campaign.suite.end(), {"--suite", folder});
  for (const conformance::SuiteTest& test : *tests) campaign.tests.push_back(test.name);

  std::vector<const Fault*> faults;
  for (const Fault& fault : fault::faults()) {
    if (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& pattern) {
          return fnmatch(pattern.c_str(), std::string(fault.id).c_str(), 0) == 0;
        }))
      faults.push_back(&fault);
  }
  if (faults.empty()) {
    line.error("no fault matches; 'weft list faults' lists them");
    return kEnvironment;
  }

  Campaign sound = campaign;
  sound.all = true;
  const auto failing = killers(sound, sound.tests, "");
  if (!failing || !failing->empty()) {
    line.error(failing ? fmt::format("without any fault, {} fails", failing->front()) : failing.error().message);
    return failing ? kUnexpected : kEnvironment;
  }

  std::map<std::string, size_t> kills;
  size_t killed = 0;
  std::optional<Error> error;
  std::vector<Result<std::vector<Trial>>> results(faults.size(), std::vector<Trial>{});
  JobRunner runner(faults.size());
  const auto work = [&](size_t index) { results[index] = try_fault(campaign, *faults[index]); };
  const auto report = [&](size_t index) {
    if (!results[index]) {
      error = results[index].error();
      runner.cancel();
      return;
    }
    const std::vector<Trial>& trials = *results[index];
    for (const Trial& trial : trials) print(trial, campaign.all, kills);
    killed +=
        std::none_of(trials.begin(), trials.end(), [](const Trial& trial) { return trial.killers.empty(); }) ? 1 : 0;
  };
  const size_t cores = std::max(1U, std::thread::hardware_concurrency());
  if (!runner.run(workers.value_or(cores), work, report)) {
    std::fflush(stdout);
    line.error("interrupted");
    std::_Exit(kInterrupted);
  }
  if (error) {
    line.error(error->message);
    return kEnvironment;
  }
  if (campaign.all) {
    for (const std::string& test : campaign.tests) {
      if (!kills.contains(test)) fmt::print("kills nothing: {}\n", test);
    }
  }
  fmt::print("{} of {} tests {}\n", kills.size(), campaign.tests.size(),
             campaign.all ? "kill a fault" : "were the first seen to kill a fault");
  fmt::print("{} faults, {} killed\n", faults.size(), killed);
  return killed == faults.size() ? kAsExpected : kUnexpected;
}

}  // namespace weft::cli
