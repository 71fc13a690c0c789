// SPDX-License-Identifier: Apache-2.0
//
// Instructions as text: the inverse of parse_immediate.
#include <algorithm>

#include <fmt/format.h>

#include "suite/text/printer.h"

namespace weft::text {
namespace {

/// Whether the instruction is an `else` with nothing behind it. The parser does not keep these (text-if), so that
/// neither may we.
bool is_empty_else(const Expr& expr, size_t i) {
  return expr.body[i].op == Op::else_ && i + 1 < expr.body.size() && expr.body[i + 1].op == Op::end;
}

std::string memarg_text(const Instr& instr) {
  std::string out = instr.a == 0 ? "" : fmt::format(" {}", instr.a);
  if (instr.lo != 0) out += fmt::format(" offset={}", instr.lo);
  const uint64_t align = uint64_t{1} << instr.align;
  if (align != info(instr.op).access) out += fmt::format(" align={}", align);
  return out;
}

std::string_view heap_type_text(ValType type) {
  switch (type) {
    case ValType::externref: return "extern";
    case ValType::exnref: return "exn";
    default: return "func";
  }
}

/// An index that is left out when it is 0.
std::string optional_index(uint32_t index) { return index == 0 ? "" : fmt::format(" {}", index); }

}  // namespace

void ExprPrinter::body(std::string& out, const Expr& expr, const Identifiers& locals, size_t indent) const {
  constexpr size_t kMaxShownDepth = 50;  // deeper code is indented no further, or the text would grow with the square
  size_t depth = 0;
  for (size_t i = 0; i + 1 < expr.body.size(); ++i) {
    if (is_empty_else(expr, i)) continue;
    const Instr& instr = expr.body[i];
    const bool goes_on = instr.op == Op::else_ || instr.op == Op::catch_ || instr.op == Op::catch_all;
    const bool closes = goes_on || instr.op == Op::end || instr.op == Op::delegate;
    if (closes && depth > 0) --depth;
    out.append(indent + 2 * std::min(depth, kMaxShownDepth), ' ');
    if (options_.offsets) out += fmt::format("(;{:#06x};) ", instr.offset);
    out += instruction(instr, expr, locals);
    out += '\n';
    const Immediate immediate = info(instr.op).immediate;
    if (goes_on || immediate == Immediate::block || immediate == Immediate::block_catches) ++depth;
  }
}

std::string ExprPrinter::line(const Expr& expr) const {
  std::string out;
  for (size_t i = 0; i + 1 < expr.body.size(); ++i) {
    if (is_empty_else(expr, i)) continue;
    if (!out.empty()) out += ' ';
    out += instruction(expr.body[i], expr, {});
  }
  return out;
}

std::string ExprPrinter::instruction(const Instr& instr, const Expr& expr, const Identifiers& locals) const {
  return std::string(info(instr.op).text) + immediates(instr, expr, locals);
}

std::string ExprPrinter::block_type(const Instr& instr) const {
  const BlockType type = BlockType::from(instr);
  if (type.is_empty()) return "";
  if (type.is_type_index()) return fmt::format(" {}", type_use_text(module_, type.type_index()));
  return fmt::format(" (result {})", to_string(type.value_type()));
}

std::string ExprPrinter::catch_text(const CatchClause& clause) const {
  constexpr std::string_view kWords[] = {"catch", "catch_ref", "catch_all", "catch_all_ref"};
  const std::string_view word = kWords[static_cast<uint32_t>(clause.kind)];
  return clause.has_tag() ? fmt::format(" ({} {} {})", word, tags_.use(clause.tag), clause.label)
                          : fmt::format(" ({} {})", word, clause.label);
}

std::string ExprPrinter::immediates(const Instr& instr, const Expr& expr, const Identifiers& locals) const {
  switch (info(instr.op).immediate) {
    case Immediate::none:
    case Immediate::fence: return "";
    case Immediate::block: return block_type(instr);
    case Immediate::block_catches: {
      std::string out = block_type(instr);
      for (uint32_t i = 0; i < instr.b; ++i) out += catch_text(expr.catch_clause(instr, i));
      return out;
    }
    case Immediate::labels: {
      std::string out;
      for (uint32_t i = 0; i <= instr.b; ++i) out += fmt::format(" {}", expr.pool[instr.a + i]);
      return out;
    }
    case Immediate::types: {
      std::string out = " (result";
      for (uint32_t i = 0; i < instr.b; ++i)
        out += fmt::format(" {}", to_string(static_cast<ValType>(expr.pool[instr.a + i])));
      return out + ')';
    }
    case Immediate::label:
    case Immediate::global:
    case Immediate::table:  // could be left out when 0, but not every tool knows that
    case Immediate::elem:
    case Immediate::data: return fmt::format(" {}", instr.a);
    case Immediate::tag: return fmt::format(" {}", tags_.use(instr.a));
    case Immediate::func: return fmt::format(" {}", functions_.use(instr.a));
    case Immediate::local: return fmt::format(" {}", locals.use(instr.a));
    case Immediate::memory: return optional_index(instr.a);
    case Immediate::type_table: return fmt::format("{} {}", optional_index(instr.b), type_use_text(module_, instr.a));
    case Immediate::table_table:
    case Immediate::memory_memory: return (instr.a | instr.b) == 0 ? "" : fmt::format(" {} {}", instr.a, instr.b);
    case Immediate::elem_table:
    case Immediate::data_memory: return fmt::format("{} {}", optional_index(instr.b), instr.a);
    case Immediate::memarg: return memarg_text(instr);
    case Immediate::memarg_lane: return fmt::format("{} {}", memarg_text(instr), instr.lane);
    case Immediate::lane: return fmt::format(" {}", instr.lane);
    case Immediate::lanes: {
      std::string out;
      for (unsigned i = 0; i < 16; ++i) out += fmt::format(" {}", (i < 8 ? instr.lo : instr.hi) >> i % 8 * 8 & 0xff);
      return out;
    }
    case Immediate::i32: return fmt::format(" {}", static_cast<int32_t>(instr.lo));
    case Immediate::i64: return fmt::format(" {}", static_cast<int64_t>(instr.lo));
    case Immediate::f32: return fmt::format(" {}", f32_text(static_cast<uint32_t>(instr.lo)));
    case Immediate::f64: return fmt::format(" {}", f64_text(instr.lo));
    case Immediate::v128:
      return fmt::format(" i32x4 {:#010x} {:#010x} {:#010x} {:#010x}", instr.lo & 0xffffffff, instr.lo >> 32,
                         instr.hi & 0xffffffff, instr.hi >> 32);
    case Immediate::reftype: return fmt::format(" {}", heap_type_text(static_cast<ValType>(instr.a)));
  }
  return "";
}

}  // namespace weft::text
