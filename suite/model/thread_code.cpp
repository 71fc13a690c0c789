// SPDX-License-Identifier: Apache-2.0
#include "suite/model/thread_code.h"

#include <algorithm>
#include <set>

namespace weft::model {
namespace {

/// Calls `visit` for the instructions of an exported function and of all that it calls: there are no tables.
template <class Visit>
void for_each_instruction(const Module& module, std::string_view function, Visit visit) {
  const uint32_t imported = module.imported(ExternKind::func);
  std::set<uint32_t> reached;
  std::vector<uint32_t> todo;
  const auto reach = [&](uint32_t index) {
    if (index >= imported && reached.insert(index).second) todo.push_back(index - imported);
  };
  for (const Export& one : module.exports) {
    if (one.kind == ExternKind::func && one.name == function) reach(one.index);
  }
  while (!todo.empty()) {
    const Function& body = module.functions[todo.back()];
    todo.pop_back();
    for (const Instr& instr : body.code.body) {
      if (instr.op == Op::call || instr.op == Op::return_call) reach(instr.a);
      visit(instr);
    }
  }
}

}  // namespace

void add_constants(const Module& module, std::string_view function, std::vector<Bytes>& constants) {
  for_each_instruction(module, function, [&constants](const Instr& instr) {
    const bool is_vector = instr.op == Op::v128_const;
    if (info(instr.op).instr_class != InstrClass::constant && !is_vector) return;
    const Bytes constant = to_bytes(instr.lo, is_vector ? instr.hi : 0);
    if (std::find(constants.begin(), constants.end(), constant) == constants.end()) constants.push_back(constant);
  });
}

bool always_synchronize(const Litmus& litmus) {
  std::set<uint8_t> widths;
  bool others = false;
  for (const Code& code : litmus.threads) {
    for_each_instruction(code.module->module(), code.function, [&](const Instr& instr) {
      const InstrInfo& row = info(instr.op);
      if (row.instr_class == InstrClass::atomic_notify || row.instr_class == InstrClass::atomic_fence) return;
      others |= row.instr_class == InstrClass::memory || (row.access != 0 && row.feature != Feature::threads);
      if (row.access != 0) widths.insert(row.access);
    });
  }
  return !others && widths.size() <= 1;
}

bool has_bulk(const Code& code) {
  bool found = false;
  for_each_instruction(code.module->module(), code.function, [&found](const Instr& instr) {
    found |= instr.op == Op::memory_fill || instr.op == Op::memory_copy || instr.op == Op::memory_init;
  });
  return found;
}

Module with_segments_in(Module module, std::string_view function) {
  const auto found = std::find_if(module.exports.begin(), module.exports.end(), [&](const Export& one) {
    return one.kind == ExternKind::func && one.name == function;
  });
  const uint32_t imported = module.imported(ExternKind::func);
  if (found == module.exports.end() || found->index < imported) return module;
  std::vector<Instr> code;
  for (uint32_t i = 0; i < module.data.size(); ++i) {
    DataSegment& segment = module.data[i];
    if (segment.mode != SegmentMode::active) continue;
    segment.mode = SegmentMode::passive;
    code.insert(code.end(), segment.offset.body.begin(), segment.offset.body.end() - 1);  // without `end`
    code.push_back({.op = Op::i32_const});
    code.push_back({.op = Op::i32_const, .lo = segment.bytes.size()});
    code.push_back({.op = Op::memory_init, .a = i, .b = segment.memory});
  }
  if (code.empty()) return module;
  module.data_count = static_cast<uint32_t>(module.data.size());
  std::vector<Instr>& body = module.functions[found->index - imported].code.body;
  body.insert(body.begin(), code.begin(), code.end());
  return module;
}

}  // namespace weft::model
