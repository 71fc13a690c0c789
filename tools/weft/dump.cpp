// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "interp/decode.h"
#include "suite/text/encode.h"
#include "suite/text/print.h"
#include "tools/weft/commands.h"
#include "tools/weft/module_file.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "FILE",
    .summary = "Prints a module, binary or text, in the text format, each instruction with its offset in the binary.",
    .examples =
        "  weft dump program.wasm                    the whole module\n"
        "  weft dump program.wasm > copy.wat         which 'weft assemble' makes a module of again\n",
    .details =
        "The module need not be valid. Offsets are comments; backtraces and errors of a binary module name the same "
        "ones.\n"
        "Custom sections other than names are not printed.\n"
        "Exit codes: 0 printed, 1 malformed, 2 wrong usage, 3 the file cannot be read.\n",
};

}  // namespace

int dump(const Arguments& arguments) {
  CommandLine line("dump", kHelp);
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(1)) return *status;
  Error error;
  auto file = load_module(line.operands()[0], false, "weft dump", error);
  if (!file) return exit_code(error);
  if (file->is_text) {  // which has lines for offsets
    auto assembled = decode(encode(file->module, {.names = true}));
    if (!assembled) {
      fmt::print(stderr, "{}\n", to_string(assembled.error(), file->path));
      return kUnexpected;
    }
    file->module = *std::move(assembled);
  }
  fmt::print("{}", print(file->module, {.offsets = true}));
  return kAsExpected;
}

}  // namespace weft::cli
