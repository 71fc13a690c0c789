// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fnmatch.h>
#include <semaphore.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "suite/script/runner.h"
#include "tools/weft/commands.h"
#include "tools/weft/interrupt.h"
#include "tools/weft/json.h"
#include "tools/weft/module_file.h"

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

/// A script to run and, once `done`, what came of it.
struct Job {
  std::string path;
  RunResult result;
  std::atomic<bool> done{false};
};

/// The scripts in a folder and below it. Symbolic links are followed, but each real folder is visited once, by its own
/// path where it is below this one.
std::vector<fs::path> scripts_below(const fs::path& root) {
  std::vector<fs::path> scripts;
  std::set<fs::path> visited;  // canonical
  for (std::deque<fs::path> folders{root}; !folders.empty();) {
    const fs::path folder = folders.front();
    folders.pop_front();
    if (!visited.insert(fs::canonical(folder)).second) continue;
    std::set<fs::directory_entry> entries;  // in the order of their names, so that links have one
    for (const auto& entry : fs::directory_iterator(folder)) entries.insert(entry);
    for (const fs::directory_entry& entry : entries) {
      std::error_code broken;  // a link to nowhere, or to itself
      if (entry.is_directory(broken)) {
        entry.is_symlink() ? folders.push_back(entry.path()) : folders.push_front(entry.path());
      } else if (entry.path().extension() == ".wast" && entry.is_regular_file(broken)) {
        scripts.push_back(entry.path());
      }
    }
  }
  std::sort(scripts.begin(), scripts.end());
  return scripts;
}

/// The scripts that the operands name, sorted within each folder. Throws std::system_error for a path that does not
/// exist.
std::vector<std::string> find_scripts(const std::vector<std::string>& operands,
                                      const std::vector<std::string>& excluded) {
  std::vector<std::string> scripts;
  const auto add = [&](const fs::path& path, const std::string& name) {
    const auto matches = [&](const std::string& pattern) { return fnmatch(pattern.c_str(), name.c_str(), 0) == 0; };
    if (std::none_of(excluded.begin(), excluded.end(), matches)) scripts.push_back(path.string());
  };
  for (const std::string& operand : operands) {
    if (!fs::is_directory(fs::status(operand))) {
      if (!fs::exists(operand))
        throw fs::filesystem_error("", operand, std::make_error_code(std::errc::no_such_file_or_directory));
      add(operand, operand);
      continue;
    }
    for (const fs::path& path : scripts_below(operand)) add(path, path.lexically_relative(operand).string());
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

/// Runs the jobs on several threads and calls `report` for each, in order, on the calling thread. Whether all of them
/// ended: after Ctrl-C some did not, and their threads still run.
///
/// Thread safety: a worker owns the job it took by `next_` until it sets `done`; then the caller owns it.
class JobRunner {
 public:
  JobRunner(std::vector<Job>& jobs, script::RunOptions options) : jobs_(jobs), options_(options) {
    sem_init(&changed_, 0, 0);
  }
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;
  ~JobRunner() { sem_destroy(&changed_); }

  template <class Report>
  bool run(size_t workers, Report report) {
    // Only async-signal-safe things are done here.
    const OnInterrupt on_interrupt([this] {
      interrupted_.store(true);
      sem_post(&changed_);
    });
    for (size_t i = 0; i < std::min(workers, jobs_.size()); ++i) threads_.emplace_back([this] { work(); });
    size_t reported = 0;
    while (reported < jobs_.size() && !interrupted_.load()) {
      while (sem_wait(&changed_) != 0) continue;  // a signal ends the wait early
      for (; reported < jobs_.size() && jobs_[reported].done.load(); ++reported) report(jobs_[reported], reported + 1);
    }
    if (interrupted_.load()) {
      for (; reported < jobs_.size(); ++reported) {
        if (jobs_[reported].done.load()) report(jobs_[reported], reported + 1);
      }
      return false;
    }
    for (std::thread& thread : threads_) thread.join();
    return true;
  }

 private:
  void work() {
    for (size_t index = next_++; index < jobs_.size() && !interrupted_.load(); index = next_++) {
      jobs_[index].result = run_file(jobs_[index].path, options_);
      jobs_[index].done.store(true);
      sem_post(&changed_);
    }
  }

  std::vector<Job>& jobs_;
  script::RunOptions options_;
  std::atomic<size_t> next_{0};
  std::atomic<bool> interrupted_{false};
  std::vector<std::thread> threads_;
  sem_t changed_{};  // posted when a job is done and on Ctrl-C: what a signal handler may do
};

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
  bool json = false;
  script::RunOptions options;
  line.texts("--exclude", excluded, "GLOB", "leave out the scripts that match; may be given several times");
  line.duration("--timeout", timeout, fmt::format("of one script [{}s]", options.timeout.count() / 1000));
  line.number("-j,--jobs", workers, "scripts at a time [the number of cores]");
  line.flag("--json", json, "write one JSON document to standard output");
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("FILE or DIR is missing");
  if (workers == 0U) return line.usage_error("--jobs: wants at least 1");
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
  nlohmann::ordered_json files = nlohmann::json::array();
  JobRunner runner(jobs, options);
  const size_t cores = std::max(1U, std::thread::hardware_concurrency());
  const bool complete = runner.run(workers.value_or(cores), [&](const Job& job, size_t number) {
    total.passed += job.result.passed;
    total.failed += job.result.failed;
    total.skipped += job.result.skipped;
    print_progress(job, number, jobs.size());
    if (json) {
      auto file = to_json(job.result);
      file["file"] = job.path, file["timed_out"] = job.result.timed_out;
      file["failures"] = to_json(job.result.failures), file["skips"] = to_json(job.result.skips);
      files.push_back(std::move(file));
    } else {
      print_findings(job.path, job.result);
    }
  });
  if (json) {
    auto document = to_json(total);
    document["complete"] = complete, document["files"] = std::move(files);
    fmt::print("{}\n", to_text(document, 1));
  } else {
    fmt::print("{}\n", counts(total));
  }
  if (!complete) {
    // Scripts still run on other threads, with what this function owns: no destructor may run.
    std::fflush(stdout);
    line.error("interrupted");
    std::_Exit(kInterrupted);
  }
  if (!total.ok()) return kUnexpected;
  return total.passed == 0 && total.skipped > 0 ? kUnsupported : kAsExpected;
}

}  // namespace weft::cli
