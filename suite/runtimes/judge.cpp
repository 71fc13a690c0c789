// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace weft::runtimes {
namespace {

using How = CommandEnd::How;

std::optional<uint32_t> number(std::string_view text) {
  const bool is_hex = text.starts_with("0x");
  if (is_hex) text.remove_prefix(2);
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, is_hex ? 16 : 10);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The first lines of what it wrote, for people.
std::string excerpt(const std::string& output) {
  constexpr size_t kMost = 400;
  std::string text = output.substr(0, kMost);
  if (text.size() < output.size()) text += "…";
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string last_line(const std::string& output) {
  const size_t end = output.find_last_not_of('\n');
  if (end == std::string::npos) return "";
  const size_t begin = output.rfind('\n', end);
  return excerpt(output.substr(begin == std::string::npos ? 0 : begin + 1, end - begin));
}

std::string describe(const CommandEnd& end) {
  const std::string output = excerpt(end.output);
  return fmt::format("exit code {}{}{}", end.status, output.empty() ? "" : ": ", output);
}

std::string signal_name(int number) {
  const char* const name = sigdescr_np(number);
  return name == nullptr ? "?" : name;
}

/// Of a process that did not come to an end of its own.
std::optional<Failure> broken(const CommandEnd& end) {
  const std::string output = end.output.empty() ? "" : ": " + excerpt(end.output);
  switch (end.how) {
    case How::exited: return std::nullopt;
    case How::crashed:
      return Failure{Failure::How::crash,
                     0,
                     fmt::format("crashed with signal {} ({}){}", end.status, signal_name(end.status), output),
                     {}};
    case How::late:
      return Failure{
          Failure::How::timeout, 0, fmt::format("still running after {} ms{}", end.took.count(), output), {}};
    case How::too_much: return Failure{Failure::How::flood, 0, fmt::format("wrote more than a mebibyte{}", output), {}};
    case How::missing: return Failure{Failure::How::wrong, 0, end.output, {}};
  }
  return std::nullopt;
}

Failure wrong(const Run& run, std::string message) {
  return {Failure::How::wrong, run.lines.size() == 1 ? run.lines[0] : 0, std::move(message), {}};
}

/// A script or a plan: the runtime, or its driver, tells what failed.
Judgement judge_commands(const Mode& mode, const CommandEnd& end) {
  Judgement judgement;
  const auto line_of = [](const std::vector<std::string>& groups) {
    return groups.size() > 1 ? number(groups[1]).value_or(0) : 0;
  };
  const auto message_of = [](const std::vector<std::string>& groups) { return groups[groups.size() > 2 ? 2 : 0]; };
  for (const auto& groups : mode.failure.find_all(end.output))
    judgement.failures.push_back({Failure::How::wrong, line_of(groups), message_of(groups), {}});
  for (const auto& groups : mode.skip.find_all(end.output))
    judgement.skipped.push_back({line_of(groups), message_of(groups)});
  for (const auto& groups : mode.warning.find_all(end.output))
    judgement.warnings.push_back({line_of(groups), message_of(groups)});
  if (!judgement.failures.empty()) return judgement;
  if (const auto refusal = mode.refusal.find(end.output)) {
    judgement.skipped.push_back({0, refusal->size() > 1 ? (*refusal)[1] : (*refusal)[0]});
    judgement.is_refused = true;
  } else if (end.status != 0) {
    const auto places = mode.place.find_all(end.output);
    judgement.failures.push_back({Failure::How::wrong,
                                  places.empty() ? 0 : line_of(places.back()),
                                  places.empty() ? describe(end) : last_line(end.output),
                                  {}});
  }
  const auto passed = mode.passed.find(end.output);
  if (passed && passed->size() > 1 && number((*passed)[1]) == 0U && !judgement.skipped.empty())
    judgement.is_refused = true;
  return judgement;
}

/// An export, or a program: whether it holds.
std::optional<Failure> judge_program(const Adapter& adapter, const Mode& mode, const Run& run, const CommandEnd& end) {
  static const Pattern kLine = *Pattern::compile("line ([0-9]+): not as expected");
  std::optional<uint32_t> line;
  if (mode.form == Form::exports) {
    if (const auto result = mode.result.find(end.output); result && result->size() > 1) line = number((*result)[1]);
  } else if (const auto told = kLine.find(end.output)) {
    line = number((*told)[1]);
  } else if (end.status == 0) {
    line = 0;
  }
  if (line == 0U) return std::nullopt;
  if (line) return Failure{Failure::How::wrong, *line, "not as expected", {}};
  if (adapter.trap.find(end.output)) return wrong(run, "trapped: " + excerpt(end.output));
  if (adapter.rejected.find(end.output)) return wrong(run, "was rejected: " + excerpt(end.output));
  return wrong(run, describe(end));
}

std::optional<Failure> judge_trap(const Adapter& adapter, const Run& run, const CommandEnd& end) {
  if (adapter.trap.find(end.output)) return std::nullopt;
  return wrong(run, "should trap: " + describe(end));
}

std::optional<Failure> judge_loading(const Adapter& adapter, const Run& run, const CommandEnd& end) {
  const bool is_rejected = adapter.rejected.find(end.output).has_value();
  const bool is_accepted = !is_rejected && (end.status == 0 || adapter.accepted.find(end.output));
  if (run.expect == Expect::accepted && is_accepted) return std::nullopt;
  if (run.expect == Expect::rejected && is_rejected) return std::nullopt;
  return wrong(run,
               fmt::format("should be {}: {}", to_string(run.expect), is_accepted ? "it is accepted" : describe(end)));
}

std::optional<Failure> judge_exit(const Adapter& adapter, const Run& run, const CommandEnd& end) {
  const bool has_trapped = adapter.trap.find(end.output).has_value();
  const auto& statuses = run.exit.statuses;
  if (has_trapped ? run.exit.trap : std::find(statuses.begin(), statuses.end(), end.status) != statuses.end())
    return std::nullopt;
  return wrong(run, describe(end) + ", which its front matter does not allow");
}

}  // namespace

Judgement judge(const Adapter& adapter, const Mode& mode, const Run& run, const CommandEnd& end) {
  std::optional<Failure> failure = broken(end);
  if (!failure) {
    switch (run.expect) {
      case Expect::holds:
        if (mode.form == Form::plan || mode.form == Form::script) return judge_commands(mode, end);
        failure = judge_program(adapter, mode, run, end);
        break;
      case Expect::trap: failure = judge_trap(adapter, run, end); break;
      case Expect::accepted:
      case Expect::rejected: failure = judge_loading(adapter, run, end); break;
      case Expect::exits: failure = judge_exit(adapter, run, end); break;
    }
  } else if (run.lines.size() == 1) {
    failure->line = run.lines[0];
  }
  return failure ? Judgement{{std::move(*failure)}, {}, {}, false} : Judgement{};
}

}  // namespace weft::runtimes
