// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/module_builder.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include <fmt/format.h>

namespace weft::testing {

Piece try_table(const std::vector<CatchClause>& clauses, BlockType type) {
  Piece piece = block(Op::try_table, type);
  Expr expr;
  for (const CatchClause& clause : clauses) expr.add(clause);
  piece.pool = expr.pool;
  return piece;
}

Piece access(Op op, uint64_t offset, uint32_t memory) {
  Piece piece = constant(op, offset);
  piece.instr.a = memory;
  piece.instr.align = static_cast<uint8_t>(std::countr_zero(info(op).access));
  return piece;
}

Piece lane(Op op, uint8_t index) {
  Piece piece(op);
  piece.instr.lane = index;
  return piece;
}

Piece lane_access(Op op, uint8_t index, uint64_t offset) {
  Piece piece = access(op, offset);
  piece.instr.lane = index;
  return piece;
}

Piece shuffle(uint64_t lo, uint64_t hi) {
  Piece piece(Op::i8x16_shuffle);
  piece.instr.lo = lo, piece.instr.hi = hi;
  return piece;
}

Code here() { return {i32_const(0), i32_const(1), access(Op::i32_atomic_store)}; }

Code operator+(Code left, const Code& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Expr expression(const Code& code, uint32_t first_offset) {
  Expr expr;
  for (const Piece& piece : code) {
    Instr instr = piece.instr;
    if (!piece.pool.empty()) {
      instr.a = static_cast<uint32_t>(expr.pool.size());
      instr.b = static_cast<uint32_t>(piece.pool.size());
      if (instr.op == Op::br_table) --instr.b;
      if (instr.op == Op::try_table) instr.b /= CatchClause::kWords;
      expr.pool.insert(expr.pool.end(), piece.pool.begin(), piece.pool.end());
    }
    expr.body.push_back(instr);
  }
  expr.body.push_back(Piece(Op::end).instr);
  for (Instr& instr : expr.body) instr.offset = first_offset++;
  return expr;
}

uint32_t ModuleBuilder::type(const FuncType& type) {
  const auto found = std::find(module.types.begin(), module.types.end(), type);
  const auto index = static_cast<uint32_t>(found - module.types.begin());
  if (found == module.types.end()) module.types.push_back(type);
  return index;
}

ModuleBuilder& ModuleBuilder::import(const std::string& name, ExternDesc desc) {
  module.imports.push_back({"m", name, std::move(desc)});
  return *this;
}

uint32_t ModuleBuilder::import_function(const std::string& name, const FuncType& signature) {
  if (!module.functions.empty()) throw std::logic_error("imports come first");
  import(name, type(signature));
  return module.imported(ExternKind::func) - 1;
}

uint32_t ModuleBuilder::function(const std::string& name, const FuncType& signature, const Code& code,
                                 std::vector<ValType> locals) {
  const uint32_t index = module.function_count();
  module.functions.push_back({type(signature), std::move(locals), expression(code, index * 0x100), index * 0x100});
  if (!name.empty()) module.exports.push_back({name, ExternKind::func, index});
  return index;
}

ModuleBuilder& ModuleBuilder::memory(const MemoryType& type) {
  module.memories.push_back(type);
  const uint32_t index = module.memory_count() - 1;
  module.exports.push_back({index == 0 ? "memory" : fmt::format("memory{}", index), ExternKind::memory, index});
  return *this;
}

uint32_t ModuleBuilder::tag(const std::vector<ValType>& params) {
  module.tags.push_back({type({params, {}})});
  const uint32_t index = module.tag_count() - 1;
  module.exports.push_back({fmt::format("tag{}", index), ExternKind::tag, index});
  return index;
}

uint32_t ModuleBuilder::table(const TableType& type) {
  module.tables.push_back({type});
  module.exports.push_back(
      {fmt::format("table{}", module.table_count() - 1), ExternKind::table, module.table_count() - 1});
  return module.table_count() - 1;
}

uint32_t ModuleBuilder::global(const Value& initial, const std::string& name) {
  module.globals.push_back({{initial.type, true}, expression({constant(initial)})});
  const uint32_t index = module.global_count() - 1;
  if (!name.empty()) module.exports.push_back({name, ExternKind::global, index});
  return index;
}

uint32_t ModuleBuilder::data(SegmentMode mode, uint32_t offset, std::vector<uint8_t> bytes) {
  module.data.push_back({mode, 0, {}, std::move(bytes)});
  if (mode == SegmentMode::active) module.data.back().offset = expression({i32_const(offset)});
  module.data_count = static_cast<uint32_t>(module.data.size());
  return *module.data_count - 1;
}

uint32_t ModuleBuilder::elements(SegmentMode mode, uint32_t table, uint32_t offset,
                                 const std::vector<uint32_t>& functions) {
  ElementSegment segment;
  segment.mode = mode;
  segment.table = table;
  if (mode == SegmentMode::active) segment.offset = expression({i32_const(offset)});
  for (const uint32_t function : functions) segment.init.push_back(expression({{Op::ref_func, function}}));
  module.elements.push_back(std::move(segment));
  return static_cast<uint32_t>(module.elements.size()) - 1;
}

}  // namespace weft::testing
