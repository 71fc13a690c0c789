// SPDX-License-Identifier: Apache-2.0
//
// What was seen, held against what the memory model allows.
#pragma once

#include <string_view>
#include <vector>

#include "suite/model/model.h"
#include "suite/stress/observed.h"

namespace weft::stress {

struct Bar {
  model::Outcome outcome;
  uint64_t count = 0;
  enum class Verdict : uint8_t {
    allowed,
    weak,        ///< allowed, and not sequentially consistent
    unexpected,  ///< allowed by the draft, which has no rule for fences; forbidden, were they ordered
    forbidden,
  } verdict = Verdict::allowed;

  bool is_weak() const { return verdict == Verdict::weak || verdict == Verdict::unexpected; }
};

/// "allowed", "allowed, weak", "allowed by the draft, unexpected in practice", "FORBIDDEN"; of an outcome with a count
/// of 0 "never seen", "never seen, weak".
std::string_view describe(const Bar& bar);

/// All that were seen, and all that are allowed, in the order of their text. `with_ordered_fences` is the judgement
/// under that variant, or null where there are no fences. The judgements must be known. Thread-safe.
std::vector<Bar> make_histogram(const Observed& observed, const model::Judgement& judgement,
                                const model::Judgement* with_ordered_fences);

}  // namespace weft::stress
