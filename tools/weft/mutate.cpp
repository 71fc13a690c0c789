// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <mutex>

#include "suite/conformance/front_matter.h"
#include "suite/conformance/name_pattern.h"
#include "suite/faults/fault.h"
#include "tools/weft/campaign.h"
#include "tools/weft/commands.h"
#include "tools/weft/jobs.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

using fault::Fault;

constexpr Help kHelp{
    .arguments = "",
    .summary = "Runs a suite against an interpreter with a planted fault, for every fault: each must make a test fail.",
    .examples =
        "  weft mutate                            our suite: a test that kills each fault\n"
        "  weft mutate --suite spec/threads       the score of another suite\n"
        "  weft mutate --fault 'waiters/*'        some of the faults\n"
        "  weft mutate --every-test               and a fault that each test kills: which tests kill nothing\n"
        "  weft mutate --matrix                   every test against every fault\n",
    .details =
        "The faults are the files of suite/faults, each shaped after real bugs; 'weft list faults' lists them. A "
        "family is\n"
        "a fault of many instructions: it is tried with one of each width and type, and killed when all of these are. "
        "Each\n"
        "fault runs in a process of its own, beside this program: weft-faults. A test kills a fault when it fails, "
        "crashes\n"
        "or does not end in time, though it would without the fault.\n"
        "The last line is the score: '80 faults, 80 killed'.\n"
        "Exit codes: 0 all were killed, 1 some were not, or of all faults there is none that a test kills "
        "(--every-test,\n"
        "--matrix), or a test fails without any fault, 2 wrong usage, 3 no such fault, no suite, or no weft-faults "
        "beside this\n"
        "program, 130 interrupted.\n",
};

/// The tests that must kill a fault each. Litmus tests need not: what they forbid is seldom seen in a script that runs
/// once, whatever is wrong. They are held to the memory model instead (`weft model --check`).
Result<std::vector<std::string>> must_kill(const std::vector<conformance::SuiteTest>& tests) {
  std::vector<std::string> names;
  for (const conformance::SuiteTest& test : tests) {
    const auto text = test.text();
    if (!text) return text.error();
    const auto front = conformance::parse_front_matter(*text);
    if (!front || front->litmus.empty()) names.push_back(test.name);
  }
  return names;
}

/// For each test how many faults it was seen to kill.
using Kills = std::map<std::string, size_t>;

void print(const Trial& trial, bool all, Kills& kills) {
  const std::vector<std::string>& killed_by = trial.killers;
  const std::string verdict = killed_by.empty() ? paint(stdout, Color::red, "SURVIVED")
                              : all ? fmt::format("{} tests, the first is {}", killed_by.size(), killed_by.front())
                                    : killed_by.front();
  fmt::print("{:75} {}\n", trial.variant.name(), verdict);
  std::fflush(stdout);
  for (const std::string& test : killed_by) ++kills[test];
}

/// Tries the tests that have not killed yet on one fault after the other, until each has killed one. What takes two
/// threads to see is a matter of luck while other faults have the cores: the last tests get more chances, alone.
/// False when interrupted.
[[nodiscard]] bool try_every_test(const Campaign& campaign, const std::vector<std::string>& tests,
                                  const std::vector<const Fault*>& faults, std::optional<uint64_t> workers,
                                  Kills& kills, std::optional<Error>& error) {
  std::vector<fault::Variant> variants;
  for (const Fault* fault : faults) {
    for (fault::Variant& variant : fault::variants(*fault)) variants.push_back(std::move(variant));
  }
  for (int chance = 0; chance < 3 && !error; ++chance) {
    std::mutex mutex;
    std::vector<std::string> idle;  // guarded by mutex, in the suite's order
    std::copy_if(tests.begin(), tests.end(), std::back_inserter(idle),
                 [&kills](const std::string& test) { return !kills.contains(test); });
    const auto work = [&](size_t index) {
      std::unique_lock lock(mutex);
      if (idle.empty() || error) return;
      const std::vector<std::string> chosen = idle;
      lock.unlock();
      const auto killers = campaign.all_killers(chosen, variants[index]);
      lock.lock();
      if (!killers) {
        error = killers.error();
        return;
      }
      for (const std::string& test : *killers) {
        if (std::erase(idle, test) == 0) continue;
        ++kills[test];
        fmt::print("{:75} {}\n", variants[index].name(), test);
      }
      std::fflush(stdout);
    };
    JobRunner runner(variants.size());
    if (!runner.run(chance == 0 ? workers : 1, work, [](size_t) {})) return false;
  }
  return true;
}

}  // namespace

int mutate(const Arguments& arguments) {
  CommandLine line("mutate", kHelp);
  std::vector<std::string> folders, wanted;
  std::optional<uint64_t> workers;
  std::optional<std::chrono::nanoseconds> timeout;
  bool every_test = false;
  Campaign campaign;
  line.texts("--suite", folders, "DIR", "the tests of this folder instead of ours; may be given several times");
  line.texts("--fault", wanted, "GLOB", "only the faults that match; may be given several times");
  line.flag("--every-test", every_test, "then find for each test a fault that it kills");
  line.flag("--matrix", campaign.all, "try every test against every fault");
  line.duration("--timeout", timeout, "of one test [10s]");
  line.count("-j,--jobs", workers, "faults at a time [the number of cores]");
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(0)) return *status;
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
  const auto expected = must_kill(*tests);
  if (!expected) {
    line.error(expected.error().message);
    return kEnvironment;
  }
  for (const std::string& folder : folders) campaign.suite.insert(campaign.suite.end(), {"--suite", folder});
  for (const conformance::SuiteTest& test : *tests) campaign.tests.push_back(test.name);

  std::vector<const Fault*> faults;
  for (const Fault& fault : fault::faults()) {
    if (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& pattern) {
          return conformance::matches(fault.id, pattern);
        }))
      faults.push_back(&fault);
  }
  if (faults.empty()) {
    line.error("no fault matches; 'weft list faults' lists them");
    return kEnvironment;
  }

  const auto failing = campaign.rehearse();
  if (!failing || !failing->empty()) {
    line.error(failing ? fmt::format("without any fault, {} fails", failing->front()) : failing.error().message);
    return failing ? kUnexpected : kEnvironment;
  }

  Kills kills;
  std::optional<Error> error;
  std::vector<Result<std::vector<Trial>>> results(faults.size(), std::vector<Trial>{});
  JobRunner runner(faults.size());
  const auto work = [&](size_t index) { results[index] = campaign.try_fault(*faults[index]); };
  const auto report = [&](size_t index) {
    if (!results[index]) {
      error = results[index].error();
      runner.cancel();
      return;
    }
    const std::vector<Trial>& trials = *results[index];
    for (const Trial& trial : trials) print(trial, campaign.all, kills);
  };
  if (!runner.run(workers, work, report)) end_interrupted(line);
  // What takes two threads to see is a matter of luck while other faults have the cores: such a survivor gets more
  // chances, alone.
  for (size_t index = 0; index < faults.size() && !error; ++index) {
    for (Trial& trial : *results[index]) {
      for (int chance = 0; chance < 3 && faults[index]->concurrent && trial.killers.empty() && !error; ++chance) {
        auto killers = campaign.try_variant(trial.variant);
        if (!killers)
          error = killers.error();
        else if (trial.killers = *std::move(killers); !trial.killers.empty())
          print(trial, campaign.all, kills);
      }
    }
  }
  if (every_test && !error && !try_every_test(campaign, *expected, faults, workers, kills, error))
    end_interrupted(line);
  if (error) {
    line.error(error->message);
    return kEnvironment;
  }
  const bool whole = every_test || campaign.all;
  const size_t killed = static_cast<size_t>(std::count_if(results.begin(), results.end(), [](const auto& trials) {
    return std::none_of(trials->begin(), trials->end(), [](const Trial& trial) { return trial.killers.empty(); });
  }));
  bool is_idle = false;  // a test, though all faults were tried on it
  if (whole) {
    for (const std::string& test : *expected) {
      if (kills.contains(test)) continue;
      fmt::print("kills nothing: {}\n", test);
      is_idle = wanted.empty();
    }
  }
  fmt::print("{} of {} tests {}\n", kills.size(), campaign.tests.size(),
             whole ? "kill a fault" : "were the first seen to kill a fault");
  fmt::print("{} faults, {} killed\n", faults.size(), killed);
  return killed == faults.size() && !is_idle ? kAsExpected : kUnexpected;
}

}  // namespace weft::cli
