// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "interp/instructions.h"
#include "tools/weft/commands.h"
#include "tools/weft/json.h"
#include "tools/weft/list_tests.h"

namespace weft::cli {
namespace {

constexpr Help kHelp{
    .arguments = "WHAT",
    .summary =
        "Lists what there is: every instruction, with its encoding, type, proposal and place in the specification, or\n"
        "every test of the suite, with its title.",
    .examples =
        "  weft list instructions                  the instruction table\n"
        "  weft list instructions --json           the same for a program\n"
        "  weft list tests                         the tests of the suite\n"
        "  weft list tests --coverage              what they cover, as in wast/COVERAGE.md\n",
    .details =
        "WHAT is 'instructions' or 'tests'. The type column of the instructions shows operands and results; 'addr' is\n"
        "the address type of the memory, '*' a rule of the instruction's own. The last column is the anchor of the\n"
        "execution rule in the specification.\n",
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
  static constexpr std::array<std::pair<char, std::string_view>, 6> kNames{
      {{'i', "i32"}, {'I', "i64"}, {'f', "f32"}, {'F', "f64"}, {'v', "v128"}, {'a', "addr"}}};
  std::vector<std::string> names;
  for (const char letter : letters) {
    const auto* const found =
        std::find_if(kNames.begin(), kNames.end(), [letter](const auto& entry) { return entry.first == letter; });
    names.emplace_back(found != kNames.end() ? found->second : "?");
  }
  return names;
}

std::string type(const InstrInfo& info) {
  if (info.is_special()) return "*";
  return fmt::format("[{}] -> [{}]", fmt::join(type_names(info.operands()), " "),
                     fmt::join(type_names(info.results()), " "));
}

void print_table() {
  for (const InstrInfo& info : kInstructions) {
    fmt::print("{:35} {:8} {:28} {:23} {}\n", info.text, fmt::format("{:02x}", fmt::join(encoding(info), " ")),
               type(info), to_string(info.feature), info.anchor);
  }
}

/// One row a line, which is what `grep` and `diff` like.
void print_json() {
  const char* separator = "[\n";
  for (const InstrInfo& info : kInstructions) {
    nlohmann::ordered_json row{{"text", info.text}, {"opcode", encoding(info)}};
    if (!info.is_special()) row["operands"] = type_names(info.operands()), row["results"] = type_names(info.results());
    row["access"] = info.access;
    row["feature"] = to_string(info.feature);
    row["anchor"] = info.anchor;
    fmt::print("{}{}", std::exchange(separator, ",\n"), to_text(row));
  }
  fmt::print("\n]\n");
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
  const std::vector<std::string> subjects{"instructions", "tests"};
  if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end())
    return line.usage_error(fmt::format("cannot list '{}'{}", subject, suggestion(subject, subjects)));
  if (coverage && (subject != "tests" || json))
    return line.usage_error("--coverage is for 'tests', and without --json");
  if (subject == "tests")
    return list_tests(line, coverage ? TestList::coverage : json ? TestList::json : TestList::names);
  json ? print_json() : print_table();
  return kAsExpected;
}

}  // namespace weft::cli
