// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/record.h"

#include <algorithm>
#include <cstring>

namespace weft::stress {
namespace {

Value value_of(const Record::Field& field, std::span<const uint8_t> record) {
  Value value{.type = field.type};
  const uint8_t* at = record.data() + field.offset;
  std::memcpy(&value.lo, at, std::min<size_t>(field.width(), sizeof value.lo));
  if (field.type == ValType::v128) std::memcpy(&value.hi, at + sizeof value.lo, sizeof value.hi);
  return value;
}

}  // namespace

uint32_t Record::Field::width() const {
  switch (type) {
    case ValType::i32:
    case ValType::f32: return 4;
    case ValType::v128: return 16;
    default: return 8;
  }
}

Record::Record(const model::Code& code) {
  const Module& module = code.module->module();
  uint32_t function = 0;
  for (const Export& one : module.exports) {
    if (one.kind == ExternKind::func && one.name == code.function) function = one.index;
  }
  const std::vector<ValType>& results = module.function_type(function).results;
  for (uint32_t i = 0; i < results.size(); ++i) add({.is_result = true, .index = i, .name = {}, .type = results[i]});
  for (const Export& one : module.exports) {
    if (one.kind != ExternKind::global) continue;
    const bool is_register = std::any_of(code.registers.begin(), code.registers.end(), [&](const auto& name) {
      return std::string_view(name.name).substr(name.name.find(':') + 1) == one.name;
    });
    const bool tells = one.name == "dropped" || (results.empty() && (is_register || one.name == "assigned"));
    if (tells) add({.index = one.index, .name = one.name, .type = module.global_type(one.index).type});
  }
  uint32_t widest = 1;
  for (const Field& field : fields_) widest = std::max(widest, field.width());
  size_ = (size_ + widest - 1) / widest * widest;
}

void Record::add(Field field) {
  field.offset = (size_ + field.width() - 1) / field.width() * field.width();
  size_ = field.offset + field.width();
  fields_.push_back(std::move(field));
}

std::optional<model::Outcome> Record::read(const model::Code& code, const std::string& owner,
                                           std::span<const uint8_t> bytes) const {
  model::Ending ending;
  for (const Field& field : fields_) {
    if (field.is_result) ending.results.push_back(value_of(field, bytes));
  }
  ending.global = [&](std::string_view name) -> std::optional<Value> {
    for (const Field& field : fields_) {
      if (!field.is_result && field.name == name) return value_of(field, bytes);
    }
    return {};
  };
  return model::part_of_outcome(code, owner, ending);
}

}  // namespace weft::stress
