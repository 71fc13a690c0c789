// SPDX-License-Identifier: Apache-2.0
//
// What Emscripten's C library imports from "env" besides threads: emscripten_system.cpp, emscripten_time.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "interp/host/program_host.h"
#include "interp/host/wasi_errno.h"

namespace weft {

/// The host function of "env" with this name, if it is none of EmscriptenHost's; `wanted` as in host_type().
std::optional<HostEntry> find_emscripten_system(std::string_view name, const FuncType& wanted);
/// Of these, those about clocks and dates.
std::optional<HostEntry> find_emscripten_time(std::string_view name, const FuncType& wanted);

/// The function behind a guest's function pointer, or null.
const FuncInst* table_function(const Instance& instance, uint32_t pointer);

// What the two files share.

/// One function; its signatures as host_type() reads them.
struct EmscriptenRow {
  std::string_view name;
  std::string_view signatures;
  HostOutcome (*function)(HostCall&);
};

std::optional<HostEntry> find_emscripten_row(std::span<const EmscriptenRow> rows, std::string_view name,
                                             const FuncType& wanted);

constexpr uint64_t kEmscriptenFailed = 0xffff'ffff;  ///< -1
/// Returns that, with errno set, through the guest's own __errno_location.
HostOutcome emscripten_fail(HostCall& call, Errno error);
/// The trap of an access that is not within the memory.
HostOutcome out_of_bounds();
/// A C string of the guest: as far as it is in bounds, and not without end.
std::string guest_string(const Memory& memory, uint32_t address);

}  // namespace weft
