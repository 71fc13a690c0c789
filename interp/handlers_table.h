// SPDX-License-Identifier: Apache-2.0
//
// Table instructions (exec-instr-table).
#pragma once

#include <algorithm>

#include "interp/handlers.h"
#include "interp/instance.h"

namespace weft {

template <Op op>
struct TableHandler {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    Instance& instance = *r.instance;
    const auto slot32 = [&r](uint16_t slot) { return static_cast<uint32_t>(r.fp[slot]); };
    if constexpr (op == Op::elem_drop) {
      instance.elements[r.pc[1].i.imm] = {};
      return Trap::none;
    } else {
      TableInst& table = *instance.tables[static_cast<uint32_t>(op == Op::table_init ? r.pc[2].u >> 32 : r.pc[2].u)];
      std::vector<uint64_t>& elements = table.elements;
      if constexpr (op == Op::table_get) {
        if (slot32(s.b) >= elements.size()) return Trap::out_of_bounds_table_access;
        r.fp[s.a] = elements[slot32(s.b)];
      } else if constexpr (op == Op::table_set) {
        if (slot32(s.a) >= elements.size()) return Trap::out_of_bounds_table_access;
        elements[slot32(s.a)] = r.fp[s.b];
      } else if constexpr (op == Op::table_size) {
        r.fp[s.a] = static_cast<uint32_t>(elements.size());
      } else if constexpr (op == Op::table_grow) {
        r.fp[s.a] = table.grow(slot32(s.c), r.fp[s.b]).value_or(~uint32_t{0});
      } else if constexpr (op == Op::table_fill) {
        const uint64_t at = slot32(s.a), count = slot32(s.c);
        if (at + count > elements.size()) return Trap::out_of_bounds_table_access;
        std::fill_n(elements.begin() + static_cast<ptrdiff_t>(at), count, r.fp[s.b]);
      } else {
        // table.copy from another table, table.init from an element segment
        const std::vector<uint64_t>& source = op == Op::table_copy
                                                  ? instance.tables[r.pc[2].u >> 32]->elements
                                                  : instance.elements[static_cast<uint32_t>(r.pc[2].u)];
        const uint64_t to = slot32(s.a), from = slot32(s.b), count = slot32(s.c);
        if (from + count > source.size() || to + count > elements.size()) return Trap::out_of_bounds_table_access;
        const auto begin = source.begin() + static_cast<ptrdiff_t>(from), end = begin + static_cast<ptrdiff_t>(count);
        const auto target = elements.begin() + static_cast<ptrdiff_t>(to);
        if (to <= from) {
          std::copy(begin, end, target);
        } else {
          std::copy_backward(begin, end, target + static_cast<ptrdiff_t>(count));
        }
      }
      return Trap::none;
    }
  }
};

}  // namespace weft
