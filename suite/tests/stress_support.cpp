// SPDX-License-Identifier: Apache-2.0
#include "suite/tests/stress_support.h"

#include <stdexcept>
#include <utility>

#include "suite/text/parse.h"

namespace weft::testing {
namespace {

/// What must be there.
template <class T>
T sure(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().where + ": " + result.error().message);
  return std::move(*result);
}

}  // namespace

std::shared_ptr<Memory> new_memory(uint64_t pages) {
  return sure(Memory::create({.limits = {pages, pages}, .shared = true}));
}

model::Code to_code(const std::string& fields, std::vector<std::string> registers) {
  Module module = sure(parse_module("(module (memory (import \"mem\" \"memory\") 1 1 shared) " + fields + ")"));
  model::Code code{.module = sure(CompiledModule::compile(std::move(module))), .function = "thread", .registers = {}};
  for (std::string& name : registers) code.registers.push_back({.name = std::move(name)});
  return code;
}

stress::Footprint footprint_of(const model::Litmus& litmus) {
  return sure(stress::find_footprint(litmus, sure(model::judge(litmus))));
}
stress::Footprint footprint(const Notation& notation) { return footprint_of(to_litmus(notation)); }

Guest::Guest(Module module, const std::shared_ptr<Memory>& memory) {
  const std::vector<Extern> imports{memory};
  instance_ = sure(store_.instantiate(sure(CompiledModule::compile(std::move(module))), imports, agent_));
}

Completion Guest::invoke(const std::string& name, const std::vector<Value>& arguments) {
  return agent_.invoke(*instance_->find_function(name), arguments);
}

}  // namespace weft::testing
