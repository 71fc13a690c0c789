// SPDX-License-Identifier: Apache-2.0
//
// WASI on what descriptors and files are: fdstat, filestat, flags and times.
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

#include "interp/host/wasi.h"
#include "interp/host/wasi_sandbox.h"

namespace weft {
namespace {

// Rights, as their bits are named in preview 1.
constexpr uint64_t kSetFlags = 1 << 3, kFilestatGet = 1 << 21, kFilestatSetTimes = 1 << 23, kPoll = 1 << 27;
constexpr uint64_t kSeek = 1 << 2 | 1 << 5, kSync = 1 << 0 | 1 << 4, kAdvise = 1 << 7, kAllocate = 1 << 8,
                   kSetSize = 1 << 22;
constexpr uint64_t kFile = kSetFlags | kSeek | kSync | kAdvise | kFilestatGet | kFilestatSetTimes | kPoll;
constexpr uint64_t kWriteFile = Rights::kFdWrite | kAllocate | kSetSize;
constexpr uint64_t kPaths = ((1 << 21) - (1 << 9)) | 7 << 24;  // path_* and fd_readdir
constexpr uint64_t kDirectory = kPaths | kSetFlags | kSync | kFilestatGet | kFilestatSetTimes;

uint64_t rights(const WasiDescriptor& descriptor) {
  const uint64_t access = descriptor.readable ? Rights::kFdRead : 0;
  switch (descriptor.kind) {
    // No right to seek: that is how wasi-libc knows a terminal.
    case WasiDescriptor::Kind::stream:
      return access | (descriptor.writable ? Rights::kFdWrite : 0) | kSetFlags | kFilestatGet | kPoll;
    case WasiDescriptor::Kind::file: return access | (descriptor.writable ? kWriteFile : 0) | kFile;
    case WasiDescriptor::Kind::directory: return kDirectory;
  }
  return 0;
}

bool store_filestat(Memory& memory, uint64_t at, const struct stat& status, bool unstable) {
  // filestat: device 0, inode 8, file type 16, links 24, size 32, times 40, 48, 56; the elder version has 32 bits of
  // links at 20, and the rest 8 bytes earlier.
  const std::array<uint8_t, 64> zeros{};
  const uint64_t rest = at + (unstable ? 24 : 32);
  return memory.write(at, std::span(zeros).first(unstable ? 56 : 64)) &&
         memory.store(at, static_cast<uint64_t>(status.st_dev)) &&
         memory.store(at + 8, static_cast<uint64_t>(status.st_ino)) &&
         memory.store(at + 16, wasi_file_type(status.st_mode)) &&
         (unstable ? memory.store(at + 20, static_cast<uint32_t>(status.st_nlink))
                   : memory.store(at + 24, static_cast<uint64_t>(status.st_nlink))) &&
         memory.store(rest, static_cast<uint64_t>(status.st_size)) &&
         memory.store(rest + 8, nanoseconds(status.st_atim)) && memory.store(rest + 16, nanoseconds(status.st_mtim)) &&
         memory.store(rest + 24, nanoseconds(status.st_ctim));
}

/// The times for futimens, from two timestamps and fstflags; false when these contradict themselves.
bool load_times(uint64_t accessed, uint64_t modified, uint32_t flags, std::array<timespec, 2>& times) {
  const auto time = [](uint64_t value, bool given, bool now) {
    if (now) return timespec{0, UTIME_NOW};
    if (!given) return timespec{0, UTIME_OMIT};
    return timespec{static_cast<time_t>(value / 1'000'000'000), static_cast<long>(value % 1'000'000'000)};
  };
  if (flags > 15 || (flags & 3) == 3 || (flags & 12) == 12) return false;
  times = {time(accessed, (flags & 1) != 0, (flags & 2) != 0), time(modified, (flags & 4) != 0, (flags & 8) != 0)};
  return true;
}

}  // namespace

uint8_t wasi_file_type(uint32_t mode) {
  if (S_ISBLK(mode)) return 1;
  if (S_ISCHR(mode)) return 2;
  if (S_ISDIR(mode)) return 3;
  if (S_ISREG(mode)) return 4;
  if (S_ISSOCK(mode)) return 6;
  if (S_ISLNK(mode)) return 7;
  return 0;
}

HostOutcome Wasi::fd_fdstat_get(HostCall& call) {
  const Descriptor descriptor = descriptors_.find(call.i32(0));
  struct stat status{};
  if (!descriptor || ::fstat(descriptor->fd, &status) != 0) return answer(call, Errno::badf);
  // fdstat: file type at 0, flags at 2, rights at 8, inheriting rights at 16.
  const std::array<uint8_t, 24> zeros{};
  const bool is_directory = descriptor->kind == WasiDescriptor::Kind::directory;
  Memory& memory = *call.memory();
  const uint64_t at = call.i32(1);
  const bool stored = memory.write(at, zeros) && memory.store(at, wasi_file_type(status.st_mode)) &&
                      memory.store(at + 2, descriptor->flags.load()) && memory.store(at + 8, rights(*descriptor)) &&
                      memory.store(at + 16, is_directory ? kDirectory | kFile | kWriteFile | Rights::kFdRead : 0);
  return answer(call, stored ? Errno::success : Errno::fault);
}

HostOutcome Wasi::fd_fdstat_set_flags(HostCall& call) {
  const Descriptor descriptor = descriptors_.find(call.i32(0));
  const uint32_t flags = call.i32(1);
  if (!descriptor) return answer(call, Errno::badf);
  if ((flags & ~FdFlags::kAll) != 0) return answer(call, Errno::inval);
  if (descriptor->kind == WasiDescriptor::Kind::stream) {
    // Kept here: it is shared with whoever started us, and its own flags are not ours to change. Nor is its mutex
    // taken, which a call that blocks may have.
    descriptor->flags = static_cast<uint16_t>(flags);
    return answer(call, Errno::success);
  }
  const MutexLock lock(descriptor->mutex);
  constexpr uint32_t kFixed = FdFlags::kDsync | FdFlags::kRsync | FdFlags::kSync;
  if (((flags ^ descriptor->flags) & kFixed) != 0) return answer(call, Errno::notsup);  // nor can the system
  const int append = (flags & FdFlags::kAppend) != 0 ? O_APPEND : 0;
  if (::fcntl(descriptor->fd, F_SETFL, O_NONBLOCK | append) != 0) return answer(call, from_system(errno));
  descriptor->flags = static_cast<uint16_t>(flags);
  return answer(call, Errno::success);
}

HostOutcome Wasi::fd_fdstat_set_rights(HostCall& call) {
  return answer(call, descriptors_.find(call.i32(0)) ? Errno::nosys : Errno::badf);
}

HostOutcome Wasi::filestat(HostCall& call, Version version) {
  const Descriptor descriptor = descriptors_.find(call.i32(0));
  struct stat status{};
  if (!descriptor || ::fstat(descriptor->fd, &status) != 0) return answer(call, Errno::badf);
  if (descriptor->kind == WasiDescriptor::Kind::stream) {
    // What identifies the host's files stays 0.
    struct stat known{};
    known.st_mode = status.st_mode, known.st_nlink = 1;
    if (S_ISREG(status.st_mode)) known.st_size = status.st_size;
    status = known;
  }
  const bool stored = store_filestat(*call.memory(), call.i32(1), status, version == Version::unstable);
  return answer(call, stored ? Errno::success : Errno::fault);
}

HostOutcome Wasi::fd_filestat_get(HostCall& call) { return filestat(call, Version::preview1); }
HostOutcome Wasi::fd_filestat_get_unstable(HostCall& call) { return filestat(call, Version::unstable); }

HostOutcome Wasi::fd_filestat_set_times(HostCall& call) {
  const Descriptor descriptor = descriptors_.find(call.i32(0));
  std::array<timespec, 2> times;
  if (!descriptor) return answer(call, Errno::badf);
  if (descriptor->kind == WasiDescriptor::Kind::stream) return answer(call, Errno::nosys);
  if (!load_times(call.i64(1), call.i64(2), call.i32(3), times)) return answer(call, Errno::inval);
  return answer(call, outcome_of(::futimens(descriptor->fd, times.data())));
}

HostOutcome Wasi::path_filestat(HostCall& call, Version version) {
  const GuestPath path = load_path(call, 0, 2);
  if (path.error != Errno::success) return answer(call, path.error);
  const int nofollow = (call.i32(1) & LookupFlags::kFollow) != 0 ? 0 : O_NOFOLLOW;
  const Opened found = open_beneath(path.directory->fd, path.path, O_PATH | nofollow);
  if (!found.fd) return answer(call, found.error);
  struct stat status{};
  if (::fstat(found.fd.get(), &status) != 0) return answer(call, from_system(errno));
  const bool stored = store_filestat(*call.memory(), call.i32(4), status, version == Version::unstable);
  return answer(call, stored ? Errno::success : Errno::fault);
}

HostOutcome Wasi::path_filestat_get(HostCall& call) { return path_filestat(call, Version::preview1); }
HostOutcome Wasi::path_filestat_get_unstable(HostCall& call) { return path_filestat(call, Version::unstable); }

HostOutcome Wasi::path_filestat_set_times(HostCall& call) {
  const GuestPath path = load_path(call, 0, 2);
  std::array<timespec, 2> times;
  if (path.error != Errno::success) return answer(call, path.error);
  if (!load_times(call.i64(4), call.i64(5), call.i32(6), times)) return answer(call, Errno::inval);
  const int nofollow = (call.i32(1) & LookupFlags::kFollow) != 0 ? 0 : O_NOFOLLOW;
  const Opened found = open_beneath(path.directory->fd, path.path, O_PATH | nofollow);
  if (!found.fd) return answer(call, found.error);
  return answer(call, outcome_of(::utimensat(found.fd.get(), "", times.data(), AT_EMPTY_PATH)));
}

}  // namespace weft
