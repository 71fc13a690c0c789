// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <system_error>
#include <utility>

#include "interp/host/blocking.h"
#include "interp/host/program.h"
#include "interp/instance.h"
#include "interp/race/detector.h"
#include "interp/statistics.h"
#include "tools/weft/arguments.h"
#include "tools/weft/commands.h"
#include "tools/weft/interrupt.h"
#include "tools/weft/json.h"
#include "tools/weft/module_file.h"
#include "tools/weft/program_input.h"
#include "tools/weft/race_report.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "MODULE [ARGS…]",
    .summary =
        "Runs a program, binary or text: WASI, wasi-threads and Emscripten pthread programs. ARGS are the program's.",
    .examples =
        "  weft run program.wasm 4 1000             run the program with two arguments\n"
        "  weft run --invoke add sum.wat 1 2        call the export 'add', print 'add: i32:3'\n"
        "  weft run --invoke sum m.wasm @numbers 9  the bytes of the file 'numbers', where the module's malloc puts "
        "them\n"
        "  weft run --timeout 20s program.wasm      end it after 20 seconds\n"
        "  weft run --dir data::/ program.wasm      it sees the files in data, as those of /\n"
        "  weft run --trace --fuel 1000 program.wasm  each of its first 1000 instructions\n"
        "  weft run --stats program.wasm            which handlers the engine would spend its time in\n",
    .details =
        "Exit codes: the program's own status, 0 to 255; 134 after a trap, or a deadlock: all threads wait, and none\n"
        "can go on; backtraces go to standard error;\n"
        "124 after --timeout; 130 after Ctrl-C; 1 when the module is malformed, invalid or cannot be linked;\n"
        "2 wrong usage; 3 when the file or a directory cannot be opened, or the system refuses memory or threads.\n"
        "--json-status tells these from a status of the program that looks the same.\n"
        "--stats: s stands for a slot of the frame, a for an accumulator, p for what was in it before, i for an "
        "immediate,\n"
        "the result's place before the '='; '&' joins what one handler executes. With --json-status, each instruction "
        "by\n"
        "itself, too.\n",
};

using Ending = ProgramResult::Kind;

/// What --json-status says of a module that did not get to run.
nlohmann::ordered_json describe(const Error& error, int code) {
  return {{"ending", to_string(error.kind)}, {"exit_code", code}, {"message", error.message}, {"where", error.where}};
}

nlohmann::ordered_json describe(const std::vector<BacktraceFrame>& backtrace, const ModuleFile& file) {
  auto json = nlohmann::ordered_json::array();
  for (const BacktraceFrame& frame : backtrace)
    json.push_back({{"function", frame.function}, {"index", frame.index}, {"place", file.place(frame.offset)}});
  return json;
}

nlohmann::ordered_json describe(const ProgramResult& result, const ModuleFile& file, int code) {
  nlohmann::ordered_json json{{"ending", to_string(result.kind)}, {"exit_code", code}};
  if (result.kind == Ending::exited) json["status"] = result.status;
  if (result.kind == Ending::returned) {
    json["values"] = nlohmann::json::array();
    for (const Value& value : result.values) json["values"].push_back(to_string(value));
  }
  if (!result.error.message.empty()) json["message"] = result.error.message;
  if (result.kind == Ending::trapped || result.kind == Ending::exhausted) {
    json["thread"] = result.thread;
    json["backtrace"] = describe(result.backtrace, file);
  }
  for (const WaitingThread& each : result.waiting) {
    json["waiting"].push_back({{"thread", each.thread},
                               {"address", each.wait.address},
                               {"expected", each.wait.expected},
                               {"timeout", each.wait.timeout},
                               {"backtrace", describe(each.backtrace, file)}});
  }
  return json;
}

void print_backtrace(const std::vector<BacktraceFrame>& backtrace, const ModuleFile& file) {
  for (const BacktraceFrame& frame : backtrace) {
    // A host function has no place in the module.
    const std::string place = frame.offset == 0 ? "host" : file.place(frame.offset);
    fmt::print(stderr, "  at {} ({})\n", frame.function, place);
  }
}

void print_trap(const ProgramResult& result, const ModuleFile& file) {
  fmt::print(stderr, "{} {}\n", paint(stderr, Color::red, "trap:"), result.error.message);
  if (result.thread != 0) fmt::print(stderr, "  in thread {}\n", result.thread);
  print_backtrace(result.backtrace, file);
}

void print_deadlock(const ProgramResult& result, const ModuleFile& file) {
  const size_t count = result.waiting.size();
  fmt::print(stderr, "{} {}\n", paint(stderr, Color::red, "deadlock:"),
             count == 1 ? "the only thread waits" : fmt::format("all {} threads wait", count));
  for (const WaitingThread& each : result.waiting) {
    fmt::print(stderr, "thread {} waits at address {:#x}, where it found {:#x}{}\n", each.thread, each.wait.address,
               each.wait.expected, each.wait.timeout < 0 ? "" : ", for a while, again and again");
    print_backtrace(each.backtrace, file);
  }
}

std::span<const uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

/// A last word that need not be heard: perhaps the program ran so long because nobody reads what it writes.
void print_timeout(const ModuleFile& file) {
  SharedDescriptor output(STDERR_FILENO, SharedDescriptor::Direction::out);
  const std::string text = fmt::format("{} timeout: {} ran longer than --timeout allows\n",
                                       paint(stderr, Color::red, "weft run:"), file.path);
  write_until(deadline_after(500'000'000), output, bytes_of(text));
}

/// Says how the program ended, where its own output does not say so.
void print_ending(const ProgramResult& result, const ModuleFile& file, const CommandLine& line,
                  const ProgramOptions& options) {
  switch (result.kind) {
    case Ending::exited:
    case Ending::interrupted: return;
    case Ending::returned:
      fmt::print("{}:", options.invoke.value_or(""));
      for (const Value& value : result.values) fmt::print(" {}", to_string(value));
      fmt::print("\n");
      return;
    case Ending::trapped:
    case Ending::exhausted: return print_trap(result, file);
    case Ending::deadlocked: return print_deadlock(result, file);
    case Ending::unlinkable: fmt::print(stderr, "{}\n", to_string(result.error, file.path)); return;
    case Ending::usage: line.usage_error(result.error.message); return;
    case Ending::timed_out: return print_timeout(file);
    case Ending::failed: line.error(result.error.message); return;
  }
}

/// Compiles the module of the file, which keeps only what describes places. A trace shows byte offsets.
Result<std::shared_ptr<const CompiledModule>> compile(ModuleFile& file, bool trace) {
  if (trace) {
    if (auto assembled = file.use_byte_offsets(); !assembled) return std::move(assembled).error();
  }
  auto compiled = CompiledModule::compile(std::move(file.module));
  if (!compiled) return file.in_source(std::move(compiled).error());
  return compiled;
}

/// Those that are at least a thousandth of all.
void print_rows(std::string_view title, const std::vector<ExecutionCounts::Row>& rows) {
  uint64_t all = 0;
  for (const ExecutionCounts::Row& row : rows) all += row.count;
  fmt::print(stderr, "{:>14}        {}\n", all, title);
  for (const ExecutionCounts::Row& row : rows) {
    if (row.count * 1000 < all) break;
    fmt::print(stderr, "{:>14} {:5.1f}%  {}\n", row.count,
               100 * static_cast<double>(row.count) / static_cast<double>(all), row.what);
  }
}

/// What --json-status says with --stats: every instruction that was executed, in the order of the code.
nlohmann::ordered_json describe(const std::vector<ExecutionCounts::Line>& lines) {
  auto rows = nlohmann::ordered_json::array();
  for (const ExecutionCounts::Line& line : lines) {
    if (line.count == 0) continue;
    rows.push_back({{"cell", line.cell},
                    {"instruction", line.what},
                    {"executed", line.count},
                    {"dispatched", line.handled},
                    {"handles", line.handles},
                    {"goes_on", line.goes_on}});
  }
  return rows;
}

void print_statistics(const std::vector<ExecutionCounts::Line>& lines) {
  print_rows("handlers", ExecutionCounts::handlers(lines));
  print_rows("one after the other", ExecutionCounts::pairs(lines));
}

/// Runs the program; Ctrl-C ends it.
ProgramResult run_program(std::shared_ptr<const CompiledModule> module, ProgramOptions options,
                          const std::vector<std::string>& data) {
  if (options.invoke) {
    if (auto failed = take_data(data, options)) return *failed;
    if (auto failed = take_arguments(module->module(), options)) return *failed;
  }
  Program program(std::move(module), std::move(options));
  const OnInterrupt on_interrupt([&program] { program.request_stop(); });
  return program.run();
}

/// Writes the file that --json-status names, if it names one.
int write_status(const CommandLine& line, const std::optional<std::string>& path,
                 const nlohmann::ordered_json& status) {
  const int code = status["exit_code"];
  if (!path) return code;
  const std::string text = to_text(status, 1) + "\n";
  FILE* const file = std::fopen(path->c_str(), "we");
  bool written = false;
  if (file != nullptr) {
    written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    written = std::fclose(file) == 0 && written;
  }
  if (written) return code;
  line.error(fmt::format("{}: {}", *path, std::generic_category().message(errno)));
  return kEnvironment;
}

}  // namespace

int run(const Arguments& arguments) {
  CommandLine line("run", kHelp);
  ProgramOptions options;
  std::optional<uint64_t> max_threads;
  std::optional<uint64_t> max_memory;
  std::optional<std::string> status_file;
  std::vector<std::string> data;
  std::vector<std::string> directories;
  bool trace = false, stats = false, race = false;
  std::vector<std::string> suppressed;
  line.text("--invoke", options.invoke, "NAME",
            "call this export instead of _start or main; ARGS are its arguments, by type");
  line.texts("--data", data, "ADDR=FILE",
             "with --invoke: the file's bytes, at this address, which an earlier --invoke malloc told");
  line.number("--max-threads", max_threads,
              fmt::format("threads alive at a time, the main one included [{}]", options.max_threads));
  line.duration("--timeout", options.timeout, "end the program after this time");
  line.number("--fuel", options.fuel, "trap after so many instructions of a thread (slower)");
  line.size("--max-memory", max_memory, "what any one memory may have");
  line.texts("--env", options.env, "NAME=VALUE", "a variable of the program's environment, which starts empty");
  line.texts("--dir", directories, "HOST::GUEST",
             "the program may use the directory HOST, and calls it GUEST; without it, no files. DIR is DIR::DIR");
  line.flag("--trace", trace, "write each instruction to standard error (slower)");
  line.flag("--stats", stats,
            "afterwards, on standard error, how often the fast engine's handlers are executed (slower)");
  line.flag("--race", race,
            "look for data races; each with both accesses, on standard error (slower). Exit code 66 if there are");
  line.texts("--suppress", suppressed, "FUNCTION",
             "with --race: no report of races in this function, or what it calls");
  line.text("--json-status", status_file, "FILE", "write how the program ended to FILE, as JSON");
  line.stop_at_first_operand();
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("MODULE is missing");
  if (max_threads && (*max_threads == 0 || *max_threads > UINT32_MAX))
    return line.usage_error("--max-threads: wants at least 1");
  for (const std::string& variable : options.env) {
    if (variable.find('=') == std::string::npos)
      return line.usage_error(fmt::format("--env: wants NAME=VALUE, not '{}'", variable));
  }
  if (const auto failed = take_directories(directories, options)) return line.usage_error(failed->error.message);

  if (race && (trace || stats || options.fuel))
    return line.usage_error("--race: goes with none of --trace, --stats, --fuel");
  if (!suppressed.empty() && !race) return line.usage_error("--suppress: goes with --race");
  if (!data.empty() && !options.invoke) return line.usage_error("--data: goes with --invoke");

  Error error;
  auto file = load_module(line.operands()[0], false, "weft run", error);
  if (!file) return write_status(line, status_file, describe(error, exit_code(error)));
  auto compiled = compile(*file, trace);
  if (!compiled) {
    fmt::print(stderr, "{}\n", to_string(compiled.error(), file->path));
    return write_status(line, status_file, describe(compiled.error(), exit_code(compiled.error())));
  }

  options.args = line.operands();
  if (max_threads) options.max_threads = static_cast<uint32_t>(*max_threads);
  if (max_memory) options.memory_cap = *max_memory;
  SharedDescriptor trace_output(STDERR_FILENO, SharedDescriptor::Direction::out);
  if (trace) {
    options.trace = [&trace_output](const Agent& agent, uint32_t thread, const std::string& text) {
      write_all(agent, trace_output, bytes_of(fmt::format("[{}] {}\n", thread, text)));
    };
  }
  if (race) options.races = std::make_shared<RaceDetector>(Engine::checked, suppressed);
  if (stats) options.counts = std::make_shared<ExecutionCounts>(*compiled);
  const ProgramResult result = run_program(*std::move(compiled), options, data);
  const auto lines = stats ? options.counts->lines() : std::vector<ExecutionCounts::Line>();
  if (stats) print_statistics(lines);
  print_ending(result, *file, line, options);
  nlohmann::ordered_json status = describe(result, *file, exit_code(result));
  if (race) {
    const PlaceOf place_of = [&file](uint32_t offset) { return file->place(offset); };
    const RaceReport report = options.races->report();
    print_races(stderr, report, place_of);
    status["races"] = describe_races(report, place_of);
    if (!report.races.empty()) status["exit_code"] = kRacesFound;
    if (!report.trouble.empty()) line.error(report.trouble);
  }
  if (stats) status["code"] = describe(lines);
  return write_status(line, status_file, status);
}

}  // namespace weft::cli
