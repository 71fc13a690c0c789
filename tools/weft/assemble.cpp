// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "suite/text/encode.h"
#include "tools/weft/commands.h"
#include "tools/weft/module_file.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "FILE",
    .summary = "Translates a module from the text format to the binary format.",
    .examples =
        "  weft assemble program.wat                    write program.wasm to the current folder\n"
        "  weft assemble --names -o out.wasm program.wat  keep the identifiers, for backtraces\n"
        "  weft assemble -o - program.wat | xxd         write to standard output\n",
    .details =
        "A binary module is taken apart and written anew. @custom, @name and @metadata.code.branch_hint\n"
        "annotations must be well-formed, in their places, and valid; others are comments. Exit codes: 0 written, 1\n"
        "malformed or invalid, 2 wrong usage, 3 a file cannot be read or written.\n",
};

}  // namespace

int assemble(const Arguments& arguments) {
  CommandLine line("assemble", kHelp);
  std::optional<std::string> output;
  bool names = false;
  bool unchecked = false;
  line.text("-o,--output", output, "OUT", "the file to write, '-' for standard output");
  line.flag("--names", names, "write the identifiers as a name section");
  line.flag("--no-check", unchecked, "do not validate: for test cases that shall be invalid");
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(1)) return *status;

  const std::string& input = line.operands()[0];
  Error error;
  const auto file = load_module(input, !unchecked, "weft assemble", error);
  if (!file) return exit_code(error);
  const std::string path = output.value_or(std::filesystem::path(input).filename().replace_extension(".wasm").string());
  if (!write_file(path, encode(file->module, {.names = names}))) {
    line.error(fmt::format("{}: {}", path, std::generic_category().message(errno)));
    return kEnvironment;
  }
  return kAsExpected;
}

}  // namespace weft::cli
