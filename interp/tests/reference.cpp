// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/reference.h"

#include <bit>

#include "interp/numeric.h"

namespace weft::testing {

ValType type_of(char letter, AddressType address) { return value_type(letter).value_or(address); }

FuncType type_of(const InstrInfo& row, AddressType address) {
  FuncType type;
  for (const char letter : row.operands()) type.params.push_back(type_of(letter, address));
  for (const char letter : row.results()) type.results.push_back(type_of(letter, address));
  return type;
}

// --- operators
// --------------------------------------------------------------------------------------------------------

namespace {

template <class T>
Slot to_slot(T value) {
  if constexpr (sizeof(T) == 4)
    return std::bit_cast<uint32_t>(value);
  else
    return std::bit_cast<uint64_t>(value);
}
template <class T>
T from_slot(Slot slot) {
  if constexpr (sizeof(T) == 4)
    return std::bit_cast<T>(static_cast<uint32_t>(slot));
  else
    return std::bit_cast<T>(slot);
}
template <class T>
Computed computed(T value) {
  return {to_slot(value)};
}
template <class T>
Computed computed(numeric::Partial<T> partial) {
  return {to_slot(partial.value), partial.trap};
}

template <class R, class A>
Computed apply(R (*function)(A), Slot a, Slot) {
  return computed(function(from_slot<A>(a)));
}
template <class R, class A>
Computed apply(R (*function)(A, A), Slot a, Slot b) {
  return computed(function(from_slot<A>(a), from_slot<A>(b)));
}

}  // namespace

Computed compute(Op op, Slot a, Slot b) {
  switch (op) {
#define INSTR(...)
#define NUMERIC(prefix, code, name, ...) \
  case Op::name: return apply(&numeric::name, a, b);
#include "interp/instructions.inc"
    default: return {};
  }
}

bool is_numeric_row(Op op) { return info(op).instr_class == InstrClass::numeric; }

// --- accesses
// ---------------------------------------------------------------------------------------------------------

Computed ReferenceMemory::access(Op op, uint64_t address, uint64_t x, uint64_t y) {
  const InstrInfo& row = info(op);
  const uint64_t width = row.access, mask = width == 8 ? ~uint64_t{0} : (uint64_t{1} << 8 * width) - 1;
  const bool atomic = row.feature == Feature::threads;
  if (atomic && address % width != 0) return {0, Trap::unaligned_atomic};
  if (address > bytes.size() || width > bytes.size() - address) return {0, Trap::out_of_bounds_memory_access};
  uint64_t old = 0;
  for (uint64_t i = width; i-- > 0;) old = old << 8 | bytes[address + i];
  uint64_t updated = old;
  if (atomic && row.code >= 0x1e) {  // by the opcode's place in the table: seven widths for each operator
    switch ((row.code - 0x1e) / 7) {
      case 0: updated = old + x; break;
      case 1: updated = old - x; break;
      case 2: updated = old & x; break;
      case 3: updated = old | x; break;
      case 4: updated = old ^ x; break;
      case 5: updated = x; break;
      default: updated = old == (x & mask) ? y : old; break;
    }
  } else if (row.results().empty()) {
    updated = x;
  }
  for (uint64_t i = 0; i < width; ++i) bytes[address + i] = static_cast<uint8_t>(updated >> 8 * i);
  const bool negative = (old >> (8 * width - 1) & 1) != 0;
  if (row.text.ends_with("_s") && negative) old |= row.results() == "i" ? 0xffffffff & ~mask : ~mask;
  return {old};
}

}  // namespace weft::testing
