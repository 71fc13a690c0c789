// SPDX-License-Identifier: Apache-2.0
//
// Modules from files, binary or text: every command takes both and tells them apart by the binary format's magic
// number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "interp/error.h"
#include "interp/module.h"
#include "tools/weft/source_lines.h"

namespace weft::cli {

/// A module and where it came from. A plain value.
struct ModuleFile {
  std::string path;
  bool is_text = false;
  Module module;

  /// The lines that it was compiled from; read at the first call of place().
  mutable std::optional<SourceLines> lines = {};

  /// Where an instruction stands: "f.c:7" where the module says so (DWARF); else "f.wasm:0x1f", or "f.wat:12", because
  /// the text parser counts lines instead of bytes.
  std::string place(uint32_t offset) const;
  /// A validation error with its place in the source: it names the instruction's offset, which for text is a line.
  Error in_source(Error error) const;
  /// Makes a module from text one from its binary, names included, for those who show offsets.
  Result<Ok> use_byte_offsets();
};

/// All bytes of the file. Error: host, the system's words.
Result<std::vector<uint8_t>> read_file(const std::string& path);

/// Writes a whole file, or to standard output for "-". False, and errno, when that fails.
bool write_file(const std::string& path, const std::vector<uint8_t>& bytes);

/// Reads and decodes or parses the file, and validates it if asked to. When that fails, says so on standard error as
/// `who`
/// ("weft run") or, a malformed or invalid module, as "f.wasm:0x1f: malformed: …", and leaves the error in `error`.
std::optional<ModuleFile> load_module(const std::string& path, bool validated, std::string_view who, Error& error);

/// What to exit with after this error.
int exit_code(const Error& error);

}  // namespace weft::cli
