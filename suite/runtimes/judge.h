// SPDX-License-Identifier: Apache-2.0
//
// What the end of a runtime's process says about a run.
#pragma once

#include <string>
#include <vector>

#include "suite/runtimes/command.h"
#include "suite/runtimes/drive.h"

namespace weft::runtimes {

struct Judgement {
  std::vector<Failure> failures;
  std::vector<LeftOut> skipped;  ///< commands of a script or plan that the runtime cannot do
  std::vector<Warning> warnings;
  bool is_refused = false;  ///< the runtime could do none of it; `skipped` says why
};

/// Judges the end of a run. Thread-safe.
Judgement judge(const Adapter& adapter, const Mode& mode, const Run& run, const CommandEnd& end);

}  // namespace weft::runtimes
