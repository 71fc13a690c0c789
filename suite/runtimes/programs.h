// SPDX-License-Identifier: Apache-2.0
//
// A script as modules that need no reader of scripts: each does what the script's commands do, and judges the results
// itself.
//
// In the form `exports` modules import nothing and have one thread. The export "run" gives the line of the first
// assertion that does not hold, or 0; "trap_17" must trap, as the assertion in line 17 says. Each call wants a new
// instance. In the form `wasi_threads` programs end with status 0, or with 1 after "line 17: not as expected" on
// standard error; what must trap is a program of its own, NAME.trap-17.wasm.
#pragma once

#include <string>

#include "suite/runtimes/lowering.h"
#include "suite/text/script.h"

namespace weft::runtimes {

/// Lowers a script to one of these forms. The names of the files begin with `name`. `spec` is the anchor of what the
/// script asks: of linking, nothing can be asked in one module. Nothing goes missing: a command that no run stands for
/// is left out with its reason. Thread-safe.
Lowering make_programs(const script::Script& script, Form form, const std::string& name, const std::string& spec);

}  // namespace weft::runtimes
