// SPDX-License-Identifier: Apache-2.0
//
// Types and type uses (text-types, text-typeuse).
#include <algorithm>

#include <fmt/format.h>

#include "suite/text/literals.h"
#include "suite/text/module_parser.h"

namespace weft::text {
namespace {

std::optional<ValType> find_value_type(const Token& token) {
  if (token.kind != TokenKind::keyword) return std::nullopt;
  static const auto kTypes = [] {
    std::vector<ValType> types;
    for (unsigned byte = 0; byte < 0x80; ++byte) {
      if (const auto type = valtype_from_byte(static_cast<uint8_t>(byte))) types.push_back(*type);
    }
    return types;
  }();
  const auto found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](ValType type) { return weft::to_string(type) == token.text; });
  return found == kTypes.end() ? std::nullopt : std::optional(*found);
}

/// A key that is equal for equal types: the parameters, a separator that is no value type, the results.
std::string key_of(const FuncType& type) {
  std::string key;
  key.reserve(type.params.size() + type.results.size() + 1);
  for (const ValType param : type.params) key += static_cast<char>(param);
  key += '\0';
  for (const ValType result : type.results) key += static_cast<char>(result);
  return key;
}

}  // namespace

bool ModuleParser::at_value_type() const { return find_value_type(cursor_.peek()).has_value(); }

bool ModuleParser::at_reference_type() const {
  const auto type = find_value_type(cursor_.peek());
  return type && is_reference(*type);
}

ValType ModuleParser::value_type() {
  const auto type = find_value_type(cursor_.peek());
  if (!type) cursor_.unexpected("a value type");
  cursor_.take();
  return *type;
}

ValType ModuleParser::reference_type() {
  if (!at_reference_type()) cursor_.unexpected("a reference type");
  return value_type();
}

ValType ModuleParser::heap_type() {
  if (cursor_.accept_keyword("func")) return ValType::funcref;
  if (cursor_.accept_keyword("extern")) return ValType::externref;
  cursor_.unexpected("'func' or 'extern'");
}

void ModuleParser::value_types(std::string_view word, std::vector<ValType>& types) {
  while (cursor_.accept_open(word)) {
    while (!cursor_.at(TokenKind::rpar)) types.push_back(value_type());
    cursor_.take();
  }
}

void ModuleParser::params_and_results(FuncType& type, std::vector<std::optional<Token>>* ids) {
  while (cursor_.accept_open("param")) {
    if (ids != nullptr && cursor_.at(TokenKind::id)) {
      ids->push_back(cursor_.accept_id());
      type.params.push_back(value_type());
      cursor_.expect_close();
      continue;
    }
    for (; !cursor_.at(TokenKind::rpar); type.params.push_back(value_type())) {
      if (ids != nullptr) ids->push_back(std::nullopt);
    }
    cursor_.take();
  }
  value_types("result", type.results);
  if (cursor_.at_open("param")) Cursor::unexpected(cursor_.peek_next(), "no parameters behind the results");
}

FuncType ModuleParser::function_type() {
  FuncType type;
  std::vector<std::optional<Token>> ids;
  params_and_results(type, &ids);
  IndexSpace locals("local");
  for (const auto& id : ids) locals.bind(id);
  return type;
}

TypeUse ModuleParser::type_use(bool allow_ids) {
  TypeUse use;
  use.position = cursor_.peek().position;
  if (cursor_.accept_open("type")) {
    use.index = types_.expect(cursor_);
    cursor_.expect_close();
  }
  params_and_results(use.signature, allow_ids ? &use.param_ids : nullptr);
  return use;
}

uint32_t ModuleParser::resolve(const TypeUse& use) {
  if (!use.index) return find_or_add(use.signature);
  const bool is_inline = !use.signature.params.empty() || !use.signature.results.empty();
  if (!is_inline) return *use.index;  // whether the type exists is validation's question
  if (*use.index >= module_.types.size()) fail(use.position, fmt::format("unknown type {}", *use.index));
  const FuncType& type = module_.types[*use.index];
  if (type != use.signature) {
    fail(use.position, fmt::format("inline function type {} is not the type {} it refers to, {}",
                                   weft::to_string(use.signature), *use.index, weft::to_string(type)));
  }
  return *use.index;
}

uint32_t ModuleParser::find_or_add(const FuncType& type) {
  if (type_indices_.empty()) {
    for (uint32_t i = 0; i < module_.types.size(); ++i) type_indices_.try_emplace(key_of(module_.types[i]), i);
  }
  const auto [entry, is_new] = type_indices_.try_emplace(key_of(type), static_cast<uint32_t>(module_.types.size()));
  if (is_new) module_.types.push_back(type);
  return entry->second;
}

Limits ModuleParser::limits() {
  Limits limits;
  limits.min = cursor_.expect_u32("a minimum size");
  if (cursor_.at(TokenKind::nat)) limits.max = cursor_.expect_u32("a maximum size");
  return limits;
}

MemoryType ModuleParser::memory_type() {
  MemoryType type;
  type.limits = limits();
  type.shared = cursor_.accept_keyword("shared");
  return type;
}

TableType ModuleParser::table_type() {
  TableType type;
  type.limits = limits();
  type.element = reference_type();
  return type;
}

GlobalType ModuleParser::global_type() {
  GlobalType type;
  type.is_mutable = cursor_.accept_open("mut");
  type.type = value_type();
  if (type.is_mutable) cursor_.expect_close();
  return type;
}

}  // namespace weft::text
