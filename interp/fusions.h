// SPDX-License-Identifier: Apache-2.0
//
// Instructions that one handler executes, where they follow each other: what their dispatches take is saved, and the
// compiler sees what each leaves in an accumulator for the next. Each keeps its cells, so whoever jumps to the second
// executes what begins there, and a trap in it finds the first one done. tools/fusions chose them: what `weft run
// --stats` counts most of on kernels compiled by LLVM.
#pragma once

#include <array>
#include <string_view>

#include "interp/register_code.h"

namespace weft {

namespace fusion_list {

/// An instruction and its places, as "a=si": to the accumulator, from a slot and an immediate.
struct Pattern {
  constexpr Pattern(Op op, std::string_view places) : code(Form::plain, op) { place(places); }
  constexpr Pattern(Form form, Op op, std::string_view places) : code(form, op) { place(places); }
  constexpr Pattern(Internal internal, std::string_view places) : code(internal) { place(places); }

  constexpr void place(std::string_view places) {
    const size_t equals = places.find('=');
    if (equals != std::string_view::npos) code.to = place(places[0]), places.remove_prefix(equals + 1);
    if (places.size() > 0) code.first = place(places[0]);
    if (places.size() > 1) code.second = place(places[1]);
  }
  static constexpr Place place(char letter) { return static_cast<Place>(kPlaceLetters.find(letter)); }
  Opcode code;
};
struct Row {
  template <class... More>
  constexpr Row(Pattern first, Pattern second, More... more)
      : fusion{{first.code, second.code, more.code...}, 2 + sizeof...(more)} {}
  Fusion fusion;
};

inline constexpr Row kRows[] = {
#define P(op, places) Pattern(Op::op, places)
#define B(op, places) Pattern(Form::branch, Op::op, places)
#define U(op, places) Pattern(Form::unless, Op::op, places)
#define X(op, places) Pattern(Internal::op, places)
#define FUSE(...) {__VA_ARGS__},
#include "interp/fusions.inc"
#undef P
#undef B
#undef U
#undef X
#undef FUSE
};

constexpr bool is_access(Opcode code) {
  if (code.form != Form::plain) return false;
  const InstrClass instr_class = info(code.op()).instr_class;
  return instr_class == InstrClass::load || instr_class == InstrClass::store ||
         instr_class == InstrClass::vector_load || instr_class == InstrClass::vector_store;
}
/// The same fusion for shared memory; itself when it accesses none.
constexpr Fusion shared(Fusion fusion) {
  for (Opcode& code : fusion.codes) {
    if (is_access(code)) code.form = Form::shared;
  }
  return fusion;
}

inline constexpr size_t kCount = [] {
  size_t count = 0;
  for (const Row& row : kRows) count += shared(row.fusion).codes != row.fusion.codes ? 2 : 1;
  return count;
}();

}  // namespace fusion_list

/// All of them; one with accesses stands there for shared memory, too.
inline constexpr auto kFusions = [] {
  using namespace fusion_list;
  std::array<Fusion, kCount> fusions{};
  size_t count = 0;
  for (const Row& row : kRows) {
    fusions[count++] = row.fusion;
    if (shared(row.fusion).codes != row.fusion.codes) fusions[count++] = shared(row.fusion);
  }
  return fusions;
}();
static_assert(kCodeCount + kFusions.size() < size_t{1} << 16);

}  // namespace weft
