// SPDX-License-Identifier: Apache-2.0
//
// The instruction table as a constexpr array: what instructions.inc says, ready to be asked.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "interp/edition.h"
#include "interp/types.h"

namespace weft {

/// One enumerator per row of instructions.inc, in the table's order.
enum class Op : uint16_t {
#define INSTR(prefix, code, name, text, class, immediate, signature, access, feature, anchor) name,
#include "interp/instructions.inc"
};

/// Which part of the engine executes the instruction, and so which handler template it gets.
enum class InstrClass : uint8_t {
  control,
  parametric,
  variable,
  table,
  reference,
  memory,
  constant,
  numeric,
  numeric_pair,
  exception,
  load,
  store,
  vector,
  vector_load,
  vector_store,
  atomic_load,
  atomic_store,
  atomic_rmw,
  atomic_cmpxchg,
  atomic_wait,
  atomic_notify,
  atomic_fence,
};

/// What follows the opcode in the binary format. The comment says where Instr (module.h) keeps it.
enum class Immediate : uint8_t {
  none,
  block,          // blocktype: `lo`, see BlockType
  block_catches,  // blocktype vec(catch): `lo`, and `b` clauses from Expr::pool[a] on, see CatchClause
  tag,            // tagidx: `a`
  label,          // labelidx: `a`
  labels,         // vec(labelidx) labelidx: Function::pool[a .. a+b], the default last
  func,           // funcidx: `a`
  type_table,     // typeidx tableidx: `a`, `b`
  types,          // vec(valtype): Function::pool[a .. a+b)
  local,          // localidx: `a`
  global,         // globalidx: `a`
  table,          // tableidx: `a`
  table_table,    // destination tableidx, source tableidx: `a`, `b`
  elem_table,     // elemidx tableidx: `a`, `b`
  elem,           // elemidx: `a`
  memory,         // memidx: `a`
  memory_memory,  // destination memidx, source memidx: `a`, `b`
  data_memory,    // dataidx memidx: `a`, `b`
  data,           // dataidx: `a`
  memarg,         // alignment exponent `align`, memidx `a`, offset `lo`
  memarg_lane,    // memarg, then laneidx: `lane`
  lane,           // laneidx: `lane`
  lanes,          // 16 laneidx: bytes of `lo`, `hi`
  i32,
  i64,  // s32, s64: `lo` (an i32 zero-extended)
  f32,
  f64,      // the IEEE 754 bit pattern: `lo`
  v128,     // 16 bytes: `lo`, `hi`
  reftype,  // reftype: `a`, a ValType
  fence,    // the reserved byte: `a`
};

/// The proposal that brought the instruction.
enum class Feature : uint8_t {
  mvp,
  sign_extension,
  saturating_float_to_int,
  bulk_memory,
  reference_types,
  simd,
  relaxed_simd,
  threads,
  tail_call,
  exception_handling,
  legacy_exceptions,
  wide_arithmetic,
};

/// One row of the table. Immutable; all strings live as long as the program.
struct InstrInfo {
  uint8_t prefix;         ///< 0, 0xfc, 0xfd or 0xfe
  uint32_t code;          ///< the opcode byte, or the number after the prefix
  std::string_view text;  ///< the keyword of the text format
  InstrClass instr_class;
  Immediate immediate;
  std::string_view signature;  ///< operands:results, or "*"
  uint8_t access;              ///< bytes of memory it touches, 0 for none
  Feature feature;
  std::string_view anchor;  ///< the specification's label of the execution rule
  size_t colon;             ///< where it is in the signature; npos in "*"

  /// Operand letters of the signature (i I f F v a b n); empty for "*".
  constexpr std::string_view operands() const { return is_special() ? std::string_view{} : signature.substr(0, colon); }
  /// Result letters of the signature; empty for "*".
  constexpr std::string_view results() const { return is_special() ? std::string_view{} : signature.substr(colon + 1); }
  /// Whether a rule of its own, not the signature, gives its type.
  constexpr bool is_special() const { return colon == std::string_view::npos; }
};

inline constexpr auto kInstructions = std::to_array<InstrInfo>({
#define INSTR(prefix, code, name, text, cls, imm, signature, access, feature, anchor) \
  {prefix,         code,                                                              \
   text,           InstrClass::cls,                                                   \
   Immediate::imm, signature,                                                         \
   access,         Feature::feature,                                                  \
   anchor,         std::string_view(signature).find(':')},
#include "interp/instructions.inc"
});

inline constexpr size_t kInstructionCount = kInstructions.size();

/// The type a letter of a signature stands for; nothing when a memory or table decides (a b n).
constexpr std::optional<ValType> value_type(char letter) {
  switch (letter) {
    case 'i': return ValType::i32;
    case 'I': return ValType::i64;
    case 'f': return ValType::f32;
    case 'F': return ValType::f64;
    case 'v': return ValType::v128;
    default: return std::nullopt;
  }
}

constexpr const InstrInfo& info(Op op) { return kInstructions[static_cast<size_t>(op)]; }

/// Whether an access of a vector names one of its lanes.
constexpr bool has_lane(Op op) { return info(op).immediate == Immediate::memarg_lane; }

/// The first edition that has it.
constexpr Edition edition_of(Feature feature) {
  switch (feature) {
    case Feature::mvp:
    case Feature::sign_extension:
    case Feature::saturating_float_to_int:
    case Feature::bulk_memory:
    case Feature::reference_types:
    case Feature::simd:
    case Feature::threads: return Edition::wasm_2_0;
    case Feature::relaxed_simd:
    case Feature::tail_call:
    case Feature::exception_handling:
    case Feature::legacy_exceptions: return Edition::wasm_3_0;
    case Feature::wide_arithmetic: return Edition::latest;
  }
  return Edition::latest;
}

/// Facts of a row that every pass over code asks for, so close together that they stay in the cache.
struct InstrFacts {
  InstrClass instr_class{};
  Immediate immediate{};
  Edition edition{};  ///< the first that has it
  bool is_special = false;
  uint8_t operand_count = 0, result_count = 0;  ///< 0 of a special one
  std::array<ValType, 4> operands{};            ///< ValType{} where a memory or table decides
  std::array<ValType, 2> results{};

  constexpr InstrFacts() = default;
  constexpr explicit InstrFacts(const InstrInfo& row)
      : instr_class(row.instr_class),
        immediate(row.immediate),
        edition(edition_of(row.feature)),
        is_special(row.is_special()) {
    for (const char letter : row.operands()) operands[operand_count++] = value_type(letter).value_or(ValType{});
    for (const char letter : row.results()) results[result_count++] = value_type(letter).value_or(ValType{});
  }
};

inline constexpr auto kInstrFacts = [] {
  std::array<InstrFacts, kInstructionCount> all{};
  for (size_t i = 0; i < kInstructionCount; ++i) all[i] = InstrFacts(kInstructions[i]);
  return all;
}();

constexpr const InstrFacts& facts(Op op) { return kInstrFacts[static_cast<size_t>(op)]; }

namespace by_code {
inline constexpr size_t kPrefixes = 4, kCodes = 512;
inline constexpr uint16_t kNone = 0xffff;

/// Those without a prefix, then 0xfc, 0xfd, 0xfe; kPrefixes for others.
constexpr size_t slot_of(uint8_t prefix) {
  if (prefix == 0) return 0;
  return prefix > 0xfb && prefix < 0xff ? prefix - 0xfbU : kPrefixes;
}

inline constexpr auto kTable = [] {
  std::array<std::array<uint16_t, kCodes>, kPrefixes> table{};
  for (auto& row : table) row.fill(kNone);
  // All prefixes and codes are in range: an element beyond the table would not compile.
  for (size_t i = 0; i < kInstructionCount; ++i)
    table[slot_of(kInstructions[i].prefix)][kInstructions[i].code] = static_cast<uint16_t>(i);
  return table;
}();
}  // namespace by_code

/// The instruction with this encoding, if the table has one. Constant time.
constexpr std::optional<Op> find_instruction(uint8_t prefix, uint32_t code) {
  const size_t slot = by_code::slot_of(prefix);
  if (slot == by_code::kPrefixes || code >= by_code::kCodes) return std::nullopt;
  const uint16_t index = by_code::kTable[slot][code];
  return index == by_code::kNone ? std::nullopt : std::optional(static_cast<Op>(index));
}
static_assert(find_instruction(0, 0x6a) == Op::i32_add && find_instruction(0xfe, 0x01) == Op::memory_atomic_wait32);

/// The instruction with this keyword. `select` is the untyped one: the binary format, not the keyword, tells them
/// apart.
std::optional<Op> find_instruction(std::string_view text);

/// The enumerator's spelling, as in the command-line documentation ("bulk_memory").
std::string_view to_string(Feature feature);

namespace table_check {
constexpr bool is_sorted() {
  for (size_t i = 1; i < kInstructionCount; ++i) {
    const InstrInfo &a = kInstructions[i - 1], &b = kInstructions[i];
    if (a.prefix > b.prefix || (a.prefix == b.prefix && a.code >= b.code)) return false;
  }
  return true;
}
static_assert(is_sorted(), "instructions.inc must be sorted by prefix and code");
}  // namespace table_check

}  // namespace weft
