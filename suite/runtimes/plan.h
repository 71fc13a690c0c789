// SPDX-License-Identifier: Apache-2.0
//
// A script lowered to what a JavaScript engine can run: its commands as JSON, its modules as binary files. The shape is
// that of wast2json, with what threads and Wasm 3.0 add; suite/runtimes/js runs it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "suite/text/script.h"

namespace weft::runtimes {

struct Plan {
  std::string json;
  /// Name, as the plan has it, and contents of each module file.
  std::vector<std::pair<std::string, std::vector<uint8_t>>> files;
};

/// Lowers a script. `name` ("notify/count-zero") is what the files are named after: "count-zero.3.wasm"; `source` is
/// told as the plan's "source_filename". A quoted module that is malformed becomes a file of text ("module_type":
/// "text"). Thread-safe.
Plan make_plan(const script::Script& script, const std::string& name, const std::string& source,
               const std::vector<std::string>& features);

}  // namespace weft::runtimes
