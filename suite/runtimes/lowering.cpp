// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/lowering.h"

#include <algorithm>
#include <filesystem>

#include "suite/runtimes/plan.h"
#include "suite/runtimes/programs.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"

namespace weft::runtimes {
namespace {

using conformance::FrontMatter;
using conformance::SuiteTest;

/// A program for a host is one of wasi-threads already.
Result<Lowering> lower_program(const SuiteTest& test, const std::string& text, const FrontMatter& front, Form form) {
  if (form != Form::wasi_threads) return Error{ErrorKind::host, "it is a program, and asks the host", {}};
  const auto module = parse_module(text);
  if (!module) return module.error();
  const std::string file = test.name + ".wasm";
  Run run{.file = file, .expect = Expect::exits, .exit = front.exit.value_or(conformance::AllowedExit{})};
  return Lowering{{std::move(run)}, {}, {{file, encode(*module, {.names = true})}}};
}

/// A test of the JavaScript API is a part of a plan as it is, with the module that all of them use.
Result<Lowering> lower_javascript(const SuiteTest& test, const std::string& text, Form form) {
  if (form != Form::plan) return Error{ErrorKind::host, "it is JavaScript", {}};
  const std::filesystem::path folder = std::filesystem::path(test.name).parent_path();
  const auto cells = SuiteTest{"cells.wat", test.path.parent_path() / "cells.wat"}.text();
  if (!cells) return Error{ErrorKind::malformed, cells.error().message, cells.error().where};
  const auto module = parse_module(*cells);
  if (!module) return module.error();
  const std::string file = test.name + ".mjs";
  return Lowering{
      {{.file = file}}, {}, {{file, {text.begin(), text.end()}}, {(folder / "cells.wasm").string(), encode(*module)}}};
}

}  // namespace

std::string_view to_string(Form form) {
  switch (form) {
    case Form::plan: return "plan";
    case Form::wasi_threads: return "wasi-threads";
    case Form::exports: return "exports";
    case Form::script: return "script";
  }
  return "?";
}

std::optional<Form> form_from(std::string_view name) {
  const auto* const found =
      std::find_if(kForms.begin(), kForms.end(), [name](Form form) { return to_string(form) == name; });
  return found == kForms.end() ? std::nullopt : std::optional(*found);
}

std::string_view to_string(Expect expect) {
  switch (expect) {
    case Expect::holds: return "holds";
    case Expect::trap: return "trap";
    case Expect::accepted: return "accepted";
    case Expect::rejected: return "rejected";
    case Expect::exits: return "exits";
  }
  return "?";
}

Result<Lowering> lower(const SuiteTest& test, const std::string& text, Form form) {
  const auto front = conformance::parse_front_matter(text);
  const FrontMatter about = front ? *front : FrontMatter{};
  if (test.is_program()) return lower_program(test, text, about, form);
  if (test.is_javascript()) return lower_javascript(test, text, form);
  const auto script = script::parse_script(text);
  if (!script) return script.error();
  if (form == Form::exports || form == Form::wasi_threads) return make_programs(*script, form, test.name, about.spec);
  if (form == Form::script)
    return Lowering{{{.file = test.name + ".wast"}}, {}, {{test.name + ".wast", {text.begin(), text.end()}}}};

  Plan plan = make_plan(*script, test.name, test.path.filename().string(), about.features);
  Lowering lowering{{{.file = test.name + ".json"}}, {}, {}};
  lowering.files.emplace_back(test.name + ".json", std::vector<uint8_t>{plan.json.begin(), plan.json.end()});
  const std::filesystem::path folder = std::filesystem::path(test.name).parent_path();
  for (auto& [name, contents] : plan.files) lowering.files.emplace_back((folder / name).string(), std::move(contents));
  return lowering;
}

}  // namespace weft::runtimes
