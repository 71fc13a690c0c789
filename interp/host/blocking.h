// SPDX-License-Identifier: Apache-2.0
//
// How host functions block: on a descriptor or a deadline, and always on the agent's wake-up descriptor too.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <poll.h>

#include "interp/agent.h"

namespace weft {

enum class Blocked : uint8_t { ready, timed_out, stopped };

/// Blocks until one of the descriptors is ready (their revents say which), the deadline (monotonic_now() nanoseconds)
/// passes, or the agent is told to stop. Without descriptors it sleeps. Descriptors of -1 are ignored.
Blocked wait_ready(const Agent& agent, std::span<pollfd> descriptors, std::optional<int64_t> deadline);

/// The same for one descriptor; `events` as poll(2) takes them.
Blocked wait_ready(const Agent& agent, int fd, short events);

/// poll(2) until a deadline, restarted after signals; how many are ready.
int poll_until(std::span<pollfd> descriptors, std::optional<int64_t> deadline);

/// The moment `nanoseconds` from now, or the end of time.
int64_t deadline_after(uint64_t nanoseconds);

}  // namespace weft
