// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>

#include "tools/generate/litmus_outcome.h"
#include "tools/generate/litmus_parts.h"
#include "tools/generate/litmus_test.h"

namespace weft::generate {
namespace {

using model::Operation;

constexpr size_t kLineLength = 120;
constexpr uint64_t kMeet = 1024, kLeft = kMeet + 4;  // where the threads meet, and what they leave behind

std::string bytes(uint64_t count, std::string_view byte) {
  std::string text;
  for (uint64_t i = 0; i < count; ++i) text += byte;
  return text;
}

class Writer {
 public:
  Writer(const LitmusTest& test, const LitmusParts& parts, const model::Outcomes& outcomes)
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
    const std::string& title = includes(outcomes_, test_.weak) ? test_.if_allowed : test_.if_forbidden;
    const bool has_vectors = parts_.has_vectors() || (is_run_ && packing_.is_wide());
    line(fmt::format(";; title:    {}\n;; spec:     relaxed-consistent\n;; features: threads{}\n;; threads:  {}", title,
                     has_vectors ? " simd" : "", test_.threads.size() + 1));
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
    for (uint64_t i = 0; i < 4; ++i) {
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
        set.insert(0, fmt::format(" (local.set ${})", one->reg.name));
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
  const LitmusParts& parts_;
  const model::Outcomes& outcomes_;
  const Packing packing_;
  bool is_run_ = true;
  std::string text_;
};

}  // namespace

Result<std::string> write_litmus_script(const LitmusTest& test) {
  const auto outcomes = allowed_outcomes(test);
  if (!outcomes) return outcomes.error();
  const auto parts = write_parts(test, *outcomes);
  if (!parts) return parts.error();
  return Writer(test, *parts, *outcomes).write();
}

}  // namespace weft::generate
