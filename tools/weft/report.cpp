// SPDX-License-Identifier: Apache-2.0
#include "suite/report/report.h"

#include <fmt/format.h>

#include <optional>

#include "suite/conformance/front_matter.h"
#include "tools/weft/commands.h"
#include "tools/weft/report_file.h"
#include "tools/weft/report_page.h"

namespace weft::cli {
namespace {

using report::Report;

constexpr Help kHelp{
    .arguments = "html [REPORT] | compare OLD NEW | merge FILE…",
    .summary =
        "Shows reports of 'weft test --runtime … --report json=FILE' as a page, compares two, or puts the parts of one "
        "together.",
    .examples =
        "  weft report html all.json > report.html       one file, to be opened in a browser\n"
        "  weft report html all.json --bench bench.json --litmus litmus.json > report.html\n"
        "                                                with the figures of kernels, and what litmus tests did\n"
        "  weft report compare old.json new.json         which tests have another outcome\n"
        "  weft report compare old.json new.json --html changes.html\n"
        "                                                the same as a page, too\n"
        "  weft report merge 1.json 2.json > all.json    of the parts that --shard made\n",
    .details =
        "html and merge write to standard output. The page has all that it shows in it, and needs no network: a matrix "
        "of\nfolders and runtimes, the tests with their sources and what came of them, plots. --bench: of 'weft bench "
        "--report\njson=FILE'; --litmus: what 'weft litmus --json' printed. REPORT may be left out when one of these "
        "is "
        "given.\n"
        "Of a test that several reports have on one runtime, merge takes the last one's result; a runtime must be of "
        "one\n"
        "version in all of them.\n"
        "Exit codes: 0 done, and with compare nothing became worse; 1 something became a fail or an unexpected pass;\n"
        "2 wrong usage; 3 a file cannot be read or written, or is no report.\n",
};

int fail(const CommandLine& line, const Error& error) {
  line.error(error.message);
  return kEnvironment;
}

int merge(const CommandLine& line, const std::vector<std::string>& paths) {
  Result<Report> merged = read_report(paths[0]);
  for (size_t i = 1; merged && i < paths.size(); ++i) {
    const Result<Report> next = read_report(paths[i]);
    merged = next ? report::merge(*merged, *next) : next;
  }
  if (!merged) return fail(line, merged.error());
  fmt::print("{}", to_json(*merged));
  return kAsExpected;
}

/// What the page is to show beside a report.
struct Beside {
  std::optional<std::string> bench, litmus;  // files
};

Result<std::string> page(report::Page page, const Beside& beside) {
  if (beside.bench) {
    auto text = read_text(*beside.bench);
    if (!text) return text.error();
    page.bench = std::move(*text);
  }
  if (beside.litmus) {
    const auto text = read_text(*beside.litmus);
    if (!text) return text.error();
    page.litmus = conformance::split(*text, "\n");
    std::erase(page.litmus, "");
  }
  return make_page(std::move(page));
}

int html(const CommandLine& line, const std::vector<std::string>& paths, const Beside& beside) {
  report::Page contents;
  if (!paths.empty()) {
    auto report = read_report(paths[0]);
    if (!report) return fail(line, report.error());
    contents.report = std::move(*report);
  }
  const auto written = page(std::move(contents), beside);
  if (!written) return fail(line, written.error());
  fmt::print("{}", *written);
  return kAsExpected;
}

int compare(const CommandLine& line, const std::vector<std::string>& paths, const std::optional<std::string>& file,
            const Beside& beside) {
  Result<Report> before = read_report(paths[0]), after = read_report(paths[1]);
  if (!before) return fail(line, before.error());
  if (!after) return fail(line, after.error());
  const report::Comparison comparison = report::compare(*before, *after);
  fmt::print("{}", comparison.text.empty() ? "nothing changed\n" : comparison.text);
  if (file) {
    report::Page contents;
    contents.report = std::move(*after), contents.old = std::move(*before);
    const auto text = page(std::move(contents), beside);
    if (!text) return fail(line, text.error());
    if (const auto written = write_text(*file, *text); !written) return fail(line, written.error());
  }
  return comparison.worse > 0 ? kUnexpected : kAsExpected;
}

}  // namespace

int report_command(const Arguments& arguments) {
  CommandLine line("report", kHelp);
  std::optional<std::string> file;
  Beside beside;
  line.text("--html", file, "FILE", "with compare: write the page there");
  line.text("--bench", beside.bench, "FILE", "figures of kernels, for the page");
  line.text("--litmus", beside.litmus, "FILE", "histograms of litmus tests, for the page");
  if (const auto status = line.parse(arguments)) return *status;
  std::vector<std::string> words = line.operands();
  if (words.empty()) return line.usage_error("wants html, compare or merge");
  const std::string what = words[0];
  words.erase(words.begin());
  if (file && what != "compare") return line.usage_error("--html: goes with compare");
  const bool has_page = what == "html" || file;
  if (!has_page && (beside.bench || beside.litmus))
    return line.usage_error(fmt::format("{}: goes with a page", beside.bench ? "--bench" : "--litmus"));
  if (what == "html") {
    if (words.size() > 1) return line.usage_error("html: wants one report; 'weft report merge' makes one of several");
    if (words.empty() && !beside.bench && !beside.litmus)
      return line.usage_error("html: wants a report, --bench or --litmus");
    return html(line, words, beside);
  }
  if (what == "compare") {
    if (words.size() != 2) return line.usage_error("compare: wants two files, OLD and NEW");
    return compare(line, words, file, beside);
  }
  if (what == "merge") {
    if (words.empty()) return line.usage_error("merge: wants files");
    return merge(line, words);
  }
  const std::vector<std::string> known{"html", "compare", "merge"};
  return line.usage_error(fmt::format("cannot '{}'{}", what, suggestion(what, known)));
}

}  // namespace weft::cli
