// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <utility>

#include "suite/conformance/child.h"
#include "suite/conformance/front_matter.h"
#include "suite/conformance/name_pattern.h"
#include "tools/weft/commands.h"
#include "tools/weft/json.h"
#include "tools/weft/kernels.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

using conformance::Child;
using Clock = std::chrono::steady_clock;

constexpr Help kHelp{
    .arguments = "[KERNEL…]",
    .summary =
        "Runs kernels natively and on the interpreter, by turns, and compares what they print and how long they take.",
    .examples =
        "  weft bench                            all kernels, with 1 and 2 threads\n"
        "  weft bench 'm*' --threads 1,2,4       some of them, with up to four threads\n"
        "  weft bench --quick --runs 1           at the sizes of the tests: does all of it run?\n"
        "  weft bench --form plain               kernels with one thread, as programs for any runtime with WASI\n"
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
        "Nothing else should run on the machine. The format of the report: tools/schemas/bench.json.\n"
        "Exit codes: 0 all printed what they should, 1 some did not, 2 wrong usage, 3 no such kernel or form, or none "
        "built.\n",
};

/// One run of a program.
struct Run {
  std::string output;
  int status = 0;
  double seconds = 0, cpu_seconds = 0;
  int64_t max_rss = 0;  // bytes
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Of runs of the same rounds.
std::vector<double> quotients(const std::vector<double>& dividends, const std::vector<double>& divisors) {
  std::vector<double> result;
  result.reserve(dividends.size());
  for (size_t i = 0; i < dividends.size(); ++i) result.push_back(dividends[i] / divisors[i]);
  return result;
}

/// The runs of one program, in the order of the rounds.
struct Runs {
  std::vector<double> seconds, cpu_seconds;
  int64_t max_rss = 0;  // of any

  void add(const Run& run) {
    seconds.push_back(run.seconds), cpu_seconds.push_back(run.cpu_seconds);
    max_rss = std::max(max_rss, run.max_rss);
  }
  double speedup_from(const Runs& first) const { return median(quotients(first.seconds, seconds)); }
};

/// What runs of one kernel with so many threads came to.
struct Row {
  std::string kernel, form, size;
  uint64_t threads = 0;
  Runs native, weft;
  std::string difference;  // why it is none of the two's same result; or empty

  std::vector<double> ratios() const { return quotients(weft.seconds, native.seconds); }
  double ratio() const { return median(ratios()); }
  double cpu_ratio() const { return median(quotients(weft.cpu_seconds, native.cpu_seconds)); }
};

/// The seconds that a kernel says it took, or those of the whole process.
double own_seconds(const std::string& errors, double whole) {
  constexpr std::string_view kLabel = "seconds: ";
  for (const std::string& line : conformance::split(errors, "\n")) {
    if (line.starts_with(kLabel)) return std::strtod(line.c_str() + kLabel.size(), nullptr);
  }
  return whole;
}

Result<Run> run(const std::vector<std::string>& arguments, std::chrono::nanoseconds timeout) {
  const Clock::time_point begin = Clock::now();
  auto child = Child::start(arguments, {}, conformance::Errors::apart);
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

void print_head() {
  fmt::print("{:{}} {:>7} {:>10} {:>10} {:>7} {:>15} {:>7} {:>8} {:>8} {:>8}\n", "kernel", kNameWidth, "threads",
             "native ms", "weft ms", "ratio", "from … to", "CPU", "native ×", "weft ×", "MB");
}

void print(const Row& row, const Row& first) {
  if (!row.difference.empty()) {
    fmt::print("{:{}} {:7} {}\n", row.kernel, kNameWidth, row.threads,
               paint(stdout, Color::red, "DIFFERS: " + row.difference));
    return;
  }
  const std::vector<double> ratios = row.ratios();
  const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print("{:{}} {:7} {:10.2f} {:10.2f} {:7.2f} {:>15} {:7.2f} {:8.2f} {:8.2f} {:8.1f}\n", row.kernel, kNameWidth,
             row.threads, median(row.native.seconds) * 1e3, median(row.weft.seconds) * 1e3, row.ratio(),
             fmt::format("{:.2f} … {:.2f}", *low, *high), row.cpu_ratio(), row.native.speedup_from(first.native),
             row.weft.speedup_from(first.weft), static_cast<double>(row.weft.max_rss) / 1e6);
  std::fflush(stdout);
}

/// Of the rows that are each their kernel's first.
class GeometricMean {
 public:
  void add(const Row& row) {
    ratio_ += std::log(row.ratio()), cpu_ += std::log(row.cpu_ratio());
    ++count_;
  }
  void print() const {
    if (count_ < 2) return;
    fmt::print("{:{}} {:29} {:7.2f} {:15} {:7.2f}\n", fmt::format("geometric mean of {}", count_), kNameWidth, "",
               std::exp(ratio_ / count_), "", std::exp(cpu_ / count_));
  }

 private:
  double ratio_ = 0, cpu_ = 0;
  int count_ = 0;
};

/// `first`: the same kernel's, with the first number of threads.
nlohmann::ordered_json to_json(const Row& row, const Row& first) {
  nlohmann::ordered_json json{{"kernel", row.kernel},
                              {"form", row.form},
                              {"size", row.size},
                              {"threads", row.threads},
                              {"same", row.difference.empty()}};
  if (!row.difference.empty()) {
    json["difference"] = row.difference;
    return json;
  }
  json["native_seconds"] = row.native.seconds;
  json["weft_seconds"] = row.weft.seconds;
  json["native_cpu_seconds"] = row.native.cpu_seconds;
  json["weft_cpu_seconds"] = row.weft.cpu_seconds;
  json["ratio"] = row.ratio();
  json["cpu_ratio"] = row.cpu_ratio();
  json["native_speedup"] = row.native.speedup_from(first.native);
  json["weft_speedup"] = row.weft.speedup_from(first.weft);
  json["native_max_rss"] = row.native.max_rss;
  json["weft_max_rss"] = row.weft.max_rss;
  return json;
}

class Bench {
 public:
  std::string weft;  // this program
  std::filesystem::path folder;
  uint64_t runs = 5;
  bool quick = false;
  std::chrono::nanoseconds timeout{};

  /// One row for each number of threads. All of them by turns, natively and on weft, so that all see the same machine.
  /// Error: a program that cannot be run, or does not end.
  Result<std::vector<Row>> measure(const Kernel& kernel, const std::string& form,
                                   const std::vector<uint64_t>& threads) const {
    std::vector<Row> rows;
    for (const uint64_t count : threads) {
      rows.emplace_back();
      rows.back().kernel = kernel.name, rows.back().form = form, rows.back().threads = count;
      rows.back().size = quick ? kernel.size : *kernel.bench_size;
    }
    for (uint64_t i = 0; i < runs; ++i) {
      for (Row& row : rows) {
        if (!row.difference.empty()) continue;
        const std::vector<std::string> native{(folder / kernel.name).string(), std::to_string(row.threads), row.size};
        std::vector<std::string> guest{weft, "run", kernel_module(folder, kernel, form).string()};
        guest.insert(guest.end(), native.begin() + 1, native.end());
        const auto expected = run(native, timeout), found = run(guest, timeout);
        if (!expected) return expected.error();
        if (!found) return found.error();
        add(row, *expected, *found);
      }
    }
    return rows;
  }

 private:
  static void add(Row& row, const Run& expected, const Run& found) {
    if (found.status != expected.status)
      row.difference = fmt::format("exit code {}, native {}", found.status, expected.status);
    else if (found.output != expected.output)
      row.difference = fmt::format("standard output is\n{}native\n{}", found.output, expected.output);
    row.native.add(expected);
    row.weft.add(found);
  }
};

/// The forms in which any of the kernels was built.
std::set<std::string> all_forms(const std::vector<Kernel>& kernels) {
  std::set<std::string> forms;
  for (const Kernel& kernel : kernels) forms.insert(kernel.forms.begin(), kernel.forms.end());
  return forms;
}

}  // namespace

int bench(const Arguments& arguments) {
  CommandLine line("bench", kHelp);
  std::optional<std::string> thread_list, form, report, folder;
  std::optional<uint64_t> runs;
  std::optional<std::chrono::nanoseconds> timeout;
  bool quick = false;
  line.text("--threads", thread_list, "N,…", "numbers of threads [1,2]");
  line.text("--form", form, "FORM", "the modules to measure [O2; of kernels in Rust, rust]");
  line.count("--runs", runs, "pairs of runs of each [5]");
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
  print_head();
  for (const Kernel& kernel : kernels) {
    if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "{} …\r", kernel.name);
    const auto measured = bench.measure(kernel, form.value_or(kernel.usual_form()),
                                        kernel.threads ? std::vector{*kernel.threads} : *threads);
    if (!measured) {
      line.error(measured.error().message);
      return kEnvironment;
    }
    // Speed-ups are from this one.
    const auto same = [](const Row& row) { return row.difference.empty(); };
    const auto first = std::find_if(measured->begin(), measured->end(), same);
    if (first == measured->begin()) mean.add(*first);
    for (const Row& row : *measured) {
      all_same = all_same && same(row);
      print(row, same(row) ? *first : row);
      rows.push_back(to_json(row, same(row) ? *first : row));
    }
  }
  mean.print();
  if (report) {
    const std::string path = report->substr(5);
    std::ofstream out(path);
    out << to_text({{"version", 3}, {"runs", bench.runs}, {"rows", rows}}, 1) << "\n";
    if (!out.flush()) {
      line.error(fmt::format("{}: cannot be written", path));
      return kEnvironment;
    }
  }
  return all_same ? kAsExpected : kUnexpected;
}

}  // namespace weft::cli
