// SPDX-License-Identifier: Apache-2.0
//
// The script language of .wast files: what the official tests and ours are written in, threads included. Positions are
// those of the opening parenthesis. Values are compared as bits; a script never says more about a NaN than its
// FloatPattern.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "interp/error.h"
#include "interp/module.h"
#include "suite/text/constants.h"
#include "suite/text/lexer.h"

namespace weft::script {

using text::FloatPattern;
using text::Position;

/// `(module binary "…")`: decoded when it is executed.
struct BinarySource {
  std::vector<uint8_t> bytes;
};
/// `(module quote "…")`: parsed when it is executed.
struct QuotedSource {
  std::string text;
};
/// A module in text that needs a proposal which is not implemented, or has an invalid annotation, is the Error that
/// says so.
struct ScriptModule {
  Position position;
  std::optional<std::string> name;  ///< without the `$`
  std::variant<Module, BinarySource, QuotedSource, Error> source;
};
/// `(module definition …)`: checked, and instantiated by `(module instance …)` only.
struct ModuleDefinition {
  ScriptModule module;
};
/// `(module instance $I $M)`: a new instance of a definition, the latest without a name. Any ScriptModule is one, too.
struct ModuleInstance {
  std::optional<std::string> name, module;
};

/// A constant: the bits of a number in `lo` and `hi`. A reference is null, or external number `lo`.
struct Constant {
  ValType type = ValType::i32;
  uint64_t lo = 0, hi = 0;
  bool is_null = false;
};

/// Without a module name the action is on the module defined last.
struct Invoke {
  std::optional<std::string> module;
  std::string name;
  std::vector<Constant> arguments;
};
struct Get {
  std::optional<std::string> module;
  std::string name;
};
struct Action {
  Position position;
  std::variant<Invoke, Get> what;
};

/// What one result must be.
struct Expected {
  enum class Kind : uint8_t {
    value,       ///< `value`, except where `patterns` says otherwise
    any_null,    ///< (ref.null)
    any_func,    ///< (ref.func): any function, but not null
    any_extern,  ///< (ref.extern): any external reference, but not null
    any_exn,     ///< (ref.exn): any exception, but not null
    either,      ///< one of `alternatives`
  };
  Kind kind = Kind::value;
  Constant value;
  uint8_t float_lanes =
      0;  ///< how many of `patterns` count: 1 for f32 and f64, 4 or 2 for v128 given as f32x4 or f64x2
  std::array<FloatPattern, 4> patterns{};
  std::vector<Expected> alternatives;
};

struct Register {
  std::string as;
  std::optional<std::string> module;
};
struct AssertReturn {
  Action action;
  std::vector<Expected> results;
};
/// The action, or the instantiation of the module, traps.
struct AssertTrap {
  std::variant<Action, ScriptModule, ModuleInstance> subject;
  std::string message;
};
/// The action ends with an exception that nothing catches.
struct AssertException {
  Action action;
};
struct AssertExhaustion {
  Action action;
  std::string message;
};
struct AssertMalformed {
  ScriptModule module;
  std::string message;
};
struct AssertInvalid {
  ScriptModule module;
  std::string message;
};
struct AssertUnlinkable {
  std::variant<ScriptModule, ModuleInstance> subject;
  std::string message;
};
/// `assert_malformed_custom` and `assert_invalid_custom`: an annotation of the module is malformed, misplaced or
/// invalid.
struct AssertMalformedCustom {
  ScriptModule module;
  std::string message;
};
struct AssertInvalidCustom {
  ScriptModule module;
  std::string message;
};

struct Command;

/// `(thread $T (shared (module $M))* cmd*)`: runs the commands beside those that follow. Nothing but the `shared`
/// modules is known there.
struct Thread {
  std::optional<std::string> name;
  std::vector<std::string> shared;
  std::vector<Command> commands;
};
/// Until the named thread, or else the one started last, has come to its end.
struct Wait {
  std::optional<std::string> thread;
};

/// A command with a value of a proposal that is not implemented; the reason is "not supported: …".
struct Unsupported {
  std::string reason;
};

struct Command {
  Position position;
  std::variant<ScriptModule, ModuleDefinition, ModuleInstance, Register, Action, AssertReturn, AssertTrap,
               AssertException, AssertExhaustion, AssertMalformed, AssertInvalid, AssertUnlinkable,
               AssertMalformedCustom, AssertInvalidCustom, Thread, Wait, Unsupported>
      what;
};

struct Script {
  std::vector<Command> commands;
};

/// The number of commands, those inside threads included.
size_t count_commands(const std::vector<Command>& commands);

/// A whole .wast file; one that holds bare module fields is one module command. Text modules are parsed here, so that a
/// malformed one makes the file malformed (one that is not supported or invalid does not); binary and quoted ones are
/// kept as they are. Errors as those of parse_module. Thread-safe.
Result<Script> parse_script(std::string_view source);

}  // namespace weft::script
