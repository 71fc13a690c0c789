// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace weft {

/// The edition of the specification, with the threads proposal, that a module is judged by. The later one accepts all
/// that the earlier one does, and more; the earlier one exists for its own tests, which assert that what came later is
/// rejected.
enum class Edition : uint8_t { wasm_2_0, wasm_3_0 };

}  // namespace weft
