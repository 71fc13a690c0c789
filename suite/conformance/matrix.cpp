// SPDX-License-Identifier: Apache-2.0
//
// Instruction × property: which files ask what of each instruction, and why some ask nothing.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "interp/instructions.h"
#include "suite/conformance/coverage.h"
#include "suite/conformance/name_pattern.h"

namespace weft::conformance {
namespace {

constexpr auto kProperties = std::to_array<Property>({
    {"encoding", "binary/opcodes-*"},
    {"alignment in binary", "binary/alignment-*"},
    {"alignment in text", "valid/alignment-*"},
    {"operand types", "valid/operand-types-*"},
    {"last cell", "bounds/last-cell-*"},
    {"past the end", "bounds/past-the-end-*"},
    {"address wrap", "bounds/address-wrap-*"},
    {"misaligned", "align/misaligned-*"},
    {"effective address", "align/effective-address-*"},
    {"unchanged by a trap", "bounds/past-the-end-*", "*.store* *.rmw*"},
    {"every lane", "*/every-lane-*"},
    {"zero extension", "*/zero-extension-*"},
    {"operand wrap", "*/operand-wrap-*"},
    {"old value", "*/old-value-*"},
    {"unshared", "*/unshared-*"},
    {"memory64", "memory64/*"},
    {"second memory", "multi-memory/*"},
    {"racing updates", "rmw/racing-* cmpxchg/racing-*", "*.rmw*"},
    {"racing accesses", "tear/atomic litmus/store-buffering-i*", "*.load* *.store*"},
    {"queues", "wait/* notify/*", "memory.atomic.*"},
});

/// Why the files of some properties mention no such instruction.
struct Reason {
  std::string_view instructions;  ///< name patterns
  std::string_view properties;    ///< their names, separated by ", "; "*" is all
  std::string_view text;
};

constexpr std::string_view kWhole =
    "i??.atomic.load i??.atomic.store i??.atomic.rmw.* memory.atomic.wait?? memory.atomic.notify";

constexpr auto kReasons = std::to_array<Reason>({
    {"atomic.fence", "*", "it accesses no memory"},
    {"i??.atomic.*8*", "misaligned, effective address", "8 bits are aligned everywhere"},
    {"memory.atomic.notify", "every lane, unshared", "it reads and writes no cell"},
    {"*.load* *.notify", "old value, operand wrap", "it has no operand for the cell"},
    {"*.store*", "zero extension, old value", "it has no result"},
    {kWhole, "zero extension, operand wrap", "its cell is as wide as its operand"},
    {"*.wait*", "old value", "it changes nothing"},
    {"*.load* memory.atomic.*", "unchanged by a trap", "it writes nothing"},
    {"i*", "queues", "it knows no queue"},
    {"*.load* *.store*", "racing updates", "it updates nothing: see racing accesses"},
    {"*.rmw*", "racing accesses", "see racing updates"},
    {"memory.atomic.*", "racing updates, racing accesses", "with other threads it has to do in queues only"},
});

bool concerns(const Reason& reason, std::string_view instruction, std::string_view property) {
  const auto listed = [](std::string_view list) { return ", " + std::string(list) + ","; };
  return matches_any(instruction, reason.instructions) &&
         (reason.properties == "*" || listed(reason.properties).find(listed(property)) != std::string::npos);
}

}  // namespace

std::span<const Property> properties() { return kProperties; }

std::vector<MatrixRow> matrix(const std::vector<DescribedTest>& tests) {
  std::vector<MatrixRow> rows;
  for (const InstrInfo& info : kInstructions) {
    if (info.feature != Feature::threads) continue;
    MatrixRow row{.instruction = info.text, .cells = {}};
    for (const Property& property : kProperties) {
      Cell cell;
      cell.files = static_cast<size_t>(std::count_if(tests.begin(), tests.end(), [&](const DescribedTest& test) {
        return test.instructions.contains(info.text) && matches_any(test.name, property.files) &&
               matches_any(info.text, property.instructions);
      }));
      const auto* const reason = std::find_if(kReasons.begin(), kReasons.end(), [&](const Reason& each) {
        return concerns(each, info.text, property.name);
      });
      if (cell.files == 0 && reason != kReasons.end()) cell.reason = reason->text;
      row.cells.push_back(cell);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> matrix_faults(const std::vector<MatrixRow>& rows) {
  std::vector<std::string> found;
  std::set<std::string_view> used;
  for (const MatrixRow& row : rows) {
    for (size_t i = 0; i < kProperties.size(); ++i) {
      used.insert(row.cells[i].reason);
      if (row.cells[i].files == 0 && row.cells[i].reason.empty())
        found.push_back(
            fmt::format("no file of '{}' mentions {}, and no reason is given", kProperties[i].name, row.instruction));
    }
  }
  for (const Reason& reason : kReasons) {
    if (!used.contains(reason.text)) found.push_back(fmt::format("a reason for no empty cell: {}", reason.text));
  }
  return found;
}

}  // namespace weft::conformance
