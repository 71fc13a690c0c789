// SPDX-License-Identifier: Apache-2.0
//
// What is read and written: which bytes, and how many of them.
#include <fmt/format.h>

#include "tools/generate/properties.h"

namespace weft::generate {
namespace {

constexpr std::array<uint8_t, 16> kOnesAndZeros{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

bool is_cmpxchg(const Family& family) { return family.instr_class == InstrClass::atomic_cmpxchg; }

constexpr uint64_t top_bit(uint64_t width) { return uint64_t{1} << (8 * width - 1); }

/// For narrow instructions, at two addresses: more than the cell holds.
uint64_t beyond(uint64_t width) { return uint64_t{1} << 8 * width; }

}  // namespace

std::optional<File> every_lane(const Family& family) {
  const bool waits = family.instr_class == InstrClass::atomic_wait;
  if (!family.writes() && !family.returns() && !waits) return std::nullopt;
  const Cells cells;
  Table table(family, {}, cells);
  for (const Atomic& atomic : members(family)) {
    const Access access = usual(atomic);
    table.function(access);
    for (uint64_t at = cells.first; at < cells.end(); at += atomic.width()) {
      table.returns(access, at);
      if (waits) table.returns(access, at, {cells.get(at, atomic.width()) ^ top_bit(atomic.width())});
    }
    table.gap();
  }
  const std::string_view comment =
      waits ? "The bytes at 16 are all different. With a timeout of 0 a wait returns 2 where it finds the value it "
              "expects, and 1"
              "\nwhere that has another sign."
      : family.writes()
          ? "Every function sets the sixteen bytes at 16 first, and returns them behind its result: those beside the"
            " cell must stay."
          : "The bytes at 16 are all different.";
  return file(family.folder, "every-lane", family,
              {.title = fmt::format("{} at every aligned address {}", family.subject,
                                    waits             ? "compares the cell there, all of it"
                                    : family.writes() ? "changes the cell there, and no byte beside it"
                                                      : "reads the cell there"),
               .spec = narrow_rule(family),
               .why = family.writes() && family.returns() ? "wasmtime #5884, wasmtime #5919" : ""},
              comment, table.text());
}

std::optional<File> zero_extension(const Family& family) {
  if (!family.returns()) return std::nullopt;
  Cells cells{.bytes = kOnesAndZeros};
  cells.set(24, 8, 0x8000'0000'8000'7f80);  // at 24, 26, 28: the sign of a cell of 8, 16, 32 bits, and nothing else
  Table table(family, {}, cells);
  for (const Atomic& atomic : members(family)) {
    if (!atomic.is_narrow()) continue;
    const Access access = usual(atomic);
    table.function(access);
    for (const uint64_t at : {uint64_t{16}, uint64_t{16} + atomic.width(), 24 + (atomic.width() & 6)}) {
      table.returns(access, at);
      if (is_cmpxchg(family)) table.returns(access, at, {0, 1});
    }
    table.gap();
  }
  return file(
      family.folder, "zero-extension", family,
      {.title = fmt::format("the result of {} of a narrow cell is zero-extended", family.subject),
       .spec = narrow_rule(family),
       .why = "wasmtime #9990, wasmtime #5901"},
      fmt::format(
          "The bytes at 16 are all ones; at 24, 26 and 28 lie cells of 8, 16 and 32 bits with their sign bit "
          "alone.{}",
          family.writes() ? "\nEvery function sets the sixteen bytes first, and returns them behind its result." : ""),
      table.text());
}

std::optional<File> operand_wrap(const Family& family) {
  if (!family.writes()) return std::nullopt;
  const Cells cells;
  Table table(family, {}, cells);
  for (const Atomic& atomic : members(family)) {
    if (!atomic.is_narrow()) continue;
    Access access = usual(atomic);
    access.operands.clear();
    table.function(access);
    const uint64_t width = atomic.width(), at = cells.first + 8 - width, old = cells.get(at, width);
    const uint64_t all = ones(atomic.type() == "i64" ? 8 : 4), high = all & ~ones(width);
    if (is_cmpxchg(family)) {
      table.returns(access, at, {high | old, 1});
      table.returns(access, at, {beyond(width) | old, high | 1});
      table.returns(access, at, {old, beyond(width)});
      table.returns(access, at, {high | (old ^ 1), 1});
    } else {
      for (const uint64_t operand : {all, high, beyond(width) | 1}) table.returns(access, at, {operand});
    }
    table.gap();
  }
  return file(
      family.folder, "operand-wrap", family,
      {.title = fmt::format("{} of a narrow cell takes the low bits of its operand{}", family.subject,
                            is_cmpxchg(family) ? "s" : ""),
       .spec = narrow_rule(family),
       .why = is_cmpxchg(family) ? "walrus #344, design #1019" : ""},
      fmt::format("{}Every function sets the sixteen bytes at 16 first, and returns them behind its result.",
                  is_cmpxchg(family)
                      ? "The proposal once compared all bits of the expected value; then the first two of each four"
                        " fail to store.\n"
                      : ""),
      table.text());
}

std::optional<File> old_value(const Family& family) {
  if (!family.writes() || !family.returns()) return std::nullopt;
  const bool compares = is_cmpxchg(family);
  const Cells cells = compares ? Cells{} : Cells{.bytes = kOnesAndZeros};
  Table table(family, {}, cells);
  for (const Atomic& atomic : members(family)) {
    Access access = usual(atomic);
    access.operands.clear();
    table.function(access);
    const uint64_t width = atomic.width();
    if (compares) {
      const uint64_t at = cells.first + 8, old = cells.get(at, width);
      table.returns(access, at, {old, 0});
      table.returns(access, at, {old, ones(width)});
      table.returns(access, at, {old ^ 1, 0});
      table.returns(access, at, {old ^ top_bit(width), old});
      table.returns(access, at, {0, old ^ 1});
    } else {
      for (const uint64_t at : {cells.first + 8 - width, cells.first + 8}) {
        for (const uint64_t operand : {uint64_t{1}, ones(width), top_bit(width)}) table.returns(access, at, {operand});
      }
    }
    table.gap();
  }
  return file(
      family.folder, "old-value", family,
      {.title = fmt::format("{} returns what was in the cell, {}", family.subject,
                            compares ? "and stores only where that is what it expects"
                                     : "and what it computes has the width of the cell"),
       .spec = rule(family),
       .why = compares ? "wabt #2784, threads #195" : "wabt #2784, wasmtime #5898"},
      fmt::format("{}Every function sets the sixteen bytes first, and returns them behind its result.",
                  compares
                      ? "Of each five expected values the first two are found.\n"
                      : "Cells of all ones end at 24, cells of zeros begin there: no bit may be carried from one to"
                        " the next.\n"),
      table.text());
}

}  // namespace weft::generate
