// SPDX-License-Identifier: Apache-2.0
#include "interp/validate.h"

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "interp/limits.h"
#include "interp/validate_code.h"

namespace weft {
namespace {

/// Checks one module; the steps are in the order in which later ones rely on earlier ones.
class ModuleValidator {
 public:
  ModuleValidator(const Module& module, Edition edition)
      : module_(module), edition_(edition), context_(module), code_(context_, edition) {}

  Result<Ok> validate() {
    if (counts() && types() && imports() && definitions() && declare_references() && tables() && globals() &&
        elements() && data() && functions() && start() && exports()) {
      return Ok{};
    }
    return std::move(error_);
  }

 private:
  /// The limits of this implementation, also for modules that no decoder has seen.
  bool counts() {
    for (const ElementSegment& segment : module_.elements) {
      if (!within(kMaxSegmentElements, segment.init.size())) return false;
    }
    uint64_t module_locals = 0;
    for (const Function& function : module_.functions) {
      uint64_t locals = function.locals.size();
      if (function.type < module_.types.size()) {
        locals += module_.types[function.type].params.size();
        module_locals += module_.types[function.type].results.size();
      }
      if (!within(kMaxLocals, locals)) return false;
      module_locals += locals;
    }
    return within(kMaxModuleLocals, module_locals) && within(kMaxTypes, module_.types.size()) &&
           within(kMaxImports, module_.imports.size()) && within(kMaxFunctions, module_.functions.size()) &&
           within(kMaxTables, module_.table_count()) && within(kMaxMemories, module_.memory_count()) &&
           within(kMaxTags, module_.tags.size()) && within(kMaxGlobals, module_.globals.size()) &&
           within(kMaxExports, module_.exports.size()) && within(kMaxElementSegments, module_.elements.size()) &&
           within(kMaxDataSegments, module_.data.size());
  }

  bool within(const Limit& limit, uint64_t count) { return count <= limit || fail(too_many(limit, count)); }

  bool types() {
    for (const FuncType& type : module_.types) {
      if (!within(kMaxParams, type.params.size()) || !within(kMaxResults, type.results.size())) return false;
    }
    return true;
  }

  /// valid-import, and the imports' part of the index spaces.
  bool imports() {
    for (const Import& import : module_.imports) {
      switch (import.kind()) {
        case ExternKind::func:
          if (!known("type", std::get<uint32_t>(import.desc), module_.types.size())) return false;
          context_.functions.push_back(std::get<uint32_t>(import.desc));
          break;
        case ExternKind::table: context_.tables.push_back(std::get<TableType>(import.desc)); break;
        case ExternKind::memory: context_.memories.push_back(std::get<MemoryType>(import.desc)); break;
        case ExternKind::global: context_.globals.push_back(std::get<GlobalType>(import.desc)); break;
        case ExternKind::tag: context_.tags.push_back(std::get<TagType>(import.desc)); break;
      }
    }
    context_.visible_globals = static_cast<uint32_t>(context_.globals.size());
    return true;
  }

  /// The rest of the index spaces, and the types in them.
  bool definitions() {
    for (const Function& function : module_.functions) {
      if (!known("type", function.type, module_.types.size(), function.offset)) return false;
      context_.functions.push_back(function.type);
    }
    for (const Table& table : module_.tables) context_.tables.push_back(table.type);
    context_.memories.insert(context_.memories.end(), module_.memories.begin(), module_.memories.end());
    for (const Global& global : module_.globals) context_.globals.push_back(global.type);
    context_.tags.insert(context_.tags.end(), module_.tags.begin(), module_.tags.end());
    for (const TableType& type : context_.tables) {
      if (!table_type(type)) return false;
    }
    for (const MemoryType& type : context_.memories) {
      if (!memory_type(type)) return false;
    }
    for (const TagType& type : context_.tags) {
      if (!tag_type(type)) return false;
    }
    if (edition_ == Edition::wasm_2_0 && context_.memories.size() > 1) return fail("multiple memories");
    return true;
  }

  /// valid-limits, without the range.
  bool limits(const Limits& limits) {
    if (!limits.max || limits.min <= *limits.max) return true;
    return fail(fmt::format("size minimum must not be greater than maximum: {} and {}", limits.min, *limits.max));
  }

  /// valid-tabletype
  bool table_type(const TableType& type) {
    if (type.address == ValType::i32 && exceeds(type.limits, kMaxElements32)) {
      return fail(fmt::format("table size must be at most 2^32-1: {}", to_string(type)));
    }
    return limits(type.limits);
  }

  static bool exceeds(const Limits& limits, uint64_t most) {
    return limits.min > most || limits.max.value_or(0) > most;
  }

  /// valid-memtype
  bool memory_type(const MemoryType& type) {
    if (type.page_size_log2 != 0 && type.page_size_log2 != kPageSizeLog2) {
      return fail(
          fmt::format("invalid custom page size {}: it must be 1 or 65536", uint64_t{1} << type.page_size_log2));
    }
    if (const uint64_t most = max_pages(type); exceeds(type.limits, most)) {
      return fail(type.address == ValType::i32 && type.page_size_log2 == kPageSizeLog2
                      ? fmt::format("memory size must be at most 65536 pages (4GiB): {}", to_string(type))
                      : fmt::format("memory size must be at most {} pages: {}", most, to_string(type)));
    }
    if (type.shared && !type.limits.max) return fail("shared memory must have maximum");
    return limits(type.limits);
  }

  /// valid-tagtype
  bool tag_type(const TagType& type) {
    if (!known("type", type.type, module_.types.size())) return false;
    return module_.types[type.type].results.empty() ||
           fail(fmt::format("non-empty tag result type: {}", to_string(module_.types[type.type])));
  }

  /// The functions ref.func may name in bodies: those the module mentions elsewhere, other than as its start
  /// (valid-module, C.refs).
  bool declare_references() {
    context_.refs.resize(context_.functions.size());
    const auto declare = [&](uint32_t index) {
      if (index < context_.refs.size()) context_.refs[index] = true;
    };
    const auto declare_all = [&](const Expr& expr) {
      for (const Instr& instr : expr.body) {
        if (instr.op == Op::ref_func) declare(instr.a);
      }
    };
    for (const Global& global : module_.globals) declare_all(global.init);
    for (const Table& table : module_.tables) {
      if (table.init) declare_all(*table.init);
    }
    for (const Export& exported : module_.exports) {
      if (exported.kind == ExternKind::func) declare(exported.index);
    }
    for (const ElementSegment& segment : module_.elements) {
      declare_all(segment.offset);
      for (const Expr& init : segment.init) declare_all(init);
    }
    for (const DataSegment& segment : module_.data) declare_all(segment.offset);
    return true;
  }

  /// Each sees those before it; in 2.0 the imported ones.
  bool globals() {
    for (const Global& global : module_.globals) {
      if (!accept(code_.constant(global.init, global.type.type))) return false;
      if (edition_ != Edition::wasm_2_0) ++context_.visible_globals;
    }
    return true;
  }

  /// Their initial values see imported globals only.
  bool tables() {
    for (const Table& table : module_.tables) {
      if (table.init && !accept(code_.constant(*table.init, table.type.element))) return false;
    }
    return true;
  }

  /// valid-elem
  bool elements() {
    for (const ElementSegment& segment : module_.elements) {
      for (const Expr& init : segment.init) {
        if (!accept(code_.constant(init, segment.type))) return false;
      }
      if (segment.mode != SegmentMode::active) continue;
      const uint32_t offset = offset_of(segment.offset);
      if (!known("table", segment.table, context_.tables.size(), offset)) return false;
      const ValType expected = context_.tables[segment.table].element;
      if (expected != segment.type) {
        return fail(fmt::format("type mismatch: table {} expects {}, found a segment of {}", segment.table,
                                to_string(expected), to_string(segment.type)),
                    offset);
      }
      if (!accept(code_.constant(segment.offset, context_.tables[segment.table].address))) return false;
    }
    return true;
  }

  /// valid-data
  bool data() {
    for (const DataSegment& segment : module_.data) {
      if (segment.mode != SegmentMode::active) continue;
      if (!known("memory", segment.memory, context_.memories.size(), offset_of(segment.offset))) return false;
      if (!accept(code_.constant(segment.offset, context_.memories[segment.memory].address))) return false;
    }
    return true;
  }

  bool functions() {
    for (const Function& function : module_.functions) {
      if (!accept(code_.function(function))) return false;
    }
    return true;
  }

  /// valid-start
  bool start() {
    if (!module_.start) return true;
    if (!known("function", *module_.start, context_.functions.size())) return false;
    const FuncType& type = context_.function_type(*module_.start);
    if (type.params.empty() && type.results.empty()) return true;
    return fail(fmt::format("start function must be of type [] -> [], found {}", to_string(type)));
  }

  /// valid-export
  bool exports() {
    std::unordered_set<std::string_view> names;
    for (const Export& exported : module_.exports) {
      if (!known(space(exported.kind), exported.index, space_size(exported.kind))) return false;
      if (!names.insert(exported.name).second) return fail(fmt::format("duplicate export name \"{}\"", exported.name));
    }
    return true;
  }

  static const char* space(ExternKind kind) {
    switch (kind) {
      case ExternKind::func: return "function";
      case ExternKind::table: return "table";
      case ExternKind::memory: return "memory";
      case ExternKind::global: return "global";
      case ExternKind::tag: return "tag";
    }
    return "";
  }

  size_t space_size(ExternKind kind) const {
    switch (kind) {
      case ExternKind::func: return context_.functions.size();
      case ExternKind::table: return context_.tables.size();
      case ExternKind::memory: return context_.memories.size();
      case ExternKind::global: return context_.globals.size();
      case ExternKind::tag: return context_.tags.size();
    }
    return 0;
  }

  static uint32_t offset_of(const Expr& expr) { return expr.body.empty() ? 0 : expr.body.front().offset; }

  bool known(const char* what, uint32_t index, size_t count, uint32_t offset = 0) {
    return index < count || fail(fmt::format("unknown {} {}", what, index), offset);
  }

  bool accept(const Result<Ok>& result) {
    if (!result) error_ = result.error();
    return result.has_value();
  }

  bool fail(std::string message, uint32_t offset = 0) {
    error_ = Error{ErrorKind::invalid, std::move(message), offset == 0 ? std::string() : fmt::format("{:#x}", offset)};
    return false;
  }

  const Module& module_;
  const Edition edition_;
  ValidationContext context_;
  CodeValidator code_;
  Error error_;
};

}  // namespace

Result<Ok> validate(const Module& module, Edition edition) { return ModuleValidator(module, edition).validate(); }

}  // namespace weft
