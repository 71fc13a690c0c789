// SPDX-License-Identifier: Apache-2.0
//
// The store (exec-runtime, syntax-store): functions, tables, globals and instances that one agent works with.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "interp/error.h"
#include "interp/exception.h"
#include "interp/host.h"
#include "interp/limits.h"
#include "interp/memory.h"
#include "interp/types.h"
#include "interp/value.h"

namespace weft {

class Agent;
class CompiledModule;
struct Instance;
struct LoweredFunction;

/// A function instance: a module's function, or a host's.
struct FuncInst {
  FuncType type;
  uint32_t type_id = 0;                   ///< equal in one store exactly when the types are equal
  Instance* instance = nullptr;           ///< null for a host function
  const LoweredFunction* code = nullptr;  ///< null for a host function
  uint32_t index = 0;                     ///< in its module's function index space
  std::string name;                       ///< of a host function: "module.name"
  HostFunction host;
};

struct TableInst {
  TableType type;                  ///< limits as declared
  std::vector<uint64_t> elements;  ///< Value::lo of each reference
  uint64_t* room = nullptr;        ///< by how many elements the store's tables may grow; null without a store

  /// The type with the present size as its minimum (for import matching).
  TableType current_type() const;
  /// The old size, or nothing when that passes the maximum, kMaxTableSize or the store's table_cap.
  std::optional<uint64_t> grow(uint64_t delta, uint64_t fill);
};

/// Whether a table or an element segment has these elements.
inline bool within(const std::vector<uint64_t>& elements, uint64_t at, uint64_t count) {
  return at <= elements.size() && count <= elements.size() - at;
}

struct GlobalInst {
  GlobalType type;
  uint64_t lo = 0, hi = 0;  ///< as in Value
  Value get() const { return {type.type, lo, hi}; }
  void set(const Value& value) { lo = value.lo, hi = value.hi; }
};

/// An external value (syntax-externval). Only memories are shared between stores.
using Extern = std::variant<FuncInst*, TableInst*, std::shared_ptr<Memory>, GlobalInst*, TagInst*>;
ExternKind kind(const Extern& value);

/// Which build of the engine runs the code (docs: DESIGN in interp/README.md).
enum class Engine : uint8_t {
  fast,      ///< tail calls where the compiler has them, else the driver loop
  observed,  ///< the driver loop that counts, traces and stops before shared actions
  checked,   ///< as fast, and tells the agent's RaceThread of all that it does with shared memory
};
inline constexpr size_t kEngineCount = 3;

struct StoreOptions {
  Engine engine = Engine::fast;
  /// Bytes that any one memory may have; nothing: the default for its address type.
  std::optional<uint64_t> memory_cap = {};
  uint64_t table_cap = kMaxStoreElements;  ///< elements that all tables together may have
};

/// Owns what its instances are made of; everything lives as long as the store.
///
/// Thread safety: none; a store belongs to one agent at a time. Threads of one program each have their own store and
/// share only memories and compiled modules, which is how the rule "an instance belongs to one agent" is kept.
class Store {
 public:
  explicit Store(const StoreOptions& options = {});
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  const StoreOptions& options() const { return options_; }

  FuncInst* add_host_function(std::string name, FuncType type, HostFunction function);
  Result<TableInst*> add_table(const TableType& type, uint64_t fill = 0);
  GlobalInst* add_global(const GlobalType& type, const Value& value);
  TagInst* add_tag(FuncType type);
  /// `values` must still be in an agent's frame.
  const Exception& add_exception(const TagInst& tag, std::vector<uint64_t> values);
  /// Those that were not freed yet.
  size_t exception_count() const { return exceptions_.size(); }
  Result<std::shared_ptr<Memory>> add_memory(const MemoryType& type) const {
    return Memory::create(type, options_.memory_cap);
  }

  /// Instantiates a module (exec-instantiation): matches the imports (one for each import of the module, in order),
  /// allocates, initialises tables and memories, and runs the start function on `agent`. Errors: unlinkable
  /// ("incompatible import type: env.f …"), trap, exhaustion, host. What was written to imported tables and memories
  /// before a trap stays written, as the specification says.
  ///
  /// `memories` stand in for the memories that the module defines, in order, where they are not null; they must be of
  /// those types. So the instances of one program's threads have one memory although their module imports none.
  Result<Instance*> instantiate(std::shared_ptr<const CompiledModule> module, std::span<const Extern> imports,
                                Agent& agent, std::span<const std::shared_ptr<Memory>> memories = {});

 private:
  friend struct Instantiation;
  friend class Agent;  // which is in agents_ as long as it lives
  uint32_t type_id(const FuncType& type);

  StoreOptions options_;
  uint64_t table_room_;  // of table_cap, what is left
  std::deque<FuncInst> functions_;
  std::deque<TableInst> tables_;
  std::deque<GlobalInst> globals_;
  std::deque<TagInst> tags_;
  std::deque<std::unique_ptr<Instance>> instances_;
  std::vector<Agent*> agents_;
  Exceptions exceptions_;
  std::unordered_map<std::string, uint32_t> type_ids_;  // by to_string(FuncType), which is injective
};

/// Import resolution by name (the embedder's side of linking). A plain map with the two error texts in one place. Not
/// thread-safe.
class Linker {
 public:
  void define(std::string module, std::string name, Extern value);
  /// Defines every export of the instance under this module name.
  void define(const std::string& module, const Instance& instance);
  const Extern* find(std::string_view module, std::string_view name) const;
  /// The externs for all imports of the module. Error: unlinkable, "unknown import: env.f (func)".
  Result<std::vector<Extern>> resolve(const CompiledModule& module) const;

 private:
  std::map<std::pair<std::string, std::string>, Extern> entries_;
};

}  // namespace weft
