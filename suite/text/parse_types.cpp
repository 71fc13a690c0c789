// SPDX-License-Identifier: Apache-2.0
//
// Types and type uses (text-types, text-typeuse).
#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "interp/unsupported.h"
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

/// Whether a reference type comes next, even one of a proposal that reference_type() refuses.
bool ModuleParser::at_reference_type() const {
  const auto type = find_value_type(cursor_.peek());
  if (type) return is_reference(*type);
  return cursor_.at_open("ref") ||
         (cursor_.at(TokenKind::keyword) && !unsupported_heap_type(cursor_.peek().text).empty());
}

ValType ModuleParser::value_type() {
  if (const auto type = find_value_type(cursor_.peek())) {
    cursor_.take();
    return *type;
  }
  const Position position = cursor_.peek().position;
  if (cursor_.accept_open("ref")) {
    const bool is_nullable = cursor_.accept_keyword("null");
    const ValType type = heap_type();
    if (!is_nullable) fail_unsupported(position, kFunctionReferences);
    cursor_.expect_close();
    return type;
  }
  refuse_unsupported_heap_type();
  cursor_.unexpected("a value type");
}

ValType ModuleParser::reference_type() {
  if (!at_reference_type()) cursor_.unexpected("a reference type");
  return value_type();
}

ValType ModuleParser::heap_type() {
  if (cursor_.accept_keyword("func")) return ValType::funcref;
  if (cursor_.accept_keyword("extern")) return ValType::externref;
  if (cursor_.accept_keyword("exn")) return ValType::exnref;
  if (cursor_.at_index()) fail_unsupported(cursor_.peek().position, kFunctionReferences);
  if (cursor_.at_open("exact")) fail_unsupported(cursor_.peek().position, kCustomDescriptors);
  refuse_unsupported_heap_type();
  cursor_.unexpected("'func', 'extern' or 'exn'");
}

void ModuleParser::refuse_unsupported_heap_type() const {
  const Token& token = cursor_.peek();
  if (token.kind != TokenKind::keyword) return;
  if (const std::string_view message = unsupported_heap_type(token.text); !message.empty()) {
    fail_unsupported(token.position, message);
  }
}

void ModuleParser::value_types(std::string_view word, std::vector<ValType>& types) {
  while (cursor_.accept_open(word)) {
    while (!cursor_.at(TokenKind::rpar)) types.push_back(value_type());
    cursor_.take();
  }
}

void ModuleParser::params_and_results(FuncType& type, std::vector<Binder>* params) {
  while (cursor_.accept_open("param")) {
    if (Binder param = params != nullptr ? binder("local") : Binder{}; param.id || param.name) {
      params->push_back(std::move(param));
      type.params.push_back(value_type());
      cursor_.expect_close();
      continue;
    }
    for (; !cursor_.at(TokenKind::rpar); type.params.push_back(value_type())) {
      if (params != nullptr) params->emplace_back();
    }
    cursor_.take();
  }
  value_types("result", type.results);
  if (cursor_.at_open("param")) Cursor::unexpected(cursor_.peek_next(), "no parameters behind the results");
}

/// Behind the identifier of a `type` field.
FuncType ModuleParser::function_type() {
  constexpr std::pair<std::string_view, std::string_view> kOthers[] = {
      {"sub", kGc},
      {"struct", kGc},
      {"array", kGc},
      {"descriptor", kCustomDescriptors},
      {"describes", kCustomDescriptors},
  };
  for (const auto& [word, message] : kOthers) {
    if (cursor_.at_open(word)) fail_unsupported(cursor_.peek().position, message);
  }
  cursor_.expect_open("func");
  FuncType type;
  std::vector<Binder> params;
  params_and_results(type, &params);
  IndexSpace locals("local");
  for (const Binder& param : params) locals.bind(param.id);
  cursor_.expect_close("'(result', or '(param' before it, or ')'");
  return type;
}

TypeUse ModuleParser::type_use(bool allow_ids) {
  TypeUse use;
  use.position = cursor_.peek().position;
  if (cursor_.at_open("exact")) fail_unsupported(use.position, kCustomDescriptors);
  if (cursor_.accept_open("type")) {
    use.index = types_.expect(cursor_);
    cursor_.expect_close();
  }
  params_and_results(use.signature, allow_ids ? &use.params : nullptr);
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

/// i32, where it is left out (text-addrtype).
AddressType ModuleParser::address_type() {
  const auto type = find_value_type(cursor_.peek());
  if (!type || is_reference(*type)) return AddressType::i32;
  const Token token = cursor_.take();
  if (*type != AddressType::i32 && *type != AddressType::i64) {
    fail(token.position, fmt::format("malformed address type {}", token.text));
  }
  return *type;
}

/// Of 64 bits whatever the address type: whether they fit is validation's question.
Limits ModuleParser::limits() {
  Limits limits;
  const auto size = [this](std::string_view description) -> uint64_t {
    return edition_ == Edition::wasm_2_0 ? cursor_.expect_u32(description) : cursor_.expect_u64(description);
  };
  limits.min = size("a minimum size");
  if (cursor_.at(TokenKind::nat)) limits.max = size("a maximum size");
  return limits;
}

/// `(pagesize n)`, or nothing: the exponent. Which powers of two are allowed is validation's question.
uint8_t ModuleParser::page_size() {
  if (!cursor_.accept_open("pagesize")) return MemoryType{}.page_size_log2;
  const Position position = cursor_.peek().position;
  const uint64_t size = cursor_.expect_u64("a page size");
  if (!std::has_single_bit(size)) fail(position, fmt::format("invalid custom page size {}", size));
  cursor_.expect_close();
  return static_cast<uint8_t>(std::countr_zero(size));
}

MemoryType ModuleParser::memory_type() {
  MemoryType type;
  type.address = address_type();
  type.limits = limits();
  type.shared = cursor_.accept_keyword("shared");
  type.page_size_log2 = page_size();
  return type;
}

TableType ModuleParser::table_type() {
  TableType type;
  type.address = address_type();
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
