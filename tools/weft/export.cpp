// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "suite/runtimes/manifest.h"
#include "tools/weft/commands.h"
#include "tools/weft/export_test.h"
#include "tools/weft/module_file.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

namespace fs = std::filesystem;
using runtimes::ExportedTest;
using runtimes::Form;

constexpr Help kHelp{
    .arguments = "DIR",
    .summary = "Writes the suite in forms that other runtimes run without reading scripts, with a manifest.",
    .examples =
        "  weft export out                                our suite in every form\n"
        "  weft export --form exports out                 in one of them\n"
        "  weft export --suite spec/threads out           the scripts of another folder\n"
        "  node suite/runtimes/js/run.mjs out/plan        run it on node\n",
    .details =
        "Each form has a folder:\n"
        "  plan          for JavaScript: commands as JSON in the shape of wast2json (and 'thread', 'wait', 'either'), "
        "and modules\n"
        "  wasi-threads  programs that end with status 0, or with 1 and a line 'line 17: not as expected'; some must "
        "trap\n"
        "  exports       modules without imports, for one thread: the export 'run' gives 0, or the line of what does "
        "not hold;\n"
        "                an export 'trap_17' must trap. Each call is to be made in a new instance\n"
        "  script        the scripts as they are\n"
        "DIR/manifest.json says of each test what is to be run and how that must end; of each command that a form "
        "cannot ask,\nwhy it is left out.\n"
        "Exit codes: 0 written, 1 a script is malformed, 2 wrong usage, 3 a file cannot be read or written.\n",
};

/// Writes a file and the folders above it. Error: host.
Result<Ok> write(const fs::path& path, const std::vector<uint8_t>& contents) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (!error && write_file(path.string(), contents)) return Ok{};
  const std::string why = std::generic_category().message(error ? error.value() : errno);
  return Error{ErrorKind::host, fmt::format("{}: {}", path.string(), why), {}};
}

}  // namespace

int export_suite(const Arguments& arguments) {
  CommandLine line("export", kHelp);
  std::vector<std::string> folders, names;
  line.texts("--suite", folders, "DIR", "the scripts of this folder instead; may be given several times");
  line.texts("--form", names, "FORM",
             "only this one: plan, wasi-threads, exports or script; may be given several times");
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(1)) return *status;
  std::vector<std::string> known;
  known.reserve(runtimes::kForms.size());
  for (const Form form : runtimes::kForms) known.emplace_back(to_string(form));
  std::vector<Form> forms;
  for (const std::string& name : names.empty() ? known : names) {
    const auto form = runtimes::form_from(name);
    if (!form)
      return line.usage_error(
          fmt::format("--form: wants {}, not '{}'{}", fmt::join(known, ", "), name, suggestion(name, known)));
    forms.push_back(*form);
  }
  const auto tests = find_tests(folders, true);
  if (!tests) {
    line.error(tests.error().message);
    return kEnvironment;
  }

  const fs::path folder = line.operands()[0];
  int status = kAsExpected;
  const KeepFile keep = [&folder](Form form, const std::string& name, const std::vector<uint8_t>& contents) {
    return write(folder / to_string(form) / name, contents);
  };
  std::vector<ExportedTest> exported;
  for (const conformance::SuiteTest& test : *tests) {
    const auto text = test.text();
    if (!text) {
      line.error(fmt::format("{}: {}", test.path.string(), text.error().message));
      return kEnvironment;
    }
    auto one = export_test(test, *text, forms, keep);
    if (one) {
      exported.push_back(std::move(*one));
    } else if (one.error().kind == ErrorKind::malformed) {
      print_error("weft export", to_string(one.error(), test.path.string()));
      status = kUnexpected;
    } else {
      line.error(one.error().message);
      return kEnvironment;
    }
  }
  const std::string text = runtimes::manifest(exported, WEFT_VERSION);
  if (const auto written = write(folder / "manifest.json", {text.begin(), text.end()}); !written) {
    line.error(written.error().message);
    return kEnvironment;
  }
  return status;
}

}  // namespace weft::cli
