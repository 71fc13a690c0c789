// SPDX-License-Identifier: Apache-2.0
//
// Modules made in C++, and one agent to run them: what the tests of the engine are written with.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "interp/agent.h"
#include "interp/instance.h"
#include "interp/module.h"
#include "interp/store.h"

namespace weft::testing {

inline constexpr ValType i32 = ValType::i32, i64 = ValType::i64, f32 = ValType::f32, f64 = ValType::f64,
                         v128 = ValType::v128, funcref = ValType::funcref, externref = ValType::externref,
                         exnref = ValType::exnref;

/// An instruction with its out-of-line immediates. A body is a list of them, without the last `end`.
struct Piece {
  Piece(Op op) { instr.op = op; }            // NOLINT(google-explicit-constructor)
  Piece(const Instr& from) : instr(from) {}  // NOLINT(google-explicit-constructor)
  Piece(Op op, uint32_t a, uint32_t b = 0) : Piece(op) { instr.a = a, instr.b = b; }
  Piece(Op op, std::vector<uint32_t> words) : Piece(op) { pool = std::move(words); }
  Instr instr;
  std::vector<uint32_t> pool;
};
using Code = std::vector<Piece>;

inline Piece constant(Op op, uint64_t bits) {
  Piece piece(op);
  piece.instr.lo = bits;
  return piece;
}
inline Piece v128_const(uint64_t lo, uint64_t hi) {
  Piece piece = constant(Op::v128_const, lo);
  piece.instr.hi = hi;
  return piece;
}
inline Piece constant(const Value& value) {
  switch (value.type) {
    case ValType::i32: return constant(Op::i32_const, value.lo);
    case ValType::i64: return constant(Op::i64_const, value.lo);
    case ValType::f32: return constant(Op::f32_const, value.lo);
    case ValType::v128: return v128_const(value.lo, value.hi);
    case ValType::f64: return constant(Op::f64_const, value.lo);
    default: return {Op::ref_null, static_cast<uint32_t>(value.type)};  // the null reference
  }
}
inline Piece i32_const(int64_t value) { return constant(Op::i32_const, static_cast<uint32_t>(value)); }
inline Piece i64_const(int64_t value) { return constant(Op::i64_const, static_cast<uint64_t>(value)); }
inline Piece local_get(uint32_t index) { return {Op::local_get, index}; }
inline Piece local_set(uint32_t index) { return {Op::local_set, index}; }
inline Piece local_tee(uint32_t index) { return {Op::local_tee, index}; }
inline Piece global_get(uint32_t index) { return {Op::global_get, index}; }
inline Piece global_set(uint32_t index) { return {Op::global_set, index}; }
inline Piece br(uint32_t label) { return {Op::br, label}; }
inline Piece br_if(uint32_t label) { return {Op::br_if, label}; }
/// The default label last.
inline Piece br_table(std::vector<uint32_t> labels) { return {Op::br_table, std::move(labels)}; }
inline Piece call(uint32_t function) { return {Op::call, function}; }
inline Piece call_indirect(uint32_t type, uint32_t table = 0) { return {Op::call_indirect, type, table}; }
inline Piece ref_null(ValType type) { return {Op::ref_null, static_cast<uint32_t>(type)}; }
inline Piece select_t(ValType type) { return {Op::select_t, std::vector{static_cast<uint32_t>(type)}}; }
inline Piece block(Op op, BlockType type = {}) { return constant(op, static_cast<uint64_t>(type.code)); }
inline Piece block(Op op, ValType result) { return block(op, BlockType::of(result)); }
inline Piece block_of_type(Op op, uint32_t type) { return block(op, BlockType{type}); }
inline Piece return_call(uint32_t function) { return {Op::return_call, function}; }
inline Piece return_call_indirect(uint32_t type, uint32_t table = 0) { return {Op::return_call_indirect, type, table}; }
inline Piece throw_(uint32_t tag) { return {Op::throw_, tag}; }
/// A clause's label is counted from outside.
Piece try_table(const std::vector<CatchClause>& clauses, BlockType type = {});
inline CatchClause on(uint32_t tag, uint32_t label) { return {CatchClause::Kind::catch_, tag, label}; }
inline CatchClause on_ref(uint32_t tag, uint32_t label) { return {CatchClause::Kind::catch_ref, tag, label}; }
inline CatchClause on_all(uint32_t label) { return {CatchClause::Kind::catch_all, 0, label}; }
inline CatchClause on_all_ref(uint32_t label) { return {CatchClause::Kind::catch_all_ref, 0, label}; }
/// A memory access of natural alignment.
Piece access(Op op, uint64_t offset = 0, uint32_t memory = 0);
/// An instruction that names a lane, and an access that does.
Piece lane(Op op, uint8_t index);
Piece lane_access(Op op, uint8_t index, uint64_t offset = 0);
/// i8x16.shuffle; each lane is a byte of `lo` and `hi`.
Piece shuffle(uint64_t lo, uint64_t hi);

/// Says that it runs: a 1 at the start of memory 0, see Vm::run_and_stop.
Code here();

/// Pieces one after the other.
Code operator+(Code left, const Code& right);

/// The expression, with its `end`; offsets of instructions count from `first_offset`.
Expr expression(const Code& code, uint32_t first_offset = 0);

/// A module under construction. Imports before functions; the module name of an import is "m".
class ModuleBuilder {
 public:
  Module module;

  /// The index of this type.
  uint32_t type(const FuncType& type);
  uint32_t import_function(const std::string& name, const FuncType& type);
  ModuleBuilder& import(const std::string& name, ExternDesc desc);
  /// Adds a function, exported unless its name is empty. The offset of its instruction number n is index * 0x100 + n.
  uint32_t function(const std::string& name, const FuncType& type, const Code& code, std::vector<ValType> locals = {});
  /// Adds a memory, exported as "memory", "memory1", …
  ModuleBuilder& memory(const MemoryType& type);
  ModuleBuilder& memory(uint64_t min, uint64_t max, bool shared) { return memory({{min, max}, shared}); }
  uint32_t table(const TableType& type);
  uint32_t table(uint64_t min, uint64_t max, ValType element = funcref) { return table({element, {min, max}}); }
  /// Adds a tag, exported as "tag0", "tag1", …
  uint32_t tag(const std::vector<ValType>& params);
  /// Adds a mutable global, exported when it has a name.
  uint32_t global(const Value& initial, const std::string& name = "");
  uint32_t data(SegmentMode mode, uint32_t offset, std::vector<uint8_t> bytes);
  uint32_t elements(SegmentMode mode, uint32_t table, uint32_t offset, const std::vector<uint32_t>& functions);
};

/// The compiled module; a test failure and null when it does not compile.
std::shared_ptr<const CompiledModule> compile(const Module& module);

/// A store and its agent.
struct Vm {
  explicit Vm(Engine engine = Engine::fast, size_t stack_bytes = kStackBytes)
      : store({.engine = engine}), agent(store, stack_bytes) {}
  explicit Vm(const StoreOptions& options) : store(options), agent(store) {}
  Vm(const ModuleBuilder& builder, Engine engine, std::vector<Extern> imports = {}) : Vm(engine) {
    instantiate(builder, imports);
  }

  /// Makes it the instance that run() looks into; a test failure when it cannot be instantiated.
  Instance* instantiate(const ModuleBuilder& builder, const std::vector<Extern>& imports = {});
  Instance* instantiate(const std::shared_ptr<const CompiledModule>& module, const std::vector<Extern>& imports = {});

  /// Invokes an export of the instance; see outcome().
  std::string run(const std::string& name, const std::vector<Value>& arguments = {});
  void start(const std::string& name, const std::vector<Value>& arguments = {});
  /// The same on a thread of its own, stopped once the memory starts with a 1.
  std::string run_and_stop(const std::string& name, const std::vector<Value>& arguments = {});
  /// How the agent's last run ended: the results ("i32:5 f64:0x1p+0"), "trap: unreachable", "exhaustion: …", "exited
  /// 3", "unwound", "stopped" or "paused".
  std::string outcome() const;
  /// "f+0x101 < main+0x203", innermost first.
  std::string backtrace() const;
  Memory& memory() const { return *instance->memory0; }
  FuncInst* function(const std::string& name) const { return instance->find_function(name); }

  Store store;
  Agent agent;
  Instance* instance = nullptr;
};

inline std::string engine_name(Engine engine) { return engine == Engine::fast ? "fast" : "observed"; }

}  // namespace weft::testing

/// Tests that run on both engines: TEST_P(Suite, Name) with GetParam() the engine.
#define WEFT_BOTH_ENGINES(Suite)                                                              \
  class Suite : public ::testing::TestWithParam<Engine> {};                                   \
  INSTANTIATE_TEST_SUITE_P(Engines, Suite, ::testing::Values(Engine::fast, Engine::observed), \
                           [](const auto& param) { return ::weft::testing::engine_name(param.param); })
