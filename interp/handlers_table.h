// SPDX-License-Identifier: Apache-2.0
//
// Table instructions (exec-instr-table).
#pragma once

#include <algorithm>

#include "interp/handlers_memory.h"
#include "interp/instance.h"

namespace weft {

/// Slots hold i32 zero-extended, so indices of either address type are read alike.
template <Op op>
struct TableHandler {
  static constexpr Flow kFlow = Flow::next;
  static Trap run(Registers& r) {
    const auto& s = r.pc[1].s;
    Instance& instance = *r.instance;
    if constexpr (op == Op::elem_drop) {
      instance.elements[r.pc[1].i.imm] = {};
      return Trap::none;
    } else {
      TableInst& table = *instance.tables[static_cast<uint32_t>(op == Op::table_init ? r.pc[2].u >> 32 : r.pc[2].u)];
      std::vector<uint64_t>& elements = table.elements;
      if constexpr (op == Op::table_get) {
        if (r.fp[s.b] >= elements.size()) return Trap::out_of_bounds_table_access;
        r.fp[s.a] = elements[r.fp[s.b]];
      } else if constexpr (op == Op::table_set) {
        if (r.fp[s.a] >= elements.size()) return Trap::out_of_bounds_table_access;
        elements[r.fp[s.a]] = r.fp[s.b];
      } else if constexpr (op == Op::table_size) {
        r.fp[s.a] = elements.size();
      } else if constexpr (op == Op::table_grow) {
        r.fp[s.a] = grow_result(table.grow(r.fp[s.c], r.fp[s.b]), table.type.address);
      } else if constexpr (op == Op::table_fill) {
        const uint64_t at = r.fp[s.a], count = r.fp[s.c];
        if (!within(elements, at, count)) return Trap::out_of_bounds_table_access;
        std::fill_n(elements.begin() + static_cast<ptrdiff_t>(at), count, r.fp[s.b]);
      } else {
        // table.copy from another table, table.init from an element segment
        const std::vector<uint64_t>& source = op == Op::table_copy
                                                  ? instance.tables[r.pc[2].u >> 32]->elements
                                                  : instance.elements[static_cast<uint32_t>(r.pc[2].u)];
        const uint64_t to = r.fp[s.a], from = r.fp[s.b], count = r.fp[s.c];
        if (!within(source, from, count) || !within(elements, to, count)) return Trap::out_of_bounds_table_access;
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
