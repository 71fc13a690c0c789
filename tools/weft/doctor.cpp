// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include "interp/register_code.h"
#include "tools/weft/commands.h"
#include "tools/weft/runtimes.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "",
    .summary = "Says what is installed, in which version, and what each missing thing costs.",
    .examples = "  weft doctor\n",
    .details = "The exit code is 0 whatever is missing; 'tools/setup' installs all of it.\n",
};

struct Tool {
  const char* name;
  std::string_view without_it;
};

constexpr std::array kTools{
    Tool{"clang++-19", "the engine has no tail calls: build with GCC, several times slower; no sanitizer presets"},
    Tool{"ld.lld-19", "no link-time optimisation with clang"},
    Tool{"g++", "the driver-loop engine is not tested"},
    Tool{"cmake", "nothing can be built"},
    Tool{"ninja", "nothing can be built with the presets"},
    Tool{"emcc", "the kernels are not built for Wasm, their tests are skipped"},
    Tool{"rustc", "the kernels in Rust are not built, their tests are skipped (Debian's rustc-web, with rust-web-src)"},
    Tool{"wat2wasm", "no cross-check of the text front end"},
    Tool{"wasm-opt", "no optimised variants of the kernels"},
    Tool{"clang-format-19", "the format is not checked"},
    Tool{"clang-tidy-19", "the lint rules are not checked"},
};

/// The first dotted number in the first line of what `NAME --version` prints.
std::string version_of(const char* name) {
  struct Close {
    void operator()(FILE* stream) const { pclose(stream); }
  };
  const std::unique_ptr<FILE, Close> pipe(popen(fmt::format("{} --version 2>/dev/null", name).c_str(), "re"));
  std::array<char, 512> buffer{};
  if (!pipe || std::fgets(buffer.data(), buffer.size(), pipe.get()) == nullptr) return "?";
  const std::string_view text(buffer.data());
  const auto is_version = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.'; };
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && is_version(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    if (!word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0 &&
        (begin == 0 || text[begin - 1] != '+')) {
      return std::string(word);
    }
    begin = end + 1;
  }
  return "?";
}

/// The runtimes for `weft test --runtime`, and what each lacks.
void print_runtimes() {
  fmt::print("\nruntimes for weft test --runtime:\n");
  const auto adapters = read_adapters();
  if (!adapters) {
    fmt::print("{}: {}\n", adapters.error().where, adapters.error().message);
    return;
  }
  for (const runtimes::Adapter& adapter : *adapters) {
    const auto runtime = find_runtime(adapter);
    if (!runtime) {
      fmt::print("{:16} not here\n", adapter.name);
      continue;
    }
    std::string lacks;
    for (const auto& [what, reason] : adapter.lacks)
      lacks += fmt::format("{}{}", lacks.empty() ? "  lacks " : ", ", what);
    fmt::print("{:16} {:12} {}{}\n", adapter.name, runtime->version, runtime->program, lacks);
  }
}

constexpr std::string_view kCompiler =
#if defined(__clang__)
    "clang " __clang_version__;
#else
    "gcc " __VERSION__;
#endif

}  // namespace

int doctor(const Arguments& arguments) {
  CommandLine line("doctor", kHelp);
  if (const auto status = line.parse(arguments)) return *status;
  if (const auto status = line.expect_operands(0)) return *status;

  utsname system{};
  uname(&system);
  fmt::print("{:16} {}\n", "weft", WEFT_VERSION);
  fmt::print("{:16} {}\n", "built by", kCompiler);
  fmt::print("{:16} {}\n", "engine",
             WEFT_TAIL_CALLS ? "tail calls" : "driver loop: several times slower than tail calls");
  fmt::print("{:16} {} {} {}\n", "system", system.sysname, system.release, system.machine);
  fmt::print("{:16} {}\n", "cores", std::thread::hardware_concurrency());
  fmt::print("{:16} {} bytes\n\n", "page size", sysconf(_SC_PAGESIZE));

  size_t missing = 0;
  for (const Tool& tool : kTools) {
    const auto path = runtimes::find_in_path(tool.name);
    if (path) {
      fmt::print("{:16} {:12} {}\n", tool.name, version_of(tool.name), path->string());
    } else {
      ++missing;
      fmt::print("{:16} {} {}\n", tool.name, paint(stdout, Color::yellow, "missing:"), tool.without_it);
    }
  }
  print_runtimes();
  fmt::print("\n{}\n",
             missing == 0 ? "nothing is missing" : fmt::format("{} missing; tools/setup installs them", missing));
  return kAsExpected;
}

}  // namespace weft::cli
