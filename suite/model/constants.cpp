// SPDX-License-Identifier: Apache-2.0
#include "suite/model/constants.h"

#include <algorithm>
#include <set>

namespace weft::model {

void add_constants(const Module& module, std::string_view function, std::vector<Bytes>& constants) {
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
      if (info(instr.op).instr_class != InstrClass::constant) continue;
      const Bytes constant = to_bytes(instr.lo, instr.hi);
      if (std::find(constants.begin(), constants.end(), constant) == constants.end()) constants.push_back(constant);
    }
  }
}

}  // namespace weft::model
