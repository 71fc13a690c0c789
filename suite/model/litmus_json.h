// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"
#include "suite/model/litmus.h"

namespace weft::model {

/// One test of a file, or what is wrong with it.
struct NamedLitmus {
  std::string name;
  Result<Litmus> litmus;
};

/// The tests of a JSON document `{"tests": [{"name", "threads", "pre", "post", "pages", "maxpages"}]}`, threads in the
/// compact notation. Optional: "pre", "post", "pages" (1), "maxpages" ("pages"), "growfail", and "weak", an outcome to
/// be asked about, whose values may come out of thin air. Other members are ignored. Errors, of the document and of
/// each test: malformed, the place in `where`. Thread-safe.
Result<std::vector<NamedLitmus>> parse_litmus_json(std::string_view text);

}  // namespace weft::model
