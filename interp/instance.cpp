// SPDX-License-Identifier: Apache-2.0
#include "interp/instance.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "interp/agent.h"
#include "interp/decode.h"
#include "interp/lower.h"
#include "interp/numeric.h"
#include "interp/race/thread.h"
#include "interp/trap.h"
#include "interp/validate.h"

namespace weft {

// Compiled modules.

CompiledModule::CompiledModule(Module module) : module_(std::move(module)) {}
CompiledModule::~CompiledModule() = default;

Result<std::shared_ptr<const CompiledModule>> CompiledModule::compile(std::span<const uint8_t> bytes, Edition edition) {
  Result<Module> module = decode(bytes, edition);
  if (!module) return std::move(module).error();
  return compile(std::move(*module), edition);
}

Result<std::shared_ptr<const CompiledModule>> CompiledModule::compile(Module module, Edition edition) {
  if (Result<Ok> valid = validate(module, edition); !valid) return std::move(valid).error();
  std::shared_ptr<CompiledModule> compiled(new CompiledModule(std::move(module)));
  // Lowering for one engine fails exactly when it fails for the other, so code() cannot.
  Result<std::unique_ptr<LoweredModule>> code = lower(compiled->module_, target_of(Engine::fast));
  if (!code) return std::move(code).error();
  constexpr size_t kFast = static_cast<size_t>(Engine::fast);
  std::call_once(compiled->once_[kFast], [&] { compiled->code_[kFast] = std::move(*code); });
  return std::shared_ptr<const CompiledModule>(std::move(compiled));
}

const LoweredModule& CompiledModule::code(Engine engine) const {
  const size_t i = static_cast<size_t>(engine);
  std::call_once(once_[i], [&] { code_[i] = std::move(*lower(module_, target_of(engine))); });
  return *code_[i];
}

// Instances.

const Extern* Instance::find_export(std::string_view name) const {
  const auto found =
      std::find_if(exports.begin(), exports.end(), [name](const auto& entry) { return entry.first == name; });
  return found == exports.end() ? nullptr : &found->second;
}

FuncInst* Instance::find_function(std::string_view name) const {
  const Extern* found = find_export(name);
  FuncInst* const* function = found == nullptr ? nullptr : std::get_if<FuncInst*>(found);
  return function == nullptr ? nullptr : *function;
}

namespace {

/// match-limits: the found ones lie within the wanted ones.
bool matches(const Limits& found, const Limits& wanted) {
  return found.min >= wanted.min && (!wanted.max || (found.max && *found.max <= *wanted.max));
}

/// match-externtype; `found` and `wanted` become text for the error.
bool matches(const Extern& value, const Import& import, const Module& module, std::string& found, std::string& wanted) {
  switch (import.kind()) {
    case ExternKind::func: {
      const FuncType& type = module.types[std::get<uint32_t>(import.desc)];
      wanted = to_string(type);
      if (kind(value) == ExternKind::func)
        return found = to_string(std::get<FuncInst*>(value)->type), std::get<FuncInst*>(value)->type == type;
      break;
    }
    case ExternKind::table: {
      const TableType& type = std::get<TableType>(import.desc);
      wanted = to_string(type);
      if (kind(value) == ExternKind::table) {
        const TableType have = std::get<TableInst*>(value)->current_type();
        found = to_string(have);
        return have.element == type.element && have.address == type.address && matches(have.limits, type.limits);
      }
      break;
    }
    case ExternKind::memory: {
      const MemoryType& type = std::get<MemoryType>(import.desc);
      wanted = to_string(type);
      if (kind(value) == ExternKind::memory) {
        const MemoryType have = std::get<std::shared_ptr<Memory>>(value)->type();
        found = to_string(have);
        return have.shared == type.shared && have.address == type.address &&
               have.page_size_log2 == type.page_size_log2 && matches(have.limits, type.limits);
      }
      break;
    }
    case ExternKind::global: {
      const GlobalType& type = std::get<GlobalType>(import.desc);
      wanted = to_string(type);
      if (kind(value) == ExternKind::global)
        return found = to_string(std::get<GlobalInst*>(value)->type), std::get<GlobalInst*>(value)->type == type;
      break;
    }
    case ExternKind::tag: {
      const FuncType& type = module.types[std::get<TagType>(import.desc).type];
      wanted = to_string(type);
      if (kind(value) == ExternKind::tag)
        return found = to_string(std::get<TagInst*>(value)->type), std::get<TagInst*>(value)->type == type;
      break;
    }
  }
  found = fmt::format("a {}", to_string(kind(value)));
  return false;
}

}  // namespace

/// One run of exec-instantiation.
struct Instantiation {
  Store& store;
  Agent& agent;
  Instance& instance;
  const Module& module;
  std::span<const std::shared_ptr<Memory>> memories;  // instead of those that the module defines

  static Error trap(Trap reason) { return {ErrorKind::trap, std::string(phrase(reason)), {}}; }

  Result<Ok> link(std::span<const Extern> imports) {
    for (size_t i = 0; i < module.imports.size(); ++i) {
      const Import& import = module.imports[i];
      std::string found, wanted;
      if (!matches(imports[i], import, module, found, wanted)) {
        return Error{ErrorKind::unlinkable,
                     fmt::format("incompatible import type: {}.{}: the module wants {} {}, it was given {}",
                                 import.module, import.name, to_string(import.kind()), wanted, found),
                     {}};
      }
      switch (import.kind()) {
        case ExternKind::func: instance.functions.push_back(std::get<FuncInst*>(imports[i])); break;
        case ExternKind::table: instance.tables.push_back(std::get<TableInst*>(imports[i])); break;
        case ExternKind::memory: instance.memories.push_back(std::get<std::shared_ptr<Memory>>(imports[i])); break;
        case ExternKind::global: instance.globals.push_back(std::get<GlobalInst*>(imports[i])); break;
        case ExternKind::tag: instance.tags.push_back(std::get<TagInst*>(imports[i])); break;
      }
    }
    return Ok{};
  }

  Result<Ok> allocate() {
    for (const FuncType& type : module.types) instance.type_ids.push_back(store.type_id(type));
    const LoweredModule& code = instance.code->code(store.options().engine);
    for (size_t i = 0; i < module.functions.size(); ++i) {
      FuncInst& function = store.functions_.emplace_back();
      function.type = module.types[module.functions[i].type];
      function.type_id = instance.type_ids[module.functions[i].type];
      function.instance = &instance;
      function.code = &code.functions[i];
      function.index = static_cast<uint32_t>(instance.functions.size());
      instance.functions.push_back(&function);
    }
    for (size_t i = 0; i < module.memories.size(); ++i) {
      const bool given = i < memories.size() && memories[i] != nullptr;
      Result<std::shared_ptr<Memory>> memory = given ? memories[i] : store.add_memory(module.memories[i]);
      if (!memory) return std::move(memory).error();
      instance.memories.push_back(std::move(*memory));
    }
    if (agent.race_thread() != nullptr) {
      for (const std::shared_ptr<Memory>& memory : instance.memories) agent.race_thread()->meet(*memory);
    }
    if (!instance.memories.empty()) instance.memory0 = instance.memories[0].get();
    for (const TagType& type : module.tags) instance.tags.push_back(store.add_tag(module.types[type.type]));
    for (const Global& global : module.globals)
      instance.globals.push_back(store.add_global(global.type, evaluate(global.init)));
    for (const Table& definition : module.tables) {
      Result<TableInst*> table = store.add_table(definition.type, definition.init ? evaluate(*definition.init).lo : 0);
      if (!table) return std::move(table).error();
      instance.tables.push_back(*table);
    }
    for (const ElementSegment& segment : module.elements) {
      std::vector<uint64_t>& elements = instance.elements.emplace_back();
      for (const Expr& init : segment.init) elements.push_back(evaluate(init).lo);
    }
    for (const DataSegment& segment : module.data) instance.data.emplace_back(segment.bytes);
    for (const Export& exported : module.exports)
      instance.exports.emplace_back(exported.name, entity(exported.kind, exported.index));
    return Ok{};
  }

  Extern entity(ExternKind kind, uint32_t index) const {
    switch (kind) {
      case ExternKind::func: return instance.functions[index];
      case ExternKind::table: return instance.tables[index];
      case ExternKind::memory: return instance.memories[index];
      case ExternKind::global: return instance.globals[index];
      case ExternKind::tag: break;
    }
    return instance.tags[index];
  }

  /// The value of a constant expression (valid-constant).
  Value evaluate(const Expr& expr) const {
    std::vector<Value> stack;
    const auto binary = [&stack]<class T>(T (*function)(T, T)) {
      const T right = static_cast<T>(stack.back().lo);
      stack.pop_back();
      stack.back().lo = function(static_cast<T>(stack.back().lo), right);
    };
    for (const Instr& instr : expr.body) {
      switch (instr.op) {
        case Op::i32_const: stack.push_back({ValType::i32, instr.lo, 0}); break;
        case Op::i64_const: stack.push_back({ValType::i64, instr.lo, 0}); break;
        case Op::f32_const: stack.push_back({ValType::f32, instr.lo, 0}); break;
        case Op::f64_const: stack.push_back({ValType::f64, instr.lo, 0}); break;
        case Op::v128_const: stack.push_back({ValType::v128, instr.lo, instr.hi}); break;
        case Op::ref_null: stack.push_back(Value::null(static_cast<ValType>(instr.a))); break;
        case Op::ref_func: stack.push_back(Value::funcref(instance.functions[instr.a])); break;
        case Op::global_get: stack.push_back(instance.globals[instr.a]->get()); break;
        case Op::i32_add: binary(numeric::i32_add); break;
        case Op::i32_sub: binary(numeric::i32_sub); break;
        case Op::i32_mul: binary(numeric::i32_mul); break;
        case Op::i64_add: binary(numeric::i64_add); break;
        case Op::i64_sub: binary(numeric::i64_sub); break;
        case Op::i64_mul: binary(numeric::i64_mul); break;
        default: break;  // end
      }
    }
    return stack.back();
  }

  /// Active segments, in order, then dropped (as table.init, elem.drop, memory.init and data.drop would).
  Result<Ok> initialise() {
    for (size_t i = 0; i < module.elements.size(); ++i) {
      const ElementSegment& segment = module.elements[i];
      if (segment.mode == SegmentMode::active) {
        std::vector<uint64_t>& table = instance.tables[segment.table]->elements;
        const uint64_t at = evaluate(segment.offset).lo;
        if (!within(table, at, instance.elements[i].size())) return trap(Trap::out_of_bounds_table_access);
        std::copy(instance.elements[i].begin(), instance.elements[i].end(), table.begin() + static_cast<ptrdiff_t>(at));
      }
      if (segment.mode != SegmentMode::passive) instance.elements[i] = {};
    }
    for (size_t i = 0; i < module.data.size(); ++i) {
      const DataSegment& segment = module.data[i];
      if (agent.race_thread() != nullptr) tell_of(segment);
      if (segment.mode != SegmentMode::active) continue;
      if (!instance.memories[segment.memory]->write(evaluate(segment.offset).lo, segment.bytes)) {
        return trap(Trap::out_of_bounds_memory_access);
      }
      instance.data[i] = {};
    }
    return Ok{};
  }

  /// Tells who looks for races of an active segment that is about to be written.
  void tell_of(const DataSegment& segment) {
    static const std::string kWho = "data segment";
    if (segment.mode != SegmentMode::active) return;
    Memory& memory = *instance.memories[segment.memory];
    const uint64_t address = evaluate(segment.offset).lo;
    if (memory.shared() && memory.in_bounds(address, segment.bytes.size()))
      agent.race_thread()->host_access(agent, kWho, memory, address, segment.bytes.size(), true);
  }

  Result<Ok> run_start() {
    if (!module.start) return Ok{};
    switch (agent.invoke(*instance.functions[*module.start], {})) {
      case Completion::returned: return Ok{};
      case Completion::trapped: return agent.error();
      default: return Error{ErrorKind::host, "the start function did not return", {}};
    }
  }
};

Result<Instance*> Store::instantiate(std::shared_ptr<const CompiledModule> module, std::span<const Extern> imports,
                                     Agent& agent, std::span<const std::shared_ptr<Memory>> memories) {
  Instance& instance = *instances_.emplace_back(std::make_unique<Instance>());
  instance.code = std::move(module);
  instance.store = this;
  Instantiation run{*this, agent, instance, instance.module(), memories};
  Result<Ok> done = run.link(imports);
  if (done) done = run.allocate();
  if (done) done = run.initialise();
  if (done) done = run.run_start();
  if (!done) return std::move(done).error();
  return &instance;
}

}  // namespace weft
