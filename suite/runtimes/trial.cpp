// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/trial.h"

#include <chrono>
#include <utility>

#include "interp/host/program.h"

namespace weft::runtimes {

Trial try_program(Module module, const std::optional<std::string>& invoke) {
  auto compiled = CompiledModule::compile(std::move(module));
  if (!compiled) return {};
  ProgramOptions options;
  options.args = {"trial"};
  options.streams = {-1, -1, -1};
  options.invoke = invoke;
  options.timeout = std::chrono::seconds(10);
  const ProgramResult result = Program(std::move(*compiled), std::move(options)).run();
  using Kind = ProgramResult::Kind;
  switch (result.kind) {
    case Kind::trapped:
    case Kind::exhausted: return {Trial::End::trapped};
    case Kind::exited: return {result.status == 0 ? Trial::End::held : Trial::End::not_held};
    case Kind::returned: {
      const uint32_t line = result.values.empty() ? 0 : result.values[0].as_i32();
      return {line == 0 ? Trial::End::held : Trial::End::not_held, line};
    }
    default: return {};
  }
}

}  // namespace weft::runtimes
