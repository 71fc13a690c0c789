// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "interp/edition.h"
#include "interp/error.h"
#include "interp/module.h"

namespace weft {

/// Bytes to a Module (binary-module). Errors: malformed, with the byte offset and the specification's phrase ("integer
/// too large", "unexpected end", …), invalid where a limit of this implementation is exceeded (limits.h),
/// or host, "not supported: GC". A malformed name section is no error. Reads no further
/// than the span; linear in its length, in time and memory; never recursive; thread-safe.
Result<Module> decode(std::span<const uint8_t> bytes, Edition edition = Edition::latest);

}  // namespace weft
