// SPDX-License-Identifier: Apache-2.0
//
// Guest modules of the host tests. interp has no text parser, so each stands here twice; a test compares the two where
// wat2wasm is installed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "interp/host/program.h"
#include "interp/instance.h"

namespace weft {

struct TestModule {
  std::string_view wat;
  std::string_view hex;  ///< the same, assembled by `wat2wasm --enable-threads`

  std::vector<uint8_t> bytes() const;
};

extern const TestModule kWasiCalls, kThreads, kOwnMemory, kUnsharedMemory, kWriters, kPlain, kStartExits, kStartTraps,
    kUnknownImport, kWrongImport, kEmscripten, kEmscripten4;

/// Compiles a test module; a module that does not compile fails the test and yields null.
std::shared_ptr<const CompiledModule> compile(const TestModule& module);

/// Options with a watchdog, so that a hang is a failed test, and without stdio.
ProgramOptions test_options();

/// Runs a whole program, or one of its exports.
ProgramResult run(const TestModule& module, ProgramOptions options = test_options());
ProgramResult invoke(const TestModule& module, std::string name, std::vector<std::string> arguments = {},
                     ProgramOptions options = test_options());

/// "exited 3", "returned i32:5", "trapped unreachable", … for one-line expectations.
std::string summary(const ProgramResult& result);

}  // namespace weft
