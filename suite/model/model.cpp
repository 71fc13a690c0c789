// SPDX-License-Identifier: Apache-2.0
#include "suite/model/model.h"

#include <utility>

#include "suite/model/machine.h"
#include "suite/model/search.h"

namespace weft::model {
namespace {

std::optional<Outcomes> on_machine(Program& program, const Domain& domain, Ordered ordered) {
  if (!program.limits.exceeded.empty()) return {};
  Outcomes outcomes = interleave(program, domain, ordered);
  return program.limits.exceeded.empty() ? std::optional(std::move(outcomes)) : std::nullopt;
}

/// Whether any thread has come to a plain access to data; if not, nothing waits in a queue, and nothing is cut.
bool has_plain_access(Program& program) {
  const auto is_plain = [](const Access& access) { return access && access.ordering == Ordering::unord; };
  for (unsigned thread = 0; thread <= program.after(); ++thread) {
    if (program.tree(thread) == nullptr) continue;
    for (const TraceNode& node : program.tree(thread)->nodes()) {
      for (const Event& event : node.segment.events) {
        if (program.is_concurrent(thread) && is_plain(event.data)) return true;
      }
    }
  }
  return false;
}

void judge_wasm(Program& program, const Domain& domain, const Variant& variant, Judgement& judgement) {
  FoundOutcomes found(program);
  bool race_free = true;
  const auto note = [&](const Candidate& candidate) {
    race_free = race_free && !has_data_race(candidate.execution);
    found.add(candidate.ends);
  };
  Search(program, domain, variant).run(note, [&](const auto& ends) { return !race_free && found.contains(ends); });
  if (!program.limits.exceeded.empty()) return;
  judgement.wasm = found.sorted();
  judgement.is_race_free = race_free;
}

}  // namespace

bool has_data_race(const Execution& execution) {
  for (unsigned a = 1; a < execution.events().size(); ++a) {
    const Access& one = execution.access(a, Region::data);
    if (!one) continue;
    for (unsigned b = a + 1; b < execution.events().size(); ++b) {
      const Access& other = execution.access(b, Region::data);
      if (execution.events()[a]->thread == execution.events()[b]->thread || (!one.writes && !other.writes)) continue;
      if (!overlap(one, other) || synchronize(one, other)) continue;
      if (!execution.happens_before.is_before(a, b) && !execution.happens_before.is_before(b, a)) return true;
    }
  }
  return false;
}

Result<Judgement> judge(const Litmus& litmus, const Variant& variant, const Limits& limits) {
  auto created = Program::create(litmus, limits);
  if (!created) return created.error();
  Domain domain = find_least_domain(**created, variant);
  const std::string unknown = (*created)->limits.exceeded;
  if (!unknown.empty()) {
    // The machines do without, from trees that are not full of it.
    domain = {};
    domain.always_synchronizes = true;
    if (created = Program::create(litmus, limits); !created) return created.error();
  }
  Program& program = **created;
  Judgement judgement;
  judgement.sc = on_machine(program, domain, Ordered::sc);
  judgement.tso = has_plain_access(program) ? on_machine(program, domain, Ordered::tso) : judgement.sc;
  if (unknown.empty()) judge_wasm(program, domain, variant, judgement);
  judgement.unknown = unknown.empty() ? program.limits.exceeded : unknown;
  return judgement;
}

}  // namespace weft::model
