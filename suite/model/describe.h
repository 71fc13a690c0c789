// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "suite/model/execution.h"

namespace weft::model {

/// Short names for the events of an execution, by number: "init", "T0.1" for the first of thread 0, "M.1". `after` is
/// the main thread's number when the others have ended.
std::vector<std::string> names(const Execution& execution, unsigned after);

/// "i32.store [0,4) = 1": what the event of this number does.
std::string describe(const Execution& execution, unsigned event);

/// Which rule is broken, in its words and by which events (relaxed-consistent).
std::string describe(const Violation& violation, const std::vector<std::string>& names);

/// The events in an order that extends the relation.
std::vector<unsigned> in_order(const Execution& execution, const Relation& relation);

}  // namespace weft::model
