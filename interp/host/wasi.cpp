// SPDX-License-Identifier: Apache-2.0
//
// The table of functions, and those about arguments, clocks, random numbers and the process. Reading and writing:
// wasi_streams.cpp; other functions of descriptors: wasi_files.cpp, wasi_status.cpp, wasi_directories.cpp; of paths:
// wasi_paths.cpp; poll: wasi_poll.cpp.
#include "interp/host/wasi.h"

#include <algorithm>
#include <cerrno>
#include <ctime>

#include <sched.h>
#include <sys/random.h>

#include "interp/agent.h"
#include "interp/host/deadlock.h"

namespace weft {

/// One function: its name, its type as host_type() reads it, and what it does; in wasi_unstable too, where that does
/// not differ.
struct Wasi::Row {
  std::string_view name;
  std::string_view signature;
  HostOutcome (Wasi::*function)(HostCall&);
  HostOutcome (Wasi::*unstable)(HostCall&) = nullptr;
};

// Every function of preview 1 is here, so that a program that never calls what we lack can be linked.
const Wasi::Row Wasi::kFunctions[] = {
    {"args_get", "ii:i", &Wasi::args_get},
    {"args_sizes_get", "ii:i", &Wasi::args_sizes_get},
    {"environ_get", "ii:i", &Wasi::environ_get},
    {"environ_sizes_get", "ii:i", &Wasi::environ_sizes_get},
    {"clock_res_get", "ii:i", &Wasi::clock_res_get},
    {"clock_time_get", "iIi:i", &Wasi::clock_time_get},
    {"fd_advise", "iIIi:i", &Wasi::fd_advise},
    {"fd_allocate", "iII:i", &Wasi::fd_allocate},
    {"fd_close", "i:i", &Wasi::fd_close},
    {"fd_datasync", "i:i", &Wasi::fd_datasync},
    {"fd_fdstat_get", "ii:i", &Wasi::fd_fdstat_get},
    {"fd_fdstat_set_flags", "ii:i", &Wasi::fd_fdstat_set_flags},
    {"fd_fdstat_set_rights", "iII:i", &Wasi::fd_fdstat_set_rights},
    {"fd_filestat_get", "ii:i", &Wasi::fd_filestat_get, &Wasi::fd_filestat_get_unstable},
    {"fd_filestat_set_size", "iI:i", &Wasi::fd_filestat_set_size},
    {"fd_filestat_set_times", "iIIi:i", &Wasi::fd_filestat_set_times},
    {"fd_pread", "iiiIi:i", &Wasi::fd_pread},
    {"fd_prestat_dir_name", "iii:i", &Wasi::fd_prestat_dir_name},
    {"fd_prestat_get", "ii:i", &Wasi::fd_prestat_get},
    {"fd_pwrite", "iiiIi:i", &Wasi::fd_pwrite},
    {"fd_read", "iiii:i", &Wasi::fd_read},
    {"fd_readdir", "iiiIi:i", &Wasi::fd_readdir},
    {"fd_renumber", "ii:i", &Wasi::fd_renumber},
    {"fd_seek", "iIii:i", &Wasi::fd_seek, &Wasi::fd_seek_unstable},
    {"fd_sync", "i:i", &Wasi::fd_sync},
    {"fd_tell", "ii:i", &Wasi::fd_tell},
    {"fd_write", "iiii:i", &Wasi::fd_write},
    {"path_create_directory", "iii:i", &Wasi::path_create_directory},
    {"path_filestat_get", "iiiii:i", &Wasi::path_filestat_get, &Wasi::path_filestat_get_unstable},
    {"path_filestat_set_times", "iiiiIIi:i", &Wasi::path_filestat_set_times},
    {"path_link", "iiiiiii:i", &Wasi::path_link},
    {"path_open", "iiiiiIIii:i", &Wasi::path_open},
    {"path_readlink", "iiiiii:i", &Wasi::path_readlink},
    {"path_remove_directory", "iii:i", &Wasi::path_remove_directory},
    {"path_rename", "iiiiii:i", &Wasi::path_rename},
    {"path_symlink", "iiiii:i", &Wasi::path_symlink},
    {"path_unlink_file", "iii:i", &Wasi::path_unlink_file},
    {"poll_oneoff", "iiii:i", &Wasi::poll_oneoff, &Wasi::poll_oneoff_unstable},
    {"proc_exit", "i:", &Wasi::proc_exit},
    {"proc_raise", "i:i", &Wasi::no_such_call},
    {"random_get", "ii:i", &Wasi::random_get},
    {"sched_yield", ":i", &Wasi::sched_yield},
    {"sock_accept", "iii:i", &Wasi::no_socket},
    {"sock_recv", "iiiiii:i", &Wasi::no_socket},
    {"sock_send", "iiiii:i", &Wasi::no_socket},
    {"sock_shutdown", "ii:i", &Wasi::no_socket},
};

std::optional<HostEntry> Wasi::find(std::string_view module, std::string_view name) {
  const bool unstable = module == "wasi_unstable";
  if (!unstable && module != "wasi_snapshot_preview1") return std::nullopt;
  const auto* row =
      std::find_if(std::begin(kFunctions), std::end(kFunctions), [name](const Row& each) { return each.name == name; });
  if (row == std::end(kFunctions)) return std::nullopt;
  auto function = unstable && row->unstable != nullptr ? row->unstable : row->function;
  return HostEntry{host_type(row->signature), [this, function](HostCall& call) -> HostOutcome {
                     // A guest without a memory gets an error for whatever it passes; proc_exit and sched_yield pass
                     // nothing.
                     if (call.memory() == nullptr && call.args.size() > 1) return answer(call, Errno::fault);
                     return (this->*function)(call);
                   }};
}

namespace {

/// Strings as args_get and environ_get hand them out: an array of pointers, and the bytes, each with its terminator.
bool store_strings(Memory& memory, const std::vector<std::string>& strings, uint32_t pointers, uint32_t buffer) {
  uint64_t at = buffer, slot = pointers;
  for (const std::string& string : strings) {
    const std::span bytes(reinterpret_cast<const uint8_t*>(string.c_str()), string.size() + 1);
    if (!memory.store(slot, static_cast<uint32_t>(at)) || !memory.write(at, bytes)) return false;
    slot += sizeof(uint32_t), at += bytes.size();
  }
  return true;
}

bool store_sizes(Memory& memory, const std::vector<std::string>& strings, uint32_t count, uint32_t size) {
  size_t bytes = 0;
  for (const std::string& string : strings) bytes += string.size() + 1;
  return memory.store(count, static_cast<uint32_t>(strings.size())) && memory.store(size, static_cast<uint32_t>(bytes));
}

std::optional<clockid_t> system_clock_id(uint32_t clock) {
  switch (clock) {
    case 0: return CLOCK_REALTIME;
    case 1: return CLOCK_MONOTONIC;
    case 2: return CLOCK_PROCESS_CPUTIME_ID;
    case 3: return CLOCK_THREAD_CPUTIME_ID;
    default: return std::nullopt;
  }
}

Errno unless_fault(bool stored) { return stored ? Errno::success : Errno::fault; }

}  // namespace

std::optional<uint64_t> wasi_clock_now(uint32_t clock) {
  timespec time{};
  const auto id = system_clock_id(clock);
  if (!id || clock_gettime(*id, &time) != 0) return std::nullopt;
  return is_trial() ? trial_clock(clock, nanoseconds(time)) : nanoseconds(time);
}

std::optional<uint64_t> wasi_clock_resolution(uint32_t clock) {
  timespec time{};
  const auto id = system_clock_id(clock);
  if (!id || clock_getres(*id, &time) != 0) return std::nullopt;
  return nanoseconds(time);
}

HostOutcome Wasi::args_get(HostCall& call) {
  return answer(call, unless_fault(store_strings(*call.memory(), options_.args, call.i32(0), call.i32(1))));
}

HostOutcome Wasi::args_sizes_get(HostCall& call) {
  return answer(call, unless_fault(store_sizes(*call.memory(), options_.args, call.i32(0), call.i32(1))));
}

HostOutcome Wasi::environ_get(HostCall& call) {
  return answer(call, unless_fault(store_strings(*call.memory(), options_.env, call.i32(0), call.i32(1))));
}

HostOutcome Wasi::environ_sizes_get(HostCall& call) {
  return answer(call, unless_fault(store_sizes(*call.memory(), options_.env, call.i32(0), call.i32(1))));
}

HostOutcome Wasi::clock_res_get(HostCall& call) {
  const auto resolution = wasi_clock_resolution(call.i32(0));
  if (!resolution) return answer(call, Errno::inval);
  return answer(call, unless_fault(call.memory()->store(call.i32(1), *resolution)));
}

HostOutcome Wasi::clock_time_get(HostCall& call) {
  const auto now = wasi_clock_now(call.i32(0));
  if (!now) return answer(call, Errno::inval);
  return answer(call, unless_fault(call.memory()->store(call.i32(2), *now)));
}

HostOutcome Wasi::random_get(HostCall& call) {
  const uint64_t address = call.i32(0), length = call.i32(1);
  if (!call.memory()->in_bounds(address, length)) return answer(call, Errno::fault);
  std::array<uint8_t, 4096> chunk;
  for (uint64_t done = 0; done < length;) {
    if (call.agent.stop_requested()) return HostOutcome::stopped();
    const ssize_t got = getrandom(chunk.data(), std::min<uint64_t>(chunk.size(), length - done), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return answer(call, Errno::io);
    if (!call.memory()->write(address + done, std::span(chunk).first(static_cast<size_t>(got))))
      return answer(call, Errno::fault);
    done += static_cast<uint64_t>(got);
  }
  return answer(call, Errno::success);
}

HostOutcome Wasi::sched_yield(HostCall& call) {
  ::sched_yield();
  return answer(call, Errno::success);
}

HostOutcome Wasi::proc_exit(HostCall& call) { return HostOutcome::exit(call.i32(0)); }

HostOutcome Wasi::no_such_call(HostCall& call) { return answer(call, Errno::nosys); }

HostOutcome Wasi::no_socket(HostCall& call) {
  return answer(call, descriptors_.find(call.i32(0)) ? Errno::notsock : Errno::badf);
}

}  // namespace weft
