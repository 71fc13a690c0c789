// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "tools/weft/commands.h"
#include "tools/weft/suite_folders.h"

namespace weft::cli {

/// Becomes weft-serve, the program beside this one (tools/serve).
int serve(const Arguments& arguments) {
  const std::string program = this_program() + "-serve";
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  execv(program.c_str(), words.data());
  print_error("weft serve", fmt::format("{}: {}", program, std::generic_category().message(errno)));
  return kEnvironment;
}

}  // namespace weft::cli
