// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "suite/model/domain.h"
#include "suite/model/execution.h"

namespace weft::model {

/// Calls `visit` for each way to order the waits and notifies of each location so that they replay on its queue
/// (relaxed-consistent: suspensions-consistent), with happens-before as it then is, or once with it as it is when
/// there are none. Fences are ordered likewise if the variant says so.
void for_each_suspension_order(const Execution& execution, const Variant& variant,
                               const std::function<void(const Relation&)>& visit);

}  // namespace weft::model
