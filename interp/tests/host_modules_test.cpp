// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

#include "interp/tests/host_modules.h"

namespace weft {
namespace {

TEST(HostModules, HexIsTheTextAssembled) {
  if (std::system("command -v wat2wasm > /dev/null") != 0) GTEST_SKIP() << "wat2wasm is not installed";
  const auto folder = std::filesystem::temp_directory_path() / ("weft-host-modules-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  for (const TestModule* module :
       {&kWasiCalls, &kThreads, &kOwnMemory, &kUnsharedMemory, &kWriters, &kPlain, &kStartExits, &kStartTraps,
        &kUnknownImport, &kWrongImport, &kEmscripten, &kEmscripten4}) {
    std::ofstream(folder / "module.wat") << module->wat;
    const std::string command =
        "wat2wasm --enable-threads " + (folder / "module.wat").string() + " -o " + (folder / "module.wasm").string();
    ASSERT_EQ(std::system(command.c_str()), 0) << module->wat;
    std::ifstream file(folder / "module.wasm", std::ios::binary);
    const std::vector<uint8_t> assembled{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    EXPECT_EQ(module->bytes(), assembled) << module->wat;
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace weft
