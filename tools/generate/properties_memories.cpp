// SPDX-License-Identifier: Apache-2.0
//
// The same on other memories: not shared, with 64-bit addresses, not the first.
#include <fmt/format.h>

#include "tools/generate/properties.h"

namespace weft::generate {
namespace {

std::string_view shown(const Family& family) {
  return family.writes() ? "\nEvery function sets the last sixteen bytes first, and returns them behind its result."
                         : "";
}

/// Where a cell is found by its base and by an offset, and where there is none.
void first_and_last(Table& table, const Atomic& atomic) {
  const uint64_t width = atomic.width();
  const Access by_base = usual(atomic), by_offset = usual(atomic, kLastCells);
  table.function(by_base);
  table.function(by_offset);
  table.returns(by_base, kLastCells);
  table.returns(by_base, kEnd - width);
  if (width < 8) table.returns(by_offset, 8);
  table.returns(by_offset, 16 - width);
  table.traps(by_base, kEnd, kEnd - width, kOutOfBounds);
  table.traps(by_offset, 16, kEnd - width, kOutOfBounds);
}

}  // namespace

std::optional<File> unshared(const Family& family) {
  if (family.queues()) return std::nullopt;  // a wait traps, a notify finds nobody
  Table table(family, {.declaration = "(memory 1 1)"}, {.first = kLastCells});
  for (const Atomic& atomic : members(family)) {
    first_and_last(table, atomic);
    if (atomic.width() > 1) table.traps(usual(atomic), kLastCells + 1, kLastCells, kUnaligned);
    table.unchanged();
    table.gap();
  }
  return file(family.folder, "unshared", family,
              {.title = fmt::format("{} behaves on unshared memory as it does on shared", family.subject),
               .spec = rule(family),
               .why = "wabt #641, binaryen #3172, threads #117"},
              fmt::format("Atomic accesses are valid there, and trap as elsewhere.{}", shown(family)), table.text());
}

std::optional<File> access_64(const Family& family) {
  Table table(family, {.declaration = "(memory i64 1 1 shared)", .address_type = "i64"}, {.first = kLastCells});
  for (const Atomic& atomic : members(family)) {
    first_and_last(table, atomic);
    if (atomic.width() > 1) {
      const Access odd = usual(atomic, 1);
      table.function(odd);
      table.returns(odd, kLastCells + 7);
      table.traps(odd, kLastCells, kLastCells, kUnaligned);
      table.traps(usual(atomic), kLastCells + atomic.width() / 2, kLastCells, kUnaligned);
    }
    table.unchanged();
    table.gap();
  }
  return file(
      "memory64", "access", family,
      {.title = fmt::format("{} of a 64-bit memory takes an i64 address and works on that cell", family.subject),
       .spec = rule(family),
       .features = "threads memory64",
       .why = family.name == "notify" ? "WasmEdge #5310, WasmEdge #5318" : "wasmtime #4267, WebKit #64198"},
      fmt::format("By base and by offset, to the last cell, and not behind it.{}", shown(family)), table.text());
}

std::optional<File> address_64(const Family& family) {
  constexpr uint64_t k4GiB = uint64_t{1} << 32, kTop = 0;  // 2^64, in 64 bits
  Table table(family, {.declaration = "(memory i64 1 1 shared)", .address_type = "i64"}, {.first = 0}, true);
  for (const Atomic& atomic : members(family)) {
    const Access by_base = usual(atomic), small = usual(atomic, 16), large = usual(atomic, k4GiB),
                 largest = usual(atomic, kTop - 8);
    for (const Access& access : {by_base, small, large, largest}) table.function(access);
    table.traps(by_base, k4GiB, 0, kOutOfBounds);
    table.traps(by_base, (uint64_t{1} << 63) + 8, 8, kOutOfBounds);
    table.traps(small, k4GiB - 16, 0, kOutOfBounds);
    table.traps(large, 8, 8, kOutOfBounds);
    table.traps(small, kTop - 16, 0, kOutOfBounds);
    table.traps(small, kTop - 8, 8, kOutOfBounds);
    table.traps(largest, 8, 0, kOutOfBounds);
    table.traps(largest, 16, 8, kOutOfBounds);
    table.unchanged();
    table.gap();
  }
  return file(
      "memory64", "address", family,
      {.title = fmt::format("all 64 bits of base + offset count for {}, and the sum does not wrap", family.subject),
       .spec = "exec-memarg",
       .features = "threads memory64"},
      fmt::format(
          "In 32 bits the first four of each eight sums would be 0 and 8, in 64 bits the others; there the memory"
          " has bytes{}.",
          family.writes() ? "\nthat must stay" : " to\nbe found"),
      table.text());
}

std::optional<File> second_memory(const Family& family) {
  Table table(family, {.declaration = "(memory 2 2)\n  (memory 1 1 shared)", .index = "1"}, {.first = kLastCells});
  table.field(
      fmt::format("(func (export \"memory 0\") (result i64 i64) (i64.load (i32.const {})) (i64.load (i32.const {})))",
                  kLastCells, kEnd));
  for (const Atomic& atomic : members(family)) {
    first_and_last(table, atomic);
    if (atomic.width() > 1) table.traps(usual(atomic), kLastCells + 1, kLastCells, kUnaligned);
    table.unchanged();
    table.gap();
  }
  table.line("(assert_return (invoke \"memory 0\") (i64.const 0) (i64.const 0))");
  return file("multi-memory", "second-memory", family,
              {.title = fmt::format("{} that names memory 1 works there, within its bounds, and leaves memory 0 alone",
                                    family.subject),
               .spec = rule(family),
               .features = "threads multi-memory"},
              fmt::format("Memory 0 is not shared, all zero and has a page more.{}", shown(family)), table.text());
}

}  // namespace weft::generate
