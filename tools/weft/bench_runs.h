// SPDX-License-Identifier: Apache-2.0
//
// Kernels run natively, on weft and on other runtimes, by turns: what `weft bench` makes its figures of.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "suite/runtimes/adapter.h"
#include "tools/weft/kernels.h"

namespace weft::cli {

/// The middle one; of an even number the mean of the two in the middle. `values` is not empty.
double median(std::vector<double> values);

/// The runs of one program, in the order of the rounds.
struct Runs {
  std::vector<double> seconds;      ///< what the kernel says it took
  std::vector<double> cpu_seconds;  ///< of the whole process
  int64_t max_rss = 0;              ///< bytes, of any

  /// The median over rounds. `first`: with another number of threads.
  double speedup_from(const Runs& first) const;
};

/// A kernel with so many threads, on one runtime.
struct Column {
  std::string runtime;  ///< "weft", or an adapter's name
  std::string form;     ///< of the module
  Runs runs;
  std::string difference;  ///< what was not native's, in words; or empty

  bool same() const { return difference.empty(); }
};

/// What the runs of one kernel with so many threads came to.
struct Row {
  std::string kernel, size;
  uint64_t threads = 0;
  Runs native;
  std::vector<Column> columns;  ///< weft's first, then those of the runtimes that can run a form of the kernel

  const Column& weft() const { return columns.front(); }
  /// The column's time by the native one, of each round.
  std::vector<double> ratios(const Column& column) const;
  double ratio(const Column& column) const;
  double cpu_ratio(const Column& column) const;
};

/// Immutable, and then thread-safe; but what runs beside it makes figures worthless.
struct Bench {
  std::string weft;              ///< this program
  std::filesystem::path folder;  ///< where the kernels were built
  std::vector<runtimes::Runtime> runtimes;
  uint64_t runs = 5;
  bool quick = false;  ///< the sizes of the tests
  std::chrono::nanoseconds timeout{};

  /// One row for each number of threads. All programs by turns, so that all see the same machine. `form`: of every
  /// column; nothing: the kernel's usual one on weft, and on each runtime the first that its adapter can run.
  /// Error: the native program or weft cannot be run, or does not end. Of other runtimes that is a difference.
  Result<std::vector<Row>> measure(const Kernel& kernel, const std::optional<std::string>& form,
                                   const std::vector<uint64_t>& threads) const;
};

}  // namespace weft::cli
