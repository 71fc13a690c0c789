// SPDX-License-Identifier: Apache-2.0
//
// Files of litmus tests, as `weft model` and `weft litmus` take them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "suite/model/litmus_file.h"
#include "tools/weft/command.h"

namespace weft::cli {

/// Reads the tests of files, and remembers what the command will exit with. Messages go to the command line.
class LitmusFiles {
 public:
  /// Of all tests, or of the one of that name.
  LitmusFiles(const CommandLine& line, std::optional<std::string> name) : line_(line), name_(std::move(name)) {}

  /// A test, and what messages call it: "sb-u.wast", "tests.json: SB+u".
  using Visit = std::function<void(const std::string& where, const model::StatedLitmus& test)>;
  /// Visits the tests of a file, or of the scripts below a folder that are litmus tests. What cannot be read, or is no
  /// test, is wrong().
  void add(const std::string& path, const Visit& visit);

  /// The environment's fault: "file.wast:12:5: …", "file.json: SB+u: thread 0, column 5: …".
  void wrong(const std::string& where, const Error& error);
  void unexpected() { status_ = std::max<int>(status_, kUnexpected); }
  void unexpected(const std::string& message) {
    line_.error(message);
    unexpected();
  }

  /// What to exit with, once all files were added.
  int finish();

 private:
  void add_file(const std::string& path, const Visit& visit);
  void add_folder(const std::string& path, const Visit& visit);

  const CommandLine& line_;
  const std::optional<std::string> name_;
  bool found_ = false;
  int status_ = kAsExpected;
};

}  // namespace weft::cli
