// SPDX-License-Identifier: Apache-2.0
#include "interp/module.h"

#include <algorithm>

#include <fmt/format.h>

namespace weft {
namespace {

/// The description of the index-th import of a kind, or null when the index is not an import's.
template <class T>
const T* imported_desc(const Module& module, uint32_t index) {
  for (const Import& import : module.imports) {
    if (const T* desc = std::get_if<T>(&import.desc); desc != nullptr && index-- == 0) return desc;
  }
  return nullptr;
}

}  // namespace

bool Module::has_section(Section section) const {
  switch (section) {
    case Section::first:
    case Section::last: return false;
    case Section::type: return !types.empty();
    case Section::import: return !imports.empty();
    case Section::func:
    case Section::code: return !functions.empty();
    case Section::table: return !tables.empty();
    case Section::memory: return !memories.empty();
    case Section::tag: return !tags.empty();
    case Section::global: return !globals.empty();
    case Section::exports: return !exports.empty();
    case Section::start: return start.has_value();
    case Section::elem: return !elements.empty();
    case Section::data_count: return data_count.has_value();
    case Section::data: return !data.empty();
  }
  return false;
}

uint32_t Module::imported(ExternKind kind) const {
  return static_cast<uint32_t>(
      std::count_if(imports.begin(), imports.end(), [kind](const Import& import) { return import.kind() == kind; }));
}

uint32_t Module::function_type_index(uint32_t index) const {
  if (const auto* desc = imported_desc<uint32_t>(*this, index)) return *desc;
  return functions[index - imported(ExternKind::func)].type;
}

const TableType& Module::table_type(uint32_t index) const {
  if (const auto* desc = imported_desc<TableType>(*this, index)) return *desc;
  return tables[index - imported(ExternKind::table)].type;
}

const MemoryType& Module::memory_type(uint32_t index) const {
  if (const auto* desc = imported_desc<MemoryType>(*this, index)) return *desc;
  return memories[index - imported(ExternKind::memory)];
}

const GlobalType& Module::global_type(uint32_t index) const {
  if (const auto* desc = imported_desc<GlobalType>(*this, index)) return *desc;
  return globals[index - imported(ExternKind::global)].type;
}

const TagType& Module::tag_type(uint32_t index) const {
  if (const auto* desc = imported_desc<TagType>(*this, index)) return *desc;
  return tags[index - imported(ExternKind::tag)];
}

std::string Module::function_name(uint32_t index) const {
  const auto named = std::lower_bound(names.functions.begin(), names.functions.end(), index,
                                      [](const auto& entry, uint32_t key) { return entry.first < key; });
  if (named != names.functions.end() && named->first == index) return named->second;
  for (const Export& exported : exports) {
    if (exported.kind == ExternKind::func && exported.index == index) return exported.name;
  }
  return fmt::format("func[{}]", index);
}

}  // namespace weft
