// SPDX-License-Identifier: Apache-2.0
//
// What every command shares: exit codes, options with their help, messages and colour. A command is one function in one
// file.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

/// Users' scripts rely on these. `weft run` adds the guest's own status, 0 to 255.
enum ExitCode : int {
  kAsExpected = 0,
  kUnexpected = 1,    ///< a failed test; a module that is malformed, invalid or cannot be linked
  kUsage = 2,         ///< the command line
  kEnvironment = 3,   ///< a file, the operating system, no test found
  kUnsupported = 77,  ///< a single test that cannot run here; ctest calls it skipped
  kTimedOut = 124,    ///< weft run --timeout
  kInterrupted = 130,
  kTrapped = 134,  ///< weft run: trap or exhaustion
};

using Arguments = std::vector<std::string>;

/// The pages of help. The lists of options are made from the options themselves.
struct Help {
  std::string_view arguments;  ///< after the options in the usage line: "MODULE [ARGS…]"
  std::string_view summary;    ///< one sentence
  std::string_view examples;   ///< command lines, each with what it does
  std::string_view details;    ///< what the long help says beyond that: behaviour, exit codes
};

/// The command line of one command: declare options, then parse. An option's variable keeps its value when the option
/// is not given. CLI11 does the work, out of sight: it is a large header, and its wording changes from version to
/// version. Not thread-safe.
class CommandLine {
 public:
  CommandLine(std::string name, const Help& help);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  void flag(const std::string& name, bool& value, const std::string& description);
  void text(const std::string& name, std::optional<std::string>& value, const char* placeholder,
            const std::string& description);
  /// An option that may be given several times.
  void texts(const std::string& name, std::vector<std::string>& values, const char* placeholder,
             const std::string& description);
  void number(const std::string& name, std::optional<uint64_t>& value, const std::string& description);
  /// A number that is not 0.
  void count(const std::string& name, std::optional<uint64_t>& value, const std::string& description);
  /// The value is a duration ("20s", "150ms", "2m", "500us"; a bare number is seconds).
  void duration(const std::string& name, std::optional<std::chrono::nanoseconds>& value,
                const std::string& description);
  /// The value is a size in bytes ("1G", "64M", "65536").
  void size(const std::string& name, std::optional<uint64_t>& value, const std::string& description);
  /// Everything from the first operand on goes to operands(), options included: they are the guest's.
  void stop_at_first_operand();

  /// The exit code when the command ends here (help was asked for, or the command line is wrong), else nothing.
  [[nodiscard]] std::optional<int> parse(const Arguments& arguments);
  /// What was not an option, in order.
  const std::vector<std::string>& operands() const { return operands_; }
  /// kUsage, said why, unless there are exactly so many operands.
  [[nodiscard]] std::optional<int> expect_operands(size_t count) const;
  /// Prints "weft NAME: message" and a hint, for a mistake that parse() cannot see. Returns kUsage.
  int usage_error(std::string_view message) const;
  /// Prints "weft NAME: message".
  void error(std::string_view message) const;

 private:
  struct Options;
  std::string usage() const;
  std::string help(bool with_examples) const;
  std::optional<std::string> complaint() const;

  std::string name_;
  Help help_;
  std::unique_ptr<Options> options_;
  std::vector<std::string> operands_;
};

/// Messages go to standard error: "who: message". Thread-safe.
void print_error(std::string_view who, std::string_view message);

/// Whether to write colour to a stream: as --color and NO_COLOR say, else whether it is a terminal.
bool use_color(FILE* stream);
/// Text in bold red, bold green or bold yellow if the stream takes colour.
enum class Color : uint8_t { red = 31, green = 32, yellow = 33 };
std::string paint(FILE* stream, Color color, std::string_view text);

/// The candidate with the smallest edit distance to the word, if one is near enough to be meant.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);
/// "; did you mean 'list'?", or nothing.
std::string suggestion(std::string_view word, std::span<const std::string> candidates);

std::optional<uint64_t> parse_number(std::string_view text);
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);
std::optional<uint64_t> parse_size(std::string_view text);

}  // namespace weft::cli
