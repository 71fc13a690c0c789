// SPDX-License-Identifier: Apache-2.0
//
// Exceptions: who catches what, with which values and locals, through frames, instances and host functions
// (exec-throw, exec-throw_ref, exec-try_table; the legacy try of the exception-handling proposal).
#include <gtest/gtest.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(ExceptionHandling);

Value v(uint32_t value) { return Value::i32(value); }

const FuncType kUnary{{i32}, {i32}};
const std::string kUncaught = "exception: uncaught exception";

/// (block $h (result …) (try_table (clause $h) body) unreachable): what the clause gives; a body that ends is a trap.
Code handled(const CatchClause& clause, const Code& body, BlockType result) {
  return Code{block(Op::block, result), try_table({clause})} + body + Code{Op::end, Op::unreachable, Op::end};
}
Code handled(const CatchClause& clause, const Code& body, ValType result) {
  return handled(clause, body, BlockType::of(result));
}

Extern exported(const Vm& vm, const std::string& name) { return *vm.instance->find_export(name); }

// --- throw and catch
// ---------------------------------------------------------------------------------------------

TEST_P(ExceptionHandling, ThroughFrames) {
  ModuleBuilder builder;
  builder.tag({i32});
  builder.function(
      "throw_unless_0", kUnary,
      {local_get(0), block(Op::if_), local_get(0), i32_const(10), Op::i32_mul, throw_(0), Op::end, i32_const(7)});
  builder.function("middle", kUnary, {i32_const(1), local_get(0), call(0), Op::i32_add});
  builder.function("catch", kUnary,
                   {block(Op::block, i32), try_table({on(0, 0)}, BlockType::of(i32)), local_get(0), call(1), Op::end,
                    i32_const(1000), Op::i32_add, Op::return_, Op::end});
  builder.function("deep", kUnary,
                   {local_get(0), block(Op::if_, i32), local_get(0), i32_const(1), Op::i32_sub, call(3), Op::else_,
                    i32_const(42), throw_(0), Op::end});
  builder.function("catch_deep", kUnary, handled(on(0, 0), {local_get(0), call(3), Op::drop}, i32));
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("catch", {v(0)}), "i32:1008") << "nothing was thrown";
  EXPECT_EQ(vm.run("catch", {v(3)}), "i32:30");
  EXPECT_EQ(vm.run("catch_deep", {v(20'000)}), "i32:42");
  EXPECT_EQ(vm.run("catch", {v(3)}), "i32:30");
}

TEST_P(ExceptionHandling, UncaughtEndsTheRunWhereItWasThrown) {
  ModuleBuilder builder;
  builder.tag({});
  builder.tag({});
  builder.function("throw", {}, {Op::nop, throw_(0)});
  builder.function("middle", {}, {call(0)});
  builder.function("other", {}, {block(Op::block), try_table({on(1, 0)}), call(1), Op::end, Op::end});
  builder.function("throw_ref", {}, handled(on_all_ref(0), {call(0)}, exnref) + Code{Op::throw_ref});
  Vm vm(builder, GetParam());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(vm.run("middle"), kUncaught);
    EXPECT_EQ(vm.agent.error().kind, ErrorKind::exception);
    EXPECT_EQ(vm.agent.completion(), Completion::trapped);
    EXPECT_EQ(vm.backtrace(), "throw+0x1 < middle+0x100");
    EXPECT_EQ(vm.run("other"), kUncaught) << "another tag";
    EXPECT_EQ(vm.backtrace(), "throw+0x1 < middle+0x100 < other+0x202") << "nothing was unwound";
    EXPECT_EQ(vm.run("throw_ref"), kUncaught);
    EXPECT_EQ(vm.backtrace(), "throw_ref+0x306");
  }
}

TEST_P(ExceptionHandling, AStartFunctionMayThrow) {
  ModuleBuilder builder;
  builder.tag({});
  builder.module.start = builder.function("s", {}, {throw_(0)});
  Vm vm(GetParam());
  const auto made = vm.store.instantiate(compile(builder.module), {}, vm.agent);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::exception);
}

TEST_P(ExceptionHandling, ValuesOfEveryType) {
  const std::vector<ValType> types{i32, v128, i64, f32, externref, f64, funcref, v128, exnref};
  const FuncType identity{types, types};
  ModuleBuilder builder;
  builder.tag(types);
  Code all;
  for (uint32_t i = 0; i < types.size(); ++i) all.push_back(local_get(i));
  builder.function("throw", {types, {}}, all + Code{throw_(0)});
  const BlockType result{builder.type({{}, types})};
  builder.function("catch", identity, handled(on(0, 0), all + Code{call(0)}, result));
  // The same, caught with a reference, thrown again and caught by another frame's clause.
  std::vector<ValType> with_reference = types;
  with_reference.push_back(exnref);
  builder.function(
      "again", {types, {}},
      handled(on_ref(0, 0), all + Code{call(0)}, BlockType{builder.type({{}, with_reference})}) + Code{Op::throw_ref});
  builder.function("catch_again", identity, handled(on(0, 0), all + Code{call(2)}, result));
  Code legacy{block_of_type(Op::try_, result.type_index())};
  legacy = legacy + all + Code{call(0), Op::unreachable, {Op::catch_, 0}, Op::end};
  builder.function("legacy", identity, legacy);
  Vm vm(builder, GetParam());
  const std::vector<Value> values{v(7),
                                  Value::v128(1, 2),
                                  Value::i64(~uint64_t{0}),
                                  Value::f32(1.5f),
                                  Value::externref(9),
                                  Value::f64(-2),
                                  Value::funcref(vm.function("throw")),
                                  Value::v128(3, ~uint64_t{0}),
                                  Value::null(exnref)};
  std::string wanted;
  for (const Value& value : values) wanted += (wanted.empty() ? "" : " ") + to_string(value);
  for (const char* name : {"catch", "catch_again", "legacy"}) EXPECT_EQ(vm.run(name, values), wanted) << name;
}

TEST_P(ExceptionHandling, AsManyValuesAsATypeMayHave) {
  const std::vector<ValType> types(1000, i64);
  ModuleBuilder builder;
  builder.tag(types);
  Code all;
  for (uint32_t i = 0; i < types.size(); ++i) all.push_back(local_get(i));
  builder.function("throw", {types, {}}, all + Code{throw_(0)});
  builder.function("f", {types, types}, handled(on(0, 0), all + Code{call(0)}, BlockType{builder.type({{}, types})}));
  Vm vm(builder, GetParam());
  std::vector<Value> values;
  for (uint64_t i = 0; i < types.size(); ++i) values.push_back(Value::i64(i * i));
  vm.run("f", values);
  EXPECT_EQ(vm.agent.results(), values);
}

TEST_P(ExceptionHandling, TheFirstClauseThatMatches) {
  ModuleBuilder builder;
  const uint32_t a = builder.tag({}), b = builder.tag({}), c = builder.tag({});
  // Throws the tag that the argument names; which clause caught it.
  builder.function(
      "throw", {{i32}, {}},
      {block(Op::block), block(Op::block), local_get(0), br_table({0, 1, 2}), Op::end, throw_(a), Op::end, throw_(b)});
  const auto choose = [&](const char* name, const std::vector<CatchClause>& clauses) {
    builder.function(name, kUnary,
                     {block(Op::block), block(Op::block), block(Op::block), try_table(clauses), local_get(0), call(0),
                      Op::end, i32_const(9), Op::return_, Op::end, i32_const(0), Op::return_, Op::end, i32_const(1),
                      Op::return_, Op::end, i32_const(2)});
  };
  choose("in_order", {on(a, 0), on(b, 1), on_all(2)});
  choose("all_first", {on_all(2), on(a, 0), on(b, 1)});
  choose("twice", {on(a, 0), on(a, 1), on(c, 1), on(b, 2)});
  choose("only_b", {on(b, 1)});
  Vm vm(builder, GetParam());
  const auto caught = [&](const char* name) { return vm.run(name, {v(0)}) + " " + vm.run(name, {v(1)}); };
  EXPECT_EQ(caught("in_order"), "i32:0 i32:1");
  EXPECT_EQ(vm.run("in_order", {v(2)}), "i32:9") << "nothing was thrown";
  EXPECT_EQ(caught("all_first"), "i32:2 i32:2");
  EXPECT_EQ(caught("twice"), "i32:0 i32:2");
  EXPECT_EQ(caught("only_b"), kUncaught + " i32:1");
}

TEST_P(ExceptionHandling, NestedRegions) {
  ModuleBuilder builder;
  const uint32_t a = builder.tag({}), b = builder.tag({});
  // Which of the two catches: 1 the inner, 2 the outer one.
  const auto nested = [&](const char* name, const std::vector<CatchClause>& inner,
                          const std::vector<CatchClause>& outer, const Code& in_inner, const Code& behind_inner) {
    builder.function(name, {{}, {i32}},
                     Code{block(Op::block), try_table(outer), block(Op::block), try_table(inner)} + in_inner +
                         Code{Op::end, i32_const(0), Op::return_, Op::end} + behind_inner +
                         Code{i32_const(1), Op::return_, Op::end, i32_const(3), Op::return_, Op::end, i32_const(2)});
  };
  nested("inner", {on(a, 0)}, {on(a, 0)}, {throw_(a)}, {});
  nested("outer", {on(b, 0)}, {on(a, 0)}, {throw_(a)}, {});
  nested("outer_of_none", {}, {on(a, 0)}, {throw_(a)}, {});
  nested("outer_directly", {on(a, 2)}, {}, {throw_(a)}, {});
  nested("in_the_handler", {on(a, 0)}, {on(b, 0)}, {throw_(a)}, {throw_(b)});
  nested("in_the_handler_the_same", {on_all(0)}, {on_all(0)}, {throw_(a)}, {throw_(a)});
  nested("neither", {on(b, 0)}, {on(b, 0)}, {throw_(a)}, {});
  nested("empty_body", {on_all(0)}, {on_all(0)}, {}, {});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("inner"), "i32:1");
  for (const char* name : {"outer", "outer_of_none", "outer_directly", "in_the_handler", "in_the_handler_the_same"}) {
    EXPECT_EQ(vm.run(name), "i32:2") << name;
  }
  EXPECT_EQ(vm.run("neither"), kUncaught);
  EXPECT_EQ(vm.run("empty_body"), "i32:0");
}

// A clause may lead to a loop, out of the function, and anywhere from a body that never ends otherwise.
TEST_P(ExceptionHandling, ClausesLeadAnywhere) {
  ModuleBuilder builder;
  builder.tag({i32});
  builder.function("sum", kUnary,
                   {local_get(0),
                    block_of_type(Op::loop, builder.type(kUnary)),
                    local_tee(0),
                    local_get(1),
                    Op::i32_add,
                    local_set(1),
                    local_get(0),
                    Op::i32_eqz,
                    block(Op::if_),
                    local_get(1),
                    Op::return_,
                    Op::end,
                    try_table({on(0, 0)}),
                    local_get(0),
                    i32_const(1),
                    Op::i32_sub,
                    throw_(0),
                    Op::end,
                    Op::unreachable,
                    Op::end},
                   {i32});
  builder.function("out", kUnary, {try_table({on(0, 0)}), local_get(0), throw_(0), Op::end, i32_const(-1)});
  builder.function("with_values_below", kUnary,
                   {i32_const(100), i32_const(20), block(Op::block, i32), try_table({on(0, 0)}), i64_const(3),
                    local_get(0), throw_(0), Op::end, Op::unreachable, Op::end, Op::i32_add, Op::i32_add});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("sum", {v(1000)}), "i32:500500");
  EXPECT_EQ(vm.run("out", {v(5)}), "i32:5");
  EXPECT_EQ(vm.run("with_values_below", {v(3)}), "i32:123");
}

TEST_P(ExceptionHandling, LocalsAndOperandsInTheHandler) {
  ModuleBuilder builder;
  builder.tag({});
  builder.function("throw", {}, {throw_(0)});
  // What was assigned before the throw counts, what comes after does not, and an operand keeps what it was.
  builder.function("f", {{i32}, {i32, i32}},
                   {local_get(0), block(Op::block), try_table({on_all(0)}), i32_const(5), local_set(0), call(0),
                    i32_const(6), local_set(0), Op::end, Op::end, local_get(0)});
  builder.function("before", {{i32}, {i32, i32}},
                   {local_get(0), block(Op::block), try_table({on_all(0)}), call(0), i32_const(6), local_set(0),
                    Op::end, Op::end, local_get(0)});
  builder.function("fused", {{i32}, {i32}},
                   {block(Op::block), try_table({on_all(0)}), local_get(0), i32_const(1), Op::i32_add, local_set(0),
                    call(0), Op::end, Op::end, local_get(0)});
  builder.function("legacy", {{i32}, {i32, i32}},
                   {local_get(0), block(Op::try_), i32_const(5), local_set(0), call(0), Op::catch_all, local_get(0),
                    i32_const(1), Op::i32_add, local_set(0), Op::end, local_get(0)});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f", {v(1)}), "i32:1 i32:5");
  EXPECT_EQ(vm.run("before", {v(1)}), "i32:1 i32:1");
  EXPECT_EQ(vm.run("fused", {v(1)}), "i32:2");
  EXPECT_EQ(vm.run("legacy", {v(1)}), "i32:1 i32:6");
}

// Traps and exhaustion are no exceptions.
TEST_P(ExceptionHandling, TrapsAreNotCaught) {
  ModuleBuilder builder;
  builder.tag({});
  const auto guarded = [&](const char* name, const Code& body) {
    builder.function(name, {}, Code{block(Op::block), try_table({on_all(0)})} + body + Code{Op::end, Op::end});
  };
  guarded("trap", {Op::unreachable});
  guarded("recursion", {call(1)});
  guarded("null", {ref_null(exnref), Op::throw_ref});
  builder.function("legacy", {}, {block(Op::try_), Op::unreachable, Op::catch_all, Op::end});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("trap"), "trap: unreachable");
  EXPECT_EQ(vm.run("recursion"), "exhaustion: call stack exhausted");
  EXPECT_EQ(vm.run("null"), "trap: null exception reference");
  EXPECT_EQ(vm.run("legacy"), "trap: unreachable");
}

TEST_P(ExceptionHandling, ReferencesToExceptions) {
  ModuleBuilder builder;
  builder.tag({i32});
  builder.tag({});
  const BlockType both{builder.type({{}, {i32, exnref}})};
  builder.function("exception", {{i32}, {exnref}}, handled(on_all_ref(0), {local_get(0), throw_(0)}, exnref));
  builder.function("value", {{exnref}, {i32}}, handled(on(0, 0), {local_get(0), Op::throw_ref}, i32));
  builder.function("round", kUnary, {local_get(0), call(0), call(1)});
  builder.function("with_value", kUnary,
                   handled(on_ref(0, 0), {local_get(0), throw_(0)}, both) + Code{call(1), Op::i32_add});
  // Of two exceptions each keeps its own value.
  builder.function("two", {{}, {i32, i32}},
                   {i32_const(1), call(0), i32_const(2), call(0), local_set(0), call(1), local_get(0), call(1)},
                   {exnref});
  builder.function("is_null", {{exnref}, {i32}}, {local_get(0), Op::ref_is_null});
  builder.function("not_null", {{}, {i32}}, {i32_const(1), call(0), Op::ref_is_null});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("round", {v(5)}), "i32:5");
  EXPECT_EQ(vm.run("with_value", {v(5)}), "i32:10");
  EXPECT_EQ(vm.run("two"), "i32:1 i32:2");
  EXPECT_EQ(vm.run("value", {Value::null(exnref)}), "trap: null exception reference");
  EXPECT_EQ(vm.run("is_null", {Value::null(exnref)}), "i32:1");
  EXPECT_EQ(vm.run("not_null"), "i32:0");
  vm.run("exception", {v(8)});
  EXPECT_EQ(vm.run("value", {vm.agent.results().at(0)}), "i32:8") << "a result that the embedder passes back";
}

// --- the legacy try
// ----------------------------------------------------------------------------------------------

TEST_P(ExceptionHandling, LegacyCatches) {
  ModuleBuilder builder;
  builder.tag({i32});
  builder.tag({});
  builder.function("throw", {{i32}, {}}, {local_get(0), block(Op::if_), local_get(0), throw_(0), Op::end, throw_(1)});
  builder.function("f", kUnary,
                   {block(Op::try_, i32), local_get(0), call(0), i32_const(-1), Piece{Op::catch_, 0}, i32_const(100),
                    Op::i32_add, Op::catch_all, i32_const(7), Op::end});
  builder.function(
      "only_all", kUnary,
      {block(Op::try_, i32), local_get(0), call(0), Op::unreachable, Op::catch_all, i32_const(7), Op::end});
  builder.function("none", kUnary, {block(Op::try_, i32), local_get(0), call(0), i32_const(1), Op::end});
  builder.function("in_the_catch", kUnary,
                   {block(Op::try_, i32), block(Op::try_, i32), local_get(0), throw_(0), Piece{Op::catch_, 0},
                    i32_const(1), Op::i32_add, throw_(0), Op::end, Piece{Op::catch_, 0}, Op::end});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f", {v(5)}), "i32:105");
  EXPECT_EQ(vm.run("f", {v(0)}), "i32:7");
  EXPECT_EQ(vm.run("only_all", {v(5)}), "i32:7");
  EXPECT_EQ(vm.run("none", {v(5)}), kUncaught);
  EXPECT_EQ(vm.run("in_the_catch", {v(5)}), "i32:6");
}

TEST_P(ExceptionHandling, LegacyRethrow) {
  ModuleBuilder builder;
  builder.tag({i32});
  builder.function("throw", {{i32}, {}}, {local_get(0), throw_(0)});
  // From the catch itself, and from within a block and another try in it; the outer exception, and the inner one.
  builder.function("f", kUnary,
                   {block(Op::try_, i32), block(Op::try_, i32), local_get(0), throw_(0), Piece{Op::catch_, 0}, Op::drop,
                    Piece{Op::rethrow, 0}, Op::end, Piece{Op::catch_, 0}, Op::end});
  const auto nested = [&](const char* name, uint32_t label) {
    builder.function(
        name, kUnary,
        {block(Op::try_, i32), block(Op::try_, i32), local_get(0), throw_(0), Piece{Op::catch_, 0}, Op::drop,
         block(Op::try_), i32_const(1000), throw_(0), Op::catch_all, block(Op::block), Piece{Op::rethrow, label},
         Op::end, Op::end, i32_const(-1), Op::end, Piece{Op::catch_, 0}, Op::end});
  };
  nested("outer", 2);
  nested("inner", 1);
  builder.function("all", kUnary,
                   {block(Op::try_, i32), block(Op::try_), local_get(0), call(0), Op::catch_all, Piece{Op::rethrow, 0},
                    Op::end, i32_const(-1), Piece{Op::catch_, 0}, Op::end});
  builder.function("uncaught", {{i32}, {}},
                   {block(Op::try_), local_get(0), call(0), Op::catch_all, Piece{Op::rethrow, 0}, Op::end});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f", {v(5)}), "i32:5");
  EXPECT_EQ(vm.run("outer", {v(5)}), "i32:5");
  EXPECT_EQ(vm.run("inner", {v(5)}), "i32:1000");
  EXPECT_EQ(vm.run("all", {v(5)}), "i32:5");
  EXPECT_EQ(vm.run("uncaught", {v(5)}), kUncaught);
  EXPECT_EQ(vm.backtrace(), "uncaught+0x504") << "thrown again there";
}

TEST_P(ExceptionHandling, LegacyDelegate) {
  ModuleBuilder builder;
  builder.tag({i32});
  // Three nested tries: the innermost delegates; who catches adds 10 (middle) or 100 (outer).
  const auto delegating = [&](const char* name, uint32_t label) {
    builder.function(name, kUnary,
                     {block(Op::try_, i32), block(Op::try_, i32), block(Op::block, i32), block(Op::try_, i32),
                      local_get(0), throw_(0), Piece{Op::delegate, label}, Op::end, Piece{Op::catch_, 0}, i32_const(10),
                      Op::i32_add, Op::end, Piece{Op::catch_, 0}, i32_const(100), Op::i32_add, Op::end});
  };
  delegating("to_a_block", 0);  // whatever is around it
  delegating("to_the_middle", 1);
  delegating("to_the_outer", 2);
  delegating("to_the_caller", 3);
  builder.function(
      "caller", kUnary,
      {block(Op::try_, i32), local_get(0), call(3), Piece{Op::catch_, 0}, i32_const(1000), Op::i32_add, Op::end});
  // Out of a catch: its own try does not catch what is thrown there.
  builder.function("out_of_a_catch", kUnary,
                   {block(Op::try_, i32), block(Op::try_, i32), local_get(0), throw_(0), Piece{Op::catch_, 0},
                    local_set(0), block(Op::try_, i32), local_get(0), throw_(0), Piece{Op::delegate, 0}, Op::end,
                    Piece{Op::catch_, 0}, i32_const(100), Op::i32_add, Op::end});
  builder.function("nothing_thrown", kUnary, {block(Op::try_, i32), local_get(0), Piece{Op::delegate, 0}});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("to_a_block", {v(5)}), "i32:15");
  EXPECT_EQ(vm.run("to_the_middle", {v(5)}), "i32:15");
  EXPECT_EQ(vm.run("to_the_outer", {v(5)}), "i32:105");
  EXPECT_EQ(vm.run("to_the_caller", {v(5)}), kUncaught);
  EXPECT_EQ(vm.run("caller", {v(5)}), "i32:1005");
  EXPECT_EQ(vm.run("out_of_a_catch", {v(5)}), "i32:105");
  EXPECT_EQ(vm.run("nothing_thrown", {v(5)}), "i32:5");
}

// --- instances and host functions
// --------------------------------------------------------------------------------

TEST_P(ExceptionHandling, TagsAreWhatTheyAreNotWhatTheyCarry) {
  ModuleBuilder thrower;
  thrower.tag({i32});
  thrower.memory(1, 1, false);
  thrower.data(SegmentMode::active, 0, {1});
  thrower.function("throw", {{i32}, {}}, {local_get(0), throw_(0)});
  Vm vm(GetParam());
  const auto module = compile(thrower.module);
  vm.instantiate(module);
  const Extern tag = exported(vm, "tag0"), first = exported(vm, "throw");
  vm.instantiate(module);
  const Extern second = exported(vm, "throw");  // with a tag of its own
  ModuleBuilder catcher;
  catcher.import_function("first", {{i32}, {}});
  catcher.import_function("second", {{i32}, {}});
  catcher.import("tag", TagType{catcher.type({{i32}, {}})});
  catcher.tag({i32});
  catcher.memory(1, 1, false);
  catcher.data(SegmentMode::active, 0, {2});
  // The handler works on its own instance's memory again.
  const Code load{i32_const(0), access(Op::i32_load8_u), i32_const(100), Op::i32_mul, Op::i32_add};
  const auto call_it = [](uint32_t f) { return Code{local_get(0), call(f)}; };
  catcher.function("imported_tag", kUnary, handled(on(0, 0), call_it(0), i32) + load);
  catcher.function("own_tag", kUnary, handled(on(1, 0), call_it(0), i32) + load);
  catcher.function("of_the_other", kUnary, handled(on(0, 0), call_it(1), i32) + load);
  const Code anything{block(Op::block), try_table({on_all(0)}), local_get(0), call(1), Op::end, Op::end, local_get(0)};
  catcher.function("any", kUnary, anything + load);
  ASSERT_NE(vm.instantiate(catcher, {first, second, tag}), nullptr);
  EXPECT_EQ(vm.run("imported_tag", {v(5)}), "i32:205");
  EXPECT_EQ(vm.run("own_tag", {v(5)}), kUncaught);
  EXPECT_EQ(vm.backtrace(), "throw+0x1 < own_tag+0x303");
  EXPECT_EQ(vm.run("of_the_other", {v(5)}), kUncaught);
  EXPECT_EQ(vm.run("any", {v(5)}), "i32:205");
}

struct ThroughHost : Vm {
  /// "host" asks to call "throw", or another host function that does, and goes on behind it when it returns.
  explicit ThroughHost(Engine engine) : Vm(engine) {
    ModuleBuilder builder;
    builder.import_function("host", kUnary);
    builder.import_function("hosts_host", kUnary);
    builder.tag({i32});
    builder.function("throw_unless_0", kUnary,
                     {local_get(0), block(Op::if_), local_get(0), throw_(0), Op::end, i32_const(7)});
    for (const uint32_t host : {0u, 1u}) {
      builder.function(host == 0 ? "catch" : "catch_twice", kUnary,
                       {block(Op::block, i32), try_table({on(0, 0)}, BlockType::of(i32)), i32_const(100), local_get(0),
                        call(host), Op::i32_add, Op::end, Op::return_, Op::end, i32_const(10), Op::i32_add});
    }
    // The frame is gone when the function is called, and so are its handlers (exec-return_call).
    builder.function("tail_call_in_a_try", kUnary,
                     {block(Op::block, i32), try_table({on(0, 0)}), local_get(0), return_call(0), Op::end,
                      Op::unreachable, Op::end, i32_const(10), Op::i32_add});
    builder.table(1, 1);
    builder.elements(SegmentMode::active, 0, 0, {0});
    builder.function(
        "indirect_tail_call_in_a_try", kUnary,
        {block(Op::block, i32), try_table({on(0, 0)}), local_get(0), i32_const(0),
         return_call_indirect(builder.type(kUnary)), Op::end, Op::unreachable, Op::end, i32_const(10), Op::i32_add});
    builder.function("caller", kUnary,
                     {block(Op::block, i32), try_table({on(0, 0)}, BlockType::of(i32)), local_get(0), call(5), Op::end,
                      Op::return_, Op::end, i32_const(20), Op::i32_add});
    const auto then = [this](HostCall& call) { return ++continued, HostOutcome::done(call, call.i32(0) + 1); };
    FuncInst* host = store.add_host_function("m.host", kUnary, [this, then](HostCall& call) {
      return HostOutcome::call(function("throw_unless_0"), {v(call.i32(0))}, then);
    });
    FuncInst* hosts_host = store.add_host_function("m.hosts_host", kUnary, [host, then](HostCall& call) {
      return HostOutcome::call(host, {v(call.i32(0))}, then);
    });
    instantiate(builder, {host, hosts_host});
  }
  int continued = 0;
};

TEST_P(ExceptionHandling, ThroughHostFunctionsWhichDoNotGoOn) {
  ThroughHost vm(GetParam());
  EXPECT_EQ(vm.run("catch", {v(0)}), "i32:108");
  EXPECT_EQ(vm.continued, 1);
  EXPECT_EQ(vm.run("catch", {v(5)}), "i32:15");
  EXPECT_EQ(vm.continued, 1) << "dropped";
  EXPECT_EQ(vm.run("catch_twice", {v(0)}), "i32:109");
  EXPECT_EQ(vm.run("catch_twice", {v(5)}), "i32:15");
  EXPECT_EQ(vm.continued, 3);
  vm.agent.invoke(*vm.function("throw_unless_0"), {{v(5)}});
  EXPECT_EQ(vm.outcome(), kUncaught);
  EXPECT_EQ(vm.run("catch", {v(0)}), "i32:108") << "no continuation was left over";
  EXPECT_EQ(vm.continued, 4);
}

TEST_P(ExceptionHandling, ATailCallLeavesItsHandlersEvenToAHostFunction) {
  ThroughHost vm(GetParam());
  for (const char* name : {"tail_call_in_a_try", "indirect_tail_call_in_a_try"}) {
    EXPECT_EQ(vm.run(name, {v(0)}), "i32:8") << name;
    EXPECT_EQ(vm.run(name, {v(5)}), kUncaught) << name;
  }
  EXPECT_EQ(vm.run("caller", {v(0)}), "i32:8");
  EXPECT_EQ(vm.run("caller", {v(5)}), "i32:25");
}

TEST_P(ExceptionHandling, ATailCallLeavesItsHandlers) {
  ModuleBuilder builder;
  builder.tag({});
  builder.function("throw", {}, {throw_(0)});
  builder.function("f", {}, {block(Op::block), try_table({on_all(0)}), return_call(0), Op::end, Op::end});
  builder.function("legacy", {}, {block(Op::try_), return_call(0), Op::catch_all, Op::end});
  builder.function(
      "caller", {{}, {i32}},
      {block(Op::block), try_table({on_all(0)}), call(1), Op::end, i32_const(1), Op::return_, Op::end, i32_const(2)});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f"), kUncaught);
  EXPECT_EQ(vm.run("legacy"), kUncaught);
  EXPECT_EQ(vm.run("caller"), "i32:2");
}

// --- stop
// --------------------------------------------------------------------------------------------------------

TEST_P(ExceptionHandling, StopEndsALoopOfThrows) {
  ModuleBuilder builder;
  builder.memory(1, 1, true);
  builder.tag({});
  builder.function("throw", {}, {throw_(0)});
  builder.function("to_the_loop", {},
                   here() + Code{block(Op::loop), try_table({on_all(0)}), throw_(0), Op::end, Op::end});
  builder.function("branch", {},
                   here() + Code{block(Op::loop), block(Op::block), try_table({on(0, 0)}), call(0), Op::end, Op::end,
                                 br(0), Op::end});
  builder.function("legacy", {},
                   here() + Code{block(Op::loop), block(Op::try_), call(0), Op::catch_all, br(1), Op::end, Op::end});
  builder.function("rethrow", {},
                   here() + Code{block(Op::loop), block(Op::try_), block(Op::try_), throw_(0), Op::catch_all,
                                 Piece{Op::rethrow, 0}, Op::end, Op::catch_all, br(1), Op::end, Op::end});
  const auto module = compile(builder.module);
  for (const char* name : {"to_the_loop", "branch", "legacy", "rethrow"}) {
    Vm vm(GetParam());
    vm.instantiate(module);
    EXPECT_EQ(vm.run_and_stop(name), "stopped") << name;
  }
}

}  // namespace
}  // namespace weft
