// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any bytes through the decoder, the validator and lowering. An answer each time, and errors that say what
// and where.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "interp/decode.h"
#include "interp/instance.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weft;
  Result<Module> module = decode(std::span(data, size));
  if (!module) {
    if (module.error().message.empty() || !module.error().where.starts_with("0x")) std::abort();
    return 0;
  }
  const auto compiled = CompiledModule::compile(std::move(*module));
  if (!compiled && compiled.error().message.empty()) std::abort();
  return 0;
}
