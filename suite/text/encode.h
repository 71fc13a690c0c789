// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "interp/module.h"

namespace weft {

struct EncodeOptions {
  /// Write Module::names as a name section, unless the module has a well-formed one already.
  bool names = false;
};

/// A Module to bytes (binary-module): the inverse of decode, with shortest LEB128s, without empty sections, and with
/// custom sections at their places, the names last. The module need not be valid, but its indices into Expr::pool must
/// be in range. Byte for byte what `wat2wasm` writes. Thread-safe.
std::vector<uint8_t> encode(const Module& module, const EncodeOptions& options = {});

/// The contents of a name section.
std::vector<uint8_t> encode_names(const Names& names);

/// Where each instruction of the body will begin, in bytes from its locals (binary-func): what branch hints count in.
std::vector<size_t> instruction_offsets(const Function& function);

}  // namespace weft
