// SPDX-License-Identifier: Apache-2.0
//
// A program run beside us: its output line by line, its end, and an end to it. What Linux gives, nothing of a shell.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "interp/error.h"

namespace weft::conformance {

/// How a process ended.
struct ChildEnd {
  bool by_signal = false;
  int code = 0;  ///< exit status, or the signal's number
  double cpu_seconds = 0;
  int64_t max_rss = 0;  ///< bytes
  /// "exit code 3", "signal 11"
  std::string describe() const;
};

/// Where a child's standard error goes.
enum class Errors : uint8_t { with_output, apart };

/// A child process. Its standard input stays open until it ends, and has what write() puts there: nothing else, as a
/// terminal's where nobody types; its standard output and standard error are one stream, unless they are asked for
/// apart. Movable; destroying it kills it if it still runs, and so does the end of the thread that started it, however
/// that ends: nothing is left behind by a program that is killed. What it starts in its turn is in its process group,
/// and is killed when it ends or is killed. Not thread-safe.
class Child {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// `arguments[0]` is the program, looked up in PATH where it has no slash; `variables` ("K=V") are added to our
  /// environment. Error: host, when there is no such program or no process to be had.
  static Result<Child> start(const std::vector<std::string>& arguments, const std::vector<std::string>& variables = {},
                             Errors errors = Errors::with_output);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();

  /// Writes to its standard input. Whether it could: it may have ended. Waits while the pipe is full: write a little.
  bool write(const std::string& text);

  enum class Read { line, end, late, too_much };
  /// The next line of its output, without the line break; what stands behind the last one is a line too.
  Read read_line(std::string& line, Deadline deadline);
  /// The rest of its output, up to its end, or that of the output. `late` and `too_much` (more than `limit` bytes)
  /// leave what has come so far.
  Read read_all(std::string& text, size_t limit, Deadline deadline);
  /// Its end; nothing if it has not ended by then.
  std::optional<ChildEnd> wait(Deadline deadline);
  /// Kills it and waits for its end.
  ChildEnd kill();
  /// What it has written to standard error, when that is apart.
  std::string errors() const;

 private:
  Child() = default;
  bool ready(int descriptor, Deadline deadline) const;
  ChildEnd reap();

  pid_t pid_ = -1;  // -1: has ended
  int process_ = -1, input_ = -1, output_ = -1, errors_ = -1;
  std::optional<ChildEnd> end_;
  std::string pending_;  // read, and not yet given out
  bool at_end_ = false;
};

/// Kills every child, with what it has started, and lets no other start: for a process that was interrupted. Those that
/// wait for a child go on. Thread-safe.
void end_children();

}  // namespace weft::conformance
