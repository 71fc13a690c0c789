// SPDX-License-Identifier: Apache-2.0
#include "suite/model/suspension.h"

#include <algorithm>
#include <map>
#include <optional>

namespace weft::model {
namespace {

using Visit = std::function<void(const Relation&)>;

/// One order of the events of one location after the other.
class Orders {
 public:
  Orders(const Execution& execution, const Variant& variant, const Visit& visit)
      : execution_(execution), visit_(visit) {
    std::map<uint64_t, EventSet> queues;
    EventSet fences = 0;
    for (unsigned i = 0; i < execution.events().size(); ++i) {
      const Event& event = *execution.events()[i];
      if (event.fence && variant.ordered_fences) fences |= set_of(i);
      if (event.suspension == Suspension::none) continue;
      if (event.suspension != Suspension::not_equal || variant.js) queues[event.location] |= set_of(i);
    }
    for (const auto& [location, events] : queues) locations_.push_back(events);
    if (fences != 0) locations_.push_back(fences);
  }

  void run() {
    const Relation order = execution_.happens_before;  // the visitor may change that
    next_location(0, order);
  }

 private:
  /// Waits that are asleep, oldest first.
  using Queue = std::vector<unsigned>;

  const Event& event(unsigned number) const { return *execution_.events()[number]; }

  void next_location(size_t index, const Relation& order) {
    if (index == locations_.size()) return visit_(order);
    next_event(index, locations_[index], {}, {}, order);
  }

  void next_event(size_t index, EventSet left, std::optional<unsigned> last, const Queue& queue,
                  const Relation& order) {
    if (left == 0) return next_location(index + 1, order);
    for_each(left, [&](unsigned next) {
      if ((order.before(next) & left) != 0) return;
      Relation extended = order;
      if (last && !extended.add(*last, next)) return;
      replay(index, left & ~set_of(next), next, queue, extended);
    });
  }

  void replay(size_t index, EventSet left, unsigned next, Queue queue, Relation& order) {
    switch (event(next).suspension) {
      case Suspension::wait: queue.push_back(next); break;
      case Suspension::timeout: {
        const auto asleep = std::find_if(queue.begin(), queue.end(), [&](unsigned wait) { return is_of(next, wait); });
        if (asleep == queue.end()) return;
        queue.erase(asleep);
        break;
      }
      case Suspension::woken: return;  // it follows a notify, and comes with it
      case Suspension::notify: return notify(index, left, next, std::move(queue), order);
      case Suspension::none:
      case Suspension::not_equal: break;
    }
    next_event(index, left, next, queue, order);
  }

  /// It wakes the oldest of the queue, as many as there are or it may, who then follow at once, the newest first.
  void notify(size_t index, EventSet left, unsigned notify, Queue queue, Relation& order) {
    const Event& notified = event(notify);
    if (notified.count != std::min<size_t>(notified.limit, queue.size())) return;
    unsigned last = notify;
    for (size_t i = notified.count; i-- > 0;) {
      EventSet woken = 0;
      for_each(left, [&](unsigned one) {
        if (event(one).suspension == Suspension::woken && is_of(one, queue[i])) woken = set_of(one);
      });
      if (woken == 0) return;
      const auto next = static_cast<unsigned>(std::countr_zero(woken));
      if (!order.add(last, next)) return;
      last = next;
      left &= ~woken;
    }
    queue.erase(queue.begin(), queue.begin() + notified.count);
    next_event(index, left, last, queue, order);
  }

  /// Whether this is how that wait ended: the event that follows it in its thread, and is numbered behind it.
  bool is_of(unsigned end, unsigned wait) const { return end == wait + 1 && event(end).thread == event(wait).thread; }

  const Execution& execution_;
  const Visit& visit_;
  std::vector<EventSet> locations_;
};

}  // namespace

void for_each_suspension_order(const Execution& execution, const Variant& variant, const Visit& visit) {
  Orders(execution, variant, visit).run();
}

}  // namespace weft::model
