// SPDX-License-Identifier: Apache-2.0
#include "interp/host/wasi_sandbox.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace weft {
namespace {

/// How often to try again when the kernel saw a rename and cannot say whether a ".." led out.
constexpr int kAttempts = 100;

}  // namespace

Opened open_beneath(int directory, const std::string& path, int flags, uint32_t mode) {
  open_how how{};
  how.flags = static_cast<uint64_t>(static_cast<uint32_t>(flags | O_CLOEXEC));
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  for (int attempt = 1;; ++attempt) {
    const auto fd = static_cast<int>(::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how));
    if (fd >= 0) return {OwnedFd(fd)};
    if (errno == EINTR || (errno == EAGAIN && attempt < kAttempts)) continue;
    return {OwnedFd(), errno == EXDEV ? Errno::notcapable : from_system(errno)};
  }
}

Place find_place(int directory, const std::string& path) {
  const size_t end = path.find_last_not_of('/');
  if (end == std::string::npos) return {OwnedFd(), "", path.empty() ? Errno::noent : Errno::notcapable};
  const size_t slash = path.rfind('/', end);
  const size_t begin = slash == std::string::npos ? 0 : slash + 1;
  std::string name = path.substr(begin, end + 1 - begin);
  if (name == "..") return {OwnedFd(), "", Errno::notcapable};
  if (end + 1 < path.size()) name += '/';
  Opened parent = open_beneath(directory, begin == 0 ? "." : path.substr(0, begin), O_PATH | O_DIRECTORY);
  return {std::move(parent.fd), std::move(name), parent.error};
}

}  // namespace weft
