// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "suite/model/litmus.h"
#include "suite/model/notation.h"

namespace weft::model {

/// The text of a Wasm module that does what a thread in notation says: it imports "mem" "memory" and exports "thread".
/// Each register is an exported global, i64 or of 16 bytes v128; "assigned" has a bit for each, in the order of
/// `registers`. The value of a load or rmw is zero-extended. Errors: malformed.
Result<std::string> assemble(const std::vector<Operation>& operations, const MemoryType& memory,
                             std::vector<std::string>& registers);

/// A thread in notation, ready to be run; `owner` is what its registers' names begin with ("0", "M"). Adds the numbers
/// that it names, addresses, counts and timeouts apart, to `constants`. Errors: malformed, the place in `where`.
Result<Code> compile_notation(std::string_view text, const MemoryType& memory, const std::string& owner,
                              std::vector<Bytes>& constants);

}  // namespace weft::model
