// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "interp/edition.h"
#include "interp/error.h"
#include "interp/module.h"

namespace weft {

/// The text format to a Module (text-module): a `(module …)` or its bare fields. Names come from identifiers and name
/// annotations; Instr::offset and Function::offset are line numbers. Errors: malformed, or invalid for an annotation,
/// the specification's phrase first, where = "line:column". Indices given as numbers are left to validation;
/// identifiers must be defined. Thread-safe.
Result<Module> parse_module(std::string_view source, Edition edition = Edition::latest);

}  // namespace weft
