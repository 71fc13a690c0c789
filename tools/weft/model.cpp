// SPDX-License-Identifier: Apache-2.0
#include "suite/model/model.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/model/litmus_json.h"
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
        "  weft model tests.json           the outcomes of each test, and which machines have them\n"
        "  weft model --json tests.json    one JSON object for each test, one a line\n",
    .details =
        "A file is a JSON document with tests in the compact notation (suite/model/README.md).\n"
        "Sets are exact. Where a limit does not let them be, they are 'unknown', and the limit is named.\n"
        "Exit codes: 0 all known, 1 a set is unknown, 2 wrong usage, 3 a file that cannot be read, or a test that is "
        "wrong.\n",
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

bool has(const std::optional<Outcomes>& outcomes, const Outcome& outcome) {
  return outcomes && std::find(outcomes->begin(), outcomes->end(), outcome) != outcomes->end();
}

void print(const std::string& name, const Judgement& judgement) {
  if (!judgement.wasm) return fmt::print("{}: unknown: {}\n", name, judgement.unknown);
  fmt::print("{}: {} outcomes, {}\n", name, judgement.wasm->size(), *judgement.is_race_free ? "race-free" : "racy");
  for (const Outcome& outcome : *judgement.wasm) {
    fmt::print("  {:4}{:3}  {}\n", has(judgement.tso, outcome) ? "tso" : "", has(judgement.sc, outcome) ? "sc" : "",
               model::to_string(outcome));
  }
}

}  // namespace

int model(const Arguments& arguments) {
  CommandLine line("model", kHelp);
  bool json = false;
  line.flag("--json", json, "print one JSON object for each test, one a line");
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("FILE is missing");

  int status = kAsExpected;
  const auto wrong = [&](const std::string& where, const Error& error) {
    line.error(error.where.empty() ? fmt::format("{}: {}", where, error.message)
                                   : fmt::format("{}: {}: {}", where, error.where, error.message));
    status = kEnvironment;
  };
  for (const std::string& path : line.operands()) {
    const auto bytes = read_file(path);
    if (!bytes) {
      wrong(path, bytes.error());
      continue;
    }
    const auto tests = model::parse_litmus_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (!tests) {
      wrong(path, tests.error());
      continue;
    }
    for (const NamedLitmus& test : *tests) {
      const std::string where = fmt::format("{}: {}", path, test.name);
      const auto judgement = test.litmus ? model::judge(*test.litmus) : Result<Judgement>(test.litmus.error());
      if (!judgement) {
        wrong(where, judgement.error());
        continue;
      }
      if (!judgement->unknown.empty()) {
        line.error(fmt::format("{}: unknown: {}", where, judgement->unknown));
        status = std::max<int>(status, kUnexpected);
      }
      json ? print_json(test.name, *judgement) : print(test.name, *judgement);
    }
  }
  return status;
}

}  // namespace weft::cli
