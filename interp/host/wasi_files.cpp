// SPDX-License-Identifier: Apache-2.0
//
// WASI on descriptors: opening aside, what changes them and where they stand. A directory is no file, to which these
// answer badf; what a stream cannot do, each says.
#include <array>
#include <cerrno>
#include <limits>

#include <fcntl.h>
#include <unistd.h>

#include "interp/host/wasi.h"

namespace weft {
namespace {

constexpr uint64_t kMaxOffset = std::numeric_limits<off_t>::max();

}  // namespace

Wasi::Wasi(WasiOptions options) : options_(std::move(options)) {
  for (size_t i = 0; i < options_.streams.size(); ++i) {
    const auto direction = i == 0 ? SharedDescriptor::Direction::in : SharedDescriptor::Direction::out;
    const int fd = options_.streams[i];
    descriptors_.append(fd < 0 ? nullptr : std::make_shared<WasiDescriptor>(fd, direction));
  }
}

Wasi::Found Wasi::find_file(uint32_t number, Errno stream) {
  Descriptor descriptor = descriptors_.find(number);
  if (!descriptor || descriptor->kind == WasiDescriptor::Kind::directory) return {nullptr, Errno::badf};
  if (descriptor->kind == WasiDescriptor::Kind::stream) return {nullptr, stream};
  return {std::move(descriptor)};
}

HostOutcome Wasi::fd_close(HostCall& call) {
  return answer(call, descriptors_.close(call.i32(0)) ? Errno::success : Errno::badf);
}

HostOutcome Wasi::fd_renumber(HostCall& call) {
  return answer(call, descriptors_.renumber(call.i32(0), call.i32(1)) ? Errno::success : Errno::badf);
}

HostOutcome Wasi::seek(HostCall& call, Version version) {
  constexpr std::array kWhence{SEEK_SET, SEEK_CUR, SEEK_END}, kUnstableWhence{SEEK_CUR, SEEK_END, SEEK_SET};
  const Found file = find_file(call.i32(0), Errno::spipe);
  const uint32_t whence = call.i32(2);
  if (file.error != Errno::success) return answer(call, file.error);
  if (whence >= kWhence.size()) return answer(call, Errno::inval);
  if (!call.memory()->in_bounds(call.i32(3), sizeof(uint64_t))) return answer(call, Errno::fault);
  const MutexLock lock(file.descriptor->mutex);
  const off_t at = ::lseek(file.descriptor->fd, static_cast<off_t>(call.i64(1)),
                           (version == Version::unstable ? kUnstableWhence : kWhence)[whence]);
  if (at < 0) return answer(call, from_system(errno));
  call.memory()->store(call.i32(3), static_cast<uint64_t>(at));
  return answer(call, Errno::success);
}

HostOutcome Wasi::fd_seek(HostCall& call) { return seek(call, Version::preview1); }
HostOutcome Wasi::fd_seek_unstable(HostCall& call) { return seek(call, Version::unstable); }

HostOutcome Wasi::fd_tell(HostCall& call) {
  const Found file = find_file(call.i32(0), Errno::spipe);
  if (file.error != Errno::success) return answer(call, file.error);
  const off_t at = ::lseek(file.descriptor->fd, 0, SEEK_CUR);
  if (at < 0) return answer(call, from_system(errno));
  return answer(call, call.memory()->store(call.i32(1), static_cast<uint64_t>(at)) ? Errno::success : Errno::fault);
}

HostOutcome Wasi::fd_advise(HostCall& call) {
  constexpr std::array kAdvice{POSIX_FADV_NORMAL,   POSIX_FADV_SEQUENTIAL, POSIX_FADV_RANDOM,
                               POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED,   POSIX_FADV_NOREUSE};
  const Found file = find_file(call.i32(0), Errno::spipe);
  const uint32_t advice = call.i32(3);
  if (file.error != Errno::success) return answer(call, file.error);
  if (advice >= kAdvice.size() || call.i64(1) > kMaxOffset || call.i64(2) > kMaxOffset)
    return answer(call, Errno::inval);
  const int error = ::posix_fadvise(file.descriptor->fd, static_cast<off_t>(call.i64(1)),
                                    static_cast<off_t>(call.i64(2)), kAdvice[advice]);
  return answer(call, error == 0 ? Errno::success : from_system(error));
}

HostOutcome Wasi::fd_allocate(HostCall& call) {
  const Found file = find_file(call.i32(0), Errno::nosys);
  if (file.error != Errno::success) return answer(call, file.error);
  if (call.i64(1) > kMaxOffset || call.i64(2) > kMaxOffset) return answer(call, Errno::inval);
  // Not posix_fallocate, which would write zeros for as long as that takes where a file system knows no better.
  return answer(call, outcome_of(::fallocate(file.descriptor->fd, 0, static_cast<off_t>(call.i64(1)),
                                             static_cast<off_t>(call.i64(2)))));
}

HostOutcome Wasi::fd_filestat_set_size(HostCall& call) {
  const Found file = find_file(call.i32(0), Errno::nosys);
  if (file.error != Errno::success) return answer(call, file.error);
  if (!file.descriptor->writable) return answer(call, Errno::badf);
  if (call.i64(1) > kMaxOffset) return answer(call, Errno::inval);
  return answer(call, outcome_of(::ftruncate(file.descriptor->fd, static_cast<off_t>(call.i64(1)))));
}

HostOutcome Wasi::sync(HostCall& call, int (*action)(int fd)) {
  const Descriptor descriptor = descriptors_.find(call.i32(0));
  if (!descriptor) return answer(call, Errno::badf);
  if (descriptor->kind == WasiDescriptor::Kind::stream) return answer(call, Errno::nosys);
  return answer(call, outcome_of(action(descriptor->fd)));
}

HostOutcome Wasi::fd_sync(HostCall& call) { return sync(call, ::fsync); }
HostOutcome Wasi::fd_datasync(HostCall& call) { return sync(call, ::fdatasync); }

}  // namespace weft
