// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/drive.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/conformance/name_pattern.h"
#include "suite/runtimes/command.h"
#include "suite/runtimes/driver.h"
#include "suite/runtimes/judge.h"
#include "suite/runtimes/scratch.h"

namespace weft::runtimes {
namespace {

namespace fs = std::filesystem;
using conformance::FrontMatter;
using conformance::SuiteTest;

/// Why the runtime cannot do something that takes these, if it says so.
std::optional<std::string> lacking(const Adapter& adapter, const std::vector<std::string>& what) {
  for (const std::string& one : what) {
    if (const auto found = adapter.lacks.find(one); found != adapter.lacks.end())
      return fmt::format("{}: {}", one, found->second);
  }
  return std::nullopt;
}

std::string with_link(const std::string& reason, const std::string& link) {
  return link.empty() ? reason : fmt::format("{} ({})", reason, link);
}

std::vector<std::string> demands(const FrontMatter& front) {
  std::vector<std::string> result = front.features;
  if (front.threads > 1) result.emplace_back("several threads");
  result.insert(result.end(), front.needs.begin(), front.needs.end());
  return result;
}

/// One test on one runtime.
class Drive {
 public:
  Drive(const Runtime& runtime, const SuiteTest& test, const DriveOptions& options)
      : runtime_(runtime), adapter_(runtime.adapter), test_(test), options_(options) {
    result_.runtime = adapter_.name, result_.test = test.name;
  }

  TestResult run() {
    const auto text = test_.text();
    if (!text) return failed(text.error().message);
    const auto front = conformance::parse_front_matter(*text);
    if (!front && (test_.is_program() || test_.is_javascript() || text->starts_with(";; title:")))
      return failed(fmt::format("{}: {}", front.error().where, front.error().message));
    if (front) front_ = *front;
    if (const auto reason = lacking(adapter_, demands(front_))) return unsupported(*reason);
    for (const Exclusion& exclusion : adapter_.leave_out) {
      if (conformance::matches_any(test_.name, exclusion.tests))
        return unsupported(with_link(exclusion.reason, exclusion.link));
    }
    std::string reason = "none of its forms is asked for";
    for (const Mode& mode : adapter_.modes) {
      if (std::find(options_.forms.begin(), options_.forms.end(), mode.form) == options_.forms.end()) continue;
      auto lowering = lower(test_, *text, mode.form);
      if (!lowering && lowering.error().kind == ErrorKind::malformed)
        return failed(fmt::format("{}: {}", lowering.error().where, lowering.error().message));
      if (lowering && !lowering->runs.empty()) return run_in(mode, *lowering);
      reason = !lowering                    ? lowering.error().message
               : lowering->left_out.empty() ? "it asks nothing"
                                            : lowering->left_out[0].reason;
    }
    return unsupported(reason);
  }

 private:
  TestResult failed(const std::string& message) {
    result_.outcome = Outcome::fail;
    result_.failures.push_back({Failure::How::wrong, 0, message, {}});
    return result_;
  }
  TestResult unsupported(const std::string& reason) {
    result_.outcome = Outcome::unsupported;
    result_.reason = reason;
    return result_;
  }

  TestResult run_in(const Mode& mode, const Lowering& lowering) {
    const Scratch scratch;
    result_.form = to_string(mode.form);
    result_.left_out = lowering.left_out;
    for (const auto& [name, contents] : lowering.files) write_bytes(scratch.path() / result_.form / name, contents);
    bool has_asked = false;
    for (const Run& run : lowering.runs) {
      std::string reason;
      const std::vector<Command>& commands = commands_of(mode, run, reason);
      if (commands.empty()) {
        leave_out(run, reason);
        continue;
      }
      const auto words = filled(mode, run, commands, scratch.path());
      CommandEnd end = mode.driver.empty()
                           ? run_commands(words, adapter_.environment, options_.timeout)
                           : ask_driver(driver_of(mode), adapter_.environment, words.at(0), options_.timeout);
      replace_all(end.output, scratch.path().string() + "/", "");  // the same words each time
      ++result_.runs;
      result_.took += end.took;
      Judgement judgement = judge(adapter_, mode, run, end);
      has_asked = has_asked || !judgement.is_refused;
      const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
      append(result_.failures, judgement.failures);
      append(result_.left_out, judgement.skipped);
      append(result_.warnings, judgement.warnings);
      if (!judgement.failures.empty()) failed_.push_back(&run);
      if (end.how == CommandEnd::How::late) break;  // what hangs once would hang each of the others' time
    }
    if (!has_asked) return unsupported(result_.left_out.empty() ? "it asks nothing" : result_.left_out.back().reason);
    conclude();
    if (result_.outcome == Outcome::fail && !options_.save_failed.empty()) save(mode, scratch.path());
    return result_;
  }

  void leave_out(const Run& run, const std::string& reason) {
    for (const uint32_t line : run.lines) result_.left_out.push_back({line, reason});
  }

  /// What is to be run; nothing, and the reason, where the runtime cannot.
  const std::vector<Command>& commands_of(const Mode& mode, const Run& run, std::string& reason) const {
    static const std::vector<Command> kNone;
    if (const auto lacks = lacking(adapter_, run.features)) return reason = *lacks, kNone;
    const bool is_loaded = run.expect == Expect::accepted || run.expect == Expect::rejected;
    if (is_loaded && mode.load.empty()) reason = "it cannot load a module without running it";
    return is_loaded ? mode.load : mode.commands;
  }

  std::vector<std::vector<std::string>> filled(const Mode& mode, const Run& run, const std::vector<Command>& commands,
                                               const fs::path& root) const {
    std::vector<std::string> options;
    for (const auto* features : {&front_.features, &run.features}) {
      for (const std::string& feature : *features) {
        if (const auto found = mode.options.find(feature); found != mode.options.end())
          options.insert(options.end(), found->second.begin(), found->second.end());
      }
    }
    const fs::path folder = root / to_string(mode.form);
    const std::map<std::string, std::string> values{{"program", runtime_.program},
                                                    {"sources", options_.sources.string()},
                                                    {"scratch", root.string()},
                                                    {"folder", folder.string()},
                                                    {"file", (folder / run.file).string()},
                                                    {"invoke", run.invoke},
                                                    {"name", test_.name},
                                                    {"path", run.file}};
    std::vector<std::vector<std::string>> result;
    result.reserve(commands.size());
    for (const Command& command : commands) result.push_back(fill(command, values, options));
    return result;
  }

  /// The command that starts the driver: the same one for all tests.
  std::vector<std::string> driver_of(const Mode& mode) const {
    return fill(mode.driver,
                {{"program", runtime_.program}, {"node", runtime_.node}, {"sources", options_.sources.string()}}, {});
  }

  /// The outcome, out of the failures and what was expected.
  void conclude() {
    std::sort(result_.failures.begin(), result_.failures.end(),
              [](const Failure& a, const Failure& b) { return a.line < b.line; });
    if (result_.failures.empty() && front_.min_time && result_.took < *front_.min_time)
      result_.failures.push_back(
          {Failure::How::wrong,
           0,
           fmt::format("ended after {} ms: it takes {} ms at least", result_.took.count(), front_.min_time->count()),
           {}});
    bool is_expected = true;
    for (Failure& failure : result_.failures) {
      const auto meets = [&](const Expectation& expectation) {
        const auto& lines = expectation.lines;
        return is_about_this(expectation) &&
               (lines.empty() || std::find(lines.begin(), lines.end(), failure.line) != lines.end());
      };
      const auto found = std::find_if(adapter_.expect.begin(), adapter_.expect.end(), meets);
      if (found == adapter_.expect.end())
        is_expected = false;
      else
        failure.expected = with_link(found->reason, found->link);
    }
    result_.outcome = result_.failures.empty() ? Outcome::pass : is_expected ? Outcome::expected_fail : Outcome::fail;
    if (result_.outcome != Outcome::pass) return;
    for (const Expectation& expectation : adapter_.expect) {
      if (!is_about_this(expectation) || expectation.is_sometimes) continue;
      result_.outcome = Outcome::unexpected_pass;
      result_.reason = expectation.reason;
    }
  }

  bool is_about_this(const Expectation& expectation) const {
    return conformance::matches_any(test_.name, expectation.tests);
  }

  /// The test, its files, and a script that runs what failed.
  void save(const Mode& mode, const fs::path& scratch) const {
    const fs::path folder = options_.save_failed / adapter_.name / test_.name;
    fs::create_directories(folder);
    fs::copy(scratch, folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    fs::copy_file(test_.path, folder / test_.path.filename(), fs::copy_options::overwrite_existing);
    std::string script =
        fmt::format("#!/bin/sh\n# {} on {} {}: run in this folder\nset -x\ncd \"$(dirname \"$0\")\" || exit\n",
                    test_.name, adapter_.name, runtime_.version);
    for (const std::string& variable : adapter_.environment) script += fmt::format("export {}\n", quoted({variable}));
    for (const Run* run : failed_) {
      std::string reason;
      for (auto& command : filled(mode, *run, commands_of(mode, *run, reason), ".")) {
        const auto driver = driver_of(mode);
        command.insert(command.begin(), driver.begin(), driver.end());
        script += quoted(command) + "\n";
      }
    }
    const fs::path replay = folder / "replay";
    write_bytes(replay, {script.begin(), script.end()});
    fs::permissions(replay, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                    fs::perm_options::add);
  }

  const Runtime& runtime_;
  const Adapter& adapter_;
  const SuiteTest& test_;
  const DriveOptions& options_;
  FrontMatter front_;
  TestResult result_;
  std::vector<const Run*> failed_;
};

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass: return "pass";
    case Outcome::fail: return "fail";
    case Outcome::unsupported: return "unsupported";
    case Outcome::expected_fail: return "expected fail";
    case Outcome::unexpected_pass: return "unexpected pass";
  }
  return "?";
}

std::string_view to_string(Failure::How how) {
  switch (how) {
    case Failure::How::wrong: return "wrong";
    case Failure::How::crash: return "crash";
    case Failure::How::timeout: return "timeout";
    case Failure::How::flood: return "flood";
  }
  return "?";
}

TestResult run_on(const Runtime& runtime, const SuiteTest& test, const DriveOptions& options) {
  return Drive(runtime, test, options).run();
}

}  // namespace weft::runtimes
