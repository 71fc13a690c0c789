// SPDX-License-Identifier: Apache-2.0
//
// How host functions block: on a descriptor or a deadline, and always on the agent's wake-up descriptor too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <poll.h>

#include "interp/agent.h"
#include "interp/host/shared_descriptor.h"

namespace weft {

enum class Blocked : uint8_t { ready, timed_out, stopped };

/// Blocks until one of the descriptors is ready (their revents say which), the deadline (monotonic_now() nanoseconds)
/// passes, or the agent is told to stop. Without descriptors it sleeps. Descriptors of -1 are ignored.
Blocked wait_ready(const Agent& agent, std::span<pollfd> descriptors, std::optional<int64_t> deadline);

/// What became of reading or writing.
struct Transfer {
  size_t count = 0;                  ///< bytes
  int error = 0;                     ///< errno, when the system refused
  Blocked blocked = Blocked::ready;  ///< otherwise: it was given up before all was done
};

/// Reads what is there, and blocks while that is nothing; a count of 0 is the end.
Transfer read_some(const Agent& agent, SharedDescriptor& from, std::span<uint8_t> bytes);
/// Writes all the bytes.
Transfer write_all(const Agent& agent, SharedDescriptor& to, std::span<const uint8_t> bytes);
/// Writes them without an agent, as far as they can be written before a deadline.
Transfer write_until(int64_t deadline, SharedDescriptor& to, std::span<const uint8_t> bytes);

/// poll(2) until a deadline, restarted after signals; how many are ready.
int poll_until(std::span<pollfd> descriptors, std::optional<int64_t> deadline);

/// The moment `nanoseconds` from now, or the end of time.
int64_t deadline_after(uint64_t nanoseconds);

}  // namespace weft
