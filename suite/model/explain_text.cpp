// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "suite/model/describe.h"
#include "suite/model/explain.h"

namespace weft::model {
namespace {

/// Which bytes of a read a write can give: " (0 1)"; nothing if it is all of them.
std::string bytes(const Access& read, const Access& write) {
  std::string text;
  bool all = true;
  for (unsigned i = 0; i < read.size; ++i) {
    const bool gives = write.covers(read.start + i) && write.written_at(read.start + i) == read.read[i];
    all = all && gives;
    if (gives) text += fmt::format("{}{}", text.empty() ? "" : " ", i);
  }
  return all ? "" : fmt::format(" ({})", text);
}

/// Which writes an event reads from: "from T0.1, synchronises".
std::string origins(const Execution& execution, unsigned reader, const std::vector<std::string>& names) {
  std::string text;
  EventSet named = 0;
  for (const ReadsFrom& rf : execution.reads_from) {
    if (rf.reader != reader || (named & set_of(rf.writer)) != 0) continue;
    named |= set_of(rf.writer);
    text += fmt::format("{} {}{}{}", text.empty() ? "  from" : " and", names[rf.writer],
                        bytes(execution.access(reader, rf.region), execution.access(rf.writer, rf.region)),
                        rf.synchronizes ? ", synchronises" : "");
  }
  return text;
}

/// The events at each queue, in the order in which they happen.
std::map<uint64_t, std::vector<unsigned>> queues(const Execution& execution) {
  std::map<uint64_t, std::vector<unsigned>> all;
  for (const unsigned event : in_order(execution, execution.happens_before)) {
    const Event& one = *execution.events()[event];
    if (one.suspension != Suspension::none && one.suspension != Suspension::not_equal)
      all[one.location].push_back(event);
  }
  return all;
}

std::string events(const Execution& execution, const std::vector<std::string>& all) {
  std::map<unsigned, std::string> threads;
  for (unsigned event = 0; event < execution.events().size(); ++event) {
    threads[event == 0 ? 0 : execution.events()[event]->thread] +=
        fmt::format("  {:6} {}{}\n", all[event], describe(execution, event), origins(execution, event, all));
  }
  std::string text;
  for (const auto& [thread, lines] : threads) text += lines;
  for (const auto& [location, queue] : queues(execution)) {
    text += fmt::format("  queue at {}:", location);
    for (const unsigned event : queue) text += " " + all[event];
    text += "\n";
  }
  return text;
}

std::string total_order(const Kept& kept, const std::vector<std::string>& all) {
  std::string text = "  total order:";
  for (const unsigned event : in_order(kept.execution, kept.total)) text += " " + all[event];
  return text + "\n";
}

std::string edge(const std::string& from, const std::string& to, const char* kind, const char* style) {
  return fmt::format("  \"{}\" -> \"{}\" [label=\"{}\", {}];\n", from, to, kind, style);
}

std::string quoted(std::string text) {
  for (size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

}  // namespace

std::string to_text(const Explanation& explanation) {
  const std::string& outcome = explanation.outcome;
  const unsigned after = explanation.program->after();
  if (explanation.witness) {
    const std::vector<std::string> all = names(explanation.witness->execution, after);
    return fmt::format("{}: allowed, for instance so:\n{}{}", outcome, events(explanation.witness->execution, all),
                       total_order(*explanation.witness, all));
  }
  if (!explanation.unknown.empty()) return fmt::format("{}: unknown: {}\n", outcome, explanation.unknown);
  if (explanation.forbidden.empty() && explanation.is_partial)
    return fmt::format("{}: forbidden; there are too many candidate executions to say why\n", outcome);
  if (explanation.forbidden.empty())
    return fmt::format(
        "{}: forbidden: no thread ends so, whatever it reads of what is written{}\n", outcome,
        explanation.missing.empty() ? "" : fmt::format("; nothing is said of {}", fmt::join(explanation.missing, " ")));
  std::string text =
      fmt::format("{}: forbidden; candidate executions that would have it, and what they break:\n", outcome);
  for (size_t i = 0; i < explanation.forbidden.size(); ++i) {
    const Kept& kept = explanation.forbidden[i];
    text +=
        fmt::format("  {}  {}\n", explanation.candidates[i], describe(*kept.violation, names(kept.execution, after)));
  }
  const Execution& first = explanation.forbidden[0].execution;
  if (explanation.is_partial) text += "  and more, which were not looked at\n";
  return text + "the first of these:\n" + events(first, names(first, after));
}

std::string to_dot(const Explanation& explanation) {
  if (!explanation.witness && explanation.forbidden.empty()) return "digraph {}\n";
  const Kept& kept = explanation.witness ? *explanation.witness : explanation.forbidden[0];
  const Execution& execution = kept.execution;
  const std::vector<std::string> all = names(execution, explanation.program->after());
  const std::string label =
      explanation.outcome + (kept.violation ? "\\nforbidden: " + describe(*kept.violation, all) : ": allowed");
  std::string text = fmt::format("digraph {{\n  label=\"{}\"; node [shape=box];\n", quoted(label));
  std::map<unsigned, unsigned> last;  // by thread
  for (unsigned event = 0; event < execution.events().size(); ++event) {
    text += fmt::format("  \"{}\" [label=\"{}\\n{}\"];\n", all[event], all[event], quoted(describe(execution, event)));
    if (event == 0) continue;
    const unsigned thread = execution.events()[event]->thread;
    if (const auto found = last.find(thread); found != last.end())
      text += edge(all[found->second], all[event], "po", "weight=9");
    last[thread] = event;
  }
  std::map<std::pair<unsigned, unsigned>, bool> reads;
  for (const ReadsFrom& rf : execution.reads_from) reads[{rf.writer, rf.reader}] |= rf.synchronizes;
  for (const auto& [pair, synchronizes] : reads) {
    text += edge(all[pair.first], all[pair.second], synchronizes ? "rf, sw" : "rf",
                 synchronizes ? "color=red" : "color=red, style=dashed");
  }
  for (const auto& [location, queue] : queues(execution)) {
    for (size_t i = 1; i < queue.size(); ++i) text += edge(all[queue[i - 1]], all[queue[i]], "queue", "color=blue");
  }
  return text + "}\n";
}

}  // namespace weft::model
