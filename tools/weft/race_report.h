// SPDX-License-Identifier: Apache-2.0
//
// What `weft run --race` and `weft wast --race` say of the races that were found.
#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "interp/race/race.h"

namespace weft::cli {

/// Races were found: what the command exits with, whatever else happened.
inline constexpr int kRacesFound = 66;

/// Where an instruction at this offset of a module stands: "f.wasm:0x1f", "f.c:12".
using PlaceOf = std::function<std::string(uint32_t offset)>;

/// Each race, both accesses with their backtraces, and where their threads were started.
void print_races(FILE* out, const RaceReport& report, const PlaceOf& place_of);
/// The same as JSON, an array.
nlohmann::ordered_json describe_races(const RaceReport& report, const PlaceOf& place_of);

}  // namespace weft::cli
