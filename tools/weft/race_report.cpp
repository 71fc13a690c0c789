// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/race_report.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "tools/weft/command.h"

namespace weft::cli {
namespace {

std::string thread_name(uint32_t id) { return id == 0 ? "the main thread" : fmt::format("thread {}", id); }

std::string_view ordering(const RaceAccess& access) { return access.atomic ? "atomic" : "not atomic"; }

std::string extent(const ByteRange& range) {
  return fmt::format("{} byte{} at {:#x}", range.width, range.width == 1 ? "" : "s", range.address);
}

void print_frames(FILE* out, const std::vector<BacktraceFrame>& frames, const PlaceOf& place_of) {
  for (const BacktraceFrame& frame : frames)
    fmt::print(out, "    at {} ({})\n", frame.function, frame.offset == 0 ? "host" : place_of(frame.offset));
}

void print_access(FILE* out, std::string_view when, const RaceAccess& access, const PlaceOf& place_of) {
  fmt::print(out, "  {}{}, {} ({}), {}\n", when, thread_name(access.thread), access.instruction, ordering(access),
             extent(access.range));
  print_frames(out, access.backtrace, place_of);
}

nlohmann::ordered_json describe(const std::vector<BacktraceFrame>& frames, const PlaceOf& place_of) {
  auto json = nlohmann::ordered_json::array();
  for (const BacktraceFrame& frame : frames) {
    json.push_back({{"function", frame.function}, {"place", frame.offset == 0 ? "host" : place_of(frame.offset)}});
  }
  return json;
}

nlohmann::ordered_json describe(const RaceAccess& access, const std::vector<ThreadOrigin>& origins,
                                const PlaceOf& place_of) {
  nlohmann::ordered_json json{{"thread", access.thread},
                              {"instruction", access.instruction},
                              {"write", access.write},
                              {"atomic", access.atomic},
                              {"address", access.range.address},
                              {"width", access.range.width},
                              {"backtrace", describe(access.backtrace, place_of)}};
  for (const ThreadOrigin& origin : origins) {
    if (origin.thread != access.thread || origin.backtrace.empty()) continue;
    json["started"] = {{"by", origin.creator}, {"backtrace", describe(origin.backtrace, place_of)}};
  }
  return json;
}

}  // namespace

void print_races(FILE* out, const RaceReport& report, const PlaceOf& place_of) {
  std::set<uint32_t> threads;
  const std::vector<Race>& races = report.races;
  for (const Race& race : races) {
    const std::string times = race.count == 1 ? "" : fmt::format(", seen {} times", race.count);
    fmt::print(out, "{} {}{}\n", paint(out, Color::red, fmt::format("{}:", to_string(race.kind))),
               extent(race.later.range), times);
    print_access(out, "", race.later, place_of);
    print_access(out, "not ordered with an earlier one: ", race.earlier, place_of);
    threads.insert({race.later.thread, race.earlier.thread});
  }
  for (const ThreadOrigin& origin : report.origins) {
    if (!threads.contains(origin.thread) || origin.backtrace.empty()) continue;
    fmt::print(out, "{} was started by {}\n", thread_name(origin.thread), thread_name(origin.creator));
    print_frames(out, origin.backtrace, place_of);
  }
  if (!races.empty()) fmt::print(out, "{} race{} found\n", races.size(), races.size() == 1 ? "" : "s");
}

nlohmann::ordered_json describe_races(const RaceReport& report, const PlaceOf& place_of) {
  auto json = nlohmann::ordered_json::array();
  for (const Race& race : report.races) {
    json.push_back({{"kind", to_string(race.kind)},
                    {"count", race.count},
                    {"later", describe(race.later, report.origins, place_of)},
                    {"earlier", describe(race.earlier, report.origins, place_of)}});
  }
  return json;
}

}  // namespace weft::cli
