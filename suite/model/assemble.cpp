// SPDX-License-Identifier: Apache-2.0
#include "suite/model/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "suite/text/parse.h"

namespace weft::model {
namespace {

/// How an instruction names a width below that of i64: "i64.load" + "32_u".
std::string narrow(unsigned width, std::string_view suffix) {
  return width == 8 ? std::string() : fmt::format("{}{}", 8 * width, suffix);
}

class Assembler {
 public:
  Assembler(const std::vector<Operation>& operations, const MemoryType& memory, std::vector<std::string>& registers)
      : operations_(operations), memory_(memory), registers_(registers) {}

  Result<std::string> assemble() {
    for (const Operation& one : operations_) declare(one);
    std::string body = blocks();
    for (size_t i = 0; i < operations_.size(); ++i) {
      if (targets_.contains(i)) body += ")";
      body += "\n    " + emit(operations_[i], i);
    }
    if (targets_.contains(operations_.size())) body += ")";
    if (!error_.empty()) return Error{ErrorKind::malformed, error_, {}};
    std::string text = fmt::format(
        "(module\n  (memory (import \"mem\" \"memory\") {}{} {} shared)\n"
        "  (global $dropped (export \"dropped\") (mut i32) (i32.const 0))\n"
        "  (global $assigned (export \"assigned\") (mut i64) (i64.const 0))\n",
        memory_.address == ValType::i64 ? "i64 " : "", memory_.limits.min, memory_.limits.max.value_or(0));
    for (const std::string& name : registers_) {
      text += fmt::format("  (global ${0} (export \"{0}\") (mut {1})\n", name,
                          is_wide(name) ? "v128) (v128.const i64x2 0 0)" : "i64) (i64.const 0)");
    }
    return text + "  (func (export \"thread\")" + body + "))\n";
  }

 private:
  void fail(const std::string& message) {
    if (error_.empty()) error_ = message;
  }
  bool is_wide(const std::string& name) const { return wide_.contains(name); }

  void declare(const Operation& one) {
    if (!one.target) return;
    const bool wide = one.width == 16;
    const bool is_new = std::find(registers_.begin(), registers_.end(), *one.target) == registers_.end();
    if (!is_new && wide != is_wide(*one.target)) fail(fmt::format("{} has 16 bytes here and 8 there", *one.target));
    if (*one.target == "assigned" || *one.target == "dropped")
      fail(fmt::format("no name of a register: {}", *one.target));
    if (is_new) registers_.push_back(*one.target);
    if (wide) wide_.insert(*one.target);
    if (registers_.size() > 64) fail("more than 64 registers");
  }

  /// A block for each operation that something skips to; each ends there, so the last is opened first.
  std::string blocks() {
    for (size_t i = 0; i < operations_.size(); ++i) {
      if (operations_[i].verb == Verb::skip) targets_.insert(i + 1 + operations_[i].skipped);
    }
    std::string text;
    for (auto target = targets_.rbegin(); target != targets_.rend(); ++target)
      text += fmt::format(" (block $to{}", *target);
    return text;
  }

  std::string value(const Expression& expression) {
    std::string text;
    for (const Term& term : expression) {
      std::string operand;
      if (term.reg) {
        if (std::find(registers_.begin(), registers_.end(), *term.reg) == registers_.end())
          fail(fmt::format("{} is never set", *term.reg));
        if (is_wide(*term.reg)) fail(fmt::format("{} has 16 bytes: it can only be stored as such", *term.reg));
        operand = fmt::format("(global.get ${})", *term.reg);
      } else {
        operand = fmt::format("(i64.const {})", static_cast<int64_t>(to_number(term.number)));
        const uint64_t high = to_number(term.number, 8);
        if (high != 0 && high != ~uint64_t{0}) fail("a number of more than 8 bytes in a place for 8");
      }
      text = &term == &expression.front() ? operand : fmt::format("(i64.{} {} {})", name_of(term.op), text, operand);
    }
    return text;
  }

  std::string vector(const Expression& expression) {
    const Term& term = expression.front();
    if (expression.size() != 1) fail("no arithmetic with 16 bytes");
    if (term.reg && !is_wide(*term.reg)) fail(fmt::format("{} has not 16 bytes", *term.reg));
    if (term.reg) return fmt::format("(global.get ${})", *term.reg);
    return fmt::format("(v128.const i64x2 {} {})", to_number(term.number), to_number(term.number, 8));
  }

  /// The operands that say where; a constant address is an offset.
  std::string at(const Expression& address) {
    const bool is_constant = std::none_of(address.begin(), address.end(), [](const Term& term) { return term.reg; });
    const bool is_long = memory_.address == ValType::i64;
    if (!is_constant) return is_long ? value(address) : fmt::format("(i32.wrap_i64 {})", value(address));
    uint64_t offset = 0;
    for (const Term& term : address) {
      if (term.op != '+' && term.op != '-') fail("a constant address is a sum");
      offset += term.op == '-' ? -to_number(term.number) : to_number(term.number);
    }
    if (!is_long && offset > 0xffff'ffff) fail("an address of more than 32 bits");
    return fmt::format("offset={} ({}.const 0)", offset, is_long ? "i64" : "i32");
  }

  std::string set(const Operation& one, const std::string& what) {
    if (!one.target) return fmt::format("(drop {})", what);
    const auto index = std::find(registers_.begin(), registers_.end(), *one.target) - registers_.begin();
    return fmt::format("(global.set ${} {}) (global.set $assigned (i64.or (global.get $assigned) (i64.const {})))",
                       *one.target, what, static_cast<int64_t>(uint64_t{1} << index));
  }

  std::string condition(const Operation& one, bool negated) {
    return fmt::format("(i64.{} {} {})", one.is_equal != negated ? "eq" : "ne", value(one.value), value(one.expected));
  }

  std::string load(const Operation& one) {
    const std::string where = at(one.address);
    if (one.ordering != 'f')
      return fmt::format("(i64.{}load{} {})", one.ordering == 's' ? "atomic." : "", narrow(one.width, "_u"), where);
    if (one.width == 16) return fmt::format("(v128.load {})", where);
    if (one.width == 8) return fmt::format("(i64.reinterpret_f64 (f64.load {}))", where);
    return fmt::format("(i64.extend_i32_u (i32.reinterpret_f32 (f32.load {})))", where);
  }

  std::string store(const Operation& one) {
    const std::string where = at(one.address);
    if (one.width == 16) return fmt::format("(v128.store {} {})", where, vector(one.value));
    const std::string what = value(one.value);
    if (one.ordering != 'f')
      return fmt::format("(i64.{}store{} {} {})", one.ordering == 's' ? "atomic." : "", narrow(one.width, ""), where,
                         what);
    if (one.width == 8) return fmt::format("(f64.store {} (f64.reinterpret_i64 {}))", where, what);
    return fmt::format("(f32.store {} (f32.reinterpret_i32 (i32.wrap_i64 {})))", where, what);
  }

  std::string rmw(const Operation& one, std::string_view name, const std::string& operands) {
    const std::string suffix = one.width == 8 ? "" : "_u";
    return fmt::format("(i64.atomic.rmw{}.{}{} {} {})", narrow(one.width, ""), name, suffix, at(one.address), operands);
  }

  std::string emit(const Operation& one, size_t index) {
    switch (one.verb) {
      case Verb::read: return set(one, load(one));
      case Verb::write: return store(one);
      case Verb::rmw: return set(one, rmw(one, one.rmw, value(one.value)));
      case Verb::cas: return set(one, rmw(one, "cmpxchg", value(one.expected) + " " + value(one.value)));
      case Verb::wait:
        return set(one,
                   fmt::format("(i64.extend_i32_u (memory.atomic.wait{} {} {} {}))", 8 * one.width, at(one.address),
                               one.width == 8 ? value(one.expected) : wrapped(one.expected), value(one.timeout)));
      case Verb::notify:
        return set(one,
                   fmt::format("(i64.extend_i32_u (memory.atomic.notify {} {}))", at(one.address), wrapped(one.value)));
      case Verb::fence: return "(atomic.fence)";
      case Verb::size: return set(one, pages("memory.size", {}));
      case Verb::grow: return set(one, pages("memory.grow ", one.value));
      case Verb::skip: return fmt::format("(br_if $to{} {})", index + 1 + one.skipped, condition(one, false));
      case Verb::assume:
        return fmt::format("(if {} (then (global.set $dropped (i32.const 1)) (return)))", condition(one, true));
      case Verb::assign: return set(one, value(one.value));
    }
    return {};
  }

  std::string wrapped(const Expression& expression) { return fmt::format("(i32.wrap_i64 {})", value(expression)); }
  /// memory.size or memory.grow, as an i64 that is -1 for failure.
  std::string pages(std::string_view instruction, const Expression& delta) {
    if (memory_.address == ValType::i64) return fmt::format("({}{})", instruction, value(delta));
    return fmt::format("(i64.extend_i32_s ({}{}))", instruction, delta.empty() ? "" : wrapped(delta));
  }

  const std::vector<Operation>& operations_;
  const MemoryType& memory_;
  std::vector<std::string>& registers_;
  std::set<std::string> wide_;  // registers
  std::set<size_t> targets_;
  std::string error_;
};

void add_constants(const std::vector<Operation>& operations, std::vector<Bytes>& constants) {
  for (const Operation& one : operations) {
    if (one.verb == Verb::notify || one.verb == Verb::grow) continue;
    for (const Expression* expression : {&one.value, &one.expected}) {
      for (const Term& term : *expression) {
        if (!term.reg && std::find(constants.begin(), constants.end(), term.number) == constants.end())
          constants.push_back(term.number);
      }
    }
  }
}

}  // namespace

Result<std::string> assemble(const std::vector<Operation>& operations, const MemoryType& memory,
                             std::vector<std::string>& registers) {
  return Assembler(operations, memory, registers).assemble();
}

Result<Code> compile_notation(std::string_view text, const MemoryType& memory, const std::string& owner,
                              std::vector<Bytes>& constants) {
  const auto operations = parse_notation(text);
  if (!operations) return operations.error();
  std::vector<std::string> registers;
  const auto assembled = assemble(*operations, memory, registers);
  if (!assembled) return assembled.error();
  auto module = parse_module(*assembled);
  if (!module) return module.error();
  auto compiled = CompiledModule::compile(std::move(*module));
  if (!compiled) return compiled.error();
  add_constants(*operations, constants);
  Code code{.module = std::move(*compiled), .function = "thread", .registers = {}};
  for (const std::string& name : registers) {
    const bool is_long = std::any_of(operations->begin(), operations->end(), [&name](const Operation& one) {
      const bool loads = one.verb == Verb::read || one.verb == Verb::rmw || one.verb == Verb::cas;
      return one.target == name && loads && one.width == 8;
    });
    code.registers.push_back({.name = owner + ":" + name, .is_unsigned = is_long});
  }
  return code;
}

}  // namespace weft::model
