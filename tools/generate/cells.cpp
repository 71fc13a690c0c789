// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/cells.h"

#include <fmt/format.h>

#include <cassert>

namespace weft::generate {
namespace {

uint64_t apply(std::string_view operation, uint64_t old, uint64_t operand) {
  if (operation == "add") return old + operand;
  if (operation == "sub") return old - operand;
  if (operation == "and") return old & operand;
  if (operation == "or") return old | operand;
  if (operation == "xor") return old ^ operand;
  assert(operation == "xchg");
  return operand;
}

}  // namespace

uint64_t Cells::get(uint64_t address, uint64_t width) const {
  assert(address >= first && address + width <= first + bytes.size());
  uint64_t value = 0;
  for (uint64_t i = width; i-- > 0;) value = value << 8 | bytes[address - first + i];
  return value;
}

void Cells::set(uint64_t address, uint64_t width, uint64_t value) {
  assert(address >= first && address + width <= first + bytes.size());
  for (uint64_t i = 0; i < width; ++i) bytes[address - first + i] = static_cast<uint8_t>(value >> 8 * i);
}

std::string Cells::escaped() const {
  std::string text;
  for (const uint8_t byte : bytes) text += fmt::format("\\{:02x}", byte);
  return text;
}

std::optional<uint64_t> perform(const Atomic& atomic, Cells& cells, uint64_t address,
                                const std::vector<uint64_t>& operands) {
  const uint64_t width = atomic.width(), old = cells.get(address, width);
  switch (atomic.info->instr_class) {
    case InstrClass::atomic_load: return old;
    case InstrClass::atomic_store: cells.set(address, width, operands.at(0)); return std::nullopt;
    case InstrClass::atomic_rmw:
      cells.set(address, width, apply(atomic.family->operation, old, operands.at(0)));
      return old;
    case InstrClass::atomic_cmpxchg:
      if ((operands.at(0) & ones(width)) == old) cells.set(address, width, operands.at(1));
      return old;
    case InstrClass::atomic_wait: return operands.at(0) == old ? 2 : 1;
    default: assert(atomic.info->instr_class == InstrClass::atomic_notify); return 0;
  }
}

}  // namespace weft::generate
