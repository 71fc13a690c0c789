// SPDX-License-Identifier: Apache-2.0
//
// A runtime as its file NAME.json describes it: how to find it, how to run each form of a test on it, what it lacks,
// how it words what happens, and which failures are known. suite/runtimes/README.md describes the file.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "interp/error.h"
#include "suite/runtimes/lowering.h"

namespace weft::runtimes {

/// A command line with placeholders, "{file}" for instance.
using Command = std::vector<std::string>;

/// A regular expression for one line of output, as it stands in the file.
class Pattern {
 public:
  Pattern() = default;
  /// Error: host, when it is none.
  static Result<Pattern> compile(const std::string& text);

  bool is_empty() const { return text_.empty(); }
  /// The groups in the first line that it is found in, the whole match first. Lines are looked at up to their 1000th
  /// byte. Thread-safe.
  std::optional<std::vector<std::string>> find(std::string_view output) const;
  /// The groups of each line that it is found in. Thread-safe.
  std::vector<std::vector<std::string>> find_all(std::string_view output) const;

 private:
  std::string text_;
  std::regex regex_;
};

/// How the tests of one form are run.
struct Mode {
  Form form{};
  std::vector<Command> commands;   ///< one after the other, until one fails; the last one's end counts
  Command driver;                  ///< stays, and is asked what `commands`, then one, would end it with (driver.h)
  std::vector<Command> load;       ///< to load a module and no more, for what must be accepted or rejected
  Pattern result;                  ///< of `exports`: the group is what the export gave
  Pattern failure, skip, warning;  ///< of a script or plan: the groups are a line of it, and a message
  Pattern passed;                  ///< of a script or plan: the group is the number of commands that passed
  Pattern place;    ///< of a script: the group is the line that the runtime is at, where a failure does not tell
  Pattern refusal;  ///< of a script: the group is why the runtime cannot read it
  std::map<std::string, std::vector<std::string>> options;  ///< those of a feature, for "{options}"
};

/// How `weft bench` runs a kernel of kernels/ that was built in any of these forms.
struct KernelMode {
  std::vector<std::string> forms;  ///< the first that a kernel has
  Command command;                 ///< "{file}": the module; the kernel's arguments follow
};

/// Tests that cannot be asked of the runtime: they would hang it, for instance.
struct Exclusion {
  std::string tests;  ///< names, or glob patterns for names, with spaces between
  std::string reason, link;
};

/// A failure that is known.
struct Expectation {
  std::string tests;            ///< names, or glob patterns for names, with spaces between
  std::vector<uint32_t> lines;  ///< of the script; none: whatever fails there
  std::string reason, link;
  bool is_sometimes = false;  ///< it may pass: a race
};

/// Immutable, and then thread-safe.
struct Adapter {
  std::string name, title;
  std::string variable;                ///< of the environment: the path of the program, before all else
  std::vector<std::string> npm, path;  ///< below tools/node_modules, a glob pattern; names that PATH is searched for
  bool by_node = false;                ///< a program for node, with puppeteer-core, drives it: both must be here too
  Command version{"{program}", "--version"};
  Pattern version_pattern;  ///< the group is the version; empty: the first dotted number
  std::vector<std::string> environment;
  std::vector<Mode> modes;          ///< the first one that has a test is the one it is run in
  std::vector<KernelMode> kernels;  ///< likewise
  Pattern trap, rejected, accepted;
  std::map<std::string, std::string> lacks;  ///< features, "threads", "wait" or "timeout", and the reason
  std::vector<Exclusion> leave_out;
  std::vector<Expectation> expect;
};

/// Reads the file of an adapter. Errors: malformed, where and what; host, when it cannot be read.
Result<Adapter> read_adapter(const std::filesystem::path& file);

/// A runtime that is here.
struct Runtime {
  Adapter adapter;
  std::string program;    ///< its path
  std::string version;    ///< "?" when it does not tell
  std::string node = {};  ///< the program of node, where that drives it
};

/// Looks for the program of an adapter: where its variable says, in tools/node_modules below `sources`, in PATH.
/// Nothing when it is nowhere.
std::optional<Runtime> find_runtime(const Adapter& adapter, const std::filesystem::path& sources);

/// Where the shell would find a program.
std::optional<std::filesystem::path> find_in_path(std::string_view name);

}  // namespace weft::runtimes
