// SPDX-License-Identifier: Apache-2.0
//
// Where a memory ends.
#include <fmt/format.h>

#include "tools/generate/properties.h"

namespace weft::generate {
namespace {

/// A spurious trap in the last word was seen of the two instructions that know queues.
std::string_view last_word_bugs(const Family& family) {
  return !family.queues() ? "" : "wasmtime #11975, WasmEdge #5303, WasmEdge #5304";
}

std::string_view bugs_past_the_end(const Family& family) {
  if (family.queues()) return family.name == "notify" ? "threads #105, wasmer #6867" : "wasmer #6867";
  return family.writes() ? "wasmtime #8216" : "";
}

}  // namespace

std::optional<File> last_cell(const Family& family) {
  Table table(family, {}, {.first = kLastCells});
  for (const Atomic& atomic : members(family)) {
    const Access by_base = usual(atomic), by_offset = usual(atomic, kLastCells);
    table.function(by_base);
    table.function(by_offset);
    table.returns(by_base, kEnd - atomic.width());
    table.returns(by_offset, 16 - atomic.width());
  }
  return file(
      "bounds", "last-cell", family,
      {.title = fmt::format("{} in the last cell of the memory is within bounds", family.subject),
       .spec = "exec-memarg",
       .why = std::string(last_word_bugs(family))},
      fmt::format("The last address is reached by the base alone, and by an offset.{}",
                  family.writes() ? " Every function sets the last sixteen bytes\nfirst, and returns them behind"
                                    " its result."
                                  : ""),
      table.text());
}

std::optional<File> past_the_end(const Family& family) {
  Table table(family, {}, {.first = kLastCells}, true);
  for (const Atomic& atomic : members(family)) {
    const uint64_t width = atomic.width();
    const Access by_base = usual(atomic), by_offset = usual(atomic, 16);
    table.function(by_base);
    table.function(by_offset);
    table.traps(by_base, kEnd, kEnd - width, kOutOfBounds);
    table.traps(by_base, 0x80000000, kLastCells, kOutOfBounds);
    table.traps(by_base, (uint64_t{1} << 32) - width, kLastCells, kOutOfBounds);
    table.traps(by_offset, kLastCells, kLastCells, kOutOfBounds);
    if (width > 1) {
      table.traps(by_base, kEnd - width + 1, kEnd - width, "");
      if (width > 2) table.traps(by_base, kEnd - 1, kEnd - width, "");
      table.traps(by_offset, kLastCells - 1, kEnd - width, "");
    }
    table.unchanged();
    table.gap();
  }
  return file(
      "bounds", "past-the-end", family,
      {.title = fmt::format("{} past the end of the memory, or across it, traps{}", family.subject,
                            family.writes() ? " and changes no byte" : ""),
       .spec = "exec-memarg",
       .why = std::string(bugs_past_the_end(family))},
      "The first byte past the end is at 65536. An access across the end is misaligned as well: which of the two"
      " the trap\nnames is open, so the message is left out.",
      table.text());
}

std::optional<File> address_wrap(const Family& family) {
  constexpr uint64_t kTop = uint64_t{1} << 32;
  Table table(family, {}, {.first = 0}, true);
  for (const Atomic& atomic : members(family)) {
    const Access small = usual(atomic, 16), large = usual(atomic, kTop - 8);
    table.function(small);
    table.function(large);
    table.traps(small, kTop - 16, 0, kOutOfBounds);
    table.traps(small, kTop - 8, 8, kOutOfBounds);
    table.traps(large, 8, 0, kOutOfBounds);
    table.traps(large, 16, 8, kOutOfBounds);
    table.traps(large, kTop - 8, 0, kOutOfBounds);
    table.traps(large, 0, 0, kOutOfBounds);
    table.unchanged();
    table.gap();
  }
  return file("bounds", "address-wrap", family,
              {.title = fmt::format("{} at base + offset of 2^32 or more traps: the sum does not wrap", family.subject),
               .spec = "exec-memarg",
               .why = family.queues()                                 ? "wasmtime #3132, wasmtime #12909"
                      : family.instr_class == InstrClass::atomic_load ? "wasmtime #3132, wasmer #3167"
                                                                      : "wasmtime #3132"},
              fmt::format("In 32 bits the first four of each six sums would be 0 and 8, where the memory has bytes{}.",
                          family.writes() ? " that must stay" : " to be found"),
              table.text());
}

}  // namespace weft::generate
