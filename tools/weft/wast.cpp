// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "suite/conformance/name_pattern.h"
#include "suite/conformance/suite_test.h"
#include "suite/script/runner.h"
#include "tools/weft/commands.h"
#include "tools/weft/jobs.h"
#include "tools/weft/json.h"
#include "tools/weft/module_file.h"
#include "tools/weft/race_report.h"

namespace weft::cli {
namespace {

namespace fs = std::filesystem;
using script::Finding;
using script::RunResult;

constexpr Help kHelp{
    .arguments = "FILE|DIR…",
    .summary = "Runs scripts of the WebAssembly test suite (.wast), threads included, on the interpreter.",
    .examples =
        "  weft wast thread.wast                       run one script\n"
        "  weft wast wast/                             run all scripts of a folder, several at a time\n"
        "  weft wast --exclude 'simd/*' spec/test/core   all but some; the pattern is for the path within the folder\n",
    .details =
        "The last line counts script commands, those in threads too: '54006 passed, 0 failed, 0 skipped'. Before it "
        "stands\n"
        "each failure and each skipped command, with its place and reason. With --json there is one JSON document "
        "instead.\n"
        "Exit codes: 0 nothing failed, 1 something failed, 2 wrong usage, 3 no script found or a file cannot be read,\n"
        "77 all was skipped, 130 interrupted; then the scripts that had ended are reported.\n",
};

/// A script to run and what came of it.
struct Job {
  std::string path;
  RunResult result;
};

/// The scripts that the operands name, sorted within each folder. Throws std::system_error for a path that does not
/// exist.
std::vector<std::string> find_scripts(const std::vector<std::string>& operands,
                                      const std::vector<std::string>& excluded) {
  std::vector<std::string> scripts;
  const auto add = [&](const fs::path& path, const std::string& name) {
    const auto matches = [&](const std::string& pattern) { return conformance::matches(name, pattern); };
    if (std::none_of(excluded.begin(), excluded.end(), matches)) scripts.push_back(path.string());
  };
  for (const std::string& operand : operands) {
    if (!fs::is_directory(fs::status(operand))) {
      if (!fs::exists(operand))
        throw fs::filesystem_error("", operand, std::make_error_code(std::errc::no_such_file_or_directory));
      add(operand, operand);
      continue;
    }
    for (const conformance::SuiteTest& script : conformance::tests_below(operand, false))
      add(script.path, script.path.lexically_relative(operand).string());
  }
  return scripts;
}

RunResult run_file(const std::string& path, const script::RunOptions& options) {
  const auto bytes = read_file(path);
  if (bytes) return run_script_text({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, options);
  RunResult result;
  result.failed = 1;
  result.failures.push_back({{0, 0}, bytes.error().message});
  return result;
}

std::string counts(const RunResult& result) {
  return fmt::format("{} passed, {} failed, {} skipped", result.passed, result.failed, result.skipped);
}

void print_findings(const std::string& path, const RunResult& result) {
  const auto place = [&](const Finding& finding) {
    return finding.position.line == 0 ? path
                                      : fmt::format("{}:{}:{}", path, finding.position.line, finding.position.column);
  };
  for (const Finding& finding : result.failures) {
    fmt::print("{}: {} {}\n", place(finding), paint(stdout, Color::red, "failed:"), finding.message);
  }
  for (const Finding& finding : result.skips) {
    fmt::print("{}: {} {}\n", place(finding), paint(stdout, Color::yellow, "skipped:"), finding.message);
  }
}

nlohmann::ordered_json to_json(const std::vector<Finding>& findings) {
  nlohmann::ordered_json array = nlohmann::json::array();
  for (const Finding& finding : findings) {
    array.push_back(
        {{"line", finding.position.line}, {"column", finding.position.column}, {"message", finding.message}});
  }
  return array;
}

nlohmann::ordered_json to_json(const RunResult& result) {
  return {{"passed", result.passed}, {"failed", result.failed}, {"skipped", result.skipped}};
}

/// Progress: one line that changes on a terminal, a line for each script elsewhere.
void print_progress(const Job& job, size_t number, size_t total) {
  if (total == 1) return;
  if (isatty(STDERR_FILENO) == 1) {
    fmt::print(stderr, "\r\x1b[K{}", number == total ? "" : fmt::format("{}/{} {}", number, total, job.path));
  } else {
    fmt::print(stderr, "{}: {}\n", job.path, counts(job.result));
  }
}

}  // namespace

int wast(const Arguments& arguments) {
  CommandLine line("wast", kHelp);
  std::vector<std::string> excluded;
  std::optional<uint64_t> workers;
  std::optional<std::chrono::nanoseconds> timeout;
  bool json = false, observed = false, race = false;
  script::RunOptions options;
  line.texts("--exclude", excluded, "GLOB", "leave out the scripts that match; may be given several times");
  line.duration("--timeout", timeout, fmt::format("of one script [{}s]", options.timeout.count() / 1000));
  line.count("-j,--jobs", workers, "scripts at a time [the number of cores]");
  line.flag("--observed", observed, "on the engine that counts and traces (slower)");
  line.flag("--race", race, "look for data races, and report them with lines (slower). Exit code 66 if there are");
  line.flag("--json", json, "write one JSON document to standard output");
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("FILE or DIR is missing");
  if (race && observed) return line.usage_error("--race: does not go with --observed");
  options.races = race;
  if (observed) options.store.engine = Engine::observed;
  if (timeout) options.timeout = std::chrono::ceil<std::chrono::milliseconds>(*timeout);

  std::vector<std::string> scripts;
  try {
    scripts = find_scripts(line.operands(), excluded);
  } catch (const fs::filesystem_error& error) {
    line.error(fmt::format("{}: {}", error.path1().string(), error.code().message()));
    return kEnvironment;
  }
  if (scripts.empty()) {
    line.error("no script found");
    return kEnvironment;
  }

  std::vector<Job> jobs(scripts.size());
  for (size_t i = 0; i < jobs.size(); ++i) jobs[i].path = std::move(scripts[i]);
  RunResult total;
  size_t races = 0;
  nlohmann::ordered_json files = nlohmann::json::array();
  JobRunner runner(jobs.size());
  const auto run_job = [&](size_t index) { jobs[index].result = run_file(jobs[index].path, options); };
  const auto report = [&](size_t index) {
    const Job& job = jobs[index];
    total.passed += job.result.passed;
    total.failed += job.result.failed;
    total.skipped += job.result.skipped;
    races += job.result.races.races.size();
    const PlaceOf place_of = [&job](uint32_t line_number) { return fmt::format("{}:{}", job.path, line_number); };
    print_progress(job, index + 1, jobs.size());
    if (json) {
      auto file = to_json(job.result);
      file["file"] = job.path, file["timed_out"] = job.result.timed_out;
      file["failures"] = to_json(job.result.failures), file["skips"] = to_json(job.result.skips);
      if (race) file["races"] = describe_races(job.result.races, place_of);
      files.push_back(std::move(file));
    } else {
      print_findings(job.path, job.result);
      print_races(stdout, job.result.races, place_of);
      if (!job.result.races.trouble.empty()) line.error(fmt::format("{}: {}", job.path, job.result.races.trouble));
    }
  };
  const bool complete = runner.run(workers, run_job, report);
  if (json) {
    auto document = to_json(total);
    document["complete"] = complete, document["files"] = std::move(files);
    fmt::print("{}\n", to_text(document, 1));
  } else {
    fmt::print("{}\n", counts(total));
  }
  if (!complete) end_interrupted(line);
  if (!total.ok()) return kUnexpected;
  if (races != 0) return kRacesFound;
  return total.passed == 0 && total.skipped > 0 ? kUnsupported : kAsExpected;
}

}  // namespace weft::cli
