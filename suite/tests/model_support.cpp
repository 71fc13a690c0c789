// SPDX-License-Identifier: Apache-2.0
#include "suite/tests/model_support.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "suite/model/litmus_file.h"

namespace weft::testing {
namespace {

unsigned pick(std::mt19937& random, unsigned below) { return static_cast<unsigned>(random() % below); }

/// Every byte of it, or the whole number, is 0, 1 or 2; with `bitwise` 0 or 1, of which nothing else can be made.
std::string constant(std::mt19937& random, const ProgramShape& shape, unsigned width) {
  if (shape.small_constants) return std::to_string(pick(random, 3));
  std::string digits = "0x";
  for (unsigned i = 0; i < width; ++i) digits += fmt::format("{:02x}", pick(random, shape.bitwise ? 2 : 3));
  return digits;
}

std::string location(std::mt19937& random, const ProgramShape& shape, unsigned width) {
  if (shape.overlapping) return fmt::format("x+{}", pick(random, 4) / width * width);
  return pick(random, 2) == 0 ? "x" : "y";
}

/// One operation that sets, if any, the register of this number.
std::string operation(std::mt19937& random, const ProgramShape& shape, unsigned number) {
  const unsigned width = shape.widths[pick(random, static_cast<unsigned>(shape.widths.size()))];
  const std::string at = location(random, shape, width), value = constant(random, shape, width);
  const char ordering = pick(random, 2) == 0 ? 'u' : 's';
  const unsigned kind = pick(random, 20);
  if (shape.suspensions && kind < 4) return fmt::format("wait4[x],0,{}->r{}", pick(random, 3) == 0 ? 5 : -1, number);
  if (shape.suspensions && kind < 8) return fmt::format("notify[x],{}->r{}", 1 + pick(random, 2), number);
  if (shape.lengths && kind < 3) return fmt::format("grow 1->r{}", number);
  if (shape.lengths && kind < 5) return fmt::format("size->r{}", number);
  if (shape.lengths && kind < 6) return fmt::format("R1{}[65536]->r{}", ordering, number);
  if (shape.lengths && kind < 7) return fmt::format("W1{}[65536]=1", ordering);
  if (shape.fences && kind < 6) return "fence";
  if (shape.rmws && kind == 8) return fmt::format("xchg{}[{}],{}->r{}", width, at, value, number);
  if (shape.rmws && kind == 9)
    return fmt::format("cas{}[{}],{},{}->r{}", width, at, constant(random, shape, width), value, number);
  if (shape.bitwise && kind >= 11 && kind < 17) {
    const std::array names{"and", "or", "xor"};
    return fmt::format("{}{}[{}],{}->r{}", names[pick(random, 3)], width, at, value, number);
  }
  if (shape.bitwise && number > 0 && kind == 10)
    return fmt::format("W{}{}[{}]=r{}|{}", width, ordering, at, number - 1, value);
  if (shape.dependencies && number > 0 && kind == 10)
    return fmt::format("W{}{}[{}]=r{}", width, ordering, at, number - 1);
  if (kind % 2 == 0) return fmt::format("W{}{}[{}]={}", width, ordering, at, value);
  return fmt::format("R{}{}[{}]->r{}", width, ordering, at, number);
}

}  // namespace

std::string Notation::to_text() const {
  std::string text = before.empty() ? "" : before + " || ";
  for (const std::string& thread : threads) text += fmt::format("{}{}", &thread == &threads[0] ? "" : " | ", thread);
  return text + (after.empty() ? "" : " || " + after);
}

model::Litmus to_litmus(const Notation& notation) {
  nlohmann::json test{{"name", notation.name},
                      {"threads", notation.threads},
                      {"pages", notation.pages},
                      {"maxpages", notation.maximum},
                      {"growfail", notation.grow_may_fail}};
  if (!notation.before.empty()) test["pre"] = notation.before;
  if (!notation.after.empty()) test["post"] = notation.after;
  const auto tests = model::parse_litmus_json(nlohmann::json{{"tests", {test}}}.dump());
  if (!tests) throw std::runtime_error(tests.error().message);
  const Result<model::StatedLitmus>& read = tests->at(0).test;
  if (!read) throw std::runtime_error(read.error().where + ": " + read.error().message);
  return read->litmus;
}

model::Judgement judge(const Notation& notation, const model::Variant& variant) {
  const model::Litmus litmus = to_litmus(notation);
  const auto judgement = model::judge(litmus, variant);
  if (!judgement) throw std::runtime_error(judgement.error().message);
  return *judgement;
}

std::vector<std::string> to_texts(const std::optional<model::Outcomes>& outcomes) {
  if (!outcomes) return {"unknown"};
  std::vector<std::string> texts;
  for (const model::Outcome& outcome : *outcomes) texts.push_back(model::to_string(outcome));
  return texts;
}

std::vector<std::string> allowed(const Notation& notation, const model::Variant& variant) {
  return to_texts(judge(notation, variant).wasm);
}

bool is_subset(const std::optional<model::Outcomes>& some, const std::optional<model::Outcomes>& all) {
  if (!some || !all) return false;
  const std::set<model::Outcome> known(all->begin(), all->end());
  return std::all_of(some->begin(), some->end(), [&](const model::Outcome& one) { return known.contains(one); });
}

Notation random_program(std::mt19937& random, const ProgramShape& shape) {
  Notation program;
  for (unsigned thread = 0; thread < shape.threads; ++thread) {
    std::string text;
    bool has_read = false;
    for (unsigned i = 0; i < shape.operations; ++i) {
      const std::string one = operation(random, shape, i);
      if (shape.dependencies && has_read && i + 1 < shape.operations && pick(random, 6) == 0) text += "skip r0!=1 1;";
      has_read |= i == 0 && one.find("->r0") != std::string::npos;
      text += one + ";";
    }
    // A register that is stored must be set somewhere: else the store is of a constant.
    for (unsigned i = 0; i < shape.operations; ++i) {
      if (text.find(fmt::format("->r{}", i)) != std::string::npos) continue;
      const std::string used = fmt::format("=r{}", i);
      for (size_t at = 0; (at = text.find(used, at)) != std::string::npos;) text.replace(at, used.size(), "=1");
    }
    program.threads.push_back(text);
  }
  return program;
}

}  // namespace weft::testing
