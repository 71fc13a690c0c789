// SPDX-License-Identifier: Apache-2.0
//
// WASI preview 1 for programs that compute and talk to stdin, stdout and stderr. There is no file system: nothing is
// preopened.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interp/host.h"
#include "interp/host/program_host.h"
#include "interp/host/shared_descriptor.h"
#include "interp/memory.h"
#include "interp/mutex.h"

namespace weft {

struct WasiOptions {
  std::vector<std::string> args;        ///< argv, the program's name first
  std::vector<std::string> env;         ///< each "NAME=value"
  std::array<int, 3> streams{0, 1, 2};  ///< descriptors behind the guest's 0, 1 and 2; -1 is closed
};

/// The error numbers of preview 1 that we answer.
enum class Errno : uint16_t {
  success = 0,
  again = 6,
  badf = 8,
  fault = 21,
  inval = 28,
  io = 29,
  nosys = 52,
  notdir = 54,
  notsock = 57,
  notsup = 58,
  overflow = 61,
  pipe = 64,
  spipe = 70,
};

/// The WASI state of one program: its arguments, environment and streams.
///
/// Thread safety: all functions may run on any thread of the program. Each stream has a mutex that makes one fd_read or
/// fd_write one operation; it is held while the call blocks, which ends for all threads together when the program is
/// stopped: no call blocks in the system, but as SharedDescriptor says. No other lock is taken under it.
class Wasi {
 public:
  explicit Wasi(WasiOptions options);
  Wasi(const Wasi&) = delete;
  Wasi& operator=(const Wasi&) = delete;

  /// The function of wasi_snapshot_preview1 (or wasi_unstable, its elder) with this name, if there is one. It refers to
  /// this object.
  std::optional<HostEntry> find(std::string_view module, std::string_view name);

 private:
  struct Row;
  struct Stream {
    Stream(int fd, SharedDescriptor::Direction direction) : descriptor(fd, direction) {}
    Mutex mutex;  ///< one fd_read or fd_write at a time
    SharedDescriptor descriptor WEFT_GUARDED_BY(mutex);
    std::atomic<bool> open{true};
    std::atomic<uint16_t> flags{0};  ///< fdflags, as fd_fdstat_set_flags left them
  };
  /// One entry of a scatter/gather list.
  struct IoVec {
    uint32_t address = 0, length = 0;
  };
  /// Where the versions' layouts differ.
  enum class Version : uint8_t { unstable, preview1 };

  HostOutcome args_get(HostCall& call);
  HostOutcome args_sizes_get(HostCall& call);
  HostOutcome environ_get(HostCall& call);
  HostOutcome environ_sizes_get(HostCall& call);
  HostOutcome clock_res_get(HostCall& call);
  HostOutcome clock_time_get(HostCall& call);
  HostOutcome fd_close(HostCall& call);
  HostOutcome fd_fdstat_get(HostCall& call);
  HostOutcome fd_fdstat_set_flags(HostCall& call);
  HostOutcome fd_filestat_get(HostCall& call);
  HostOutcome fd_read(HostCall& call);
  HostOutcome fd_write(HostCall& call);
  HostOutcome poll_oneoff(HostCall& call);
  HostOutcome poll_oneoff_unstable(HostCall& call);
  HostOutcome proc_exit(HostCall& call);
  HostOutcome random_get(HostCall& call);
  HostOutcome sched_yield(HostCall& call);
  HostOutcome no_directory(HostCall& call);
  HostOutcome no_seek(HostCall& call);
  HostOutcome no_socket(HostCall& call);
  HostOutcome no_such_call(HostCall& call);
  HostOutcome no_such_operation(HostCall& call);
  HostOutcome not_preopened(HostCall& call);

  bool is_open(uint32_t fd) const;
  HostOutcome poll(HostCall& call, Version version);
  /// Reads the scatter/gather list at an address: success when all it names is in bounds.
  static Errno load_iovecs(const Memory& memory, uint32_t address, uint32_t count, std::vector<IoVec>& list);

  static const Row kFunctions[];

  const WasiOptions options_;
  std::array<Stream, 3> streams_;
};

/// The outcome of a WASI function.
inline HostOutcome answer(HostCall& call, Errno error) { return HostOutcome::done(call, static_cast<uint64_t>(error)); }

/// Nanoseconds of a WASI clock (0 realtime, 1 monotonic, 2 process CPU time, 3 thread CPU time), if there is such a
/// clock.
std::optional<uint64_t> wasi_clock_now(uint32_t clock);
std::optional<uint64_t> wasi_clock_resolution(uint32_t clock);

}  // namespace weft
