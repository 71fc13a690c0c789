// SPDX-License-Identifier: Apache-2.0
//
// What `weft test --runtime` is told: runtimes, forms, reports.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "suite/runtimes/adapter.h"
#include "tools/weft/command.h"

namespace weft::cli {

/// What the command line says beyond what is to be run on our interpreter too.
struct RuntimeOptions {
  std::vector<std::string> runtimes;  ///< names, several with commas between; "all": those that are here
  std::vector<std::string> adapters;  ///< files
  std::vector<std::string> forms;
  std::vector<std::string> reports;  ///< "html=FILE", "json=FILE", "junit=FILE", several with commas between
  std::optional<std::string> save_failed;
  bool rerun_failed = false;
  /// What goes with --runtime only, and was given; empty when nothing was.
  std::string given() const;
};

/// A mistake on the command line, or in the world: thrown with the exit code, after it has been told.
struct Stop {
  int status;
};

/// The runtimes that are asked for, in their order; those of "all" that are here. Throws Stop.
std::vector<runtimes::Runtime> find_runtimes(const CommandLine& line, const RuntimeOptions& options);
/// The forms of these names; of none all. Throws Stop.
std::vector<runtimes::Form> find_forms(const CommandLine& line, const std::vector<std::string>& names);
/// The file of each kind of report, "html", "json" and "junit". Throws Stop.
std::map<std::string, std::string> report_files(const CommandLine& line, const RuntimeOptions& options);

}  // namespace weft::cli
