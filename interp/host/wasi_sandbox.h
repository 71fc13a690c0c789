// SPDX-License-Identifier: Apache-2.0
//
// Paths of the guest's, resolved so that they cannot leave the directory that they start from: by openat2(2), which
// refuses "..", absolute paths and symbolic links that would, whatever else happens in the file system meanwhile. On a
// kernel without it (before 5.6) everything answers nosys: nothing less is safe.
#pragma once

#include <cstdint>
#include <string>

#include "interp/host/wasi_descriptors.h"
#include "interp/host/wasi_errno.h"

namespace weft {

/// A descriptor, or why there is none.
struct Opened {
  OwnedFd fd;
  Errno error = Errno::success;
};

/// Opens what the path names, below the directory. `flags` are those of open(2); O_CLOEXEC is added, and the mode is
/// for what O_CREAT creates. A path that leads out of the directory: notcapable. Thread-safe.
Opened open_beneath(int directory, const std::string& path, int flags, uint32_t mode = 0);

/// The directory that has, or shall have, what a path names, and its name in there: a single component, with the slash
/// that may have been behind it. System calls that follow no link in their last component are safe with it.
struct Place {
  OwnedFd directory;
  std::string name;
  Errno error = Errno::success;
};

/// A path that ends in "..": notcapable, as it would be another directory's entry. Thread-safe.
Place find_place(int directory, const std::string& path);

}  // namespace weft
