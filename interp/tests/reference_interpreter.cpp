// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/reference_interpreter.h"

#include <algorithm>
#include <cstring>

#include "interp/tests/vector_reference.h"

namespace weft::testing {

struct ReferenceInterpreter::Activation {
  struct Label {
    uint32_t block;   ///< the instruction that opened it
    uint32_t target;  ///< where a branch goes on
    size_t arity, height;
    size_t caught = 0;  ///< in the catch of a legacy try: the exception
  };
  uint32_t function;
  const Expr& code;
  std::vector<Value> locals, stack;
  std::vector<Label> labels;
  uint32_t pc = 0;

  Value pop() {
    const Value value = stack.back();
    stack.pop_back();
    return value;
  }
  uint32_t pop32() { return pop().as_i32(); }
  std::vector<Value> pop(size_t count) {
    const auto first = stack.end() - static_cast<ptrdiff_t>(count);
    std::vector<Value> values(first, stack.end());
    stack.erase(first, stack.end());
    return values;
  }
  void push(const std::vector<Value>& values) { stack.insert(stack.end(), values.begin(), values.end()); }
  bool next() { return ++pc, true; }
  bool next(const Value& result) { return stack.push_back(result), next(); }
  /// Where the catch of a legacy try, or what an exception left of it, begins.
  void shrink(size_t label_count, size_t height) { labels.resize(label_count), stack.resize(height); }
};

ReferenceInterpreter::ReferenceInterpreter(const Module& module) : module_(module) {
  for (const Global& global : module.globals) {
    const Instr& init = global.init.body[0];
    globals.push_back({global.type.type, init.lo, init.hi});
  }
  for (const Function& function : module.functions) {
    const std::vector<Instr>& body = function.code.body;
    Blocks& blocks = blocks_.emplace_back();
    blocks.ends.resize(body.size()), blocks.elses.resize(body.size());
    std::vector<uint32_t> open;
    for (uint32_t pc = 0; pc < body.size(); ++pc) {
      switch (body[pc].op) {
        case Op::block:
        case Op::loop:
        case Op::try_:
        case Op::try_table:
        case Op::if_: open.push_back(pc); break;
        case Op::else_: blocks.elses[open.back()] = pc; break;
        case Op::catch_:
        case Op::catch_all: blocks.catches[open.back()].push_back(pc); break;
        case Op::delegate:
        case Op::end: {
          if (open.empty()) break;
          const uint32_t begin = open.back();
          open.pop_back();
          if (body[pc].op == Op::delegate) blocks.catches[begin].push_back(pc);
          blocks.ends[begin] = pc;
          if (blocks.elses[begin] == 0)
            blocks.elses[begin] = pc;
          else
            blocks.ends[blocks.elses[begin]] = pc;
          break;
        }
        default: break;
      }
    }
  }
}

std::optional<std::vector<Value>> ReferenceInterpreter::call(uint32_t function, const std::vector<Value>& arguments) {
  const Function& callee = module_.functions[function];
  Activation activation{function, callee.code, arguments, {}, {}};
  for (const ValType type : callee.locals) activation.locals.push_back(Value::null(type));
  const auto size = static_cast<uint32_t>(callee.code.body.size());
  activation.labels.push_back({0, size, module_.types[callee.type].results.size(), 0});
  while (activation.pc < size) {
    if (!step(activation) && !(trap == Trap::none && unwind(activation))) return std::nullopt;
  }
  return activation.stack;
}

bool ReferenceInterpreter::branch(Activation& a, uint32_t depth) {
  const Activation::Label label = a.labels[a.labels.size() - 1 - depth];
  const std::vector<Value> carried = a.pop(label.arity);
  a.shrink(a.labels.size() - 1 - depth, label.height);
  a.push(carried);
  a.pc = label.target;  // a loop's own instruction, which enters it again
  return true;
}

bool ReferenceInterpreter::element(uint32_t index, uint32_t type) {  // the table is full: element i is function i
  if (index >= module_.functions.size()) return trap = Trap::undefined_element, false;
  if (module_.functions[index].type != type) return trap = Trap::indirect_call_type_mismatch, false;
  return true;
}

bool ReferenceInterpreter::invoke(Activation& a, uint32_t function) {
  const auto results = call(function, a.pop(module_.function_type(function).params.size()));
  if (!results) return false;
  a.push(*results);
  return a.next();
}

// --- numbers, vectors, memory
// ------------------------------------------------------------------------------------

bool ReferenceInterpreter::number(Activation& a, const Instr& instr) {
  const InstrInfo& row = info(instr.op);
  const Slot b = row.operands().size() == 2 ? a.pop().lo : 0, x = a.pop().lo;
  const Computed computed = compute(instr.op, x, b);
  if (computed.trap != Trap::none) return trap = computed.trap, false;
  return a.next({type_of(row.results()[0]), computed.value, 0});
}

bool ReferenceInterpreter::vector(Activation& a, const Instr& instr) {
  if (instr.op == Op::v128_const) return a.next(Value::v128(instr.lo, instr.hi));
  std::vector<Bytes> operands;
  for (const Value& operand : a.pop(info(instr.op).operands().size())) operands.push_back(bytes_of(operand));
  Bytes immediate = bytes_of(Value::v128(instr.lo, instr.hi));
  if (info(instr.op).immediate == Immediate::lane) immediate[0] = instr.lane;
  return a.next(value_of(type_of(info(instr.op).results()[0]), compute_vector(instr.op, operands, immediate)));
}

bool ReferenceInterpreter::access(Activation& a, const Instr& instr) {
  const InstrInfo& row = info(instr.op);
  const std::vector<Value> operands = a.pop(row.operands().size());
  const uint64_t address = uint64_t{operands[0].as_i32()} + instr.lo;
  const auto operand = [&](size_t i) { return i < operands.size() ? operands[i] : Value(); };
  if (row.instr_class == InstrClass::vector_load || row.instr_class == InstrClass::vector_store) {
    const size_t size = memory.bytes.size();
    if (address > size || row.access > size - address) return trap = Trap::out_of_bounds_memory_access, false;
    uint8_t* const place = &memory.bytes[address];
    const Bytes vector = bytes_of(operand(1));
    if (row.instr_class == InstrClass::vector_load)
      return a.next(value_of(ValType::v128, load_vector(instr.op, instr.lane, place, vector)));
    std::memcpy(place, &vector[size_t{instr.lane} * row.access], row.access);
    return a.next();
  }
  const Computed computed = memory.access(instr.op, address, operand(1).lo, operand(2).lo);
  if (computed.trap != Trap::none) return trap = computed.trap, false;
  return row.results().empty() ? a.next() : a.next({type_of(row.results()[0]), computed.value, 0});
}

// --- exceptions
// ---------------------------------------------------------------------------------------------------

bool ReferenceInterpreter::raise(size_t exception) {
  trap = Trap::none;
  raised_ = exception;
  return false;
}

/// Goes on where the exception is caught; false if it leaves the activation.
bool ReferenceInterpreter::unwind(Activation& a) {
  const Exception& exception = exceptions_[raised_ - 1];
  for (size_t i = a.labels.size() - 1; i > 0; --i) {
    const Activation::Label label = a.labels[i];
    const Instr& block = a.code.body[label.block];
    for (uint32_t c = 0; block.op == Op::try_table && c < block.b; ++c) {
      const CatchClause clause = a.code.catch_clause(block, c);
      if (clause.has_tag() && clause.tag != exception.tag) continue;
      a.shrink(i, label.height);
      if (clause.has_tag()) a.push(exception.values);
      if (clause.has_reference()) a.stack.push_back({ValType::exnref, raised_, 0});
      return branch(a, clause.label);
    }
    if (block.op != Op::try_ || label.caught != 0) continue;
    for (const uint32_t pc : blocks_[a.function].catches[label.block]) {
      const Instr& handler = a.code.body[pc];
      if (handler.op == Op::delegate) {
        i -= handler.a;  // the next label to look at is the one that it names
        break;
      }
      if (handler.op == Op::catch_ && handler.a != exception.tag) continue;
      a.shrink(i + 1, label.height);
      a.labels[i].caught = raised_;
      if (handler.op == Op::catch_) a.push(exception.values);
      a.pc = pc + 1;
      return true;
    }
  }
  return false;
}

bool ReferenceInterpreter::exception(Activation& a, const Instr& instr) {
  switch (instr.op) {
    case Op::throw_:
      exceptions_.push_back({instr.a, a.pop(module_.types[module_.tag_type(instr.a).type].params.size())});
      return raise(exceptions_.size());
    case Op::throw_ref: {
      const Value reference = a.pop();
      if (reference.is_null()) return trap = Trap::null_exception_reference, false;
      return raise(reference.lo);
    }
    case Op::rethrow: return raise(a.labels[a.labels.size() - 1 - instr.a].caught);
    case Op::delegate: a.labels.pop_back(); return a.next();
    default:  // catch, catch_all: what stands before them ended
      a.pc = blocks_[a.function].ends[a.labels.back().block];
      return true;
  }
}

// --- the rest
// -----------------------------------------------------------------------------------------------------

bool ReferenceInterpreter::step(Activation& a) {
  const Instr& instr = a.code.body[a.pc];
  const InstrInfo& row = info(instr.op);
  const auto return_all = [&] { return branch(a, static_cast<uint32_t>(a.labels.size()) - 1); };
  // The caller's blocks catch nothing that a tail call throws.
  const auto tail_call = [&](uint32_t function) {
    const size_t arity = a.labels[0].arity;
    a.labels.resize(1);
    if (!invoke(a, function)) return false;
    const std::vector<Value> results = a.pop(arity);
    a.stack = results;
    return return_all();
  };
  if (is_numeric_row(instr.op)) return number(a, instr);
  if (row.instr_class == InstrClass::vector) return vector(a, instr);
  if (row.access != 0) return access(a, instr);
  switch (instr.op) {
    case Op::unreachable: return trap = Trap::unreachable, false;
    case Op::block:
    case Op::loop:
    case Op::try_:
    case Op::try_table:
    case Op::if_: {
      FuncType type;
      if (const BlockType block = BlockType::from(instr); block.is_type_index())
        type = module_.types[block.type_index()];
      else if (!block.is_empty())
        type.results = {block.value_type()};
      const bool skip = instr.op == Op::if_ && a.pop32() == 0;
      const uint32_t end = blocks_[a.function].ends[a.pc], else_ = blocks_[a.function].elses[a.pc];
      const size_t height = a.stack.size() - type.params.size();
      if (instr.op == Op::loop)
        a.labels.push_back({a.pc, a.pc, type.params.size(), height});
      else
        a.labels.push_back({a.pc, end + 1, type.results.size(), height});
      a.pc = skip ? else_ + (else_ == end ? 0 : 1) : a.pc + 1;
      return true;
    }
    case Op::else_: a.pc = blocks_[a.function].ends[a.pc]; return true;  // the first arm ended
    case Op::end: a.labels.pop_back(); return a.next();
    case Op::throw_:
    case Op::throw_ref:
    case Op::rethrow:
    case Op::catch_:
    case Op::catch_all:
    case Op::delegate: return exception(a, instr);
    case Op::br: return branch(a, instr.a);
    case Op::br_if: return a.pop32() != 0 ? branch(a, instr.a) : a.next();
    case Op::br_table: return branch(a, a.code.pool[instr.a + std::min(a.pop32(), instr.b)]);
    case Op::return_: return return_all();
    case Op::return_call: return tail_call(instr.a);
    case Op::return_call_indirect: {
      const uint32_t index = a.pop32();
      return element(index, instr.a) && tail_call(index);
    }
    case Op::call: return invoke(a, instr.a);
    case Op::call_indirect: {
      const uint32_t index = a.pop32();
      return element(index, instr.a) && invoke(a, index);
    }
    case Op::drop: a.pop(); return a.next();
    case Op::select: {
      const uint32_t condition = a.pop32();
      const Value second = a.pop(), first = a.pop();
      return a.next(condition != 0 ? first : second);
    }
    case Op::local_get: return a.next(a.locals[instr.a]);
    case Op::local_set: a.locals[instr.a] = a.pop(); return a.next();
    case Op::local_tee: a.locals[instr.a] = a.stack.back(); return a.next();
    case Op::global_get: return a.next(globals[instr.a]);
    case Op::global_set: globals[instr.a] = a.pop(); return a.next();
    case Op::ref_null: return a.next(Value::null(static_cast<ValType>(instr.a)));
    default: return a.next({type_of(row.results()[0]), instr.lo, 0});  // constants
  }
}

}  // namespace weft::testing
