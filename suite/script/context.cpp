// SPDX-License-Identifier: Apache-2.0
#include "suite/script/context.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "interp/decode.h"
#include "interp/host/spectest.h"
#include "interp/validate.h"
#include "suite/script/match.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"

namespace weft::script {
namespace {

/// A module that came from text is judged as text, where positions are lines, and then goes through the binary format
/// like any other.
Result<std::shared_ptr<const CompiledModule>> compile_text(const Module& module, Edition edition, bool keep_lines) {
  if (Result<Ok> valid = validate(module, edition); !valid) {
    Error error = std::move(valid).error();
    if (!error.where.empty()) error.where = fmt::format("line {}", std::stoul(error.where, nullptr, 16));
    return error;
  }
  if (keep_lines) return CompiledModule::compile(module, edition);
  return CompiledModule::compile(encode(module, {.names = true}), edition);
}

Outcome failed(Outcome::Kind kind, std::string message) { return {kind, {}, std::move(message)}; }

/// How an action came to an end that is no return.
Outcome trapped(const Error& error) {
  switch (error.kind) {
    case ErrorKind::exhaustion: return failed(Outcome::Kind::exhaustion, error.message);
    case ErrorKind::exception: return failed(Outcome::Kind::exception, error.message);
    default: return failed(Outcome::Kind::trap, error.message);
  }
}

}  // namespace

const Extern* Binding::find(const std::string& name) const {
  const auto found =
      std::find_if(exports.begin(), exports.end(), [&name](const auto& entry) { return entry.first == name; });
  return found == exports.end() ? nullptr : &found->second;
}

bool Binding::is_sharable() const {
  return std::all_of(exports.begin(), exports.end(), [](const auto& entry) {
    const auto* memory = std::get_if<std::shared_ptr<Memory>>(&entry.second);
    return memory != nullptr && (*memory)->shared();
  });
}

std::string to_string(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::values: {
      std::string out;
      for (const Value& value : outcome.values) out += (out.empty() ? "" : " ") + weft::to_string(value);
      return out.empty() ? "no result" : out;
    }
    case Outcome::Kind::trap: return "trap: " + outcome.message;
    case Outcome::Kind::exhaustion: return "exhaustion: " + outcome.message;
    case Outcome::Kind::exception: return "exception: " + outcome.message;
    default: return outcome.message;
  }
}

Context::Context(const StoreOptions& options) : store_(options), agent_(store_) {
  // Without spectest, which takes memory the system may refuse, its imports are unknown: scripts that need it fail and
  // say so.
  [[maybe_unused]] const Result<Ok> defined = define_spectest(linker_, store_);
}

Result<std::shared_ptr<const CompiledModule>> Context::compile(const ScriptModule& module, Edition edition,
                                                               bool keep_lines) {
  if (const auto* text = std::get_if<Module>(&module.source)) return compile_text(*text, edition, keep_lines);
  if (const auto* binary = std::get_if<BinarySource>(&module.source))
    return CompiledModule::compile(binary->bytes, edition);
  if (const auto* error = std::get_if<Error>(&module.source)) return *error;
  Result<Module> parsed = parse_module(std::get<QuotedSource>(module.source).text, edition);
  if (!parsed) return std::move(parsed).error();
  return compile_text(*parsed, edition, keep_lines);
}

Result<Binding> Context::instantiate(std::shared_ptr<const CompiledModule> module) {
  const Result<std::vector<Extern>> imports = linker_.resolve(*module);
  if (!imports) {
    for (const Import& import : module->module().imports) {
      const auto found = unsupported_.find(import.module);
      if (found != unsupported_.end()) return Error{ErrorKind::host, found->second, {}};
    }
    return imports.error();
  }
  const Result<Instance*> instance = store_.instantiate(std::move(module), *imports, agent_);
  if (!instance) return instance.error();
  return Binding{(*instance)->exports, {}};
}

void Context::define_module(const std::optional<std::string>& name, Definition definition) {
  if (name) named_definitions_.insert_or_assign(*name, definition);
  latest_definition_ = std::move(definition);
}

const Definition* Context::find_definition(const std::optional<std::string>& name) const {
  if (!name) return latest_definition_ ? &*latest_definition_ : nullptr;
  const auto found = named_definitions_.find(*name);
  return found == named_definitions_.end() ? nullptr : &found->second;
}

void Context::bind(const std::optional<std::string>& name, Binding binding) {
  if (name) named_.insert_or_assign(*name, binding);
  latest_ = std::move(binding);
}

const Binding* Context::find(const std::optional<std::string>& name) const {
  if (!name) return latest_ ? &*latest_ : nullptr;
  const auto found = named_.find(*name);
  return found == named_.end() ? nullptr : &found->second;
}

void Context::define(const std::string& as, const Binding& binding) {
  if (!binding.unsupported.empty()) unsupported_.insert_or_assign(as, binding.unsupported);
  for (const auto& [name, value] : binding.exports) linker_.define(as, name, value);
}

Outcome Context::perform(const Action& action) {
  const auto& module =
      std::visit([](const auto& what) -> const std::optional<std::string>& { return what.module; }, action.what);
  const auto& name = std::visit([](const auto& what) -> const std::string& { return what.name; }, action.what);
  const Binding* binding = find(module);
  if (binding == nullptr)
    return failed(Outcome::Kind::error, module ? fmt::format("unknown module ${}", *module) : "no module yet");
  if (!binding->unsupported.empty()) return failed(Outcome::Kind::unsupported, binding->unsupported);
  const Extern* found = binding->find(name);
  if (const auto* get = std::get_if<Get>(&action.what)) {
    GlobalInst* const* global = found == nullptr ? nullptr : std::get_if<GlobalInst*>(found);
    if (global == nullptr) return failed(Outcome::Kind::error, fmt::format("no exported global \"{}\"", get->name));
    return {Outcome::Kind::values, {(*global)->get()}, {}};
  }
  FuncInst* const* function = found == nullptr ? nullptr : std::get_if<FuncInst*>(found);
  if (function == nullptr) return failed(Outcome::Kind::error, fmt::format("no exported function \"{}\"", name));
  return invoke(std::get<Invoke>(action.what), **function);
}

Outcome Context::invoke(const Invoke& invoke, const FuncInst& function) {
  std::vector<Value> arguments;
  std::vector<ValType> types;
  for (const Constant& constant : invoke.arguments)
    arguments.push_back(to_value(constant)), types.push_back(constant.type);
  if (types != function.type.params) {
    return failed(Outcome::Kind::error, fmt::format("\"{}\" has type {}, these arguments do not fit", invoke.name,
                                                    weft::to_string(function.type)));
  }
  switch (agent_.invoke(function, arguments)) {
    case Completion::returned: return {Outcome::Kind::values, agent_.results(), {}};
    case Completion::trapped: return trapped(agent_.error());
    case Completion::stopped: return failed(Outcome::Kind::stopped, "stopped");
    default: return failed(Outcome::Kind::error, "a host function ended the program");
  }
}

}  // namespace weft::script
