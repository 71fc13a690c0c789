// SPDX-License-Identifier: Apache-2.0
//
// The 66 atomic instructions that access memory, in eleven families, as the instruction table has them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interp/instructions.h"

namespace weft::generate {

/// Instructions that differ in type and width only.
struct Family {
  std::string_view name;     ///< in file names: "rmw-add"
  std::string_view subject;  ///< in titles: "an rmw.add"
  std::string_view folder;   ///< of wast/, for what its instructions compute
  InstrClass instr_class;
  std::string_view operation;  ///< of an rmw, as it stands in the keyword: "add"

  bool writes() const;                                     ///< store, rmw, cmpxchg
  bool returns() const;                                    ///< load, rmw, cmpxchg: the value of a cell
  bool queues() const { return !writes() && !returns(); }  ///< wait, notify
};

inline constexpr std::array<Family, 11> kFamilies{{
    {"load", "an atomic load", "load-store", InstrClass::atomic_load, ""},
    {"store", "an atomic store", "load-store", InstrClass::atomic_store, ""},
    {"rmw-add", "an rmw.add", "rmw", InstrClass::atomic_rmw, "add"},
    {"rmw-sub", "an rmw.sub", "rmw", InstrClass::atomic_rmw, "sub"},
    {"rmw-and", "an rmw.and", "rmw", InstrClass::atomic_rmw, "and"},
    {"rmw-or", "an rmw.or", "rmw", InstrClass::atomic_rmw, "or"},
    {"rmw-xor", "an rmw.xor", "rmw", InstrClass::atomic_rmw, "xor"},
    {"rmw-xchg", "an rmw.xchg", "rmw", InstrClass::atomic_rmw, "xchg"},
    {"cmpxchg", "a cmpxchg", "cmpxchg", InstrClass::atomic_cmpxchg, ""},
    {"wait", "a wait", "wait", InstrClass::atomic_wait, ""},
    {"notify", "a notify", "notify", InstrClass::atomic_notify, ""},
}};

/// One instruction, and what tests have to know of it.
struct Atomic {
  const InstrInfo* info;
  const Family* family;

  std::string name() const;       ///< the keyword without "atomic": "i32.rmw8.add_u", "wait32"
  std::string_view type() const;  ///< "i32" or "i64": of the operands behind the address, and of a load's result
  std::optional<std::string_view> result() const;
  size_t operands() const;  ///< behind the address, but for the timeout of a wait: tests leave it 0
  uint64_t width() const { return info->access; }
  bool is_narrow() const;  ///< the cell is narrower than `type`
};

/// Of a letter of InstrInfo::signature; addresses are 32-bit.
inline std::string_view type_name(char letter) { return to_string(value_type(letter).value_or(ValType::i32)); }

/// In the table's order.
std::vector<Atomic> members(const Family& family);

/// The anchors of the execution rules: cells of all widths, and narrow ones, have one each.
inline std::string rule(const Family& family) { return std::string(members(family).front().info->anchor); }
inline std::string narrow_rule(const Family& family) { return std::string(members(family).back().info->anchor); }

/// All bits of a number of `width` bytes.
constexpr uint64_t ones(uint64_t width) { return ~uint64_t{0} >> (64 - 8 * width); }

}  // namespace weft::generate
