// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
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
        "and the lowest and highest. Speed-up: the time with the first number of threads by the time with this one.\n"
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
  double seconds = 0;
  int64_t max_rss = 0;  // bytes
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// What runs of one kernel with so many threads came to.
struct Row {
  std::string kernel, form, size;
  uint64_t threads = 0;
  std::vector<double> native, weft;  // seconds
  int64_t native_rss = 0, weft_rss = 0;
  std::string difference;  // why it is none of the two's same result; or empty

  std::vector<double> ratios() const {
    std::vector<double> result;
    result.reserve(native.size());
    for (size_t i = 0; i < native.size(); ++i) result.push_back(weft[i] / native[i]);
    return result;
  }
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

void print_head() {
  fmt::print("{:18} {:>7} {:>10} {:>10} {:>7} {:>13} {:>8} {:>8} {:>8}\n", "kernel", "threads", "native ms", "weft ms",
             "ratio", "from … to", "native ×", "weft ×", "MB");
}

void print(const Row& row, const Row& first) {
  if (!row.difference.empty()) {
    fmt::print("{:18} {:7} {}\n", row.kernel, row.threads, paint(stdout, Color::red, "DIFFERS: " + row.difference));
    return;
  }
  const std::vector<double> ratios = row.ratios();
  const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print("{:18} {:7} {:10.2f} {:10.2f} {:7.2f} {:>13} {:8.2f} {:8.2f} {:8.1f}\n", row.kernel, row.threads,
             median(row.native) * 1e3, median(row.weft) * 1e3, median(ratios),
             fmt::format("{:.2f} … {:.2f}", *low, *high), median(first.native) / median(row.native),
             median(first.weft) / median(row.weft), static_cast<double>(row.weft_rss) / 1e6);
  std::fflush(stdout);
}

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
  json["native_seconds"] = row.native;
  json["weft_seconds"] = row.weft;
  json["ratio"] = median(row.ratios());
  json["native_speedup"] = median(first.native) / median(row.native);
  json["weft_speedup"] = median(first.weft) / median(row.weft);
  json["native_max_rss"] = row.native_rss;
  json["weft_max_rss"] = row.weft_rss;
  return json;
}

class Bench {
 public:
  std::string weft;  // this program
  std::filesystem::path folder;
  uint64_t runs = 5;
  bool quick = false;
  std::chrono::nanoseconds timeout{};

  /// Native and weft by turns, so that both see the same machine. Error: a program that cannot be run, or does not end.
  Result<Row> measure(const Kernel& kernel, const std::string& form, uint64_t threads) const {
    const std::string size = quick ? kernel.size : *kernel.bench_size;
    Row row{.kernel = kernel.name,
            .form = form,
            .size = size,
            .threads = threads,
            .native = {},
            .weft = {},
            .difference = {}};
    const std::vector<std::string> arguments{std::to_string(threads), size};
    std::vector<std::string> native{(folder / kernel.name).string()};
    std::vector<std::string> guest{weft, "run", kernel_module(folder, kernel, form).string()};
    native.insert(native.end(), arguments.begin(), arguments.end());
    guest.insert(guest.end(), arguments.begin(), arguments.end());
    for (uint64_t i = 0; i < runs; ++i) {
      const auto expected = run(native, timeout), found = run(guest, timeout);
      if (!expected) return expected.error();
      if (!found) return found.error();
      if (found->status != expected->status)
        row.difference = fmt::format("exit code {}, native {}", found->status, expected->status);
      else if (found->output != expected->output)
        row.difference = fmt::format("standard output is\n{}native\n{}", found->output, expected->output);
      if (!row.difference.empty()) return row;
      row.native.push_back(expected->seconds), row.weft.push_back(found->seconds);
      row.native_rss = std::max(row.native_rss, expected->max_rss),
      row.weft_rss = std::max(row.weft_rss, found->max_rss);
    }
    return row;
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
  print_head();
  for (const Kernel& kernel : kernels) {
    std::optional<Row> first;
    for (const uint64_t count : kernel.threads ? std::vector{*kernel.threads} : *threads) {
      if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "{} with {} threads …\r", kernel.name, count);
      auto row = bench.measure(kernel, form.value_or(kernel.usual_form()), count);
      if (!row) {
        line.error(row.error().message);
        return kEnvironment;
      }
      all_same = all_same && row->difference.empty();
      if (!first && row->difference.empty()) first = *row;
      print(*row, first.value_or(*row));
      rows.push_back(to_json(*row, first.value_or(*row)));
    }
  }
  if (report) {
    const std::string path = report->substr(5);
    std::ofstream out(path);
    out << to_text({{"version", 2}, {"runs", bench.runs}, {"rows", rows}}, 1) << "\n";
    if (!out.flush()) {
      line.error(fmt::format("{}: cannot be written", path));
      return kEnvironment;
    }
  }
  return all_same ? kAsExpected : kUnexpected;
}

}  // namespace weft::cli
