// SPDX-License-Identifier: Apache-2.0
//
// The kernels that a build has: what its kernels.txt says of them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/weft/command.h"

namespace weft::cli {

/// A plain value.
struct Kernel {
  std::string name;
  std::string size;                       ///< for tests
  std::optional<std::string> bench_size;  ///< none: there is nothing to measure
  std::optional<uint64_t> threads;        ///< none: as many as its argument says
  std::vector<std::string> forms;         ///< the ways in which it was built to WebAssembly
  std::filesystem::path source;

  bool has_form(std::string_view form) const;
  /// The form that is built in every build.
  std::string usual_form() const;
};

/// Where this program's build puts the native programs and the modules.
std::filesystem::path kernel_folder();

/// Where the kernel's module in this form is below the folder.
std::filesystem::path kernel_module(const std::filesystem::path& folder, const Kernel& kernel, std::string_view form);

/// The kernels that were built into the folder, in the order of their names; empty when there are none.
std::vector<Kernel> read_kernels(const std::filesystem::path& folder);

/// `weft list kernels`: names, folders, sizes, threads, and the first sentence of each source. Returns the exit code.
int list_kernels(const CommandLine& line, bool json);

}  // namespace weft::cli
