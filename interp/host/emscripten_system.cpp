// SPDX-License-Identifier: Apache-2.0
//
// What Emscripten's C library imports from "env" besides threads. Clocks and dates: emscripten_time.cpp.
#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include "interp/agent.h"
#include "interp/bulk.h"
#include "interp/host/emscripten_system.h"
#include "interp/host/wasi.h"
#include "interp/race/thread.h"

namespace weft {
namespace {

/// A negative errno, as system calls return it.
uint64_t negative(Errno error) { return static_cast<uint32_t>(-static_cast<int32_t>(error)); }

HostOutcome getentropy(HostCall& call) {
  std::array<uint8_t, 256> bytes;  // the most that getentropy(3) gives
  const uint32_t length = call.i32(1);
  if (length > bytes.size()) return emscripten_fail(call, Errno::io);
  const auto wanted = std::span(bytes).first(length);
  if (::getentropy(wanted.data(), wanted.size()) != 0) return emscripten_fail(call, Errno::io);
  return call.memory()->write(call.i32(0), wanted) ? HostOutcome::done(call, 0) : emscripten_fail(call, Errno::fault);
}

HostOutcome num_logical_cores(HostCall& call) {
  return HostOutcome::done(call, static_cast<uint32_t>(std::clamp(sysconf(_SC_NPROCESSORS_ONLN), 1L, 1024L)));
}

uint64_t largest_heap(const Memory& memory) {
  const uint64_t pages = std::min(memory.type().limits.max.value_or(kMaxPages32), kMaxPages32);
  return std::min<uint64_t>(pages * kPageSize, std::numeric_limits<uint32_t>::max() / kPageSize * kPageSize);
}

HostOutcome get_heap_max(HostCall& call) { return HostOutcome::done(call, largest_heap(*call.memory())); }

HostOutcome resize_heap(HostCall& call) {
  Memory& memory = *call.memory();
  const uint64_t wanted = call.i32(0);
  // Another thread may have grown it, or do so now; that is as good.
  while (memory.size() < wanted) {
    const uint64_t delta = (wanted - memory.size() + kPageSize - 1) / kPageSize;
    RaceThread* const thread = call.agent.race_thread();
    const std::optional<uint64_t> old = thread ? thread->host_grow(call.agent, memory, delta) : memory.grow(delta);
    if (!old) return HostOutcome::done(call, memory.size() >= wanted);
  }
  return HostOutcome::done(call, 1);
}

HostOutcome memcpy_big(HostCall& call) {
  Memory& memory = *call.memory();
  const Bulk copied = bulk_copy(call.agent, memory, call.i32(0), memory, call.i32(1), call.i32(2));
  if (copied == Bulk::stopped) return HostOutcome::stopped();
  if (copied == Bulk::out_of_bounds) return out_of_bounds();
  if (!call.results.empty()) call.results[0] = call.i32(0);
  return HostOutcome::done();
}

HostOutcome abort(HostCall&) { return HostOutcome::trap("Aborted"); }

HostOutcome assert_fail(HostCall& call) {
  const Memory& memory = *call.memory();
  return HostOutcome::trap(fmt::format("Assertion failed: {} ({}:{}: {})", guest_string(memory, call.i32(0)),
                                       guest_string(memory, call.i32(1)), call.i32(2),
                                       guest_string(memory, call.i32(3))));
}

HostOutcome unwind(HostCall&) { return HostOutcome::unwind(); }

/// Concerns the browser, or threads of JavaScript: there is nothing to do.
HostOutcome nothing(HostCall& call) {
  std::fill(call.results.begin(), call.results.end(), 0);
  return HostOutcome::done();
}

HostOutcome not_supported(HostCall& call) { return HostOutcome::done(call, kEmscriptenFailed); }

/// 3.1.6 queues what another thread is to do on the host's side. Later it lies in memory, where that thread finds it.
HostOutcome no_proxying(HostCall&) {
  return HostOutcome::trap("not supported: Emscripten's proxying of calls to another thread");
}

/// A signal that a thread sends itself, as pthread_cancel does: (handler, number).
HostOutcome call_signal_handler(HostCall& call) {
  const FuncInst* const handler = table_function(*call.caller, call.i32(0));
  if (handler == nullptr || handler->type != host_type("i:")) return HostOutcome::trap("no such signal handler");
  return HostOutcome::call(handler, {Value::i32(call.i32(1))}, [](HostCall&) { return HostOutcome::done(); });
}

HostOutcome pthread_kill(HostCall& call) {
  return HostOutcome::done(
      call, call.i32(1) == 0 ? 0 : static_cast<uint64_t>(Errno::nosys));  // there are no signals, nor cancellation
}

HostOutcome allocate_exception(HostCall& call) {
  const FuncInst* malloc = call.caller->find_function("malloc");
  if (malloc == nullptr || malloc->type != host_type("i:i"))
    return HostOutcome::trap("__cxa_allocate_exception: no malloc");
  return HostOutcome::call(malloc, {Value::i32(call.i32(0))},
                           [](HostCall& then) { return HostOutcome::done(then, then.i32(0)); });
}

HostOutcome throw_exception(HostCall&) {
  return HostOutcome::trap("uncaught C++ exception (the program is built without exceptions)");
}

HostOutcome no_file(HostCall& call) { return HostOutcome::done(call, negative(Errno::noent)); }
HostOutcome no_terminal(HostCall& call) { return HostOutcome::done(call, negative(Errno::notty)); }
HostOutcome no_such_call(HostCall& call) { return HostOutcome::done(call, negative(Errno::nosys)); }

constexpr EmscriptenRow kFunctions[] = {
    {"getentropy", "ii:i", getentropy},
    {"emscripten_num_logical_cores", ":i", num_logical_cores},
    {"emscripten_get_heap_max", ":i", get_heap_max},
    {"emscripten_resize_heap", "i:i", resize_heap},
    {"emscripten_memcpy_big", "iii:|iii:i", memcpy_big},
    {"_emscripten_memcpy_js", "iii:", memcpy_big},
    {"abort", ":", abort},
    {"_abort_js", ":", abort},
    {"__assert_fail", "iiii:", assert_fail},
    {"emscripten_unwind_to_js_event_loop", ":", unwind},
    {"emscripten_exit_with_live_runtime", ":", unwind},
    {"emscripten_check_blocking_allowed", ":", nothing},
    {"_emscripten_thread_mailbox_await", "i:", nothing},
    {"_emscripten_thread_set_strongref", "i:", nothing},
    {"_emscripten_runtime_keepalive_clear", ":", nothing},
    {"emscripten_runtime_keepalive_check", ":i", nothing},  // 0: the program ends with main
    {"__call_sighandler", "ii:", call_signal_handler},
    {"setTempRet0", "i:", nothing},                        // the upper half of an i64 for JavaScript
    {"emscripten_webgl_create_context", "ii:i", nothing},  // 0: no context
    {"emscripten_set_canvas_element_size", "iii:i", not_supported},
    {"_emscripten_notify_thread_queue", "*", no_proxying},
    {"_emscripten_notify_proxying_queue", "*", no_proxying},
    {"_emscripten_notify_mailbox_postmessage", "*", nothing},
    {"emscripten_receive_on_main_thread_js", "*", no_proxying},
    {"_emscripten_receive_on_main_thread_js", "*", no_proxying},
    {"pthread_kill", "ii:i", pthread_kill},
    {"__cxa_allocate_exception", "i:i", allocate_exception},
    {"__cxa_throw", "iii:", throw_exception},
    {"__syscall_open", "iii:i", no_file},
    {"__syscall_openat", "iiii:i", no_file},
    {"__syscall_stat64", "ii:i", no_file},
    {"__syscall_ioctl", "iii:i", no_terminal},
    {"__syscall_fcntl64", "iii:i", no_such_call},
};

}  // namespace

const FuncInst* table_function(const Instance& instance, uint32_t pointer) {
  if (instance.tables.empty() || pointer >= instance.tables.front()->elements.size()) return nullptr;
  return Value{ValType::funcref, instance.tables.front()->elements[pointer], 0}.as_funcref();
}

HostOutcome emscripten_fail(HostCall& call, Errno error) {
  const FuncInst* location = call.caller->find_function("__errno_location");
  if (location == nullptr) return HostOutcome::done(call, kEmscriptenFailed);
  return HostOutcome::call(location, {}, [error](HostCall& then) {
    then.memory()->store(then.i32(0), static_cast<uint32_t>(error));
    return HostOutcome::done(then, kEmscriptenFailed);
  });
}

HostOutcome out_of_bounds() { return HostOutcome::trap("out of bounds memory access"); }

std::string guest_string(const Memory& memory, uint32_t address) {
  std::string out;
  for (uint64_t at = address; at != 0 && out.size() < 1000; ++at) {
    const auto byte = memory.load<uint8_t>(at);
    if (!byte || *byte == 0) break;
    out += static_cast<char>(*byte);
  }
  return out;
}

std::optional<HostEntry> find_emscripten_row(std::span<const EmscriptenRow> rows, std::string_view name,
                                             const FuncType& wanted) {
  for (const EmscriptenRow& row : rows) {
    if (row.name != name) continue;
    return HostEntry{host_type(row.signatures, wanted), [function = row.function](HostCall& call) -> HostOutcome {
                       // Every function here that takes arguments may look into memory; the programs that Emscripten
                       // makes all have one.
                       if (call.caller == nullptr || (call.memory() == nullptr && !call.args.empty()))
                         return out_of_bounds();
                       return function(call);
                     }};
  }
  return std::nullopt;
}

std::optional<HostEntry> find_emscripten_system(std::string_view name, const FuncType& wanted) {
  auto entry = find_emscripten_row(kFunctions, name, wanted);
  return entry ? entry : find_emscripten_time(name, wanted);
}

}  // namespace weft
