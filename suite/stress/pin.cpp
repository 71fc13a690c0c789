// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/pin.h"

#include <sched.h>

namespace weft::stress {

Cores::Cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return;
  for (uint32_t core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &set)) cores_.push_back(core);
  }
}

bool Cores::pin(uint32_t thread) const { return !cores_.empty() && set({cores_[thread % cores_.size()]}); }

bool Cores::unpin() const { return !cores_.empty() && set(cores_); }

bool Cores::set(const std::vector<uint32_t>& cores) const {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const uint32_t core : cores) CPU_SET(core, &set);
  return sched_setaffinity(0, sizeof set, &set) == 0;
}

}  // namespace weft::stress
