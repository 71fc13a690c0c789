// SPDX-License-Identifier: Apache-2.0
//
// generate_tests [--check] FOLDER: writes the generated tests into FOLDER, which is wast/, and removes those that are
// generated no more. With --check it changes nothing, says what is stale, missing or surplus, and then exits with 1.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tools/generate/properties.h"

namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The files below `folder` that carry the marker, by their paths there.
std::set<std::string> generated_before(const fs::path& folder) {
  std::set<std::string> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".wast") continue;
    if (contents(entry.path()).find(fmt::format("\n{}\n", weft::generate::kMarker)) != std::string::npos)
      paths.insert(entry.path().lexically_relative(folder).string());
  }
  return paths;
}

}  // namespace

int main(int argc, char** argv) {
  const bool check = argc == 3 && std::string_view(argv[1]) == "--check";
  if (argc != 2 && !check) {
    fmt::print(stderr, "usage: generate_tests [--check] FOLDER\n");
    return 2;
  }
  const fs::path folder = argv[argc - 1];
  if (!fs::is_directory(folder)) {
    fmt::print(stderr, "generate_tests: no folder {}\n", folder.string());
    return 3;
  }
  const std::vector<weft::generate::File> files = weft::generate::all_files();
  std::set<std::string> surplus = generated_before(folder);
  size_t wrong = 0;
  for (const auto& [path, text] : files) {
    const bool existed = surplus.erase(path) != 0;
    if (existed && contents(folder / path) == text) continue;
    ++wrong;
    if (check) {
      fmt::print("{}: {}\n", path, existed ? "stale" : "missing");
    } else if (std::ofstream out(folder / path, std::ios::binary); !(out << text).flush()) {
      fmt::print(stderr, "cannot write {}\n", (folder / path).string());
      return 3;
    }
  }
  for (const std::string& path : surplus) {
    if (check) {
      fmt::print("{}: surplus\n", path);
    } else {
      fs::remove(folder / path);
    }
  }
  wrong += surplus.size();
  fmt::print("{} generated tests, {} {}\n", files.size(), wrong, check ? "not as they should be" : "changed");
  return check && wrong != 0 ? 1 : 0;
}
