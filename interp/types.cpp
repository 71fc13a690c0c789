// SPDX-License-Identifier: Apache-2.0
#include "interp/types.h"

#include <fmt/format.h>

#include "interp/error.h"

namespace weft {

uint32_t slots(const std::vector<ValType>& types) {
  uint32_t count = 0;
  for (const ValType type : types) count += slots(type);
  return count;
}

std::string_view to_string(ValType type) {
  switch (type) {
    case ValType::i32: return "i32";
    case ValType::i64: return "i64";
    case ValType::f32: return "f32";
    case ValType::f64: return "f64";
    case ValType::v128: return "v128";
    case ValType::funcref: return "funcref";
    case ValType::externref: return "externref";
    case ValType::exnref: return "exnref";
  }
  return "?";
}

std::optional<ValType> valtype_from_byte(uint8_t byte) {
  switch (static_cast<ValType>(byte)) {
    case ValType::i32:
    case ValType::i64:
    case ValType::f32:
    case ValType::f64:
    case ValType::v128:
    case ValType::funcref:
    case ValType::externref:
    case ValType::exnref: return static_cast<ValType>(byte);
  }
  return std::nullopt;
}

namespace {
std::string list(const std::vector<ValType>& types) {
  std::string out = "[";
  for (size_t i = 0; i < types.size(); ++i) {
    if (i > 0) out += ' ';
    out += to_string(types[i]);
  }
  return out + "]";
}
std::string text(AddressType address, const Limits& limits) {
  const std::string_view prefix = address == ValType::i64 ? "i64 " : "";
  return limits.max ? fmt::format("{}{} {}", prefix, limits.min, *limits.max) : fmt::format("{}{}", prefix, limits.min);
}
}  // namespace

std::string to_string(const FuncType& type) { return list(type.params) + " -> " + list(type.results); }

std::string_view to_string(ExternKind kind) {
  switch (kind) {
    case ExternKind::func: return "func";
    case ExternKind::table: return "table";
    case ExternKind::memory: return "memory";
    case ExternKind::global: return "global";
    case ExternKind::tag: return "tag";
  }
  return "?";
}

std::string to_string(const MemoryType& type) {
  std::string out = text(type.address, type.limits) + (type.shared ? " shared" : "");
  if (type.page_size_log2 != 16) out += fmt::format(" (pagesize {})", uint64_t{1} << type.page_size_log2);
  return out;
}
std::string to_string(const TableType& type) {
  return fmt::format("{} {}", text(type.address, type.limits), to_string(type.element));
}
std::string to_string(const GlobalType& type) {
  return type.is_mutable ? fmt::format("(mut {})", to_string(type.type)) : std::string(to_string(type.type));
}

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::malformed: return "malformed";
    case ErrorKind::invalid: return "invalid";
    case ErrorKind::unlinkable: return "unlinkable";
    case ErrorKind::trap: return "trap";
    case ErrorKind::exhaustion: return "exhaustion";
    case ErrorKind::exception: return "exception";
    case ErrorKind::host: return "error";
  }
  return "?";
}

std::string to_string(const Error& error, std::string_view file) {
  std::string out(file);
  if (!error.where.empty()) out += (out.empty() ? "" : ":") + error.where;
  if (!out.empty()) out += ": ";
  return out + fmt::format("{}: {}", to_string(error.kind), error.message);
}

}  // namespace weft
