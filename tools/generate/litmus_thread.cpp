// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/litmus_thread.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tools/generate/litmus_expression.h"

namespace weft::generate {
namespace {

using model::Expression;
using model::Operation;
using model::Verb;

class Writer {
 public:
  Writer(const std::vector<Operation>& operations, Keep keep)
      : operations_(operations), keep_(keep), values_(registers_) {}

  Result<ThreadText> write(const std::string& name) {
    for (const Operation& one : operations_) declare(one);
    const bool may_not_return = keep_ == Keep::globals;
    for (ScriptRegister& one : registers_) {
      one.may_be_unassigned = may_not_return || !is_assigned(one.name, operations_.size());
      if (one.may_be_unassigned) keep_ = Keep::globals;
      if (one.may_be_unassigned && is_grown(one.name))
        fail(fmt::format("{} may be unassigned, or the -1 of a memory.grow that fails", one.name));
    }
    is_straight_ = keep_ == Keep::results && can_be_straight();
    std::vector<std::string> lines = globals();
    lines.push_back(fmt::format("(func ${0} (export \"{0}\"){1}{2}", name, results(), locals()));
    values_.take_from(keep_ == Keep::globals ? "global.get" : "local.get");
    emit(0, operations_.size(), "  ", lines);
    if (!is_straight_ && keep_ == Keep::results && !registers_.empty()) lines.push_back("  " + all_registers());
    lines.back() += ")";
    if (const std::string& wrong = error_.empty() ? values_.error() : error_; !wrong.empty())
      return Error{ErrorKind::malformed, wrong, {}};
    return ThreadText{std::move(lines), std::move(registers_), drops_, keep_};
  }

 private:
  void fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
  }

  void declare(const Operation& one) {
    drops_ = drops_ || one.verb == Verb::assume;
    if (!one.target) return;
    std::string type = "i32";
    if (one.verb == Verb::read || one.verb == Verb::rmw || one.verb == Verb::cas) {
      type = one.width == 16 ? "v128" : one.width == 8 ? "i64" : "i32";
    } else if (one.verb == Verb::assign) {
      type = values_.type_of(one.value);
    }
    const ScriptRegister* known = values_.find(*one.target);
    if (known == nullptr) return registers_.push_back({*one.target, type});
    if (known->type != type) fail(fmt::format("{} is an {} here and an {} there", *one.target, type, known->type));
  }

  /// Whether the register is assigned whenever the operation `at` is reached: by one before that is skipped only where
  /// that is skipped, too.
  bool is_assigned(const std::string& name, size_t at) const {
    for (size_t i = 0; i < at; ++i) {
      if (operations_[i].target != name) continue;
      const auto skips = [&](size_t from, size_t to) { return from < to && to <= from + operations_[from].skipped; };
      bool always = true;
      for (size_t from = 0; from < i; ++from) always = always && (!skips(from, i) || skips(from, at));
      if (always) return true;
    }
    return false;
  }

  bool is_grown(const std::string& name) const {
    return std::any_of(operations_.begin(), operations_.end(),
                       [&](const Operation& one) { return one.verb == Verb::grow && one.target == name; });
  }

  bool uses(const Operation& one, const std::string& name) const {
    for (const Expression* expression : {&one.address, &one.value, &one.expected, &one.timeout}) {
      for (const model::Term& term : *expression) {
        if (term.reg == name) return true;
      }
    }
    return false;
  }

  /// Whether the results can stay on the stack: each register is assigned once, by an operation that always takes
  /// place, and never used.
  bool can_be_straight() const {
    std::vector<std::string> assigned;
    for (const Operation& one : operations_) {
      if (one.verb == Verb::skip || one.verb == Verb::assume || one.verb == Verb::assign) return false;
      if (one.target) assigned.push_back(*one.target);
      if (std::any_of(assigned.begin(), assigned.end(), [&](const std::string& name) { return uses(one, name); }))
        return false;
    }
    return assigned.size() == registers_.size();
  }

  std::vector<std::string> globals() const {
    std::vector<std::string> lines;
    if (drops_) lines.push_back("(global $dropped (export \"dropped\") (mut i32) (i32.const 0))");
    if (keep_ == Keep::results || registers_.empty()) return lines;
    for (const ScriptRegister& one : registers_) {
      lines.push_back(fmt::format("(global ${0} (export \"{0}\") (mut {1}) ({1}.const {2}))", one.name, one.type,
                                  one.type == "v128" ? "i64x2 -1 -1" : "-1"));
    }
    return lines;
  }

  std::string results() const {
    if (keep_ == Keep::globals || registers_.empty()) return {};
    std::string text = " (result";
    for (const ScriptRegister& one : registers_) text += " " + one.type;
    return text + ")";
  }
  std::string locals() const {
    std::string text;
    if (keep_ == Keep::globals || is_straight_) return text;
    for (const ScriptRegister& one : registers_) text += fmt::format(" (local ${} {})", one.name, one.type);
    return text;
  }
  std::string all_registers() const {
    std::string text;
    for (const ScriptRegister& one : registers_)
      text += fmt::format("{}(local.get ${})", text.empty() ? "" : " ", one.name);
    return text;
  }

  /// The operations from `begin` to `end`; what is skipped together in an `if`.
  void emit(size_t begin, size_t end, const std::string& indent, std::vector<std::string>& lines) {
    for (size_t i = begin; i < end; ++i) {
      const Operation& one = operations_[i];
      for (const ScriptRegister& used : registers_) {
        if (uses(one, used.name) && !is_assigned(used.name, i))
          fail(fmt::format("{} is used where it may be unassigned", used.name));
      }
      if (one.verb == Verb::assume) {
        const bool returns = keep_ == Keep::results && !registers_.empty();
        lines.push_back(fmt::format("{}(if {} (then", indent, values_.condition(one, true)));
        lines.push_back(fmt::format("{}  (global.set $dropped (i32.const 1)) (return{}{})))", indent,
                                    returns ? " " : "", returns ? all_registers() : ""));
      } else if (one.verb != Verb::skip) {
        lines.push_back(indent + operation(one));
      }
      if (one.verb != Verb::skip) continue;
      const size_t behind = i + 1 + one.skipped;
      if (behind > end) return fail("a skip ends outside of another that it is in");
      if (one.skipped == 0) continue;
      lines.push_back(fmt::format("{}(if {} (then", indent, values_.condition(one, true)));
      emit(i + 1, behind, indent + "  ", lines);
      lines.back() += "))";
      i = behind - 1;
    }
  }

  std::string operation(const Operation& one) {
    const std::string text = values_.instruction(one);
    const bool returns = one.verb != Verb::write && one.verb != Verb::fence;
    if (!returns || (is_straight_ && one.target)) return text;
    if (!one.target) return fmt::format("(drop {})", text);
    return fmt::format("({}.set ${} {})", keep_ == Keep::results ? "local" : "global", *one.target, text);
  }

  const std::vector<Operation>& operations_;
  Keep keep_;
  std::vector<ScriptRegister> registers_;
  ExpressionWriter values_;
  bool is_straight_ = false, drops_ = false;
  std::string error_;
};

}  // namespace

Result<ThreadText> write_thread(const std::vector<model::Operation>& operations, const std::string& name, Keep keep) {
  return Writer(operations, keep).write(name);
}

}  // namespace weft::generate
