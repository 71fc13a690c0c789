// SPDX-License-Identifier: Apache-2.0
//
// The runtimes of suite/runtimes, for the commands that use them.
#pragma once

#include <string>
#include <vector>

#include "suite/runtimes/adapter.h"
#include "tools/weft/command.h"

namespace weft::cli {

/// The adapters in suite/runtimes of the source tree that this program was built from, by their names, and those in
/// other files. Errors: malformed, host, with the file.
Result<std::vector<runtimes::Adapter>> read_adapters(const std::vector<std::string>& others = {});

/// The runtime, if it is here. Of the adapter `weft` it is this program.
std::optional<runtimes::Runtime> find_runtime(const runtimes::Adapter& adapter);

/// `weft list runtimes`. Returns the exit code.
int list_runtimes(const CommandLine& line, bool json);

}  // namespace weft::cli
