// SPDX-License-Identifier: Apache-2.0
//
// The `weft` command: finds the command, and sees to it that whatever happens ends in an exit code that says so.
#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <system_error>

#include "tools/weft/commands.h"

namespace weft::cli {
namespace {

struct Entry {
  std::string_view name, summary;
  int (*function)(const Arguments&);
};

constexpr Entry kCommands[] = {
    {"run", "run a program: WASI, wasi-threads, Emscripten pthreads, or one export", run},
    {"wast", "run scripts of the WebAssembly test suite, threads included", wast},
    {"test", "run the conformance suite, here or on other runtimes", test},
    {"report", "show reports as a page, compare them, or put their parts together", report_command},
    {"mutate", "run the suite against planted faults: each must make a test fail", mutate},
    {"model", "compute the outcomes that a litmus test may have", model},
    {"litmus", "run litmus tests many times: what is seen, and what may be", litmus},
    {"bench", "run kernels natively and on the interpreter, and compare", bench},
    {"export", "write the suite for other runtimes", export_suite},
    {"serve", "serve a page that runs the suite in a browser", serve},
    {"validate", "check a module", validate_module},
    {"assemble", "translate a module from text to binary", assemble},
    {"dump", "print a module as text, with the offsets of its instructions", dump},
    {"list", "what there is: instructions, tests, runtimes, kernels, faults", list},
    {"doctor", "what is installed, and what each missing thing costs", doctor},
};

std::string overview(bool with_examples) {
  std::string text;
  if (with_examples) {
    text +=
        "Examples:\n"
        "  weft run program.wasm 4      run a program with an argument\n"
        "  weft doctor                  see what this machine lacks\n\n";
  }
  text +=
      "Usage: weft COMMAND [options] …\n\nWebAssembly threads: conformance suite and reference "
      "interpreter.\n\nCommands:\n";
  for (const Entry& entry : kCommands) text += fmt::format("  {:10} {}\n", entry.name, entry.summary);
  text +=
      "\nOptions:\n"
      "  -h         short help; after a command, about it\n"
      "  --help     long help, examples first\n"
      "  --version  the version\n";
  if (with_examples) {
    text +=
        "\nResults go to standard output, everything else to standard error.\n"
        "Exit codes: 0 as expected, 1 an unexpected result, 2 wrong usage, 3 environment or file not found,\n"
        "77 unsupported, 130 interrupted. 'weft run' ends with its program's own status, 134 after a trap.\n";
  }
  return text;
}

int dispatch(const Arguments& arguments) {
  if (arguments.empty()) {
    fmt::print(stderr, "{}", overview(false));
    return kUsage;
  }
  const std::string& name = arguments[0];
  if (name == "-h" || name == "--help") {
    fmt::print("{}", overview(name == "--help"));
    return kAsExpected;
  }
  if (name == "--version") {
    fmt::print("weft {}\n", WEFT_VERSION);
    return kAsExpected;
  }
  for (const Entry& entry : kCommands) {
    if (entry.name == name) return entry.function(Arguments(arguments.begin() + 1, arguments.end()));
  }
  const bool is_option = name.starts_with('-');
  std::vector<std::string> names{"-h", "--help", "--version"};
  if (!is_option) names.clear();
  for (const Entry& entry : kCommands) names.emplace_back(entry.name);
  print_error("weft",
              fmt::format("unknown {} '{}'{}", is_option ? "option" : "command", name, suggestion(name, names)));
  fmt::print(stderr, "Try 'weft -h' for the commands.\n");
  return kUsage;
}

}  // namespace
}  // namespace weft::cli

int main(int argc, char** argv) {
  using namespace weft::cli;
  // A reader that goes away (`weft list instructions | head`) ends us without a word, also where our parent ignores the
  // signal.
  std::signal(SIGPIPE, SIG_DFL);
  int status = kEnvironment;
  try {
    status = dispatch(Arguments(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    print_error("weft", error.what());
  }
  if (std::fflush(stdout) != 0) {
    print_error("weft", fmt::format("cannot write standard output: {}", std::generic_category().message(errno)));
    return kEnvironment;
  }
  return status;
}
