// SPDX-License-Identifier: Apache-2.0
//
// Instantiation and linking (exec-instantiation, match-externtype).
#include "interp/instance.h"

#include <gtest/gtest.h>

#include <thread>

#include "interp/limits.h"
#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

Value v(uint32_t value) { return Value::i32(value); }

/// Instantiates; "" or the error.
std::string attempt(Vm& vm, const ModuleBuilder& builder, const std::vector<Extern>& imports = {}) {
  Result<Instance*> made = vm.store.instantiate(compile(builder.module), imports, vm.agent);
  if (!made) return to_string(made.error(), "");
  vm.instance = *made;
  return "";
}

TEST(Instance, MemoriesStandInForThoseOfTheModule) {
  Vm vm;
  ModuleBuilder builder;
  builder.memory(1, 2, true).data(SegmentMode::active, 8, {5});
  const auto module = compile(builder.module);
  const auto memory = *vm.store.add_memory({{1, 2}, true});
  const std::shared_ptr<Memory> given[] = {memory}, none[] = {nullptr};
  EXPECT_EQ((*vm.store.instantiate(module, {}, vm.agent, given))->memory0, memory.get());
  EXPECT_EQ(memory->load<uint8_t>(8), 5) << "active segments are applied to it";
  EXPECT_NE((*vm.store.instantiate(module, {}, vm.agent, none))->memory0, memory.get());
  EXPECT_NE((*vm.store.instantiate(module, {}, vm.agent))->memory0, memory.get());
}

// --- import matching
// --------------------------------------------------------------------------------------------------

std::string match(const ExternDesc& desc, const Extern& value, Vm& vm) {
  ModuleBuilder builder;
  builder.module.types = {{{i32}, {}}, {{}, {i64}}};
  builder.import("x", desc);
  return attempt(vm, builder, {value});
}

TEST(Instance, ImportsMatchByType) {
  Vm vm;
  FuncInst* function = vm.store.add_host_function("m.x", {{i32}, {}}, {});
  TableInst* table = *vm.store.add_table({funcref, {2, 5}});
  const auto memory = *vm.store.add_memory({{1, 3}, false});
  const auto shared = *vm.store.add_memory({{1, 3}, true});
  GlobalInst* constant_global = vm.store.add_global({i32, false}, v(1));
  GlobalInst* variable = vm.store.add_global({i32, true}, v(1));
  const std::string head = "unlinkable: incompatible import type: m.x: the module wants ";

  EXPECT_EQ(match(uint32_t{0}, function, vm), "");
  EXPECT_EQ(match(uint32_t{1}, function, vm), head + "func [] -> [i64], it was given [i32] -> []");
  EXPECT_EQ(match(uint32_t{0}, constant_global, vm), head + "func [i32] -> [], it was given a global");

  EXPECT_EQ(match(TableType{funcref, {2, 5}}, table, vm), "");
  EXPECT_EQ(match(TableType{funcref, {0, std::nullopt}}, table, vm), "") << "less is asked for";
  EXPECT_EQ(match(TableType{funcref, {3, 5}}, table, vm), head + "table 3 5 funcref, it was given 2 5 funcref");
  EXPECT_EQ(match(TableType{funcref, {2, 4}}, table, vm), head + "table 2 4 funcref, it was given 2 5 funcref");
  EXPECT_EQ(match(TableType{externref, {2, 5}}, table, vm), head + "table 2 5 externref, it was given 2 5 funcref");
  EXPECT_EQ(match(TableType{funcref, {1, 1}}, function, vm), head + "table 1 1 funcref, it was given a func");
  EXPECT_EQ(table->grow(1, 0), 2u);
  EXPECT_EQ(match(TableType{funcref, {3, 5}}, table, vm), "") << "the present size counts";

  EXPECT_EQ(match(MemoryType{{1, 3}, false}, memory, vm), "");
  EXPECT_EQ(match(MemoryType{{1, std::nullopt}, false}, memory, vm), "");
  EXPECT_EQ(match(MemoryType{{2, 3}, false}, memory, vm), head + "memory 2 3, it was given 1 3");
  EXPECT_EQ(match(MemoryType{{1, 2}, false}, memory, vm), head + "memory 1 2, it was given 1 3");
  EXPECT_EQ(match(MemoryType{{1, 3}, true}, memory, vm), head + "memory 1 3 shared, it was given 1 3");
  EXPECT_EQ(match(MemoryType{{1, 3}, false}, shared, vm), head + "memory 1 3, it was given 1 3 shared");
  EXPECT_EQ(match(MemoryType{{1, 3}, true}, shared, vm), "");
  EXPECT_EQ(shared->grow(1), 1u);
  EXPECT_EQ(match(MemoryType{{2, 3}, true}, shared, vm), "") << "the present size counts";

  EXPECT_EQ(match(GlobalType{i32, false}, constant_global, vm), "");
  EXPECT_EQ(match(GlobalType{i32, true}, constant_global, vm), head + "global (mut i32), it was given i32");
  EXPECT_EQ(match(GlobalType{i32, false}, variable, vm), head + "global i32, it was given (mut i32)");
  EXPECT_EQ(match(GlobalType{i64, true}, variable, vm), head + "global (mut i64), it was given (mut i32)");
  EXPECT_EQ(match(GlobalType{i32, true}, memory, vm), head + "global (mut i32), it was given a memory");
}

TEST(Instance, NoMaximumMatchesNoMaximumOnly) {
  Vm vm;
  const auto memory = *vm.store.add_memory({{1, std::nullopt}, false});
  EXPECT_EQ(match(MemoryType{{1, std::nullopt}, false}, memory, vm), "");
  EXPECT_EQ(match(MemoryType{{1, 65536}, false}, memory, vm),
            "unlinkable: incompatible import type: m.x: the module wants memory 1 65536, it was given 1");
}

TEST(Instance, LinkerResolvesByName) {
  Vm vm;
  ModuleBuilder library;
  library.memory(1, 1, false);
  library.function("f", {{}, {i32}}, {i32_const(3)});
  ASSERT_EQ(attempt(vm, library), "");
  Linker linker;
  linker.define("m", *vm.instance);
  ASSERT_NE(linker.find("m", "f"), nullptr);
  EXPECT_EQ(kind(*linker.find("m", "f")), ExternKind::func);
  EXPECT_EQ(linker.find("m", "g"), nullptr);
  EXPECT_EQ(linker.find("n", "f"), nullptr);

  ModuleBuilder user;
  user.import_function("f", {{}, {i32}});
  user.import("memory", MemoryType{{1, std::nullopt}, false});
  user.function("g", {{}, {i32}}, {call(0), i32_const(1), Op::i32_add});
  auto externs = linker.resolve(*compile(user.module));
  ASSERT_TRUE(externs);
  ASSERT_EQ(attempt(vm, user, *externs), "");
  EXPECT_EQ(vm.run("g"), "i32:4");

  linker.define("m", "f", vm.store.add_host_function("m.f", {{}, {i32}}, [](HostCall& call) {
    return HostOutcome::done(call, 10);
  }));
  ASSERT_EQ(attempt(vm, user, *linker.resolve(*compile(user.module))), "");
  EXPECT_EQ(vm.run("g"), "i32:11") << "the last definition counts";

  ModuleBuilder unknown;
  unknown.import("nothing", GlobalType{i32, false});
  const auto missing = linker.resolve(*compile(unknown.module));
  ASSERT_FALSE(missing);
  EXPECT_EQ(to_string(missing.error(), ""), "unlinkable: unknown import: m.nothing (global)");
}

// --- initialisation
// ---------------------------------------------------------------------------------------------------

TEST(Instance, GlobalsAreInitialisedInOrder) {
  ModuleBuilder builder;
  builder.import("base", GlobalType{i64, false});
  builder.module.globals = {{{i64, false}, expression({global_get(0)})},
                            {{f32, false}, expression({constant(Value::f32(2))})},
                            {{funcref, false}, expression({{Op::ref_func, 0}})},
                            {{externref, true}, expression({ref_null(externref)})}};
  builder.function("f", {{}, {i64, f32, funcref, externref}},
                   {global_get(1), global_get(2), global_get(3), global_get(4)});
  Vm vm;
  ASSERT_EQ(attempt(vm, builder, {vm.store.add_global({i64, false}, Value::i64(99))}), "");
  EXPECT_EQ(vm.run("f"), "i64:99 f32:0x1p+1 " + to_string(Value::funcref(vm.function("f"))) + " externref:null");
}

TEST(Instance, SegmentsAreWrittenInOrderUpToTheOneThatTraps) {
  Vm vm;
  const auto memory = *vm.store.add_memory({{1, 1}, false});
  TableInst* table = *vm.store.add_table({funcref, {3, 3}});
  ModuleBuilder builder;
  builder.import("memory", MemoryType{{1, 1}, false}).import("table", TableType{funcref, {3, 3}});
  builder.function("f", {}, {});
  builder.elements(SegmentMode::active, 0, 1, {0, 0});
  builder.data(SegmentMode::active, 10, {1, 2, 3});
  builder.data(SegmentMode::active, 11, {9});
  builder.data(SegmentMode::active, 65534, {4, 5, 6});
  builder.data(SegmentMode::active, 20, {7});
  EXPECT_EQ(attempt(vm, builder, {memory, table}), "trap: out of bounds memory access");
  EXPECT_EQ(memory->load<uint32_t>(10), 0x030901u) << "what came before stays written";
  EXPECT_EQ(memory->load<uint16_t>(65534), 0) << "the trapping one wrote nothing";
  EXPECT_EQ(memory->load<uint8_t>(20), 0) << "nor did those after it";
  EXPECT_EQ(table->elements[0], 0u);
  ASSERT_NE(table->elements[1], 0u);

  // The function in the table outlives the failed instantiation.
  ModuleBuilder user;
  user.import("table", TableType{funcref, {3, 3}});
  user.function("call", {}, {i32_const(2), call_indirect(0)});
  ASSERT_EQ(attempt(vm, user, {table}), "");
  EXPECT_EQ(vm.run("call"), "");

  ModuleBuilder past;
  past.import("memory", MemoryType{{1, 1}, false}).import("table", TableType{funcref, {3, 3}});
  past.function("", {}, {});
  past.elements(SegmentMode::active, 0, 0, {0});
  past.elements(SegmentMode::active, 0, 2, {0, 0});
  past.data(SegmentMode::active, 30, {1});
  const uint64_t old = table->elements[2];
  EXPECT_EQ(attempt(vm, past, {memory, table}), "trap: out of bounds table access");
  EXPECT_NE(table->elements[0], 0u);
  EXPECT_EQ(table->elements[2], old);
  EXPECT_EQ(memory->load<uint8_t>(30), 0) << "tables first";
}

TEST(Instance, SegmentsAtTheVeryEnd) {
  Vm vm;
  ModuleBuilder builder;
  builder.memory(1, 1, true);
  builder.table(2, 2);
  builder.data(SegmentMode::active, 65536, {});
  builder.data(SegmentMode::active, 65535, {5});
  builder.elements(SegmentMode::active, 0, 2, {});
  EXPECT_EQ(attempt(vm, builder), "");
  builder.data(SegmentMode::active, 65537, {});
  EXPECT_EQ(attempt(vm, builder), "trap: out of bounds memory access") << "even an empty one";
  ModuleBuilder high;
  high.memory(1, 1, false);
  high.data(SegmentMode::active, 0xffffffff, {1, 2});
  EXPECT_EQ(attempt(vm, high), "trap: out of bounds memory access") << "offsets are unsigned";
}

TEST(Instance, StartFunctions) {
  Vm vm;
  ModuleBuilder builder;
  builder.memory(1, 1, false);
  builder.function("start", {}, {i32_const(0), i32_const(7), access(Op::i32_store)});
  builder.module.start = 0;
  ASSERT_EQ(attempt(vm, builder), "");
  EXPECT_EQ(vm.memory().load<uint32_t>(0), 7u);

  ModuleBuilder trapping;
  trapping.function("start", {}, {Op::unreachable});
  trapping.module.start = 0;
  EXPECT_EQ(attempt(vm, trapping), "trap: unreachable");
  EXPECT_EQ(vm.backtrace(), "start");
  ModuleBuilder endless;
  endless.function("start", {}, {call(0)});
  endless.module.start = 0;
  EXPECT_EQ(attempt(vm, endless), "exhaustion: call stack exhausted");

  ModuleBuilder host;
  host.import_function("start", {});
  host.module.start = 0;
  FuncInst* exits = vm.store.add_host_function("m.start", {}, [](HostCall&) { return HostOutcome::exit(4); });
  EXPECT_EQ(attempt(vm, host, {exits}), "error: the start function did not return");
  EXPECT_EQ(vm.agent.completion(), Completion::exited) << "which says how it ended";
  EXPECT_EQ(vm.agent.exit_status(), 4u);
}

TEST(Instance, ImportsComeFirstInEachIndexSpace) {
  Vm vm;
  ModuleBuilder builder;
  builder.import("g", GlobalType{i32, true}).import("t", TableType{externref, {1, 1}});
  builder.import_function("f", {{}, {i32}});
  builder.global(v(20));
  builder.table(4, 4);
  builder.function("own", {{}, {i32, i32, i32, i32, i32}},
                   {global_get(0), global_get(1), call(0), {Op::table_size, 0}, {Op::table_size, 1}});
  FuncInst* host =
      vm.store.add_host_function("m.f", {{}, {i32}}, [](HostCall& call) { return HostOutcome::done(call, 30); });
  ASSERT_EQ(
      attempt(vm, builder, {vm.store.add_global({i32, true}, v(10)), *vm.store.add_table({externref, {1, 1}}), host}),
      "");
  EXPECT_EQ(vm.run("own"), "i32:10 i32:20 i32:30 i32:1 i32:4");
}

TEST(Instance, Exports) {
  Vm vm;
  ModuleBuilder builder;
  builder.memory(1, 1, true);
  builder.table(1, 2);
  builder.global(v(3), "g");
  builder.function("f", {}, {});
  ASSERT_EQ(attempt(vm, builder), "");
  const auto kind_of = [&](const char* name) { return std::string(to_string(kind(*vm.instance->find_export(name)))); };
  EXPECT_EQ(kind_of("f"), "func");
  EXPECT_EQ(kind_of("memory"), "memory");
  EXPECT_EQ(kind_of("table0"), "table");
  EXPECT_EQ(kind_of("g"), "global");
  EXPECT_EQ(vm.instance->find_export("h"), nullptr);
  EXPECT_EQ(vm.instance->find_function("memory"), nullptr) << "not a function";
  EXPECT_EQ(vm.instance->find_function("f"), vm.instance->functions[0]);
}

TEST(Instance, LimitsOfTheStore) {
  Vm vm(StoreOptions{.engine = Engine::fast, .memory_cap = 2 * kPageSize});
  ModuleBuilder builder;
  builder.memory(1, 100, true);
  builder.function("grow", {{i32}, {i32}}, {local_get(0), Op::memory_grow});
  ASSERT_EQ(attempt(vm, builder), "");
  EXPECT_EQ(vm.run("grow", {v(2)}), "i32:-1");
  EXPECT_EQ(vm.run("grow", {v(1)}), "i32:1");
  EXPECT_EQ(vm.run("grow", {v(1)}), "i32:-1");
  ModuleBuilder large;
  large.memory(3, 100, true);
  EXPECT_EQ(attempt(vm, large), "error: a memory of 3 pages is larger than the limit of 131072 bytes");
}

TEST(Instance, TablesOfAStoreHaveALimitTogether) {
  Vm vm(StoreOptions{.engine = Engine::fast, .table_cap = 10});
  ModuleBuilder builder;
  builder.table(3, 100);
  builder.table(4, 100);
  builder.function("grow", {{i32}, {i32}}, {ref_null(funcref), local_get(0), Piece(Op::table_grow, 1)});
  ASSERT_EQ(attempt(vm, builder), "");
  EXPECT_EQ(vm.run("grow", {v(4)}), "i32:-1");
  EXPECT_EQ(vm.run("grow", {v(2)}), "i32:4");
  ModuleBuilder more;
  more.table(2, 2);
  EXPECT_EQ(attempt(vm, more), "error: too many elements in all tables together: 11, the limit is 10");
  EXPECT_EQ(vm.store.add_table({funcref, {uint64_t{1} << 32, std::nullopt}}).error().message,
            "too many elements in a table: 4294967296, the limit of this implementation is 10000000");
}

TEST(Instance, TableGrowStopsAtTheLimit) {
  TableInst table{{funcref, {0, std::nullopt}}, {}};
  EXPECT_EQ(table.grow(3, 7), 0u);
  EXPECT_EQ(table.elements, std::vector<uint64_t>(3, 7));
  EXPECT_EQ(table.grow(kMaxTableSize - 2, 0), std::nullopt);
  EXPECT_EQ(table.grow(0xffffffff, 0), std::nullopt);
  EXPECT_EQ(table.grow(0, 0), 3u);
  EXPECT_EQ(to_string(table.current_type()), "3 funcref");
}

TEST(Instance, CompileSaysWhatIsWrong) {
  ModuleBuilder builder;
  builder.function("f", {}, {Op::drop});
  const auto invalid = CompiledModule::compile(builder.module);
  ASSERT_FALSE(invalid);
  EXPECT_EQ(invalid.error().kind, ErrorKind::invalid);
  const auto malformed = CompiledModule::compile(std::vector<uint8_t>{1, 2, 3});
  ASSERT_FALSE(malformed);
  EXPECT_EQ(malformed.error().kind, ErrorKind::malformed);
}

// The register code of an engine is made on first use, which may be on many threads at once.
TEST(Instance, OneModuleInManyStoresAtOnce) {
  ModuleBuilder builder;
  builder.function("f", {{i32}, {i32}}, {local_get(0), i32_const(1), Op::i32_add});
  const auto module = compile(builder.module);
  std::vector<std::string> outcomes(8);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    threads.emplace_back([&, i] {
      Vm vm(i % 2 == 0 ? Engine::observed : Engine::fast);
      vm.instantiate(module);
      outcomes[i] = vm.run("f", {v(static_cast<uint32_t>(i))});
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < outcomes.size(); ++i) EXPECT_EQ(outcomes[i], "i32:" + std::to_string(i + 1));
}

}  // namespace
}  // namespace weft
