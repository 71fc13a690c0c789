// SPDX-License-Identifier: Apache-2.0
//
// The memory model as a function: which outcomes a litmus test may have (relaxed-consistent).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "suite/model/domain.h"
#include "suite/model/execution.h"
#include "suite/model/litmus.h"

namespace weft::model {

/// Sets are exact, or unknown because a limit was exceeded: then they are not there, and `unknown` says which.
struct Judgement {
  std::optional<Outcomes> wasm, sc, tso;
  std::optional<bool> is_race_free;  ///< no consistent execution has a data race
  std::string unknown;
};

/// All that the test may do under WebAssembly's model, sequential consistency and x86-TSO. Thread-safe. Errors:
/// unlinkable, where a thread's code cannot be run alone; host.
Result<Judgement> judge(const Litmus& litmus, const Variant& variant = {}, const Limits& limits = {});

/// Whether two events of different threads, not ordered by happens-before, access a byte that one of them writes, and
/// do not synchronise: a data race (relaxed-consistent, the note).
bool has_data_race(const Execution& execution);

}  // namespace weft::model
