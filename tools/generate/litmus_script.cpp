// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>

#include "suite/conformance/front_matter.h"
#include "suite/model/litmus_file.h"
#include "tools/generate/litmus_outcome.h"
#include "tools/generate/litmus_test.h"

namespace weft::generate {
namespace {

using model::Operation;
using model::Verb;

constexpr size_t kLineLength = 120;
constexpr uint64_t kMeet = 1024, kLeft = kMeet + 4;  // where the threads meet, and what they leave behind

/// All of the test that is code.
struct Parts {
  std::vector<std::vector<Operation>> operations;  // of the threads, and then of the main thread before and after
  std::vector<ThreadText> threads;
  std::optional<ThreadText> before, after;

  bool any(bool (*is_so)(const Operation&)) const {
    return std::any_of(operations.begin(), operations.end(),
                       [is_so](const auto& all) { return std::any_of(all.begin(), all.end(), is_so); });
  }
  bool drops() const {
    return std::any_of(threads.begin(), threads.end(), [](const ThreadText& one) { return one.drops; });
  }
  bool waits() const {
    return any([](const Operation& one) { return one.verb == Verb::wait; });
  }
  bool waits_for_a_time() const {
    return any([](const Operation& one) {
      return one.verb == Verb::wait && static_cast<int64_t>(model::to_number(one.timeout.front().number)) >= 0 &&
             one.timeout.front().op == '+';
    });
  }
  bool has_vectors() const {
    return any([](const Operation& one) { return one.width == 16; });
  }
};

Result<model::Judgement> judge(const LitmusTest& test) {
  nlohmann::json json{{"name", test.name},        {"threads", test.threads},        {"pages", test.pages},
                      {"maxpages", test.maximum}, {"growfail", test.grow_may_fail}, {"weak", test.weak}};
  if (!test.before.empty()) json["pre"] = test.before;
  if (!test.after.empty()) json["post"] = test.after;
  const auto read = model::parse_litmus_json(nlohmann::json{{"tests", {json}}}.dump());
  if (!read) return read.error();
  if (!read->front().test) return read->front().test.error();
  auto judgement = model::judge(read->front().test->litmus);
  if (judgement && !judgement->wasm) return Error{ErrorKind::host, "unknown: " + judgement->unknown, {}};
  return judgement;
}

/// Whether the outcome has this value, a word or a number, decimal or hexadecimal.
bool has(const model::Outcome& outcome, const std::string& name, const std::string& value) {
  const auto found = std::find_if(outcome.begin(), outcome.end(), [&](const auto& one) { return one.first == name; });
  if (found == outcome.end()) return false;
  const auto number = model::parse_literal(value, false);
  return number ? number == model::parse_literal(found->second, false) : value == found->second;
}

/// Whether `weak`, "0:r0=0 T1=trap", is part of an allowed outcome.
bool is_allowed(const std::string& weak, const model::Outcomes& outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const model::Outcome& outcome) {
    const std::vector<std::string> parts = conformance::split(weak, " ");
    return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
      const size_t equals = std::min(part.find('='), part.size() - 1);
      return has(outcome, part.substr(0, equals), part.substr(equals + 1));
    });
  });
}

/// Whether thread `number` does not return in some outcome.
bool may_not_return(const model::Outcomes& outcomes, size_t number) {
  const std::string name = fmt::format("T{}", number);
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [&](const model::Outcome& one) { return has(one, name, "trap") || has(one, name, "blocked"); });
}

Result<Parts> write_parts(const LitmusTest& test, const model::Outcomes& outcomes) {
  Parts parts;
  const auto write = [&](const std::string& text, const std::string& name, Keep keep, const std::string& where) {
    auto operations = model::parse_notation(text);
    auto written = operations ? write_thread(*operations, name, keep) : Result<ThreadText>(operations.error());
    if (operations) parts.operations.push_back(*std::move(operations));
    if (written) return written;
    return Result<ThreadText>(Error{ErrorKind::malformed, written.error().message, where});
  };
  for (size_t i = 0; i < test.threads.size(); ++i) {
    auto thread = write(test.threads[i], "thread", may_not_return(outcomes, i) ? Keep::globals : Keep::results,
                        fmt::format("thread {}", i));
    if (!thread) return thread.error();
    parts.threads.push_back(*std::move(thread));
  }
  for (const auto& [text, name, part] :
       {std::tuple(&test.before, "pre", &parts.before), std::tuple(&test.after, "post", &parts.after)}) {
    if (text->empty()) continue;
    auto written = write(*text, name, name == std::string("pre") ? Keep::globals : Keep::results, name);
    if (!written) return written.error();
    if (text == &test.after && written->keep == Keep::globals)
      return Error{ErrorKind::malformed, "a register that may be unassigned", name};
    *part = *std::move(written);
  }
  return parts;
}

std::string bytes(uint64_t count, std::string_view byte) {
  std::string text;
  for (uint64_t i = 0; i < count; ++i) text += byte;
  return text;
}

class Writer {
 public:
  Writer(const LitmusTest& test, const Parts& parts, const model::Outcomes& outcomes)
      : test_(test), parts_(parts), outcomes_(outcomes), packing_(places(), outcomes, kLeft + (parts.drops() ? 4 : 0)) {
    // Nobody can say in a script that a thread is still asleep; and one that is dropped would not wake its fellow.
    is_run_ = !(parts.drops() && parts.waits());
    for (size_t i = 0; i < test.threads.size(); ++i) is_run_ = is_run_ && !may_not_return(outcomes, i);
  }

  Result<std::string> write() {
    if (is_run_ && !packing_.error().empty()) return Error{ErrorKind::malformed, packing_.error(), {}};
    if (is_run_ && packing_.places().empty()) return Error{ErrorKind::malformed, "no register makes an outcome", {}};
    front_matter();
    memory();
    if (parts_.before) {
      line(fmt::format("(module\n  {}", import()));
      fields(*parts_.before, "  ");
      close(")"), line("(invoke \"pre\")\n");
    }
    for (size_t i = 0; i < parts_.threads.size(); ++i) thread(i);
    for (size_t i = 0; i < parts_.threads.size(); ++i) line(fmt::format("(wait $T{})", i));
    if (is_run_ || parts_.after) main_thread();
    if (is_run_) assertion();
    return std::move(text_);
  }

 private:
  void line(std::string_view text) { text_.append(text).push_back('\n'); }
  void close(std::string_view parentheses) { text_.insert(text_.size() - 1, parentheses); }
  void fields(const ThreadText& thread, std::string_view indent) {
    for (const std::string& field : thread.fields) line(fmt::format("{}{}", indent, field));
  }

  std::vector<Place> places() const {
    std::vector<Place> all;
    for (size_t i = 0; i < parts_.threads.size(); ++i) {
      for (const ScriptRegister& one : parts_.threads[i].registers) all.push_back({std::to_string(i), one});
    }
    if (parts_.after) {
      for (const ScriptRegister& one : parts_.after->registers) all.push_back({"M", one});
    }
    return all;
  }

  void front_matter() {
    const std::string& title = is_allowed(test_.weak, outcomes_) ? test_.if_allowed : test_.if_forbidden;
    line(fmt::format(";; title:    {}\n;; spec:     relaxed-consistent\n;; features: threads{}\n;; threads:  {}", title,
                     parts_.has_vectors() ? " simd" : "", test_.threads.size() + 1));
    std::string needs;
    if (parts_.waits()) needs += " wait";
    if (parts_.waits_for_a_time()) needs += " timeout";
    if (!is_run_) needs += " litmus";
    if (!needs.empty()) line(";; needs:   " + needs);
    if (!test_.why.empty()) line(";; why:      " + test_.why);
    line(";; litmus:   " + test_.name);
    std::string names = packing_.to_string();
    if (!is_run_) names = std::regex_replace(names, std::regex("/[0-9]+"), "");
    if (!names.empty()) line(";; outcome:  " + names);
    if (test_.grow_may_fail) line(";; growfail: true");
    if (!is_run_) allowed();
    line("\n" + comment());
    line(kMarker);
  }

  void allowed() {
    constexpr std::string_view kKey = ";; allowed:  ";
    std::string here;
    for (const model::Outcome& outcome : outcomes_) {
      const std::string next = model::to_string(outcome);
      if (!here.empty() && here.size() + 3 + next.size() > kLineLength) line(std::exchange(here, {}));
      here += (here.empty() ? std::string(kKey) : " | ") + next;
    }
    line(here);
  }

  std::string comment() const {
    std::set<uint64_t> used;
    for (const auto& operations : parts_.operations) {
      for (const Operation& one : operations) {
        if (!one.address.empty() && !one.address.front().reg) used.insert(model::to_number(one.address.front().number));
      }
    }
    std::string text;
    if (!test_.reason.empty())
      text += fmt::format(";; {}\n", std::regex_replace(test_.reason, std::regex("\n"), "\n;; "));
    std::string cells;
    for (unsigned i = 0; i < 4; ++i) {
      if (used.contains(16 * i)) cells += fmt::format("{}{}: {}", cells.empty() ? "" : "; ", 16 * i, "xyzw"[i]);
    }
    text += ";;" + (cells.empty() ? "" : fmt::format(" {}.", cells));
    if (!is_run_) return text + " Nothing is run: a script could not say how the threads end.";
    if (meets()) text += fmt::format(" The threads meet at {}.", kMeet);
    if (parts_.drops()) text += fmt::format(" Where {} is not 0, an assumption was false.\n;;", kLeft);
    std::string from;
    uint64_t last = 0;
    for (const Place& one : packing_.places()) {
      if (one.owner == "M") continue;
      if (from.empty()) from = std::to_string(one.address);
      last = one.address;
    }
    if (!from.empty())
      text += from == std::to_string(last) ? fmt::format(" The result is at {}, -1 before.", from)
                                           : fmt::format(" The results are at {} to {}, -1 before.", from, last);
    return text;
  }

  bool meets() const { return parts_.threads.size() > 1; }
  std::string import() const {
    return fmt::format("(memory (import \"mem\" \"memory\") {} {} shared)", test_.pages, test_.maximum);
  }

  void memory() {
    const uint64_t left = is_run_ ? packing_.size() : 0;
    const std::string memory =
        fmt::format("(module $Mem (memory (export \"memory\") {} {} shared)", test_.pages, test_.maximum);
    line(left == 0 ? memory + ")"
                   : fmt::format("{}\n  (data (i32.const {}) \"{}\"))", memory, kLeft + (parts_.drops() ? 4 : 0),
                                 bytes(left, "\\ff")));
    line("(register \"mem\" $Mem)\n");
  }

  void thread(size_t number) {
    line(fmt::format("(thread $T{} (shared (module $Mem))\n  (register \"mem\" $Mem)\n  (module\n    {}", number,
                     import()));
    const ThreadText& thread = parts_.threads[number];
    fields(thread, "    ");
    if (is_run_) {
      run(number, thread);
      line("  (invoke \"run\"))\n");
    } else {
      close("))"), line("");
    }
  }

  void run(size_t number, const ThreadText& thread) {
    std::vector<const Place*> mine;
    for (const Place& one : packing_.places()) {
      if (one.owner == std::to_string(number)) mine.push_back(&one);
    }
    std::string locals, set;
    const bool is_global = thread.keep == Keep::globals;
    if (mine.size() > 1 && !is_global) {
      for (const Place* one : mine) {
        locals += fmt::format(" (local ${} {})", one->reg.name, one->reg.type);
        set = fmt::format(" (local.set ${})", one->reg.name) + set;
      }
    }
    line("    (func (export \"run\")" + locals);
    if (meets()) {
      line(fmt::format("      (drop (i32.atomic.rmw.add (i32.const {}) (i32.const 1)))", kMeet));
      line(
          fmt::format("      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const {})) (i32.const "
                      "{}))))",
                      kMeet, parts_.threads.size()));
    }
    const bool is_single = mine.size() == 1 && !is_global;
    if (!is_single) line("      (call $thread)" + set);
    for (const Place* one : mine) {
      const std::string get = fmt::format("({}.get ${})", is_global ? "global" : "local", one->reg.name);
      line(fmt::format("      ({}.store (i32.const {}) {})", one->reg.type, one->address,
                       is_single ? "(call $thread)" : get));
    }
    if (thread.drops) line(fmt::format("      (drop (i32.atomic.rmw.or (i32.const {}) (global.get $dropped)))", kLeft));
    close("))");
  }

  void main_thread() {
    line(fmt::format("(module\n  {}", import()));
    if (parts_.after) fields(*parts_.after, "  ");
    if (is_run_) {
      for (const std::string& field : packing_.functions(parts_.drops() ? &kLeft : nullptr)) line("  " + field);
    }
    close(")");
  }

  void assertion() {
    std::set<std::string> constants;
    for (const model::Outcome& outcome : outcomes_) constants.insert(packing_.constant(outcome));
    std::vector<std::string> all(constants.begin(), constants.end());
    if (parts_.drops()) all.push_back(packing_.none());
    std::string here = "(assert_return (invoke \"outcome\")";
    std::string either = all.size() == 1 ? " " + all[0] : " (either";
    for (size_t i = 0; all.size() > 1 && i < all.size(); ++i) either += " " + all[i];
    either += all.size() == 1 ? ")" : "))";
    if (here.size() + either.size() <= kLineLength) return line(here + either);
    line(here);
    here = all.size() == 1 ? "  " + all[0] : "  (either";
    for (size_t i = 0; all.size() > 1 && i < all.size(); ++i) {
      if (here.size() + 1 + all[i].size() + 2 > kLineLength) line(std::exchange(here, "   "));
      here += " " + all[i];
    }
    line(here + (all.size() == 1 ? ")" : "))"));
  }

  const LitmusTest& test_;
  const Parts& parts_;
  const model::Outcomes& outcomes_;
  const Packing packing_;
  bool is_run_ = true;
  std::string text_;
};

}  // namespace

Result<std::string> write_litmus_script(const LitmusTest& test) {
  const auto judgement = judge(test);
  if (!judgement) return judgement.error();
  const auto parts = write_parts(test, *judgement->wasm);
  if (!parts) return parts.error();
  return Writer(test, *parts, *judgement->wasm).write();
}

}  // namespace weft::generate
