// SPDX-License-Identifier: Apache-2.0
//
// The planted faults: what is known of each, and the switch that turns one on. Only `weft-faults` has them in its code;
// `weft` knows their names.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace weft::fault {

/// One file in suite/faults.
struct Fault {
  std::string_view id;      ///< "waiters/notify-wakes-the-newest": folder and name of its file
  std::string_view title;   ///< what is wrong, in a sentence
  std::string_view like;    ///< the real bugs it is shaped after
  std::string_view rows;    ///< for a family: the instructions whose handlers are wrong one at a time, else empty
  bool concurrent = false;  ///< whether it takes two threads to see
};

/// All of them, sorted by id: generated from the files when weft is built.
std::span<const Fault> faults();

/// A fault, of one instruction if it is a family.
struct Variant {
  const Fault* fault = nullptr;
  std::string_view row;
  /// "handlers/rmw-returns-the-new-value i64.atomic.rmw16.xor_u"
  std::string name() const;
};
std::vector<Variant> variants(const Fault& fault);

/// The environment variable that turns one on in `weft-faults`: the name of a Variant.
inline constexpr const char* kVariable = "WEFT_FAULT";

}  // namespace weft::fault
