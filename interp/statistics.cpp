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

ExecutionCounts::ExecutionCounts(std::shared_ptr<const CompiledModule> module)
    : module_(std::move(module)),
      code_(module_->code(Engine::observed)),
      listing_(*lower(module_->module(), Target::listing)),
      counts_(code_.cells.size()) {}

std::vector<ExecutionCounts::Line> ExecutionCounts::lines() const {
  std::unordered_map<uint32_t, uint64_t> by_offset;
  for (const SourceLocation& location : code_.locations) {
    uint64_t& count = by_offset[location.offset];
    count = std::max(count, counts_[location.cell].load(std::memory_order_relaxed));
  }
  std::vector<Line> result;
  const LoweredModule& fast = *listing_;
  std::vector<uint64_t> by_others(fast.locations.size() + kLongestFusion);  // executed by the handler of one before
  for (size_t i = 0; i < fast.locations.size(); ++i) {
    const SourceLocation& location = fast.locations[i];
    const Fusion& handled = handled_by(fast.cells[location.cell].u);
    const uint64_t count = by_offset[location.offset];
    Line line{.what = pattern_of(handled.codes[0]),
              .cell = location.cell,
              .count = count,
              .goes_on = goes_on(handled.codes[0])};
    line.handled = count - std::min(count, by_others[i]);
    line.with = line.what;
    line.handles = handled.count;
    for (size_t k = 1; k < handled.count; ++k) {
      line.with += " & " + pattern_of(handled.codes[k]);
      by_others[i + k] += line.handled;
    }
    result.push_back(std::move(line));
  }
  return result;
}

std::vector<ExecutionCounts::Row> ExecutionCounts::handlers(const std::vector<Line>& lines) {
  std::map<std::string, uint64_t> counts;
  for (const Line& line : lines) {
    if (line.handled != 0) counts[line.with] += line.handled;
  }
  return sorted(counts);
}

std::vector<ExecutionCounts::Row> ExecutionCounts::pairs(const std::vector<Line>& lines) {
  std::map<std::string, uint64_t> counts;
  for (const Line& line : lines) {
    const Line* const last = &line + line.handles - 1;
    if (!last->goes_on || last == &lines.back()) continue;
    const uint64_t count = std::min(line.handled, last[1].handled);
    if (count != 0) counts[line.with + "  +  " + last[1].with] += count;
  }
  return sorted(counts);
}

}  // namespace weft
