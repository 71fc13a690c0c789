// SPDX-License-Identifier: Apache-2.0
#include "suite/tests/bounded_run.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace weft::testing {
namespace {

constexpr uint64_t kFuel = 4'000;         // instructions of one call
constexpr size_t kMaxCalls = 12;          // of functions, for each module
constexpr uint64_t kMemoryPages = 2;      // of each memory
constexpr uint64_t kMaxElements = 1'000;  // of all tables
constexpr uint64_t kBulkBytes = 1 << 20;  // of all bulk accesses to shared memory
constexpr size_t kStack = size_t{64} << 10;

/// A simple argument; not the same for each parameter.
Value argument(ValType type, size_t position) {
  static constexpr uint64_t kInts[] = {0, 1, 7, 0xfffffff8, 64};
  const uint64_t number = kInts[position % std::size(kInts)];
  switch (type) {
    case ValType::f32: return {type, 0x3f800000 + (number << 16 & 0x7fffff), 0};
    case ValType::f64: return {type, 0x3ff0000000000000 + (number << 32 & 0xfffffffffffff), 0};
    case ValType::i32: return {type, static_cast<uint32_t>(number), 0};
    case ValType::i64:
    case ValType::v128: return {type, number, 0};
    default: return Value::null(type);
  }
}

/// References are pointers, which differ from run to run.
std::string text(const Value& value) {
  if (is_reference(value.type)) return value.lo == 0 ? "null" : "ref";
  return to_string(value);
}

uint64_t hash(std::span<const uint8_t> bytes) {
  uint64_t value = 0xcbf29ce484222325;
  while (!bytes.empty()) {
    const size_t size = std::min(bytes.size(), sizeof value);
    uint64_t word = 0;
    std::memcpy(&word, bytes.data(), size);
    bytes = bytes.subspan(size);
    value = (value ^ word) * 0x100000001b3, value ^= value >> 29;
  }
  return value;
}

}  // namespace

bool is_modest(const Module& module) {
  uint64_t elements = 0;
  const auto table = [&](const TableType& type) { return (elements += type.limits.min) <= kMaxElements; };
  const auto memory = [](const MemoryType& type) { return type.limits.min <= kMemoryPages; };
  for (const Import& import : module.imports) {
    if (const auto* type = std::get_if<TableType>(&import.desc); type != nullptr && !table(*type)) return false;
    if (const auto* type = std::get_if<MemoryType>(&import.desc); type != nullptr && !memory(*type)) return false;
  }
  return std::all_of(module.tables.begin(), module.tables.end(),
                     [&](const Table& definition) { return table(definition.type); }) &&
         std::all_of(module.memories.begin(), module.memories.end(), memory);
}

BoundedRun::BoundedRun(std::shared_ptr<const CompiledModule> module, Engine engine)
    : module_(std::move(module)),
      store_({.engine = engine, .memory_cap = kMemoryPages * kPageSize, .table_cap = kMaxElements}),
      agent_(store_, kStack),
      bulk_bytes_(kBulkBytes) {}

Result<Extern> BoundedRun::provide(const Import& import) {
  switch (import.kind()) {
    case ExternKind::func: {
      const FuncType& type = module_->module().types[std::get<uint32_t>(import.desc)];
      return Extern(store_.add_host_function(fmt::format("{}.{}", import.module, import.name), type, {}));
    }
    case ExternKind::table: {
      Result<TableInst*> table = store_.add_table(std::get<TableType>(import.desc));
      if (!table) return std::move(table).error();
      return Extern(*table);
    }
    case ExternKind::memory: {
      Result<std::shared_ptr<Memory>> memory = store_.add_memory(std::get<MemoryType>(import.desc));
      if (!memory) return std::move(memory).error();
      return Extern(std::move(*memory));
    }
    case ExternKind::tag: return Extern(store_.add_tag(module_->module().types[std::get<TagType>(import.desc).type]));
    case ExternKind::global: break;
  }
  const GlobalType& type = std::get<GlobalType>(import.desc);
  return Extern(store_.add_global(type, argument(type.type, 0)));
}

Result<Instance*> BoundedRun::instantiate() {
  std::vector<Extern> externs;
  for (const Import& import : module_->module().imports) {
    Result<Extern> provided = provide(import);
    if (!provided) return std::move(provided).error();
    externs.push_back(std::move(*provided));
  }
  agent_.observe({.pause_at_actions = true, .fuel = kFuel, .trace = {}});
  return store_.instantiate(module_, externs, agent_);
}

bool BoundedRun::instantiates() {
  if (instantiate()) return true;
  if (agent_.completion() != Completion::paused) return false;
  drive();  // the start function has only paused, before a shared action
  return agent_.completion() == Completion::returned;
}

/// Answers an action that must not happen; the others may.
bool BoundedRun::answer(const Action& action) {
  if (action.kind == Action::Kind::bulk) {
    if (action.width <= bulk_bytes_) {
      bulk_bytes_ -= action.width;
      return false;
    }
  } else if (action.kind == Action::Kind::wait) {
    uint64_t found = 0;
    std::array<uint8_t, sizeof found> bytes{};
    action.memory->read(action.address, std::span(bytes).first(action.width));
    std::memcpy(&found, bytes.data(), sizeof found);
    if (found != action.expected || action.timeout == 0) return false;
  } else {
    return false;
  }
  complete_ = false;
  agent_.resume_with(static_cast<uint64_t>(WaitResult::timed_out));
  return true;
}

void BoundedRun::drive() {
  while (agent_.completion() == Completion::paused) {
    if (!answer(agent_.pending())) agent_.resume();
  }
  if (agent_.completion() == Completion::trapped && agent_.error().message == "fuel exhausted") complete_ = false;
}

std::string BoundedRun::outcome() const {
  std::string out;
  if (agent_.completion() == Completion::trapped) {
    out = to_string(agent_.error(), "");
    for (const BacktraceFrame& frame : agent_.backtrace(8)) out += fmt::format(" {}+{:#x}", frame.index, frame.offset);
    return out;
  }
  for (const Value& value : agent_.results()) out += " " + text(value);
  return out;
}

std::string BoundedRun::call(const FuncInst& function) {
  std::vector<Value> arguments;
  for (const ValType type : function.type.params)
    arguments.push_back(argument(type, arguments.size() + function.index));
  agent_.observe({.pause_at_actions = true, .fuel = kFuel, .trace = {}});
  agent_.invoke(function, arguments);
  drive();
  return fmt::format("func {}: {}\n", function.index, outcome());
}

std::string BoundedRun::state(const Instance& instance) const {
  std::string out;
  for (const GlobalInst* global : instance.globals) out += fmt::format("global {}\n", text(global->get()));
  for (const TableInst* table : instance.tables) {
    out += fmt::format("table {}:", table->elements.size());
    for (const uint64_t element : table->elements) out += element == 0 ? '.' : 'x';
  }
  for (const auto& memory : instance.memories)
    out += fmt::format("\nmemory {} {:x}", memory->pages(), hash({memory->base(), memory->size()}));
  return out;
}

std::string BoundedRun::run() {
  const Result<Instance*> instance = instantiate();
  if (!instance) {
    if (agent_.completion() == Completion::paused) complete_ = false;
    drive();
    return "not instantiated: " + to_string(instance.error(), "");
  }
  std::string out;
  size_t calls = 0;
  for (const FuncInst* function : (*instance)->functions) {
    if (function->instance == *instance && calls++ < kMaxCalls) out += call(*function);
  }
  return out + state(**instance);
}

}  // namespace weft::testing
