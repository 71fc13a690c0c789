// SPDX-License-Identifier: Apache-2.0
#include "suite/model/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "suite/model/explain.h"
#include "tools/weft/commands.h"
#include "tools/weft/json.h"
#include "tools/weft/litmus_files.h"

namespace weft::cli {
namespace {

using model::Judgement;
using model::Outcome;
using model::Outcomes;

constexpr Help kHelp{
    .arguments = "FILE|DIR…",
    .summary = "Computes the outcomes that a litmus test may have under WebAssembly's memory model, SC and x86-TSO.",
    .examples =
        "  weft model wast/litmus/sb-u.wast          its outcomes, and which machines have them\n"
        "  weft model --json tests.json              one JSON object for each test, one a line\n"
        "  weft model --check wast/litmus            whether the files of a folder state the outcomes that are\n"
        "  weft model --why '0:r0=0 1:r0=0' wast/litmus/sb-u.wast   an execution with this outcome, or what forbids "
        "it\n"
        "  weft model --dot --why '0:r0=0 1:r0=0' wast/litmus/sb-u.wast | dot -Tsvg   a drawing of it\n",
    .details =
        "A file is a script that says it is a litmus test (wast/README.md), or a JSON document with tests in the "
        "compact\n"
        "notation (suite/model/README.md); a folder stands for the litmus scripts in it and below. Sets are exact; "
        "where a limit does not let them be, they are 'unknown', and "
        "the\n"
        "limit is named. --variant NAME reads the specification otherwise than by the letter: 'js' (a wait that finds "
        "another "
        "value\nsynchronises), 'no-tear-init' (the first bytes count as one tear-free write), 'ordered-fences' (fences "
        "are totally "
        "ordered).\n"
        "Exit codes: 0 all known, and as stated; 1 a set is unknown, or not as stated; 2 wrong usage; 3 a file that "
        "cannot "
        "be\nread, or a test that is wrong.\n",
};

/// Names and words as JSON has them: there are few, and thousands of outcomes.
using Quoted = std::map<std::string, std::string>;

void add_json(const Outcome& outcome, Quoted& quoted, std::string& text) {
  const auto quote = [&quoted](const std::string& word) -> const std::string& {
    std::string& json = quoted[word];
    return json.empty() ? json = to_text(word) : json;
  };
  char separator = '{';
  for (const auto& [name, value] : outcome) {
    const bool is_word = value == "trap" || value == "blocked";
    text += std::exchange(separator, ',');
    text.append(quote(name)).append(1, ':').append(is_word ? quote(value) : value);
  }
  text += outcome.empty() ? "{}" : "}";
}

/// Not by the JSON library: it has no numbers of 128 bits.
std::string to_json(const std::optional<Outcomes>& outcomes) {
  if (!outcomes) return "\"unknown\"";
  std::string text = "[";
  Quoted quoted;
  for (const Outcome& outcome : *outcomes) {
    if (text.size() > 1) text += ',';
    add_json(outcome, quoted, text);
  }
  return text + "]";
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

/// What was asked for.
struct Wanted {
  bool json = false, check = false, dot = false;
  std::optional<std::string> why;
  model::Variant variant = {};
};

/// Says of each test what was asked for.
class Report {
 public:
  Report(LitmusFiles& files, Wanted wanted) : files_(files), wanted_(std::move(wanted)) {}

  void add(const std::string& where, const model::StatedLitmus& test) {
    if (wanted_.why) return explain(where, test.litmus);
    const auto judgement = model::judge(test.litmus, wanted_.variant);
    if (!judgement) return files_.wrong(where, judgement.error());
    if (!judgement->unknown.empty()) files_.unexpected(fmt::format("{}: unknown: {}", where, judgement->unknown));
    if (wanted_.check) return compare(where, test, *judgement);
    wanted_.json ? print_json(test.litmus.name, *judgement) : print(test.litmus.name, *judgement);
  }

 private:
  void compare(const std::string& where, const model::StatedLitmus& test, const Judgement& judgement) {
    if (test.stated.empty()) return files_.unexpected(fmt::format("{}: states no outcomes", where));
    const std::vector<std::string> differences = test.stated.differences(judgement);
    if (differences.empty() && judgement.unknown.empty()) fmt::print("{}: as stated\n", where);
    for (const std::string& difference : differences) files_.unexpected(fmt::format("{}: {}", where, difference));
  }

  void explain(const std::string& where, const model::Litmus& litmus) {
    const auto explanation = model::explain(litmus, wanted_.variant, *wanted_.why);
    if (!explanation) return files_.wrong(where, explanation.error());
    if (!explanation->is_allowed() && !explanation->unknown.empty())
      files_.unexpected(fmt::format("{}: unknown: {}", where, explanation->unknown));
    if (wanted_.dot) return fmt::print("{}", model::to_dot(*explanation));
    fmt::print("{}: {}", litmus.name, model::to_text(*explanation));
  }

  LitmusFiles& files_;
  const Wanted wanted_;
};

/// Nothing if the word is no variant.
bool choose(const std::string& word, model::Variant& variant) {
  if (word == "js") return variant.js = true;
  if (word == "no-tear-init") return variant.no_tear_init = true;
  if (word == "ordered-fences") return variant.ordered_fences = true;
  return false;
}

}  // namespace

int model(const Arguments& arguments) {
  CommandLine line("model", kHelp);
  Wanted wanted;
  std::optional<std::string> test;
  std::vector<std::string> variants;
  line.flag("--json", wanted.json, "print one JSON object for each test, one a line");
  line.flag("--check", wanted.check,
            "print whether each test has the outcomes that its file states, and how it differs");
  line.text("--why", wanted.why, "OUTCOME", "print an execution with this outcome, or the rules that forbid it");
  line.flag("--dot", wanted.dot, "with --why: draw that execution, for Graphviz");
  line.text("--test", test, "NAME", "only the test of this name");
  line.texts("--variant", variants, "NAME",
             "another reading: js, no-tear-init, ordered-fences; may be given several times");
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("FILE or DIR is missing");
  if (wanted.dot && !wanted.why) return line.usage_error("--dot draws what --why asks for");
  if (wanted.json + wanted.check + wanted.why.has_value() > 1)
    return line.usage_error("--json, --check and --why are different things");
  for (const std::string& word : variants) {
    const std::vector<std::string> known{"js", "no-tear-init", "ordered-fences"};
    if (!choose(word, wanted.variant))
      return line.usage_error(fmt::format("--variant: unknown '{}'{}", word, suggestion(word, known)));
  }
  LitmusFiles files(line, test);
  Report report(files, std::move(wanted));
  const auto visit = [&report](const std::string& where, const model::StatedLitmus& one) { report.add(where, one); };
  for (const std::string& path : line.operands()) files.add(path, visit);
  return files.finish();
}

}  // namespace weft::cli
