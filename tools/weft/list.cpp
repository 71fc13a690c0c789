// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "interp/instructions.h"
#include "suite/faults/fault.h"
#include "tools/weft/commands.h"
#include "tools/weft/json.h"
#include "tools/weft/kernels.h"
#include "tools/weft/list_tests.h"
#include "tools/weft/runtimes.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "WHAT",
    .summary =
        "Lists what there is: the instructions, with encoding, type, proposal and place in the specification; the "
        "tests\nof the suite; the faults that 'weft mutate' plants; the kernels that were built; the runtimes that "
        "'weft test "
        "--runtime'\nknows, and which of them are installed.",
    .examples =
        "  weft list instructions                  the instruction table\n"
        "  weft list instructions --json           the same for a program\n"
        "  weft list tests                         the tests, with their titles\n"
        "  weft list tests --coverage              what they cover, as in wast/COVERAGE.md\n"
        "  weft list faults                        the planted faults\n"
        "  weft list kernels                       the kernels: folder, size for tests, size for 'weft bench'\n"
        "  weft list runtimes                      the runtimes: version here, forms in which they take tests\n",
    .details =
        "Instructions: the type column shows operands and results; 'addr' is the address type of the memory, '*' a "
        "rule of\nthe instruction's own. The last column is the anchor of the execution rule in the specification.\n"
        "Faults: 'family' marks one that is planted in many instructions, one at a time, 'threads' one that it takes "
        "two\nthreads to see. Last are the real bugs of its shape.\n"
        "Kernels: the column behind the sizes is 1 for those that have one thread. With --json also the forms.\n",
};

/// The opcode as it stands in a module: the prefix byte, then the number in LEB128; without a prefix the byte alone.
std::vector<uint8_t> encoding(const InstrInfo& info) {
  if (info.prefix == 0) return {static_cast<uint8_t>(info.code)};
  std::vector<uint8_t> bytes{info.prefix};
  uint32_t rest = info.code;
  for (; rest >= 0x80; rest >>= 7) bytes.push_back(static_cast<uint8_t>(rest | 0x80));
  bytes.push_back(static_cast<uint8_t>(rest));
  return bytes;
}

std::vector<std::string> type_names(std::string_view letters) {
  std::vector<std::string> names;
  for (const char letter : letters) {
    const auto type = value_type(letter);
    names.emplace_back(type ? to_string(*type) : "addr");
  }
  return names;
}

std::string type(const InstrInfo& info) {
  if (info.is_special()) return "*";
  return fmt::format("[{}] -> [{}]", fmt::join(type_names(info.operands()), " "),
                     fmt::join(type_names(info.results()), " "));
}

void print_instructions() {
  for (const InstrInfo& info : kInstructions) {
    fmt::print("{:35} {:8} {:28} {:23} {}\n", info.text, fmt::format("{:02x}", fmt::join(encoding(info), " ")),
               type(info), to_string(info.feature), info.anchor);
  }
}

void print_faults() {
  for (const fault::Fault& fault : fault::faults()) {
    fmt::print("{:43} {:6} {:7} {} ({})\n", fault.id, fault.rows.empty() ? "" : "family",
               fault.concurrent ? "threads" : "", fault.title, fault.like);
  }
}

nlohmann::ordered_json instruction_row(const InstrInfo& info) {
  nlohmann::ordered_json row{{"text", info.text}, {"opcode", encoding(info)}};
  if (!info.is_special()) row["operands"] = type_names(info.operands()), row["results"] = type_names(info.results());
  row["access"] = info.access;
  row["feature"] = to_string(info.feature);
  row["anchor"] = info.anchor;
  return row;
}

/// Of a family: the instructions too, each of which stands for those of its width and type.
nlohmann::ordered_json fault_row(const fault::Fault& fault) {
  nlohmann::ordered_json row{{"id", fault.id}, {"title", fault.title}, {"like", fault.like}};
  row["concurrent"] = fault.concurrent;
  if (fault.rows.empty()) return row;
  for (const fault::Variant& variant : fault::variants(fault)) row["instructions"].push_back(variant.row);
  return row;
}

}  // namespace

int list(const Arguments& arguments) {
  CommandLine line("list", kHelp);
  bool json = false, coverage = false;
  line.flag("--json", json, "write JSON");
  line.flag("--coverage", coverage, "of the tests: the places, properties and bugs that they cover, as Markdown");
  if (const auto status = line.parse(arguments)) return *status;

  if (const auto status = line.expect_operands(1)) return *status;
  const std::string& subject = line.operands().front();
  if (coverage && (subject != "tests" || json))
    return line.usage_error("--coverage is for 'tests', and without --json");
  if (subject == "instructions") {
    json ? print_json(kInstructions, instruction_row) : print_instructions();
  } else if (subject == "tests") {
    return list_tests(line, coverage ? TestList::coverage : json ? TestList::json : TestList::names);
  } else if (subject == "faults") {
    json ? print_json(fault::faults(), fault_row) : print_faults();
  } else if (subject == "kernels") {
    return list_kernels(line, json);
  } else if (subject == "runtimes") {
    return list_runtimes(line, json);
  } else {
    const std::vector<std::string> subjects{"instructions", "tests", "faults", "kernels", "runtimes"};
    return line.usage_error(fmt::format("cannot list '{}'{}", subject, suggestion(subject, subjects)));
  }
  return kAsExpected;
}

}  // namespace weft::cli
