// SPDX-License-Identifier: Apache-2.0
//
// The definitions of a module (text-modulefield) with all their abbreviations.
#include <algorithm>

#include <fmt/format.h>

#include "suite/text/expr_parser.h"
#include "suite/text/module_parser.h"

namespace weft::text {
namespace {

bool is_function_reference(const Expr& expr) { return expr.body.size() == 2 && expr.body[0].op == Op::ref_func; }

Expr constant(Op op, uint64_t value, uint32_t line) {
  return {.body = {{.op = op, .offset = line, .lo = value}, {.op = Op::end, .offset = line}}, .pool = {}};
}

/// The offset 0 of an active segment.
Expr zero(AddressType address, uint32_t line) {
  return constant(address == AddressType::i64 ? Op::i64_const : Op::i32_const, 0, line);
}

}  // namespace

void ModuleParser::define_field() {
  const Position position = cursor_.take().position;
  const std::string_view word = cursor_.take().text;  // the first pass has checked it
  if (word == "type") {
    binder("type");  // the first pass has read it all, but for the annotations
    function_type();
  } else if (word == "import") {
    define_import();
  } else if (word == "func") {
    define_function();
  } else if (word == "table") {
    define_table();
  } else if (word == "memory") {
    define_memory();
  } else if (word == "global") {
    define_global();
  } else if (word == "tag") {
    define_tag();
  } else if (word == "export") {
    define_export();
  } else if (word == "start") {
    define_start(position);
  } else if (word == "elem") {
    define_element();
  } else {
    define_data();
  }
  cursor_.expect_close();
  cursor_.treat_annotations_as(Annotations::in_module);
}

ExternDesc ModuleParser::extern_desc(ExternKind kind) {
  switch (kind) {
    case ExternKind::func: return resolve(type_use(true));
    case ExternKind::table: return table_type();
    case ExternKind::memory: return memory_type();
    case ExternKind::global: return global_type();
    case ExternKind::tag: break;
  }
  return TagType{resolve(type_use(true))};
}

void ModuleParser::define_import() {
  Import import;
  import.module = cursor_.expect_name("a module name");
  import.name = cursor_.expect_name("an import name");
  cursor_.expect(TokenKind::lpar, "an import description");
  const ExternKind kind = extern_kind();
  const uint32_t index = next_index_[static_cast<size_t>(kind)]++;
  bind(kind, index);
  import.desc = extern_desc(kind);
  cursor_.expect_close();
  module_.imports.push_back(std::move(import));
}

void ModuleParser::bind(ExternKind kind, uint32_t index) {
  if (kind != ExternKind::func && kind != ExternKind::tag) {
    cursor_.accept_id();
    return;
  }
  auto name = binder(space(kind).category()).name;
  auto& names = kind == ExternKind::func ? module_.names.functions : module_.names.tags;
  if (name) names.emplace_back(index, std::move(*name));
}

void ModuleParser::inline_exports(ExternKind kind, uint32_t index) {
  while (cursor_.accept_open("export")) {
    module_.exports.push_back({cursor_.expect_name("an export name"), kind, index});
    cursor_.expect_close();
  }
}

bool ModuleParser::inline_import(ExternKind kind) {
  if (!cursor_.accept_open("import")) return false;
  Import import;
  import.module = cursor_.expect_name("a module name");
  import.name = cursor_.expect_name("an import name");
  cursor_.expect_close();
  import.desc = extern_desc(kind);
  module_.imports.push_back(std::move(import));
  return true;
}

void ModuleParser::define_function() {
  const uint32_t line = cursor_.peek().position.line;
  const uint32_t index = next_index_[static_cast<size_t>(ExternKind::func)]++;
  bind(ExternKind::func, index);
  inline_exports(ExternKind::func, index);
  if (inline_import(ExternKind::func)) return;
  cursor_.treat_annotations_as(Annotations::in_function);
  Function function;
  function.offset = line;
  const TypeUse use = type_use(true);
  function.type = resolve(use);
  function_body(function, index, use);
  module_.functions.push_back(std::move(function));
}

void ModuleParser::function_body(Function& function, uint32_t index, const TypeUse& use) {
  Locals locals;
  std::vector<std::pair<uint32_t, std::string>> names;
  const auto bind = [&](Binder binder) {
    const uint32_t local = locals.space.bind(binder.id);
    if (binder.name) names.emplace_back(local, std::move(*binder.name));
  };
  for (const Binder& param : use.params) bind(param);
  if (use.params.empty()) {
    locals.is_type_known = function.type < module_.types.size();
    if (locals.is_type_known) locals.space.skip(module_.types[function.type].params.size());
  }
  while (cursor_.accept_open("local")) {
    if (Binder local = binder("local"); local.id || local.name) {
      bind(std::move(local));
      function.locals.push_back(value_type());
    } else {
      for (; !cursor_.at(TokenKind::rpar); locals.space.bind(std::nullopt)) function.locals.push_back(value_type());
    }
    cursor_.expect_close();
  }
  ExprParser parser(*this, &locals);
  function.code = parser.sequence();
  if (!parser.branch_hints().empty()) branch_hints_.push_back({module_.functions.size(), parser.branch_hints()});
  // Nobody knows where the locals of an unknown type begin.
  if (!names.empty() && locals.is_type_known) module_.names.locals.emplace_back(index, std::move(names));
}

void ModuleParser::define_table() {
  const uint32_t line = cursor_.peek().position.line;
  const uint32_t index = next_index_[static_cast<size_t>(ExternKind::table)]++;
  cursor_.accept_id();
  inline_exports(ExternKind::table, index);
  if (inline_import(ExternKind::table)) return;
  const Cursor start = cursor_;
  const AddressType address = address_type();
  if (!at_reference_type()) {
    cursor_ = start;
    Table table{table_type(), std::nullopt};
    if (!cursor_.at(TokenKind::rpar)) table.init = ExprParser(*this, nullptr).sequence();
    module_.tables.push_back(std::move(table));
    return;
  }
  ElementSegment segment;
  segment.mode = SegmentMode::active;
  segment.table = index;
  segment.offset = zero(address, line);
  segment.type = reference_type();
  cursor_.expect_open("elem");
  if (cursor_.at(TokenKind::lpar)) {
    element_exprs(segment);
  } else {
    element_indices(segment);
  }
  cursor_.expect_close();
  const uint64_t size = segment.init.size();
  module_.tables.push_back({{segment.type, {size, size}, address}, std::nullopt});
  module_.elements.push_back(std::move(segment));
}

void ModuleParser::define_memory() {
  const uint32_t line = cursor_.peek().position.line;
  const uint32_t index = next_index_[static_cast<size_t>(ExternKind::memory)]++;
  cursor_.accept_id();
  inline_exports(ExternKind::memory, index);
  if (inline_import(ExternKind::memory)) return;
  const Cursor start = cursor_;
  MemoryType type;
  type.address = address_type();
  type.page_size_log2 = page_size();
  if (!cursor_.accept_open("data")) {
    cursor_ = start;
    module_.memories.push_back(memory_type());
    return;
  }
  DataSegment segment;
  segment.mode = SegmentMode::active;
  segment.memory = index;
  segment.offset = zero(type.address, line);
  segment.bytes = data_strings();
  cursor_.expect_close();
  // The least number of pages that hold the bytes, without the overflow that an absurd page size could cause.
  const uint64_t size = segment.bytes.size();
  const bool is_partial = (size & ((uint64_t{1} << type.page_size_log2) - 1)) != 0;
  const uint64_t pages = (size >> type.page_size_log2) + (is_partial ? 1 : 0);
  type.limits = {pages, pages};
  module_.memories.push_back(type);
  module_.data.push_back(std::move(segment));
}

void ModuleParser::define_global() {
  const uint32_t index = next_index_[static_cast<size_t>(ExternKind::global)]++;
  cursor_.accept_id();
  inline_exports(ExternKind::global, index);
  if (inline_import(ExternKind::global)) return;
  Global global;
  global.type = global_type();
  global.init = ExprParser(*this, nullptr).sequence();
  module_.globals.push_back(std::move(global));
}

void ModuleParser::define_tag() {
  const uint32_t index = next_index_[static_cast<size_t>(ExternKind::tag)]++;
  bind(ExternKind::tag, index);
  inline_exports(ExternKind::tag, index);
  if (inline_import(ExternKind::tag)) return;
  module_.tags.push_back({resolve(type_use(true))});
}

void ModuleParser::define_export() {
  Export exported;
  exported.name = cursor_.expect_name("an export name");
  cursor_.expect(TokenKind::lpar, "an export description");
  exported.kind = extern_kind();
  exported.index = space(exported.kind).expect(cursor_);
  cursor_.expect_close();
  module_.exports.push_back(std::move(exported));
}

void ModuleParser::define_start(Position position) {
  if (module_.start) fail(position, "multiple start sections");
  module_.start = space(ExternKind::func).expect(cursor_);
}

Expr ModuleParser::offset() {
  if (!cursor_.accept_open("offset")) return ExprParser(*this, nullptr).folded();
  Expr expr = ExprParser(*this, nullptr).sequence();
  cursor_.expect_close();
  return expr;
}

/// `(table $t)` or `(memory $m)` of an active segment, 0 where it is left out; a bare number, as Wasm 1.0 had it.
uint32_t ModuleParser::entity_use(ExternKind kind) {
  if (cursor_.at(TokenKind::nat)) return space(kind).expect(cursor_);
  if (!cursor_.accept_open(weft::to_string(kind))) return 0;
  const uint32_t index = space(kind).expect(cursor_);
  cursor_.expect_close();
  return index;
}

void ModuleParser::define_element() {
  ElementSegment segment;
  cursor_.accept_id();
  bool has_table = false;
  if (cursor_.accept_keyword("declare")) {
    segment.mode = SegmentMode::declarative;
  } else if (cursor_.at(TokenKind::nat) || (cursor_.at(TokenKind::lpar) && !at_reference_type())) {
    segment.mode = SegmentMode::active;
    has_table = cursor_.at_open("table");
    segment.table = entity_use(ExternKind::table);
    segment.offset = offset();
  }
  element_list(segment, segment.mode == SegmentMode::active && !has_table);
  module_.elements.push_back(std::move(segment));
}

void ModuleParser::element_list(ElementSegment& segment, bool allow_bare_indices) {
  if (at_reference_type()) {
    segment.type = reference_type();
    return element_exprs(segment);
  }
  if (!cursor_.accept_keyword("func") && !allow_bare_indices) cursor_.unexpected("'func' or a reference type");
  element_indices(segment);
}

void ModuleParser::element_exprs(ElementSegment& segment) {
  while (cursor_.at(TokenKind::lpar)) {
    const bool is_item = cursor_.accept_open("item");
    ExprParser parser(*this, nullptr);
    segment.init.push_back(is_item ? parser.sequence() : parser.folded());
    if (is_item) cursor_.expect_close();
  }
  // A list of functions is short for one of expressions (text-elem), so the source does not choose the form of the
  // binary: the shorter wins.
  segment.as_indices =
      segment.type == ValType::funcref && std::all_of(segment.init.begin(), segment.init.end(), is_function_reference);
}

void ModuleParser::element_indices(ElementSegment& segment) {
  while (cursor_.at_index()) {
    const uint32_t line = cursor_.peek().position.line;
    Expr expr = constant(Op::ref_func, 0, line);
    expr.body[0].a = space(ExternKind::func).expect(cursor_);
    segment.init.push_back(std::move(expr));
  }
  segment.as_indices = segment.type == ValType::funcref;
}

std::vector<uint8_t> ModuleParser::data_strings() {
  std::vector<uint8_t> bytes;
  while (cursor_.at(TokenKind::string)) {
    const std::string value = string_value(cursor_.take());
    bytes.insert(bytes.end(), value.begin(), value.end());
  }
  return bytes;
}

void ModuleParser::define_data() {
  DataSegment segment;
  cursor_.accept_id();
  if (cursor_.at(TokenKind::nat) || cursor_.at(TokenKind::lpar)) {
    segment.mode = SegmentMode::active;
    segment.memory = entity_use(ExternKind::memory);
    segment.offset = offset();
  }
  segment.bytes = data_strings();
  module_.data.push_back(std::move(segment));
}

}  // namespace weft::text
