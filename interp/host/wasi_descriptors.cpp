// SPDX-License-Identifier: Apache-2.0
#include "interp/host/wasi_descriptors.h"

#include <algorithm>

#include <unistd.h>

namespace weft {

OwnedFd::~OwnedFd() {
  if (fd_ >= 0) ::close(fd_);
}

WasiDescriptor::WasiDescriptor(int stream_fd, SharedDescriptor::Direction direction)
    : kind(Kind::stream),
      fd(stream_fd),
      readable(direction == SharedDescriptor::Direction::in),
      writable(!readable),
      flags(0),
      stream(stream_fd, direction) {}

WasiDescriptor::WasiDescriptor(OwnedFd opened, Kind what, bool can_be_read, bool can_be_written, uint16_t fdflags,
                               std::optional<std::string> name)
    : owned_(std::move(opened)),
      kind(what),
      fd(owned_.get()),
      readable(can_be_read),
      writable(can_be_written),
      preopened_as(std::move(name)),
      flags(fdflags),
      stream(-1, SharedDescriptor::Direction::in) {}

void WasiDescriptors::append(std::shared_ptr<WasiDescriptor> descriptor) {
  const MutexLock lock(mutex_);
  table_.push_back(std::move(descriptor));
}

uint32_t WasiDescriptors::add(std::shared_ptr<WasiDescriptor> descriptor) {
  const MutexLock lock(mutex_);
  const auto place = std::find(table_.begin(), table_.end(), nullptr);
  const auto number = static_cast<uint32_t>(place - table_.begin());
  if (place == table_.end()) {
    table_.push_back(std::move(descriptor));
  } else {
    *place = std::move(descriptor);
  }
  return number;
}

std::shared_ptr<WasiDescriptor> WasiDescriptors::find(uint32_t number) {
  const MutexLock lock(mutex_);
  return is_open(number) ? table_[number] : nullptr;
}

bool WasiDescriptors::close(uint32_t number) {
  std::shared_ptr<WasiDescriptor> last;  // let go of behind the lock
  const MutexLock lock(mutex_);
  if (!is_open(number)) return false;
  last = std::move(table_[number]);
  return true;
}

bool WasiDescriptors::renumber(uint32_t from, uint32_t to) {
  std::shared_ptr<WasiDescriptor> last;
  const MutexLock lock(mutex_);
  if (!is_open(from) || !is_open(to)) return false;
  if (from == to) return true;
  last = std::exchange(table_[to], std::move(table_[from]));
  return true;
}

}  // namespace weft
