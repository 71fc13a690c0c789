// SPDX-License-Identifier: Apache-2.0
//
// The part of module_builder.h that runs modules and fails tests; apart, because fuzz targets need only the builder.
#include <gtest/gtest.h>

#include <thread>

#include <fmt/format.h>

#include "interp/tests/module_builder.h"

namespace weft::testing {

std::shared_ptr<const CompiledModule> compile(const Module& module) {
  auto compiled = CompiledModule::compile(module);
  if (compiled) return *compiled;
  ADD_FAILURE() << to_string(compiled.error(), "test module");
  return nullptr;
}

Instance* Vm::instantiate(const ModuleBuilder& builder, const std::vector<Extern>& imports) {
  return instantiate(compile(builder.module), imports);
}

Instance* Vm::instantiate(const std::shared_ptr<const CompiledModule>& module, const std::vector<Extern>& imports) {
  if (module == nullptr) return nullptr;
  Result<Instance*> made = store.instantiate(module, imports, agent);
  if (made) return instance = *made;
  ADD_FAILURE() << to_string(made.error(), "test instance");
  return nullptr;
}

std::string Vm::run(const std::string& name, const std::vector<Value>& arguments) {
  const FuncInst* function = instance->find_function(name);
  if (function == nullptr) return "no such function: " + name;
  agent.invoke(*function, arguments);
  return outcome();
}

void Vm::start(const std::string& name, const std::vector<Value>& arguments) {
  agent.start(*instance->find_function(name), arguments);
}

std::string Vm::run_and_stop(const std::string& name, const std::vector<Value>& arguments) {
  std::string result;
  std::thread thread([&] { result = run(name, arguments); });
  while (memory().load<uint8_t>(0) != 1) std::this_thread::yield();
  agent.stop();
  thread.join();
  return result;
}

std::string Vm::outcome() const {
  switch (agent.completion()) {
    case Completion::returned: break;
    case Completion::trapped: return to_string(agent.error(), "");
    case Completion::exited: return fmt::format("exited {}", agent.exit_status());
    case Completion::unwound: return "unwound";
    case Completion::stopped: return "stopped";
    case Completion::paused: return "paused";
  }
  std::string out;
  for (const Value& value : agent.results()) out += (out.empty() ? "" : " ") + to_string(value);
  return out;
}

std::string Vm::backtrace() const {
  std::string out;
  for (const BacktraceFrame& frame : agent.backtrace()) {
    if (!out.empty()) out += " < ";
    out += frame.function;
    if (frame.offset != 0) out += fmt::format("+{:#x}", frame.offset);
  }
  return out;
}

}  // namespace weft::testing
