// SPDX-License-Identifier: Apache-2.0
//
// WASI on directories: those that the guest is given, and what is in them.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interp/agent.h"
#include "interp/host/wasi.h"

namespace weft {
namespace {

/// One entry of what getdents64(2) stores.
struct Entry {
  uint64_t inode = 0, next = 0;
  uint16_t length = 0;
  uint8_t type = 0;
  std::string_view name;

  explicit Entry(const char* at) : name(at + offsetof(dirent64, d_name)) {
    std::memcpy(&inode, at + offsetof(dirent64, d_ino), sizeof inode);
    std::memcpy(&next, at + offsetof(dirent64, d_off), sizeof next);
    std::memcpy(&length, at + offsetof(dirent64, d_reclen), sizeof length);
    std::memcpy(&type, at + offsetof(dirent64, d_type), sizeof type);
  }

  /// As preview 1 has it: next entry's cookie 0, inode 8, length of the name 16, file type 20, the name 24.
  std::vector<uint8_t> dirent() const {
    std::vector<uint8_t> bytes(24 + name.size());
    const auto size = static_cast<uint32_t>(name.size());
    const uint64_t shown = name == ".." ? 0 : inode;  // which may be outside of all that the guest was given
    std::memcpy(&bytes[0], &next, sizeof next);
    std::memcpy(&bytes[8], &shown, sizeof shown);
    std::memcpy(&bytes[16], &size, sizeof size);
    bytes[20] = wasi_file_type(DTTOIF(static_cast<mode_t>(type)));
    std::memcpy(&bytes[24], name.data(), name.size());
    return bytes;
  }
};

}  // namespace

std::optional<Error> Wasi::preopen() {
  for (const Preopen& each : options_.directories) {
    OwnedFd fd(::open(each.host.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) {
      return Error{ErrorKind::host, fmt::format("{}: {}", each.host, std::generic_category().message(errno)), ""};
    }
    descriptors_.append(std::make_shared<WasiDescriptor>(std::move(fd), WasiDescriptor::Kind::directory, false, false,
                                                         uint16_t{0}, each.guest));
  }
  return std::nullopt;
}

Wasi::Found Wasi::find_directory(uint32_t number) {
  Descriptor descriptor = descriptors_.find(number);
  if (!descriptor) return {nullptr, Errno::badf};
  if (descriptor->kind != WasiDescriptor::Kind::directory) return {nullptr, Errno::notdir};
  return {std::move(descriptor)};
}

HostOutcome Wasi::fd_prestat_get(HostCall& call) {
  const Descriptor descriptor = descriptors_.find(call.i32(0));
  if (!descriptor || !descriptor->preopened_as) return answer(call, Errno::badf);
  // prestat: a tag at 0, which is 0 for a directory, and the length of its name at 4.
  const auto length = static_cast<uint32_t>(descriptor->preopened_as->size());
  Memory& memory = *call.memory();
  const uint64_t at = call.i32(1);
  const bool stored = memory.in_bounds(at, 8) && memory.store(at, uint32_t{0}) && memory.store(at + 4, length);
  return answer(call, stored ? Errno::success : Errno::fault);
}

HostOutcome Wasi::fd_prestat_dir_name(HostCall& call) {
  const Descriptor descriptor = descriptors_.find(call.i32(0));
  if (!descriptor || !descriptor->preopened_as) return answer(call, Errno::badf);
  const std::string& name = *descriptor->preopened_as;
  if (call.i32(2) < name.size()) return answer(call, Errno::nametoolong);
  const std::span bytes(reinterpret_cast<const uint8_t*>(name.data()), name.size());
  return answer(call, call.memory()->write(call.i32(1), bytes) ? Errno::success : Errno::fault);
}

HostOutcome Wasi::fd_readdir(HostCall& call) {
  const Found directory = find_directory(call.i32(0));
  const uint32_t buffer = call.i32(1), size = call.i32(2), used_at = call.i32(4);
  const uint64_t cookie = call.i64(3);  // 0, or where the system says that the entry behind another one is
  Memory& memory = *call.memory();
  if (directory.error != Errno::success) return answer(call, directory.error);
  if (!memory.in_bounds(buffer, size) || !memory.in_bounds(used_at, sizeof(uint32_t)))
    return answer(call, Errno::fault);

  const int fd = directory.descriptor->fd;
  const MutexLock lock(directory.descriptor->mutex);
  if (::lseek(fd, static_cast<off_t>(cookie), SEEK_SET) < 0) return answer(call, from_system(errno));
  std::array<char, 8192> chunk;
  uint32_t used = 0;
  while (used < size) {
    if (call.agent.stop_requested()) return HostOutcome::stopped();
    const ssize_t got = ::getdents64(fd, chunk.data(), chunk.size());
    if (got < 0) return answer(call, from_system(errno));
    if (got == 0) break;
    for (ssize_t at = 0; at < got && used < size;) {
      const Entry entry(chunk.data() + at);
      const std::vector<uint8_t> bytes = entry.dirent();
      // The last one may be cut: a full buffer says that there are more.
      const auto part = static_cast<uint32_t>(std::min<size_t>(bytes.size(), size - used));
      memory.write(uint64_t{buffer} + used, std::span(bytes).first(part));
      used += part, at += entry.length;
    }
  }
  memory.store(used_at, used);
  return answer(call, Errno::success);
}

}  // namespace weft
