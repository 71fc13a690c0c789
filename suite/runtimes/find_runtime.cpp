// SPDX-License-Identifier: Apache-2.0
#include <glob.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>

#include "suite/conformance/child.h"
#include "suite/runtimes/adapter.h"
#include "suite/runtimes/command.h"

namespace weft::runtimes {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& path) {
  std::error_code error;
  return access(path.c_str(), X_OK) == 0 && !fs::is_directory(path, error);
}

std::string variable(const std::string& name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

/// The first program that the glob pattern names.
std::optional<fs::path> find_by_pattern(const fs::path& pattern) {
  glob_t found{};
  const std::unique_ptr<glob_t, decltype(&globfree)> freed(&found, &globfree);
  if (glob(pattern.c_str(), 0, nullptr, &found) != 0) return std::nullopt;
  for (size_t i = 0; i < found.gl_pathc; ++i) {
    if (is_program(found.gl_pathv[i])) return found.gl_pathv[i];
  }
  return std::nullopt;
}

std::optional<fs::path> find_program(const Adapter& adapter, const fs::path& sources) {
  if (const std::string told = adapter.variable.empty() ? "" : variable(adapter.variable); !told.empty())
    return is_program(told) ? std::optional<fs::path>(fs::absolute(told)) : std::nullopt;
  for (const std::string& pattern : adapter.npm) {
    if (auto found = find_by_pattern(sources / "tools/node_modules" / pattern)) return found;
  }
  for (const std::string& name : adapter.path) {
    if (auto found = find_in_path(name)) return found;
  }
  return std::nullopt;
}

/// The program of node, where it has what it takes to drive a browser.
std::optional<fs::path> find_node(const fs::path& sources) {
  const auto node = read_adapter(sources / "suite/runtimes/node.json");
  if (!node || !fs::exists(sources / "tools/node_modules/puppeteer-core")) return std::nullopt;
  return find_program(*node, sources);
}

std::string version_of(const Adapter& adapter, const std::map<std::string, std::string>& values) {
  static const Pattern kNumber = *Pattern::compile(R"((?:^|[^0-9+.])([0-9]+(\.[0-9]+)+))");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  auto child = conformance::Child::start(fill(adapter.version, values, {}), adapter.environment);
  if (!child) return "?";
  std::string output;
  child->read_all(output, size_t{64} * 1024, deadline);
  const auto found = (adapter.version_pattern.is_empty() ? kNumber : adapter.version_pattern).find(output);
  return found && found->size() > 1 ? (*found)[1] : "?";
}

}  // namespace

std::optional<fs::path> find_in_path(std::string_view name) {
  const std::string path = variable("PATH");
  for (std::string_view rest = path; !rest.empty();) {
    const size_t colon = rest.find(':');
    auto candidate = fs::path(rest.substr(0, colon)) / name;
    if (is_program(candidate)) return candidate;
    rest = colon == std::string_view::npos ? "" : rest.substr(colon + 1);
  }
  return std::nullopt;
}

std::optional<Runtime> find_runtime(const Adapter& adapter, const fs::path& sources) {
  const auto program = find_program(adapter, sources);
  const auto node = adapter.by_node ? find_node(sources) : std::optional<fs::path>("");
  if (!program || !node) return std::nullopt;
  return Runtime{adapter, program->string(),
                 version_of(adapter, {{"program", program->string()}, {"sources", sources.string()}}), node->string()};
}

}  // namespace weft::runtimes
