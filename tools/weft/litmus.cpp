// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "suite/stress/fresh.h"
#include "suite/stress/histogram.h"
#include "suite/stress/in_place.h"
#include "suite/stress/node.h"
#include "tools/weft/commands.h"
#include "tools/weft/interrupt.h"
#include "tools/weft/json.h"
#include "tools/weft/litmus_files.h"
#include "tools/weft/runtimes.h"

namespace weft::cli {
namespace {

using stress::Bar;

constexpr Help kHelp{
    .arguments = "FILE|DIR…",
    .summary = "Runs litmus tests many times, and compares what happens with what the memory model allows.",
    .examples =
        "  weft litmus wast/litmus/sb-u.wast                      a million iterations on the interpreter\n"
        "  weft litmus --iterations 10000 --json wast/litmus      one JSON object for each test, one a line\n"
        "  weft litmus --runtime node wast/litmus/sb-u.wast       the same loops on node\n",
    .details =
        "Files and folders are what 'weft model' reads. The threads of a test become loops over an array of cells, in "
        "Wasm; a test "
        "that may\n"
        "trap, stay asleep or grow its memory gets a new memory in each iteration. Each outcome is 'allowed', and "
        "'weak' when\n"
        "no interleaving of the threads has it; 'never seen'; or FORBIDDEN. What is allowed only because the draft "
        "specification\n"
        "has no rule for atomic.fence is 'unexpected in practice', and no failure.\n"
        "Exit codes: 0 nothing forbidden was seen, 1 a forbidden outcome was seen, a thread came to no end or the "
        "model's answer\n"
        "is unknown, 2 wrong usage, 3 a file that cannot be read or a test that is wrong, 130 interrupted.\n",
};

constexpr uint64_t kInPlace = 1'000'000, kFresh = 10'000;

std::atomic<bool> interrupted = false;

/// What one test did, and how that is judged.
struct Finding {
  std::string name, runtime;
  stress::Observed observed;
  std::string fresh;  ///< why it was not looped in place
  std::vector<Bar> bars;

  bool is_expected() const {
    return observed.stuck.empty() && std::none_of(bars.begin(), bars.end(), [](const Bar& bar) {
             return bar.count != 0 && bar.verdict == Bar::Verdict::forbidden;
           });
  }
};

void print(const Finding& finding) {
  const stress::Observed& observed = finding.observed;
  fmt::print("{}: {} iterations, {}, {:.0f}/s\n", finding.name, observed.iterations,
             observed.in_place ? "in place" : "each in a new memory: " + finding.fresh, observed.per_second());
  for (const Bar& bar : finding.bars) {
    const std::string_view verdict = describe(bar);
    const bool is_bad = bar.count != 0 && bar.verdict == Bar::Verdict::forbidden;
    fmt::print("  {:>10}  {}  {}\n", bar.count, is_bad ? paint(stdout, Color::red, verdict) : std::string(verdict),
               model::to_string(bar.outcome));
  }
  if (observed.dropped != 0) fmt::print("  {:>10}  not counted: an assumption was false\n", observed.dropped);
  if (!observed.stuck.empty()) fmt::print("  {}\n", paint(stdout, Color::red, observed.stuck));
  std::fflush(stdout);
}

void print_json(const Finding& finding) {
  const stress::Observed& observed = finding.observed;
  nlohmann::ordered_json json{{"name", finding.name},
                              {"runtime", finding.runtime},
                              {"iterations", observed.iterations},
                              {"dropped", observed.dropped},
                              {"in_place", observed.in_place},
                              {"seconds", observed.seconds},
                              {"outcomes", nlohmann::ordered_json::array()}};
  for (const Bar& bar : finding.bars) {
    json["outcomes"].push_back({{"outcome", model::to_string(bar.outcome)},
                                {"count", bar.count},
                                {"allowed", bar.verdict != Bar::Verdict::forbidden},
                                {"weak", bar.is_weak()},
                                {"verdict", describe(bar)}});
  }
  if (!observed.stuck.empty()) json["stuck"] = observed.stuck;
  fmt::print("{}\n", to_text(json));
  std::fflush(stdout);
}

/// Where the adapter of that name finds it. Error: host, when it is not here.
Result<stress::Node> find_node() {
  const auto adapters = read_adapters();
  if (!adapters) return adapters.error();
  for (const runtimes::Adapter& adapter : *adapters) {
    if (adapter.name != "node") continue;
    if (const auto node = find_runtime(adapter))
      return stress::Node{.program = node->program, .driver = WEFT_SOURCES "/suite/runtimes/js/litmus.mjs"};
  }
  return Error{ErrorKind::host, "node is not here", {}};
}

struct Wanted {
  bool json = false;
  std::optional<stress::Node> node;  ///< instead of our interpreter
  std::optional<uint64_t> iterations;
  stress::Options options;
};

class Runs {
 public:
  Runs(LitmusFiles& files, Wanted wanted) : files_(files), wanted_(std::move(wanted)) {}

  int finish() {
    if (interrupted) return kInterrupted;
    const int status = files_.finish();
    return status == kAsExpected && skipped_ && !ran_ ? int{kUnsupported} : status;
  }

  void add(const std::string& where, const model::Litmus& litmus) {
    if (interrupted) return;
    const auto judgement = model::judge(litmus);
    if (!judgement) return files_.wrong(where, judgement.error());
    if (!judgement->unknown.empty()) {
      return files_.unexpected(fmt::format("{}: unknown: {}", where, judgement->unknown));
    }
    const auto footprint = stress::find_footprint(litmus, *judgement);
    if (!footprint) return files_.wrong(where, footprint.error());
    Finding finding;  // one by one: GCC 12 takes members of an initialiser for uninitialised
    finding.name = litmus.name;
    finding.runtime = wanted_.node ? "node" : "weft";
    finding.fresh = footprint->fresh;
    auto observed = run(litmus, *footprint, finding.fresh);
    if (!observed && wanted_.node && observed.error().kind == ErrorKind::unlinkable) return skip(finding);
    if (!observed) return files_.wrong(where, observed.error());
    ran_ = true;
    finding.observed = std::move(*observed);

    std::optional<model::Judgement> ordered;
    if (footprint->has_fence) {
      auto judged = model::judge(litmus, {.ordered_fences = true});
      if (judged && judged->wasm) ordered = std::move(*judged);
    }
    finding.bars = make_histogram(finding.observed, *judgement, ordered ? &*ordered : nullptr);
    wanted_.json ? print_json(finding) : print(finding);
    if (!finding.is_expected()) files_.unexpected();
  }

 private:
  /// On node a thread that stays asleep could not be ended, and iterations with a new memory are not done.
  void skip(const Finding& finding) {
    skipped_ = true;
    if (wanted_.json)
      fmt::print("{}\n", to_text({{"name", finding.name}, {"runtime", "node"}, {"skipped", finding.fresh}}));
    else
      fmt::print("{}: skipped: on node it would have to run in place, and {}\n", finding.name, finding.fresh);
  }
  Result<stress::Observed> run(const model::Litmus& litmus, const stress::Footprint& footprint, std::string& fresh) {
    stress::Options options = wanted_.options;
    if (fresh.empty()) {
      options.iterations = wanted_.iterations.value_or(kInPlace);
      auto observed = wanted_.node ? run_on_node(litmus, footprint, options, *wanted_.node)
                                   : run_in_place(litmus, footprint, options, interrupted);
      if (observed || observed.error().kind != ErrorKind::unlinkable) return observed;
      fresh = observed.error().message;
    }
    if (wanted_.node) return Error{ErrorKind::unlinkable, "", {}};
    options.iterations = wanted_.iterations.value_or(kFresh);
    return run_fresh(litmus, options, interrupted);
  }

  LitmusFiles& files_;
  const Wanted wanted_;
  bool ran_ = false, skipped_ = false;
};

}  // namespace

int litmus(const Arguments& arguments) {
  CommandLine line("litmus", kHelp);
  Wanted wanted;
  std::optional<std::string> runtime, test;
  line.text("--runtime", runtime, "R", "weft or node [weft]");
  std::optional<std::chrono::nanoseconds> timeout;
  line.count("--iterations", wanted.iterations, "of each test [1000000; 10000 where each gets a new memory]");
  line.text("--test", test, "NAME", "only the test of this name");
  line.duration("--timeout", timeout, "how long all threads may stand still before that is the outcome [10s]");
  line.flag("--json", wanted.json, "print one JSON object for each test, one a line");
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("FILE or DIR is missing");
  const std::vector<std::string> runtimes{"weft", "node"};
  if (runtime && std::find(runtimes.begin(), runtimes.end(), *runtime) == runtimes.end())
    return line.usage_error(fmt::format("--runtime: unknown '{}'{}", *runtime, suggestion(*runtime, runtimes)));
  if (runtime == "node") {
    const auto node = find_node();
    if (!node) {
      line.error(node.error().where.empty() ? node.error().message
                                            : fmt::format("{}: {}", node.error().where, node.error().message));
      return kEnvironment;
    }
    wanted.node = *node;
  }
  if (timeout) wanted.options.patience = *timeout;
  interrupted = false;
  const OnInterrupt on_interrupt([] { interrupted = true; });
  LitmusFiles files(line, test);
  Runs runs(files, std::move(wanted));
  const auto visit = [&runs](const std::string& where, const model::StatedLitmus& one) { runs.add(where, one.litmus); };
  for (const std::string& path : line.operands()) files.add(path, visit);
  return runs.finish();
}

}  // namespace weft::cli
