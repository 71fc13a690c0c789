// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/node.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "suite/conformance/child.h"
#include "suite/stress/modes.h"
#include "suite/stress/tally.h"
#include "suite/text/encode.h"

namespace weft::stress {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A folder for the time of a run.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "weft-litmus-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Writes one layout's modules, and says how to use them.
json write(const StressModules& modules, const fs::path& folder) {
  const auto file = [&](const Module& module, const std::string& name) {
    const std::vector<uint8_t> bytes = encode(module);
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return name;
  };
  const char* layout = modules.layout.spread ? "spread" : "dense";
  json parts = json::array();
  for (const Part& part : modules.parts) {
    parts.push_back({{"file", file(modules.loops[part.number], fmt::format("{}.{}.wasm", layout, part.number))},
                     {"thread", part.is_thread},
                     {"out", modules.layout.out[part.number]},
                     {"record", modules.records[part.number].size()}});
  }
  return {{"parts", parts}, {"reset", file(modules.reset, fmt::format("{}.reset.wasm", layout))}};
}

std::string from_hex(const std::string& digits) {
  std::string bytes;
  for (size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoul(digits.substr(i, 2), nullptr, 16));
  return bytes;
}

Error host(std::string message) { return {ErrorKind::host, std::move(message), {}}; }

/// Until the driver has said what it saw. It says something now and then, so that one that stands still is known.
Result<json> read_report(conformance::Child& child, const Options& options, std::string& stuck) {
  std::string line, said;
  for (;;) {
    switch (child.read_line(line, std::chrono::steady_clock::now() + options.patience)) {
      case conformance::Child::Read::late:
        stuck = "a thread came to no end";
        child.kill();
        return json();
      case conformance::Child::Read::too_much:  // of a whole output only
      case conformance::Child::Read::end: stuck = said.empty() ? "node said nothing" : said; return json();
      case conformance::Child::Read::line: break;
    }
    if (line == "running") continue;
    json report = json::parse(line, nullptr, false);
    if (report.is_object()) return report;
    said += (said.empty() ? "" : "\n  ") + line;
  }
}

}  // namespace

Result<Observed> run_on_node(const model::Litmus& litmus, const Footprint& footprint, const Options& options,
                             const Node& node) {
  const Scratch scratch;
  if (scratch.path().empty()) return host("no folder for temporary files");
  std::vector<StressModules> layouts;
  json plan{
      {"threads", litmus.threads.size()}, {"iterations", options.iterations}, {"before", litmus.before.has_value()}};
  uint32_t pages = 0;
  for (const bool spread : {false, true}) {
    auto modules = make_stress_modules(litmus, footprint, spread);
    if (!modules) return modules.error();
    pages = std::max(pages, modules->layout.pages);
    layouts.push_back(std::move(*modules));
  }
  for (StressModules& modules : layouts) {
    modules.set_pages(pages);
    plan["layouts"].push_back(write(modules, scratch.path()));
  }
  plan["pages"] = pages;
  for (const Mode& mode : kModes)
    plan["modes"].push_back(
        {{"layout", mode.spread ? 1 : 0}, {"cells", mode.cells}, {"stride", mode.stride}, {"together", mode.together}});
  std::ofstream file(scratch.path() / "plan.json");
  if (!(file << plan.dump()).flush()) return host(fmt::format("cannot write to {}", scratch.path().string()));

  auto child = conformance::Child::start({node.program, node.driver, scratch.path().string()});
  if (!child) return child.error();
  Observed observed;
  observed.in_place = true;
  const auto report = read_report(*child, options, observed.stuck);
  if (!report || !report->is_object()) return observed;
  Tally tally;
  for (const auto& [records, count] : (*report)["counts"].items()) tally.add(from_hex(records), count);
  tally.tell(layouts[0], observed);
  observed.seconds = (*report)["seconds"];
  return observed;
}

}  // namespace weft::stress
