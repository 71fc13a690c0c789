// SPDX-License-Identifier: Apache-2.0
//
// From a position in a module to the source line that it was compiled from, where the module has DWARF.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weft::cli {

/// The line table of a module in the binary format (DWARF for WebAssembly: .debug_line in custom sections, addresses
/// within the code section). A value.
class SourceLines {
 public:
  SourceLines() = default;
  /// Of a module without DWARF, or when this program was built without libdw, empty.
  explicit SourceLines(std::span<const uint8_t> module);

  /// "counter.c:12", relative to the current directory where it lies below; nothing where it is not known.
  std::optional<std::string> find(uint32_t offset) const;

 private:
  struct Row {
    uint32_t file = 0;  // in files_
    uint32_t line = 0;  // 0: no code from here on
  };
  void read_rows(std::span<const uint8_t> image);

  uint64_t code_ = 0;  // where the code section's contents begin
  std::vector<std::string> files_;
  std::map<uint64_t, Row> rows_;  // by where they begin in the code section
};

}  // namespace weft::cli
