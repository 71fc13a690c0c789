// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace weft {

/// The edition of the specification that a module is judged by; threads belong to each. A later one accepts all that an
/// earlier one does, and more. The earlier ones exist for scripts that assert that what came later is rejected.
enum class Edition : uint8_t {
  wasm_2_0,
  wasm_3_0,
  latest,  ///< 3.0 with the proposals custom-page-sizes and wide-arithmetic
};

}  // namespace weft
