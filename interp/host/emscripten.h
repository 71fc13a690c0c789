// SPDX-License-Identifier: Apache-2.0
//
// Programs that Emscripten compiled with -pthread: what its JavaScript would do, done natively. Their names may not be
// minified: --oformat=bare, or at most -O2.
// Written for 3.1.6; functions that later versions renamed are found by either name.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "interp/host/program_host.h"
#include "interp/mutex.h"

namespace weft {

/// Emscripten's pthreads: each is an OS thread with an instance of its own on the one imported memory. Every function
/// runs on the thread that calls it; nothing is proxied to the main thread, which JavaScript needs and we do not.
///
/// Thread safety: see ProgramHost; mutex_ guards the table of pthreads, and no other lock is taken while it is held.
class EmscriptenHost final : public ProgramHost {
 public:
  using ProgramHost::ProgramHost;

 private:
  struct Row;
  /// A `struct pthread` of the guest: its address.
  using Pthread = uint32_t;
  /// What a new pthread needs to know.
  struct Start {
    Pthread self = 0;
    uint32_t routine = 0, argument = 0;
    uint32_t stack_top = 0, stack_size = 0;
  };

  std::optional<HostEntry> find(const Import& import, const FuncType& wanted, GuestThread& thread) override;
  std::vector<std::string_view> entry_points() const override;
  bool initialize(GuestThread& thread) override;
  void start(GuestThread& thread, const FuncInst& entry) override;
  bool finalize(GuestThread& thread) override;

  /// A pthread from beginning to end.
  void lead_pthread(GuestThread& thread, const Start& start);
  /// The arguments of a main function of this type, written to the guest's stack; nothing when the program ended.
  std::optional<std::vector<Value>> main_arguments(GuestThread& thread, const FuncType& type);

  HostOutcome init_main_thread(GuestThread& thread, HostCall& call);
  HostOutcome pthread_create(GuestThread& thread, HostCall& call);
  HostOutcome thread_cleanup(GuestThread& thread, HostCall& call);
  HostOutcome default_stack_size(GuestThread& thread, HostCall& call);
  HostOutcome call_main(GuestThread& thread, HostCall& call);
  HostOutcome exit(GuestThread& thread, HostCall& call);

  HostOutcome spawn(HostCall& call, const Start& start);
  HostOutcome exit_with(GuestThread& thread, HostCall& call, uint32_t status);
  /// Whether this thread may run the exit handlers; a second thread that wants to sleeps until the first has ended the
  /// program.
  enum class Claim : uint8_t { granted, nested, stopped };
  Claim claim_exit(GuestThread& thread);
  uint32_t stack_size() const;
  /// Takes a dead, detached pthread whose memory may be freed now, if there is one.
  std::optional<Pthread> next_to_free(const Agent& asker);

  static const Row kFunctions[];

  Mutex mutex_;
  std::map<Pthread, uint32_t> pthreads_ WEFT_GUARDED_BY(mutex_);  ///< alive or not yet joined, and their threads
  std::vector<std::pair<Pthread, uint32_t>> detached_
      WEFT_GUARDED_BY(mutex_);                        ///< cleaned themselves up; memory not yet freed
  std::atomic<const GuestThread*> exiting_{nullptr};  ///< who runs the exit handlers
};

}  // namespace weft
