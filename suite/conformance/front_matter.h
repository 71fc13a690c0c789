// SPDX-License-Identifier: Apache-2.0
//
// What a test says about itself: the `;; key:   value` lines it opens with, as wast/README.md asks for them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"

namespace weft::conformance {

/// How a program may end.
struct AllowedExit {
  std::vector<uint8_t> statuses;
  bool trap = false;
};

/// The keys, in the order in which they stand. A value: copies are independent, and it is no more thread-safe than
/// they.
struct FrontMatter {
  std::string title;  ///< the behaviour, a sentence without its full stop
  std::string spec;   ///< anchor of the specification with threads, "js-…" of the JavaScript API; "script", "wasi" or
                      ///< "wasi-threads"
  std::vector<std::string> features;                  ///< proposals by name, "threads" first
  uint32_t threads = 1;                               ///< most at a time, the main one included
  std::vector<std::string> needs;                     ///< "wait", "timeout", "litmus"
  std::optional<AllowedExit> exit;                    ///< of a program for a host; a script has none
  std::optional<std::chrono::milliseconds> min_time;  ///< a lower bound on the time that the test takes
  std::vector<std::string> why;                       ///< real bugs of this shape: "wasmtime #3132"
  std::string litmus;                                 ///< a litmus test: its name, "SB+u"; else empty
  std::vector<std::string> outcome;  ///< what makes an outcome: "0:r0", "M:x?/8" (wast/README.md, "Litmus files")
  bool grow_may_fail = false;        ///< of a litmus test: memory.grow may give -1 where the maximum allows it
  std::vector<std::string> allowed;  ///< outcomes of a litmus test that a script cannot assert: "0:r0=1 T1=blocked"
};

/// The front matter `text` opens with, in JavaScript with "//" for ";;", an empty line behind it. Errors are
/// `malformed`, with the position of the line that is missing or not as it should be: "3:1".
Result<FrontMatter> parse_front_matter(std::string_view text);

/// `text` cut at each `separator`; of an empty text nothing.
std::vector<std::string> split(std::string_view text, std::string_view separator);

}  // namespace weft::conformance
