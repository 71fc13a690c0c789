// SPDX-License-Identifier: Apache-2.0
//
// What differs between the kinds of programs: which functions they import, how their threads start and how they end.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interp/host/program.h"
#include "interp/host/thread_group.h"
#include "interp/instance.h"
#include "interp/store.h"

namespace weft {

class Wasi;

/// A host function that has no store yet.
struct HostEntry {
  FuncType type;
  HostFunction function;
};

/// A function type from letters, "iIfF:i": parameters, a colon, results; i i32, I i64, f f32, F f64.
FuncType host_type(std::string_view signature);
/// The same for a function whose type differs between versions of a toolchain: "iii:|iii:i" is `wanted` if it is among
/// them, else the first;
/// "*" is always `wanted`.
FuncType host_type(std::string_view signatures, const FuncType& wanted);

/// The host of one program: links each thread's instance and leads each thread from its first call to its last. The
/// base class is the host of plain WASI programs.
///
/// Thread safety: immutable once prepare() returned, but for what a subclass guards itself; lead_main() runs on the
/// main thread.
class ProgramHost {
 public:
  /// What a host works with; all outlive it.
  struct Context {
    std::shared_ptr<const CompiledModule> module;
    const ProgramOptions& options;
    ThreadGroup& threads;
    Wasi& wasi;
  };

  explicit ProgramHost(Context context) : context_(std::move(context)) {}
  virtual ~ProgramHost() = default;
  ProgramHost(const ProgramHost&) = delete;
  ProgramHost& operator=(const ProgramHost&) = delete;

  /// Before any thread starts: finds what to run, checks the arguments of an invocation, creates the memories that all
  /// threads share. Nothing when all is well, else how the program ended.
  std::optional<ProgramResult> prepare();

  /// The main thread from beginning to end.
  void lead_main(GuestThread& thread);

 protected:
  /// The host function behind an import of type `wanted`, if this host has one. It may have another type: then linking
  /// fails.
  virtual std::optional<HostEntry> find(const Import& import, const FuncType& wanted, GuestThread& thread);
  /// The exports that start() can call, best first.
  virtual std::vector<std::string_view> entry_points() const { return {"_start"}; }
  /// What comes before the first call: false when the program ended.
  virtual bool initialize(GuestThread& thread);
  /// Calls the program's entry point, whose type prepare() has checked, and ends the program when it returns.
  virtual void start(GuestThread& thread, const FuncInst& entry);
  /// After an invocation: false when the program ended.
  virtual bool finalize(GuestThread&) { return true; }

  /// This thread's instance of the module, linked to this host: false when the program ended.
  bool instantiate(GuestThread& thread);
  /// The first memory that all threads share, or null.
  Memory* shared_memory() const;

  const Context context_;

 private:
  std::optional<ProgramResult> find_entry();
  std::optional<ProgramResult> create_memories();
  /// Stores what an invocation is to find in memory, and puts the addresses that malloc gave among its arguments.
  /// Nothing when the program ended.
  std::optional<std::vector<Value>> store_data(GuestThread& thread);

  std::optional<std::string> entry_;  // what to call; nothing when instantiation is all there is to run
  // The shared memories: one for each import, and one for each that the module defines, null where that is not shared.
  // The instance of every thread gets these, and applies its active data segments to them as it does to an import:
  // toolchains make segments passive, and copy them once, in a start function.
  std::vector<std::pair<const Import*, std::shared_ptr<Memory>>> imported_memories_;
  std::vector<std::shared_ptr<Memory>> own_memories_;
};

/// Chooses by the module's imports and exports.
std::unique_ptr<ProgramHost> make_host(ProgramHost::Context context);

}  // namespace weft
