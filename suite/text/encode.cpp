// SPDX-License-Identifier: Apache-2.0
#include "suite/text/encode.h"

#include <algorithm>
#include <concepts>
#include <utility>

#include "interp/decode_names.h"
#include "suite/text/binary_writer.h"

namespace weft {
namespace {

/// The ids of binary-module.
enum SectionId : uint8_t {
  kCustom,
  kType,
  kImport,
  kFunction,
  kTable,
  kMemory,
  kGlobal,
  kExport,
  kStart,
  kElement,
  kCode,
  kData,
  kDataCount,
  kTag,
};

void write(BinaryWriter& out, ValType type) { out.byte(static_cast<uint8_t>(type)); }

void write(BinaryWriter& out, const FuncType& type) {
  out.byte(0x60);
  out.vector(type.params, [&](ValType param) { write(out, param); });
  out.vector(type.results, [&](ValType result) { write(out, result); });
}

/// binary-limits; the flags that only memories have are the caller's.
void write(BinaryWriter& out, const Limits& limits, AddressType address, int flags) {
  out.byte(static_cast<uint8_t>((limits.max ? 1 : 0) | (address == AddressType::i64 ? 4 : 0) | flags));
  out.unsigned_leb(limits.min);
  if (limits.max) out.unsigned_leb(*limits.max);
}

void write(BinaryWriter& out, const TableType& type) {
  write(out, type.element);
  write(out, type.limits, type.address, 0);
}

void write(BinaryWriter& out, const MemoryType& type) {
  const bool has_page_size = type.page_size_log2 != MemoryType{}.page_size_log2;
  write(out, type.limits, type.address, (type.shared ? 2 : 0) | (has_page_size ? 8 : 0));
  if (has_page_size) out.unsigned_leb(type.page_size_log2);
}

/// binary-tagtype: a byte that is always 0, the attribute of exceptions.
void write(BinaryWriter& out, const TagType& type) {
  out.byte(0);
  out.unsigned_leb(type.type);
}

void write(BinaryWriter& out, const GlobalType& type) {
  write(out, type.type);
  out.byte(type.is_mutable ? 1 : 0);
}

void write_immediate(BinaryWriter& out, const Instr& instr, const Expr& expr) {
  const std::vector<uint32_t>& pool = expr.pool;
  const auto memarg = [&] {
    constexpr unsigned kHasMemory = 0x40;
    out.unsigned_leb(instr.align | (instr.a != 0 ? kHasMemory : 0));
    if (instr.a != 0) out.unsigned_leb(instr.a);
    out.unsigned_leb(instr.lo);
  };
  switch (info(instr.op).immediate) {
    case Immediate::none: break;
    case Immediate::block: out.signed_leb(static_cast<int64_t>(instr.lo)); break;
    case Immediate::block_catches:
      out.signed_leb(static_cast<int64_t>(instr.lo));
      out.unsigned_leb(instr.b);
      for (uint32_t i = 0; i < instr.b; ++i) {
        const CatchClause clause = expr.catch_clause(instr, i);
        out.byte(static_cast<uint8_t>(clause.kind));
        if (clause.has_tag()) out.unsigned_leb(clause.tag);
        out.unsigned_leb(clause.label);
      }
      break;
    case Immediate::labels:
      out.unsigned_leb(instr.b);
      for (uint32_t i = 0; i <= instr.b; ++i) out.unsigned_leb(pool[instr.a + i]);
      break;
    case Immediate::types:
      out.unsigned_leb(instr.b);
      for (uint32_t i = 0; i < instr.b; ++i) out.byte(static_cast<uint8_t>(pool[instr.a + i]));
      break;
    case Immediate::label:
    case Immediate::tag:
    case Immediate::func:
    case Immediate::local:
    case Immediate::global:
    case Immediate::table:
    case Immediate::elem:
    case Immediate::memory:
    case Immediate::data: out.unsigned_leb(instr.a); break;
    case Immediate::type_table:
    case Immediate::table_table:
    case Immediate::elem_table:
    case Immediate::memory_memory:
    case Immediate::data_memory:
      out.unsigned_leb(instr.a);
      out.unsigned_leb(instr.b);
      break;
    case Immediate::memarg: memarg(); break;
    case Immediate::memarg_lane:
      memarg();
      out.byte(instr.lane);
      break;
    case Immediate::lane: out.byte(instr.lane); break;
    case Immediate::i32: out.signed_leb(static_cast<int32_t>(instr.lo)); break;
    case Immediate::i64: out.signed_leb(static_cast<int64_t>(instr.lo)); break;
    case Immediate::f32: out.fixed(instr.lo, 4); break;
    case Immediate::f64: out.fixed(instr.lo, 8); break;
    case Immediate::lanes:
    case Immediate::v128:
      out.fixed(instr.lo, 8);
      out.fixed(instr.hi, 8);
      break;
    case Immediate::reftype:
    case Immediate::fence: out.byte(static_cast<uint8_t>(instr.a)); break;
  }
}

void write(BinaryWriter& out, const Instr& instr, const Expr& expr) {
  const InstrInfo& row = info(instr.op);
  if (row.prefix != 0) {
    out.byte(row.prefix);
    out.unsigned_leb(row.code);
  } else {
    out.byte(static_cast<uint8_t>(row.code));
  }
  write_immediate(out, instr, expr);
}

void write(BinaryWriter& out, const Expr& expr) {
  for (const Instr& instr : expr.body) write(out, instr, expr);
}

/// binary-tablesec: with 0x40 0x00 in front where there is an initialiser.
void write(BinaryWriter& out, const Table& table) {
  if (table.init) {
    out.byte(0x40);
    out.byte(0);
  }
  write(out, table.type);
  if (table.init) write(out, *table.init);
}

void write(BinaryWriter& out, const Global& global) {
  write(out, global.type);
  write(out, global.init);
}

void write(BinaryWriter& out, const Import& import) {
  out.name(import.module);
  out.name(import.name);
  out.byte(static_cast<uint8_t>(import.kind()));
  switch (import.kind()) {
    case ExternKind::func: out.unsigned_leb(std::get<uint32_t>(import.desc)); break;
    case ExternKind::table: write(out, std::get<TableType>(import.desc)); break;
    case ExternKind::memory: write(out, std::get<MemoryType>(import.desc)); break;
    case ExternKind::global: write(out, std::get<GlobalType>(import.desc)); break;
    case ExternKind::tag: write(out, std::get<TagType>(import.desc)); break;
  }
}

void write(BinaryWriter& out, const Export& exported) {
  out.name(exported.name);
  out.byte(static_cast<uint8_t>(exported.kind));
  out.unsigned_leb(exported.index);
}

bool is_function_reference(const Expr& expr) { return !expr.body.empty() && expr.body.front().op == Op::ref_func; }

/// binary-elemsec: the shortest of the eight forms that can say it.
void write(BinaryWriter& out, const ElementSegment& segment) {
  const bool as_indices = segment.as_indices && segment.type == ValType::funcref &&
                          std::all_of(segment.init.begin(), segment.init.end(), is_function_reference);
  const bool is_active = segment.mode == SegmentMode::active;
  const bool is_explicit = segment.table != 0 || segment.type != ValType::funcref;
  const bool bit1 = is_active ? is_explicit : segment.mode == SegmentMode::declarative;
  out.byte(static_cast<uint8_t>((is_active ? 0 : 1) | (bit1 ? 2 : 0) | (as_indices ? 0 : 4)));
  if (is_active) {
    if (bit1) out.unsigned_leb(segment.table);
    write(out, segment.offset);
  }
  if (!is_active || bit1) {
    if (as_indices) {
      out.byte(0);
    } else {
      write(out, segment.type);
    }
  }
  out.vector(segment.init, [&](const Expr& init) {
    if (as_indices) {
      out.unsigned_leb(init.body.front().a);
    } else {
      write(out, init);
    }
  });
}

/// binary-datasec: form 2, with a memory index, only where the index is not 0.
void write(BinaryWriter& out, const DataSegment& segment) {
  if (segment.mode == SegmentMode::active) {
    out.byte(segment.memory == 0 ? 0 : 2);
    if (segment.memory != 0) out.unsigned_leb(segment.memory);
    write(out, segment.offset);
  } else {
    out.byte(1);
  }
  out.unsigned_leb(segment.bytes.size());
  out.bytes(segment.bytes);
}

/// binary-local: runs of equal types.
void write_locals(BinaryWriter& out, const std::vector<ValType>& locals) {
  std::vector<std::pair<uint32_t, ValType>> runs;
  for (const ValType type : locals) {
    if (runs.empty() || runs.back().second != type) runs.emplace_back(0u, type);
    ++runs.back().first;
  }
  out.vector(runs, [&](const auto& run) {
    out.unsigned_leb(run.first);
    write(out, run.second);
  });
}

/// binary-code
void write(BinaryWriter& out, const Function& function) {
  out.sized([&](BinaryWriter& body) {
    write_locals(body, function.locals);
    write(body, function.code);
  });
}

void write_namemap(BinaryWriter& out, const std::vector<std::pair<uint32_t, std::string>>& map) {
  out.vector(map, [&](const auto& entry) {
    out.unsigned_leb(entry.first);
    out.name(entry.second);
  });
}

/// binary-namesec
void write(BinaryWriter& out, const Names& names) {
  const auto subsection = [&](uint8_t id, bool is_empty, auto contents) {
    if (is_empty) return;
    out.byte(id);
    out.sized(contents);
  };
  subsection(0, names.module.empty(), [&](BinaryWriter& contents) { contents.name(names.module); });
  subsection(1, names.functions.empty(), [&](BinaryWriter& contents) { write_namemap(contents, names.functions); });
  subsection(2, names.locals.empty(), [&](BinaryWriter& contents) {
    contents.vector(names.locals, [&](const auto& entry) {
      contents.unsigned_leb(entry.first);
      write_namemap(contents, entry.second);
    });
  });
  subsection(11, names.tags.empty(), [&](BinaryWriter& contents) { write_namemap(contents, names.tags); });
}

class ModuleWriter {
 public:
  explicit ModuleWriter(const Module& module) : module_(module) {}

  std::vector<uint8_t> write_module(const EncodeOptions& options) {
    out_.bytes(std::vector<uint8_t>{0, 'a', 's', 'm', 1, 0, 0, 0});
    auto custom = module_.customs.begin();
    for (Section place = Section::first; place <= Section::last; place = Section(static_cast<int>(place) + 1)) {
      for (const bool is_after : {false, true}) {
        if (is_after && module_.has_section(place)) section(place);
        for (; custom != module_.customs.end() && custom->place <= SectionPlace{place, is_after}; ++custom)
          custom_section(custom->name, custom->bytes);
      }
    }
    if (!options.names || names_of(module_.customs)) return std::move(out_).take();
    const std::vector<uint8_t> names = encode_names(module_.names);
    if (!names.empty()) custom_section("name", names);
    return std::move(out_).take();
  }

 private:
  void section(Section which) {
    switch (which) {
      case Section::first:
      case Section::last: break;
      case Section::type: return section(kType, module_.types);
      case Section::import: return section(kImport, module_.imports);
      case Section::func:
        return section(kFunction, [this](BinaryWriter& out) {
          out.vector(module_.functions, [&](const Function& function) { out.unsigned_leb(function.type); });
        });
      case Section::table: return section(kTable, module_.tables);
      case Section::memory: return section(kMemory, module_.memories);
      case Section::tag: return section(kTag, module_.tags);
      case Section::global: return section(kGlobal, module_.globals);
      case Section::exports: return section(kExport, module_.exports);
      case Section::start: return section(kStart, [this](BinaryWriter& out) { out.unsigned_leb(*module_.start); });
      case Section::elem: return section(kElement, module_.elements);
      case Section::data_count:
        return section(kDataCount, [this](BinaryWriter& out) { out.unsigned_leb(*module_.data_count); });
      case Section::code: return section(kCode, module_.functions);
      case Section::data: return section(kData, module_.data);
    }
  }

  template <class Contents>
  void section(SectionId id, Contents contents)
    requires std::invocable<Contents, BinaryWriter&>
  {
    out_.byte(id);
    out_.sized(contents);
  }

  template <class Element>
  void section(SectionId id, const std::vector<Element>& elements) {
    section(id, [&](BinaryWriter& out) { out.vector(elements, [&](const Element& element) { write(out, element); }); });
  }

  void custom_section(std::string_view name, const std::vector<uint8_t>& contents) {
    section(kCustom, [&](BinaryWriter& out) {
      out.name(name);
      out.bytes(contents);
    });
  }

  const Module& module_;
  BinaryWriter out_;
};

}  // namespace

std::vector<uint8_t> encode(const Module& module, const EncodeOptions& options) {
  return ModuleWriter(module).write_module(options);
}

std::vector<uint8_t> encode_names(const Names& names) {
  BinaryWriter out;
  write(out, names);
  return std::move(out).take();
}

std::vector<size_t> instruction_offsets(const Function& function) {
  BinaryWriter out;
  write_locals(out, function.locals);
  std::vector<size_t> offsets;
  for (const Instr& instr : function.code.body) {
    offsets.push_back(out.size());
    write(out, instr, function.code);
  }
  return offsets;
}

}  // namespace weft
