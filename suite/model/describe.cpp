// SPDX-License-Identifier: Apache-2.0
#include "suite/model/describe.h"

#include <fmt/format.h>

#include <map>

#include "suite/model/outcome.h"

namespace weft::model {
namespace {

std::string number(const Access& access, const Bytes& bytes) {
  if (access.size > 8) return to_decimal(Value::v128(to_number(bytes), to_number(bytes, 8)), true);
  return fmt::format("{}", to_number(bytes));
}

std::string describe(const Access& access) {
  std::string text =
      access.region == Region::length ? "pages" : fmt::format("[{},{})", access.start, access.start + access.size);
  if (access.reads) text += fmt::format(" reads {}", number(access, access.read));
  if (access.writes && access.size > sizeof(Bytes)) {
    text += " = zeros";
  } else if (access.writes) {
    text += fmt::format("{} {}", access.reads ? " writes" : " =", number(access, access.written));
  }
  return text;
}

std::string describe_suspension(const Event& event) {
  switch (event.suspension) {
    case Suspension::none: return {};
    case Suspension::wait: return fmt::format(" sleeps at {}", event.location);
    case Suspension::woken: return fmt::format(" woken at {}", event.location);
    case Suspension::timeout: return fmt::format(" times out at {}", event.location);
    case Suspension::notify:
      return fmt::format(" wakes {} of at most {} at {}", event.count, event.limit, event.location);
    case Suspension::not_equal: return " finds another value";
  }
  return {};
}

}  // namespace

std::vector<std::string> names(const Execution& execution, unsigned after) {
  std::vector<std::string> all{"init"};
  std::map<std::string, unsigned> counts;
  for (size_t i = 1; i < execution.events().size(); ++i) {
    const unsigned thread = execution.events()[i]->thread;
    const std::string owner = thread == 0 || thread == after ? "M" : fmt::format("T{}", thread - 1);
    all.push_back(fmt::format("{}.{}", owner, ++counts[owner]));
  }
  return all;
}

std::string describe(const Execution& execution, unsigned number) {
  const Event& event = *execution.events()[number];
  if (number == 0) return fmt::format("the allocation of {} pages", to_number(event.length.written));
  std::string text(info(event.op).text);
  for (const Access* access : {&event.length, &event.data}) {
    if (*access) text += " " + describe(*access);
  }
  return text + describe_suspension(event);
}

std::string describe(const Violation& violation, const std::vector<std::string>& names) {
  const std::string &writer = names[violation.writer], &reader = names[violation.reader],
                    &other = names[violation.other];
  switch (violation.rule) {
    case Rule::reads_later:
      return fmt::format("hb-consistent: {1} reads from {0}, but happens before it", writer, reader);
    case Rule::hidden_write:
      return fmt::format("hb-consistent: {1} reads from {0}, but {2} writes there in between: {0} hb {2} hb {1}",
                         writer, reader, other);
    case Rule::cyclic:
      return fmt::format("hb is no order: {1} reads from {0} and so synchronises with it, but happens before it",
                         writer, reader);
    case Rule::last_visible_1:
      return fmt::format(
          "sc-last-visible 1: {1} reads from {0}, but {2}, which it would synchronise with, must stand between "
          "them: {0} tot {2} tot {1}",
          writer, reader, other);
    case Rule::last_visible_2:
      return fmt::format(
          "sc-last-visible 2: {1} reads from {0}, but {2}, which it would synchronise with, must stand between "
          "them: {0} hb {2} tot {1}",
          writer, reader, other);
    case Rule::last_visible_3:
      return fmt::format(
          "sc-last-visible 3: {1} reads from {0}, but {2}, which is seqcst on the same range, must stand "
          "between them: {0} tot {2} hb {1}",
          writer, reader, other);
    case Rule::no_tear:
      return fmt::format("no-tear: {1} reads from both {0} and {2}; all three are tear-free and of one range", writer,
                         reader, other);
    case Rule::suspension: return "suspensions-consistent: no order of waits and notifies replays on the queue";
  }
  return {};
}

std::vector<unsigned> in_order(const Execution& execution, const Relation& relation) {
  std::vector<unsigned> order;
  EventSet placed = 0;
  while (order.size() < execution.events().size()) {
    for (unsigned event = 0; event < execution.events().size(); ++event) {
      if ((placed & set_of(event)) != 0 || (relation.before(event) & ~placed) != 0) continue;
      order.push_back(event), placed |= set_of(event);
      break;
    }
  }
  return order;
}

}  // namespace weft::model
