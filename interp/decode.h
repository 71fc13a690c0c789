// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "interp/error.h"
#include "interp/module.h"

namespace weft {

/// Bytes to a Module (binary-module). Errors: malformed, with the byte offset and the specification's phrase ("integer
/// too large", "unexpected end", …), or invalid where a limit of this implementation is exceeded
/// (limits.h); an instruction the table has but this build cannot execute is still decoded. A
/// malformed name section is no error. Reads no further than the span; linear in its length, in time and memory; never
/// recursive; thread-safe.
Result<Module> decode(std::span<const uint8_t> bytes);

}  // namespace weft
