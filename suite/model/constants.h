// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "interp/module.h"
#include "suite/model/event.h"

namespace weft::model {

/// Adds the constants in the exported function and all that it may call: values that may come out of thin air. Each
/// once.
void add_constants(const Module& module, std::string_view function, std::vector<Bytes>& constants);

}  // namespace weft::model
