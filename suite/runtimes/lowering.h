// SPDX-License-Identifier: Apache-2.0
//
// A test in a form that a runtime can take: files, how each is run and must end, and what the form leaves out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interp/error.h"
#include "suite/conformance/front_matter.h"
#include "suite/conformance/suite_test.h"

namespace weft::runtimes {

enum class Form : uint8_t {
  plan,          ///< JSON and modules: suite/runtimes/plan.h; JavaScript as it is
  wasi_threads,  ///< programs: suite/runtimes/programs.h
  exports,       ///< modules whose exports take nothing: suite/runtimes/programs.h
  script,        ///< as it is
};
inline constexpr std::array kForms{Form::plan, Form::wasi_threads, Form::exports, Form::script};
std::string_view to_string(Form form);
/// The form of this name.
std::optional<Form> form_from(std::string_view name);

/// How a run must end.
enum class Expect : uint8_t {
  holds,     ///< nothing fails: a script, a plan; an export gives 0, a program ends with status 0
  trap,      ///< a trap, or a call stack that is exhausted
  accepted,  ///< the module can be loaded
  rejected,  ///< it cannot: it is malformed or invalid
  exits,     ///< as the front matter of a program for a host says: `exit`
};
std::string_view to_string(Expect expect);

/// One run of a file.
struct Run {
  std::string file;         ///< its path below the folder of the form
  std::string invoke = {};  ///< the export to call, in the form `exports`
  Expect expect = Expect::holds;
  std::vector<uint32_t> lines = {};        ///< of the commands that it stands for; none: all of them
  std::vector<std::string> features = {};  ///< that it takes beyond those of the test
  conformance::AllowedExit exit = {};      ///< of `exits`
};

/// Commands that no run stands for, and why.
struct LeftOut {
  uint32_t line = 0;
  std::string reason;
};

struct Lowering {
  std::vector<Run> runs;
  std::vector<LeftOut> left_out;  ///< sorted by line
  std::vector<std::pair<std::string, std::vector<uint8_t>>> files;
};

/// Lowers a test with this text. Errors: malformed, with the place; host: why there is nothing in this form.
/// Thread-safe.
Result<Lowering> lower(const conformance::SuiteTest& test, const std::string& text, Form form);

}  // namespace weft::runtimes
