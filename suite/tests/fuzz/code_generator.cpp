// SPDX-License-Identifier: Apache-2.0
#include "suite/tests/fuzz/code_generator.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace weft::fuzz {
namespace {

constexpr int kMaxDepth = 4;

/// Addresses become an i32, see put_row.
ValType letter_type(char letter) { return value_type(letter).value_or(ValType::i32); }

/// Rows that put_row can write, by the type of their result; by no type, those without.
const std::vector<Op>& rows(std::optional<ValType> result) {
  static const auto kRows = [] {
    std::array<std::vector<Op>, 256> all;
    for (size_t i = 0; i < kInstructionCount; ++i) {
      const InstrInfo& row = kInstructions[i];
      if (row.is_special() || row.results().size() > 1) continue;
      all[row.results().empty() ? 0 : static_cast<size_t>(letter_type(row.results()[0]))].push_back(static_cast<Op>(i));
    }
    return all;
  }();
  return kRows[result ? static_cast<size_t>(*result) : 0];
}

constexpr Op kStatements[] = {Op::block,      Op::loop,       Op::if_,         Op::br,         Op::br_if,
                              Op::br_table,   Op::return_,    Op::call,        Op::call,       Op::call_indirect,
                              Op::drop,       Op::local_set,  Op::local_set,   Op::global_set, Op::table_set,
                              Op::table_fill, Op::table_grow, Op::unreachable, Op::throw_,     Op::try_,
                              Op::try_table,  Op::return_call};

}  // namespace

uint64_t Random::bits() {
  static constexpr uint64_t kBoundaries[] = {0,
                                             1,
                                             2,
                                             7,
                                             31,
                                             0x7f,
                                             0x80,
                                             0xff,
                                             0xffff,
                                             65528,
                                             65536,
                                             0x7fffffff,
                                             0x80000000,
                                             0xffffffff,
                                             0x3f800000,
                                             0x7fc00000,
                                             ~0ull,
                                             ~0ull >> 1,
                                             1ull << 63,
                                             1ull << 32,
                                             0x3ff0000000000000,
                                             0x7ff8000000000000};
  if (chance(75)) return kBoundaries[below(std::size(kBoundaries))] + (chance(30) ? below(17) - 8ull : 0);
  return uint64_t{engine_()} << 40 ^ uint64_t { engine_() } << 20 ^ engine_();
}

CodeGenerator::CodeGenerator(Random& random, Module& module, Function& function)
    : random_(random), module_(module), function_(function) {
  if (function.type < module.types.size()) locals_ = module.types[function.type].params;
  locals_.insert(locals_.end(), function.locals.begin(), function.locals.end());
}

std::vector<Instr> CodeGenerator::statement() {
  code_.clear();
  put_statement(kMaxDepth);
  return std::move(code_);
}

std::vector<Instr> CodeGenerator::value(ValType type) {
  code_.clear();
  put_value(type, kMaxDepth);
  return std::move(code_);
}

std::vector<uint32_t> CodeGenerator::locals_of(ValType type) const {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < locals_.size(); ++i) {
    if (locals_[i] == type) found.push_back(i);
  }
  return found;
}

std::vector<uint32_t> CodeGenerator::globals_of(ValType type, bool is_mutable) const {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < module_.global_count(); ++i) {
    const GlobalType& global = module_.global_type(i);
    if (global.type == type && (global.is_mutable || !is_mutable)) found.push_back(i);
  }
  return found;
}

Op CodeGenerator::row(std::optional<ValType> result) {
  const std::vector<Op>& candidates = rows(result);
  return candidates.empty() ? Op::nop : candidates[random_.below(candidates.size())];
}

void CodeGenerator::put_constant(ValType type) {
  const uint64_t bits = random_.bits();
  switch (type) {
    case ValType::i32: return put(Op::i32_const, 0, 0, static_cast<uint32_t>(bits));
    case ValType::i64: return put(Op::i64_const, 0, 0, bits);
    case ValType::f32: return put(Op::f32_const, 0, 0, static_cast<uint32_t>(bits));
    case ValType::f64: return put(Op::f64_const, 0, 0, bits);
    case ValType::v128:
      put(Op::v128_const, 0, 0, bits);
      code_.back().hi = random_.bits();
      return;
    case ValType::funcref:
      if (module_.function_count() > 0 && random_.chance(60)) {
        return put(Op::ref_func, random_.below(module_.function_count()));
      }
      break;
    default: break;
  }
  put(Op::ref_null, static_cast<uint32_t>(type));
}

void CodeGenerator::put_value(ValType type, int depth) {
  const auto locals = locals_of(type), globals = globals_of(type, false);
  switch (depth <= 0 ? random_.below(4) : random_.below(8)) {
    case 0: return put_constant(type);
    case 1:
    case 2:
      if (locals.empty()) return put_constant(type);
      return put(Op::local_get, locals[random_.below(locals.size())]);
    case 3:
      if (globals.empty()) return put_constant(type);
      return put(Op::global_get, globals[random_.below(globals.size())]);
    case 4:
      put_value(type, depth - 1);
      if (!locals.empty()) put(Op::local_tee, locals[random_.below(locals.size())]);
      return;
    case 5:
      if (is_reference(type)) {
        const uint32_t table = random_.below(module_.table_count());
        put_address(table_address(table), 0);
        return put(Op::table_get, table);
      }
      put_value(type, depth - 1), put_value(type, depth - 1), put_value(ValType::i32, depth - 1);
      return put(Op::select);
    default: {
      const Op op = row(type);
      return op == Op::nop ? put_constant(type) : put_row(op, depth);
    }
  }
}

/// Mostly where a small memory has something.
void CodeGenerator::put_address(AddressType type, int depth) {
  const bool is_long = type == ValType::i64;
  const Op constant = is_long ? Op::i64_const : Op::i32_const;
  if (random_.chance(60)) return put(constant, 0, 0, random_.below(100) * 8 + (random_.chance(20) ? 1 : 0));
  put_value(type, depth);
  put(constant, 0, 0, random_.chance(90) ? 0xfff8 : 0x1ffff), put(is_long ? Op::i64_and : Op::i32_and);
}

AddressType CodeGenerator::memory_address(uint32_t index) const {
  return index < module_.memory_count() ? module_.memory_type(index).address : ValType::i32;
}
AddressType CodeGenerator::table_address(uint32_t index) const {
  return index < module_.table_count() ? module_.table_type(index).address : ValType::i32;
}

/// The address types of what an instruction names: a copy's destination and source.
std::pair<AddressType, AddressType> CodeGenerator::address_types(const Instr& instr) const {
  switch (info(instr.op).immediate) {
    case Immediate::memory_memory: return {memory_address(instr.a), memory_address(instr.b)};
    case Immediate::table_table: return {table_address(instr.a), table_address(instr.b)};
    case Immediate::data_memory: return {memory_address(instr.b), ValType::i32};
    case Immediate::elem_table: return {table_address(instr.b), ValType::i32};
    case Immediate::table: return {table_address(instr.a), ValType::i32};
    default: return {memory_address(instr.a), ValType::i32};
  }
}

void CodeGenerator::put_row(Op op, int depth) {
  const InstrInfo& info = weft::info(op);
  const Instr instr = immediates(op);
  const auto [to, from] = address_types(instr);
  for (const char letter : info.operands()) {
    switch (letter) {
      case 'a': put_address(to, depth - 1); break;
      case 'b': put_address(from, depth - 1); break;
      case 'n': put_address(to == from ? to : ValType::i32, depth - 1); break;
      default: put_value(letter_type(letter), depth - 1);
    }
  }
  code_.push_back(instr);
  if (info.results() == "a" && to == ValType::i64) put(Op::i32_wrap_i64);  // where rows() promised an i32
}

Instr CodeGenerator::immediates(Op op) {
  const InstrInfo& info = weft::info(op);
  Instr instr{.op = op};
  switch (info.immediate) {
    case Immediate::memory: instr.a = random_.below(module_.memory_count()); break;
    case Immediate::memory_memory:
      instr.a = random_.below(module_.memory_count()), instr.b = random_.below(module_.memory_count());
      break;
    case Immediate::memarg:
    case Immediate::memarg_lane:
      instr.a = random_.below(module_.memory_count());
      instr.align = static_cast<uint8_t>(std::countr_zero(info.access));
      instr.lo = random_.chance(80) ? random_.below(16) * 8 : static_cast<uint32_t>(random_.bits());
      instr.lane = static_cast<uint8_t>(random_.below(16u / info.access));
      break;
    case Immediate::lane: instr.lane = static_cast<uint8_t>(random_.below(4)); break;
    case Immediate::lanes: instr.lo = random_.bits() & 0x1f1f1f1f1f1f1f1f, instr.hi = 0x1f1e1d1c1b1a1918; break;
    case Immediate::data:
    case Immediate::data_memory:
      instr.a = random_.below(module_.data.size()), instr.b = random_.below(module_.memory_count());
      break;
    case Immediate::elem: instr.a = random_.below(module_.elements.size()); break;
    case Immediate::elem_table:
      instr.a = random_.below(module_.elements.size()), instr.b = random_.below(module_.table_count());
      break;
    case Immediate::table: instr.a = random_.below(module_.table_count()); break;
    case Immediate::table_table:
      instr.a = random_.below(module_.table_count()), instr.b = random_.below(module_.table_count());
      break;
    case Immediate::i32: instr.lo = static_cast<uint32_t>(random_.bits()); break;
    case Immediate::f32: instr.lo = static_cast<uint32_t>(random_.bits()); break;
    case Immediate::i64:
    case Immediate::f64:
    case Immediate::v128: instr.lo = random_.bits(); break;
    default: break;
  }
  return instr;
}

/// Handlers of both kinds, which all go on behind the block.
void CodeGenerator::put_try(Op op, int depth) {
  const uint64_t empty = static_cast<uint64_t>(BlockType::kEmpty);
  const auto body = [&] {
    for (uint32_t i = 1 + random_.below(3); i-- > 0;) put_statement(depth - 1);
  };
  if (op == Op::try_) {
    put(Op::try_, 0, 0, empty), body();
    if (random_.chance(20)) return put(Op::delegate, random_.below(2));
    if (random_.chance(50) && module_.tag_count() > 0) {
      const uint32_t tag = random_.below(module_.tag_count());
      put(Op::catch_, tag);
      const std::vector<ValType> params = module_.types[module_.tag_type(tag).type].params;
      for (size_t i = params.size(); i-- > 0;) consume(params[i]);
      body();
    }
    if (random_.chance(80)) put(Op::catch_all);
    if (random_.chance(20)) put(Op::rethrow, 0);
    return put(Op::end);
  }
  const uint32_t first = static_cast<uint32_t>(function_.code.pool.size());
  function_.code.add({.kind = CatchClause::Kind::catch_all});
  put(Op::block, 0, 0, empty);
  put(Op::try_table, first, 1, empty), body(), put(Op::end);
  put(Op::end);
}

/// A tag without values, or a call to a function of the same results; behind a condition.
void CodeGenerator::put_leave(Op op, int depth) {
  put_value(ValType::i32, depth - 1);
  put(Op::if_, 0, 0, static_cast<uint64_t>(BlockType::kEmpty));
  if (op == Op::throw_) {
    const uint32_t tag = random_.below(module_.tag_count());
    if (tag < module_.tag_count()) {
      for (const ValType param : module_.types[module_.tag_type(tag).type].params) put_value(param, depth - 1);
    }
    put(op, tag);
  } else {
    const uint32_t callee = random_.below(module_.function_count());
    if (callee < module_.function_count()) {
      for (const ValType param : FuncType(module_.function_type(callee)).params) put_value(param, depth - 1);
    }
    put(op, callee);
  }
  put(Op::end);
}

void CodeGenerator::consume(ValType type) {
  const auto locals = locals_of(type), globals = globals_of(type, true);
  if (!locals.empty() && random_.chance(60)) return put(Op::local_set, locals[random_.below(locals.size())]);
  if (!globals.empty() && random_.chance(60)) return put(Op::global_set, globals[random_.below(globals.size())]);
  put(Op::drop);
}

void CodeGenerator::put_block(int depth) {
  const Op op = std::array{Op::block, Op::loop, Op::if_}[random_.below(3)];
  if (op == Op::if_) put_value(ValType::i32, depth - 1);
  put(op, 0, 0, static_cast<uint64_t>(BlockType::kEmpty));
  for (uint32_t i = 1 + random_.below(3); i-- > 0;) put_statement(depth - 1);
  if (op == Op::loop && random_.chance(50)) put_value(ValType::i32, depth - 1), put(Op::br_if, 0);
  if (op == Op::if_ && random_.chance(50)) put(Op::else_), put_statement(depth - 1);
  put(Op::end);
}

void CodeGenerator::put_call(int depth) {
  if (module_.function_count() == 0) return put(Op::nop);
  const uint32_t callee = random_.below(module_.function_count());
  const FuncType type = module_.function_type(callee);
  for (const ValType param : type.params) put_value(param, depth - 1);
  if (random_.chance(70)) {
    put(Op::call, callee);
  } else {
    const uint32_t table = random_.below(module_.table_count());
    put(table_address(table) == ValType::i64 ? Op::i64_const : Op::i32_const, 0, 0, random_.below(6));
    put(Op::call_indirect, module_.function_type_index(callee), table);
  }
  for (size_t i = type.results.size(); i-- > 0;) consume(type.results[i]);
}

void CodeGenerator::put_branch(int depth) {
  put_value(ValType::i32, depth - 1);
  if (random_.chance(70)) return put(Op::br_if, random_.below(3));
  const uint32_t first = static_cast<uint32_t>(function_.code.pool.size()), count = random_.below(4);
  for (uint32_t i = 0; i <= count; ++i) function_.code.pool.push_back(random_.below(3));
  put(Op::br_table, first, count);
}

void CodeGenerator::put_table(Op op, int depth) {
  const uint32_t table = random_.below(module_.table_count());
  const ValType element = table < module_.table_count() ? module_.table_type(table).element : ValType::funcref;
  const Op index = table_address(table) == ValType::i64 ? Op::i64_const : Op::i32_const;
  if (op != Op::table_grow) put(index, 0, 0, random_.below(8));
  put_value(element, depth - 1);
  if (op != Op::table_set) put(index, 0, 0, random_.below(8));
  put(op, table);
  if (op == Op::table_grow) consume(table_address(table));
}

void CodeGenerator::put_special(Op op, int depth) {
  switch (op) {
    case Op::block:
    case Op::loop:
    case Op::if_: return put_block(depth);
    case Op::br:
    case Op::br_if:
    case Op::br_table: return put_branch(depth);
    case Op::try_:
    case Op::try_table: return put_try(op, depth);
    case Op::throw_:
    case Op::return_call: return put_leave(op, depth);
    case Op::call:
    case Op::call_indirect: return put_call(depth);
    case Op::table_set:
    case Op::table_fill:
    case Op::table_grow: return put_table(op, depth);
    case Op::return_:
    case Op::unreachable:
      // Behind a condition, or most of the module would be dead.
      put_value(ValType::i32, depth - 1);
      put(Op::if_, 0, 0, static_cast<uint64_t>(BlockType::kEmpty));
      if (op == Op::return_ && function_.type < module_.types.size()) {
        for (const ValType result : module_.types[function_.type].results) put_value(result, depth - 1);
      }
      put(op);
      return put(Op::end);
    default: {
      static constexpr ValType kTypes[] = {ValType::i32, ValType::i64,     ValType::f32,       ValType::f64,
                                           ValType::i32, ValType::funcref, ValType::externref, ValType::v128};
      const ValType type = random_.any(kTypes);
      put_value(type, depth - 1);
      if (is_reference(type) && random_.chance(50)) return put(Op::ref_is_null), consume(ValType::i32);
      return consume(type);
    }
  }
}

void CodeGenerator::put_statement(int depth) {
  if (depth <= 0) return put(Op::nop);
  if (random_.chance(50)) return put_special(kStatements[random_.below(std::size(kStatements))], depth);
  put_row(row(std::nullopt), depth);
}

}  // namespace weft::fuzz
