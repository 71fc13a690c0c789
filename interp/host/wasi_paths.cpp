// SPDX-License-Identifier: Apache-2.0
//
// WASI on paths. All of them are resolved by wasi_sandbox.h.
#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interp/host/wasi.h"
#include "interp/host/wasi_sandbox.h"

namespace weft {
namespace {

struct OFlags {
  static constexpr uint32_t kCreat = 1, kDirectory = 2, kExcl = 4, kTrunc = 8, kAll = 15;
};

Errno load_string(const Memory& memory, uint32_t address, uint32_t length, std::string& text) {
  if (!memory.in_bounds(address, length)) return Errno::fault;
  if (length >= PATH_MAX) return Errno::nametoolong;
  text.resize(length);
  memory.read(address, std::span(reinterpret_cast<uint8_t*>(text.data()), text.size()));
  return text.find('\0') == std::string::npos ? Errno::success : Errno::inval;
}

/// The flags of open(2). Never blocking: what makes an opening wait is a FIFO, a device, or a lease on a file.
int open_flags(uint32_t lookup, uint32_t oflags, uint32_t fdflags, bool readable, bool writable) {
  int flags = O_NONBLOCK | O_NOCTTY | (writable ? (readable ? O_RDWR : O_WRONLY) : O_RDONLY);
  if ((lookup & LookupFlags::kFollow) == 0) flags |= O_NOFOLLOW;
  if ((oflags & OFlags::kCreat) != 0) flags |= O_CREAT | ((oflags & OFlags::kExcl) != 0 ? O_EXCL : 0);
  if ((oflags & OFlags::kDirectory) != 0) flags |= O_DIRECTORY;
  if ((oflags & OFlags::kTrunc) != 0) flags |= O_TRUNC;
  if ((fdflags & FdFlags::kAppend) != 0) flags |= O_APPEND;
  if ((fdflags & FdFlags::kDsync) != 0) flags |= O_DSYNC;
  if ((fdflags & (FdFlags::kRsync | FdFlags::kSync)) != 0) flags |= O_SYNC;
  return flags;
}

}  // namespace

Wasi::GuestPath Wasi::load_path(HostCall& call, size_t directory, size_t path) {
  Found found = find_directory(call.i32(directory));
  if (found.error != Errno::success) return {nullptr, "", found.error};
  GuestPath loaded{std::move(found.descriptor), ""};
  loaded.error = load_string(*call.memory(), call.i32(path), call.i32(path + 1), loaded.path);
  return loaded;
}

HostOutcome Wasi::path_open(HostCall& call) {
  const GuestPath path = load_path(call, 0, 2);
  if (path.error != Errno::success) return answer(call, path.error);
  const uint32_t oflags = call.i32(4), fdflags = call.i32(7), number_at = call.i32(8);
  if ((oflags & ~OFlags::kAll) != 0 || (fdflags & ~FdFlags::kAll) != 0) return answer(call, Errno::inval);
  // path_create_directory makes directories; what the system does differs from one kernel to the next.
  if ((oflags & OFlags::kCreat) != 0 && (oflags & OFlags::kDirectory) != 0) return answer(call, Errno::inval);
  if (!call.memory()->in_bounds(number_at, sizeof(uint32_t))) return answer(call, Errno::fault);

  const bool writable = (call.i64(5) & Rights::kFdWrite) != 0;
  const bool readable = !writable || (call.i64(5) & Rights::kFdRead) != 0;
  Opened opened =
      open_beneath(path.directory->fd, path.path, open_flags(call.i32(1), oflags, fdflags, readable, writable),
                   (oflags & OFlags::kCreat) != 0 ? 0666 : 0);
  if (!opened.fd) return answer(call, opened.error);
  struct stat status{};
  if (::fstat(opened.fd.get(), &status) != 0) return answer(call, from_system(errno));
  const bool is_directory = S_ISDIR(status.st_mode);
  // FIFOs and devices could block, and are no files of the guest's; the streams are there for them.
  if (!is_directory && !S_ISREG(status.st_mode)) return answer(call, Errno::notsup);
  const auto kind = is_directory ? WasiDescriptor::Kind::directory : WasiDescriptor::Kind::file;
  const uint32_t number = descriptors_.add(std::make_shared<WasiDescriptor>(
      std::move(opened.fd), kind, readable && !is_directory, writable, static_cast<uint16_t>(fdflags)));
  call.memory()->store(number_at, number);
  return answer(call, Errno::success);
}

HostOutcome Wasi::change(HostCall& call, int (*action)(int directory, const char* name)) {
  const GuestPath path = load_path(call, 0, 1);
  if (path.error != Errno::success) return answer(call, path.error);
  const Place place = find_place(path.directory->fd, path.path);
  if (place.error != Errno::success) return answer(call, place.error);
  return answer(call, outcome_of(action(place.directory.get(), place.name.c_str())));
}

HostOutcome Wasi::path_create_directory(HostCall& call) {
  return change(call, [](int directory, const char* name) { return ::mkdirat(directory, name, 0777); });
}

HostOutcome Wasi::path_remove_directory(HostCall& call) {
  return change(call, [](int directory, const char* name) { return ::unlinkat(directory, name, AT_REMOVEDIR); });
}

HostOutcome Wasi::path_unlink_file(HostCall& call) {
  return change(call, [](int directory, const char* name) { return ::unlinkat(directory, name, 0); });
}

HostOutcome Wasi::path_rename(HostCall& call) {
  const GuestPath from = load_path(call, 0, 1), to = load_path(call, 3, 4);
  if (from.error != Errno::success) return answer(call, from.error);
  if (to.error != Errno::success) return answer(call, to.error);
  const Place old_place = find_place(from.directory->fd, from.path), place = find_place(to.directory->fd, to.path);
  if (old_place.error != Errno::success) return answer(call, old_place.error);
  if (place.error != Errno::success) return answer(call, place.error);
  return answer(call, outcome_of(::renameat(old_place.directory.get(), old_place.name.c_str(), place.directory.get(),
                                            place.name.c_str())));
}

HostOutcome Wasi::path_link(HostCall& call) {
  const GuestPath from = load_path(call, 0, 2), to = load_path(call, 4, 5);
  if (from.error != Errno::success) return answer(call, from.error);
  if (to.error != Errno::success) return answer(call, to.error);
  // A link to what a symbolic link names: the system could follow it to anywhere.
  if ((call.i32(1) & LookupFlags::kFollow) != 0) return answer(call, Errno::inval);
  // A slash behind it would make the system follow it, too. It can only be a directory, which cannot be linked.
  if (from.path.ends_with('/')) {
    const Opened directory = open_beneath(from.directory->fd, from.path, O_PATH | O_DIRECTORY);
    return answer(call, directory.fd ? Errno::perm : directory.error);
  }
  const Place old_place = find_place(from.directory->fd, from.path), place = find_place(to.directory->fd, to.path);
  if (old_place.error != Errno::success) return answer(call, old_place.error);
  if (place.error != Errno::success) return answer(call, place.error);
  return answer(call, outcome_of(::linkat(old_place.directory.get(), old_place.name.c_str(), place.directory.get(),
                                          place.name.c_str(), 0)));
}

HostOutcome Wasi::path_symlink(HostCall& call) {
  std::string target;
  const GuestPath path = load_path(call, 2, 3);
  if (path.error != Errno::success) return answer(call, path.error);
  if (const Errno error = load_string(*call.memory(), call.i32(0), call.i32(1), target); error != Errno::success)
    return answer(call, error);
  // It would name a file of the host's, for whoever follows it there; a relative one is judged when it is followed.
  if (target.starts_with('/')) return answer(call, Errno::notcapable);
  const Place place = find_place(path.directory->fd, path.path);
  if (place.error != Errno::success) return answer(call, place.error);
  return answer(call, outcome_of(::symlinkat(target.c_str(), place.directory.get(), place.name.c_str())));
}

HostOutcome Wasi::path_readlink(HostCall& call) {
  const GuestPath path = load_path(call, 0, 1);
  const uint32_t buffer = call.i32(3), size = call.i32(4), used_at = call.i32(5);
  Memory& memory = *call.memory();
  if (path.error != Errno::success) return answer(call, path.error);
  if (!memory.in_bounds(buffer, size) || !memory.in_bounds(used_at, sizeof(uint32_t)))
    return answer(call, Errno::fault);
  const Opened link = open_beneath(path.directory->fd, path.path, O_PATH | O_NOFOLLOW);
  if (!link.fd) return answer(call, link.error);
  struct stat status{};
  if (::fstat(link.fd.get(), &status) != 0) return answer(call, from_system(errno));
  if (!S_ISLNK(status.st_mode)) return answer(call, Errno::inval);
  std::array<char, PATH_MAX> target;
  const ssize_t length = ::readlinkat(link.fd.get(), "", target.data(), target.size());
  if (length < 0) return answer(call, from_system(errno));
  // What does not fit is cut, as by readlink(2).
  const auto used = std::min(static_cast<uint32_t>(length), size);
  memory.write(buffer, std::span(reinterpret_cast<const uint8_t*>(target.data()), used));
  memory.store(used_at, used);
  return answer(call, Errno::success);
}

}  // namespace weft
