// SPDX-License-Identifier: Apache-2.0
#include "suite/model/execution.h"

namespace weft::model {
namespace {

/// Clause 1 of sc-last-visible: `other` comes before `writer` or behind `reader`.
struct Apart {
  unsigned other, writer, reader;
};

/// Settles what follows, then tries both ways of one that is still open, and so on.
std::optional<Violation> arrange(std::vector<Apart> open, Relation& total) {
  for (bool changed = true; changed;) {
    changed = false;
    std::vector<Apart> left;
    for (const Apart& one : open) {
      if (total.is_before(one.other, one.writer) || total.is_before(one.reader, one.other)) continue;
      const bool behind = total.is_before(one.writer, one.other), before = total.is_before(one.other, one.reader);
      if (!behind && !before) {
        left.push_back(one);
        continue;
      }
      changed = true;
      if (!(behind ? total.add(one.reader, one.other) : total.add(one.other, one.writer)))
        return Violation{Rule::last_visible_1, one.writer, one.reader, one.other};
    }
    open = std::move(left);
  }
  if (open.empty()) return {};
  Relation tried = total;
  tried.add(open[0].other, open[0].writer);
  if (!arrange(open, tried)) {
    total = tried;
    return {};
  }
  total.add(open[0].reader, open[0].other);
  return arrange(std::move(open), total);
}

std::optional<Violation> find_hidden(const Execution& execution) {
  const Relation& hb = execution.happens_before;
  for (const ReadsFrom& rf : execution.reads_from) {
    if (hb.is_before(rf.reader, rf.writer)) return Violation{Rule::reads_later, rf.writer, rf.reader, 0};
    const EventSet between = hb.after(rf.writer) & hb.before(rf.reader);
    const EventSet hiding = between == 0 ? 0 : between & execution.writes(rf.region, rf.address);
    if (hiding != 0)
      return Violation{Rule::hidden_write, rf.writer, rf.reader, static_cast<unsigned>(std::countr_zero(hiding))};
  }
  return {};
}

}  // namespace

EventSet Execution::writes(Region region, uint64_t address) const {
  EventSet set = 0;
  for (unsigned i = 0; i < events.size(); ++i) {
    const Access& one = access(i, region);
    if (one.writes && one.covers(address)) set |= set_of(i);
  }
  return set;
}

EventSet Execution::synchronizing_writes(const Access& with) const {
  EventSet set = 0;
  if (with.ordering != Ordering::seqcst) return set;
  for (unsigned i = 0; i < events.size(); ++i) {
    const Access& one = access(i, with.region);
    if (one.writes && synchronize(one, with)) set |= set_of(i);
  }
  return set;
}

std::optional<Violation> find_violation(const Execution& execution, Relation* total) {
  if (auto violation = find_hidden(execution)) return violation;
  const Relation& hb = execution.happens_before;
  Relation order = hb;
  std::vector<Apart> apart;
  for (const ReadsFrom& rf : execution.reads_from) {
    if (!hb.is_before(rf.writer, rf.reader)) continue;
    const EventSet both = ~(set_of(rf.writer) | set_of(rf.reader));
    const EventSet rivals = execution.synchronizing_writes(execution.access(rf.reader, rf.region)) & both;
    std::optional<Violation> violation;
    for_each(rivals & hb.after(rf.writer), [&](unsigned other) {
      if (!order.add(rf.reader, other)) violation = {Rule::last_visible_2, rf.writer, rf.reader, other};
    });
    const EventSet earlier = execution.synchronizing_writes(execution.access(rf.writer, rf.region)) & both;
    for_each(earlier & hb.before(rf.reader), [&](unsigned other) {
      if (!order.add(other, rf.writer)) violation = {Rule::last_visible_3, rf.writer, rf.reader, other};
    });
    if (violation) return violation;
    if (!rf.synchronizes) continue;
    for_each(rivals & ~hb.after(rf.writer), [&](unsigned other) { apart.push_back({other, rf.writer, rf.reader}); });
  }
  const std::optional<Violation> violation = arrange(std::move(apart), order);
  if (!violation && total != nullptr) *total = order;
  return violation;
}

}  // namespace weft::model
