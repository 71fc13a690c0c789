// SPDX-License-Identifier: Apache-2.0
#include "suite/faults/fault.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "interp/instructions.h"

namespace weft::fault {

std::string Variant::name() const {
  return row.empty() ? std::string(fault->id) : fmt::format("{} {}", fault->id, row);
}

std::vector<Variant> variants(const Fault& fault) {
  if (fault.rows.empty()) return {{&fault, {}}};
  // A row of each width and type, and, as far as there are enough of them, of each operator.
  std::map<std::tuple<uint8_t, std::string_view, std::string_view>, std::vector<std::string_view>> rows;
  const std::string pattern(fault.rows);
  for (const InstrInfo& info : kInstructions) {
    if (fnmatch(pattern.c_str(), std::string(info.text).c_str(), FNM_EXTMATCH) != 0) continue;
    rows[{info.access, info.operands(), info.results()}].push_back(info.text);
  }
  std::vector<Variant> result;
  for (const auto& [kind, texts] : rows) result.push_back({&fault, texts[result.size() % texts.size()]});
  return result;
}

}  // namespace weft::fault
