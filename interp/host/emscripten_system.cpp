// SPDX-License-Identifier: Apache-2.0
//
// What Emscripten's C library imports from "env" besides threads.
#include <algorithm>
#include <array>
#include <ctime>
#include <limits>

#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include "interp/agent.h"
#include "interp/bulk.h"
#include "interp/host/emscripten.h"
#include "interp/host/wasi.h"

namespace weft {
namespace {

constexpr uint64_t kMinusOne = 0xffff'ffff;

struct Row {
  std::string_view name;
  std::string_view signatures;  // see host_type()
  HostOutcome (*function)(HostCall&);
};

/// A negative errno, as system calls return it.
uint64_t negative(uint32_t error) { return static_cast<uint32_t>(-static_cast<int32_t>(error)); }

/// Returns -1 with errno set, through the guest's own __errno_location.
HostOutcome fail(HostCall& call, Errno error) {
  const FuncInst* location = call.caller->find_function("__errno_location");
  if (location == nullptr) return HostOutcome::done(call, kMinusOne);
  return HostOutcome::call(location, {}, [error](HostCall& then) {
    then.memory()->store(then.i32(0), static_cast<uint32_t>(error));
    return HostOutcome::done(then, kMinusOne);
  });
}

HostOutcome out_of_bounds() { return HostOutcome::trap("out of bounds memory access"); }

double milliseconds(uint32_t clock) { return static_cast<double>(wasi_clock_now(clock).value_or(0)) / 1e6; }

HostOutcome get_now(HostCall& call) { return HostOutcome::done(call, Value::f64(milliseconds(1)).lo); }
HostOutcome date_now(HostCall& call) { return HostOutcome::done(call, Value::f64(milliseconds(0)).lo); }

/// A timespec or timeval; 3.1.6 has 32 bits of seconds.
bool store_time(Memory& memory, uint64_t at, uint64_t nanoseconds, uint32_t unit) {
  return memory.store(at, static_cast<uint32_t>(nanoseconds / 1'000'000'000)) &&
         memory.store(at + 4, static_cast<uint32_t>(nanoseconds % 1'000'000'000 / unit));
}

HostOutcome clock_gettime(HostCall& call) {
  const auto now = wasi_clock_now(call.i32(0));
  if (!now) return fail(call, Errno::inval);
  return store_time(*call.memory(), call.i32(1), *now, 1) ? HostOutcome::done(call, 0) : fail(call, Errno::fault);
}

HostOutcome clock_getres(HostCall& call) {
  const auto resolution = wasi_clock_resolution(call.i32(0));
  if (!resolution) return fail(call, Errno::inval);
  return store_time(*call.memory(), call.i32(1), *resolution, 1) ? HostOutcome::done(call, 0)
                                                                 : fail(call, Errno::fault);
}

HostOutcome gettimeofday(HostCall& call) {
  return store_time(*call.memory(), call.i32(0), *wasi_clock_now(0), 1000) ? HostOutcome::done(call, 0)
                                                                           : fail(call, Errno::fault);
}

HostOutcome time(HostCall& call) {
  const auto seconds = static_cast<uint32_t>(*wasi_clock_now(0) / 1'000'000'000);
  if (call.i32(0) != 0 && !call.memory()->store(call.i32(0), seconds)) return fail(call, Errno::fault);
  return HostOutcome::done(call, seconds);
}

HostOutcome getentropy(HostCall& call) {
  std::array<uint8_t, 256> bytes;  // the most that getentropy(3) gives
  const uint32_t length = call.i32(1);
  if (length > bytes.size()) return fail(call, Errno::io);
  const auto wanted = std::span(bytes).first(length);
  if (::getentropy(wanted.data(), wanted.size()) != 0) return fail(call, Errno::io);
  return call.memory()->write(call.i32(0), wanted) ? HostOutcome::done(call, 0) : fail(call, Errno::fault);
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
    if (!memory.grow((wanted - memory.size() + kPageSize - 1) / kPageSize))
      return HostOutcome::done(call, memory.size() >= wanted);
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

/// A C string of the guest, for a message: as far as it is in bounds, and not without end.
std::string text(const Memory& memory, uint32_t address) {
  std::string out;
  for (uint64_t at = address; at != 0 && out.size() < 1000; ++at) {
    const auto byte = memory.load<uint8_t>(at);
    if (!byte || *byte == 0) break;
    out += static_cast<char>(*byte);
  }
  return out;
}

HostOutcome assert_fail(HostCall& call) {
  const Memory& memory = *call.memory();
  return HostOutcome::trap(fmt::format("Assertion failed: {} ({}:{}: {})", text(memory, call.i32(0)),
                                       text(memory, call.i32(1)), call.i32(2), text(memory, call.i32(3))));
}

/// strftime(buffer, size, format, tm, …), in the C locale and for UTC; C++ streams import it whether they print times
/// or not.
HostOutcome strftime(HostCall& call) {
  Memory& memory = *call.memory();
  std::array<int32_t, 9> fields;  // as C's struct tm begins
  if (!memory.read(call.i32(3), std::span(reinterpret_cast<uint8_t*>(fields.data()), sizeof fields)))
    return out_of_bounds();
  std::tm time{};
  time.tm_sec = fields[0], time.tm_min = fields[1], time.tm_hour = fields[2], time.tm_mday = fields[3],
  time.tm_mon = fields[4];
  time.tm_year = fields[5], time.tm_wday = fields[6], time.tm_yday = fields[7], time.tm_isdst = fields[8],
  time.tm_zone = "UTC";
  std::array<char, 4096> out;
  const size_t room = std::min<size_t>(out.size(), call.i32(1));
  const size_t length = std::strftime(out.data(), room, text(memory, call.i32(2)).c_str(), &time);
  const auto bytes = std::span(reinterpret_cast<const uint8_t*>(out.data()), length == 0 ? 0 : length + 1);
  return memory.write(call.i32(0), bytes) ? HostOutcome::done(call, length) : out_of_bounds();
}

HostOutcome unwind(HostCall&) { return HostOutcome::unwind(); }

/// Concerns the browser, or threads of JavaScript: there is nothing to do.
HostOutcome nothing(HostCall& call) {
  std::fill(call.results.begin(), call.results.end(), 0);
  return HostOutcome::done();
}

HostOutcome not_supported(HostCall& call) { return HostOutcome::done(call, kMinusOne); }

/// Nothing that we run queues work for another thread; a program that does it itself would wait for ever.
HostOutcome no_proxying(HostCall&) {
  return HostOutcome::trap("not supported: Emscripten's proxying of calls to another thread");
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

HostOutcome no_file(HostCall& call) { return HostOutcome::done(call, negative(44)); }       // ENOENT
HostOutcome no_terminal(HostCall& call) { return HostOutcome::done(call, negative(59)); }   // ENOTTY
HostOutcome no_such_call(HostCall& call) { return HostOutcome::done(call, negative(52)); }  // ENOSYS

constexpr Row kFunctions[] = {
    {"emscripten_get_now", ":F", get_now},
    {"emscripten_date_now", ":F", date_now},
    {"clock_gettime", "ii:i", clock_gettime},
    {"__clock_gettime", "ii:i", clock_gettime},
    {"clock_getres", "ii:i", clock_getres},
    {"gettimeofday", "ii:i", gettimeofday},
    {"time", "i:i", time},
    {"getentropy", "ii:i", getentropy},
    {"emscripten_num_logical_cores", ":i", num_logical_cores},
    {"emscripten_get_heap_max", ":i", get_heap_max},
    {"emscripten_resize_heap", "i:i", resize_heap},
    {"emscripten_memcpy_big", "iii:|iii:i", memcpy_big},
    {"_emscripten_memcpy_js", "iii:", memcpy_big},
    {"abort", ":", abort},
    {"_abort_js", ":", abort},
    {"__assert_fail", "iiii:", assert_fail},
    {"strftime", "iiii:i", strftime},
    {"strftime_l", "iiiii:i", strftime},
    {"emscripten_unwind_to_js_event_loop", ":", unwind},
    {"emscripten_exit_with_live_runtime", ":", unwind},
    {"emscripten_check_blocking_allowed", ":", nothing},
    {"_emscripten_thread_mailbox_await", "i:", nothing},
    {"_emscripten_thread_set_strongref", "i:", nothing},
    {"_emscripten_runtime_keepalive_clear", ":", nothing},
    {"setTempRet0", "i:", nothing},                        // the upper half of an i64 for JavaScript
    {"emscripten_webgl_create_context", "ii:i", nothing},  // 0: no context
    {"emscripten_set_canvas_element_size", "iii:i", not_supported},
    {"_emscripten_notify_thread_queue", "*", no_proxying},
    {"_emscripten_notify_proxying_queue", "*", no_proxying},
    {"_emscripten_notify_mailbox_postmessage", "*", no_proxying},
    {"emscripten_receive_on_main_thread_js", "*", no_proxying},
    {"_emscripten_receive_on_main_thread_js", "*", no_proxying},
    {"pthread_kill", "ii:i", pthread_kill},
    {"__cxa_allocate_exception", "i:i", allocate_exception},
    {"__cxa_throw", "iii:", throw_exception},
    {"__syscall_open", "iii:i", no_file},
    {"__syscall_openat", "iiii:i", no_file},
    {"__syscall_ioctl", "iii:i", no_terminal},
    {"__syscall_fcntl64", "iii:i", no_such_call},
};

}  // namespace

std::optional<HostEntry> find_emscripten_system(std::string_view name, const FuncType& wanted) {
  for (const Row& row : kFunctions) {
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

}  // namespace weft
