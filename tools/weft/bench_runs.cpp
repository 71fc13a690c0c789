// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/bench_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "suite/conformance/child.h"
#include "suite/conformance/front_matter.h"
#include "suite/runtimes/command.h"

namespace weft::cli {
namespace {

using conformance::Child;
using Clock = std::chrono::steady_clock;

/// One run of a program.
struct Run {
  std::string output;
  int status = 0;
  double seconds = 0, cpu_seconds = 0;
  int64_t max_rss = 0;  // bytes
};

/// Of runs of the same rounds.
std::vector<double> quotients(const std::vector<double>& dividends, const std::vector<double>& divisors) {
  std::vector<double> result;
  result.reserve(dividends.size());
  for (size_t i = 0; i < dividends.size(); ++i) result.push_back(dividends[i] / divisors[i]);
  return result;
}

/// The seconds that a kernel says it took, or those of the whole process.
double own_seconds(const std::string& errors, double whole) {
  constexpr std::string_view kLabel = "seconds: ";
  for (const std::string& line : conformance::split(errors, "\n")) {
    if (line.starts_with(kLabel)) return std::strtod(line.c_str() + kLabel.size(), nullptr);
  }
  return whole;
}

Result<Run> run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                std::chrono::nanoseconds timeout) {
  const Clock::time_point begin = Clock::now();
  auto child = Child::start(arguments, environment, conformance::Errors::apart);
  if (!child) return child.error();
  Run result;
  std::string line;
  Child::Read read = Child::Read::line;
  while ((read = child->read_line(line, begin + timeout)) == Child::Read::line) result.output += line + "\n";
  const auto end = read == Child::Read::late ? std::nullopt : child->wait(begin + timeout);
  if (!end)
    return Error{ErrorKind::host,
                 fmt::format("{}: still running after {} s", arguments[0], timeout.count() / 1'000'000'000),
                 {}};
  result.status = end->by_signal ? 128 + end->code : end->code;
  result.cpu_seconds = end->cpu_seconds;
  result.max_rss = end->max_rss;
  result.seconds = own_seconds(child->errors(), std::chrono::duration<double>(Clock::now() - begin).count());
  return result;
}

void add(Runs& runs, const Run& run) {
  runs.seconds.push_back(run.seconds);
  runs.cpu_seconds.push_back(run.cpu_seconds);
  runs.max_rss = std::max(runs.max_rss, run.max_rss);
}

void add(Column& column, const Run& expected, const Run& found) {
  if (found.status != expected.status)
    column.difference = fmt::format("exit code {}, native {}", found.status, expected.status);
  else if (found.output != expected.output)
    column.difference = fmt::format("standard output is\n{}native\n{}", found.output, expected.output);
  add(column.runs, found);
}

/// How one column is run: without the kernel's arguments, which follow.
struct Program {
  std::string runtime, form;
  std::vector<std::string> command, environment;
};

struct FormCommand {
  std::string form;
  const runtimes::Command* command;
};

/// How the runtime can run the kernel, in this form if it must be one.
std::optional<FormCommand> kernel_mode(const runtimes::Adapter& adapter, const Kernel& kernel,
                                       const std::optional<std::string>& wanted) {
  for (const runtimes::KernelMode& mode : adapter.kernels) {
    for (const std::string& form : mode.forms) {
      if (kernel.has_form(form) && (!wanted || *wanted == form)) return FormCommand{form, &mode.command};
    }
  }
  return std::nullopt;
}

std::vector<Program> programs(const Bench& bench, const Kernel& kernel, const std::optional<std::string>& form) {
  const std::string usual = form.value_or(kernel.usual_form());
  std::vector<Program> result{
      {"weft", usual, {bench.weft, "run", kernel_module(bench.folder, kernel, usual).string()}, {}}};
  for (const runtimes::Runtime& runtime : bench.runtimes) {
    const auto mode = kernel_mode(runtime.adapter, kernel, form);
    if (!mode) continue;
    const std::map<std::string, std::string> values{{"program", runtime.program},
                                                    {"sources", WEFT_SOURCES},
                                                    {"file", kernel_module(bench.folder, kernel, mode->form).string()}};
    result.push_back(
        {runtime.adapter.name, mode->form, runtimes::fill(*mode->command, values, {}), runtime.adapter.environment});
  }
  return result;
}

/// One round of a row.
std::optional<Error> run_round(const Bench& bench, const std::vector<Program>& all, Row& row) {
  const std::vector<std::string> arguments{std::to_string(row.threads), row.size};
  const auto with_arguments = [&arguments](std::vector<std::string> command) {
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
  };
  const auto expected = run(with_arguments({(bench.folder / row.kernel).string()}), {}, bench.timeout);
  if (!expected) return expected.error();
  add(row.native, *expected);
  for (size_t i = 0; i < all.size(); ++i) {
    Column& column = row.columns[i];
    if (!column.same()) continue;
    const auto found = run(with_arguments(all[i].command), all[i].environment, bench.timeout);
    if (found)
      add(column, *expected, *found);
    else if (i == 0)
      return found.error();
    else
      column.difference = found.error().message;
  }
  return std::nullopt;
}

}  // namespace

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double Runs::speedup_from(const Runs& first) const { return median(quotients(first.seconds, seconds)); }

std::vector<double> Row::ratios(const Column& column) const { return quotients(column.runs.seconds, native.seconds); }

double Row::ratio(const Column& column) const { return median(ratios(column)); }

double Row::cpu_ratio(const Column& column) const {
  return median(quotients(column.runs.cpu_seconds, native.cpu_seconds));
}

Result<std::vector<Row>> Bench::measure(const Kernel& kernel, const std::optional<std::string>& form,
                                        const std::vector<uint64_t>& threads) const {
  const std::vector<Program> all = programs(*this, kernel, form);
  std::vector<Row> rows;
  for (const uint64_t count : threads) {
    rows.push_back({kernel.name, quick ? kernel.size : *kernel.bench_size, count, {}, {}});
    for (const Program& program : all) rows.back().columns.push_back({program.runtime, program.form, {}, {}});
  }
  for (uint64_t i = 0; i < runs; ++i) {
    for (Row& row : rows) {
      if (!row.weft().same()) continue;  // nothing more to be learnt
      if (const auto error = run_round(*this, all, row)) return *error;
    }
  }
  return rows;
}

}  // namespace weft::cli
