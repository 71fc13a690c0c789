// SPDX-License-Identifier: Apache-2.0
//
// The kernels that a build has: what its kernels.txt says of them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/weft/command.h"

namespace weft::cli {

/// A plain value.
struct Kernel {
  std::string name;
  std::string size;                       ///< for tests
  std::optional<std::string> bench_size;  ///< none: there is nothing to measure
  std::filesystem::path source;
};

/// Where this program's build puts the native programs and the modules.
std::filesystem::path kernel_folder();

/// The kernels that were built into the folder, in the order of their names; empty when there are none.
std::vector<Kernel> read_kernels(const std::filesystem::path& folder);

/// `weft list kernels`: names, folders, sizes, and the first sentence of each source. Returns the exit code.
int list_kernels(const CommandLine& line, bool json);

}  // namespace weft::cli
