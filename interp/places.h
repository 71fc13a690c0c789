// SPDX-License-Identifier: Apache-2.0
//
// Which places the operands of each instruction may have: the one list of the variants that the engine has of it. Each
// is a handler more, so an instruction gets those that code compiled by LLVM uses often.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "interp/opcode.h"

namespace weft {

/// Which places the operands and the result of an instruction may have, one by one; exists() knows of the few that do
/// not go together.
struct Places {
  PlaceSet to = kSlot, first = kSlot, second = kSlot;
};

constexpr bool is_float(char letter) { return letter == 'f' || letter == 'F'; }
constexpr bool is_integer(char letter) { return letter == 'i' || letter == 'I'; }
constexpr bool is_comparison(const InstrInfo& row) { return row.anchor == "exec-relop" || row.anchor == "exec-testop"; }

/// Whether x op y is y op x. Of floats too: which of two NaNs an operator was given never matters here.
constexpr bool commutes(Op op) {
  switch (op) {
    case Op::i32_add:
    case Op::i32_mul:
    case Op::i32_and:
    case Op::i32_or:
    case Op::i32_xor:
    case Op::i32_eq:
    case Op::i32_ne:
    case Op::i64_add:
    case Op::i64_mul:
    case Op::i64_and:
    case Op::i64_or:
    case Op::i64_xor:
    case Op::i64_eq:
    case Op::i64_ne:
    case Op::f32_add:
    case Op::f32_mul:
    case Op::f32_eq:
    case Op::f32_ne:
    case Op::f64_add:
    case Op::f64_mul:
    case Op::f64_eq:
    case Op::f64_ne: return true;
    default: return false;
  }
}

namespace code_numbers {

/// What places_of() looks up.
constexpr std::optional<Places> find_places(Form form, uint16_t id) {
  constexpr PlaceSet kEither = kSlot | kAccumulator, kAny = kEither | kImmediate;
  if (form == Form::internal) {
    if (id >= kInternalCount) return std::nullopt;
    switch (static_cast<Internal>(id)) {
      case Internal::copy:
      case Internal::branch_if:
      case Internal::branch_unless:
      case Internal::branch_table:
      case Internal::call_indirect:
      case Internal::global_set:
      case Internal::return_one:
      case Internal::return_f32:
      case Internal::return_f64: return Places{.first = kEither};
      case Internal::global_get: return Places{.to = kEither};
      case Internal::select: return Places{.to = kEither, .first = kEither};
      case Internal::copy_f32:
      case Internal::copy_f64: return Places{.first = kAccumulator};
      case Internal::constant_int:
      case Internal::constant_f32:
      case Internal::constant_f64: return Places{.to = kAccumulator};
      default: return Places{};
    }
  }
  const Op op = static_cast<Op>(id);
  const InstrInfo& row = info(op);
  const bool plain = form == Form::plain, wide = form == Form::wide, shared = form == Form::shared;
  switch (row.instr_class) {
    case InstrClass::numeric: {
      const bool binary = row.operands().size() == 2;
      const char letter = row.operands()[0];
      // Of an operator that commutes, the one in the accumulator is the first; else what was computed before is.
      const PlaceSet left = commutes(op) ? kEither : kEither | kPrevious;
      const PlaceSet second =
          static_cast<PlaceSet>((commutes(op) ? kSlot | kPrevious : kEither) | (is_integer(letter) ? kImmediate : 0));
      if (form == Form::branch || (form == Form::unless && is_float(letter))) {
        if (!is_comparison(row) || !binary) return std::nullopt;
        return Places{.first = left, .second = second};
      }
      if (!plain) return std::nullopt;
      if (!binary) return Places{.to = kEither, .first = kEither};
      if (is_float(letter) && !is_comparison(row)) {
        const PlaceSet of_floats = static_cast<PlaceSet>(commutes(op) ? left : left | kImmediate);
        return Places{kEither, of_floats, static_cast<PlaceSet>(second | kImmediate)};
      }
      return Places{kEither, left, second};
    }
    case InstrClass::load:
      if (wide) return Places{};
      return plain || shared ? std::optional(Places{.to = kEither, .first = kAny}) : std::nullopt;
    case InstrClass::store:
      if (wide) return Places{};
      if (!plain && !shared) return std::nullopt;
      return Places{.first = static_cast<PlaceSet>(is_integer(row.operands()[1]) ? kAny | kPrevious : kAny),
                    .second = kAny};
    case InstrClass::atomic_load:
      if (wide) return Places{};
      return plain ? std::optional(Places{.to = kEither, .first = kAny}) : std::nullopt;
    case InstrClass::atomic_store:
      if (wide) return Places{};
      return plain ? std::optional(Places{.first = kAny, .second = kEither}) : std::nullopt;
    case InstrClass::atomic_rmw:
      if (wide) return Places{};
      return plain ? std::optional(Places{.to = kEither, .first = kAny, .second = kAny}) : std::nullopt;
    case InstrClass::atomic_cmpxchg:
      if (wide) return Places{};
      return plain ? std::optional(Places{.to = kEither, .first = kAny}) : std::nullopt;
    case InstrClass::atomic_wait:
    case InstrClass::atomic_notify: return plain || wide ? std::optional(Places{}) : std::nullopt;
    case InstrClass::vector_load:
    case InstrClass::vector_store: return plain || shared || wide ? std::optional(Places{}) : std::nullopt;
    case InstrClass::vector: return plain && op != Op::v128_const ? std::optional(Places{}) : std::nullopt;
    case InstrClass::numeric_pair:
    case InstrClass::memory:
    case InstrClass::table:
    case InstrClass::atomic_fence: return plain ? std::optional(Places{}) : std::nullopt;
    default: return std::nullopt;
  }
}

inline constexpr auto kPlaces = [] {
  std::array<std::array<std::optional<Places>, kInstructionCount>, kFormCount> places{};
  for (size_t form = 0; form < kFormCount; ++form) {
    for (size_t id = 0; id < kInstructionCount; ++id)
      places[form][id] = find_places(static_cast<Form>(form), static_cast<uint16_t>(id));
  }
  return places;
}();

}  // namespace code_numbers

/// Nothing: the engine has no such instruction.
constexpr const std::optional<Places>& places_of(Form form, uint16_t id) {
  return code_numbers::kPlaces[static_cast<size_t>(form)][id];
}

/// Names a Opcode: dense, to index the handler table.
using CodeIndex = uint16_t;

namespace code_numbers {

constexpr size_t count(PlaceSet set) { return static_cast<size_t>(std::popcount(set)); }
/// How many places of the set come before this one, and the other way round.
constexpr size_t rank(PlaceSet set, Place place) { return count(static_cast<PlaceSet>(set & (set_of(place) - 1))); }
constexpr Place at_rank(PlaceSet set, size_t rank) {
  while (rank-- > 0) set &= static_cast<PlaceSet>(set - 1);
  return static_cast<Place>(std::countr_zero(set));
}

/// The number of the first code of each form and Op or Internal, and of all.
inline constexpr auto kFirst = [] {
  std::array<uint32_t, kFormCount * kInstructionCount + 1> first{};
  for (size_t i = 0; i < kFormCount * kInstructionCount; ++i) {
    const auto places =
        places_of(static_cast<Form>(i / kInstructionCount), static_cast<uint16_t>(i % kInstructionCount));
    const size_t variants = places ? count(places->to) * count(places->first) * count(places->second) : 0;
    first[i + 1] = first[i] + static_cast<uint32_t>(variants);
  }
  return first;
}();

}  // namespace code_numbers

inline constexpr size_t kCodeCount = code_numbers::kFirst.back();
static_assert(kCodeCount < size_t{1} << 16);

/// Whether the engine has it.
constexpr bool exists(Opcode code) {
  const auto places = places_of(code.form, code.id);
  if (!places || !(places->to & set_of(code.to)) || !(places->first & set_of(code.first)) ||
      !(places->second & set_of(code.second)))
    return false;
  if (code.form == Form::internal) return true;
  // Both are in accumulators, or nothing is read from the previous one.
  if (code.first == Place::previous) return code.second == Place::accumulator;
  if (code.second == Place::previous) return code.first == Place::accumulator;
  if (code.first != code.second) return true;
  const std::string_view operands = info(code.op()).operands();
  if (code.first == Place::immediate) return operands[0] == 'a';  // two constants: nobody writes that
  return code.first != Place::accumulator || is_float(operands[0]) != is_float(operands[1]);  // they need two of them
}

/// Each type of values has its accumulators: integers of both lengths, f32, f64.
constexpr size_t kAccumulators = 3;
constexpr size_t accumulator_of(char letter) { return letter == 'f' ? 1 : letter == 'F' ? 2 : 0; }

/// Whether the result of an instruction that goes to an accumulator is computed from what was in it, which is then
/// gone. Otherwise that becomes the previous one.
constexpr bool replaces_accumulator(Opcode code) {
  const auto is_accumulated = [](Place place) { return place == Place::accumulator || place == Place::previous; };
  if (code.form == Form::internal) return is_accumulated(code.first);
  const InstrInfo& row = info(code.op());
  if (row.results().empty()) return false;
  const size_t result = accumulator_of(row.results()[0]);
  const std::string_view operands = row.operands();
  return (operands.size() > 0 && is_accumulated(code.first) && accumulator_of(operands[0]) == result) ||
         (operands.size() > 1 && is_accumulated(code.second) && accumulator_of(operands[1]) == result);
}

/// The code must be one of places_of().
constexpr CodeIndex index_of(Opcode code) {
  using namespace code_numbers;
  const Places places = *places_of(code.form, code.id);
  const size_t variant =
      (rank(places.to, code.to) * count(places.first) + rank(places.first, code.first)) * count(places.second) +
      rank(places.second, code.second);
  return static_cast<CodeIndex>(kFirst[static_cast<size_t>(code.form) * kInstructionCount + code.id] + variant);
}

constexpr Opcode opcode_at(CodeIndex index) {
  using namespace code_numbers;
  const size_t family = static_cast<size_t>(std::upper_bound(kFirst.begin(), kFirst.end(), index) - kFirst.begin()) - 1;
  Opcode code;
  code.form = static_cast<Form>(family / kInstructionCount),
  code.id = static_cast<uint16_t>(family % kInstructionCount);
  const Places places = *places_of(code.form, code.id);
  size_t variant = index - kFirst[family];
  code.second = at_rank(places.second, variant % count(places.second)), variant /= count(places.second);
  code.first = at_rank(places.first, variant % count(places.first)), variant /= count(places.first);
  code.to = at_rank(places.to, variant);
  return code;
}

}  // namespace weft
