// SPDX-License-Identifier: Apache-2.0
//
// WASI on stdin, stdout and stderr.
#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include <sys/stat.h>
#include <unistd.h>

#include "interp/agent.h"
#include "interp/host/blocking.h"
#include "interp/host/wasi.h"

namespace weft {
namespace {

constexpr uint32_t kMaxIoVecs = 1024;  // as Linux's IOV_MAX
constexpr uint16_t kNonblock = 1 << 2;
constexpr uint16_t kKnownFlags = 0x1f;
constexpr size_t kChunk = 4096;  // PIPE_BUF: what a pipe takes whole, so that several threads' lines stay whole

Errno from_system(int error) {
  switch (error) {
    case EAGAIN: return Errno::again;
    case EBADF: return Errno::badf;
    case EINVAL: return Errno::inval;
    case EPIPE: return Errno::pipe;
    default: return Errno::io;
  }
}

uint8_t file_type(mode_t mode) {
  if (S_ISBLK(mode)) return 1;
  if (S_ISCHR(mode)) return 2;
  if (S_ISDIR(mode)) return 3;
  if (S_ISREG(mode)) return 4;
  if (S_ISSOCK(mode)) return 6;
  return 0;
}

}  // namespace

Wasi::Wasi(WasiOptions options)
    : options_(std::move(options)),
      streams_{{{options_.streams[0], SharedDescriptor::Direction::in},
                {options_.streams[1], SharedDescriptor::Direction::out},
                {options_.streams[2], SharedDescriptor::Direction::out}}} {}

bool Wasi::is_open(uint32_t fd) const { return fd < streams_.size() && options_.streams[fd] >= 0 && streams_[fd].open; }

HostOutcome Wasi::fd_close(HostCall& call) {
  const uint32_t fd = call.i32(0);
  if (!is_open(fd)) return answer(call, Errno::badf);
  streams_[fd].open = false;  // the descriptor itself is the embedder's
  return answer(call, Errno::success);
}

HostOutcome Wasi::fd_fdstat_get(HostCall& call) {
  const uint32_t fd = call.i32(0);
  struct stat status{};
  if (!is_open(fd) || ::fstat(options_.streams[fd], &status) != 0) return answer(call, Errno::badf);
  // fdstat: file type at 0, flags at 2, rights at 8, inheriting rights at 16. No right to seek: that is how wasi-libc
  // knows a terminal.
  constexpr uint64_t kRead = 1 << 1, kSetFlags = 1 << 3, kWrite = 1 << 6, kFilestat = 1 << 21, kPoll = 1 << 27;
  std::array<uint8_t, 24> zeros{};
  Memory& memory = *call.memory();
  const uint64_t at = call.i32(1);
  const bool stored = memory.write(at, zeros) && memory.store(at, file_type(status.st_mode)) &&
                      memory.store(at + 2, streams_[fd].flags.load()) &&
                      memory.store(at + 8, (fd == 0 ? kRead : kWrite) | kSetFlags | kFilestat | kPoll);
  return answer(call, stored ? Errno::success : Errno::fault);
}

HostOutcome Wasi::fd_fdstat_set_flags(HostCall& call) {
  const uint32_t fd = call.i32(0), flags = call.i32(1);
  if (!is_open(fd)) return answer(call, Errno::badf);
  if ((flags & ~uint32_t{kKnownFlags}) != 0) return answer(call, Errno::inval);
  // Kept here: the descriptor is shared with whoever started us, and its own flags are not ours to change.
  streams_[fd].flags = static_cast<uint16_t>(flags);
  return answer(call, Errno::success);
}

HostOutcome Wasi::fd_filestat_get(HostCall& call) {
  const uint32_t fd = call.i32(0);
  struct stat status{};
  if (!is_open(fd) || ::fstat(options_.streams[fd], &status) != 0) return answer(call, Errno::badf);
  // filestat: device 0, inode 8, file type 16, links 24, size 32, times 40, 48, 56. What identifies the host's files
  // stays 0.
  std::array<uint8_t, 64> zeros{};
  Memory& memory = *call.memory();
  const uint64_t at = call.i32(1);
  const uint64_t size = S_ISREG(status.st_mode) ? static_cast<uint64_t>(status.st_size) : 0;
  const bool stored = memory.write(at, zeros) && memory.store(at + 16, file_type(status.st_mode)) &&
                      memory.store(at + 24, uint64_t{1}) && memory.store(at + 32, size);
  return answer(call, stored ? Errno::success : Errno::fault);
}

Errno Wasi::load_iovecs(const Memory& memory, uint32_t address, uint32_t count, std::vector<IoVec>& list) {
  if (count > kMaxIoVecs) return Errno::inval;
  list.resize(count);
  if (!memory.read(address, std::span(reinterpret_cast<uint8_t*>(list.data()), count * sizeof(IoVec))))
    return Errno::fault;
  uint64_t total = 0;
  for (const IoVec& each : list) {
    if (!memory.in_bounds(each.address, each.length)) return Errno::fault;
    total += each.length;
  }
  return total <= std::numeric_limits<uint32_t>::max() ? Errno::success : Errno::inval;
}

HostOutcome Wasi::fd_write(HostCall& call) {
  const uint32_t fd = call.i32(0);
  Memory& memory = *call.memory();
  if (!is_open(fd) || fd == 0) return answer(call, Errno::badf);
  std::vector<IoVec> list;
  if (const Errno error = load_iovecs(memory, call.i32(1), call.i32(2), list); error != Errno::success)
    return answer(call, error);
  if (!memory.in_bounds(call.i32(3), sizeof(uint32_t))) return answer(call, Errno::fault);

  std::array<uint8_t, kChunk> chunk;
  size_t filled = 0;
  uint32_t written = 0;
  Transfer state;
  Stream& stream = streams_[fd];
  const MutexLock lock(stream.mutex);
  const auto flush = [&](SharedDescriptor& descriptor) {
    state = write_all(call.agent, descriptor, std::span(chunk).first(filled));
    written += static_cast<uint32_t>(filled), filled = 0;
    return state.error == 0 && state.blocked != Blocked::stopped;
  };
  bool going = true;
  for (size_t i = 0; going && i < list.size(); ++i) {
    for (uint32_t done = 0; going && done < list[i].length;) {
      const auto part = static_cast<uint32_t>(std::min<size_t>(chunk.size() - filled, list[i].length - done));
      memory.read(uint64_t{list[i].address} + done,
                  std::span(chunk).subspan(filled, part));  // in bounds: checked above, and memory never shrinks
      filled += part, done += part;
      if (filled == chunk.size()) going = flush(stream.descriptor);
    }
  }
  if (going) flush(stream.descriptor);
  if (state.blocked == Blocked::stopped) return HostOutcome::stopped();
  if (state.error != 0) return answer(call, from_system(state.error));
  memory.store(call.i32(3), written);
  return answer(call, Errno::success);
}

HostOutcome Wasi::fd_read(HostCall& call) {
  const uint32_t fd = call.i32(0);
  Memory& memory = *call.memory();
  if (!is_open(fd) || fd != 0) return answer(call, Errno::badf);
  std::vector<IoVec> list;
  if (const Errno error = load_iovecs(memory, call.i32(1), call.i32(2), list); error != Errno::success)
    return answer(call, error);
  if (!memory.in_bounds(call.i32(3), sizeof(uint32_t))) return answer(call, Errno::fault);

  uint64_t room = 0;
  for (const IoVec& each : list) room += each.length;
  std::vector<uint8_t> buffer(std::min<uint64_t>(room, 64 * 1024));  // a short read is always allowed
  size_t got = 0;
  if (!buffer.empty()) {
    Stream& stream = streams_[fd];
    const MutexLock lock(stream.mutex);
    Transfer state;
    if ((stream.flags & kNonblock) != 0) {
      const ssize_t count = stream.descriptor.read(buffer);
      if (count < 0) return answer(call, errno == EINTR ? Errno::again : from_system(errno));
      state.count = static_cast<size_t>(count);
    } else {
      state = read_some(call.agent, stream.descriptor, buffer);
    }
    if (state.blocked == Blocked::stopped) return HostOutcome::stopped();
    if (state.error != 0) return answer(call, from_system(state.error));
    got = state.count;
  }
  std::span<const uint8_t> rest(buffer.data(), got);
  for (const IoVec& each : list) {
    const auto part = rest.first(std::min<size_t>(rest.size(), each.length));
    memory.write(each.address, part);
    rest = rest.subspan(part.size());
  }
  memory.store(call.i32(3), static_cast<uint32_t>(got));
  return answer(call, Errno::success);
}

}  // namespace weft
