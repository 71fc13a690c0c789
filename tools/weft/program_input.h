// SPDX-License-Identifier: Apache-2.0
//
// What `weft run` gives a program besides its arguments. Each function adds what the words say to the options; its
// result is nothing, or how the program ended, which then does not begin.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interp/host/program.h"
#include "interp/module.h"

namespace weft::cli {

/// The words of --dir: HOST::GUEST, or one name for both.
std::optional<ProgramResult> take_directories(const std::vector<std::string>& words, ProgramOptions& options);

/// The words of --data: ADDR=FILE.
std::optional<ProgramResult> take_data(const std::vector<std::string>& words, ProgramOptions& options);

/// The arguments of --invoke, from the words behind MODULE. @FILE, where an address may stand, is the file's bytes, and
/// their address then. No arguments when there is no such export, which the program says.
std::optional<ProgramResult> take_arguments(const Module& module, ProgramOptions& options);

}  // namespace weft::cli
