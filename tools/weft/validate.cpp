// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "interp/lower.h"
#include "tools/weft/commands.h"
#include "tools/weft/module_file.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "FILE",
    .summary = "Checks that a module, binary or text, is well-formed and valid. Says nothing if it is.",
    .examples = "  weft validate program.wasm && echo valid\n",
    .details =
        "An error is one line: file, place (byte offset, or line and column of text), 'malformed' or 'invalid', and "
        "why.\n"
        "Exit codes: 0 valid, 1 malformed or invalid, 2 wrong usage, 3 the file cannot be read.\n",
};

}  // namespace

int validate_module(const Arguments& arguments) {
  CommandLine line("validate", kHelp);
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(1)) return *status;
  Error error;
  const auto file = load_module(line.operands()[0], true, "weft validate", error);
  if (!file) return exit_code(error);
  // One limit shows only when code is lowered: what cannot run shall not pass here.
  if (const auto code = lower(file->module, Target::listing); !code) {
    fmt::print(stderr, "{}\n", to_string(file->in_source(code.error()), file->path));
    return kUnexpected;
  }
  return kAsExpected;
}

}  // namespace weft::cli
