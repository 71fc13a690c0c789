// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interp/edition.h"
#include "interp/error.h"
#include "interp/module.h"

namespace weft {

/// Checks a module (valid-module). Errors: invalid, with the offset of the instruction (Instr::offset) if it is one's
/// fault, the specification's phrase first and then what was expected and found ("type mismatch: i32.add expects i32,
/// found f32"). Also checks the limits of limits.h. Relies on indices into Expr::pool only. Linear; thread-safe.
Result<Ok> validate(const Module& module, Edition edition = Edition::latest);

}  // namespace weft
