// SPDX-License-Identifier: Apache-2.0
//
// poll_oneoff: sleeping until a clock says so, or a descriptor is ready.
#include <algorithm>
#include <array>
#include <limits>

#include <sys/ioctl.h>

#include "interp/agent.h"
#include "interp/host/blocking.h"
#include "interp/host/wasi.h"

namespace weft {
namespace {

constexpr uint32_t kMaxSubscriptions = 1024;

struct Subscription {
  uint64_t userdata = 0;
  uint8_t type = 0;                 // 0 clock, 1 fd_read, 2 fd_write
  Errno error = Errno::success;     // known before any waiting
  std::optional<int64_t> deadline;  // of a clock
  size_t descriptor = 0;            // of a stream: its place among the descriptors
};

/// When a clock's subscription is due, by our monotonic clock.
std::optional<int64_t> deadline(uint32_t clock, uint64_t timeout, bool absolute) {
  const auto now = wasi_clock_now(clock);
  if (!now) return std::nullopt;
  if (absolute) timeout = timeout > *now ? timeout - *now : 0;
  return deadline_after(timeout);
}

bool store_event(Memory& memory, uint64_t at, const Subscription& subscription, uint64_t bytes, bool hung_up) {
  // event: userdata 0, error 8, type 10, bytes available 16, flags 24.
  const std::array<uint8_t, 32> zeros{};
  return memory.write(at, zeros) && memory.store(at, subscription.userdata) &&
         memory.store(at + 8, static_cast<uint16_t>(subscription.error)) && memory.store(at + 10, subscription.type) &&
         memory.store(at + 16, bytes) && memory.store(at + 24, static_cast<uint16_t>(hung_up ? 1 : 0));
}

}  // namespace

HostOutcome Wasi::poll_oneoff(HostCall& call) { return poll(call, Version::preview1); }
HostOutcome Wasi::poll_oneoff_unstable(HostCall& call) { return poll(call, Version::unstable); }

HostOutcome Wasi::poll(HostCall& call, Version version) {
  Memory& memory = *call.memory();
  const uint64_t in = call.i32(0), out = call.i32(1), count = call.i32(2);
  // subscription: userdata 0, type 8, then a descriptor at 16, or a clock's number, timeout and flags; the elder
  // version has a userdata of the clock's own before them.
  const uint64_t shift = version == Version::unstable ? 8 : 0;
  const uint64_t size = 48 + shift;
  if (count == 0 || count > kMaxSubscriptions) return answer(call, Errno::inval);
  if (!memory.in_bounds(in, count * size) || !memory.in_bounds(out, count * 32) ||
      !memory.in_bounds(call.i32(3), sizeof(uint32_t))) {
    return answer(call, Errno::fault);
  }

  std::vector<Subscription> subscriptions(count);
  std::vector<pollfd> descriptors;
  std::vector<Descriptor> in_use;  // until the end, whoever closes them
  std::optional<int64_t> earliest;
  for (uint64_t i = 0; i < count; ++i) {
    Subscription& each = subscriptions[i];
    const uint64_t at = in + i * size;
    each.userdata = *memory.load<uint64_t>(at);
    each.type = *memory.load<uint8_t>(at + 8);
    if (each.type == 0) {
      const uint64_t clock = at + 16 + shift;
      each.deadline = deadline(*memory.load<uint32_t>(clock), *memory.load<uint64_t>(clock + 8),
                               (*memory.load<uint16_t>(clock + 24) & 1) != 0);
      if (!each.deadline) each.error = Errno::inval;
    } else if (each.type <= 2) {
      Descriptor descriptor = descriptors_.find(*memory.load<uint32_t>(at + 16));
      if (!descriptor) {
        each.error = Errno::badf;
      } else {
        each.descriptor = descriptors.size();
        descriptors.push_back({descriptor->fd, static_cast<short>(each.type == 1 ? POLLIN : POLLOUT), 0});
        in_use.push_back(std::move(descriptor));
      }
    } else {
      return answer(call, Errno::inval);
    }
    if (each.error != Errno::success) earliest = 0;  // an event already
    if (each.deadline) earliest = std::min(*each.deadline, earliest.value_or(std::numeric_limits<int64_t>::max()));
  }

  if (wait_ready(call.agent, descriptors, earliest) == Blocked::stopped) return HostOutcome::stopped();

  const int64_t now = deadline_after(0);
  uint32_t events = 0;
  for (const Subscription& each : subscriptions) {
    uint64_t bytes = 0;
    bool hung_up = false;
    if (each.error == Errno::success && each.type == 0 && *each.deadline > now) continue;
    if (each.error == Errno::success && each.type != 0) {
      const pollfd& descriptor = descriptors[each.descriptor];
      if (descriptor.revents == 0) continue;
      hung_up = (descriptor.revents & POLLHUP) != 0;
      int available = 0;
      if (each.type == 1 && ::ioctl(descriptor.fd, FIONREAD, &available) == 0)
        bytes = static_cast<uint64_t>(std::max(available, 0));
    }
    store_event(memory, out + uint64_t{events++} * 32, each, bytes, hung_up);
  }
  memory.store(call.i32(3), events);
  return answer(call, Errno::success);
}

}  // namespace weft
