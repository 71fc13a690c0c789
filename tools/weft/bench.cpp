// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "suite/conformance/front_matter.h"
#include "suite/conformance/name_pattern.h"
#include "tools/weft/bench_runs.h"
#include "tools/weft/commands.h"
#include "tools/weft/json.h"
#include "tools/weft/kernels.h"
#include "tools/weft/runtime_options.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "[KERNEL…]",
    .summary =
        "Runs kernels natively and on the interpreter, by turns, and compares what they print and how long they take.",
    .examples =
        "  weft bench                            all kernels, with 1 and 2 threads\n"
        "  weft bench 'm*' --threads 1,2,4       some of them, with up to four threads\n"
        "  weft bench --quick --runs 1           at the sizes of the tests: does all of it run?\n"
        "  weft bench --form plain               kernels with one thread, as programs for any runtime with WASI\n"
        "  weft bench --runtime node,iwasm       other runtimes beside weft\n"
        "  weft bench --report json=bench.json   the same figures for programs\n",
    .details =
        "Times are medians over the runs, of the part that a kernel measures itself (its line 'seconds:'): what a\n"
        "process takes to start is not in it. Ratio: weft's time by the native one, the median over pairs of runs,\n"
        "and the lowest and highest. CPU: the same of the time that the whole processes had the machine, which says\n"
        "more where something else runs, and nothing of threads that wait. Speed-up: the time with the first number\n"
        "of threads by the time with this one, median over rounds of runs. At the end the geometric mean of the rows\n"
        "with the first number of threads.\n"
        "Kernels with one thread are measured with one. Forms: kernels/README.md says what each is; a kernel that was\n"
        "not built in the one that is asked for is left out.\n"
        "Another runtime's column is its time by the native one, the median over rounds; - where it can run no form "
        "that\n"
        "the kernel was built in. Its form is the first that its adapter has ('kernels' in suite/runtimes/README.md), "
        "or\n"
        "that of --form; weft's stays what it is without other runtimes.\n"
        "Nothing else should run on the machine. The format of the report: tools/schemas/bench.json.\n"
        "Exit codes: 0 all printed what they should, 1 some did not, 2 wrong usage, 3 no such kernel or form, or none "
        "built.\n",
};

std::optional<std::vector<uint64_t>> parse_threads(const std::string& list) {
  std::vector<uint64_t> threads;
  for (const std::string& word : conformance::split(list, ",")) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || value == 0 || value > 64) return std::nullopt;
    threads.push_back(value);
  }
  return threads.empty() ? std::nullopt : std::optional(threads);
}

constexpr int kNameWidth = 26;

/// How wide the column of another runtime is.
size_t width(const std::string& runtime) { return std::max<size_t>(runtime.size(), 7); }

void print_head(const Bench& bench) {
  fmt::print("{:{}} {:>7} {:>10} {:>10} {:>7} {:>15} {:>7} {:>8} {:>8} {:>8}", "kernel", kNameWidth, "threads",
             "native ms", "weft ms", "ratio", "from … to", "CPU", "native ×", "weft ×", "MB");
  for (const runtimes::Runtime& runtime : bench.runtimes)
    fmt::print(" {:>{}}", runtime.adapter.name, width(runtime.adapter.name));
  fmt::print("\n");
}

const Column* column_of(const Row& row, const std::string& runtime) {
  const auto found = std::find_if(row.columns.begin(), row.columns.end(),
                                  [&runtime](const Column& column) { return column.runtime == runtime; });
  return found == row.columns.end() ? nullptr : &*found;
}

/// The ratios of the other runtimes, or why there is none; at last the differences, a line each.
void print_others(const Bench& bench, const Row& row) {
  for (const runtimes::Runtime& runtime : bench.runtimes) {
    const Column* column = column_of(row, runtime.adapter.name);
    fmt::print(" {:>{}}",
               !column           ? "-"
               : !column->same() ? "DIFFERS"
                                 : fmt::format("{:.2f}", row.ratio(*column)),
               width(runtime.adapter.name));
  }
  fmt::print("\n");
  for (const Column& column : row.columns) {
    if (!column.same())
      fmt::print("{:{}} {:7} {}\n", row.kernel, kNameWidth, row.threads,
                 paint(stdout, Color::red, fmt::format("DIFFERS on {}: {}", column.runtime, column.difference)));
  }
}

void print(const Bench& bench, const Row& row, const Row& first) {
  const Column& weft = row.weft();
  if (!weft.same()) {
    fmt::print("{:{}} {:7} {}\n", row.kernel, kNameWidth, row.threads,
               paint(stdout, Color::red, "DIFFERS: " + weft.difference));
    return;
  }
  const std::vector<double> ratios = row.ratios(weft);
  const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print("{:{}} {:7} {:10.2f} {:10.2f} {:7.2f} {:>15} {:7.2f} {:8.2f} {:8.2f} {:8.1f}", row.kernel, kNameWidth,
             row.threads, median(row.native.seconds) * 1e3, median(weft.runs.seconds) * 1e3, row.ratio(weft),
             fmt::format("{:.2f} … {:.2f}", *low, *high), row.cpu_ratio(weft), row.native.speedup_from(first.native),
             weft.runs.speedup_from(first.weft().runs), static_cast<double>(weft.runs.max_rss) / 1e6);
  print_others(bench, row);
  std::fflush(stdout);
}

/// Of the rows that are each their kernel's first; of another runtime, of those that it ran.
class GeometricMean {
 public:
  void add(const Row& row) {
    cpu_.add(row.cpu_ratio(row.weft()));
    for (const Column& column : row.columns) {
      if (column.same()) ratios_[column.runtime].add(row.ratio(column));
    }
  }
  void print(const Bench& bench) {
    if (cpu_.count < 2) return;
    fmt::print("{:{}} {:29} {:7.2f} {:15} {:7.2f}", fmt::format("geometric mean of {}", cpu_.count), kNameWidth, "",
               ratios_["weft"].value(), "", cpu_.value());
    std::string blank(27, ' ');  // to where the other runtimes' columns begin
    for (const runtimes::Runtime& runtime : bench.runtimes) {
      const Mean& mean = ratios_[runtime.adapter.name];
      fmt::print("{} {:>{}}", blank, mean.count == 0 ? "-" : fmt::format("{:.2f}", mean.value()),
                 width(runtime.adapter.name));
      blank.clear();
    }
    fmt::print("\n");
    for (const runtimes::Runtime& runtime : bench.runtimes) {
      if (const int count = ratios_[runtime.adapter.name].count; count < cpu_.count)
        fmt::print("{}: of {} of them\n", runtime.adapter.name, count);
    }
  }

 private:
  struct Mean {
    double logarithms = 0;
    int count = 0;
    void add(double ratio) { logarithms += std::log(ratio), ++count; }
    double value() const { return std::exp(logarithms / count); }
  };
  Mean cpu_;
  std::map<std::string, Mean> ratios_;
};

/// Another runtime's part of a row.
nlohmann::ordered_json other_to_json(const Row& row, const Column& column, const Row& first) {
  nlohmann::ordered_json json{{"runtime", column.runtime}, {"form", column.form}, {"same", column.same()}};
  if (!column.same()) {
    json["difference"] = column.difference;
    return json;
  }
  json["seconds"] = column.runs.seconds;
  json["cpu_seconds"] = column.runs.cpu_seconds;
  json["ratio"] = row.ratio(column);
  json["cpu_ratio"] = row.cpu_ratio(column);
  if (const Column* start = column_of(first, column.runtime); start && start->same())
    json["speedup"] = column.runs.speedup_from(start->runs);
  json["max_rss"] = column.runs.max_rss;
  return json;
}

/// `first`: the same kernel's, with the first number of threads.
nlohmann::ordered_json to_json(const Row& row, const Row& first) {
  const Column& weft = row.weft();
  nlohmann::ordered_json json{
      {"kernel", row.kernel}, {"form", weft.form}, {"size", row.size}, {"threads", row.threads}, {"same", weft.same()}};
  if (!weft.same()) {
    json["difference"] = weft.difference;
    return json;
  }
  json["native_seconds"] = row.native.seconds;
  json["weft_seconds"] = weft.runs.seconds;
  json["native_cpu_seconds"] = row.native.cpu_seconds;
  json["weft_cpu_seconds"] = weft.runs.cpu_seconds;
  json["ratio"] = row.ratio(weft);
  json["cpu_ratio"] = row.cpu_ratio(weft);
  json["native_speedup"] = row.native.speedup_from(first.native);
  json["weft_speedup"] = weft.runs.speedup_from(first.weft().runs);
  json["native_max_rss"] = row.native.max_rss;
  json["weft_max_rss"] = weft.runs.max_rss;
  for (size_t i = 1; i < row.columns.size(); ++i) json["others"].push_back(other_to_json(row, row.columns[i], first));
  return json;
}

nlohmann::ordered_json to_json(const std::vector<runtimes::Runtime>& runtimes) {
  auto json = nlohmann::ordered_json::array();
  for (const runtimes::Runtime& one : runtimes)
    json.push_back({{"name", one.adapter.name}, {"title", one.adapter.title}, {"version", one.version}});
  return json;
}

/// The forms in which any of the kernels was built.
std::set<std::string> all_forms(const std::vector<Kernel>& kernels) {
  std::set<std::string> forms;
  for (const Kernel& kernel : kernels) forms.insert(kernel.forms.begin(), kernel.forms.end());
  return forms;
}

/// The runtimes that are asked for. Throws Stop.
std::vector<runtimes::Runtime> bench_runtimes(const CommandLine& line, const RuntimeOptions& options) {
  if (options.runtimes.empty()) {
    if (!options.adapters.empty()) throw Stop{line.usage_error("--adapter: goes with --runtime")};
    return {};
  }
  std::vector<runtimes::Runtime> result = find_runtimes(line, options);
  std::erase_if(result, [](const runtimes::Runtime& one) { return one.adapter.name == "weft"; });  // is there anyway
  const bool all = std::find(options.runtimes.begin(), options.runtimes.end(), "all") != options.runtimes.end();
  if (all) std::erase_if(result, [](const runtimes::Runtime& one) { return one.adapter.kernels.empty(); });
  for (const runtimes::Runtime& one : result) {
    if (one.adapter.kernels.empty()) {
      line.error(
          fmt::format("--runtime: the adapter {} does not say how kernels are run ('kernels')", one.adapter.name));
      throw Stop{kEnvironment};
    }
  }
  return result;
}

int run_bench(const Arguments& arguments) {
  CommandLine line("bench", kHelp);
  std::optional<std::string> thread_list, form, report, folder;
  std::optional<uint64_t> runs;
  std::optional<std::chrono::nanoseconds> timeout;
  bool quick = false;
  RuntimeOptions others;
  line.text("--threads", thread_list, "N,…", "numbers of threads [1,2]");
  line.text("--form", form, "FORM", "the modules to measure [O2; of kernels in Rust, rust]");
  line.texts("--runtime", others.runtimes, "NAME,…", "other runtimes beside weft; all: those that are here");
  line.texts("--adapter", others.adapters, "FILE", "the adapter of a runtime of one's own");
  line.count("--runs", runs, "rounds of runs of each [5]");
  line.flag("--quick", quick, "the sizes that the tests use");
  line.text("--report", report, "json=FILE", "write the figures to FILE");
  line.text("--kernels", folder, "DIR", "where they were built [kernels, beside this program's folder]");
  line.duration("--timeout", timeout, "of one run [5m]");
  if (const auto status = line.parse(arguments)) return *status;
  const auto threads = parse_threads(thread_list.value_or("1,2"));
  if (!threads) return line.usage_error("--threads: wants numbers from 1 to 64, with commas between them");
  if (report && !report->starts_with("json=")) return line.usage_error("--report: wants json=FILE");

  const Bench bench{.weft = this_program(),
                    .folder = folder ? std::filesystem::path(*folder) : kernel_folder(),
                    .runtimes = bench_runtimes(line, others),
                    .runs = runs.value_or(5),
                    .quick = quick,
                    .timeout = timeout.value_or(std::chrono::minutes(5))};
  std::vector<Kernel> kernels = read_kernels(bench.folder);
  std::erase_if(kernels, [](const Kernel& kernel) { return !kernel.bench_size; });
  if (kernels.empty()) {
    line.error(fmt::format("{}: no kernels were built there", bench.folder.string()));
    return kEnvironment;
  }
  for (const std::string& pattern : line.operands()) {
    if (std::none_of(kernels.begin(), kernels.end(),
                     [&](const Kernel& each) { return conformance::matches(each.name, pattern); })) {
      line.error(fmt::format("no kernel is called '{}'", pattern));
      return kEnvironment;
    }
  }
  const std::set<std::string> forms = all_forms(kernels);
  if (form && !forms.contains(*form)) {
    line.error(fmt::format("no kernel was built in the form '{}'; there are {}", *form, fmt::join(forms, ", ")));
    return kEnvironment;
  }
  std::erase_if(kernels, [&](const Kernel& kernel) {
    return !kernel.has_form(form.value_or(kernel.usual_form())) ||
           (!line.operands().empty() &&
            std::none_of(line.operands().begin(), line.operands().end(),
                         [&kernel](const std::string& pattern) { return conformance::matches(kernel.name, pattern); }));
  });
  if (kernels.empty()) {
    line.error(fmt::format("none of these was built in the form '{}'", form.value_or("O2")));
    return kEnvironment;
  }

  bool all_same = true;
  auto rows = nlohmann::ordered_json::array();
  GeometricMean mean;
  print_head(bench);
  for (const Kernel& kernel : kernels) {
    if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "{} …\r", kernel.name);
    const auto measured = bench.measure(kernel, form, kernel.threads ? std::vector{*kernel.threads} : *threads);
    if (!measured) {
      line.error(measured.error().message);
      return kEnvironment;
    }
    // Speed-ups are from this one.
    const auto same = [](const Row& row) { return row.weft().same(); };
    const auto first = std::find_if(measured->begin(), measured->end(), same);
    if (first == measured->begin()) mean.add(*first);
    for (const Row& row : *measured) {
      all_same = all_same && std::all_of(row.columns.begin(), row.columns.end(), std::mem_fn(&Column::same));
      print(bench, row, same(row) ? *first : row);
      rows.push_back(to_json(row, same(row) ? *first : row));
    }
  }
  mean.print(bench);
  if (report) {
    const std::string path = report->substr(5);
    std::ofstream out(path);
    nlohmann::ordered_json json{{"version", 3}, {"runs", bench.runs}};
    if (!bench.runtimes.empty()) json["runtimes"] = to_json(bench.runtimes);
    json["rows"] = rows;
    out << to_text(json, 1) << "\n";
    if (!out.flush()) {
      line.error(fmt::format("{}: cannot be written", path));
      return kEnvironment;
    }
  }
  return all_same ? kAsExpected : kUnexpected;
}

}  // namespace

int bench(const Arguments& arguments) {
  try {
    return run_bench(arguments);
  } catch (const Stop& stop) {
    return stop.status;
  }
}

}  // namespace weft::cli
