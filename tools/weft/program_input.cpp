// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/program_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tools/weft/arguments.h"
#include "tools/weft/module_file.h"

namespace weft::cli {
namespace {

using Ending = ProgramResult::Kind;

/// The ending of a program that did not begin: what it was to be given cannot be had.
ProgramResult not_begun(Ending kind, std::string message) {
  return {.kind = kind, .error = {ErrorKind::host, std::move(message), ""}};
}

/// Adds the bytes of a file to what an invocation is to find in memory. Nothing, or how the program ended.
std::optional<ProgramResult> add_data(ProgramOptions& options, const std::string& path, ProgramData data) {
  auto bytes = read_file(path);
  if (!bytes) return not_begun(Ending::failed, fmt::format("{}: {}", path, bytes.error().message));
  data.bytes = *std::move(bytes);
  options.data.push_back(std::move(data));
  return std::nullopt;
}

}  // namespace

std::optional<ProgramResult> take_directories(const std::vector<std::string>& words, ProgramOptions& options) {
  for (const std::string& word : words) {
    const size_t colons = word.find("::");
    Preopen directory{word.substr(0, colons), colons == std::string::npos ? word : word.substr(colons + 2)};
    if (directory.host.empty() || directory.guest.empty())
      return not_begun(Ending::usage, fmt::format("--dir: wants HOST::GUEST or DIR, not '{}'", word));
    options.directories.push_back(std::move(directory));
  }
  return std::nullopt;
}

std::optional<ProgramResult> take_data(const std::vector<std::string>& words, ProgramOptions& options) {
  for (const std::string& word : words) {
    const size_t end = word.find('=');
    const auto address = end == std::string::npos ? std::nullopt : parse_value(ValType::i64, word.substr(0, end));
    if (!address) return not_begun(Ending::usage, fmt::format("--data: wants ADDR=FILE, not '{}'", word));
    if (auto failed = add_data(options, word.substr(end + 1), {.address = address->lo})) return failed;
  }
  return std::nullopt;
}

std::optional<ProgramResult> take_arguments(const Module& module, ProgramOptions& options) {
  for (const Export& exported : module.exports) {
    if (exported.kind != ExternKind::func || exported.name != *options.invoke) continue;
    const std::vector<ValType>& types = module.function_type(exported.index).params;
    std::vector<std::string> words(options.args.begin() + 1, options.args.end());
    for (size_t i = 0; i < std::min(words.size(), types.size()); ++i) {
      if (!words[i].starts_with('@') || (types[i] != ValType::i32 && types[i] != ValType::i64)) continue;
      if (auto failed = add_data(options, words[i].substr(1), {.argument = i})) return failed;
      words[i].assign(1, '0');
    }
    auto values = parse_arguments(types, words);
    if (!values) return not_begun(Ending::usage, fmt::format("{}: {}", *options.invoke, values.error().message));
    options.arguments = *std::move(values);
  }
  return std::nullopt;
}

}  // namespace weft::cli
