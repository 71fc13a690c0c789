// SPDX-License-Identifier: Apache-2.0
//
// A litmus test run in place on node: the same stress modules, driven by suite/runtimes/js/litmus.mjs.
#pragma once

#include <string>

#include "suite/stress/observed.h"
#include "suite/stress/stress_modules.h"

namespace weft::stress {

struct Node {
  std::string program;  ///< node
  std::string driver;   ///< litmus.mjs
};

/// As run_in_place, but that there is nothing to be seen of a thread that stays asleep, or traps: then `stuck` says so,
/// or what node said. Errors: host, without node; unlinkable, where the test cannot be looped in place. Thread-safe.
Result<Observed> run_on_node(const model::Litmus& litmus, const Footprint& footprint, const Options& options,
                             const Node& node);

}  // namespace weft::stress
