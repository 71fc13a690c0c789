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

}  // namespace weft::model
