// SPDX-License-Identifier: Apache-2.0
//
// Alignment: of addresses, when an access is executed, and in the memory argument, when it is validated.
#include <fmt/format.h>

#include <bit>

#include "tools/generate/properties.h"

namespace weft::generate {
namespace {

constexpr std::string_view kNotNatural = "atomic alignment must be natural";
constexpr uint64_t kLargestAlignment = 16;  // twice the widest access

/// A module with one function whose code is `code`, and a memory; its strings are its sections.
std::string binary_module(std::string_view memory, std::string_view code, size_t code_size) {
  return fmt::format(
      "(module binary \"\\00asm\" \"\\01\\00\\00\\00\" \"\\01\\04\\01\\60\\00\\00\" \"\\03\\02\\01\\00\" \"{}\"\n"
      "  \"\\0a\\{:02x}\\01\\{:02x}\\00\" {} \"\\0b\")",
      memory, code_size + 4, code_size + 2, code);
}

/// The instruction, its operands taken from where nothing is reached.
std::string binary_instruction(const Atomic& atomic, int exponent) {
  return fmt::format("\"\\00\" \"\\fe\\{:02x}\\{:02x}\\00\" \"\\00\"", atomic.info->code, exponent);
}

}  // namespace

std::optional<File> misaligned(const Family& family) {
  const Cells cells{.first = 16};
  Table table(family, {}, cells, true);
  for (const Atomic& atomic : members(family)) {
    if (atomic.width() == 1) continue;
    const Access access = usual(atomic);
    table.function(access);
    for (uint64_t by = 1; by < atomic.width(); ++by) {
      table.traps(access, cells.first + by, cells.first + by, kUnaligned);
    }
    table.unchanged();
    table.gap();
  }
  return file(
      "align", "misaligned", family,
      {.title = fmt::format("{} at a misaligned address traps{}", family.subject,
                            family.writes() ? " and changes no byte" : ""),
       .spec = "exec-instr-atomic-memory",
       .why = std::string("wasmtime #5483, wasmtime #5882, wasmtime #10982") + (family.writes()   ? ", wasmtime #8216"
                                                                                : family.queues() ? ", wasmer #6867"
                                                                                                  : "")},
      "Every misalignment of each width; a machine's own trap would end the process.", table.text());
}

std::optional<File> effective_address(const Family& family) {
  const Cells cells{.first = 16};
  Table table(family, {}, cells);
  for (const Atomic& atomic : members(family)) {
    const uint64_t width = atomic.width();
    if (width == 1) continue;
    for (uint64_t offset = 1; offset < width; offset *= 2) {
      const Access access = usual(atomic, offset);
      table.function(access);
      table.traps(access, cells.first, cells.first, kUnaligned);
      table.traps(access, cells.first + 8, cells.first + 8, kUnaligned);
      table.unchanged();
      table.returns(access, cells.first - offset);
      table.returns(access, cells.first + 16 - width - offset);
    }
    table.gap();
  }
  return file(
      "align", "effective-address", family,
      {.title = fmt::format("what must be aligned of {} is base + offset", family.subject),
       .spec = "exec-instr-atomic-memory",
       .why = family.queues() ? "wasmer #6867" : ""},
      fmt::format("With such an offset an aligned base traps, and the right misaligned one does not.{}",
                  family.writes() ? " Every function sets the\nbytes at 16 first, and returns all sixteen behind"
                                    " its result."
                                  : ""),
      table.text());
}

std::optional<File> alignment_in_text(const Family& family) {
  std::string valid[2], invalid;
  for (const Atomic& atomic : members(family)) {
    for (std::string& fields : valid) {
      fields += fmt::format("  (func unreachable {} align={} unreachable)\n", atomic.info->text, atomic.width());
    }
    for (uint64_t align = 1; align <= kLargestAlignment; align *= 2) {
      if (align == atomic.width()) continue;
      invalid += fmt::format(
          "(assert_invalid (module (memory 1 1 shared) (func unreachable {} align={} unreachable))"
          " \"{}\")\n",
          atomic.info->text, align, kNotNatural);
    }
  }
  return file(
      "valid", "alignment", family,
      {.title = fmt::format("{} is valid with its natural alignment and with no other, below or above", family.subject),
       .spec = "valid-instr-atomic-memory",
       .why = "threads #242, wabt #641, binaryen #3172, threads #117"},
      "The memory may be shared or not. After unreachable the operands may be anything.",
      fmt::format("(module\n  (memory 1 1 shared)\n{})\n(module\n  (memory 1)\n{})\n\n{}", valid[0], valid[1],
                  invalid));
}

std::optional<File> alignment_in_binary(const Family& family) {
  constexpr std::string_view kShared = "\\05\\04\\01\\03\\01\\01";
  constexpr size_t kSize = 6;  // of an instruction between two of unreachable
  std::string all, natural;
  for (const Atomic& atomic : members(family)) {
    natural += fmt::format("{}{}", natural.empty() ? "" : "\n    ",
                           binary_instruction(atomic, std::countr_zero(atomic.width())));
    for (int exponent = 0; 1U << exponent <= kLargestAlignment; ++exponent) {
      if (uint64_t{1} << exponent == atomic.width()) continue;
      all += fmt::format(";; {} align={}\n(assert_invalid {}\n  \"{}\")\n", atomic.info->text, 1 << exponent,
                         binary_module(kShared, binary_instruction(atomic, exponent), kSize), kNotNatural);
    }
  }
  return file(
      "binary", "alignment", family,
      {.title = fmt::format("in the binary format, too, {} has its natural alignment and no other", family.subject),
       .spec = "binary-memarg",
       .why = "threads #242"},
      "The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after"
      " which the\noperands may be anything. The first module has all instructions as they should be.",
      binary_module(kShared, natural, kSize * members(family).size()) + "\n\n" + all);
}

}  // namespace weft::generate
