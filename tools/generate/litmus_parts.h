// SPDX-License-Identifier: Apache-2.0
//
// What of a litmus test has to be known before it is written: its outcomes, and the code of its threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "suite/model/model.h"
#include "suite/model/notation.h"
#include "tools/generate/litmus_test.h"
#include "tools/generate/litmus_thread.h"

namespace weft::generate {

/// All of a test that is code.
struct LitmusParts {
  std::vector<std::vector<model::Operation>> operations;  ///< of the threads, then of the main thread before and after
  std::vector<ThreadText> threads;
  std::optional<ThreadText> before, after;

  bool drops() const;  ///< where an assumption is false
  bool waits() const;
  bool waits_for_a_time() const;  ///< with a timeout
  bool has_vectors() const;
};

/// What the model allows the test. Errors: malformed, the place in `where`; host, when the model does not know all.
Result<model::Outcomes> allowed_outcomes(const LitmusTest& test);

/// Whether `weak`, "0:r0=0 T1=trap", is part of one of the outcomes.
bool includes(const model::Outcomes& outcomes, const std::string& weak);

/// Whether thread `number` traps or sleeps for ever in one of them.
bool may_not_return(const model::Outcomes& outcomes, size_t number);

/// The code of the test. Error: malformed, the part in `where`.
Result<LitmusParts> write_parts(const LitmusTest& test, const model::Outcomes& outcomes);

}  // namespace weft::generate
