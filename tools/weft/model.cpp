// SPDX-License-Identifier: Apache-2.0
#include "suite/model/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "suite/model/litmus_file.h"
#include "tools/weft/commands.h"
#include "tools/weft/json.h"
#include "tools/weft/module_file.h"

namespace weft::cli {
namespace {

using model::Judgement;
using model::NamedLitmus;
using model::Outcome;
using model::Outcomes;

constexpr Help kHelp{
    .arguments = "FILE…",
    .summary = "Computes the outcomes that a litmus test may have under WebAssembly's memory model, SC and x86-TSO.",
    .examples =
        "  weft model wast/litmus/sb-u.wast          its outcomes, and which machines have them\n"
        "  weft model --json tests.json              one JSON object for each test, one a line\n"
        "  weft model --check wast/litmus/*-*.wast   whether the files state the outcomes that are\n",
    .details =
        "A file is a script that says it is a litmus test (wast/README.md), or a JSON document with tests in the "
        "compact\n"
        "notation (suite/model/README.md). Sets are exact; where a limit does not let them be, they are 'unknown', and "
        "the\n"
        "limit is named.\n"
        "Exit codes: 0 all known, and as stated; 1 a set is unknown, or not as stated; 2 wrong usage; 3 a file that "
        "cannot "
        "be\nread, or a test that is wrong.\n",
};

std::string to_json(const Outcome& outcome) {
  std::string text;
  for (const auto& [name, value] : outcome) {
    const bool is_word = value == "trap" || value == "blocked";
    text += fmt::format("{}{}:{}", text.empty() ? "" : ",", to_text(name), is_word ? to_text(value) : value);
  }
  return "{" + text + "}";
}

/// Not by the JSON library: it has no numbers of 128 bits.
std::string to_json(const std::optional<Outcomes>& outcomes) {
  if (!outcomes) return "\"unknown\"";
  std::string text;
  for (const Outcome& outcome : *outcomes) text += (text.empty() ? "" : ",") + to_json(outcome);
  return "[" + text + "]";
}

void print_json(const std::string& name, const Judgement& judgement) {
  const std::string race_free =
      judgement.is_race_free ? (*judgement.is_race_free ? "true" : "false") : std::string("\"unknown\"");
  fmt::print("{{\"name\":{},\"wasm\":{},\"sc\":{},\"tso\":{},\"race_free\":{}}}\n", to_text(name),
             to_json(judgement.wasm), to_json(judgement.sc), to_json(judgement.tso), race_free);
}

void print(const std::string& name, const Judgement& judgement) {
  if (!judgement.wasm) return fmt::print("{}: unknown: {}\n", name, judgement.unknown);
  fmt::print("{}: {} outcomes, {}\n", name, judgement.wasm->size(), *judgement.is_race_free ? "race-free" : "racy");
  const std::set<Outcome> tso(judgement.tso->begin(), judgement.tso->end());
  const std::set<Outcome> sc(judgement.sc->begin(), judgement.sc->end());
  for (const Outcome& outcome : *judgement.wasm) {
    fmt::print("  {:4}{:3}  {}\n", tso.contains(outcome) ? "tso" : "", sc.contains(outcome) ? "sc" : "",
               model::to_string(outcome));
  }
}

/// What the command has found so far.
class Report {
 public:
  Report(const CommandLine& line, bool json, bool check) : line_(line), json_(json), check_(check) {}

  int status() const { return status_; }

  void add(const std::string& path) {
    const auto bytes = read_file(path);
    if (!bytes) return wrong(path, bytes.error());
    const auto tests = model::parse_litmus_file({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (!tests) return wrong(path, tests.error());
    for (const NamedLitmus& test : *tests) {
      const std::string where = tests->size() == 1 ? path : fmt::format("{}: {}", path, test.name);
      test.test ? add(where, *test.test) : wrong(where, test.test.error());
    }
  }

 private:
  void wrong(const std::string& where, const Error& error) {
    line_.error(error.where.empty() ? fmt::format("{}: {}", where, error.message)
                                    : fmt::format("{}:{}: {}", where, error.where, error.message));
    status_ = kEnvironment;
  }
  void unexpected(const std::string& message) {
    line_.error(message);
    status_ = std::max<int>(status_, kUnexpected);
  }

  void add(const std::string& where, const model::StatedLitmus& test) {
    const auto judgement = model::judge(test.litmus);
    if (!judgement) return wrong(where, judgement.error());
    if (!judgement->unknown.empty()) unexpected(fmt::format("{}: unknown: {}", where, judgement->unknown));
    if (check_) return compare(where, test, *judgement);
    json_ ? print_json(test.litmus.name, *judgement) : print(test.litmus.name, *judgement);
  }

  void compare(const std::string& where, const model::StatedLitmus& test, const Judgement& judgement) {
    if (test.stated.empty()) return unexpected(fmt::format("{}: states no outcomes", where));
    const std::vector<std::string> differences = test.stated.differences(judgement);
    if (differences.empty() && judgement.unknown.empty()) fmt::print("{}: as stated\n", where);
    for (const std::string& difference : differences) unexpected(fmt::format("{}: {}", where, difference));
  }

  const CommandLine& line_;
  const bool json_, check_;
  int status_ = kAsExpected;
};

}  // namespace

int model(const Arguments& arguments) {
  CommandLine line("model", kHelp);
  bool json = false, check = false;
  line.flag("--json", json, "print one JSON object for each test, one a line");
  line.flag("--check", check, "print whether each test has the outcomes that its file states, and how it differs");
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("FILE is missing");
  Report report(line, json, check);
  for (const std::string& path : line.operands()) report.add(path);
  return report.status();
}

}  // namespace weft::cli
