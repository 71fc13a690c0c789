// SPDX-License-Identifier: Apache-2.0
#include "interp/host/wasi_threads.h"

#include <fmt/format.h>

#include "interp/host/wasi.h"

namespace weft {

std::optional<HostEntry> WasiThreadsHost::find(const Import& import, const FuncType& wanted, GuestThread& thread) {
  if (import.module != "wasi" || import.name != "thread-spawn") return ProgramHost::find(import, wanted, thread);
  return HostEntry{host_type("i:i"), [this](HostCall& call) {
                     return HostOutcome::done(call, static_cast<uint32_t>(spawn(call.agent, call.i32(0))));
                   }};
}

int32_t WasiThreadsHost::spawn(const Agent& creator, uint32_t argument) {
  // A memory that is not shared belongs to one agent: there is nothing that the threads could share.
  if (shared_memory() == nullptr) return -static_cast<int32_t>(Errno::notsup);
  const Result<uint32_t> id =
      context_.threads.spawn(creator, [this, argument](GuestThread& thread) { lead_thread(thread, argument); });
  return id ? static_cast<int32_t>(*id) : -static_cast<int32_t>(Errno::again);
}

void WasiThreadsHost::lead_thread(GuestThread& thread, uint32_t argument) {
  if (!instantiate(thread)) return;
  const FuncInst* entry = thread.find({"wasi_thread_start"});
  if (entry == nullptr || entry->type != host_type("ii:")) {
    return thread.fail({ErrorKind::unlinkable, "no export wasi_thread_start of type [i32 i32] -> []", ""});
  }
  thread.call(*entry, {Value::i32(thread.id()), Value::i32(argument)});
}

}  // namespace weft
