// SPDX-License-Identifier: Apache-2.0
//
// Reading and writing: streams, which may block, and files, which do not for long.
#include <algorithm>
#include <array>
#include <cerrno>

#include <unistd.h>

#include "interp/agent.h"
#include "interp/host/blocking.h"
#include "interp/host/wasi.h"

namespace weft {
namespace {

constexpr size_t kStreamChunk = 4096;  // PIPE_BUF: what a pipe takes whole, so that several threads' lines stay whole
constexpr size_t kFileChunk = 65536;

/// As read(2) or pread(2), restarted after signals.
Transfer read_file(int fd, std::span<uint8_t> bytes, std::optional<uint64_t> offset) {
  while (true) {
    const ssize_t count = offset ? ::pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(*offset))
                                 : ::read(fd, bytes.data(), bytes.size());
    if (count >= 0) return {.count = static_cast<size_t>(count)};
    if (errno != EINTR) return {.error = errno};
  }
}

/// Writes all the bytes, where the last write ended or at an offset.
Transfer write_file(const Agent& agent, int fd, std::span<const uint8_t> bytes, std::optional<uint64_t> offset) {
  size_t done = 0;
  while (done < bytes.size()) {
    if (agent.stop_requested()) return {.count = done, .blocked = Blocked::stopped};
    const auto rest = bytes.subspan(done);
    const ssize_t count = offset ? ::pwrite(fd, rest.data(), rest.size(), static_cast<off_t>(*offset + done))
                                 : ::write(fd, rest.data(), rest.size());
    if (count < 0 && errno != EINTR) return {.count = done, .error = errno};
    if (count > 0) done += static_cast<size_t>(count);
  }
  return {.count = done};
}

/// What a stream has; without waiting for it, if so it is to be.
Transfer read_stream(const Agent& agent, SharedDescriptor& stream, std::span<uint8_t> bytes, bool nonblock) {
  if (!nonblock) return read_some(agent, stream, bytes);
  const ssize_t count = stream.read(bytes);
  if (count >= 0) return {.count = static_cast<size_t>(count)};
  return {.error = errno == EINTR ? EAGAIN : errno};
}

}  // namespace

HostOutcome Wasi::write(HostCall& call, WasiDescriptor& to, std::optional<uint64_t> offset, uint32_t count_at) {
  Memory& memory = *call.memory();
  GuestPieces pieces;
  if (!to.writable) return answer(call, Errno::badf);
  if (const Errno error = pieces.load(memory, call.i32(1), call.i32(2)); error != Errno::success)
    return answer(call, error);
  if (!memory.in_bounds(count_at, sizeof(uint32_t))) return answer(call, Errno::fault);

  const bool is_stream = to.kind == WasiDescriptor::Kind::stream;
  std::vector<uint8_t> buffer(std::min<uint64_t>(pieces.size(), is_stream ? kStreamChunk : kFileChunk));
  uint32_t written = 0;
  Transfer state;
  const MutexLock lock(to.mutex);
  while (const size_t filled = pieces.gather(buffer)) {
    const auto bytes = std::span(buffer).first(filled);
    state = is_stream ? write_all(call.agent, to.stream, bytes)
                      : write_file(call.agent, to.fd, bytes, offset ? std::optional(*offset + written) : offset);
    written += static_cast<uint32_t>(state.count);
    if (state.blocked == Blocked::stopped) return HostOutcome::stopped();
    if (state.error != 0) break;
  }
  // What was written counts; the next call will say why it was not all.
  if (state.error != 0 && written == 0) return answer(call, from_system(state.error));
  memory.store(count_at, written);
  return answer(call, Errno::success);
}

HostOutcome Wasi::read(HostCall& call, WasiDescriptor& from, std::optional<uint64_t> offset, uint32_t count_at) {
  Memory& memory = *call.memory();
  GuestPieces pieces;
  if (!from.readable) return answer(call, Errno::badf);
  if (const Errno error = pieces.load(memory, call.i32(1), call.i32(2)); error != Errno::success)
    return answer(call, error);
  if (!memory.in_bounds(count_at, sizeof(uint32_t))) return answer(call, Errno::fault);

  std::vector<uint8_t> buffer(std::min<uint64_t>(pieces.size(), kFileChunk));  // a short read is always allowed
  Transfer state;
  if (!buffer.empty()) {
    const MutexLock lock(from.mutex);
    state = from.kind == WasiDescriptor::Kind::stream
                ? read_stream(call.agent, from.stream, buffer, (from.flags & FdFlags::kNonblock) != 0)
                : read_file(from.fd, buffer, offset);
  }
  if (state.blocked == Blocked::stopped) return HostOutcome::stopped();
  if (state.error != 0) return answer(call, from_system(state.error));
  pieces.scatter(std::span(buffer).first(state.count));
  memory.store(count_at, static_cast<uint32_t>(state.count));
  return answer(call, Errno::success);
}

HostOutcome Wasi::fd_read(HostCall& call) {
  const Descriptor from = descriptors_.find(call.i32(0));
  return from ? read(call, *from, std::nullopt, call.i32(3)) : answer(call, Errno::badf);
}

HostOutcome Wasi::fd_write(HostCall& call) {
  const Descriptor to = descriptors_.find(call.i32(0));
  return to ? write(call, *to, std::nullopt, call.i32(3)) : answer(call, Errno::badf);
}

HostOutcome Wasi::fd_pread(HostCall& call) {
  const Found from = find_file(call.i32(0), Errno::spipe);
  if (from.error != Errno::success) return answer(call, from.error);
  return read(call, *from.descriptor, call.i64(3), call.i32(4));
}

HostOutcome Wasi::fd_pwrite(HostCall& call) {
  const Found to = find_file(call.i32(0), Errno::spipe);
  if (to.error != Errno::success) return answer(call, to.error);
  return write(call, *to.descriptor, call.i64(3), call.i32(4));
}

}  // namespace weft
