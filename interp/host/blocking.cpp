// SPDX-License-Identifier: Apache-2.0
#include "interp/host/blocking.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <limits>
#include <vector>

#include "interp/platform.h"

namespace weft {

int poll_until(std::span<pollfd> descriptors, std::optional<int64_t> deadline) {
  while (true) {
    timespec left{};
    if (deadline) {
      const int64_t nanoseconds = std::max<int64_t>(0, *deadline - monotonic_now());
      left = {static_cast<time_t>(nanoseconds / 1'000'000'000), static_cast<long>(nanoseconds % 1'000'000'000)};
    }
    const int ready = ::ppoll(descriptors.data(), descriptors.size(), deadline ? &left : nullptr, nullptr);
    if (ready >= 0 || errno != EINTR) return std::max(ready, 0);
  }
}

Blocked wait_ready(const Agent& agent, std::span<pollfd> descriptors, std::optional<int64_t> deadline) {
  std::vector<pollfd> all(descriptors.begin(), descriptors.end());
  all.push_back({agent.wake_descriptor().fd(), POLLIN, 0});
  const int ready = poll_until(all, deadline);
  std::copy(all.begin(), all.end() - 1, descriptors.begin());
  if (all.back().revents != 0) return Blocked::stopped;
  return ready > 0 ? Blocked::ready : Blocked::timed_out;
}

Blocked wait_ready(const Agent& agent, int fd, short events) {
  pollfd descriptor{fd, events, 0};
  return wait_ready(agent, std::span(&descriptor, 1), std::nullopt);
}

int64_t deadline_after(uint64_t nanoseconds) {
  const int64_t now = monotonic_now();
  const auto room = static_cast<uint64_t>(std::numeric_limits<int64_t>::max() - now);
  return now + static_cast<int64_t>(std::min(nanoseconds, room));
}

}  // namespace weft
