// SPDX-License-Identifier: Apache-2.0
//
// What the commands of one thread of a script work with: its store, its agent, its modules and its registry.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "interp/agent.h"
#include "interp/instance.h"
#include "suite/text/script.h"

namespace weft::script {

/// A module as a script refers to it: the exports of its instance, or why there is none.
struct Binding {
  std::vector<std::pair<std::string, Extern>> exports;
  std::string unsupported;  ///< not empty: the interpreter does not do this yet, and says so

  const Extern* find(const std::string& name) const;
  /// Whether a thread may be given it: everything it exports is shared.
  bool is_sharable() const;
};

/// What `(module instance …)` makes instances of, or why it cannot.
struct Definition {
  std::shared_ptr<const CompiledModule> module;
  std::string unsupported;
};

/// The result of an action: values, or how it ended otherwise.
struct Outcome {
  enum class Kind : uint8_t { values, trap, exhaustion, exception, stopped, unsupported, error } kind = Kind::error;
  std::vector<Value> values;
  std::string message;  ///< of all kinds but values
};

/// "i32:1 i64:2", "trap: unreachable".
std::string to_string(const Outcome& outcome);

/// Thread safety: none, but agent().stop().
class Context {
 public:
  explicit Context(const StoreOptions& options);

  Agent& agent() { return agent_; }

  /// The module of a command, decoded, valid and ready. Errors: malformed, invalid, host ("not supported: …").
  /// One of text goes through the binary format, unless its instructions are to keep their lines.
  static Result<std::shared_ptr<const CompiledModule>> compile(const ScriptModule& module,
                                                               Edition edition = Edition::latest,
                                                               bool keep_lines = false);
  /// Links and instantiates. Errors: unlinkable, trap, exhaustion, exception, host.
  Result<Binding> instantiate(std::shared_ptr<const CompiledModule> module);

  /// Makes the definition the latest one, and known by the name if it has one.
  void define_module(const std::optional<std::string>& name, Definition definition);
  /// The named definition or the latest one; null when there is none.
  const Definition* find_definition(const std::optional<std::string>& name) const;

  /// Makes the binding the latest one, and known by the name if it has one.
  void bind(const std::optional<std::string>& name, Binding binding);
  /// The named binding or the latest one; null when there is none.
  const Binding* find(const std::optional<std::string>& name) const;
  /// Makes the binding's exports importable; of one that is unsupported, makes who imports it unsupported, too.
  void define(const std::string& as, const Binding& binding);

  Outcome perform(const Action& action);

 private:
  Outcome invoke(const Invoke& invoke, const FuncInst& function);

  Store store_;
  Agent agent_;
  Linker linker_;
  std::map<std::string, std::string> unsupported_;  ///< registered, though there is no instance: why
  std::map<std::string, Definition> named_definitions_;
  std::optional<Definition> latest_definition_;
  std::map<std::string, Binding> named_;
  std::optional<Binding> latest_;
};

}  // namespace weft::script
