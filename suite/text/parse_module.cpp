// SPDX-License-Identifier: Apache-2.0
//
// The module as a whole: the pass that binds identifiers, and the entry point.
#include "suite/text/parse.h"

#include <algorithm>

#include <fmt/format.h>

#include "interp/decode_names.h"
#include "interp/unsupported.h"
#include "suite/text/annotations.h"
#include "suite/text/binary_writer.h"
#include "suite/text/encode.h"
#include "suite/text/module_parser.h"

namespace weft {
namespace text {
namespace {

std::optional<ExternKind> find_extern_kind(const Token& token) {
  for (const auto kind :
       {ExternKind::func, ExternKind::table, ExternKind::memory, ExternKind::global, ExternKind::tag}) {
    if (token.kind == TokenKind::keyword && token.text == weft::to_string(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace

bool is_module_field(std::string_view word) {
  constexpr std::string_view kFields[] = {"type", "rec",    "import", "func",  "table", "memory",
                                          "tag",  "global", "export", "start", "elem",  "data"};
  return std::find(std::begin(kFields), std::end(kFields), word) != std::end(kFields);
}

std::optional<Token> module_id(Cursor& cursor) {
  cursor.treat_annotations_as(Annotations::in_module);
  const auto id = cursor.accept_id();
  cursor.treat_annotations_as(Annotations::comments);
  return id;
}

Module ModuleParser::parse(const std::optional<Token>& id) {
  if (id) module_.names.module = id_name(*id);
  const Cursor start = cursor_;
  declare();
  cursor_ = start;
  cursor_.treat_annotations_as(Annotations::in_module);
  module_annotations(true);
  while (cursor_.at(TokenKind::lpar)) {
    define_field();
    module_annotations(false);
  }
  cursor_.treat_annotations_as(Annotations::comments);
  if (invalid_annotation_) throw SyntaxError(*invalid_annotation_);
  if (needs_data_count_) module_.data_count = static_cast<uint32_t>(module_.data.size());
  add_branch_hints();
  if (auto names = names_of(module_.customs)) module_.names = std::move(*names);
  return std::move(module_);
}

void ModuleParser::module_annotations(bool is_before_fields) {
  bool has_name = false;
  while (cursor_.at_annotation()) {
    const Token annotation = cursor_.take_annotation();
    const std::string id = annotation_id(annotation);
    if (id == kCustomAnnotation) {
      add_custom(custom_annotation(annotation));
    } else if (id == kNameAnnotation && is_before_fields) {
      module_.names.module = name_annotation(annotation);
      if (has_name) fail(annotation.position, "@name annotation: multiple module names");
      has_name = true;
    } else {
      cursor_.refuse(annotation);
    }
  }
}

void ModuleParser::add_custom(CustomSection custom) {
  const auto behind =
      std::upper_bound(module_.customs.begin(), module_.customs.end(), custom.place,
                       [](const SectionPlace& place, const CustomSection& other) { return place < other.place; });
  module_.customs.insert(behind, std::move(custom));
}

Binder ModuleParser::binder(std::string_view category) {
  Binder binder{cursor_.accept_id(), std::nullopt};
  bool has_annotation = false;
  if (binder.id) binder.name = id_name(*binder.id);
  while (cursor_.at_annotation(kNameAnnotation)) {
    const Token annotation = cursor_.take_annotation();
    binder.name = name_annotation(annotation);
    if (has_annotation) fail(annotation.position, fmt::format("@name annotation: multiple {} names", category));
    has_annotation = true;
  }
  return binder;
}

void ModuleParser::note_invalid_annotation(Position position, std::string message) {
  if (!invalid_annotation_) invalid_annotation_ = {position, std::move(message), ErrorKind::invalid};
}

void ModuleParser::add_branch_hints() {
  if (branch_hints_.empty()) return;
  BinaryWriter out;
  out.vector(branch_hints_, [&](const FunctionHints& entry) {
    out.unsigned_leb(module_.imported(ExternKind::func) + entry.function);
    const std::vector<size_t> offsets = instruction_offsets(module_.functions[entry.function]);
    out.vector(entry.hints, [&](const std::pair<size_t, uint8_t>& hint) {
      out.unsigned_leb(offsets[hint.first]);
      out.unsigned_leb(1);  // the size of what follows
      out.byte(hint.second);
    });
  });
  add_custom({std::string(kBranchHintAnnotation), std::move(out).take(), {Section::code, false}});
}

ExternKind ModuleParser::extern_kind() {
  const auto kind = find_extern_kind(cursor_.peek());
  if (!kind) cursor_.unexpected("'func', 'table', 'memory', 'global' or 'tag'");
  cursor_.take();
  return *kind;
}

void ModuleParser::declare() {
  while (cursor_.at(TokenKind::lpar)) declare_field();
}

void ModuleParser::declare_field() {
  const Position position = cursor_.take().position;
  if (find_extern_kind(cursor_.peek())) {
    declare_entity(extern_kind());
  } else if (cursor_.accept_keyword("type")) {
    types_.bind(cursor_.accept_id());
    module_.types.push_back(function_type());
    return cursor_.expect_close();
  } else if (cursor_.at_keyword("rec")) {
    fail_unsupported(cursor_.peek().position, kGc);
  } else if (cursor_.accept_keyword("import")) {
    declare_import(position);
  } else if (cursor_.accept_keyword("elem")) {
    elements_.bind(cursor_.accept_id());
  } else if (cursor_.accept_keyword("data")) {
    data_.bind(cursor_.accept_id());
  } else if (!cursor_.at(TokenKind::keyword) || !is_module_field(cursor_.peek().text)) {
    cursor_.unexpected("a module field");
  }
  cursor_.skip_to_close();
}

/// An import must precede all definitions of the index spaces that imports share (text-import).
void ModuleParser::declare_import(Position position) {
  if (defined_) fail(position, fmt::format("import after {}", *defined_));
  cursor_.expect(TokenKind::string, "a module name");
  cursor_.expect(TokenKind::string, "an import name");
  cursor_.expect(TokenKind::lpar, "an import description");
  mutable_space(extern_kind()).bind(cursor_.accept_id());
  cursor_.skip_to_close();
}

void ModuleParser::declare_entity(ExternKind kind) {
  mutable_space(kind).bind(cursor_.accept_id());
  while (cursor_.accept_open("export")) cursor_.skip_to_close();
  if (cursor_.at_open("import")) {
    if (defined_) fail(cursor_.peek().position, fmt::format("import after {}", *defined_));
    return;
  }
  if (!defined_) defined_ = space(kind).category();
  // A table or memory that lists its contents defines a segment, too.
  if (kind == ExternKind::table) {
    address_type();
    if (at_reference_type()) elements_.bind(std::nullopt);
  } else if (kind == ExternKind::memory) {
    address_type();
    page_size();
    if (cursor_.at_open("data")) data_.bind(std::nullopt);
  }
}

}  // namespace text

Result<Module> parse_module(std::string_view source, Edition edition) {
  using namespace text;
  try {
    require_utf8(source);
    Cursor cursor(source);
    const bool is_wrapped = cursor.accept_open("module");
    const auto id = is_wrapped ? module_id(cursor) : std::nullopt;
    Module module = ModuleParser(cursor, edition).parse(id);
    if (is_wrapped) cursor.expect_close("a module field or ')'");
    if (!cursor.at(TokenKind::end)) cursor.unexpected(is_wrapped ? "the end of the source" : "a module field");
    return module;
  } catch (SyntaxError& error) {
    return to_error(std::move(error));
  }
}

}  // namespace weft
