// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/runtimes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tools/weft/json.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

namespace fs = std::filesystem;
using runtimes::Adapter;

std::vector<std::string> forms(const Adapter& adapter) {
  std::vector<std::string> result;
  result.reserve(adapter.modes.size());
  for (const runtimes::Mode& mode : adapter.modes) result.emplace_back(to_string(mode.form));
  return result;
}

nlohmann::ordered_json to_json(const Adapter& adapter) {
  nlohmann::ordered_json row{{"name", adapter.name}, {"title", adapter.title}, {"forms", forms(adapter)}};
  row["lacks"] = adapter.lacks;
  row["expected_failures"] = adapter.expect.size();
  if (const auto runtime = find_runtime(adapter)) row["program"] = runtime->program, row["version"] = runtime->version;
  return row;
}

}  // namespace

Result<std::vector<Adapter>> read_adapters(const std::vector<std::string>& others) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(WEFT_SOURCES) / "suite/runtimes", error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  files.insert(files.end(), others.begin(), others.end());
  std::vector<Adapter> adapters;
  for (const fs::path& file : files) {
    auto adapter = runtimes::read_adapter(file);
    if (!adapter) return adapter.error();
    std::erase_if(adapters, [&](const Adapter& one) { return one.name == adapter->name; });  // a file of one's own wins
    adapters.push_back(std::move(*adapter));
  }
  return adapters;
}

std::optional<runtimes::Runtime> find_runtime(const Adapter& adapter) {
  if (adapter.name == "weft") return runtimes::Runtime{adapter, this_program(), WEFT_VERSION};
  return runtimes::find_runtime(adapter, WEFT_SOURCES);
}

int list_runtimes(const CommandLine& line, bool json) {
  const auto adapters = read_adapters();
  if (!adapters) {
    line.error(fmt::format("{}: {}", adapters.error().where, adapters.error().message));
    return kEnvironment;
  }
  if (json) {
    print_json(*adapters, to_json);
    return kAsExpected;
  }
  for (const Adapter& adapter : *adapters) {
    const auto runtime = find_runtime(adapter);
    fmt::print("{:12} {:12} {:24} {}\n", adapter.name, runtime ? runtime->version : "missing",
               fmt::format("{}", fmt::join(forms(adapter), ", ")), adapter.title);
  }
  return kAsExpected;
}

}  // namespace weft::cli
