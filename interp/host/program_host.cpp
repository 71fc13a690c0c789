// SPDX-License-Identifier: Apache-2.0
#include "interp/host/program_host.h"

#include <algorithm>

#include <fmt/format.h>

#include "interp/host/deadlock.h"
#include "interp/host/emscripten.h"
#include "interp/host/wasi.h"
#include "interp/host/wasi_threads.h"

namespace weft {
namespace {

ProgramResult usage(std::string message) {
  return {.kind = ProgramResult::Kind::usage, .error = {ErrorKind::host, std::move(message), ""}};
}

const Export* find_function(const Module& module, std::string_view name) {
  for (const Export& exported : module.exports) {
    if (exported.kind == ExternKind::func && exported.name == name) return &exported;
  }
  return nullptr;
}

/// For an error message: "it exports f, g, h".
std::string exported_functions(const Module& module) {
  std::string list;
  for (const Export& exported : module.exports) {
    if (exported.kind == ExternKind::func) list += (list.empty() ? "" : ", ") + exported.name;
  }
  return list.empty() ? "the module exports no function" : "the module exports " + list;
}

bool imports_function(const Module& module, std::string_view from) {
  return std::any_of(module.imports.begin(), module.imports.end(), [from](const Import& import) {
    return import.kind() == ExternKind::func && import.module == from;
  });
}

}  // namespace

FuncType host_type(std::string_view signature) {
  FuncType type;
  std::vector<ValType>* list = &type.params;
  for (const char letter : signature) {
    switch (letter) {
      case 'i': list->push_back(ValType::i32); break;
      case 'I': list->push_back(ValType::i64); break;
      case 'f': list->push_back(ValType::f32); break;
      case 'F': list->push_back(ValType::f64); break;
      default: list = &type.results; break;
    }
  }
  return type;
}

FuncType host_type(std::string_view signatures, const FuncType& wanted) {
  if (signatures == "*") return wanted;
  for (std::string_view rest = signatures; !rest.empty();) {
    const size_t end = std::min(rest.find('|'), rest.size());
    if (FuncType type = host_type(rest.substr(0, end)); type == wanted) return type;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return host_type(signatures.substr(0, signatures.find('|')));
}

std::optional<ProgramResult> ProgramHost::prepare() {
  if (auto failed = find_entry()) return failed;
  return create_memories();
}

std::optional<ProgramResult> ProgramHost::find_entry() {
  const Module& module = context_.module->module();
  if (context_.options.invoke) {
    const Export* exported = find_function(module, *context_.options.invoke);
    if (exported == nullptr) {
      return usage(
          fmt::format("no exported function \"{}\"; {}", *context_.options.invoke, exported_functions(module)));
    }
    const std::vector<Value>& arguments = context_.options.arguments;
    const std::vector<ValType>& types = module.function_type(exported->index).params;
    if (arguments.size() != types.size()) {
      return usage(fmt::format("{}: {} arguments expected, {} given", exported->name, types.size(), arguments.size()));
    }
    for (size_t i = 0; i < types.size(); ++i) {
      if (arguments[i].type == types[i]) continue;
      return usage(fmt::format("{}: argument {}: {} is not of type {}", exported->name, i + 1, to_string(arguments[i]),
                               to_string(types[i])));
    }
    entry_ = exported->name;
    return std::nullopt;
  }
  for (const std::string_view name : entry_points()) {
    if (find_function(module, name) == nullptr) continue;
    entry_ = name;
    return std::nullopt;
  }
  if (module.start) return std::nullopt;
  return usage(fmt::format("nothing to run: no _start and no main; {}", exported_functions(module)));
}

std::optional<ProgramResult> ProgramHost::create_memories() {
  std::optional<ProgramResult> failed;
  const auto create = [&](const MemoryType& type) -> std::shared_ptr<Memory> {
    if (!type.shared || failed) return nullptr;  // an unshared one could not be every thread's
    auto memory = Memory::create(type, context_.options.memory_cap);
    if (memory) return std::move(*memory);
    failed = ProgramResult{.kind = ProgramResult::Kind::failed, .error = memory.error()};
    return nullptr;
  };
  const Module& module = context_.module->module();
  for (const Import& import : module.imports) {
    const auto* type = std::get_if<MemoryType>(&import.desc);
    if (type == nullptr) continue;
    if (auto memory = create(*type)) imported_memories_.emplace_back(&import, std::move(memory));
  }
  for (const MemoryType& type : module.memories) own_memories_.push_back(create(type));
  return failed;
}

Memory* ProgramHost::shared_memory() const {
  if (!imported_memories_.empty()) return imported_memories_.front().second.get();
  return own_memories_.empty() ? nullptr : own_memories_.front().get();
}

void ProgramHost::lead_main(GuestThread& thread) {
  if (!instantiate(thread)) return;
  if (!initialize(thread)) return;
  if (!entry_) return;  // the start function was the program
  const FuncInst& entry = *thread.instance()->find_function(*entry_);
  if (!context_.options.invoke) return start(thread, entry);
  const auto arguments = store_data(thread);
  if (!arguments) return;
  auto values = thread.call(entry, *arguments);
  if (!values || !finalize(thread)) return;
  thread.group().finish({.kind = ProgramResult::Kind::returned, .values = std::move(*values)});
}

std::optional<std::vector<Value>> ProgramHost::store_data(GuestThread& thread) {
  std::vector<Value> arguments = context_.options.arguments;
  const auto fail = [&thread](std::string message) -> std::nullopt_t {
    thread.group().finish(usage(std::move(message)));
    return std::nullopt;
  };
  const FuncInst* const malloc = thread.find({"malloc"});
  for (const ProgramData& data : context_.options.data) {
    const ValType type = data.argument ? arguments[*data.argument].type : ValType::i32;
    const FuncType wanted{{type}, {type}};
    uint64_t given_address = 0;
    if (malloc != nullptr && malloc->type == wanted) {
      // Also for an address that the user knows: an earlier run's malloc told it, and this one's must not give it to
      // others.
      const auto given = thread.call(*malloc, {Value{type, data.bytes.size(), 0}});
      if (!given) return std::nullopt;
      given_address = given->front().lo;
    } else if (data.argument) {
      return fail(fmt::format("the module exports no malloc of type {}", to_string(wanted)));
    }
    if (data.argument) {
      if (given_address == 0) return fail(fmt::format("malloc has no {} bytes", data.bytes.size()));
      arguments[*data.argument].lo = given_address;
    }
    const uint64_t address = data.argument ? given_address : data.address;
    Memory* const memory = thread.instance()->memory0;
    if (memory == nullptr || !memory->write(address, data.bytes))
      return fail(fmt::format("{} bytes at address {} are not within the memory", data.bytes.size(), address));
  }
  return arguments;
}

std::optional<HostEntry> ProgramHost::find(const Import& import, const FuncType&, GuestThread&) {
  return context_.wasi.find(import.module, import.name);
}

bool ProgramHost::initialize(GuestThread& thread) {
  // A reactor's constructors; a command runs its own in _start.
  return !context_.options.invoke || thread.call_if_exported({"_initialize"});
}

void ProgramHost::start(GuestThread& thread, const FuncInst& entry) {
  if (!entry.type.params.empty())
    return thread.fail({ErrorKind::unlinkable, fmt::format("_start has type {}", to_string(entry.type)), ""});
  // Returning from _start is exit(0), whatever the other threads do (wasi-threads, "process").
  if (thread.call(entry)) thread.group().finish({.kind = ProgramResult::Kind::exited});
}

bool ProgramHost::instantiate(GuestThread& thread) {
  Linker linker;
  const Module& module = context_.module->module();
  for (const auto& [import, memory] : imported_memories_) linker.define(import->module, import->name, memory);
  for (const Import& import : module.imports) {
    const auto* type = std::get_if<uint32_t>(&import.desc);
    if (type == nullptr) continue;
    if (auto entry = find(import, module.types[*type], thread)) {
      HostFunction function = std::move(entry->function);
      if (!only_reads_a_clock(import.name)) {
        function = [inner = std::move(function)](HostCall& call) {
          end_trial_by_action();
          return inner(call);
        };
      }
      linker.define(import.module, import.name,
                    thread.store().add_host_function(import.module + "." + import.name, std::move(entry->type),
                                                     std::move(function)));
    }
  }
  return thread.instantiate(context_.module, linker, own_memories_);
}

std::unique_ptr<ProgramHost> make_host(ProgramHost::Context context) {
  const Module& module = context.module->module();
  const bool has_main =
      find_function(module, "main") != nullptr || find_function(module, "__main_argc_argv") != nullptr;
  if (find_function(module, "_start") == nullptr && (has_main || imports_function(module, "env"))) {
    return std::make_unique<EmscriptenHost>(std::move(context));
  }
  if (imports_function(module, "wasi") || find_function(module, "wasi_thread_start") != nullptr) {
    return std::make_unique<WasiThreadsHost>(std::move(context));
  }
  return std::make_unique<ProgramHost>(std::move(context));
}

}  // namespace weft
