// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/kernels.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "suite/conformance/front_matter.h"
#include "tools/weft/json.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {
namespace {

/// What the source says of itself before the first full stop, in one line.
std::string first_sentence(const std::filesystem::path& source) {
  std::ifstream in(source);
  std::string text;
  for (std::string line; std::getline(in, line) && line.starts_with("//");) {
    if (line.find("SPDX") != std::string::npos || line.size() < 4) continue;
    text.append(line, line.find_first_not_of("/! ")).push_back(' ');
    if (const size_t end = text.find(". "); end != std::string::npos) return text.substr(0, end);
  }
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

nlohmann::ordered_json to_json(const Kernel& kernel) {
  nlohmann::ordered_json row{{"name", kernel.name},
                             {"folder", kernel.source.parent_path().filename().string()},
                             {"source", kernel.source.string()},
                             {"size", kernel.size}};
  if (kernel.bench_size) row["bench_size"] = *kernel.bench_size;
  if (kernel.threads) row["threads"] = *kernel.threads;
  row["forms"] = kernel.forms;
  row["title"] = first_sentence(kernel.source);
  return row;
}

}  // namespace

bool Kernel::has_form(std::string_view form) const {
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

std::string Kernel::usual_form() const { return has_form("rust") ? "rust" : "O2"; }

std::filesystem::path kernel_folder() {
  return std::filesystem::path(this_program()).parent_path().parent_path() / "kernels";
}

std::filesystem::path kernel_module(const std::filesystem::path& folder, const Kernel& kernel, std::string_view form) {
  const std::string file = kernel.name + ".wasm";
  return form == kernel.usual_form() ? folder / file : folder / "forms" / form / file;
}

std::vector<Kernel> read_kernels(const std::filesystem::path& folder) {
  std::vector<Kernel> kernels;
  std::ifstream in(folder / "kernels.txt");
  for (std::string name, size, bench_size, threads, forms, source;
       in >> name >> size >> bench_size >> threads >> forms && std::getline(in >> std::ws, source);) {
    Kernel kernel{.name = name, .size = size, .bench_size = {}, .threads = {}, .forms = {}, .source = source};
    if (bench_size != "-") kernel.bench_size = bench_size;
    if (threads != "-") kernel.threads = parse_number(threads);
    if (forms != "-") kernel.forms = conformance::split(forms, ",");
    kernels.push_back(std::move(kernel));
  }
  std::sort(kernels.begin(), kernels.end(), [](const Kernel& a, const Kernel& b) { return a.name < b.name; });
  return kernels;
}

int list_kernels(const CommandLine& line, bool json) {
  const std::vector<Kernel> kernels = read_kernels(kernel_folder());
  if (kernels.empty()) {
    line.error(fmt::format("{}: no kernels were built there", kernel_folder().string()));
    return kEnvironment;
  }
  if (json) {
    print_json(kernels, to_json);
    return kAsExpected;
  }
  for (const Kernel& kernel : kernels) {
    fmt::print("{:18} {:9} {:>8} {:>9} {:>2}  {}\n", kernel.name, kernel.source.parent_path().filename().string(),
               kernel.size, kernel.bench_size.value_or("-"), kernel.threads ? std::to_string(*kernel.threads) : "-",
               first_sentence(kernel.source));
  }
  return kAsExpected;
}

}  // namespace weft::cli
