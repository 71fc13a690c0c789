// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "suite/conformance/front_matter.h"
#include "suite/runtimes/plan.h"
#include "tools/weft/commands.h"
#include "tools/weft/module_file.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

namespace fs = std::filesystem;

constexpr Help kHelp{
    .arguments = "DIR",
    .summary = "Writes the suite in a form that other runtimes run without reading scripts.",
    .examples =
        "  weft export plans                            our suite\n"
        "  weft export --suite spec/threads plans       the scripts of another folder\n"
        "  node suite/runtimes/js/run.mjs plans         run it on node\n",
    .details =
        "For each script NAME there is NAME.json, its commands in the shape of wast2json (and 'thread', 'wait', "
        "'either'),\n"
        "and the modules it names, NAME.0.wasm and so on. Programs for a host are left out.\n"
        "Exit codes: 0 written, 1 a script is malformed, 2 wrong usage, 3 a file cannot be read or written.\n",
};

}  // namespace

int export_suite(const Arguments& arguments) {
  CommandLine line("export", kHelp);
  std::vector<std::string> folders;
  line.texts("--suite", folders, "DIR", "the scripts of this folder instead; may be given several times");
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(1)) return *status;
  const auto tests = find_tests(folders);
  if (!tests) {
    line.error(tests.error().message);
    return kEnvironment;
  }
  int status = kAsExpected;
  for (const conformance::SuiteTest& test : *tests) {
    if (test.is_program()) continue;
    const auto text = test.text();
    if (!text) {
      line.error(fmt::format("{}: {}", test.path.string(), text.error().message));
      return kEnvironment;
    }
    const auto script = script::parse_script(*text);
    if (!script) {
      print_error("weft export", to_string(script.error(), test.path.string()));
      status = kUnexpected;
      continue;
    }
    const auto front = conformance::parse_front_matter(*text);
    const runtimes::Plan plan = runtimes::make_plan(*script, test.name, test.path.filename().string(),
                                                    front ? front->features : std::vector<std::string>{});
    const fs::path folder = (fs::path(line.operands()[0]) / test.name).parent_path();
    std::error_code error;
    fs::create_directories(folder, error);
    bool written = !error && write_file((folder / (fs::path(test.name).filename().string() + ".json")).string(),
                                        {plan.json.begin(), plan.json.end()});
    for (const auto& [name, contents] : plan.files) written = written && write_file((folder / name).string(), contents);
    if (!written) {
      line.error(
          fmt::format("{}: {}", folder.string(), std::generic_category().message(error ? error.value() : errno)));
      return kEnvironment;
    }
  }
  return status;
}

}  // namespace weft::cli
