// SPDX-License-Identifier: Apache-2.0
//
// generate_tests [--check] FOLDER: writes the generated tests into FOLDER, which is wast/, and removes those that are
// generated no more. With --check it changes nothing, says what is stale, missing or surplus, and then exits with 1.
//
// generate_tests --litmus FILE FOLDER: writes the litmus tests of a JSON document into FOLDER, as scripts.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tools/generate/litmus_test.h"
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

bool write(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  if ((out << text).flush()) return true;
  fmt::print(stderr, "cannot write {}\n", path.string());
  return false;
}

/// Prints the error of a test, with its place in front.
int refuse(const weft::Error& error) {
  fmt::print(stderr, "{}: {}\n", error.where, error.message);
  return 3;
}

/// The litmus tests of a document, each a file in `folder`.
int write_litmus(const fs::path& document, const fs::path& folder) {
  if (!fs::is_regular_file(document)) return refuse({weft::ErrorKind::host, "cannot be read", document.string()});
  const auto tests = weft::generate::read_litmus_tests(contents(document));
  if (!tests)
    return refuse({tests.error().kind, tests.error().message, document.string() + ": " + tests.error().where});
  for (const weft::generate::LitmusTest& test : *tests) {
    const auto script = weft::generate::write_litmus_script(test);
    const std::string where = fmt::format("{}: {}", document.string(), test.name);
    if (!script) return refuse({script.error().kind, script.error().message, where + ": " + script.error().where});
    if (!write(folder / weft::generate::file_name(test), *script)) return 3;
  }
  fmt::print("{} litmus tests\n", tests->size());
  return 0;
}

int write_all(const fs::path& folder, bool check) {
  auto litmus = weft::generate::litmus_files();
  if (!litmus) return refuse(litmus.error());
  std::vector<weft::generate::File> files = weft::generate::all_files();
  std::move(litmus->begin(), litmus->end(), std::back_inserter(files));
  std::set<std::string> surplus = generated_before(folder);
  size_t wrong = 0;
  for (const auto& [path, text] : files) {
    const bool existed = surplus.erase(path) != 0;
    if (existed && contents(folder / path) == text) continue;
    ++wrong;
    if (check) {
      fmt::print("{}: {}\n", path, existed ? "stale" : "missing");
    } else if (!write(folder / path, text)) {
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

}  // namespace

int main(int argc, char** argv) {
  const std::string_view option = argc > 2 ? argv[1] : "";
  const bool check = argc == 3 && option == "--check", litmus = argc == 4 && option == "--litmus";
  if (argc != 2 && !check && !litmus) {
    fmt::print(stderr, "usage: generate_tests [--check] FOLDER\n       generate_tests --litmus FILE FOLDER\n");
    return 2;
  }
  const fs::path folder = argv[argc - 1];
  if (!fs::is_directory(folder)) {
    fmt::print(stderr, "generate_tests: no folder {}\n", folder.string());
    return 3;
  }
  return litmus ? write_litmus(argv[2], folder) : write_all(folder, check);
}
