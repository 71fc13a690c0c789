// SPDX-License-Identifier: Apache-2.0
//
// Register code as text, read off the layouts. For people (weft dump --lowered) and for traces.
#include <algorithm>

#include <fmt/format.h>

#include "interp/execute.h"
#include "interp/lower.h"

namespace weft {
namespace {

template <class Container, class Key, class Member>
auto last_at_or_before(const Container& sorted, Key key, Member member) {
  auto after = std::upper_bound(sorted.begin(), sorted.end(), key,
                                [member](Key k, const auto& item) { return k < item.*member; });
  return std::prev(after);
}

std::string print_table(const LoweredModule& code, const Cell* pc) {
  std::string out;
  for (uint32_t i = 0; i <= pc[1].i.imm; ++i) out += fmt::format(" @{}", pc[2 + i].target - code.cells.data());
  return out;
}

}  // namespace

std::string name_of(Opcode code) {
  static constexpr std::string_view kInternalNames[] = {
#define X(name, layout) #name,
      WEFT_INTERNAL_CODES(X)
#undef X
  };
  static constexpr std::string_view kFormNames[kFormCount] = {"", "", ".branch", ".unless", ".shared", ".wide"};
  if (code.form == Form::internal) return std::string(kInternalNames[code.id]);
  return fmt::format("{}{}", info(code.op()).text, kFormNames[static_cast<size_t>(code.form)]);
}

const LoweredFunction& LoweredModule::function_at(const Cell* pc) const {
  return *last_at_or_before(functions, static_cast<uint32_t>(pc - cells.data()), &LoweredFunction::first_cell);
}

uint32_t LoweredFunction::region_at(uint32_t cell) const {
  for (size_t i = regions.size(); i-- > 0;) {
    if (cell >= regions[i].begin && cell < regions[i].end) return static_cast<uint32_t>(i);
  }
  return kNone;
}

uint32_t LoweredModule::offset_at(const Cell* pc) const {
  return last_at_or_before(locations, static_cast<uint32_t>(pc - cells.data()), &SourceLocation::cell)->offset;
}

std::string pattern_of(Opcode code) {
  const std::string_view layout = layout_of(code);
  std::string out = name_of(code) + " ";
  if (layout.starts_with("a=")) out += fmt::format("{}=", kPlaceLetters[static_cast<size_t>(code.to)]);
  const Places places = *places_of(code.form, code.id);
  if (places.first != kSlot) out += kPlaceLetters[static_cast<size_t>(code.first)];
  if (places.second != kSlot) out += kPlaceLetters[static_cast<size_t>(code.second)];
  return out;
}

std::string print_instruction(const LoweredModule& code, const Cell* pc) {
  const Fusion handled = handled_by(pc->u);
  const Opcode instruction = handled.codes[0];
  const std::string_view layout = layout_of(instruction);
  std::string out = name_of(instruction);
  std::string_view separator = " ";
  const auto item = [&](const std::string& text) {
    out += separator;
    out += text;
    separator = ", ";
  };
  const Cell& operands = pc[1];
  // The places of the values, in the layout's order: immediates have other letters.
  std::vector<Place> places;
  if (layout.starts_with("a=")) places.push_back(instruction.to);
  for (const Place place : {instruction.first, instruction.second}) {
    if (place != Place::immediate) places.push_back(place);
  }
  size_t values = 0;
  const auto value = [&](uint16_t slot) {
    const Place place = values < places.size() ? places[values] : Place::slot;
    ++values;
    item(place == Place::slot ? fmt::format("s{}", slot) : place == Place::accumulator ? "acc" : "prev");
  };
  for (const char kind : layout) {
    switch (kind) {
      case 'a': value(operands.s.a); break;
      case 'b': value(operands.s.b); break;
      case 'c': value(operands.s.c); break;
      case 'd': value(operands.s.d); break;
      case 'n': item(fmt::format("{} slots", operands.s.c)); break;
      case '=': separator = " = "; break;
      case '^': item(fmt::format("args s{}", operands.s.a)); break;  // no value by itself
      case '#': item(fmt::format("{}", static_cast<int32_t>(operands.i.imm))); break;
      case '+': out += fmt::format("{} +{}", separator == " = " ? " =" : "", operands.i.imm); break;
      case 'o': out += fmt::format(" +{}", pc[2].u); break;
      case '8': item(fmt::format("{}", static_cast<int64_t>(pc[2].u))); break;
      case 'u': item(fmt::format("{:#x}", pc[2].u)); break;
      case 'v': item(fmt::format("{:#018x}{:016x}", pc[3].u, pc[2].u)); break;
      case 'l': item(fmt::format("lane {}", operands.s.d)); break;
      case 'U': item(fmt::format("{}, {}", pc[2].u & 0xffffffff, pc[2].u >> 32)); break;
      case 'm': out += fmt::format(" memory {}", pc[3].u); break;
      case 'h': item(fmt::format("header s{}", pc[3].u)); break;
      case 't': out += fmt::format(" -> @{}", pc[2].target - code.cells.data()); break;
      case 'f': item(fmt::format("func[{}]", pc[2].function->index)); break;
      case 'T': out += " ->" + print_table(code, pc); break;
      default: break;  // ','
    }
  }
  for (size_t i = 1; i < handled.count; ++i) out += " &";
  return out;
}

std::string print_lowered(const Module& module, const LoweredModule& code, const LoweredFunction& function) {
  const LoweredFunction* const next = &function + 1;
  const uint32_t end = next != code.functions.data() + code.functions.size() ? next->first_cell
                                                                             : static_cast<uint32_t>(code.cells.size());
  std::string out = fmt::format("{} (func[{}]): frame of {} slots: header s{}, locals from s{}\n",
                                module.function_name(function.index), function.index, function.frame_slots,
                                function.header, function.header + kHeaderSlots);
  auto at = std::lower_bound(code.locations.begin(), code.locations.end(), function.first_cell,
                             [](const SourceLocation& location, uint32_t cell) { return location.cell < cell; });
  for (; at != code.locations.end() && at->cell < end; ++at) {
    out += fmt::format("  @{:<6} {:#08x}  {}\n", at->cell, at->offset, print_instruction(code, &code.cells[at->cell]));
  }
  for (size_t i = 0; i < function.regions.size(); ++i) {
    const TryRegion& region = function.regions[i];
    out += fmt::format("  try {}: @{} to @{}", i, region.begin, region.end);
    if (region.parent != kNone) out += fmt::format(", then try {}", region.parent);
    out += '\n';
    for (const CatchHandler& handler : region.handlers) {
      out += handler.tag ? fmt::format("    catch tag[{}]", *handler.tag) : "    catch_all";
      if (handler.values_slot != kNone) out += fmt::format(" values s{}", handler.values_slot);
      if (handler.reference_slot != kNone) out += fmt::format(" reference s{}", handler.reference_slot);
      out += fmt::format(" -> @{}\n", handler.target);
    }
  }
  return out;
}

}  // namespace weft
