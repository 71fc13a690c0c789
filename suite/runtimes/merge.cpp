// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/merge.h"

#include <algorithm>
#include <array>

#include "suite/runtimes/code.h"

namespace weft::runtimes {
namespace {

/// The index of the new member in its space, `imported` of which come first.
template <class T>
uint32_t append(std::vector<T>& list, T item, uint32_t imported = 0) {
  list.push_back(std::move(item));
  return imported + static_cast<uint32_t>(list.size()) - 1;
}

/// A module whose members get new indices.
class Renumbering {
 public:
  Renumbering(Merger& merger, const Module& module, const std::vector<Entity>& imports)
      : merger_(merger),
        into_(merger.module()),
        module_(module),
        first_function_(into_.functions.size()),
        first_elements_(static_cast<uint32_t>(into_.elements.size())),
        first_data_(static_cast<uint32_t>(into_.data.size())) {
    for (const FuncType& type : module.types) types_.push_back(merger.type_index(type));
    for (const Entity& entity : imports) space(entity.kind).push_back(entity.index);
  }

  MergedInstance add(bool native) {
    allocate();
    Code initialise;
    for (const ElementSegment& segment : module_.elements) add_segment(segment, native, initialise);
    for (const DataSegment& segment : module_.data) add_segment(segment, native, initialise);
    for (size_t i = 0; i < module_.functions.size(); ++i)
      into_.functions[first_function_ + i].code = renumbered(module_.functions[i].code);
    if (module_.start && native) into_.start = space(ExternKind::func)[*module_.start];
    if (module_.start && !native) initialise.call(space(ExternKind::func)[*module_.start]);

    MergedInstance instance;
    for (const Export& one : module_.exports) instance.exports[one.name] = {one.kind, space(one.kind)[one.index]};
    declare_references();
    if (!initialise.is_empty()) instance.initialise = merger_.add_function({}, {}, initialise.take());
    return instance;
  }

 private:
  std::vector<uint32_t>& space(ExternKind kind) { return spaces_[static_cast<size_t>(kind)]; }

  /// Every definition gets its index before anything refers to it.
  void allocate() {
    for (const Function& function : module_.functions) {
      const Function shell{.type = types_[function.type], .locals = function.locals, .code = {}};
      space(ExternKind::func).push_back(append(into_.functions, shell, into_.imported(ExternKind::func)));
    }
    for (const MemoryType& memory : module_.memories)
      space(ExternKind::memory).push_back(append(into_.memories, memory, into_.imported(ExternKind::memory)));
    for (const TagType& tag : module_.tags)
      space(ExternKind::tag).push_back(append(into_.tags, TagType{types_[tag.type]}));
    for (const Global& global : module_.globals)
      space(ExternKind::global).push_back(append(into_.globals, Global{global.type, constant(global.init)}));
    for (const Table& table : module_.tables) {
      Table copy = table;
      if (table.init) copy.init = constant(*table.init);
      space(ExternKind::table).push_back(append(into_.tables, std::move(copy)));
    }
  }

  void add_segment(const ElementSegment& segment, bool native, Code& initialise) {
    ElementSegment copy = segment;
    for (Expr& expr : copy.init) expr = constant(expr);
    if (segment.mode == SegmentMode::active) {
      copy.table = space(ExternKind::table)[segment.table];
      copy.offset = constant(segment.offset);
    }
    const auto index = static_cast<uint32_t>(into_.elements.size());
    if (segment.mode == SegmentMode::active && !native) {
      initialise.append(copy.offset).i32(0).i32(static_cast<uint32_t>(segment.init.size()));
      initialise.op(Op::table_init, index, copy.table).op(Op::elem_drop, index);
      copy.mode = SegmentMode::passive, copy.table = 0, copy.offset = {};
    }
    into_.elements.push_back(std::move(copy));
  }

  void add_segment(const DataSegment& segment, bool native, Code& initialise) {
    DataSegment copy = segment;
    if (segment.mode == SegmentMode::active) {
      copy.memory = space(ExternKind::memory)[segment.memory];
      copy.offset = constant(segment.offset);
    }
    const auto index = static_cast<uint32_t>(into_.data.size());
    if (segment.mode == SegmentMode::active && !native) {
      initialise.append(copy.offset).i32(0).i32(static_cast<uint32_t>(segment.bytes.size()));
      initialise.op(Op::memory_init, index, copy.memory).op(Op::data_drop, index);
      copy.mode = SegmentMode::passive, copy.memory = 0, copy.offset = {};
    }
    into_.data.push_back(std::move(copy));
    into_.data_count = index + 1;
  }

  /// A constant expression. What it gets from an imported global is constant, too, and the global is no import here.
  Expr constant(const Expr& expr) {
    Expr result = renumbered(expr);
    for (size_t i = 0; i < result.body.size(); ++i) {
      if (result.body[i].op != Op::global_get) continue;
      const std::vector<Instr> value = into_.globals[result.body[i].a].init.body;
      const auto at = result.body.erase(result.body.begin() + static_cast<ptrdiff_t>(i));
      result.body.insert(at, value.begin(), value.end() - 1);
    }
    return result;
  }

  Expr renumbered(const Expr& expr) {
    Expr result = expr;
    for (Instr& instr : result.body) renumber(instr, result);
    return result;
  }

  void renumber(Instr& instr, Expr& expr) {
    const auto to = [this](ExternKind kind, uint32_t& index) { index = space(kind)[index]; };
    switch (info(instr.op).immediate) {
      case Immediate::block_catches:
        for (uint32_t i = 0; i < instr.b; ++i) {
          uint32_t* words = &expr.pool[instr.a + size_t{i} * CatchClause::kWords];
          if (expr.catch_clause(instr, i).has_tag()) to(ExternKind::tag, words[1]);
        }
        [[fallthrough]];
      case Immediate::block:
        if (const auto type = BlockType::from(instr); type.is_type_index()) instr.lo = types_[type.type_index()];
        break;
      case Immediate::tag: to(ExternKind::tag, instr.a); break;
      case Immediate::func: to(ExternKind::func, instr.a); break;
      case Immediate::global: to(ExternKind::global, instr.a); break;
      case Immediate::table: to(ExternKind::table, instr.a); break;
      case Immediate::memory:
      case Immediate::memarg:
      case Immediate::memarg_lane: to(ExternKind::memory, instr.a); break;
      case Immediate::table_table: to(ExternKind::table, instr.a), to(ExternKind::table, instr.b); break;
      case Immediate::memory_memory: to(ExternKind::memory, instr.a), to(ExternKind::memory, instr.b); break;
      case Immediate::type_table: instr.a = types_[instr.a], to(ExternKind::table, instr.b); break;
      case Immediate::elem_table: instr.a += first_elements_, to(ExternKind::table, instr.b); break;
      case Immediate::data_memory: instr.a += first_data_, to(ExternKind::memory, instr.b); break;
      case Immediate::elem: instr.a += first_elements_; break;
      case Immediate::data: instr.a += first_data_; break;
      default: break;
    }
  }

  /// ref.func wants its function to stand outside of bodies too; it may have stood among the exports, which are no
  /// more.
  void declare_references() {
    ElementSegment declared{.mode = SegmentMode::declarative, .offset = {}, .init = {}};
    for (size_t i = first_function_; i < into_.functions.size(); ++i) {
      for (const Instr& instr : into_.functions[i].code.body) {
        if (instr.op == Op::ref_func) declared.init.push_back({.body = {instr, {.op = Op::end}}, .pool = {}});
      }
    }
    if (!declared.init.empty()) into_.elements.push_back(std::move(declared));
  }

  Merger& merger_;
  Module& into_;
  const Module& module_;
  const size_t first_function_;
  const uint32_t first_elements_, first_data_;
  std::vector<uint32_t> types_;
  std::array<std::vector<uint32_t>, kExternKinds> spaces_;
};

}  // namespace

MergedInstance Merger::add(const Module& module, const std::vector<Entity>& imports, bool native) {
  return Renumbering(*this, module, imports).add(native);
}

uint32_t Merger::import_function(std::string module, std::string name, const FuncType& type) {
  module_.imports.push_back({std::move(module), std::move(name), type_index(type)});
  return module_.imported(ExternKind::func) - 1;
}

void Merger::import_memory(std::string module, std::string name, const MemoryType& type) {
  module_.imports.push_back({std::move(module), std::move(name), type});
}

uint32_t Merger::add_function(const FuncType& type, std::vector<ValType> locals, Expr code) {
  const Function function{.type = type_index(type), .locals = std::move(locals), .code = std::move(code)};
  return append(module_.functions, function, module_.imported(ExternKind::func));
}

uint32_t Merger::type_index(const FuncType& type) {
  const auto found = std::find(module_.types.begin(), module_.types.end(), type);
  if (found != module_.types.end()) return static_cast<uint32_t>(found - module_.types.begin());
  return append(module_.types, type);
}

}  // namespace weft::runtimes
