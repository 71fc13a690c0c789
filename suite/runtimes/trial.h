// SPDX-License-Identifier: Apache-2.0
//
// A lowered program on our interpreter. A program has to go without what a trap before its assertions left; whether
// they hold nevertheless is tried.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "interp/module.h"

namespace weft::runtimes {

/// How a trial ended.
struct Trial {
  enum class End : uint8_t { held, not_held, trapped, other } end = End::other;
  uint32_t line = 0;  ///< of not_held: the assertion, where an export was called
};

/// Calls the export, or without one runs the program. Ends after ten seconds at most. Thread-safe.
Trial try_program(Module module, const std::optional<std::string>& invoke);

}  // namespace weft::runtimes
