// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "interp/instance.h"
#include "interp/lower.h"
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
        "  weft dump --lowered program.wasm          its register code\n"
        "  weft dump program.wasm > copy.wat         which 'weft assemble' makes a module of again\n",
    .details =
        "Without --lowered the module need not be valid. Offsets are comments; backtraces and errors of a binary "
        "module name the same "
        "ones.\n"
        "Custom sections other than names are not printed.\n"
        "Exit codes: 0 printed, 1 malformed (or, to be lowered, invalid), 2 wrong usage, 3 the file cannot be read.\n",
};

Result<Ok> print_register_code(Module module) {
  auto compiled = CompiledModule::compile(std::move(module));
  if (!compiled) return std::move(compiled).error();
  const CompiledModule& code = **compiled;
  auto lowered = lower(code.module(), Target::listing);
  if (!lowered) return std::move(lowered).error();
  for (const LoweredFunction& function : (*lowered)->functions)
    fmt::print("{}", print_lowered(code.module(), **lowered, function));
  return Ok{};
}

}  // namespace

int dump(const Arguments& arguments) {
  CommandLine line("dump", kHelp);
  bool lowered = false;
  line.flag("--lowered", lowered, "the register code that the engine executes, of a valid module");
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(1)) return *status;

  Error error;
  auto file = load_module(line.operands()[0], lowered, "weft dump", error);
  if (!file) return exit_code(error);
  auto outcome = file->use_byte_offsets();
  if (outcome && lowered) outcome = print_register_code(std::move(file->module));
  if (!outcome) {
    fmt::print(stderr, "{}\n", to_string(outcome.error(), file->path));
    return exit_code(outcome.error());
  }
  if (!lowered) fmt::print("{}", print(file->module, {.offsets = true}));
  return kAsExpected;
}

}  // namespace weft::cli
