// SPDX-License-Identifier: Apache-2.0
//
// Exceptions cost nothing until one is thrown: a region says which cells lie in a body and where its handlers are
// (exec-try_table; the legacy try is not in the specification any more, but in the exception-handling proposal).
#include <utility>

#include "interp/function_lowerer.h"

namespace weft {

uint32_t FunctionLowerer::region_around(uint32_t depth) const {
  for (size_t i = labels_.size() - depth; i-- > 0;) {
    if (labels_[i].is_in_try) return labels_[i].region;
  }
  return kNone;
}

void FunctionLowerer::open_region(Label& entered, const Instr& instr) {
  entered.region = static_cast<uint32_t>(self_.regions.size());
  entered.is_in_try = true;
  if (instr.op == Op::try_table) entered.clauses = &instr;
  self_.regions.push_back({here(), kNone, region_around(0), {}});
}

void FunctionLowerer::close_region(Label& ending) {
  ending.is_in_try = false;
  self_.regions[ending.region].end = here();
  if (ending.clauses == nullptr || ending.clauses->b == 0) return;
  if (!unreachable_) jump_to(ending);
  for (uint32_t i = 0; i < ending.clauses->b; ++i) {
    landing_pad(ending, function_.code.catch_clause(*ending.clauses, i));
  }
  unreachable_ = true;
}

/// Where a clause of a try_table continues: its values are put on the operand stack, then it is a branch like any
/// other.
void FunctionLowerer::landing_pad(const Label& ending, const CatchClause& clause) {
  restore(ending, clause.has_tag() ? facts_.tag_params(clause.tag) : std::vector<ValType>());
  CatchHandler handler;
  handler.target = here();
  if (clause.has_tag()) handler.tag = clause.tag, handler.values_slot = ending.slot;
  if (clause.has_reference()) handler.reference_slot = push(Entry::Kind::slot, ValType::exnref).slot;
  join();
  self_.regions[ending.region].handlers.push_back(handler);
  jump_to(label(clause.label + 1));  // the clause does not see the try_table's own label
}

/// The caught exception stays below the operands of its catch, for rethrow.
void FunctionLowerer::enter_catch(const Instr& instr) {
  Label& current = labels_.back();
  if (!unreachable_) jump_to(current);
  if (current.is_in_try) close_region(current);
  current.op = Op::catch_;
  restore(current, {});
  join();
  CatchHandler handler;
  handler.target = here();
  handler.reference_slot = push(Entry::Kind::slot, ValType::exnref).slot;
  if (instr.op == Op::catch_) {
    handler.tag = instr.a, handler.values_slot = top_;
    for (const ValType type : facts_.tag_params(instr.a)) push(Entry::Kind::slot, type);
  }
  self_.regions[current.region].handlers.push_back(handler);
}

void FunctionLowerer::lower_exception(const Instr& instr) {
  switch (instr.op) {
    case Op::try_:
    case Op::try_table: return enter_block(instr);
    case Op::catch_:
    case Op::catch_all: return enter_catch(instr);
    case Op::delegate: {
      const uint32_t region = labels_.back().region;
      end_block();
      self_.regions[region].parent = region_around(instr.a);
      return;
    }
    case Op::throw_: {
      const uint32_t base = place_arguments(facts_.module.types[facts_.tag_types[instr.a]]);
      emit(Internal::throw_, ab_imm(base, 0, instr.a));
      break;
    }
    case Op::throw_ref: emit(Internal::throw_ref, abcd(0, read(pop()))); break;
    default:  // rethrow
      emit(Internal::throw_ref, abcd(0, label(instr.a).slot));
      break;
  }
  unreachable_ = true;
}

}  // namespace weft
