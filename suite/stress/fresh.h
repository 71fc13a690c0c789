// SPDX-License-Identifier: Apache-2.0
//
// A litmus test run on our interpreter, each time in a new memory: what traps, stays asleep or grows its memory cannot
// be looped in place.
#pragma once

#include <atomic>

#include "suite/model/litmus.h"
#include "suite/stress/observed.h"

namespace weft::stress {

/// Runs the test, on one thread for each of its threads that stays for all iterations. Ends early when `interrupted` is
/// set, or a thread neither ends nor sleeps for ever for longer than it may. Errors: those of instantiation; host.
/// Thread-safe.
Result<Observed> run_fresh(const model::Litmus& litmus, const Options& options, const std::atomic<bool>& interrupted);

}  // namespace weft::stress
