// SPDX-License-Identifier: Apache-2.0
#include "interp/store.h"

#include <algorithm>

#include <fmt/format.h>

#include "interp/agent.h"
#include "interp/execute.h"
#include "interp/instance.h"
#include "interp/limits.h"

namespace weft {

TableType TableInst::current_type() const {
  TableType now = type;
  now.limits.min = elements.size();
  return now;
}

std::optional<uint64_t> TableInst::grow(uint64_t delta, uint64_t fill) {
  const uint64_t old = elements.size(),
                 max = std::min<uint64_t>(type.limits.max.value_or(kMaxTableSize), kMaxTableSize);
  if (delta > max || old > max - delta) return std::nullopt;
  if (room != nullptr) {
    if (delta > *room) return std::nullopt;
    *room -= delta;
  }
  elements.resize(old + delta, fill);
  return old;
}

ExternKind kind(const Extern& value) { return static_cast<ExternKind>(value.index()); }

Store::Store(const StoreOptions& options) : options_(options), table_room_(options.table_cap) {}
Store::~Store() = default;

FuncInst* Store::add_host_function(std::string name, FuncType type, HostFunction function) {
  FuncInst& added = functions_.emplace_back();
  added.type_id = type_id(type);
  added.type = std::move(type);
  added.name = std::move(name);
  added.host = std::move(function);
  return &added;
}

Result<TableInst*> Store::add_table(const TableType& type, uint64_t fill) {
  const uint64_t size = type.limits.min;
  if (size > kMaxTableSize) return Error{ErrorKind::host, too_many(kMaxTableSize, size), {}};
  if (size > table_room_) {
    return Error{ErrorKind::host,
                 fmt::format("too many elements in all tables together: {}, the limit is {}",
                             options_.table_cap - table_room_ + size, options_.table_cap),
                 {}};
  }
  table_room_ -= size;
  return &tables_.emplace_back(TableInst{type, std::vector<uint64_t>(size, fill), &table_room_});
}

GlobalInst* Store::add_global(const GlobalType& type, const Value& value) {
  return &globals_.emplace_back(GlobalInst{type, value.lo, value.hi});
}

TagInst* Store::add_tag(FuncType type) { return &tags_.emplace_back(TagInst{std::move(type)}); }

const Exception& Store::add_exception(const TagInst& tag, std::vector<uint64_t> values) {
  return exceptions_.add(tag, std::move(values), [this](const Exceptions::Mark& mark) {
    for (const Agent* agent : agents_) Machine::exception_roots(*agent, mark);
    for (const GlobalInst& global : globals_) mark(global.lo);
    for (const TableInst& table : tables_) {
      if (table.type.element == ValType::exnref) std::for_each(table.elements.begin(), table.elements.end(), mark);
    }
  });
}

uint32_t Store::type_id(const FuncType& type) {
  return type_ids_.try_emplace(to_string(type), static_cast<uint32_t>(type_ids_.size())).first->second;
}

Memory* HostCall::memory() const { return caller == nullptr ? nullptr : caller->memory0; }

void Linker::define(std::string module, std::string name, Extern value) {
  entries_.insert_or_assign({std::move(module), std::move(name)}, std::move(value));
}

void Linker::define(const std::string& module, const Instance& instance) {
  for (const auto& [name, value] : instance.exports) define(module, name, value);
}

const Extern* Linker::find(std::string_view module, std::string_view name) const {
  const auto found = entries_.find(std::pair(std::string(module), std::string(name)));
  return found == entries_.end() ? nullptr : &found->second;
}

Result<std::vector<Extern>> Linker::resolve(const CompiledModule& module) const {
  std::vector<Extern> externs;
  for (const Import& import : module.module().imports) {
    const Extern* found = find(import.module, import.name);
    if (found == nullptr) {
      return Error{ErrorKind::unlinkable,
                   fmt::format("unknown import: {}.{} ({})", import.module, import.name, to_string(import.kind())),
                   {}};
    }
    externs.push_back(*found);
  }
  return externs;
}

}  // namespace weft
