// SPDX-License-Identifier: Apache-2.0
#include "suite/faults/switch.h"

#include <fmt/format.h>

#include <cstdlib>
#include <string_view>
#include <utility>

#include "interp/instructions.h"
#include "suite/faults/fault.h"

namespace weft::fault {
namespace {

/// Number and row of the fault that the environment asks for. A name that is none ends the process: no score may come
/// of a typing error.
std::pair<int, int> asked_for() {
  const char* const variable = std::getenv(kVariable);
  const std::string_view name = variable == nullptr ? "" : variable;
  if (name.empty()) return {0, -1};
  for (size_t i = 0; i < faults().size(); ++i) {
    for (const Variant& variant : variants(faults()[i])) {
      if (variant.name() != name) continue;
      return {static_cast<int>(i) + 1, variant.row.empty() ? -1 : static_cast<int>(*find_instruction(variant.row))};
    }
  }
  fmt::print(stderr, "weft-faults: {}: there is no fault '{}'\n", kVariable, name);
  std::exit(2);
}

const std::pair<int, int> kAskedFor = asked_for();

}  // namespace

const int kActive = kAskedFor.first;
const int kActiveRow = kAskedFor.second;

}  // namespace weft::fault
