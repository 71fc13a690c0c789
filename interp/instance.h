// SPDX-License-Identifier: Apache-2.0
//
// A module instance (syntax-moduleinst), and the compiled module it is an instance of.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "interp/module.h"
#include "interp/store.h"

namespace weft {

struct LoweredModule;

/// A valid module and its register code. Thread safety: immutable but for the register code, which is made once, on
/// first use, under a std::once_flag; shared by all stores that instantiate it.
class CompiledModule : public std::enable_shared_from_this<CompiledModule> {
 public:
  /// Decodes, validates and keeps. Errors: malformed, invalid.
  static Result<std::shared_ptr<const CompiledModule>> compile(std::span<const uint8_t> bytes,
                                                               Edition edition = Edition::latest);
  /// The same for a module that is decoded already.
  static Result<std::shared_ptr<const CompiledModule>> compile(Module module, Edition edition = Edition::latest);

  ~CompiledModule();
  const Module& module() const { return module_; }
  const LoweredModule& code(Engine engine) const;

 private:
  explicit CompiledModule(Module module);
  Module module_;
  mutable std::array<std::once_flag, kEngineCount> once_;
  mutable std::array<std::unique_ptr<LoweredModule>, kEngineCount> code_;
};

/// Thread safety: none; see Store.
struct Instance {
  std::shared_ptr<const CompiledModule> code;
  Store* store = nullptr;
  std::vector<FuncInst*> functions;
  std::vector<TableInst*> tables;
  std::vector<std::shared_ptr<Memory>> memories;
  Memory* memory0 = nullptr;  ///< memories[0], or null
  std::vector<GlobalInst*> globals;
  std::vector<TagInst*> tags;
  std::vector<uint32_t> type_ids;               ///< of Module::types
  std::vector<std::vector<uint64_t>> elements;  ///< of the element segments; empty once dropped
  std::vector<std::span<const uint8_t>> data;   ///< of the data segments; empty once dropped
  std::vector<std::pair<std::string, Extern>> exports;

  const Module& module() const { return code->module(); }
  /// The export of this name, or null.
  const Extern* find_export(std::string_view name) const;
  /// The exported function of this name, or null.
  FuncInst* find_function(std::string_view name) const;
};

}  // namespace weft
