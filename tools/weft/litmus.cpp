// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "suite/model/litmus_file.h"
#include "suite/stress/fresh.h"
#include "suite/stress/histogram.h"
#include "suite/stress/in_place.h"
#include "tools/weft/commands.h"
#include "tools/weft/interrupt.h"
#include "tools/weft/json.h"
#include "tools/weft/module_file.h"

namespace weft::cli {
namespace {

using stress::Bar;

constexpr Help kHelp{
    .arguments = "FILE…",
    .summary = "Runs litmus tests many times, and compares what happens with what the memory model allows.",
    .examples =
        "  weft litmus wast/litmus/sb-u.wast                      a million iterations on the interpreter\n"
        "  weft litmus --iterations 10000 --json tests.json       one JSON object for each test, one a line\n",
    .details =
        "A file is what 'weft model' reads. The threads of a test become loops over an array of cells, in Wasm; a test "
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
  std::string name;
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
                              {"runtime", "weft"},
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

struct Wanted {
  bool json = false;
  std::optional<uint64_t> iterations;
  std::optional<std::string> test;
  stress::Options options;
};

class Runs {
 public:
  Runs(const CommandLine& line, Wanted wanted) : line_(line), wanted_(std::move(wanted)) {}

  int finish() {
    if (interrupted) return kInterrupted;
    if (wanted_.test && !found_) {
      line_.error(fmt::format("no test is named '{}'", *wanted_.test));
      status_ = kEnvironment;
    }
    return status_;
  }

  void add(const std::string& path) {
    const auto bytes = read_file(path);
    if (!bytes) return wrong(path, bytes.error());
    const auto tests = model::parse_litmus_file({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (!tests) return wrong(path, tests.error());
    for (const model::NamedLitmus& test : *tests) {
      if (interrupted || (wanted_.test && *wanted_.test != test.name)) continue;
      found_ = true;
      const std::string where = tests->size() == 1 ? path : fmt::format("{}: {}", path, test.name);
      test.test ? add(where, test.test->litmus) : wrong(where, test.test.error());
    }
  }

 private:
  void wrong(const std::string& where, const Error& error) {
    const bool is_position = !error.where.empty() && error.where.find_first_not_of("0123456789:") == std::string::npos;
    const std::string place = error.where.empty() ? "" : (is_position ? ":" : ": ") + error.where;
    line_.error(fmt::format("{}{}: {}", where, place, error.message));
    status_ = kEnvironment;
  }
  void unexpected() { status_ = std::max<int>(status_, kUnexpected); }

  void add(const std::string& where, const model::Litmus& litmus) {
    const auto judgement = model::judge(litmus);
    if (!judgement) return wrong(where, judgement.error());
    if (!judgement->unknown.empty()) {
      line_.error(fmt::format("{}: unknown: {}", where, judgement->unknown));
      return unexpected();
    }
    const auto footprint = stress::find_footprint(litmus, *judgement);
    if (!footprint) return wrong(where, footprint.error());
    Finding finding{.name = litmus.name, .observed = {}, .fresh = footprint->fresh, .bars = {}};
    auto observed = run(litmus, *footprint, finding.fresh);
    if (!observed) return wrong(where, observed.error());
    finding.observed = std::move(*observed);

    std::optional<model::Judgement> ordered;
    if (footprint->has_fence) {
      auto judged = model::judge(litmus, {.ordered_fences = true});
      if (judged && judged->wasm) ordered = std::move(*judged);
    }
    finding.bars = make_histogram(finding.observed, *judgement, ordered ? &*ordered : nullptr);
    wanted_.json ? print_json(finding) : print(finding);
    if (!finding.is_expected()) unexpected();
  }

  Result<stress::Observed> run(const model::Litmus& litmus, const stress::Footprint& footprint, std::string& fresh) {
    stress::Options options = wanted_.options;
    if (fresh.empty()) {
      options.iterations = wanted_.iterations.value_or(kInPlace);
      auto observed = run_in_place(litmus, footprint, options, interrupted);
      if (observed || observed.error().kind != ErrorKind::unlinkable) return observed;
      fresh = observed.error().message;
    }
    options.iterations = wanted_.iterations.value_or(kFresh);
    return run_fresh(litmus, options, interrupted);
  }

  const CommandLine& line_;
  const Wanted wanted_;
  bool found_ = false;
  int status_ = kAsExpected;
};

}  // namespace

int litmus(const Arguments& arguments) {
  CommandLine line("litmus", kHelp);
  Wanted wanted;
  std::optional<std::chrono::nanoseconds> timeout;
  line.count("--iterations", wanted.iterations, "of each test [1000000; 10000 where each gets a new memory]");
  line.text("--test", wanted.test, "NAME", "only the test of this name");
  line.duration("--timeout", timeout, "how long all threads may stand still before that is the outcome [10s]");
  line.flag("--json", wanted.json, "print one JSON object for each test, one a line");
  if (const auto status = line.parse(arguments)) return *status;
  if (line.operands().empty()) return line.usage_error("FILE is missing");
  if (timeout) wanted.options.patience = *timeout;
  interrupted = false;
  const OnInterrupt on_interrupt([] { interrupted = true; });
  Runs runs(line, std::move(wanted));
  for (const std::string& path : line.operands()) runs.add(path);
  return runs.finish();
}

}  // namespace weft::cli
