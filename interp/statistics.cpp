// SPDX-License-Identifier: Apache-2.0
#include "interp/statistics.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "interp/execute.h"

namespace weft {
namespace {

std::vector<ExecutionCounts::Row> sorted(const std::map<std::string, uint64_t>& counts) {
  std::vector<ExecutionCounts::Row> rows;
  for (const auto& [what, count] : counts) rows.push_back({what, count});
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.count != b.count ? a.count > b.count : a.what < b.what; });
  return rows;
}

}  // namespace

/// What one handler executes, in the code of the fast engine.
struct ExecutionCounts::Dispatch {
  std::string what;
  uint64_t count = 0;
  bool goes_on = false;  ///< the next one in the list follows it
};

ExecutionCounts::ExecutionCounts(std::shared_ptr<const CompiledModule> module)
    : module_(std::move(module)),
      code_(module_->code(Engine::observed)),
      listing_(*lower(module_->module(), Target::listing)),
      counts_(code_.cells.size()) {}

std::vector<ExecutionCounts::Dispatch> ExecutionCounts::dispatches() const {
  std::unordered_map<uint32_t, uint64_t> by_offset;
  for (const SourceLocation& location : code_.locations) {
    uint64_t& count = by_offset[location.offset];
    count = std::max(count, counts_[location.cell].load(std::memory_order_relaxed));
  }
  std::vector<Dispatch> result;
  const LoweredModule& fast = *listing_;
  for (size_t i = 0; i < fast.locations.size(); ++i) {
    const SourceLocation& location = fast.locations[i];
    const Fusion handled = handled_by(fast.cells[location.cell].u);
    Dispatch dispatch{.what = pattern_of(handled.codes[0]), .count = by_offset[location.offset]};
    for (size_t k = 1; k < handled.count; ++k) dispatch.what += " & " + pattern_of(handled.codes[k]);
    i += handled.count - 1;
    const Opcode last = handled.codes[handled.count - 1];
    const std::string_view layout = layout_of(last);
    dispatch.goes_on = last.form != Form::internal || layout.find_first_of("tTf^h") == std::string_view::npos;
    result.push_back(std::move(dispatch));
  }
  return result;
}

std::vector<ExecutionCounts::Row> ExecutionCounts::handlers() const {
  std::map<std::string, uint64_t> counts;
  for (const Dispatch& dispatch : dispatches()) {
    if (dispatch.count != 0) counts[dispatch.what] += dispatch.count;
  }
  return sorted(counts);
}

std::vector<ExecutionCounts::Row> ExecutionCounts::pairs() const {
  std::map<std::string, uint64_t> counts;
  const std::vector<Dispatch> all = dispatches();
  for (size_t i = 0; i + 1 < all.size(); ++i) {
    const uint64_t count = std::min(all[i].count, all[i + 1].count);
    if (count != 0 && all[i].goes_on) counts[all[i].what + "  +  " + all[i + 1].what] += count;
  }
  return sorted(counts);
}

}  // namespace weft
