// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/litmus_outcome.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/model/statement.h"

namespace weft::generate {
namespace {

constexpr size_t kHalf = 16;  // digits

bool is_wide(const Place& place) { return place.reg.type == "v128"; }
uint64_t bytes(const Place& place) { return is_wide(place) ? 16 : place.reg.type == "i64" ? 8 : 4; }

/// How many digits a value has, so that it is not all f.
size_t digits_for(const std::string& value) {
  if (value.starts_with('-')) return 1;
  const auto number = model::parse_literal(value, false);
  if (!number) return 1;  // no number: the thread did not return
  const std::string text = fmt::format("{:016x}{:016x}", model::to_number(*number, 8), model::to_number(*number));
  const std::string digits = text.substr(std::min(text.find_first_not_of('0'), text.size() - 1));
  return digits.find_first_not_of('f') == std::string::npos ? digits.size() + 1 : digits.size();
}

}  // namespace

Packing::Packing(std::vector<Place> places, const model::Outcomes& outcomes, uint64_t first)
    : places_(std::move(places)) {
  uint64_t at = first;
  for (Place& place : places_) {
    const std::string name = place.owner + ":" + place.reg.name;
    for (const model::Outcome& outcome : outcomes) {
      for (const auto& [key, value] : outcome) {
        if (key == name) place.digits = std::max(place.digits, digits_for(value));
      }
    }
    if (generate::is_wide(place)) place.digits = 2 * kHalf;
    place.digits = std::min(place.digits, generate::is_wide(place) ? 2 * kHalf : kHalf);
    if (place.owner == "M") continue;
    at = (at + bytes(place) - 1) / bytes(place) * bytes(place);
    place.address = at;
    at += bytes(place);
  }
  size_ = at - first;
  low_ = places_.size();
  for (size_t low = 0; low_ > 0; --low_, digits_ = low) {
    const size_t digits = places_[low_ - 1].digits;
    if (low + digits > kHalf) break;
    low += digits;
  }
  if (low_ > 0 && generate::is_wide(places_[0])) {
    if (places_.size() > 1) error_ = "a register of 16 bytes, and others beside it";
    digits_ = 2 * kHalf, low_ = 0;
    return;
  }
  if (low_ == 0) return;
  places_[low_].digits += kHalf - digits_;  // no register is in both halves
  digits_ = kHalf;
  for (size_t i = 0; i < low_; ++i) digits_ += places_[i].digits;
  if (digits_ > 2 * kHalf) error_ = "registers of more than 32 digits";
}

std::string Packing::to_string() const {
  std::string text;
  for (const Place& place : places_) {
    text += fmt::format("{}{}:{}{}", text.empty() ? "" : " ", place.owner, place.reg.name,
                        place.reg.may_be_unassigned ? "?" : "");
    if (place.digits != 1) text += fmt::format("/{}", place.digits);
  }
  return text;
}

std::string Packing::digits_of(const Place& place) const {
  const std::string from = place.owner == "M" ? fmt::format("(local.get ${})", place.reg.name)
                                              : fmt::format("({}.load (i32.const {}))", place.reg.type, place.address);
  if (place.digits == 1 && place.reg.type == "i32") return fmt::format("(call $digit {})", from);
  const uint64_t all_f = ~uint64_t{0} >> 4 * (kHalf - place.digits);
  if (place.reg.type == "i64") return fmt::format("(call $digits {} (i64.const {:#x}))", from, all_f);
  // Of an i32 -1, too, is more than its digits can be.
  return fmt::format("(call $digits (i64.extend_i32_s {}) (i64.const {:#x}))", from, all_f);
}

std::string Packing::half(size_t begin, size_t end) const {
  std::string text;
  size_t behind = 0;
  for (size_t i = begin; i < end; ++i) behind += places_[i].digits;
  for (size_t i = begin; i < end; ++i) {
    behind -= places_[i].digits;
    const std::string part = digits_of(places_[i]);
    if (i > begin) text += "\n      ";
    text += behind == 0 ? part : fmt::format("(i64.or (i64.shl {} (i64.const {}))", part, 4 * behind);
  }
  return text + std::string(end - begin - 1, ')');
}

std::vector<std::string> Packing::functions(const uint64_t* dropped) const {
  std::vector<std::string> lines;
  const auto is_short = [](const Place& one) { return one.digits == 1 && one.reg.type == "i32"; };
  if (std::any_of(places_.begin(), places_.end(), is_short)) {
    lines.emplace_back("(func $digit (param $value i32) (result i64)");
    lines.emplace_back(
        "  (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const "
        "0xf))))");
  }
  if (std::any_of(places_.begin(), places_.end(),
                  [&](const Place& one) { return !is_short(one) && !generate::is_wide(one); })) {
    lines.emplace_back("(func $digits (param $value i64) (param $all_f i64) (result i64)");
    lines.emplace_back(
        "  (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))");
  }
  std::string head = fmt::format("(func (export \"outcome\") (result {})", is_wide() ? "v128" : "i64"), set;
  for (const Place& place : places_) {
    if (place.owner != "M") continue;
    head += fmt::format(" (local ${} {})", place.reg.name, place.reg.type);
    set = fmt::format(" (local.set ${})", place.reg.name) + set;
  }
  lines.push_back(head);
  if (dropped != nullptr)
    lines.push_back(fmt::format("  (if (i32.load (i32.const {})) (then (return {})))", *dropped, none()));
  if (!set.empty()) lines.push_back("  (call $post)" + set);
  if (!is_wide()) {
    lines.push_back("  " + half(0, places_.size()));
  } else if (places_.size() == 1) {
    const Place& one = places_[0];
    lines.push_back(one.owner == "M" ? fmt::format("  (local.get ${})", one.reg.name)
                                     : fmt::format("  (v128.load (i32.const {}))", one.address));
  } else {
    lines.push_back("  (i64x2.replace_lane 1 (i64x2.splat\n      " + half(low_, places_.size()) + ")");
    lines.push_back("    " + half(0, low_) + ")");
  }
  lines.back() += ")";
  return lines;
}

std::string Packing::constant(const model::Outcome& outcome) const {
  model::Statement statement;
  for (const Place& place : places_) statement.digits.push_back({place.owner + ":" + place.reg.name, place.digits});
  const std::string number = statement.state(outcome);  // "0x…"
  if (!is_wide()) return fmt::format("(i64.const {})", number);
  const size_t split = number.size() - kHalf;
  return fmt::format("(v128.const i64x2 0x{} {})", number.substr(split), number.substr(0, split));
}

}  // namespace weft::generate
