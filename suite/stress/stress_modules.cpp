// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/stress_modules.h"

#include <algorithm>

#include "suite/stress/modes.h"

namespace weft::stress {

Result<StressModules> make_stress_modules(const model::Litmus& litmus, const Footprint& footprint, bool spread) {
  StressModules all;
  const auto add = [&](const model::Code& code, std::string owner, bool is_thread) {
    all.parts.push_back({.code = &code,
                         .owner = std::move(owner),
                         .number = static_cast<uint32_t>(all.parts.size()),
                         .is_thread = is_thread,
                         .tells_position = is_thread && footprint.waits});
    all.records.emplace_back(code);
  };
  for (const model::Code& thread : litmus.threads) add(thread, std::to_string(all.parts.size()), true);
  if (litmus.before) add(*litmus.before, "M", false);
  if (litmus.after) add(*litmus.after, "M", false);

  std::vector<uint32_t> sizes;
  for (const Record& record : all.records) sizes.push_back(record.size());
  all.layout = Layout::make(footprint, spread, static_cast<uint32_t>(litmus.threads.size()), kMaxCells, sizes);
  for (const Part& part : all.parts) {
    auto loop = make_loop(part, all.records[part.number], all.layout);
    if (!loop) return loop.error();
    all.loops.push_back(std::move(*loop));
  }
  auto reset = make_reset(footprint, litmus.image, all.layout);
  if (!reset) return reset.error();
  all.reset = std::move(*reset);
  return all;
}

void StressModules::set_pages(uint32_t pages) {
  layout.pages = pages;
  const auto set = [pages](Module& module) {
    for (Import& import : module.imports) std::get<MemoryType>(import.desc).limits = {pages, pages};
  };
  for (Module& loop : loops) set(loop);
  set(reset);
}

std::optional<model::Outcome> StressModules::outcome(std::span<const uint8_t> all_records) const {
  std::optional<model::Outcome> outcome = model::Outcome();
  for (const Part& part : parts) {
    const Record& record = records[part.number];
    model::add_part(outcome, record.read(*part.code, part.owner, all_records.first(record.size())));
    all_records = all_records.subspan(record.size());
  }
  if (outcome) std::sort(outcome->begin(), outcome->end());
  return outcome;
}

}  // namespace weft::stress
