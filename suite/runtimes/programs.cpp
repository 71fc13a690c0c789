// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/programs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "suite/runtimes/program_builder.h"
#include "suite/runtimes/trial.h"
#include "suite/script/runner.h"
#include "suite/text/encode.h"

namespace weft::runtimes {
namespace {

/// Whether a script about this cannot be merged: merging does what is asked about.
bool is_about_linking(const std::string& spec) { return spec == "exec-instantiation" || spec.starts_with("match-"); }

/// For each instance the first one of those that import from each other. Threads share memories: they are all one.
std::vector<size_t> components(const Outline& outline) {
  std::vector<size_t> first(outline.instances.size());
  std::iota(first.begin(), first.end(), size_t{0});
  for (size_t i = 0; i < first.size(); ++i) {
    for (const size_t exporter : outline.instances[i].imports) {
      const size_t from = std::max(first[i], first[exporter]), to = std::min(first[i], first[exporter]);
      std::replace(first.begin(), first.end(), from, to);
    }
  }
  if (outline.tasks.size() > 1) std::fill(first.begin(), first.end(), size_t{0});
  return first;
}

std::vector<Outline> split(const Outline& outline) {
  const std::vector<size_t> component = components(outline);
  std::vector<Outline> groups;
  for (size_t root = 0; root < component.size(); ++root) {
    if (component[root] != root) continue;
    Outline group;
    std::vector<size_t> number(component.size());
    for (size_t i = 0; i < component.size(); ++i) {
      if (component[i] != root) continue;
      number[i] = group.instances.size();
      group.instances.push_back(outline.instances[i]);
      for (size_t& exporter : group.instances.back().imports) exporter = number[exporter];
    }
    for (const auto& task : outline.tasks) {
      group.tasks.emplace_back();
      for (Step step : task) {
        const bool is_of_an_instance = step.kind != Step::Kind::spawn && step.kind != Step::Kind::join;
        if (is_of_an_instance && component[step.subject] != root) continue;
        if (is_of_an_instance) step.subject = number[step.subject];
        group.tasks.back().push_back(step);
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

/// The runs of one group.
class GroupLowering {
 public:
  /// `is_tried`: the script holds on our interpreter, but a program may have to go without some of it.
  GroupLowering(Outline group, Form form, std::string stem, bool is_tried, Lowering& lowering)
      : group_(std::move(group)), form_(form), stem_(std::move(stem)), is_tried_(is_tried), lowering_(lowering) {}

  void lower(const std::string& spec) {
    if (group_.instances.size() > 1 && is_about_linking(spec))
      return leave_out_all("within one module nothing is linked");
    if (form_ == Form::exports && group_.tasks.size() > 1) return leave_out_all("it takes threads");
    Result<ProgramBuilder> builder = ProgramBuilder::make(group_, form_);
    if (!builder) return leave_out_all(builder.error().message);
    if (builder->memory_count() > 1) features_.emplace_back("multi-memory");
    form_ == Form::exports ? add_exports(*builder) : add_programs(*builder);
  }

 private:
  void leave_out(uint32_t line, std::string reason) { lowering_.left_out.push_back({line, std::move(reason)}); }
  void leave_out_all(const std::string& reason) {
    for (const auto& task : group_.tasks) {
      for (const Step& step : task) leave_out(step.line, reason);
    }
  }

  /// The lines of all commands but those that must trap, each once.
  std::vector<uint32_t> held_lines() const {
    std::set<uint32_t> lines;
    for (const auto& task : group_.tasks) {
      for (const Step& step : task) {
        if (step.kind != Step::Kind::must_trap && !unjudged_.contains(step.line)) lines.insert(step.line);
      }
    }
    return {lines.begin(), lines.end()};
  }

  Trial trial_of(ProgramBuilder program, const std::optional<Target>& target) const {
    if (group_.tasks.size() > 1) {
      program.export_start(target);
      return try_program(program.take(), std::nullopt);
    }
    program.export_task("run", target);
    return try_program(program.take(), "run");
  }

  /// Whether our interpreter finds that a program holds; of one thread, after assertions have been left out that need
  /// what a trap before them left.
  bool make_hold(const ProgramBuilder& builder) {
    if (!is_tried_) return true;
    while (true) {
      const Trial trial = trial_of(builder, std::nullopt);
      if (trial.end == Trial::End::held) return true;
      if (trial.end != Trial::End::not_held || trial.line == 0 || !unjudged_.insert(trial.line).second) break;
      leave_out(trial.line, "it needs what is left by something that ends a program");
      for (Step& step : group_.tasks[0]) {
        if (step.line == trial.line) step.results = nullptr;
      }
    }
    for (const uint32_t line : held_lines()) leave_out(line, "it needs something that ends a program");
    return false;
  }

  /// Calls `add` for each trap that a program can run into, with a name: its line, and a letter where there are
  /// several.
  template <class Add>
  void for_each_trap(const ProgramBuilder& builder, Add add) {
    std::map<uint32_t, char> seen;
    for (size_t task = 0; task < group_.tasks.size(); ++task) {
      for (size_t i = 0; i < group_.tasks[task].size(); ++i) {
        const Step& step = group_.tasks[task][i];
        if (step.kind != Step::Kind::must_trap) continue;
        const Target target{task, i};
        if (is_tried_ && trial_of(builder, target).end != Trial::End::trapped) {
          leave_out(step.line, "without the traps before it this is none");
          continue;
        }
        const char letter = seen[step.line]++;
        add(target, step.line,
            fmt::format("{}{}", step.line, letter == 0 ? "" : std::string(1, static_cast<char>('a' + letter))));
      }
    }
  }

  void add_exports(ProgramBuilder& builder) {
    const std::string file = stem_ + ".wasm";
    const ProgramBuilder bare = builder;
    if (make_hold(bare)) {
      builder.export_task("run", std::nullopt);
      lowering_.runs.push_back({file, "run", Expect::holds, held_lines(), features_, {}});
    }
    for_each_trap(bare, [&](const Target& target, uint32_t line, const std::string& name) {
      builder.export_task("trap_" + name, target);
      lowering_.runs.push_back({file, "trap_" + name, Expect::trap, {line}, features_, {}});
    });
    lowering_.files.emplace_back(file, encode(builder.take()));
  }

  void add_programs(const ProgramBuilder& builder) {
    const auto add = [&](const std::string& file, const std::optional<Target>& target, Expect expect,
                         std::vector<uint32_t> lines) {
      ProgramBuilder program = builder;
      program.export_start(target);
      lowering_.runs.push_back({file, "", expect, std::move(lines), features_, {}});
      lowering_.files.emplace_back(file, encode(program.take()));
    };
    if (make_hold(builder)) add(stem_ + ".wasm", std::nullopt, Expect::holds, held_lines());
    for_each_trap(builder, [&](const Target& target, uint32_t line, const std::string& name) {
      add(fmt::format("{}.trap-{}.wasm", stem_, name), target, Expect::trap, {line});
    });
  }

  Outline group_;
  const Form form_;
  const std::string stem_;
  const bool is_tried_;
  Lowering& lowering_;
  std::set<uint32_t> unjudged_;
  std::vector<std::string> features_;
};

/// Whether a program cannot do all of this: traps end it, and some commands are none for it.
bool goes_without(const Outline& outline) {
  const auto must_trap = [](const Step& step) { return step.kind == Step::Kind::must_trap; };
  return !outline.left_out.empty() || std::any_of(outline.tasks.begin(), outline.tasks.end(), [&](const auto& task) {
    return std::any_of(task.begin(), task.end(), must_trap);
  });
}

}  // namespace

Lowering make_programs(const script::Script& script, Form form, const std::string& name, const std::string& spec) {
  Outline outline = make_outline(script);
  Lowering lowering;
  lowering.left_out = outline.left_out;
  for (const Outline::File& file : outline.files) {
    const auto expect = file.is_accepted ? Expect::accepted : Expect::rejected;
    const std::string file_name = fmt::format("{}.{}-{}.wasm", name, to_string(expect), lowering.files.size());
    lowering.runs.push_back({.file = file_name, .expect = expect, .lines = {file.line}});
    lowering.files.emplace_back(file_name, file.bytes);
  }
  const bool is_tried = goes_without(outline) && script::run_script(script).failed == 0;
  std::vector<Outline> groups = split(outline);
  for (size_t i = 0; i < groups.size(); ++i) {
    const std::string stem = groups.size() == 1 ? name : fmt::format("{}.{}", name, i);
    GroupLowering(std::move(groups[i]), form, stem, is_tried, lowering).lower(spec);
  }
  const auto key = [](const LeftOut& one) { return std::tie(one.line, one.reason); };
  std::sort(lowering.left_out.begin(), lowering.left_out.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  lowering.left_out.erase(std::unique(lowering.left_out.begin(), lowering.left_out.end(), same),
                          lowering.left_out.end());
  return lowering;
}

}  // namespace weft::runtimes
