// SPDX-License-Identifier: Apache-2.0
//
// The types of operands and results, as they are validated.
#include <fmt/format.h>

#include "tools/generate/properties.h"

namespace weft::generate {
namespace {

char other_type(char letter) { return letter == 'I' ? 'i' : 'I'; }

/// The instruction on constants of these types.
std::string folded(const Atomic& atomic, std::string_view operands) {
  std::string text = fmt::format("({}", atomic.info->text);
  for (const char letter : operands) text += fmt::format(" ({}.const 0)", type_name(letter));
  return text + ")";
}

std::string function(std::string_view results, std::string_view body) {
  if (results.empty()) return fmt::format("(func {})", body);
  return fmt::format("(func (result {}) {})", type_name(results.front()), body);
}

}  // namespace

std::optional<File> operand_types(const Family& family) {
  std::string valid, invalid;
  const auto mismatch = [&invalid](std::string_view function) {
    invalid += fmt::format("(assert_invalid (module (memory 1 1 shared) {})\n  \"type mismatch\")\n", function);
  };
  for (const Atomic& atomic : members(family)) {
    const std::string_view operands = atomic.info->operands(), results = atomic.info->results();
    valid += fmt::format("  {}\n", function(results, folded(atomic, operands)));
    invalid += '\n';
    for (size_t i = 0; i < operands.size(); ++i) {
      std::string wrong(operands);
      wrong[i] = other_type(wrong[i]);
      mismatch(function(results, folded(atomic, wrong)));
    }
    const char result = results.empty() ? 'i' : other_type(results.front());
    mismatch(function({&result, 1}, folded(atomic, operands)));
  }
  return file("valid", "operand-types", family,
              {.title = fmt::format("the operands and the result of {} have their types", family.subject),
               .spec = "valid-instr-atomic-memory"},
              fmt::format("The first module is as it should be. Then one operand at a time has the other integer type, "
                          "and in the end\n{}.",
                          family.returns() || family.queues() ? "the result" : "there is to be a result"),
              fmt::format("(module\n  (memory 1 1 shared)\n{})\n{}", valid, invalid));
}

}  // namespace weft::generate
