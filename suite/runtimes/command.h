// SPDX-License-Identifier: Apache-2.0
//
// Command lines of adapters, filled in and run.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "suite/runtimes/adapter.h"

namespace weft::runtimes {

/// The command with each "{name}" in its words replaced by the value of that name; a word that is "{options}" is
/// replaced by all of `options`.
std::vector<std::string> fill(const Command& command, const std::map<std::string, std::string>& values,
                              const std::vector<std::string>& options);

/// Every `from` in the text becomes `to`.
void replace_all(std::string& text, const std::string& from, const std::string& to);

/// Words that a shell reads back as these.
std::string quoted(const std::vector<std::string>& words);

/// How commands run one after the other came to their end.
struct CommandEnd {
  enum class How : uint8_t {
    exited,    ///< `status`
    crashed,   ///< `status`: the signal
    late,      ///< it was still running after the time it had, and was killed with all it had started
    too_much,  ///< it wrote more than any test has to say, and was killed
    missing,   ///< `output`: why it could not be started
  } how = How::exited;
  int status = 0;
  std::string output;  ///< of all of them, both streams
  std::chrono::milliseconds took{};
};

/// Runs commands one after the other, each while the one before ended with status 0, all within the time. Thread-safe.
CommandEnd run_commands(const std::vector<std::vector<std::string>>& commands,
                        const std::vector<std::string>& environment, std::chrono::milliseconds timeout);

}  // namespace weft::runtimes
