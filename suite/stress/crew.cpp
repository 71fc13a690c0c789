// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/crew.h"

#include <algorithm>
#include <utility>

namespace weft::stress {

Result<std::unique_ptr<Crew>> Crew::create(const model::Litmus& litmus, const Footprint& footprint) {
  std::unique_ptr<Crew> crew(new Crew());
  uint32_t pages = 0;
  for (const bool spread : {false, true}) {
    auto modules = make_stress_modules(litmus, footprint, spread);
    if (!modules) return modules.error();
    pages = std::max(pages, modules->layout.pages);
    crew->modules_.push_back(std::move(*modules));
  }
  auto memory = Memory::create({.limits = {pages, pages}, .shared = true});
  if (!memory) return memory.error();
  crew->memory_ = std::move(*memory);
  for (size_t i = 0; i < litmus.threads.size(); ++i) crew->runners_.push_back(std::make_unique<Runner>());
  Runner& first = *crew->runners_[0];
  first.reset.emplace();
  if (litmus.before) first.before.emplace();
  if (litmus.after) first.after.emplace();
  for (uint32_t layout = 0; layout < crew->modules_.size(); ++layout) {
    StressModules& modules = crew->modules_[layout];
    modules.set_pages(pages);
    for (const Part& part : modules.parts) {
      Runner& runner = part.is_thread ? *crew->runners_[part.number] : first;
      const bool is_before = litmus.before && part.code == &*litmus.before;
      Loops& loops = part.is_thread ? runner.loops : is_before ? *runner.before : *runner.after;
      if (auto linked = crew->link(runner, modules.loops[part.number], loops.in[layout]); !linked)
        return linked.error();
    }
    if (auto linked = crew->link(first, modules.reset, first.reset->in[layout]); !linked) return linked.error();
  }
  return crew;
}

Result<Ok> Crew::link(Runner& runner, Module& module, const FuncInst*& loop) {
  auto compiled = CompiledModule::compile(std::move(module));
  if (!compiled) return compiled.error();
  const std::vector<Extern> imports{memory_};
  auto instance = runner.store.instantiate(std::move(*compiled), imports, runner.agent);
  if (!instance) return instance.error();
  loop = (*instance)->find_function("loop");
  return Ok{};
}

void Crew::stop() {
  for (const auto& runner : runners_) runner->slept = runner->is_asleep();
  for (const auto& runner : runners_) runner->agent.stop();
}

bool Crew::are_asleep() const {
  const auto ended = [](const auto& runner) { return runner->ended.load(); };
  return !std::all_of(runners_.begin(), runners_.end(), ended) &&
         std::all_of(runners_.begin(), runners_.end(),
                     [&](const auto& runner) { return ended(runner) || runner->is_asleep(); });
}

uint64_t Crew::positions() const {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < size(); ++i) sum = sum * 31 + memory_->load<uint32_t>(Layout::position_at(i)).value_or(0);
  return sum;
}

std::optional<model::Outcome> Crew::outcome_of_sleepers(const Mode& mode, uint32_t cells) const {
  const StressModules& modules = this->modules(mode);
  std::vector<std::pair<uint32_t, uint32_t>> positions;  // in the order in which cells are visited
  const uint32_t stride = std::min(mode.stride, cells);
  for (uint32_t i = 0; i < size(); ++i) {
    const Runner& runner = *runners_[i];
    if (!runner.ended && !runner.slept) return {};
    const uint32_t cell =
        (memory_->load<uint32_t>(Layout::position_at(i)).value_or(0) - Layout::cells_at()) / modules.layout.cell_bytes;
    positions.emplace_back(runner.ended ? std::pair(stride, 0u) : std::pair(cell % stride, cell / stride));
  }
  const auto first = *std::min_element(positions.begin(), positions.end());
  if (first.first == stride) return {};  // all came to their end at last: slow, not asleep
  const uint32_t cell = first.second * stride + first.first;
  std::optional<model::Outcome> outcome = model::Outcome();
  for (const Part& part : modules.parts) {
    if (!part.is_thread) continue;  // the main thread waits for those that stay asleep
    const Record& record = modules.records[part.number];
    if (positions[part.number] == first) {
      model::add_part(outcome, model::Outcome{{"T" + part.owner, "blocked"}});
    } else {
      std::vector<uint8_t> bytes(record.size());
      memory_->read(modules.layout.out[part.number] + uint64_t{cell} * record.size(), bytes);
      model::add_part(outcome, record.read(*part.code, part.owner, bytes));
    }
  }
  if (outcome) std::sort(outcome->begin(), outcome->end());
  return outcome;
}

}  // namespace weft::stress
