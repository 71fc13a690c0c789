// SPDX-License-Identifier: Apache-2.0
//
// What a module says: the abstract syntax of the specification's structure chapter (syntax-module). The decoder and the
// text parser make it, the encoder and the printer read it, validation judges it, lowering compiles it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "interp/instructions.h"
#include "interp/types.h"

namespace weft {

/// One instruction with its immediates; enum class Immediate says which field holds what. Unused fields are 0.
struct Instr {
  Op op{};
  uint8_t lane = 0;
  uint8_t align = 0;    ///< memarg: the exponent of the alignment
  uint32_t offset = 0;  ///< where the opcode stands in the binary; the text parser puts the line number here
  uint32_t a = 0, b = 0;
  uint64_t lo = 0, hi = 0;
};

/// A catch clause of try_table, as Expr::pool holds it: kind, tag index, label index (binary-catch).
struct CatchClause {
  enum class Kind : uint32_t { catch_ = 0, catch_ref = 1, catch_all = 2, catch_all_ref = 3 };
  Kind kind = Kind::catch_;
  uint32_t tag = 0;    ///< not of the catch_all kinds
  uint32_t label = 0;  ///< counted from outside the try_table: its own label is not in scope

  static constexpr uint32_t kWords = 3;
  bool has_tag() const { return kind == Kind::catch_ || kind == Kind::catch_ref; }
  bool has_reference() const { return kind == Kind::catch_ref || kind == Kind::catch_all_ref; }
};

/// A block type as Instr::lo holds it: the s33 of the binary format (binary-blocktype).
struct BlockType {
  static constexpr int64_t kEmpty = -64;  ///< 0x40
  int64_t code = kEmpty;

  bool is_empty() const { return code == kEmpty; }
  bool is_type_index() const { return code >= 0; }
  uint32_t type_index() const { return static_cast<uint32_t>(code); }
  ValType value_type() const { return static_cast<ValType>(code & 0x7f); }
  static BlockType of(ValType type) { return {static_cast<int64_t>(static_cast<uint8_t>(type)) - 0x80}; }
  static BlockType from(const Instr& instr) { return {static_cast<int64_t>(instr.lo)}; }
};

/// Instructions and the out-of-line immediates they index. A body ends with its `end`.
struct Expr {
  std::vector<Instr> body;
  std::vector<uint32_t> pool;  ///< label indices of br_table, value types of select, catch clauses of try_table

  /// Appends a catch clause of a try_table to the pool.
  void add(const CatchClause& clause) {
    pool.insert(pool.end(), {static_cast<uint32_t>(clause.kind), clause.tag, clause.label});
  }
  /// The i-th catch clause of a try_table.
  CatchClause catch_clause(const Instr& instr, uint32_t i) const {
    const uint32_t* words = &pool[instr.a + size_t{i} * CatchClause::kWords];
    return {static_cast<CatchClause::Kind>(words[0]), words[1], words[2]};
  }
};

struct Function {
  uint32_t type = 0;            ///< type index
  std::vector<ValType> locals;  ///< without the parameters
  Expr code;
  uint32_t offset = 0;  ///< where the body stands in the binary
};

struct Table {
  TableType type;
  std::optional<Expr> init = {};  ///< what its elements are at first; null without it
};

struct Global {
  GlobalType type;
  Expr init;
};

/// An imported entity; the alternative is the kind (a function is its type index).
using ExternDesc = std::variant<uint32_t, TableType, MemoryType, GlobalType, TagType>;
struct Import {
  std::string module, name;
  ExternDesc desc;
  ExternKind kind() const { return static_cast<ExternKind>(desc.index()); }
};

struct Export {
  std::string name;
  ExternKind kind = ExternKind::func;
  uint32_t index = 0;
};

enum class SegmentMode : uint8_t { active, passive, declarative };

struct ElementSegment {
  SegmentMode mode = SegmentMode::passive;
  uint32_t table = 0;  ///< active only
  Expr offset;         ///< active only
  ValType type = ValType::funcref;
  std::vector<Expr> init;
  /// Whether to encode the elements as function indices (binary-elemsec, forms 0 to 3): every init is then one
  /// ref.func.
  bool as_indices = false;
};

struct DataSegment {
  SegmentMode mode = SegmentMode::passive;
  uint32_t memory = 0;  ///< active only
  Expr offset;          ///< active only
  std::vector<uint8_t> bytes;
};

/// The sections other than custom ones, in the order of the binary (binary-module), between the two virtual ones that a
/// place may name (text-customannot).
enum class Section : uint8_t {
  first,
  type,
  import,
  func,
  table,
  memory,
  tag,
  global,
  exports,
  start,
  elem,
  data_count,
  code,
  data,
  last,
};

/// Directly before or after a section; places compare as they follow each other.
struct SectionPlace {
  Section section = Section::last;
  bool is_after = true;
  friend auto operator<=>(const SectionPlace&, const SectionPlace&) = default;
};

struct CustomSection {
  std::string name;
  std::vector<uint8_t> bytes;
  SectionPlace place = {};
};

/// What the custom section "name" says (binary-namesec): for backtraces and the printer; never a reason to reject a
/// module.
struct Names {
  std::string module;
  std::vector<std::pair<uint32_t, std::string>> functions;                                 ///< sorted by index
  std::vector<std::pair<uint32_t, std::vector<std::pair<uint32_t, std::string>>>> locals;  ///< sorted by index
  std::vector<std::pair<uint32_t, std::string>> tags;                                      ///< sorted by index
};

/// A module. Immutable once decoded, and then shared by all agents without locks. The index spaces count imports first.
struct Module {
  std::vector<FuncType> types;
  std::vector<Import> imports;
  std::vector<Function> functions;
  std::vector<Table> tables;
  std::vector<MemoryType> memories;
  std::vector<TagType> tags;
  std::vector<Global> globals;
  std::vector<Export> exports;
  std::optional<uint32_t> start;
  std::vector<ElementSegment> elements;
  std::optional<uint32_t> data_count;  ///< the data count section, if there is one
  std::vector<DataSegment> data;
  std::vector<CustomSection> customs;  ///< sorted by place, those of one place as they follow each other
  Names names;

  /// Whether the binary has the section: it is left out when it would be empty.
  bool has_section(Section section) const;

  uint32_t imported(ExternKind kind) const;  ///< how many imports of this kind
  uint32_t function_count() const { return imported(ExternKind::func) + static_cast<uint32_t>(functions.size()); }
  uint32_t table_count() const { return imported(ExternKind::table) + static_cast<uint32_t>(tables.size()); }
  uint32_t memory_count() const { return imported(ExternKind::memory) + static_cast<uint32_t>(memories.size()); }
  uint32_t tag_count() const { return imported(ExternKind::tag) + static_cast<uint32_t>(tags.size()); }
  uint32_t global_count() const { return imported(ExternKind::global) + static_cast<uint32_t>(globals.size()); }

  /// The type of the entity at an index of the combined space; the index must be in range.
  uint32_t function_type_index(uint32_t index) const;
  const FuncType& function_type(uint32_t index) const { return types[function_type_index(index)]; }
  const TableType& table_type(uint32_t index) const;
  const MemoryType& memory_type(uint32_t index) const;
  const GlobalType& global_type(uint32_t index) const;
  const TagType& tag_type(uint32_t index) const;

  /// The name section's name, else the first export's name, else "func[3]".
  std::string function_name(uint32_t index) const;
};

}  // namespace weft
