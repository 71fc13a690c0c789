// SPDX-License-Identifier: Apache-2.0
#include "tools/generate/atomic.h"

namespace weft::generate {

bool Family::writes() const {
  return instr_class == InstrClass::atomic_store || instr_class == InstrClass::atomic_rmw ||
         instr_class == InstrClass::atomic_cmpxchg;
}

bool Family::returns() const {
  return instr_class == InstrClass::atomic_load || instr_class == InstrClass::atomic_rmw ||
         instr_class == InstrClass::atomic_cmpxchg;
}

std::string Atomic::name() const {
  std::string name(info->text);
  for (const std::string_view part : {"memory.", "atomic."}) {
    if (const size_t at = name.find(part); at != std::string::npos) name.erase(at, part.size());
  }
  return name;
}

std::string_view Atomic::type() const {
  return type_name(operands() == 0 ? info->results().front() : info->operands()[1]);
}

std::optional<std::string_view> Atomic::result() const {
  if (info->results().empty()) return std::nullopt;
  return type_name(info->results().front());
}

size_t Atomic::operands() const {
  return info->operands().size() - (info->instr_class == InstrClass::atomic_wait ? 2 : 1);
}

bool Atomic::is_narrow() const { return width() < (type() == "i64" ? 8 : 4); }

std::vector<Atomic> members(const Family& family) {
  std::vector<Atomic> all;
  for (const InstrInfo& info : kInstructions) {
    if (info.instr_class != family.instr_class) continue;
    // "i32.atomic.rmw8.or_u" is an `or`, "…xor_u" is not.
    if (!family.operation.empty() &&
        info.text.find("." + std::string(family.operation), info.text.find("rmw")) == std::string_view::npos)
      continue;
    all.push_back({.info = &info, .family = &family});
  }
  return all;
}

}  // namespace weft::generate
