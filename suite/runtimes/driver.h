// SPDX-License-Identifier: Apache-2.0
//
// A program that drives a runtime which takes long to start, a browser: it stays, and runs one test after another.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "suite/runtimes/command.h"

namespace weft::runtimes {

/// Asks the driver that `command` starts; each thread has one of its own for each command, which stays until the thread
/// ends. It reads a JSON array of `words` from its standard input, with the time that it has, in milliseconds, as last
/// element; it writes what the end of a command would be judged by, and last "end STATUS", or "end late" after it has
/// stopped what it was told to run. One that does not, in ten seconds more, is killed; one that ended of itself is how
/// the run ended. Either way the next run has a new one. Thread-safe.
CommandEnd ask_driver(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                      const std::vector<std::string>& words, std::chrono::milliseconds timeout);

}  // namespace weft::runtimes
