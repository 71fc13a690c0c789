// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any text through the parser of scripts. A source that is a module is a script, too.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "suite/text/parse.h"
#include "suite/text/script.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weft;
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const auto script = script::parse_script(source);
  if (script) {
    if (script::count_commands(script->commands) < script->commands.size()) std::abort();
    return 0;
  }
  if (script.error().message.empty() || script.error().where.empty()) std::abort();
  if (parse_module(source)) {
    std::fprintf(stderr, "a module, but no script: %s\n", to_string(script.error(), "").c_str());
    std::abort();
  }
  return 0;
}
