// SPDX-License-Identifier: Apache-2.0
#include "suite/tests/fuzz/module_mutator.h"

#include "interp/limits.h"

#include <algorithm>
#include <array>
#include <utility>

#include "interp/validate.h"

namespace weft::fuzz {
namespace {

constexpr ValType kTypes[] = {ValType::i32, ValType::i64, ValType::f32, ValType::f64, ValType::v128};

Expr constant(Op op, uint64_t value) { return {{{.op = op, .lo = value}, {.op = Op::end}}, {}}; }

Expr zero(ValType type) {
  switch (type) {
    case ValType::i64: return constant(Op::i64_const, 0);
    case ValType::f32: return constant(Op::f32_const, 0);
    case ValType::f64: return constant(Op::f64_const, 0);
    case ValType::v128: return constant(Op::v128_const, 0);
    default: return constant(Op::i32_const, 0);
  }
}

bool is_valid(const Module& module) { return validate(module).has_value(); }

}  // namespace

Module ModuleMutator::minimal() {
  Module module;
  module.types = {{{ValType::i32, ValType::i64}, {ValType::i32}}, {}};
  const std::vector<ValType> locals(std::begin(kTypes), std::end(kTypes));
  module.functions.push_back({0, locals, constant(Op::i32_const, 7)});
  module.memories = {{{1, 2}, true}};
  module.tables = {{{ValType::funcref, {4, 8}}}};
  module.tags = {{1}};
  module.globals.push_back({{ValType::i32, true}, zero(ValType::i32)});
  module.elements.push_back({.mode = SegmentMode::active,
                             .table = 0,
                             .offset = zero(ValType::i32),
                             .type = ValType::funcref,
                             .init = {{{{.op = Op::ref_func}, {.op = Op::end}}, {}}},
                             .as_indices = true});
  module.data.push_back({SegmentMode::passive, 0, {}, {1, 2, 3, 4}});
  module.data_count = 1;
  module.exports = {{"f", ExternKind::func, 0}};
  return module;
}

bool ModuleMutator::mutate(Module& module) {
  constexpr int kAttempts = 8;
  for (int i = 0; i < kAttempts; ++i) {
    Module candidate = module;
    edit(candidate);
    if (!is_valid(candidate)) continue;
    module = std::move(candidate);
    return true;
  }
  return false;
}

bool ModuleMutator::splice(Module& module, const Module& from) {
  if (module.functions.empty() || from.functions.empty()) return false;
  const Function& source = from.functions[random_.below(from.functions.size())];
  for (Function& target : module.functions) {
    if (module.types[target.type] != from.types[source.type]) continue;
    Function old = std::exchange(target, {target.type, source.locals, source.code});
    if (is_valid(module)) return true;
    target = std::move(old);
  }
  return false;
}

void ModuleMutator::edit(Module& module) {
  if (module.functions.empty()) return add_function(module);
  if (random_.chance(12)) return edit_module(module);
  edit_body(module, random_.any(module.functions));
}

void ModuleMutator::edit_body(Module& module, Function& function) {
  std::vector<Instr>& body = function.code.body;
  switch (random_.below(10)) {
    case 0:
    case 1:
    case 2:
    case 3: return insert(module, function);
    case 4: return remove(function);
    case 5: return duplicate(function);
    case 6: return replace(function);
    case 7: return wrap(function);
    default: return change_immediate(body[random_.below(body.size())]);
  }
}

void ModuleMutator::insert(Module& module, Function& function) {
  const size_t at = random_.below(function.code.body.size());
  // What may stand between two instructions: a statement; or a new value in place of one that is there.
  std::vector<Instr> code;
  if (random_.chance(25)) {
    const ValType type = random_.any(kTypes);
    code = CodeGenerator(random_, module, function).value(type);
    code.insert(code.begin(), {.op = Op::drop});
  } else {
    code = CodeGenerator(random_, module, function).statement();
  }
  std::vector<Instr>& body = function.code.body;
  body.insert(body.begin() + static_cast<ptrdiff_t>(at), code.begin(), code.end());
}

void ModuleMutator::remove(Function& function) {
  std::vector<Instr>& body = function.code.body;
  const size_t at = random_.below(body.size());
  const size_t count = std::min<size_t>(1 + random_.below(random_.chance(70) ? 3 : 30), body.size() - 1 - at);
  const auto begin = body.begin() + static_cast<ptrdiff_t>(at);
  body.erase(begin, begin + static_cast<ptrdiff_t>(count));
}

void ModuleMutator::duplicate(Function& function) {
  std::vector<Instr>& body = function.code.body;
  const size_t from = random_.below(body.size());
  const size_t count = std::min<size_t>(1 + random_.below(12), body.size() - 1 - from);
  const auto begin = body.begin() + static_cast<ptrdiff_t>(from);
  const std::vector<Instr> copy(begin, begin + static_cast<ptrdiff_t>(count));
  body.insert(body.begin() + random_.below(body.size()), copy.begin(), copy.end());
}

/// Another instruction of the same signature, and with the same kind of immediate.
void ModuleMutator::replace(Function& function) {
  Instr& instr = random_.any(function.code.body);
  const InstrInfo& row = info(instr.op);
  if (row.is_special()) return change_immediate(instr);
  const size_t start = random_.below(kInstructionCount);
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const auto op = static_cast<Op>((start + i) % kInstructionCount);
    if (op == instr.op || info(op).signature != row.signature || info(op).immediate != row.immediate) continue;
    instr.op = op;
    if (row.immediate == Immediate::memarg) instr.align = info(op).access > 4 ? 3 : info(op).access / 2;
    return;
  }
}

void ModuleMutator::change_immediate(Instr& instr) {
  switch (info(instr.op).immediate) {
    case Immediate::i32:
    case Immediate::f32: instr.lo = static_cast<uint32_t>(random_.bits()); return;
    case Immediate::i64:
    case Immediate::f64: instr.lo = random_.bits(); return;
    case Immediate::v128:
    case Immediate::lanes: (random_.chance(50) ? instr.lo : instr.hi) = random_.bits(); return;
    case Immediate::lane: instr.lane = static_cast<uint8_t>(random_.below(16)); return;
    case Immediate::memarg:
    case Immediate::memarg_lane:
      instr.lo = random_.chance(70) ? random_.below(64) : static_cast<uint32_t>(random_.bits());
      return;
    case Immediate::block:
      instr.lo = random_.chance(50) ? static_cast<uint64_t>(BlockType::of(random_.any(kTypes)).code) : random_.below(4);
      return;
    case Immediate::labels:  // those in the pool must stay in range, so they change by other edits
    case Immediate::block_catches:
    case Immediate::types:
    case Immediate::none:
    case Immediate::fence: return;
    default: (random_.chance(70) ? instr.a : instr.b) = random_.below(6); return;
  }
}

void ModuleMutator::wrap(Function& function) {
  std::vector<Instr>& body = function.code.body;
  const size_t from = random_.below(body.size());
  const size_t to = std::min(body.size() - 1, from + random_.below(12));
  const Op op = random_.chance(50) ? Op::block : Op::loop;
  const uint64_t type = random_.chance(70) ? static_cast<uint64_t>(BlockType::kEmpty)
                                           : static_cast<uint64_t>(BlockType::of(random_.any(kTypes)).code);
  body.insert(body.begin() + static_cast<ptrdiff_t>(to), {.op = Op::end});
  body.insert(body.begin() + static_cast<ptrdiff_t>(from), {.op = op, .lo = type});
}

void ModuleMutator::add_function(Module& module) {
  if (module.types.empty()) module.types.push_back({{ValType::i32}, {}});
  Function& function = module.functions.emplace_back();
  function.type = random_.below(module.types.size());
  function.locals.assign(std::begin(kTypes), std::end(kTypes));
  CodeGenerator generator(random_, module, function);
  for (const ValType result : module.types[function.type].results) {
    const std::vector<Instr> value = generator.value(result);
    function.code.body.insert(function.code.body.end(), value.begin(), value.end());
  }
  function.code.body.push_back({.op = Op::end});
}

void ModuleMutator::edit_module(Module& module) {
  const uint32_t function = random_.below(module.function_count());
  const ValType type = random_.any(kTypes);
  switch (random_.below(12)) {
    case 0: return add_function(module);
    case 1: module.globals.push_back({{type, random_.chance(80)}, zero(type)}); return;
    case 2:
      if (module.memories.empty() || random_.chance(30)) {
        const AddressType address = random_.chance(50) ? ValType::i64 : ValType::i32;
        return module.memories.push_back({{1, 2}, random_.chance(50), address, kPageSizeLog2});
      }
      module.memories[0].shared = !module.memories[0].shared;
      if (!module.memories[0].limits.max) module.memories[0].limits.max = 2;
      return;
    case 3:
      module.tables.push_back({{random_.chance(70) ? ValType::funcref : ValType::externref,
                                {random_.below(8), 10},
                                random_.chance(70) ? ValType::i32 : ValType::i64}});
      return;
    case 4: {
      ElementSegment segment;
      segment.mode = random_.chance(50) ? SegmentMode::active : SegmentMode::passive;
      segment.table = random_.below(module.table_count());
      segment.offset = constant(Op::i32_const, random_.below(4));
      for (uint32_t i = random_.below(4); i-- > 0;)
        segment.init.push_back(
            {{{.op = Op::ref_func, .a = random_.below(module.function_count())}, {.op = Op::end}}, {}});
      module.elements.push_back(std::move(segment));
      return;
    }
    case 5: {
      const bool active = random_.chance(50);
      module.data.push_back({active ? SegmentMode::active : SegmentMode::passive, 0,
                             constant(Op::i32_const, random_.below(64)),
                             std::vector<uint8_t>(random_.below(20), 0x5a)});
      module.data_count = static_cast<uint32_t>(module.data.size());
      return;
    }
    case 6: module.start = random_.chance(70) ? std::optional(function) : std::nullopt; return;
    case 7: module.types.push_back({std::vector(random_.below(3), type), std::vector(random_.below(3), type)}); return;
    case 8: random_.any(module.functions).locals.push_back(type); return;
    case 9:
      if (!module.globals.empty()) change_immediate(random_.any(module.globals).init.body[0]);
      return;
    case 10:
      if (!module.functions.empty())
        module.functions.push_back(module.functions[random_.below(module.functions.size())]);
      return;
    default: {  // a longer list of results exercises block moves
      if (module.types.empty()) return;
      FuncType& chosen = random_.any(module.types);
      chosen.results.resize(random_.below(12), type);
      return;
    }
  }
}

}  // namespace weft::fuzz
