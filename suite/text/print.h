// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interp/module.h"

namespace weft {

struct PrintOptions {
  /// Begin each instruction with a comment that holds Instr::offset: the byte offset of a decoded module.
  bool offsets = false;
};

/// A Module in the text format: one field per paragraph, flat instructions, all type uses explicit. Functions, tags and
/// locals appear by their names where these are identifiers and unique, else by index, with the name as an annotation.
/// Custom sections are annotations at the end; the name section only where it says more than the rest of the text.
/// parse_module reads it all back to the same module, but for line numbers. The module need not be valid; its indices
/// into Expr::pool must be in range.
std::string print(const Module& module, const PrintOptions& options = {});

}  // namespace weft
