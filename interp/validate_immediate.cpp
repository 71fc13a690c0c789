// SPDX-License-Identifier: Apache-2.0
//
// The part of CodeValidator that judges immediates: indices, alignments, lanes.
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "interp/limits.h"
#include "interp/validate_code.h"

namespace weft {
namespace {

/// How many lanes an instruction chooses from: the second number of its shape ("i8x16.extract_lane_s"), or those that
/// fit an access.
constexpr uint32_t lane_count(const InstrInfo& row) {
  if (row.access != 0) return 16u / row.access;
  uint32_t count = 0;
  for (const char c : row.text.substr(row.text.find('x') + 1)) {
    if (c < '0' || c > '9') break;
    count = count * 10 + static_cast<uint32_t>(c - '0');
  }
  return count;
}
static_assert(lane_count(info(Op::i8x16_replace_lane)) == 16 && lane_count(info(Op::f64x2_extract_lane)) == 2);
static_assert(lane_count(info(Op::v128_load16_lane)) == 8);

constexpr bool is_atomic(InstrClass cls) {
  switch (cls) {
    case InstrClass::atomic_load:
    case InstrClass::atomic_store:
    case InstrClass::atomic_rmw:
    case InstrClass::atomic_cmpxchg:
    case InstrClass::atomic_wait:
    case InstrClass::atomic_notify: return true;
    default: return false;
  }
}

}  // namespace

bool CodeValidator::immediate(const Instr& instr) {
  switch (facts(instr.op).immediate) {
    case Immediate::block: return block_type(instr);
    case Immediate::block_catches: return block_type(instr) && catches(instr);
    case Immediate::tag: return known("tag", instr.a, context_.tags.size());
    case Immediate::label: return label(instr.a);
    case Immediate::labels:
      if (instr.b > kMaxBranchTargets) return fail(too_many(kMaxBranchTargets, instr.b));
      return std::all_of(expr_->pool.begin() + instr.a, expr_->pool.begin() + instr.a + instr.b + 1,
                         [this](uint32_t l) { return label(l); });
    case Immediate::func: return known("function", instr.a, context_.functions.size());
    case Immediate::local: return known("local", instr.a, params_.size() + locals_.size());
    case Immediate::global: return known("global", instr.a, context_.globals.size());
    case Immediate::table: return table(instr.a);
    case Immediate::memory: return memory(instr.a);
    case Immediate::data: return data(instr.a);
    case Immediate::elem: return element(instr.a);
    case Immediate::memory_memory: return memory(instr.a) && memory(instr.b);
    case Immediate::data_memory: return memory(instr.b) && data(instr.a);
    case Immediate::type_table:
      return table(instr.b) && same_type("the table", ValType::funcref, context_.tables[instr.b].element) &&
             known("type", instr.a, context_.module.types.size());
    case Immediate::table_table:
      return table(instr.a) && table(instr.b) &&
             same_type("the source table", context_.tables[instr.a].element, context_.tables[instr.b].element);
    case Immediate::elem_table:
      return table(instr.b) && element(instr.a) &&
             same_type("the segment", context_.tables[instr.b].element, context_.module.elements[instr.a].type);
    case Immediate::types:
      return instr.b == 1 || fail(fmt::format("invalid result arity: select gives 1 value, not {}", instr.b));
    case Immediate::memarg: return memarg(instr);
    case Immediate::memarg_lane: return memarg(instr) && lane(instr.lane, lane_count(info(instr.op)));
    case Immediate::lane: return lane(instr.lane, lane_count(info(instr.op)));
    case Immediate::lanes:
      for (unsigned shift = 0; shift < 64; shift += 8) {
        if (!lane((instr.lo >> shift) & 0xff, 32) || !lane((instr.hi >> shift) & 0xff, 32)) return false;
      }
      return true;
    case Immediate::none:
    case Immediate::i32:
    case Immediate::i64:
    case Immediate::f32:
    case Immediate::f64:
    case Immediate::v128:
    case Immediate::reftype:
    case Immediate::fence: return true;
  }
  return true;
}

bool CodeValidator::known(const char* space, uint32_t index, size_t count) {
  return index < count || fail(fmt::format("unknown {} {}", space, index));
}

bool CodeValidator::label(uint32_t index) {
  return index < frames_.size() || fail(fmt::format("unknown label {}: {} are open", index, frames_.size()));
}

bool CodeValidator::block_type(const Instr& instr) {
  const BlockType type = BlockType::from(instr);
  return !type.is_type_index() || known("type", type.type_index(), context_.module.types.size());
}

/// valid-catch: the label takes what the exception carries, and a reference to it where the clause gives one.
bool CodeValidator::catches(const Instr& instr) {
  for (uint32_t i = 0; i < instr.b; ++i) {
    const CatchClause clause = expr_->catch_clause(instr, i);
    if (clause.has_tag() && !known("tag", clause.tag, context_.tags.size())) return false;
    if (!label(clause.label)) return false;
    std::vector<ValType> found;
    if (clause.has_tag()) found = context_.tag_params(clause.tag);
    if (clause.has_reference()) found.push_back(ValType::exnref);
    const Types wanted = target(clause.label).label();
    if (!std::equal(found.begin(), found.end(), wanted.begin(), wanted.end())) {
      const FuncType types{found, {wanted.begin(), wanted.end()}};
      return fail(
          fmt::format("type mismatch: from catch clause {} to label {}: {}", i, clause.label, to_string(types)));
    }
  }
  return true;
}

bool CodeValidator::memarg(const Instr& instr) {
  if (!memory(instr.a)) return false;
  const InstrInfo& row = info(instr.op);
  const uint64_t alignment = instr.align < 64 ? uint64_t{1} << instr.align : std::numeric_limits<uint64_t>::max();
  if (is_atomic(row.instr_class)) {
    if (alignment != row.access) {
      return fail(fmt::format("atomic alignment must be natural: {} is aligned to {}, found {}", row.text, row.access,
                              alignment));
    }
  } else if (alignment > row.access) {
    return fail(fmt::format("alignment must not be larger than natural: {} accesses {} bytes, found {}", row.text,
                            row.access, alignment));
  }
  const bool is_short = context_.memories[instr.a].address == ValType::i32;
  return !is_short || instr.lo <= std::numeric_limits<uint32_t>::max() ||
         fail(fmt::format("offset out of range: {}", instr.lo));
}

bool CodeValidator::lane(uint32_t index, uint32_t count) {
  return index < count || fail(fmt::format("invalid lane index: {} has {} lanes, found {}", subject(), count, index));
}

bool CodeValidator::same_type(const char* what, ValType a, ValType b) {
  return a == b || fail(fmt::format("type mismatch: {} expects {} to be of {}, found {}", subject(), what, to_string(a),
                                    to_string(b)));
}

}  // namespace weft
