// SPDX-License-Identifier: Apache-2.0
#include "suite/text/printer.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include <fmt/format.h>

#include "suite/text/lexer.h"

namespace weft::text {

bool is_identifier(std::string_view name) { return !name.empty() && std::all_of(name.begin(), name.end(), is_idchar); }

Identifiers::Identifiers(const std::vector<std::pair<uint32_t, std::string>>& names, uint32_t count) {
  std::unordered_set<std::string_view> taken;
  for (const auto& [index, name] : names) {
    if (index >= count) continue;
    if (index >= binders_.size()) binders_.resize(index + 1);
    const bool is_id = is_identifier(name) && taken.insert(name).second;
    binders_[index] = is_id ? fmt::format("${}", name) : fmt::format("(@name {})", quote(name));
  }
}

std::string Identifiers::use(uint32_t index) const {
  return binder(index).starts_with('$') ? std::string(binder(index)) : std::to_string(index);
}

std::string Identifiers::definition(uint32_t index) const {
  if (binder(index).starts_with('$')) return fmt::format(" {}", binder(index));
  return fmt::format(" (;{};){}{}", index, binder(index).empty() ? "" : " ", binder(index));
}

std::string quote(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes) {
    if (c == '"' || c == '\\') {
      out += '\\', out += c;
    } else if (c >= 0x20 && c < 0x7f) {
      out += c;
    } else {
      out += fmt::format("\\{:02x}", static_cast<unsigned char>(c));
    }
  }
  return out + '"';
}

std::string data_string(const std::vector<uint8_t>& bytes) {
  constexpr size_t kPerLine = 64;
  const std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::string strings;
  for (size_t i = 0; i < rest.size(); i += kPerLine)
    strings += fmt::format("{}{}", rest.size() > kPerLine ? "\n    " : " ", quote(rest.substr(i, kPerLine)));
  return strings;
}

namespace {

template <class Float, class Bits>
std::string float_text(Bits bits, int fraction_bits) {
  const auto value = std::bit_cast<Float>(bits);
  const Bits sign = Bits{1} << (sizeof(Bits) * 8 - 1);
  const Bits fraction = bits & ((Bits{1} << fraction_bits) - 1);
  const std::string_view minus = (bits & sign) != 0 ? "-" : "";
  if (std::isnan(value)) {
    const bool is_canonical = fraction == Bits{1} << (fraction_bits - 1);
    return is_canonical ? fmt::format("{}nan", minus) : fmt::format("{}nan:{:#x}", minus, fraction);
  }
  if (std::isinf(value)) return fmt::format("{}inf", minus);
  char buffer[64];
  const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), value);
  return std::string(buffer, end);
}

}  // namespace

std::string f32_text(uint32_t bits) { return float_text<float>(bits, 23); }
std::string f64_text(uint64_t bits) { return float_text<double>(bits, 52); }

std::string signature_text(const FuncType& type, const Identifiers& params) {
  std::string out;
  bool in_clause = false;  // parameters without names share a clause
  for (uint32_t i = 0; i < type.params.size(); ++i) {
    const std::string_view binder = params.binder(i);
    if (in_clause && !binder.empty()) out += ')', in_clause = false;
    if (!binder.empty()) {
      out += fmt::format(" (param {} {})", binder, to_string(type.params[i]));
    } else {
      out += fmt::format("{} {}", in_clause ? "" : " (param", to_string(type.params[i]));
      in_clause = true;
    }
  }
  if (in_clause) out += ')';
  if (type.results.empty()) return out;
  out += " (result";
  for (const ValType result : type.results) out += fmt::format(" {}", to_string(result));
  return out + ')';
}

std::string type_use_text(const Module& module, uint32_t type, const Identifiers& params) {
  const bool is_known = type < module.types.size();
  return fmt::format("(type {}){}", type, is_known ? signature_text(module.types[type], params) : "");
}

}  // namespace weft::text
