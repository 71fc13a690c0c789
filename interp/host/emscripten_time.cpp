// SPDX-License-Identifier: Apache-2.0
//
// Clocks, and dates in the C locale; local time is UTC.
#include <algorithm>
#include <array>
#include <ctime>

#include "interp/host/emscripten_system.h"
#include "interp/host/wasi.h"

namespace weft {
namespace {

constexpr std::array<uint8_t, 4> kTimeZone{'U', 'T', 'C', 0};

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
  if (!now) return emscripten_fail(call, Errno::inval);
  return store_time(*call.memory(), call.i32(1), *now, 1) ? HostOutcome::done(call, 0)
                                                          : emscripten_fail(call, Errno::fault);
}

HostOutcome clock_getres(HostCall& call) {
  const auto resolution = wasi_clock_resolution(call.i32(0));
  if (!resolution) return emscripten_fail(call, Errno::inval);
  return store_time(*call.memory(), call.i32(1), *resolution, 1) ? HostOutcome::done(call, 0)
                                                                 : emscripten_fail(call, Errno::fault);
}

HostOutcome gettimeofday(HostCall& call) {
  return store_time(*call.memory(), call.i32(0), *wasi_clock_now(0), 1000) ? HostOutcome::done(call, 0)
                                                                           : emscripten_fail(call, Errno::fault);
}

HostOutcome time(HostCall& call) {
  const auto seconds = static_cast<uint32_t>(*wasi_clock_now(0) / 1'000'000'000);
  if (call.i32(0) != 0 && !call.memory()->store(call.i32(0), seconds)) return emscripten_fail(call, Errno::fault);
  return HostOutcome::done(call, seconds);
}

/// The guest's struct tm: nine int, then the offset from UTC in seconds.
using TmFields = std::array<int32_t, 9>;
constexpr uint64_t kTmOffset = 36;

std::optional<std::tm> load_tm(const Memory& memory, uint32_t address) {
  TmFields fields;
  if (!memory.read(address, std::span(reinterpret_cast<uint8_t*>(fields.data()), sizeof fields))) return std::nullopt;
  std::tm time{};
  time.tm_sec = fields[0], time.tm_min = fields[1], time.tm_hour = fields[2], time.tm_mday = fields[3],
  time.tm_mon = fields[4];
  time.tm_year = fields[5], time.tm_wday = fields[6], time.tm_yday = fields[7], time.tm_isdst = fields[8],
  time.tm_zone = "UTC";
  return time;
}

bool store_tm(Memory& memory, uint32_t address, const std::tm& time) {
  const TmFields fields{
      time.tm_sec, time.tm_min, time.tm_hour, time.tm_mday, time.tm_mon, time.tm_year, time.tm_wday, time.tm_yday, 0};
  return memory.write(address, std::span(reinterpret_cast<const uint8_t*>(fields.data()), sizeof fields)) &&
         memory.store(address + kTmOffset, int32_t{0});
}

/// strftime(buffer, size, format, tm, …); C++ streams import it whether they print times or not.
HostOutcome strftime(HostCall& call) {
  Memory& memory = *call.memory();
  const auto time = load_tm(memory, call.i32(3));
  if (!time) return out_of_bounds();
  std::array<char, 4096> out;
  const size_t room = std::min<size_t>(out.size(), call.i32(1));
  const size_t length = std::strftime(out.data(), room, guest_string(memory, call.i32(2)).c_str(), &*time);
  const auto bytes = std::span(reinterpret_cast<const uint8_t*>(out.data()), length == 0 ? 0 : length + 1);
  return memory.write(call.i32(0), bytes) ? HostOutcome::done(call, length) : out_of_bounds();
}

/// (seconds, tm); later versions return an errno.
HostOutcome localtime(HostCall& call) {
  const auto seconds = static_cast<time_t>(call.args[0]);
  std::tm time{};
  const bool fits = gmtime_r(&seconds, &time) != nullptr;
  if (fits && !store_tm(*call.memory(), call.i32(1), time)) return out_of_bounds();
  if (!call.results.empty()) call.results[0] = fits ? 0 : static_cast<uint64_t>(Errno::overflow);
  return HostOutcome::done();
}

/// (tm), whose fields it brings into their ranges; the seconds.
HostOutcome mktime(HostCall& call) {
  auto time = load_tm(*call.memory(), call.i32(0));
  if (!time) return out_of_bounds();
  const time_t seconds = timegm(&*time);
  if (!store_tm(*call.memory(), call.i32(0), *time)) return out_of_bounds();
  return HostOutcome::done(call, static_cast<uint64_t>(seconds));
}

/// (timezone, daylight, names): addresses of a long, an int and two pointers, which 3.1.6 wants to point to new
/// strings.
HostOutcome tzset_with_pointers(HostCall& call) {
  Memory& memory = *call.memory();
  if (!memory.store(call.i32(0), uint32_t{0}) || !memory.store(call.i32(1), uint32_t{0})) return out_of_bounds();
  const FuncInst* malloc = call.caller->find_function("malloc");
  if (malloc == nullptr || malloc->type != host_type("i:i")) return HostOutcome::done();  // without names, then
  return HostOutcome::call(malloc, {Value::i32(4)}, [pointers = call.i32(2)](HostCall& then) {
    Memory& guest = *then.memory();
    const uint32_t name = then.i32(0);
    if (name == 0) return HostOutcome::done();
    const bool stored =
        guest.write(name, kTimeZone) && guest.store(pointers, name) && guest.store(uint64_t{pointers} + 4, name);
    return stored ? HostOutcome::done() : out_of_bounds();
  });
}

/// (timezone, daylight, standard name, name in summer): addresses of a long, an int and two strings.
HostOutcome tzset(HostCall& call) {
  if (call.args.size() == 3) return tzset_with_pointers(call);
  Memory& memory = *call.memory();
  const bool stored = memory.store(call.i32(0), uint32_t{0}) && memory.store(call.i32(1), uint32_t{0}) &&
                      memory.write(call.i32(2), kTimeZone) && memory.write(call.i32(3), kTimeZone);
  return stored ? HostOutcome::done() : out_of_bounds();
}

constexpr EmscriptenRow kFunctions[] = {
    {"emscripten_get_now", ":F", get_now},
    {"emscripten_date_now", ":F", date_now},
    {"clock_gettime", "ii:i", clock_gettime},
    {"__clock_gettime", "ii:i", clock_gettime},
    {"clock_getres", "ii:i", clock_getres},
    {"gettimeofday", "ii:i", gettimeofday},
    {"time", "i:i", time},
    {"strftime", "iiii:i", strftime},
    {"strftime_l", "iiiii:i", strftime},
    {"_localtime_js", "Ii:|Ii:i", localtime},
    {"_gmtime_js", "Ii:|Ii:i", localtime},
    {"_mktime_js", "i:I", mktime},
    {"_timegm_js", "i:I", mktime},
    {"_tzset_js", "iiii:|iii:", tzset},
};

}  // namespace

std::optional<HostEntry> find_emscripten_time(std::string_view name, const FuncType& wanted) {
  return find_emscripten_row(kFunctions, name, wanted);
}

}  // namespace weft
