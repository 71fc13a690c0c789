// SPDX-License-Identifier: Apache-2.0
//
// What can be said of a thread's code without running it.
#pragma once

#include <string_view>
#include <vector>

#include "interp/module.h"
#include "suite/model/event.h"
#include "suite/model/litmus.h"

namespace weft::model {

/// Adds the constants in the exported function and all that it may call: values that may come out of thin air. Each
/// once.
void add_constants(const Module& module, std::string_view function, std::vector<Bytes>& constants);

/// Whether the threads, but for the main one, access memory by atomic instructions of one width alone: then any two
/// accesses that overlap have the same range, and synchronise.
bool always_synchronize(const Litmus& litmus);

/// Whether the thread fills, copies or initialises memory: each byte is an event, but they stand side by side.
bool has_bulk(const Code& code);

/// The module with its active data segments passive, and written by the exported function before all that it does:
/// that is what instantiation does (exec-instantiation), but for dropping them.
Module with_segments_in(Module module, std::string_view function);

}  // namespace weft::model
