// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/outline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "interp/decode.h"
#include "interp/validate.h"
#include "suite/runtimes/check.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"

namespace weft::runtimes {
namespace {

using namespace script;
using Name = std::optional<std::string>;

/// The number of an instance, or why there is none.
using Instance = std::variant<size_t, std::string>;

Result<Module> read(const ScriptModule& module) {
  Result<Module> result = Error{};
  if (const auto* text = std::get_if<Module>(&module.source)) {
    result = *text;
  } else if (const auto* binary = std::get_if<BinarySource>(&module.source)) {
    result = decode(binary->bytes);
  } else if (const auto* quoted = std::get_if<QuotedSource>(&module.source)) {
    result = parse_module(quoted->text);
  } else {
    result = std::get<Error>(module.source);
  }
  if (!result) return result;
  if (const auto valid = validate(*result); !valid) return valid.error();
  return result;
}

const Export* find_export(const Module& module, const std::string& name, ExternKind kind) {
  for (const Export& one : module.exports) {
    if (one.name == name && one.kind == kind) return &one;
  }
  return nullptr;
}

class Task {
 public:
  Task(Outline& outline, std::map<Name, Instance> shared)
      : outline_(outline), number_(outline.tasks.size()), instances_(std::move(shared)) {
    outline.tasks.emplace_back();
  }

  void run(const std::vector<Command>& commands) {
    for (const Command& command : commands) {
      line_ = command.position.line;
      std::visit([this](const auto& what) { resolve(what); }, command.what);
    }
  }

 private:
  void leave_out(std::string reason) { outline_.left_out.push_back({line_, std::move(reason)}); }
  void add(Step step) {
    step.line = line_;
    outline_.tasks[number_].push_back(step);
  }

  template <class T>
  static void define(std::map<Name, T>& map, const Name& name, const T& value) {
    map.insert_or_assign(std::nullopt, value);
    if (name) map.insert_or_assign(name, value);
  }

  /// The named instance or the latest; else the command is left out.
  std::optional<size_t> find(const Name& name) {
    const auto found = instances_.find(name);
    const Instance instance = found == instances_.end() ? "there is no such module" : found->second;
    if (const auto* reason = std::get_if<std::string>(&instance)) return leave_out(*reason), std::nullopt;
    return std::get<size_t>(instance);
  }

  Instance instantiate(const Result<Module>& module) {
    if (!module) return module.error().message;
    std::vector<size_t> imports;
    for (const Import& import : module->imports) {
      const Instance instance = resolve_import(import);
      if (const auto* reason = std::get_if<std::string>(&instance)) return *reason;
      imports.push_back(std::get<size_t>(instance));
    }
    return append({*module, std::move(imports), line_});
  }

  size_t append(Outline::Instance instance) {
    outline_.instances.push_back(std::move(instance));
    const size_t number = outline_.instances.size() - 1;
    add({.kind = Step::Kind::instantiate, .subject = number});
    return number;
  }

  Instance resolve_import(const Import& import) {
    std::string unknown = fmt::format("nobody exports \"{}\" \"{}\"", import.module, import.name);
    const auto registered = registry_.find(import.module);
    if (registered != registry_.end()) {
      const auto* number = std::get_if<size_t>(&registered->second);
      if (number == nullptr) return registered->second;
      const bool is_there = find_export(outline_.instances[*number].module, import.name, import.kind()) != nullptr;
      return is_there ? Instance(*number) : Instance(unknown);
    }
    if (import.module != "spectest") return unknown;
    const auto known = spectest_.find(import.name);
    if (known != spectest_.end()) return known->second;
    const auto module = parse_module(spectest_text(import.name));
    if (!module || find_export(*module, import.name, import.kind()) == nullptr) return unknown;
    return spectest_[import.name] = append({*module, {}, line_});
  }

  void resolve(const ScriptModule& module) {
    resolve(ModuleDefinition{module});
    resolve(ModuleInstance{module.name, std::nullopt});
  }
  void resolve(const ModuleDefinition& definition) {
    define(definitions_, definition.module.name, read(definition.module));
    // What a module needs to be linked with is not there when it is loaded alone.
    const auto* binary = std::get_if<BinarySource>(&definition.module.source);
    const Result<Module>& module = definitions_.at(std::nullopt);
    if (binary != nullptr && module && module->imports.empty()) outline_.files.push_back({line_, binary->bytes, true});
  }
  void resolve(const ModuleInstance& command) {
    const auto definition = definitions_.find(command.module);
    const Result<Module> none = Error{ErrorKind::host, "there is no such module", {}};
    const Instance instance = instantiate(definition == definitions_.end() ? none : definition->second);
    if (const auto* reason = std::get_if<std::string>(&instance)) leave_out(*reason);
    define(instances_, command.name, instance);
  }
  void resolve(const Register& command) {
    const auto found = instances_.find(command.module);
    if (found != instances_.end()) registry_.insert_or_assign(command.as, found->second);
  }

  /// A step with this action, unless it cannot be: then the command is left out.
  void resolve(const Action& action, Step::Kind kind, const std::vector<Expected>* results) {
    const auto instance = find(std::visit([](const auto& what) { return what.module; }, action.what));
    if (!instance) return;
    const Module& module = outline_.instances[*instance].module;
    if (const auto* get = std::get_if<Get>(&action.what)) {
      if (find_export(module, get->name, ExternKind::global) == nullptr) return leave_out("there is no such global");
    } else {
      const auto& invoke = std::get<Invoke>(action.what);
      const Export* function = find_export(module, invoke.name, ExternKind::func);
      if (function == nullptr) return leave_out("there is no such function");
      const FuncType& type = module.function_type(function->index);
      if (type.params.size() != invoke.arguments.size() ||
          (results != nullptr && type.results.size() != results->size()))
        return leave_out("the function has another type");
      for (const Constant& argument : invoke.arguments) {
        if (auto reason = cannot_pass(argument)) return leave_out(std::move(*reason));
      }
    }
    if (results != nullptr) {
      for (const Expected& result : *results) {
        if (auto reason = cannot_judge(result)) return leave_out(std::move(*reason));
      }
    }
    add({.kind = kind, .subject = *instance, .action = &action, .results = results});
  }
  void resolve(const Action& action) { resolve(action, Step::Kind::perform, nullptr); }
  void resolve(const AssertReturn& command) { resolve(command.action, Step::Kind::perform, &command.results); }
  void resolve(const AssertTrap& command) {
    if (const auto* action = std::get_if<Action>(&command.subject))
      return resolve(*action, Step::Kind::must_trap, nullptr);
    leave_out("a module that must trap while it is instantiated");
  }
  void resolve(const AssertExhaustion& command) { resolve(command.action, Step::Kind::must_trap, nullptr); }
  void resolve(const AssertException&) { leave_out("an exception that nothing catches has no name among programs"); }
  void resolve(const AssertMalformed& command) { reject(command.module); }
  void resolve(const AssertInvalid& command) { reject(command.module); }
  void resolve(const AssertUnlinkable&) { leave_out("linking takes several modules"); }
  void resolve(const AssertMalformedCustom&) { leave_out("it takes text"); }
  void resolve(const AssertInvalidCustom&) { leave_out("it takes text"); }
  void resolve(const Unsupported& command) { leave_out(command.reason); }

  void reject(const ScriptModule& module) {
    if (const auto* binary = std::get_if<BinarySource>(&module.source))
      return outline_.files.push_back({line_, binary->bytes, false});
    if (const auto* text = std::get_if<Module>(&module.source))
      return outline_.files.push_back({line_, encode(*text), false});
    if (const auto* error = std::get_if<Error>(&module.source)) return leave_out(error->message);
    const auto quoted = parse_module(std::get<QuotedSource>(module.source).text);
    quoted ? outline_.files.push_back({line_, encode(*quoted), false}) : leave_out("it takes text");
  }

  void resolve(const Thread& command) {
    std::map<Name, Instance> shared;
    for (const std::string& name : command.shared) {
      const auto found = instances_.find(name);
      define(shared, name, found == instances_.end() ? Instance("there is no such module") : found->second);
    }
    Task task(outline_, std::move(shared));
    add({.kind = Step::Kind::spawn, .subject = task.number_});
    define(threads_, command.name, task.number_);
    task.run(command.commands);
  }
  void resolve(const Wait& command) {
    const auto found = threads_.find(command.thread);
    if (found == threads_.end()) return leave_out("there is no such thread");
    add({.kind = Step::Kind::join, .subject = found->second});
  }

  Outline& outline_;
  const size_t number_;
  uint32_t line_ = 0;
  std::map<Name, Result<Module>> definitions_;
  std::map<Name, Instance> instances_;
  std::map<std::string, Instance> registry_;
  std::map<std::string, size_t> spectest_;  // what of it was imported
  std::map<Name, size_t> threads_;
};

}  // namespace

Outline make_outline(const Script& script) {
  Outline outline;
  Task(outline, {}).run(script.commands);
  return outline;
}

std::string spectest_text(const std::string& name) {
  static const std::map<std::string, std::string> kFields{
      {"print", "(func (export \"print\"))"},
      {"print_i32", "(func (export \"print_i32\") (param i32))"},
      {"print_i64", "(func (export \"print_i64\") (param i64))"},
      {"print_f32", "(func (export \"print_f32\") (param f32))"},
      {"print_f64", "(func (export \"print_f64\") (param f64))"},
      {"print_i32_f32", "(func (export \"print_i32_f32\") (param i32 f32))"},
      {"print_f64_f64", "(func (export \"print_f64_f64\") (param f64 f64))"},
      {"global_i32", "(global (export \"global_i32\") i32 (i32.const 666))"},
      {"global_i64", "(global (export \"global_i64\") i64 (i64.const 666))"},
      {"global_f32", "(global (export \"global_f32\") f32 (f32.const 666.6))"},
      {"global_f64", "(global (export \"global_f64\") f64 (f64.const 666.6))"},
      {"table", "(table (export \"table\") 10 20 funcref)"},
      {"memory", "(memory (export \"memory\") 1 2)"},
      {"shared_memory", "(memory (export \"shared_memory\") 1 2 shared)"},
  };
  const auto found = kFields.find(name);
  return found == kFields.end() ? "" : fmt::format("(module {})", found->second);
}

}  // namespace weft::runtimes
