// SPDX-License-Identifier: Apache-2.0
//
// Structured control, locals and the operand stack on both engines: what lowering to register code can get wrong.
#include <gtest/gtest.h>

#include "interp/tests/module_builder.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(Control);

Value v(uint32_t value) { return Value::i32(value); }

/// A module with one function "f".
std::string run(Engine engine, const FuncType& type, const Code& code, const std::vector<Value>& arguments = {},
                std::vector<ValType> locals = {}) {
  ModuleBuilder builder;
  builder.type({{i32, i32}, {i32, i32}});  // type 0, for blocks
  builder.type({{i32}, {i32}});            // type 1
  builder.type({{}, {i32, i32}});          // type 2
  builder.type({{i32, i32, i32}, {i32}});  // type 3
  builder.function("f", type, code, std::move(locals));
  Vm vm(builder, engine);
  return vm.instance == nullptr ? "not instantiated" : vm.run("f", arguments);
}

TEST_P(Control, ParametersReturnedInAnotherOrder) {
  const FuncType two{{i32, i32}, {i32, i32}};
  EXPECT_EQ(run(GetParam(), two, {local_get(1), local_get(0)}, {v(1), v(2)}), "i32:2 i32:1");
  EXPECT_EQ(run(GetParam(), two, {local_get(0), local_get(0)}, {v(1), v(2)}), "i32:1 i32:1");
  EXPECT_EQ(run(GetParam(), two, {local_get(1), local_get(1)}, {v(1), v(2)}), "i32:2 i32:2");
  EXPECT_EQ(run(GetParam(), two, {local_get(0), local_get(1)}, {v(1), v(2)}), "i32:1 i32:2");
  EXPECT_EQ(run(GetParam(), two, {i32_const(9), local_get(0)}, {v(1), v(2)}), "i32:9 i32:1");
  EXPECT_EQ(run(GetParam(), two, {local_get(1), local_get(0), Op::return_}, {v(1), v(2)}), "i32:2 i32:1");
  EXPECT_EQ(run(GetParam(), two, {local_get(1), local_get(0), br(0)}, {v(1), v(2)}), "i32:2 i32:1");
  // Every map of three parameters to three results.
  for (uint32_t map = 0; map < 27; ++map) {
    const uint32_t a = map / 9, b = map / 3 % 3, c = map % 3;
    const Code code{local_get(a), local_get(b), local_get(c)};
    const std::string wanted =
        "i32:" + std::to_string(10 + a) + " i32:" + std::to_string(10 + b) + " i32:" + std::to_string(10 + c);
    EXPECT_EQ(run(GetParam(), {{i32, i32, i32}, {i32, i32, i32}}, code, {v(10), v(11), v(12)}), wanted);
  }
  EXPECT_EQ(run(GetParam(), {{i32}, {i32, i32, i32}}, {local_get(0), i32_const(5), local_get(0)}, {v(1)}),
            "i32:1 i32:5 i32:1")
      << "more results than parameters";
  EXPECT_EQ(run(GetParam(), {{i32, i64, f32}, {f32, i32}}, {local_get(2), local_get(0)},
                {v(1), Value::i64(2), Value::f32(3)}),
            "f32:0x1.8p+1 i32:1")
      << "fewer";
}

TEST_P(Control, Nothing) {
  EXPECT_EQ(run(GetParam(), {}, {}), "");
  EXPECT_EQ(run(GetParam(), {}, {Op::nop, block(Op::block), Op::end, block(Op::loop), Op::end}), "");
  EXPECT_EQ(run(GetParam(), {}, {Op::unreachable}), "trap: unreachable");
}

TEST_P(Control, BlocksWithParametersAndResults) {
  const FuncType type{{i32, i32}, {i32}};
  // 100 below; (a b) through the block, which subtracts and adds.
  EXPECT_EQ(run(GetParam(), type,
                {i32_const(100), local_get(0), local_get(1), block_of_type(Op::block, 0), local_set(0), local_set(1),
                 local_get(0), local_get(1), Op::end, Op::i32_sub, Op::i32_add},
                {v(7), v(3)}),
            "i32:96")
      << "the block exchanges its parameters: 100 + (3 - 7)";
  EXPECT_EQ(run(GetParam(), type,
                {local_get(0), local_get(1), block_of_type(Op::block, 0), br(0), Op::end, Op::i32_sub}, {v(7), v(3)}),
            "i32:4");
  EXPECT_EQ(run(GetParam(), type, {block(Op::block, i32), i32_const(1), i32_const(2), local_get(0), br(0), Op::end},
                {v(7), v(3)}),
            "i32:7")
      << "values below the branch's are dropped";
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::block, i32), block(Op::block, i32), i32_const(1), local_get(1), br(1), Op::end,
                 i32_const(50), Op::i32_add, Op::end},
                {v(7), v(3)}),
            "i32:3");
}

TEST_P(Control, IfWithAndWithoutElse) {
  const FuncType type{{i32, i32}, {i32}};
  const Code with_else{local_get(0), block(Op::if_, i32), i32_const(11), Op::else_, local_get(1), Op::end};
  EXPECT_EQ(run(GetParam(), type, with_else, {v(1), v(5)}), "i32:11");
  EXPECT_EQ(run(GetParam(), type, with_else, {v(0), v(5)}), "i32:5");
  EXPECT_EQ(run(GetParam(), type, with_else, {v(0x80000000), v(5)}), "i32:11");
  // The parameter stays where it is when the condition is zero.
  const Code params{local_get(1), local_get(0), block_of_type(Op::if_, 1), i32_const(2), Op::i32_mul, Op::end};
  EXPECT_EQ(run(GetParam(), type, params, {v(1), v(5)}), "i32:10");
  EXPECT_EQ(run(GetParam(), type, params, {v(0), v(5)}), "i32:5");
  const Code constant_param{i32_const(21), local_get(0), block_of_type(Op::if_, 1), i32_const(2), Op::i32_mul, Op::end};
  EXPECT_EQ(run(GetParam(), type, constant_param, {v(1), v(5)}), "i32:42");
  EXPECT_EQ(run(GetParam(), type, constant_param, {v(0), v(5)}), "i32:21");
  // Two parameters exchanged on one path only.
  const Code exchange{local_get(0), local_get(1), local_get(0), i32_const(3), Op::i32_gt_s, block_of_type(Op::if_, 0),
                      local_set(0), local_set(1), local_get(0), local_get(1), Op::end,      Op::i32_sub};
  EXPECT_EQ(run(GetParam(), type, exchange, {v(7), v(3)}), "i32:-4");
  EXPECT_EQ(run(GetParam(), type, exchange, {v(2), v(9)}), "i32:-7");
  const Code constant_condition{i32_const(0), block(Op::if_, i32), i32_const(1), Op::else_, i32_const(2), Op::end};
  EXPECT_EQ(run(GetParam(), {{}, {i32}}, constant_condition), "i32:2");
  // An arm that ends in a branch, either of the two.
  const Code then_leaves{local_get(0), block(Op::if_, i32), local_get(1), Op::return_,
                         Op::else_,    i32_const(8),        Op::end};
  EXPECT_EQ(run(GetParam(), type, then_leaves, {v(1), v(5)}), "i32:5");
  EXPECT_EQ(run(GetParam(), type, then_leaves, {v(0), v(5)}), "i32:8");
  const Code else_leaves{local_get(0), block(Op::if_, i32), i32_const(8), Op::else_,
                         local_get(1), Op::return_,         Op::end};
  EXPECT_EQ(run(GetParam(), type, else_leaves, {v(1), v(5)}), "i32:8");
  EXPECT_EQ(run(GetParam(), type, else_leaves, {v(0), v(5)}), "i32:5");
}

TEST_P(Control, LoopsWithParameters) {
  // n! with (accumulator, n) as the loop's parameters.
  const Code factorial{i32_const(1), local_get(0), block_of_type(Op::loop, 0),
                       local_set(0), local_get(0), Op::i32_mul,
                       local_get(0), i32_const(1), Op::i32_sub,
                       local_tee(1), local_get(1), br_if(0),
                       Op::end,      Op::drop};
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, factorial, {v(5)}, {i32}), "i32:120");
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, factorial, {v(1)}, {i32}), "i32:1");
  // The parameters rotate at each turn: Fibonacci numbers.
  const Code fibonacci{i32_const(0), i32_const(1), block_of_type(Op::loop, 0),
                       local_set(1), local_set(2), local_get(1),
                       local_get(1), local_get(2), Op::i32_add,
                       local_get(0), i32_const(1), Op::i32_sub,
                       local_tee(0), br_if(0),     Op::end,
                       Op::drop};
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, fibonacci, {v(10)}, {i32, i32}), "i32:55");
  // A loop falls through with results, and a br to an outer block leaves it.
  const Code search{block(Op::block, i32), block(Op::loop), local_get(1), local_get(1), local_get(1),    Op::i32_mul,
                    local_get(0),          Op::i32_ge_u,    br_if(1),     Op::drop,     local_get(1),    i32_const(1),
                    Op::i32_add,           local_set(1),    br(0),        Op::end,      Op::unreachable, Op::end};
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, search, {v(50)}, {i32}), "i32:8");
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, {block(Op::loop, i32), local_get(0), Op::end}, {v(3)}), "i32:3");
}

TEST_P(Control, BranchIfWithValues) {
  const FuncType type{{i32, i32}, {i32}};
  const Code branch{block(Op::block, i32), local_get(1), local_get(0), br_if(0), i32_const(100), Op::i32_add, Op::end};
  EXPECT_EQ(run(GetParam(), type, branch, {v(1), v(5)}), "i32:5");
  EXPECT_EQ(run(GetParam(), type, branch, {v(0), v(5)}), "i32:105");
  const Code deeper{block(Op::block, i32), i32_const(9), local_get(1), local_get(0), br_if(0), Op::i32_add, Op::end};
  EXPECT_EQ(run(GetParam(), type, deeper, {v(1), v(5)}), "i32:5") << "the value moves over the one below it";
  EXPECT_EQ(run(GetParam(), type, deeper, {v(0), v(5)}), "i32:14") << "or nothing moves";
  const Code to_function{i32_const(9), local_get(1), local_get(0), br_if(0), Op::i32_add};
  EXPECT_EQ(run(GetParam(), type, to_function, {v(1), v(5)}), "i32:5");
  EXPECT_EQ(run(GetParam(), type, to_function, {v(0), v(5)}), "i32:14");
  const Code compared{block(Op::block, i32), local_get(1), local_get(0), i32_const(3), Op::i32_lt_u, br_if(0),
                      i32_const(100),        Op::i32_add,  Op::end};
  EXPECT_EQ(run(GetParam(), type, compared, {v(2), v(5)}), "i32:5");
  EXPECT_EQ(run(GetParam(), type, compared, {v(3), v(5)}), "i32:105");
  const Code in_place{block(Op::block, i32), local_get(1), i32_const(1), Op::i32_add, local_get(0), br_if(0),
                      i32_const(100),        Op::i32_add,  Op::end};
  EXPECT_EQ(run(GetParam(), type, in_place, {v(1), v(5)}), "i32:6");
  EXPECT_EQ(run(GetParam(), type, in_place, {v(0), v(5)}), "i32:106");
  // Two values, both taken and not.
  const Code pair{block_of_type(Op::block, 2),
                  local_get(0),
                  local_get(1),
                  local_get(0),
                  br_if(0),
                  Op::i32_sub,
                  i32_const(1000),
                  Op::end,
                  Op::i32_sub};
  EXPECT_EQ(run(GetParam(), type, pair, {v(9), v(5)}), "i32:4");
  EXPECT_EQ(run(GetParam(), type, pair, {v(0), v(5)}), "i32:-1005");
  // Without values, to the function itself.
  EXPECT_EQ(run(GetParam(), {{i32}, {}}, {local_get(0), br_if(0), Op::unreachable}, {v(1)}), "");
  EXPECT_EQ(run(GetParam(), {{i32}, {}}, {local_get(0), br_if(0), Op::unreachable}, {v(0)}), "trap: unreachable");
  EXPECT_EQ(run(GetParam(), {{i32}, {}}, {local_get(0), br_if(0)}, {v(0)}), "");
}

TEST_P(Control, BranchTable) {
  const FuncType type{{i32}, {i32}};
  const Code plain{block(Op::block), block(Op::block), block(Op::block), local_get(0), br_table({0, 1, 0, 2}),
                   Op::end,          i32_const(10),    Op::return_,      Op::end,      i32_const(20),
                   Op::return_,      Op::end,          i32_const(30)};
  const uint32_t wanted[] = {10, 20, 10, 30, 30};
  for (uint32_t i = 0; i < 5; ++i) EXPECT_EQ(run(GetParam(), type, plain, {v(i)}), to_string(v(wanted[i])));
  EXPECT_EQ(run(GetParam(), type, plain, {v(0xffffffff)}), "i32:30") << "the index is unsigned";
  // With values, duplicate targets, and the function's own label.
  const Code values{block(Op::block, i32),
                    block(Op::block, i32),
                    i32_const(77),
                    local_get(0),
                    br_table({0, 1, 2, 1, 2, 0}),
                    Op::end,
                    i32_const(1),
                    Op::i32_add,
                    Op::end,
                    i32_const(2),
                    Op::i32_add};
  const uint32_t sums[] = {80, 79, 77, 79, 77, 80, 80};
  for (uint32_t i = 0; i < 7; ++i) EXPECT_EQ(run(GetParam(), type, values, {v(i)}), to_string(v(sums[i])));
  // Values that must move, by different ways for different targets.
  const Code moves{block(Op::block, i32), i32_const(5), block(Op::block, i32), i32_const(6),
                   local_get(0),          local_get(0), br_table({0, 1, 2}),   Op::end,
                   Op::i32_add,           Op::end,      i32_const(100),        Op::i32_mul};
  EXPECT_EQ(run(GetParam(), type, moves, {v(0)}), "i32:500");
  EXPECT_EQ(run(GetParam(), type, moves, {v(1)}), "i32:100");
  EXPECT_EQ(run(GetParam(), type, moves, {v(2)}), "i32:2");
  // To a loop's start.
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}},
                {block(Op::block), block(Op::loop), local_get(1), i32_const(1), Op::i32_add, local_set(1), local_get(0),
                 i32_const(1), Op::i32_sub, local_tee(0), br_table({1, 0}), Op::end, Op::end, local_get(1)},
                {v(4)}, {i32}),
            "i32:4");
  EXPECT_EQ(run(GetParam(), {{}, {i32}}, {i32_const(3), i32_const(0), br_table({0})}), "i32:3") << "only a default";
  EXPECT_EQ(run(GetParam(), {{i32}, {}}, {local_get(0), br_table({0, 0})}, {v(7)}), "");
  // Two results from the function label.
  EXPECT_EQ(run(GetParam(), {{i32, i32}, {i32, i32}}, {local_get(1), local_get(0), local_get(0), br_table({0, 0})},
                {v(1), v(2)}),
            "i32:2 i32:1");
}

TEST_P(Control, CodeThatCannotBeReached) {
  const FuncType type{{i32}, {i32}};
  EXPECT_EQ(run(GetParam(), type,
                {local_get(0), Op::return_, block(Op::block, i32), block(Op::loop), br(0), Op::end, i32_const(1),
                 block(Op::if_), Op::else_, Op::end, i32_const(4), Op::end, Op::i32_add},
                {v(6)}),
            "i32:6");
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::block, i32), local_get(0), br(0), block(Op::if_), Op::nop, Op::else_, Op::unreachable,
                 Op::drop, Op::end, Op::i32_mul, Op::end, i32_const(1), Op::i32_add},
                {v(6)}),
            "i32:7");
  EXPECT_EQ(run(GetParam(), type, {block(Op::block), Op::unreachable, Op::end, i32_const(1)}, {v(6)}),
            "trap: unreachable");
  // Reached again by a branch that stands before the dead end.
  EXPECT_EQ(
      run(GetParam(), type, {block(Op::block), local_get(0), br_if(0), Op::unreachable, Op::end, i32_const(1)}, {v(6)}),
      "i32:1");
  // Reached again by the else, and by an if without one.
  EXPECT_EQ(run(GetParam(), type,
                {local_get(0), block(Op::if_, i32), Op::unreachable, Op::else_, i32_const(3), Op::end}, {v(0)}),
            "i32:3");
  EXPECT_EQ(run(GetParam(), type, {local_get(0), block(Op::if_), Op::unreachable, Op::end, i32_const(3)}, {v(0)}),
            "i32:3");
  EXPECT_EQ(run(GetParam(), type,
                {i32_const(5), local_get(0), block_of_type(Op::if_, 1), Op::drop, i32_const(1), Op::return_, Op::end},
                {v(0)}),
            "i32:5");
  // A loop that is never left: what follows is dead.
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::loop), local_get(0), i32_const(1), Op::i32_sub, local_tee(0), i32_const(0), Op::i32_ne,
                 br_if(0), i32_const(9), Op::return_, Op::end, Op::unreachable, Op::i32_add},
                {v(3)}),
            "i32:9");
}

TEST_P(Control, LocalsReadBeforeTheyAreSet) {
  const FuncType type{{i32, i32}, {i32}};
  // The value pushed by local.get is the old one, whatever is stored afterwards.
  EXPECT_EQ(run(GetParam(), type, {local_get(0), i32_const(50), local_set(0), local_get(0), Op::i32_sub}, {v(7), v(3)}),
            "i32:-43");
  EXPECT_EQ(run(GetParam(), type, {local_get(0), local_get(1), local_set(0), local_get(0), Op::i32_sub}, {v(7), v(3)}),
            "i32:4");
  EXPECT_EQ(run(GetParam(), type,
                {local_get(0), local_get(0), i32_const(1), Op::i32_add, local_set(0), local_get(0), Op::i32_mul},
                {v(7), v(3)}),
            "i32:56");
  EXPECT_EQ(
      run(GetParam(), type,
          {local_get(0), local_get(0), i32_const(1), Op::i32_add, local_tee(0), Op::i32_mul, local_get(0), Op::i32_add},
          {v(7), v(3)}),
      "i32:64");
  EXPECT_EQ(run(GetParam(), type,
                {local_get(0), local_get(0), local_get(1), local_set(0), local_get(0), Op::i32_add, Op::i32_add},
                {v(7), v(3)}),
            "i32:17");
  EXPECT_EQ(run(GetParam(), type, {local_get(0), local_set(0), local_get(0)}, {v(7), v(3)}), "i32:7");
  // Exchange by way of the stack.
  EXPECT_EQ(run(GetParam(), type,
                {local_get(0), local_get(1), local_set(0), local_set(1), local_get(0), local_get(1), Op::i32_sub},
                {v(7), v(3)}),
            "i32:-4");
  // Set on one path only, while an old value is on the stack.
  const Code one_path{local_get(0), block(Op::block), local_get(1), br_if(0),   i32_const(100),
                      local_set(0), Op::end,          local_get(0), Op::i32_sub};
  EXPECT_EQ(run(GetParam(), type, one_path, {v(7), v(1)}), "i32:0");
  EXPECT_EQ(run(GetParam(), type, one_path, {v(7), v(0)}), "i32:-93");
  const Code in_if{local_get(0), local_get(1), block(Op::if_), i32_const(100),
                   local_set(0), Op::end,      local_get(0),   Op::i32_sub};
  EXPECT_EQ(run(GetParam(), type, in_if, {v(7), v(1)}), "i32:-93");
  EXPECT_EQ(run(GetParam(), type, in_if, {v(7), v(0)}), "i32:0");
  // Set within a loop, while the value from before it is on the stack.
  const Code in_loop{local_get(0), block(Op::loop), local_get(0), i32_const(10), Op::i32_add,
                     local_set(0), local_get(1),    i32_const(1), Op::i32_sub,   local_tee(1),
                     br_if(0),     Op::end,         local_get(0), Op::i32_sub};
  EXPECT_EQ(run(GetParam(), type, in_loop, {v(7), v(3)}), "i32:-30");
  // As the operand of a branch that is fused with its comparison.
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::block, i32), local_get(0), local_get(0), i32_const(9), local_set(0), i32_const(7),
                 Op::i32_eq, br_if(0), Op::drop, i32_const(1), Op::end},
                {v(7), v(3)}),
            "i32:7");
}

// Far more pending values than any compiler makes: lowering settles them together.
TEST_P(Control, ManyLocalsReadBeforeOneIsSet) {
  for (const uint32_t set : {0u, 1u}) {
    Code code;
    for (uint32_t i = 0; i < 300; ++i) code.push_back(local_get(i % 2));
    code.insert(code.end(), {local_get(set), i32_const(1000), Op::i32_add, local_set(set)});
    for (int i = 0; i < 299; ++i) code.push_back(Op::i32_add);
    code.insert(code.end(), {local_get(set), Op::i32_add});
    EXPECT_EQ(run(GetParam(), {{i32, i32}, {i32}}, code, {v(1), v(2)}), set == 0 ? "i32:1451" : "i32:1452");
  }
}

TEST_P(Control, LocalsStartAtZero) {
  const FuncType type{{i32}, {i32, i64, f32, f64, funcref}};
  EXPECT_EQ(run(GetParam(), type, {local_get(1), local_get(2), local_get(3), local_get(4), local_get(5)}, {v(1)},
                {i32, i64, f32, f64, funcref}),
            "i32:0 i64:0 f32:0x0p+0 f64:0x0p+0 funcref:null");
}

TEST_P(Control, Tee) {
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, {i32_const(5), local_tee(0), local_get(0), Op::i32_add}, {v(1)}), "i32:10");
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}},
                {local_get(0), i32_const(2), Op::i32_mul, local_tee(1), local_get(1), Op::i32_add, local_tee(0),
                 local_get(0), Op::i32_add},
                {v(3)}, {i32}),
            "i32:24");
  // A tee whose value a branch consumes as its condition.
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}},
                {block(Op::block), local_get(0), i32_const(3), Op::i32_lt_s, local_tee(0), br_if(0), i32_const(50),
                 Op::return_, Op::end, local_get(0)},
                {v(2)}),
            "i32:1");
}

TEST_P(Control, SelectAndDrop) {
  const FuncType type{{i32, i64, i64}, {i64}};
  const Code code{local_get(1), local_get(2), local_get(0), Op::select};
  EXPECT_EQ(run(GetParam(), type, code, {v(1), Value::i64(10), Value::i64(20)}), "i64:10");
  EXPECT_EQ(run(GetParam(), type, code, {v(0), Value::i64(10), Value::i64(20)}), "i64:20");
  EXPECT_EQ(run(GetParam(), type, code, {v(0x10000), Value::i64(10), Value::i64(20)}), "i64:10");
  EXPECT_EQ(run(GetParam(), {{i32}, {f64}},
                {constant(Value::f64(1)), constant(Value::f64(2)), local_get(0), Op::select}, {v(0)}),
            "f64:0x1p+1");
  EXPECT_EQ(run(GetParam(), {{i32}, {externref}},
                {ref_null(externref), ref_null(externref), local_get(0), select_t(externref)}, {v(0)}),
            "externref:null");
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}},
                {local_get(0), i32_const(1), Op::i32_add, i32_const(2), Op::drop, local_get(0), Op::drop}, {v(4)}),
            "i32:5");
  // The condition is a comparison, which a select does not fuse with.
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}},
                {i32_const(1), i32_const(2), local_get(0), i32_const(4), Op::i32_eq, Op::select}, {v(4)}),
            "i32:1");
  // What is dropped is computed: it may trap.
  EXPECT_EQ(run(GetParam(), {{i32}, {}}, {i32_const(1), local_get(0), Op::i32_div_s, Op::drop}, {v(0)}),
            "trap: integer divide by zero");
}

TEST_P(Control, ComparisonsThatAreNotFusedWithTheirBranch) {
  const FuncType type{{i32, i32}, {i32}};
  // Something stands between the comparison and the branch.
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::block), local_get(0), local_get(1), Op::i32_lt_s, i32_const(5), local_set(0), br_if(0),
                 i32_const(0), Op::return_, Op::end, local_get(0)},
                {v(1), v(2)}),
            "i32:5");
  // The comparison's result is the result of a block.
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::block), block(Op::block, i32), local_get(0), local_get(1), Op::i32_lt_s, Op::end, br_if(0),
                 i32_const(0), Op::return_, Op::end, i32_const(1)},
                {v(1), v(2)}),
            "i32:1");
  // Negated.
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::block), local_get(0), local_get(1), Op::i32_lt_s, Op::i32_eqz, br_if(0), i32_const(0),
                 Op::return_, Op::end, i32_const(1)},
                {v(1), v(2)}),
            "i32:0");
  // The value that a branch carries and its condition are made by the same kind of instruction.
  EXPECT_EQ(run(GetParam(), type,
                {block(Op::block, i32), local_get(0), local_get(1), Op::i32_eq, local_get(0), local_get(1), Op::i32_ne,
                 br_if(0), Op::drop, i32_const(7), Op::end},
                {v(1), v(2)}),
            "i32:0");
}

TEST_P(Control, DeepNesting) {
  Code code;
  for (int i = 0; i < 2'000; ++i) code.push_back(block(Op::block, i32));
  code.insert(code.end(), {local_get(0), local_get(0), br_if(1999)});
  for (int i = 0; i < 2'000; ++i) code.insert(code.end(), {i32_const(1), Op::i32_add, Op::end});
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, code, {v(0)}), "i32:2000");
  EXPECT_EQ(run(GetParam(), {{i32}, {i32}}, code, {v(7)}), "i32:7");
}

TEST_P(Control, GlobalsKeepTheOrderOfReadsAndWrites) {
  ModuleBuilder builder;
  builder.global(v(5), "g");
  builder.global(Value::f64(0.5));
  builder.function("f", {{i32}, {i32}}, {global_get(0), local_get(0), global_set(0), global_get(0), Op::i32_sub});
  builder.function("wide", {{f64}, {f64}}, {global_get(1), local_get(0), global_set(1), global_get(1), Op::f64_add});
  Vm vm(builder, GetParam());
  EXPECT_EQ(vm.run("f", {v(100)}), "i32:-95");
  EXPECT_EQ(vm.run("f", {v(1)}), "i32:99");
  EXPECT_EQ(std::get<GlobalInst*>(*vm.instance->find_export("g"))->get(), v(1));
  EXPECT_EQ(vm.run("wide", {Value::f64(2)}), "f64:0x1.4p+1");
}

// So many values that a branch moves them as a block: those that are locals and constants until then, and those in
// slots; to a block that has something below it, and to the function, whose results lie where its parameters are.
TEST_P(Control, BranchesWithManyValues) {
  constexpr size_t kCount = 12;
  const FuncType type{std::vector<ValType>(kCount, i64), std::vector<ValType>(kCount, i64)};
  Code values;  // the parameters backwards, but constants and a sum in between
  for (uint32_t i = kCount; i-- > 0;) {
    if (i % 4 == 1) {
      values.push_back(i64_const(1000 + i));
    } else if (i % 4 == 2) {
      values = values + Code{local_get(i), i64_const(500), Op::i64_add};
    } else {
      values.push_back(local_get(i));
    }
  }
  const std::string backwards =
      "i64:11 i64:510 i64:1009 i64:8 i64:7 i64:506 i64:1005 i64:4 i64:3 i64:502 i64:1001 i64:0";
  ModuleBuilder builder;
  const uint32_t block_type = builder.type({{}, type.results});
  const Code drops(kCount, Op::drop);
  const FuncType with_choice{[&] {
                               std::vector<ValType> params = type.params;
                               params.push_back(i32);
                               return params;
                             }(),
                             type.results};
  const uint32_t choice = kCount;
  const Code zeroes(kCount, i64_const(0));
  const auto in_block = [&](const Code& branch) {
    return Code{i32_const(1), i32_const(2), block_of_type(Op::block, block_type)} + values + branch + drops + zeroes +
           Code{Op::end, Op::return_};
  };
  builder.function("br", with_choice, in_block({br(0)}));
  builder.function("br_if", with_choice, in_block({local_get(choice), br_if(0)}));
  builder.function("br_if_out", with_choice, in_block({local_get(choice), br_if(1)}));
  builder.function("br_if_compared", with_choice, in_block({local_get(choice), i32_const(1), Op::i32_eq, br_if(0)}));
  builder.function("br_table", with_choice,
                   in_block({block(Op::block), Op::end, local_get(choice), br_table({0, 1, 0})}));
  builder.function("return", with_choice, in_block({Op::return_}));
  const Code begin{i32_const(1), block_of_type(Op::block, block_type)}, end{Op::end, Op::return_};
  builder.function("fall", with_choice, begin + values + end);
  builder.function("kept", with_choice, begin + values + Code{local_get(choice), br_if(0)} + end);
  builder.function("kept_out", with_choice, begin + values + Code{local_get(choice), br_if(1)} + end);
  const auto run = [&](const char* name, const std::vector<Value>& arguments) {
    return Vm(builder, GetParam()).run(name, arguments);  // with a stack that holds nothing of an earlier run
  };
  std::vector<Value> arguments;
  for (uint64_t i = 0; i < kCount; ++i) arguments.push_back(Value::i64(i));
  for (const uint32_t chosen : {0u, 1u}) {
    std::vector<Value> all = arguments;
    all.push_back(Value::i32(chosen));
    std::string nothing = "i64:0";
    for (size_t i = 1; i < kCount; ++i) nothing += " i64:0";
    for (const char* name : {"br", "br_table", "return", "fall", "kept", "kept_out"})
      EXPECT_EQ(run(name, all), backwards) << name;
    for (const char* name : {"br_if", "br_if_out", "br_if_compared"})
      EXPECT_EQ(run(name, all), chosen == 0 ? nothing : backwards) << name << chosen;
  }
}

}  // namespace
}  // namespace weft
