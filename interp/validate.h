// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interp/error.h"
#include "interp/module.h"

namespace weft {

/// Checks a decoded module (valid-module). Errors: invalid, with the offset of the instruction, the specification's phrase first and then
/// what was expected and found ("type mismatch: i32.add expects i32, found f32"). Thread-safe.
Result<Ok> validate(const Module& module);

}  // namespace weft
