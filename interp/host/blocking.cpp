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

namespace {

/// wait_ready() by the wake-up descriptor; -1 when there is no agent.
Blocked wait_ready(int wake, std::span<pollfd> descriptors, std::optional<int64_t> deadline) {
  std::vector<pollfd> all(descriptors.begin(), descriptors.end());
  all.push_back({wake, POLLIN, 0});
  const int ready = poll_until(all, deadline);
  for (size_t i = 0; i < descriptors.size(); ++i) descriptors[i] = all[i];
  if (all.back().revents != 0) return Blocked::stopped;
  return ready > 0 ? Blocked::ready : Blocked::timed_out;
}

/// Calls `attempt`, which returns as read(2) does, again and again until it does not answer EAGAIN.
template <class Attempt>
Transfer persist(int wake, std::optional<int64_t> deadline, const SharedDescriptor& descriptor, Attempt attempt) {
  const bool out = descriptor.direction() == SharedDescriptor::Direction::out;
  for (bool again = false;; again = true) {
    const ssize_t count = attempt();
    if (count >= 0) return {.count = static_cast<size_t>(count)};
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return {.error = errno};
    if (again) {
      // Ready, said poll(2), and yet refused, as by a terminal that another process is writing to: no reason to spin.
      if (deadline && monotonic_now() >= *deadline) return {.blocked = Blocked::timed_out};
      if (wait_ready(wake, {}, deadline_after(1'000'000)) == Blocked::stopped) return {.blocked = Blocked::stopped};
    }
    pollfd ready{descriptor.fd(), static_cast<short>(out ? POLLOUT : POLLIN), 0};
    const Blocked blocked = wait_ready(wake, std::span(&ready, 1), deadline);
    if (blocked != Blocked::ready) return {.blocked = blocked};
  }
}

/// Writes all; `stopped` is asked before each part, because a descriptor that is always ready never waits.
template <class Stopped>
Transfer write_parts(int wake, std::optional<int64_t> deadline, SharedDescriptor& to, std::span<const uint8_t> bytes,
                     Stopped stopped) {
  size_t done = 0;
  while (done < bytes.size()) {
    if (stopped()) return {.count = done, .blocked = Blocked::stopped};
    const Transfer part = persist(wake, deadline, to, [&] { return to.write(bytes.subspan(done)); });
    done += part.count;
    if (part.error != 0 || part.blocked != Blocked::ready)
      return {.count = done, .error = part.error, .blocked = part.blocked};
  }
  return {.count = done};
}

}  // namespace

Blocked wait_ready(const Agent& agent, std::span<pollfd> descriptors, std::optional<int64_t> deadline) {
  return wait_ready(agent.wake_descriptor().fd(), descriptors, deadline);
}

Transfer read_some(const Agent& agent, SharedDescriptor& from, std::span<uint8_t> bytes) {
  if (agent.stop_requested()) return {.blocked = Blocked::stopped};
  return persist(agent.wake_descriptor().fd(), std::nullopt, from, [&] { return from.read(bytes); });
}

Transfer write_all(const Agent& agent, SharedDescriptor& to, std::span<const uint8_t> bytes) {
  return write_parts(agent.wake_descriptor().fd(), std::nullopt, to, bytes,
                     [&agent] { return agent.stop_requested(); });
}

Transfer write_until(int64_t deadline, SharedDescriptor& to, std::span<const uint8_t> bytes) {
  return write_parts(-1, deadline, to, bytes, [] { return false; });
}

int64_t deadline_after(uint64_t nanoseconds) {
  const int64_t now = monotonic_now();
  const auto room = static_cast<uint64_t>(std::numeric_limits<int64_t>::max() - now);
  return now + static_cast<int64_t>(std::min(nanoseconds, room));
}

}  // namespace weft
