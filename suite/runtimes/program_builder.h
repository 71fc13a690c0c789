// SPDX-License-Identifier: Apache-2.0
//
// One module out of an outline: its instances merged, and functions that do what its tasks do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "suite/runtimes/merge.h"
#include "suite/runtimes/outline.h"

namespace weft::runtimes {

/// The step of a task with which a program must trap.
struct Target {
  size_t task = 0, step = 0;
};

/// A value that points into the outline it was made of. Not thread-safe.
class ProgramBuilder {
 public:
  /// The instances, merged. Error: host, why there can be no such program.
  static Result<ProgramBuilder> make(const Outline& outline, Form form);

  size_t memory_count() const { return merger_.module().memory_count(); }
  /// Exports what the first task does: up to the target, or all of it but what must trap.
  void export_task(const std::string& name, const std::optional<Target>& target);
  /// Exports a wasi-threads program that does what all tasks do: up to the target, or all but what must trap.
  void export_start(const std::optional<Target>& target);
  /// The module, with its exports.
  Module take() { return std::move(merger_.module()); }

 private:
  explicit ProgramBuilder(const Outline& outline) : outline_(&outline) {}

  Result<Ok> prepare_wasi();
  Result<Ok> add_instances();
  Result<Ok> add_support();
  Exports add_module(std::string_view text);
  /// The function that does what a task does; it gives the line of the first assertion that does not hold, or 0.
  uint32_t add_task(size_t task, const std::optional<Target>& target);
  void add_step(class Code& code, const Step& step, bool is_judged);
  void export_function(const std::string& name, uint32_t function);
  uint32_t cell(size_t task) const { return cells_ + static_cast<uint32_t>(4 * task); }

  const Outline* outline_;
  Merger merger_;
  std::vector<MergedInstance> instances_;
  Exports host_, support_;
  std::optional<size_t> shared_;  ///< the instance that defines the shared memory, which is imported
  uint32_t cells_ = 0;            ///< where tasks say that they have ended, four bytes each
};

}  // namespace weft::runtimes
