// SPDX-License-Identifier: Apache-2.0
//
// Instances of several modules, linked into one module: for runtimes that take one module at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "interp/module.h"

namespace weft::runtimes {

/// What an instance exports: its kind, and its index in the merged module.
struct Entity {
  ExternKind kind = ExternKind::func;
  uint32_t index = 0;
};
using Exports = std::map<std::string, Entity>;

/// An instance within the merged module.
struct MergedInstance {
  Exports exports;
  /// The function that does what instantiation does beyond allocation (exec-instantiation): active segments, then the
  /// start function. Nothing when there is nothing to do, or the merged module's own instantiation does it.
  std::optional<uint32_t> initialise;
};

/// A value: copies are independent, and it is no more thread-safe than they.
class Merger {
 public:
  /// Imports of the merged module. Indices count imports first, so these come before everything else.
  uint32_t import_function(std::string module, std::string name, const FuncType& type);
  void import_memory(std::string module, std::string name, const MemoryType& type);

  /// Adds an instance of a valid module. `imports` are its imports, one for each, of their kinds. One that is `native`
  /// keeps its active segments and its start function; of the others they become a function.
  MergedInstance add(const Module& module, const std::vector<Entity>& imports, bool native);
  /// Returns its index.
  uint32_t add_function(const FuncType& type, std::vector<ValType> locals, Expr code);
  uint32_t type_index(const FuncType& type);

  Module& module() { return module_; }
  const Module& module() const { return module_; }

 private:
  Module module_;
};

}  // namespace weft::runtimes
