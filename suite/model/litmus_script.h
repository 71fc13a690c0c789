// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "interp/error.h"
#include "suite/model/litmus.h"
#include "suite/model/statement.h"

namespace weft::model {

/// A test, its name, and what its file states.
struct StatedLitmus {
  Litmus litmus;
  Statements stated;
};

/// A script whose front matter says that it is a litmus test (wast/README.md, "Litmus files"). Its threads are the
/// exports "thread", the main thread's parts "pre" and "post"; what it states is in the `either` of its last assertion,
/// or in the front matter. Errors: malformed, and those of the modules; the position in `where`. Thread-safe.
Result<StatedLitmus> parse_litmus_script(std::string_view text);

}  // namespace weft::model
