// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/litmus_expression.h"

#include <fmt/format.h>

#include <algorithm>

namespace weft::generate {
namespace {

using model::Expression;
using model::Operation;
using model::Term;
using model::Verb;

uint64_t low(const Term& term) { return model::to_number(term.number); }
uint64_t high(const Term& term) { return model::to_number(term.number, 8); }

/// Small numbers are decimal.
std::string literal(uint64_t number) {
  const auto is_negative = static_cast<int64_t>(number) < 0 && static_cast<int64_t>(number) >= -256;
  if (is_negative) return fmt::format("{}", static_cast<int64_t>(number));
  return number < 256 ? fmt::format("{}", number) : fmt::format("{:#x}", number);
}

std::string_view type_of_access(const Operation& one) { return one.width == 8 ? "i64" : "i32"; }

/// "16" where an access is narrower than its type.
std::string narrow(const Operation& one) { return one.width < 4 ? fmt::format("{}", 8 * one.width) : ""; }

}  // namespace

const ScriptRegister* ExpressionWriter::find(const std::string& name) const {
  const auto found =
      std::find_if(registers_.begin(), registers_.end(), [&](const auto& one) { return one.name == name; });
  return found == registers_.end() ? nullptr : &*found;
}

std::string ExpressionWriter::type_of(const Expression& expression) const {
  const bool is_long = std::any_of(expression.begin(), expression.end(), [this](const Term& term) {
    if (!term.reg) return low(term) > 0xffff'ffff && low(term) < 0xffff'ffff'8000'0000;
    const ScriptRegister* one = find(*term.reg);
    return one != nullptr && one->type == "i64";
  });
  return is_long ? "i64" : "i32";
}

std::string ExpressionWriter::term(const Term& term, const std::string& type) {
  if (!term.reg) {
    if (high(term) != 0 && high(term) != ~uint64_t{0}) fail("a number of more than 8 bytes in a place for 8");
    const uint64_t number = low(term);
    if (type == "i32" && number > 0xffff'ffff && number < 0xffff'ffff'8000'0000) fail("a number of more than 4 bytes");
    return fmt::format("({}.const {})", type, literal(number));
  }
  const ScriptRegister* one = find(*term.reg);
  if (one == nullptr) return fail(fmt::format("{} is never set", *term.reg)), std::string();
  if (one->type == "v128") fail(fmt::format("{} has 16 bytes: it can only be stored as such", *term.reg));
  const std::string get = fmt::format("({} ${})", get_, *term.reg);
  if (one->type == type) return get;
  return fmt::format("({} {})", type == "i32" ? "i32.wrap_i64" : "i64.extend_i32_u", get);
}

std::string ExpressionWriter::value(const Expression& expression, const std::string& type) {
  std::string text;
  for (const Term& one : expression) {
    const std::string operand = term(one, type);
    text = &one == &expression.front() ? operand
                                       : fmt::format("({}.{} {} {})", type, model::name_of(one.op), text, operand);
  }
  return text;
}

std::string ExpressionWriter::vector(const Expression& expression) {
  const Term& one = expression.front();
  if (expression.size() != 1) fail("no arithmetic with 16 bytes");
  if (!one.reg) return fmt::format("(v128.const i64x2 {:#x} {:#x})", low(one), high(one));
  const ScriptRegister* from = find(*one.reg);
  if (from == nullptr || from->type != "v128") fail(fmt::format("{} has not 16 bytes", *one.reg));
  return fmt::format("({} ${})", get_, *one.reg);
}

/// What says where: constants are the offset, and registers the base.
std::string ExpressionWriter::at(const Expression& address) {
  uint64_t offset = 0;
  Expression base;
  for (const Term& one : address) {
    if (one.reg || !base.empty()) {
      base.push_back(one);
    } else {
      if (one.op != '+' && one.op != '-') fail("a constant address is a sum");
      offset += one.op == '-' ? -low(one) : low(one);
    }
  }
  if (offset > 0xffff'ffff) fail("an address of more than 32 bits");
  if (!base.empty() && base.front().op != '+') fail("a register is added to a constant address");
  return fmt::format("offset={} {}", offset, base.empty() ? "(i32.const 0)" : value(base, "i32"));
}

std::string ExpressionWriter::condition(const Operation& one, bool negated) {
  const bool is_long = type_of(one.value) == "i64" || type_of(one.expected) == "i64";
  const std::string type = is_long ? "i64" : "i32";
  return fmt::format("({}.{} {} {})", type, one.is_equal != negated ? "eq" : "ne", value(one.value, type),
                     value(one.expected, type));
}

std::string ExpressionWriter::load(const Operation& one) {
  const std::string where = at(one.address);
  if (one.ordering != 'f')
    return fmt::format("({}.{}load{}{} {})", type_of_access(one), one.ordering == 's' ? "atomic." : "", narrow(one),
                       one.width < 4 ? "_u" : "", where);
  if (one.width == 16) return fmt::format("(v128.load {})", where);
  const unsigned bits = 8 * one.width;
  return fmt::format("(i{0}.reinterpret_f{0} (f{0}.load {1}))", bits, where);
}

std::string ExpressionWriter::store(const Operation& one) {
  const std::string where = at(one.address);
  if (one.width == 16) return fmt::format("(v128.store {} {})", where, vector(one.value));
  const std::string type(type_of_access(one)), what = value(one.value, type);
  if (one.ordering != 'f')
    return fmt::format("({}.{}store{} {} {})", type, one.ordering == 's' ? "atomic." : "", narrow(one), where, what);
  const unsigned bits = 8 * one.width;
  return fmt::format("(f{0}.store {1} (f{0}.reinterpret_i{0} {2}))", bits, where, what);
}

std::string ExpressionWriter::rmw(const Operation& one, std::string_view name) {
  const std::string type(type_of_access(one));
  const std::string operands =
      one.verb == Verb::cas ? value(one.expected, type) + " " + value(one.value, type) : value(one.value, type);
  return fmt::format("({}.atomic.rmw{}.{}{} {} {})", type, narrow(one), name, one.width < 4 ? "_u" : "",
                     at(one.address), operands);
}

std::string ExpressionWriter::instruction(const Operation& one) {
  switch (one.verb) {
    case Verb::read: return load(one);
    case Verb::write: return store(one);
    case Verb::rmw: return rmw(one, one.rmw);
    case Verb::cas: return rmw(one, "cmpxchg");
    case Verb::wait:
      return fmt::format("(memory.atomic.wait{} {} {} {})", 8 * one.width, at(one.address),
                         value(one.expected, std::string(type_of_access(one))), value(one.timeout, "i64"));
    case Verb::notify: return fmt::format("(memory.atomic.notify {} {})", at(one.address), value(one.value, "i32"));
    case Verb::fence: return "(atomic.fence)";
    case Verb::size: return "(memory.size)";
    case Verb::grow: return fmt::format("(memory.grow {})", value(one.value, "i32"));
    default: return value(one.value, type_of(one.value));
  }
}

}  // namespace weft::generate
