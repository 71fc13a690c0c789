// SPDX-License-Identifier: Apache-2.0
//
// A litmus test run on our interpreter, by threads that stay, over cells of one memory.
#pragma once

#include <atomic>

#include "suite/stress/layout.h"
#include "suite/stress/observed.h"

namespace weft::stress {

/// Runs the test. A thread of each of its threads, the calling one among them. Ends early, with the outcome that it
/// has come to, where all threads stand still for longer than they may; where one traps; and when `interrupted` is set.
/// Errors: those of instantiation; unlinkable, where the test cannot be looped in place; host, when there are no
/// threads to be had. Thread-safe.
Result<Observed> run_in_place(const model::Litmus& litmus, const Footprint& footprint, const Options& options,
                              const std::atomic<bool>& interrupted);

}  // namespace weft::stress
