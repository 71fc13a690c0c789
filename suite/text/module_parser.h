// SPDX-License-Identifier: Apache-2.0
//
// The fields of a module, read twice: the first pass (declare) binds the identifiers of all index spaces and reads the
// type definitions, so that the second (define) can resolve every forward reference on the spot. Type uses without
// `(type x)` add their type in the order of the source (text-typeuse, abbreviations).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "interp/edition.h"
#include "interp/module.h"
#include "suite/text/cursor.h"
#include "suite/text/index_space.h"

namespace weft::text {

/// Whether `(word` begins a module field.
bool is_module_field(std::string_view word);

/// What a definition is called: by its identifier, and by the name annotation behind it, which takes precedence
/// (text-nameannot).
struct Binder {
  std::optional<Token> id;
  std::optional<std::string> name;
};

/// The identifier behind `module`, before which no annotation may stand.
std::optional<Token> module_id(Cursor& cursor);

/// A type use as written (text-typeuse): a reference, an inline signature, or both.
struct TypeUse {
  Position position;
  std::optional<uint32_t> index;
  FuncType signature;
  std::vector<Binder> params;  ///< one per parameter of `signature`
};

class ModuleParser {
 public:
  explicit ModuleParser(Cursor& cursor, Edition edition = Edition::latest) : cursor_(cursor), edition_(edition) {}

  /// Reads fields up to the `)` of the module or the end of the source; `id` is the module's own.
  Module parse(const std::optional<Token>& id);

  // What instructions refer to.
  Cursor& cursor() { return cursor_; }
  Edition edition() const { return edition_; }
  const IndexSpace& types() const { return types_; }
  const IndexSpace& space(ExternKind kind) const { return spaces_[static_cast<size_t>(kind)]; }
  const IndexSpace& elements() const { return elements_; }
  const IndexSpace& data() const { return data_; }
  void note_invalid_annotation(Position position, std::string message);
  void need_data_count() { needs_data_count_ = true; }

  // Types (text-types).
  ValType value_type();
  ValType reference_type();
  /// `func`, `extern` or `exn` (text-heaptype).
  ValType heap_type();
  bool at_reference_type() const;
  /// `(word t*)*`: appends the types.
  void value_types(std::string_view word, std::vector<ValType>& types);
  /// `func`, `table`, `memory`, `global` or `tag`.
  ExternKind extern_kind();
  /// Parameters may have identifiers in function definitions and types only.
  TypeUse type_use(bool allow_ids);
  /// The type index a type use means; adds the type when nothing fits.
  uint32_t resolve(const TypeUse& use);

 private:
  // First pass.
  void declare();
  void declare_field();
  void declare_import(Position position);
  void declare_entity(ExternKind kind);
  IndexSpace& mutable_space(ExternKind kind) { return spaces_[static_cast<size_t>(kind)]; }

  // What is between the fields and behind identifiers, and what becomes of it.
  void module_annotations(bool is_before_fields);
  Binder binder(std::string_view category);
  void add_custom(CustomSection custom);
  /// A section in front of the code, with the byte offsets that the instructions will have.
  void add_branch_hints();

  // Second pass: one function per kind of field, called behind its keyword.
  void define_field();
  void define_import();
  void define_function();
  void define_table();
  void define_memory();
  void define_global();
  void define_tag();
  void define_export();
  void define_start(Position position);
  void define_element();
  void define_data();

  // Pieces of fields.
  /// What the entity is called, where Names has a place for that.
  void bind(ExternKind kind, uint32_t index);
  void inline_exports(ExternKind kind, uint32_t index);
  /// `(import "module" "name")` within a definition, whose description follows.
  bool inline_import(ExternKind kind);
  ExternDesc extern_desc(ExternKind kind);
  void function_body(Function& function, uint32_t index, const TypeUse& use);
  Expr offset();
  uint32_t entity_use(ExternKind kind);
  void element_list(ElementSegment& segment, bool allow_bare_indices);
  void element_exprs(ElementSegment& segment);
  void element_indices(ElementSegment& segment);
  std::vector<uint8_t> data_strings();

  void refuse_unsupported_heap_type() const;
  AddressType address_type();
  Limits limits();
  uint8_t page_size();
  MemoryType memory_type();
  TableType table_type();
  GlobalType global_type();
  FuncType function_type();
  void params_and_results(FuncType& type, std::vector<Binder>* params);
  uint32_t find_or_add(const FuncType& type);

  /// Branch hints in a function of module_.functions: which instruction of its body, and the hint.
  struct FunctionHints {
    size_t function;
    std::vector<std::pair<size_t, uint8_t>> hints;
  };

  Cursor& cursor_;
  const Edition edition_;
  Module module_;
  IndexSpace types_{"type"};
  std::array<IndexSpace, kExternKinds> spaces_{IndexSpace{"function"}, IndexSpace{"table"}, IndexSpace{"memory"},
                                               IndexSpace{"global"}, IndexSpace{"tag"}};
  IndexSpace elements_{"elem segment"};
  IndexSpace data_{"data segment"};
  std::optional<std::string_view> defined_;          ///< the first definition's kind: no import may follow
  std::array<uint32_t, kExternKinds> next_index_{};  ///< second pass: the index of the next entity of each kind
  std::unordered_map<std::string, uint32_t> type_indices_;
  bool needs_data_count_ = false;
  std::vector<FunctionHints> branch_hints_;
  std::optional<SyntaxError> invalid_annotation_;  ///< the first one: malformed text comes before
};

}  // namespace weft::text
