// SPDX-License-Identifier: Apache-2.0
//
// Files for a runtime.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace weft::runtimes {

/// A new folder among the temporary ones, which is gone when this is.
class Scratch {
 public:
  /// Throws std::filesystem::filesystem_error when none can be made.
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Writes a file, and makes the folders above it. Throws std::filesystem::filesystem_error.
void write_bytes(const std::filesystem::path& path, const std::vector<uint8_t>& contents);

}  // namespace weft::runtimes
