// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/program_builder.h"

#include <set>

#include "suite/runtimes/check.h"
#include "suite/runtimes/code.h"
#include "suite/runtimes/free_block.h"
#include "suite/runtimes/wasi_support.h"
#include "suite/text/parse.h"

namespace weft::runtimes {
namespace {

using script::Get;
using script::Invoke;
using enum ValType;

Error impossible(std::string reason) { return {ErrorKind::host, std::move(reason), {}}; }

bool defines_shared_memory(const Module& module) {
  for (const MemoryType& memory : module.memories) {
    if (memory.shared) return true;
  }
  return false;
}

}  // namespace

Result<ProgramBuilder> ProgramBuilder::make(const Outline& outline, Form form) {
  ProgramBuilder builder(outline);
  const bool is_wasi = form == Form::wasi_threads;
  if (is_wasi) {
    if (auto prepared = builder.prepare_wasi(); !prepared) return prepared.error();
  }
  if (auto added = builder.add_instances(); !added) return added.error();
  if (is_wasi) {
    if (auto added = builder.add_support(); !added) return added.error();
  }
  return builder;
}

/// Imports, which come first: of programs with threads also the memory, which is all that these share.
Result<Ok> ProgramBuilder::prepare_wasi() {
  const std::string wasi = "wasi_snapshot_preview1";
  const auto import = [this](const std::string& module, const std::string& name, const FuncType& type) {
    host_[name] = {ExternKind::func, merger_.import_function(module, name, type)};
  };
  import(wasi, "fd_write", {{i32, i32, i32, i32}, {i32}});
  import(wasi, "proc_exit", {{i32}, {}});
  if (outline_->tasks.size() == 1) return Ok{};

  import(wasi, "sched_yield", {{}, {i32}});
  import("wasi", "thread-spawn", {{i32}, {i32}});
  MemoryType type{.limits = {1, 1}, .shared = true};
  for (size_t i = 0; i < outline_->instances.size(); ++i) {
    const Module& module = outline_->instances[i].module;
    if (!defines_shared_memory(module)) continue;
    if (shared_ || module.memories.size() > 1 || module.imported(ExternKind::memory) > 0)
      return impossible("threads of WASI share one memory, and no other");
    shared_ = i;
    type = module.memories[0];
  }
  if (type.address != i32) return impossible("WASI has 32-bit addresses");
  const auto free = find_free_block(*outline_, static_cast<uint32_t>(4 * outline_->tasks.size()));
  if (!free || type.limits.min == 0) return impossible("its memory has no room for what its threads tell each other");
  cells_ = *free;
  merger_.import_memory("env", "memory", type);
  host_["memory"] = {ExternKind::memory, 0};
  return Ok{};
}

Result<Ok> ProgramBuilder::add_instances() {
  const bool native = outline_->instances.size() == 1 && outline_->tasks.size() == 1;
  for (size_t i = 0; i < outline_->instances.size(); ++i) {
    const Outline::Instance& instance = outline_->instances[i];
    Module module = instance.module;
    std::vector<Entity> imports;
    for (size_t import = 0; import < module.imports.size(); ++import) {
      const Exports& exports = instances_[instance.imports[import]].exports;
      imports.push_back(exports.at(module.imports[import].name));
    }
    if (shared_ == i) {
      // What it defines is imported, and has index 0 in both.
      module.imports.push_back({"env", "memory", module.memories[0]});
      module.memories.clear();
      imports.push_back(host_.at("memory"));
    }
    instances_.push_back(merger_.add(module, imports, native));
  }
  return Ok{};
}

Exports ProgramBuilder::add_module(std::string_view text) {
  const Result<Module> module = parse_module(text);
  std::vector<Entity> imports;
  for (const Import& import : module->imports) imports.push_back(host_.at(import.name));
  return merger_.add(*module, imports, false).exports;
}

Result<Ok> ProgramBuilder::add_support() {
  if (merger_.module().memory_count() == 0)
    host_["memory"] = add_module("(module (memory (export \"memory\") 1))").at("memory");
  if (merger_.module().memory_type(0).address != i32) return impossible("WASI has 32-bit addresses");
  host_["memory"] = {ExternKind::memory, 0};
  support_ = add_module(kFailModule);
  if (outline_->tasks.size() > 1) support_.merge(add_module(kJoinModule));
  merger_.module().exports.push_back({"memory", ExternKind::memory, 0});
  return Ok{};
}

void ProgramBuilder::export_function(const std::string& name, uint32_t function) {
  merger_.module().exports.push_back({name, ExternKind::func, function});
}

void ProgramBuilder::export_task(const std::string& name, const std::optional<Target>& target) {
  export_function(name, add_task(0, target));
}

void ProgramBuilder::export_start(const std::optional<Target>& target) {
  const uint32_t fail = support_.at("fail").index;
  std::vector<uint32_t> tasks;
  tasks.reserve(outline_->tasks.size());
  for (size_t task = 0; task < outline_->tasks.size(); ++task) tasks.push_back(add_task(task, target));
  const auto add_call = [&](Code& code, size_t task) {
    const uint32_t line = code.add_local(i32);
    code.call(tasks[task]).op(Op::local_tee, line);
    code.begin_if().op(Op::local_get, line).call(fail).end();
  };
  Code start;
  add_call(start, 0);
  export_function("_start", merger_.add_function({}, start.take_locals(), start.take()));
  if (tasks.size() == 1) return;

  // The argument of a thread is the number of its task; parameters come before locals.
  Code thread;
  thread.add_local(i32), thread.add_local(i32);
  for (size_t task = 1; task < tasks.size(); ++task) {
    thread.op(Op::local_get, 1).i32(static_cast<uint32_t>(task)).op(Op::i32_eq).begin_if();
    add_call(thread, task);
    thread.i32(cell(task)).call(support_.at("end").index).end();
  }
  std::vector<ValType> locals = thread.take_locals();
  locals.erase(locals.begin(), locals.begin() + 2);
  export_function("wasi_thread_start", merger_.add_function({{i32, i32}, {}}, std::move(locals), thread.take()));
}

uint32_t ProgramBuilder::add_task(size_t task, const std::optional<Target>& target) {
  Code code;
  std::set<size_t> spawned;
  const std::vector<Step>& steps = outline_->tasks[task];
  const size_t count = target && target->task == task ? target->step + 1 : steps.size();
  for (size_t i = 0; i < count; ++i) {
    const bool is_target = target && target->task == task && target->step == i;
    if (steps[i].kind == Step::Kind::must_trap && !is_target) continue;
    if (steps[i].kind == Step::Kind::spawn) spawned.insert(steps[i].subject);
    add_step(code, steps[i], !target);
  }
  if (target && target->task == task) {
    code.i32(steps[target->step].line);  // it should not have come here
  } else {
    for (const size_t other : spawned) code.i32(cell(other)).call(support_.at("join").index);
    code.i32(0);
  }
  return merger_.add_function({{}, {i32}}, code.take_locals(), code.take());
}

void ProgramBuilder::add_step(Code& code, const Step& step, bool is_judged) {
  const auto unless = [&code, &step] { code.op(Op::i32_eqz).begin_if().i32(step.line).op(Op::return_).end(); };
  switch (step.kind) {
    case Step::Kind::instantiate:
      if (const auto initialise = instances_[step.subject].initialise) code.call(*initialise);
      return;
    case Step::Kind::spawn:
      code.i32(static_cast<uint32_t>(step.subject)).call(host_.at("thread-spawn").index);
      code.i32(0).op(Op::i32_ge_s);
      return unless();
    case Step::Kind::join: code.i32(cell(step.subject)).call(support_.at("join").index); return;
    case Step::Kind::perform:
    case Step::Kind::must_trap: break;
  }
  std::vector<ValType> types;
  if (const auto* get = std::get_if<Get>(&step.action->what)) {
    const uint32_t global = instances_[step.subject].exports.at(get->name).index;
    code.op(Op::global_get, global);
    types.push_back(merger_.module().global_type(global).type);
  } else {
    const auto& invoke = std::get<Invoke>(step.action->what);
    const uint32_t function = instances_[step.subject].exports.at(invoke.name).index;
    for (const script::Constant& argument : invoke.arguments) push(code, argument);
    code.call(function);
    types = merger_.module().function_type(function).results;
  }
  if (is_judged && step.results != nullptr) {
    check(code, types, *step.results);
    return unless();
  }
  for (size_t i = 0; i < types.size(); ++i) code.op(Op::drop);
}

}  // namespace weft::runtimes
