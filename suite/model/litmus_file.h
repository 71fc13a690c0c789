// SPDX-License-Identifier: Apache-2.0
//
// Litmus tests from files of either kind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"
#include "suite/model/statement.h"

namespace weft::model {

/// One test of a file, or what is wrong with it: malformed, the place in `where`.
struct NamedLitmus {
  std::string name;
  Result<StatedLitmus> test;
};

/// A JSON document `{"tests": [{"name", "threads", "pre", "post", "pages", "maxpages"}]}`, threads in the compact
/// notation. Optional: "pre", "post", "pages" (1), "maxpages" ("pages"), "growfail" (of a name that ends in
/// "grow-fail": true), and "weak", an outcome to be asked about, whose values may come out of thin air. What it states
/// is in "allowed_wasm", "allowed_sc", the "tso" of "counts", and "class", which is "DRF" of a race-free test; other
/// members are ignored. Error, of the document: malformed. Thread-safe.
Result<std::vector<NamedLitmus>> parse_litmus_json(std::string_view text);

/// A script whose front matter says that it is a litmus test (wast/README.md, "Litmus files"). Its threads are the
/// exports "thread", the main thread's parts "pre" and "post"; what it states is in the `either` of its one assertion,
/// or in the front matter. Errors: malformed, and those of the modules; the position in `where`. Thread-safe.
Result<StatedLitmus> parse_litmus_script(std::string_view text);

/// Either: a document begins with a brace. Error, of a whole file: malformed, the place in `where`. Thread-safe.
Result<std::vector<NamedLitmus>> parse_litmus_file(std::string_view text);

}  // namespace weft::model
