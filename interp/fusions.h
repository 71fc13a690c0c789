// SPDX-License-Identifier: Apache-2.0
//
// Two or three instructions that one handler executes, where they follow each other: what a dispatch takes is saved.
// Each keeps its cells, so whoever jumps to the second executes it alone, and a trap in it finds the first one done.
// The list has what `weft run --stats` counts most of on kernels compiled by LLVM.
#pragma once

#include <array>
#include <optional>
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
  static constexpr Place place(char letter) {
    return letter == 'a' ? Place::accumulator : letter == 'i' ? Place::immediate : Place::slot;
  }
  Opcode code;
};
struct Row {
  constexpr Row(Pattern a, Pattern b) : fusion{{a.code, b.code}, 2} {}
  constexpr Row(Pattern a, Pattern b, Pattern c) : fusion{{a.code, b.code, c.code}, 3} {}
  Fusion fusion;
};

inline constexpr Row kRows[] = {
#define P(op, places) {Op::op, places}
#define B(op, places) {Form::branch, Op::op, places}
#define U(op, places) {Form::unless, Op::op, places}
#define X(op, places) {Internal::op, places}
#define FUSE(...) {__VA_ARGS__},
#include "interp/fusions.inc"
#undef P
#undef B
#undef U
#undef X
#undef FUSE
};

constexpr bool is_access(Opcode code) {
  return code.form == Form::plain &&
         (info(code.op()).instr_class == InstrClass::load || info(code.op()).instr_class == InstrClass::store);
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

/// What they are found by: the CodeIndex of each instruction, and one more so that none is 0.
using FusionKey = std::array<uint32_t, 3>;
/// The CodeIndex of the fusion with that key, if there is one: behind all others, in the order of kFusions.
std::optional<CodeIndex> find_fusion(const FusionKey& key);

}  // namespace weft
