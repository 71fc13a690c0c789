// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/plan.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "suite/text/encode.h"
#include "suite/text/parse.h"

namespace weft::runtimes {
namespace {

using namespace script;
using Json = nlohmann::ordered_json;

Json value(const Constant& constant) {
  const auto number = [](uint64_t bits) { return std::to_string(bits); };
  switch (constant.type) {
    case ValType::i32: return {{"type", "i32"}, {"value", number(constant.lo)}};
    case ValType::i64: return {{"type", "i64"}, {"value", number(constant.lo)}};
    case ValType::f32: return {{"type", "f32"}, {"value", number(constant.lo)}};
    case ValType::f64: return {{"type", "f64"}, {"value", number(constant.lo)}};
    case ValType::v128: {
      Json lanes = Json::array();
      for (const uint64_t half : {constant.lo, constant.hi}) {
        lanes.push_back(number(static_cast<uint32_t>(half)));
        lanes.push_back(number(half >> 32));
      }
      return {{"type", "v128"}, {"lane_type", "i32"}, {"value", lanes}};
    }
    default: break;
  }
  return {{"type", weft::to_string(constant.type)}, {"value", constant.is_null ? "null" : number(constant.lo)}};
}

Json pattern(std::string_view type, FloatPattern pattern, uint64_t bits) {
  const std::string text = pattern == FloatPattern::canonical_nan    ? "nan:canonical"
                           : pattern == FloatPattern::arithmetic_nan ? "nan:arithmetic"
                                                                     : std::to_string(bits);
  return {{"type", type}, {"value", text}};
}

Json expected(const Expected& expected) {
  switch (expected.kind) {
    case Expected::Kind::any_null: return {{"type", "refnull"}};
    case Expected::Kind::any_func: return {{"type", "funcref"}};
    case Expected::Kind::any_extern: return {{"type", "externref"}};
    case Expected::Kind::any_exn: return {{"type", "exnref"}};
    case Expected::Kind::either: {
      Json values = Json::array();
      for (const Expected& alternative : expected.alternatives) values.push_back(runtimes::expected(alternative));
      return {{"type", "either"}, {"values", values}};
    }
    case Expected::Kind::value: break;
  }
  const Constant& constant = expected.value;
  if (expected.float_lanes == 0) return value(constant);
  if (constant.type != ValType::v128) return pattern(weft::to_string(constant.type), expected.patterns[0], constant.lo);
  Json lanes = Json::array();
  const bool wide = expected.float_lanes == 2;
  for (size_t lane = 0; lane < expected.float_lanes; ++lane) {
    const uint64_t half = lane < expected.float_lanes / 2u ? constant.lo : constant.hi;
    const uint64_t bits = wide ? half : static_cast<uint32_t>(half >> (lane % 2 * 32));
    lanes.push_back(pattern("", expected.patterns[lane], bits)["value"]);
  }
  return {{"type", "v128"}, {"lane_type", wide ? "f64" : "f32"}, {"value", lanes}};
}

class Planner {
 public:
  Planner(std::string stem, Plan& plan) : stem_(std::move(stem)), plan_(plan) {}

  Json commands(const std::vector<Command>& commands) {
    Json result = Json::array();
    for (const Command& command : commands) {
      Json json = std::visit([&](const auto& what) { return lower(what); }, command.what);
      json["line"] = command.position.line;
      result.push_back(std::move(json));
    }
    return result;
  }

 private:
  static Json named(std::string_view type, const std::optional<std::string>& name) {
    Json json{{"type", type}};
    if (name) json["name"] = *name;
    return json;
  }

  std::string add_file(std::string_view ending, std::vector<uint8_t> bytes) {
    plan_.files.emplace_back(fmt::format("{}.{}.{}", stem_, plan_.files.size(), ending), std::move(bytes));
    return plan_.files.back().first;
  }

  /// Adds the file of a module, if there can be one, to a command.
  void add_module(Json& json, const ScriptModule& module) {
    if (const auto* parsed = std::get_if<Module>(&module.source)) {
      json["filename"] = add_file("wasm", encode(*parsed));
      json["module_type"] = "binary";
    } else if (const auto* binary = std::get_if<BinarySource>(&module.source)) {
      json["filename"] = add_file("wasm", binary->bytes);
      json["module_type"] = "binary";
    } else if (const auto* quoted = std::get_if<QuotedSource>(&module.source)) {
      if (const auto text = parse_module(quoted->text)) {
        json["filename"] = add_file("wasm", encode(*text));
        json["module_type"] = "binary";
      } else {
        json["filename"] = add_file("wat", {quoted->text.begin(), quoted->text.end()});
        json["module_type"] = "text";
      }
    } else {
      json["unsupported"] = std::get<Error>(module.source).message;
    }
  }

  static Json action(const Action& action) {
    Json json;
    if (const auto* invoke = std::get_if<Invoke>(&action.what)) {
      json = {{"type", "invoke"}, {"field", invoke->name}, {"args", Json::array()}};
      if (invoke->module) json["module"] = *invoke->module;
      for (const Constant& argument : invoke->arguments) json["args"].push_back(value(argument));
    } else {
      const Get& get = std::get<Get>(action.what);
      json = {{"type", "get"}, {"field", get.name}};
      if (get.module) json["module"] = *get.module;
    }
    return json;
  }

  Json lower(const ScriptModule& module) {
    Json json = named("module", module.name);
    add_module(json, module);
    return json;
  }
  Json lower(const ModuleDefinition& definition) {
    Json json = named("module_definition", definition.module.name);
    add_module(json, definition.module);
    return json;
  }
  static Json lower(const ModuleInstance& instance) {
    Json json = named("module_instance", instance.name);
    if (instance.module) json["module"] = *instance.module;
    return json;
  }
  static Json lower(const Register& command) {
    Json json = named("register", command.module);
    json["as"] = command.as;
    return json;
  }
  static Json lower(const Action& command) { return {{"type", "action"}, {"action", action(command)}}; }
  static Json lower(const AssertReturn& command) {
    Json results = Json::array();
    for (const Expected& result : command.results) results.push_back(expected(result));
    return {{"type", "assert_return"}, {"action", action(command.action)}, {"expected", results}};
  }
  Json lower(const AssertTrap& command) {
    if (const auto* subject = std::get_if<Action>(&command.subject))
      return {{"type", "assert_trap"}, {"action", action(*subject)}, {"text", command.message}};
    return rejected("assert_uninstantiable", command.subject, command.message);
  }
  static Json lower(const AssertException& command) {
    return {{"type", "assert_exception"}, {"action", action(command.action)}};
  }
  static Json lower(const AssertExhaustion& command) {
    return {{"type", "assert_exhaustion"}, {"action", action(command.action)}, {"text", command.message}};
  }
  Json lower(const AssertMalformed& command) { return rejected("assert_malformed", command.module, command.message); }
  Json lower(const AssertInvalid& command) { return rejected("assert_invalid", command.module, command.message); }
  Json lower(const AssertUnlinkable& command) {
    return rejected("assert_unlinkable", command.subject, command.message);
  }
  Json lower(const AssertMalformedCustom& command) {
    return rejected("assert_malformed_custom", command.module, command.message);
  }
  Json lower(const AssertInvalidCustom& command) {
    return rejected("assert_invalid_custom", command.module, command.message);
  }
  Json lower(const Thread& thread) {
    Json json = named("thread", thread.name);
    json["shared"] = thread.shared;
    json["commands"] = commands(thread.commands);
    return json;
  }
  static Json lower(const Wait& wait) { return named("wait", wait.thread); }
  static Json lower(const Unsupported& command) { return {{"type", "unsupported"}, {"unsupported", command.reason}}; }

  Json rejected(std::string_view type, const ScriptModule& module, const std::string& message) {
    Json json{{"type", type}, {"text", message}};
    add_module(json, module);
    return json;
  }
  template <class... Subjects>
  Json rejected(std::string_view type, const std::variant<Subjects...>& subject, const std::string& message) {
    if (const auto* module = std::get_if<ScriptModule>(&subject)) return rejected(type, *module, message);
    Json json{{"type", type}, {"text", message}};
    const auto& instance = std::get<ModuleInstance>(subject);
    if (instance.module) json["module"] = *instance.module;
    return json;
  }

  std::string stem_;
  Plan& plan_;
};

}  // namespace

Plan make_plan(const Script& script, const std::string& name, const std::string& source,
               const std::vector<std::string>& features) {
  Plan plan;
  Planner planner(std::filesystem::path(name).filename().string(), plan);
  const Json json{{"source_filename", source}, {"features", features}, {"commands", planner.commands(script.commands)}};
  plan.json = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  return plan;
}

}  // namespace weft::runtimes
