// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "interp/tests/host_modules.h"

namespace weft {

std::vector<uint8_t> TestModule::bytes() const {
  const auto digit = [](char c) { return static_cast<uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
  std::vector<uint8_t> out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<uint8_t>(digit(hex[i]) << 4 | digit(hex[i + 1])));
  return out;
}

std::shared_ptr<const CompiledModule> compile(const TestModule& module) {
  auto compiled = CompiledModule::compile(module.bytes());
  if (compiled) return *compiled;
  ADD_FAILURE() << to_string(compiled.error(), "test module");
  return nullptr;
}

/// A number of this type, from what strtoull or strtod reads.
static Value number(ValType type, const std::string& text) {
  if (type == ValType::f64) return Value::f64(std::stod(text));
  const uint64_t bits = std::strtoull(text.c_str(), nullptr, 0);  // negates what has a minus
  return type == ValType::i64 ? Value::i64(bits) : Value::i32(static_cast<uint32_t>(bits));
}

ProgramOptions test_options() {
  ProgramOptions options;
  options.args = {"program"};
  options.streams = {-1, -1, -1};
  options.timeout = std::chrono::seconds(30);
  return options;
}

ProgramResult run(const TestModule& module, ProgramOptions options) {
  const auto compiled = compile(module);
  if (compiled == nullptr) return {.kind = ProgramResult::Kind::failed};
  return Program(compiled, std::move(options)).run();
}

ProgramResult invoke(const TestModule& module, std::string name, std::vector<std::string> arguments,
                     ProgramOptions options) {
  const auto compiled = compile(module);
  if (compiled == nullptr) return {.kind = ProgramResult::Kind::failed};
  std::vector<ValType> types;
  for (const Export& exported : compiled->module().exports) {
    if (exported.kind == ExternKind::func && exported.name == name)
      types = compiled->module().function_type(exported.index).params;
  }
  for (size_t i = 0; i < arguments.size(); ++i)
    options.arguments.push_back(number(i < types.size() ? types[i] : ValType::i32, arguments[i]));
  options.invoke = std::move(name);
  options.args.insert(options.args.end(), arguments.begin(), arguments.end());
  return Program(compiled, std::move(options)).run();
}

std::string summary(const ProgramResult& result) {
  std::string out(to_string(result.kind));
  if (result.kind == ProgramResult::Kind::exited) out += fmt::format(" {}", result.status);
  for (const Value& value : result.values) out += fmt::format(" {}", to_string(value));
  if (!result.error.message.empty()) out += fmt::format(" {}", result.error.message);
  return out;
}

}  // namespace weft
