// SPDX-License-Identifier: Apache-2.0
//
// WASI preview 1 for programs that compute, talk to stdin, stdout and stderr, and work with files below the directories
// that they are given.
#pragma once

#include <array>
#include <cstdint>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interp/host.h"
#include "interp/host/guest_pieces.h"
#include "interp/host/program_host.h"
#include "interp/host/wasi_descriptors.h"
#include "interp/host/wasi_errno.h"
#include "interp/memory.h"

namespace weft {

struct WasiOptions {
  std::vector<std::string> args;        ///< argv, the program's name first
  std::vector<std::string> env;         ///< each "NAME=value"
  std::array<int, 3> streams{0, 1, 2};  ///< descriptors behind the guest's 0, 1 and 2; -1 is closed
  std::vector<Preopen> directories{};   ///< the guest's 3, 4, …
};

/// The fdflags of descriptors.
struct FdFlags {
  static constexpr uint32_t kAppend = 1, kDsync = 2, kNonblock = 4, kRsync = 8, kSync = 16, kAll = 31;
};

/// The lookupflags of paths.
struct LookupFlags {
  static constexpr uint32_t kFollow = 1;  ///< a symbolic link in the last component
};

/// The rights of descriptors that we look at: they say how path_open opens.
struct Rights {
  static constexpr uint64_t kFdRead = 1 << 1, kFdWrite = 1 << 6;
};

/// The WASI state of one program: its arguments, environment and descriptors. What a path names is looked for below the
/// directory of its descriptor, and nowhere else; whatever leads out of it is `notcapable`. Names are bytes, as on the
/// host. Rights are reported, but for reading and writing not enforced one by one: a directory gives all of them.
///
/// Thread safety: all functions may run on any thread of the program, but preopen(). Each stream and file has a mutex
/// that makes one fd_read or fd_write one operation; it is held while the call blocks, which ends for all threads
/// together when the program is stopped: no call on a stream blocks in the system, but as SharedDescriptor says, and
/// what could block otherwise is never opened.
class Wasi {
 public:
  explicit Wasi(WasiOptions options);
  Wasi(const Wasi&) = delete;
  Wasi& operator=(const Wasi&) = delete;

  /// Opens the directories; once, before any function is called. An error names the one that cannot be opened.
  std::optional<Error> preopen();

  /// The function of wasi_snapshot_preview1 (or wasi_unstable, its elder) with this name, if there is one. It refers to
  /// this object.
  std::optional<HostEntry> find(std::string_view module, std::string_view name);

 private:
  struct Row;
  /// Where the versions differ.
  enum class Version : uint8_t { unstable, preview1 };
  using Descriptor = std::shared_ptr<WasiDescriptor>;
  /// What a call names by a descriptor, or why it names nothing.
  struct Found {
    Descriptor descriptor;
    Errno error = Errno::success;
  };
  /// A path, and the directory that it starts from.
  struct GuestPath {
    Descriptor directory;
    std::string path;
    Errno error = Errno::success;
  };

  HostOutcome args_get(HostCall& call);
  HostOutcome args_sizes_get(HostCall& call);
  HostOutcome environ_get(HostCall& call);
  HostOutcome environ_sizes_get(HostCall& call);
  HostOutcome clock_res_get(HostCall& call);
  HostOutcome clock_time_get(HostCall& call);
  HostOutcome fd_advise(HostCall& call);
  HostOutcome fd_allocate(HostCall& call);
  HostOutcome fd_close(HostCall& call);
  HostOutcome fd_datasync(HostCall& call);
  HostOutcome fd_fdstat_get(HostCall& call);
  HostOutcome fd_fdstat_set_flags(HostCall& call);
  HostOutcome fd_fdstat_set_rights(HostCall& call);
  HostOutcome fd_filestat_get(HostCall& call);
  HostOutcome fd_filestat_get_unstable(HostCall& call);
  HostOutcome fd_filestat_set_size(HostCall& call);
  HostOutcome fd_filestat_set_times(HostCall& call);
  HostOutcome fd_pread(HostCall& call);
  HostOutcome fd_prestat_dir_name(HostCall& call);
  HostOutcome fd_prestat_get(HostCall& call);
  HostOutcome fd_pwrite(HostCall& call);
  HostOutcome fd_read(HostCall& call);
  HostOutcome fd_readdir(HostCall& call);
  HostOutcome fd_renumber(HostCall& call);
  HostOutcome fd_seek(HostCall& call);
  HostOutcome fd_seek_unstable(HostCall& call);
  HostOutcome fd_sync(HostCall& call);
  HostOutcome fd_tell(HostCall& call);
  HostOutcome fd_write(HostCall& call);
  HostOutcome path_create_directory(HostCall& call);
  HostOutcome path_filestat_get(HostCall& call);
  HostOutcome path_filestat_get_unstable(HostCall& call);
  HostOutcome path_filestat_set_times(HostCall& call);
  HostOutcome path_link(HostCall& call);
  HostOutcome path_open(HostCall& call);
  HostOutcome path_readlink(HostCall& call);
  HostOutcome path_remove_directory(HostCall& call);
  HostOutcome path_rename(HostCall& call);
  HostOutcome path_symlink(HostCall& call);
  HostOutcome path_unlink_file(HostCall& call);
  HostOutcome poll_oneoff(HostCall& call);
  HostOutcome poll_oneoff_unstable(HostCall& call);
  HostOutcome proc_exit(HostCall& call);
  HostOutcome random_get(HostCall& call);
  HostOutcome sched_yield(HostCall& call);
  HostOutcome no_socket(HostCall& call);
  HostOutcome no_such_call(HostCall& call);

  /// The file of this number: badf for what is closed or a directory, and for a stream this error.
  Found find_file(uint32_t number, Errno stream);
  /// The directory of this number: badf or notdir.
  Found find_directory(uint32_t number);
  /// The path in two arguments from `path` on, and the directory in argument `directory`.
  GuestPath load_path(HostCall& call, size_t directory, size_t path);

  HostOutcome poll(HostCall& call, Version version);
  HostOutcome seek(HostCall& call, Version version);
  /// The system call `action` on a file or a directory.
  HostOutcome sync(HostCall& call, int (*action)(int fd));
  HostOutcome filestat(HostCall& call, Version version);
  HostOutcome path_filestat(HostCall& call, Version version);
  /// The system call `action` on the place that the first arguments name.
  HostOutcome change(HostCall& call, int (*action)(int directory, const char* name));
  HostOutcome read(HostCall& call, WasiDescriptor& from, std::optional<uint64_t> offset, uint32_t count_at);
  HostOutcome write(HostCall& call, WasiDescriptor& to, std::optional<uint64_t> offset, uint32_t count_at);

  static const Row kFunctions[];

  const WasiOptions options_;
  WasiDescriptors descriptors_;
};

/// The outcome of a WASI function.
inline HostOutcome answer(HostCall& call, Errno error) { return HostOutcome::done(call, static_cast<uint64_t>(error)); }

/// A timestamp. What was before 1970 is 0.
inline uint64_t nanoseconds(const timespec& time) {
  return time.tv_sec < 0 ? 0 : static_cast<uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(time.tv_nsec);
}

/// A filetype, from the mode of a stat.
uint8_t wasi_file_type(uint32_t mode);

/// Nanoseconds of a WASI clock (0 realtime, 1 monotonic, 2 process CPU time, 3 thread CPU time), if there is such a
/// clock.
std::optional<uint64_t> wasi_clock_now(uint32_t clock);
std::optional<uint64_t> wasi_clock_resolution(uint32_t clock);

}  // namespace weft
