// SPDX-License-Identifier: Apache-2.0
#include "suite/report/report.h"

#include <fmt/format.h>

#include "tools/weft/commands.h"
#include "tools/weft/report_file.h"

namespace weft::cli {
namespace {

using report::Report;

constexpr Help kHelp{
    .arguments = "compare OLD NEW | merge FILE…",
    .summary = "Compares two reports of 'weft test --runtime … --report json=FILE', or puts the parts of one together.",
    .examples =
        "  weft report compare old.json new.json         which tests have another outcome\n"
        "  weft report merge 1.json 2.json > all.json    of the parts that --shard made\n",
    .details =
        "merge writes to standard output. Of a test that several have on one runtime, the last one's result counts; a\n"
        "runtime must be of one version in all of them.\n"
        "Exit codes: 0 done, and with compare nothing became worse; 1 something became a fail or an unexpected pass;\n"
        "2 wrong usage; 3 a file cannot be read, or is no report.\n",
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

int compare(const CommandLine& line, const std::string& old_path, const std::string& new_path) {
  const Result<Report> before = read_report(old_path), after = read_report(new_path);
  if (!before) return fail(line, before.error());
  if (!after) return fail(line, after.error());
  const report::Comparison comparison = report::compare(*before, *after);
  fmt::print("{}", comparison.text.empty() ? "nothing changed\n" : comparison.text);
  return comparison.worse > 0 ? kUnexpected : kAsExpected;
}

}  // namespace

int report_command(const Arguments& arguments) {
  CommandLine line("report", kHelp);
  if (const auto status = line.parse(arguments)) return *status;
  std::vector<std::string> words = line.operands();
  if (words.empty()) return line.usage_error("wants compare or merge");
  const std::string what = words[0];
  words.erase(words.begin());
  if (what == "compare") {
    if (words.size() != 2) return line.usage_error("compare: wants two files, OLD and NEW");
    return compare(line, words[0], words[1]);
  }
  if (what == "merge") {
    if (words.empty()) return line.usage_error("merge: wants files");
    return merge(line, words);
  }
  const std::vector<std::string> known{"compare", "merge"};
  return line.usage_error(fmt::format("cannot '{}'{}", what, suggestion(what, known)));
}

}  // namespace weft::cli
