// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fnmatch.h>

#include <sstream>
#include <string>
#include <string_view>

namespace weft::conformance {

/// Whether the name matches the glob pattern.
inline bool matches(std::string_view name, const std::string& pattern) {
  return fnmatch(pattern.c_str(), std::string(name).c_str(), 0) == 0;
}

/// Whether the name matches one of the glob patterns, which are separated by spaces.
inline bool matches_any(std::string_view name, std::string_view patterns) {
  std::istringstream words{std::string(patterns)};
  for (std::string pattern; words >> pattern;) {
    if (matches(name, pattern)) return true;
  }
  return false;
}

}  // namespace weft::conformance
