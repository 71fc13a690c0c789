// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace weft::cli {

/// While one of these lives, Ctrl-C calls `request`, which must be async-signal-safe, instead of ending the process; a
/// second Ctrl-C ends the process. At most one lives at a time. Create it before other threads, destroy it after them.
class OnInterrupt {
 public:
  explicit OnInterrupt(std::function<void()> request);
  ~OnInterrupt();
  OnInterrupt(const OnInterrupt&) = delete;
  OnInterrupt& operator=(const OnInterrupt&) = delete;
};

}  // namespace weft::cli
