// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/suite_folders.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>

namespace weft::cli {

namespace fs = std::filesystem;
using conformance::SuiteTest;

Result<std::vector<SuiteTest>> find_tests(const std::vector<std::string>& folders, bool javascript) {
  std::vector<SuiteTest> tests;
  const auto add = [&tests](const fs::path& folder, std::string_view prefix) {
    for (SuiteTest& test : conformance::tests_below(folder, true)) {
      test.name.insert(0, prefix);
      tests.push_back(std::move(test));
    }
  };
  try {
    if (folders.empty()) {
      const fs::path root = WEFT_SOURCES;
      add(root / "wast", "");
      add(root / "kernels/host", "host/");
      const fs::path api = root / "suite/runtimes/js/api";
      std::set<fs::path> files(fs::directory_iterator(api), {});
      for (const fs::path& path : files) {
        if (javascript && path.extension() == ".mjs") tests.push_back({"api/" + path.stem().string(), path});
      }
    }
    for (const std::string& folder : folders) add(folder, "");
  } catch (const fs::filesystem_error& error) {
    return Error{ErrorKind::host,
                 fmt::format("{}: {}{}", error.path1().string(), error.code().message(),
                             folders.empty() ? "; name the suite with --suite" : ""),
                 {}};
  }
  if (tests.empty()) return Error{ErrorKind::host, "no test found", {}};
  return tests;
}

std::string this_program() { return fs::read_symlink("/proc/self/exe").string(); }

}  // namespace weft::cli
