// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/table.h"

#include <fmt/format.h>

namespace weft::generate {
namespace {

constexpr size_t kLineLength = 120;

std::string number(uint64_t value) { return value < 10 ? fmt::format("{}", value) : fmt::format("{:#x}", value); }

/// An address is easier to read in decimal, as long as it is small.
std::string address_constant(std::string_view type, uint64_t address) {
  return address <= 0x20000 ? fmt::format("({}.const {})", type, address) : constant(type, address);
}

}  // namespace

std::string opening(const FrontMatter& front_matter, std::string_view comment) {
  std::string text = fmt::format(";; title:    {}\n;; spec:     {}\n;; features: {}\n;; threads:  1\n",
                                 front_matter.title, front_matter.spec, front_matter.features);
  if (!front_matter.why.empty()) text += fmt::format(";; why:      {}\n", front_matter.why);
  text += "\n;; ";
  for (const char c : comment) text += c == '\n' ? "\n;; " : std::string(1, c);
  return text + "\n" + std::string(kMarker) + "\n";
}

std::string constant(std::string_view type, uint64_t value) {
  return fmt::format("({}.const {})", type, number(value));
}

std::string plain(const Atomic& atomic, std::string_view memory, uint64_t offset) {
  std::string text(atomic.info->text);
  if (!memory.empty()) text += fmt::format(" {}", memory);
  if (offset != 0) text += fmt::format(" offset={}", offset <= 0x20000 ? fmt::format("{}", offset) : number(offset));
  return text;
}

std::string Access::name() const { return atomic.name() + plain(atomic, "", offset).substr(atomic.info->text.size()); }

std::vector<uint64_t> usual_operands(const Atomic& atomic, const Cells& cells, uint64_t address) {
  const uint64_t operand = atomic.type() == "i64" ? 0x87a5c3e1f00db1d7 : 0xa5c3e178;
  switch (atomic.info->instr_class) {
    case InstrClass::atomic_load: return {};
    case InstrClass::atomic_store:
    case InstrClass::atomic_rmw: return {operand};
    case InstrClass::atomic_cmpxchg: return {cells.get(address, atomic.width()), operand};
    case InstrClass::atomic_wait: return {cells.get(address, atomic.width())};
    default: return {1};
  }
}

Access usual(const Atomic& atomic, uint64_t offset) {
  const bool depends =
      atomic.info->instr_class == InstrClass::atomic_cmpxchg || atomic.info->instr_class == InstrClass::atomic_wait;
  return {atomic, offset, depends ? std::vector<uint64_t>{} : usual_operands(atomic, {}, 0)};
}

Table::Table(const Family& family, Memory memory, Cells cells, bool keeps)
    : memory_(memory), cells_(cells), writes_(family.writes()), keeps_(keeps) {
  const auto at = [&](uint64_t offset) { return address_constant(memory_.address_type, cells_.first + offset); };
  const std::string index = memory_.index.empty() ? "" : fmt::format(" {}", memory_.index);
  field(memory_.declaration);
  if (family.instr_class == InstrClass::atomic_notify) return;  // the bytes are nothing to it
  if (!shows_cells()) {
    const std::string in = memory_.index.empty() ? "" : fmt::format("(memory {}) ", memory_.index);
    field(fmt::format("(data {}{} \"{}\")", in, at(0), cells_.escaped()));
  } else {
    field(fmt::format("(func $reset\n    (i64.store{0} {1} {2})\n    (i64.store{0} {3} {4}))", index, at(0),
                      constant("i64", cells_.low()), at(8), constant("i64", cells_.high())));
  }
  if (writes_) {
    field(fmt::format("(func $cells (export \"cells\") (result i64 i64) (i64.load{0} {1}) (i64.load{0} {2}))", index,
                      at(0), at(8)));
  }
}

void Table::function(const Access& access) {
  const Atomic& atomic = access.atomic;
  std::string head = fmt::format("(func (export \"{}\") (param {}", access.name(), memory_.address_type);
  std::string body = fmt::format("({} (local.get 0)", plain(atomic, memory_.index, access.offset));
  for (size_t i = 0; i < atomic.operands(); ++i) {
    if (access.has_parameters()) head += fmt::format(" {}", atomic.type());
    body += access.has_parameters() ? fmt::format(" (local.get {})", i + 1)
                                    : " " + constant(atomic.type(), access.operands.at(i));
  }
  if (atomic.info->instr_class == InstrClass::atomic_wait) body += " (i64.const 0)";
  head += ")";
  body += ")";
  std::string results = atomic.result() ? fmt::format(" {}", *atomic.result()) : "";
  if (shows_cells()) {
    results += " i64 i64";
    body = fmt::format("(call $reset) {} (call $cells)", body);
  }
  if (!results.empty()) head += fmt::format(" (result{})", results);
  const bool fits = head.size() + body.size() + 4 <= kLineLength;
  field(fmt::format("{}{}{})", head, fits ? " " : "\n    ", body));
}

std::string Table::call(const Access& access, uint64_t address, const std::vector<uint64_t>& operands) const {
  std::string text = fmt::format("(invoke \"{}\" {}", access.name(), address_constant(memory_.address_type, address));
  for (const uint64_t operand : operands) text += " " + constant(access.atomic.type(), operand);
  return text + ")";
}

void Table::returns(const Access& access, uint64_t address, const std::vector<uint64_t>& operands) {
  Cells after = cells_;
  const uint64_t effective = address + access.offset;
  const std::vector<uint64_t> given =
      !access.has_parameters() || !operands.empty() ? operands : usual_operands(access.atomic, cells_, effective);
  const auto result = perform(access.atomic, after, effective, access.has_parameters() ? given : access.operands);
  std::string results;
  if (result) results += " " + constant(*access.atomic.result(), *result);
  if (shows_cells()) results += " " + constant("i64", after.low()) + " " + constant("i64", after.high());
  std::string text = fmt::format("(assert_return {}", call(access, address, given));
  if (text.size() + results.size() + 1 > kLineLength) text += "\n ";
  line(text + results + ")");
}

void Table::traps(const Access& access, uint64_t address, uint64_t meant, std::string_view message) {
  const auto operands =
      access.has_parameters() ? usual_operands(access.atomic, cells_, meant) : std::vector<uint64_t>{};
  line(fmt::format("(assert_trap {} \"{}\")", call(access, address, operands), message));
}

void Table::unchanged() {
  if (!writes_) return;
  line(fmt::format("(assert_return (invoke \"cells\") {} {})", constant("i64", cells_.low()),
                   constant("i64", cells_.high())));
}

void Table::gap() { assertions_ += "\n"; }

std::string Table::text() const {
  std::string all = "(module\n" + fields_ + ")\n\n" + assertions_;
  while (all.ends_with("\n\n")) all.pop_back();
  return all;
}

}  // namespace weft::generate
