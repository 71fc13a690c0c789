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
    const EventSet hiding = execution.writes(rf.region, rf.address, between);
    if (hiding != 0)
      return Violation{Rule::hidden_write, rf.writer, rf.reader, static_cast<unsigned>(std::countr_zero(hiding))};
  }
  return {};
}

}  // namespace

EventSet Execution::writes(Region region, uint64_t address, EventSet among) const {
  EventSet set = 0;
  for_each(among, [&](unsigned event) {
    const Access& one = access(event, region);
    if (one.writes && one.covers(address)) set |= set_of(event);
  });
  return set;
}

EventSet Execution::synchronizing_writes(const Access& with, EventSet among) const {
  EventSet set = 0;
  if (with.ordering != Ordering::seqcst) return set;
  for_each(among & seqcst_writes_[static_cast<size_t>(with.region)], [&](unsigned event) {
    if (synchronize(access(event, with.region), with)) set |= set_of(event);
  });
  return set;
}

std::optional<Violation> find_violation(const Execution& execution, Relation* total) {
  if (auto violation = find_hidden(execution)) return violation;
  const Relation& hb = execution.happens_before;
  Relation order = hb;
  std::vector<Apart> apart;
  for (const ReadsFrom& rf : execution.reads_from) {
    if (!hb.is_before(rf.writer, rf.reader)) continue;
    const Access &read = execution.access(rf.reader, rf.region), &written = execution.access(rf.writer, rf.region);
    const EventSet others = execution.all() & ~(set_of(rf.writer) | set_of(rf.reader));
    std::optional<Violation> violation;
    for_each(execution.synchronizing_writes(read, others & hb.after(rf.writer)), [&](unsigned other) {
      if (!order.add(rf.reader, other)) violation = {Rule::last_visible_2, rf.writer, rf.reader, other};
    });
    for_each(execution.synchronizing_writes(written, others & hb.before(rf.reader)), [&](unsigned other) {
      if (!order.add(other, rf.writer)) violation = {Rule::last_visible_3, rf.writer, rf.reader, other};
    });
    if (violation) return violation;
    if (!rf.synchronizes) continue;
    for_each(execution.synchronizing_writes(read, others & ~hb.after(rf.writer)),
             [&](unsigned other) { apart.push_back({other, rf.writer, rf.reader}); });
  }
  const std::optional<Violation> violation = arrange(std::move(apart), order);
  if (!violation && total != nullptr) *total = order;
  return violation;
}

}  // namespace weft::model
