// SPDX-License-Identifier: Apache-2.0
//
// wasi-threads: wasi.thread-spawn and wasi_thread_start.
#pragma once

#include "interp/host/program_host.h"

namespace weft {

/// Programs for wasi-threads: each thread has an instance of its own on the one shared memory, which the module imports
/// or defines. A program without one cannot spawn threads: ENOTSUP.
class WasiThreadsHost final : public ProgramHost {
 public:
  using ProgramHost::ProgramHost;

 private:
  std::optional<HostEntry> find(const Import& import, const FuncType& wanted, GuestThread& thread) override;
  /// The thread's number, or a negative error.
  int32_t spawn(const Agent& creator, uint32_t argument);
  void lead_thread(GuestThread& thread, uint32_t argument);
};

}  // namespace weft
