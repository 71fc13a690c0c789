// SPDX-License-Identifier: Apache-2.0
//
// Every row of class vector on both engines, against the reference that knows only lanes; then v128 as a value that
// moves: through locals, globals, blocks, branches, calls and select.
#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <random>

#include <fmt/format.h>

#include "interp/tests/module_builder.h"
#include "interp/tests/reference.h"
#include "interp/tests/vector_reference.h"

namespace weft {
namespace {

using namespace weft::testing;

WEFT_BOTH_ENGINES(Vector);

/// Lanes where operators go wrong, as bits.
std::vector<uint64_t> corners(VectorRow::Shape shape) {
  const unsigned width = shape.width;
  if (shape.is_float && width == 32) {
    return {0x00000000, 0x80000000, 0x3f800000, 0xbf800000, 0x3f000000, 0xbf000000, 0x3fc00000, 0xc0200000,
            0x3f7fffff, 0x00000001, 0x807fffff, 0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000,
            0xffc00000, 0x7fa00001, 0xffc12345, 0x4b000000, 0x4afffffd, 0x4b000001, 0xcafffffe, 0x4effffff,
            0x4f000000, 0xcf000000, 0xcf000001, 0x4f7fffff, 0x4f800000, 0x5f000000, 0xbf7fffff, 0x4b7fffff};
  }
  if (shape.is_float) {
    return {0x0000000000000000, 0x8000000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x3fe0000000000000,
            0xbfe0000000000000, 0x3ff8000000000000, 0xc004000000000000, 0x3fefffffffffffff, 0x0000000000000001,
            0x800fffffffffffff, 0x7fefffffffffffff, 0xffefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000,
            0x7ff8000000000000, 0xfff8000000000000, 0x7ff4000000000001, 0xfff8123456789abc, 0x4330000000000000,
            0x432ffffffffffffd, 0x4330000000000001, 0xc32ffffffffffffe, 0x41dfffffffc00000, 0x41e0000000000000,
            0xc1e0000000000000, 0xc1e0000000200000, 0xc1e00000001fffff, 0x41efffffffe00000, 0x41efffffffffffff,
            0x41f0000000000000, 0x43e0000000000000, 0xbfefffffffffffff, 0x36a0000000000000, 0x47efffffefffffff};
  }
  const uint64_t sign = uint64_t{1} << (width - 1), all = sign | (sign - 1);
  return {0, 1, 2, 0x7f, 0x80, 0x81, all, all - 1, sign, sign + 1, sign - 1, sign >> 1, sign >> (width / 2), all / 3};
}

/// A vector whose lanes are mostly corners.
Bytes random_vector(std::mt19937_64& random, VectorRow::Shape shape) {
  static const std::vector<uint64_t> tables[] = {corners({false, 8}),  corners({false, 16}), corners({false, 32}),
                                                 corners({false, 64}), corners({true, 32}),  corners({true, 64})};
  const size_t index =
      shape.is_float ? (shape.width == 32 ? 4 : 5) : static_cast<size_t>(std::countr_zero(shape.width)) - 3;
  const std::vector<uint64_t>& table = tables[index];
  Bytes bytes;
  const size_t width = shape.width / 8;
  for (size_t at = 0; at < 16; at += width) {
    const uint64_t lane = random() % 8 == 0 ? random() : table[random() % table.size()];
    std::memcpy(&bytes[at], &lane, width);
  }
  return bytes;
}

std::string text_of(const Bytes& bytes) { return to_string(value_of(v128, bytes)); }

/// An instruction of class vector with one choice of its immediate.
struct Generated {
  Op op;
  Bytes immediate{};
};

std::vector<Generated> all_vector_instructions() {
  std::mt19937_64 random(1);
  std::vector<Generated> out;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const InstrInfo& row = kInstructions[i];
    if (row.instr_class != InstrClass::vector || row.immediate == Immediate::v128) continue;
    Generated generated{static_cast<Op>(i)};
    if (row.immediate == Immediate::lane) {
      const unsigned lanes = VectorRow(generated.op).shape.lanes();
      for (uint8_t lane = 0; lane < lanes; ++lane) generated.immediate[0] = lane, out.push_back(generated);
    } else if (row.immediate == Immediate::lanes) {
      for (int turn = 0; turn < 8; ++turn) {
        for (uint8_t& lane : generated.immediate) lane = random() % 32;
        out.push_back(generated);
      }
    } else {
      out.push_back(generated);
    }
  }
  return out;
}

TEST_P(Vector, EveryInstruction) {
  const std::vector<Generated> instructions = all_vector_instructions();
  EXPECT_EQ(instructions.size(), 322u) << "233 rows: 218 once, 14 for each of their lanes, the shuffle 8 times";
  ModuleBuilder builder;
  for (const Generated& g : instructions) {
    Piece piece(g.op);
    piece.instr.lane = g.immediate[0];
    if (info(g.op).immediate == Immediate::lanes) {
      const Value lanes = value_of(v128, g.immediate);
      piece = shuffle(lanes.lo, lanes.hi);
    }
    Code code;
    for (uint32_t i = 0; i < info(g.op).operands().size(); ++i) code.push_back(local_get(i));
    builder.function("", type_of(info(g.op)), code + Code{piece});
  }
  Vm vm(builder, GetParam());
  ASSERT_NE(vm.instance, nullptr);
  std::mt19937_64 random(2);
  for (size_t f = 0; f < instructions.size(); ++f) {
    const Generated& g = instructions[f];
    const FuncInst& function = *vm.instance->functions[f];
    const VectorRow row(g.op);
    for (int turn = 0; turn < 1000; ++turn) {
      std::vector<Bytes> operands;
      std::vector<Value> arguments;
      for (const ValType type : function.type.params) {
        // A swizzle is about indices; of others a number has the width of the lane or is a shift count.
        const auto shape = row.name.ends_with("swizzle") && turn % 2 == 0 ? VectorRow::Shape{false, 64} : row.from;
        arguments.push_back(value_of(type, random_vector(random, shape)));
        operands.push_back(bytes_of(arguments.back()));
      }
      const Bytes expected = compute_vector(g.op, operands, g.immediate);
      ASSERT_EQ(vm.agent.invoke(function, arguments), Completion::returned);
      const Bytes found = bytes_of(vm.agent.results()[0]);
      if (found == expected) continue;
      std::string given;
      for (const Bytes& operand : operands) given += " " + text_of(operand);
      ADD_FAILURE() << info(g.op).text << " lane " << int{g.immediate[0]} << given << ": " << text_of(found) << ", not "
                    << text_of(expected);
      break;
    }
  }
}

// What the reference cannot know: the choices of relaxed SIMD, spelled out.
TEST_P(Vector, RelaxedChoices) {
  ModuleBuilder builder;
  const FuncType binary{{v128, v128}, {v128}}, ternary{{v128, v128, v128}, {v128}};
  builder.function("madd", ternary, {local_get(0), local_get(1), local_get(2), Op::f32x4_relaxed_madd});
  builder.function("dot", binary, {local_get(0), local_get(1), Op::i16x8_relaxed_dot_i8x16_i7x16_s});
  builder.function("swizzle", binary, {local_get(0), local_get(1), Op::i8x16_relaxed_swizzle});
  Vm vm(builder, GetParam());
  const auto all = [](uint64_t lane) { return Value::v128(lane, lane); };
  // (1 + 2^-22)(1 + 2^-15) - (1 + 2^-15 + 2^-22) is 0 when the product is rounded, else 2^-37.
  EXPECT_EQ(vm.run("madd", {all(0x3f8000023f800002), all(0x3f8001003f800100), all(0xbf800102bf800102)}),
            "v128:0x00000000000000000000000000000000");
  EXPECT_EQ(vm.run("dot", {all(0x8080808080808080), all(0x8181818181818181)}),
            "v128:0x7f007f007f007f007f007f007f007f00")
      << "the second operand is signed";
  EXPECT_EQ(vm.run("dot", {all(0x8080808080808080), all(0x8080808080808080)}),
            "v128:0x7fff7fff7fff7fff7fff7fff7fff7fff")
      << "sums saturate";
  EXPECT_EQ(vm.run("swizzle", {all(0x0807060504030201), all(0xff8010117f000f07)}),
            "v128:0x00000000000108080000000000010808");
}

// --- moves
// ------------------------------------------------------------------------------------------------------------

const Value kA = Value::v128(0x1111111111111111, 0x2222222222222222), kB = Value::v128(0x3333333333333333, 0x4444);
const std::string kTextA = to_string(kA), kTextB = to_string(kB);

TEST_P(Vector, LocalsGlobalsAndSelect) {
  ModuleBuilder builder;
  builder.global(kA, "g");
  builder.global(Value::i32(7), "after");
  builder.function("zero", {{i32}, {v128, i32}}, {local_get(2), local_get(1)}, {i32, v128});
  builder.function("swap", {{v128, v128}, {v128, v128}}, {local_get(1), local_get(0)});
  builder.function("rotate", {{i32, v128, v128}, {v128, v128, i32}}, {local_get(2), local_get(1), local_get(0)});
  builder.function("select", {{v128, v128, i32}, {v128}}, {local_get(0), local_get(1), local_get(2), Op::select});
  builder.function("select_t", {{v128, i32}, {v128}}, {local_get(0), v128_const(5, 6), local_get(1), select_t(v128)});
  builder.function("get", {{}, {v128}}, {global_get(0)});
  builder.function("set", {{v128}, {}}, {local_get(0), global_set(0)});
  builder.function("constant", {{}, {i32, v128}}, {i32_const(1), v128_const(~uint64_t{0}, 8)});
  builder.function("tee", {{v128}, {v128, v128}}, {v128_const(1, 2), local_tee(0), local_get(0)});
  Vm vm(builder, GetParam());
  const std::string zero = to_string(Value::v128(0, 0));
  EXPECT_EQ(vm.run("zero", {Value::i32(9)}), zero + " i32:0");
  EXPECT_EQ(vm.run("swap", {kA, kB}), kTextB + " " + kTextA);
  EXPECT_EQ(vm.run("rotate", {Value::i32(3), kA, kB}), kTextB + " " + kTextA + " i32:3");
  EXPECT_EQ(vm.run("select", {kA, kB, Value::i32(1)}), kTextA);
  EXPECT_EQ(vm.run("select", {kA, kB, Value::i32(0)}), kTextB);
  EXPECT_EQ(vm.run("select_t", {kA, Value::i32(0)}), to_string(Value::v128(5, 6)));
  EXPECT_EQ(vm.run("get"), kTextA);
  EXPECT_EQ(vm.run("set", {kB}), "");
  EXPECT_EQ(vm.run("get"), kTextB);
  EXPECT_EQ(std::get<GlobalInst*>(*vm.instance->find_export("after"))->get(), Value::i32(7));
  EXPECT_EQ(vm.run("constant"), "i32:1 " + to_string(Value::v128(~uint64_t{0}, 8)));
  EXPECT_EQ(vm.run("tee", {kA}), to_string(Value::v128(1, 2)) + " " + to_string(Value::v128(1, 2)));
}

TEST_P(Vector, BlocksAndBranches) {
  ModuleBuilder builder;
  const FuncType pick{{v128, v128, i32}, {v128}};
  builder.function("if", pick, {local_get(2), block(Op::if_, v128), local_get(0), Op::else_, local_get(1), Op::end});
  builder.function("br_if", pick, {local_get(0), local_get(2), br_if(0), Op::drop, local_get(1)});
  // The branch moves both values one slot down, over themselves.
  builder.function("shift", {{v128, v128, i32}, {v128, v128}},
                   {block_of_type(Op::block, builder.type({{}, {v128, v128}})), i32_const(1), local_get(0),
                    local_get(1), local_get(2), br_if(0), br(0), Op::end});
  builder.function("table", pick,
                   {block(Op::block, v128), block(Op::block, v128), local_get(0), local_get(2), br_table({0, 1}),
                    Op::end, Op::drop, local_get(1), Op::end});
  // Adds 1 to each byte, as often as the count says.
  builder.function("loop", {{v128, i32}, {v128}},
                   {local_get(0), block_of_type(Op::loop, builder.type({{v128}, {v128}})),
                    v128_const(0x0101010101010101, 0x0101010101010101), Op::i8x16_add, local_get(1), i32_const(1),
                    Op::i32_sub, local_tee(1), br_if(0), Op::end});
  // The local changes while its old value is on the stack.
  builder.function("old", {{v128, v128}, {v128, v128}},
                   {local_get(0), block(Op::block), local_get(1), local_set(0), Op::end, local_get(0)});
  Vm vm(builder, GetParam());
  const auto run = [&](const char* name, uint32_t condition) { return vm.run(name, {kA, kB, Value::i32(condition)}); };
  EXPECT_EQ(run("if", 1), kTextA);
  EXPECT_EQ(run("if", 0), kTextB);
  EXPECT_EQ(run("br_if", 1), kTextA);
  EXPECT_EQ(run("br_if", 0), kTextB);
  EXPECT_EQ(run("shift", 0), kTextA + " " + kTextB);
  EXPECT_EQ(run("shift", 1), kTextA + " " + kTextB);
  EXPECT_EQ(run("table", 0), kTextB);
  EXPECT_EQ(run("table", 1), kTextA);
  EXPECT_EQ(vm.run("loop", {kA, Value::i32(3)}), to_string(Value::v128(0x1414141414141414, 0x2525252525252525)));
  EXPECT_EQ(vm.run("old", {kA, kB}), kTextA + " " + kTextB);
}

TEST_P(Vector, Calls) {
  const FuncType mixed{{i32, v128, i64, v128}, {v128, i32, v128, i64}};
  const Code reorder{local_get(3), local_get(0), local_get(1), local_get(2)};
  ModuleBuilder exporter;
  exporter.function("reorder", mixed, reorder);
  ModuleBuilder builder;
  builder.import_function("host", mixed);
  builder.import_function("wasm", mixed);
  const uint32_t direct = builder.function("direct", mixed, reorder);
  builder.table(1, 1);
  builder.elements(SegmentMode::active, 0, 0, {direct});
  const Code arguments{local_get(0), local_get(1), local_get(2), local_get(3)};
  builder.function("call_host", mixed, arguments + Code{call(0)});
  builder.function("call_wasm", mixed, arguments + Code{call(1)});
  builder.function("call_direct", mixed, arguments + Code{call(direct)});
  builder.function("call_indirect", mixed, arguments + Code{i32_const(0), call_indirect(builder.type(mixed))});
  builder.function("results", {{v128}, {v128, i64}},
                   {i32_const(1), local_get(0), i64_const(2), v128_const(3, 4), call(direct), local_set(1), Op::drop,
                    Op::drop, local_get(1)},
                   {i64});
  Vm vm(GetParam());
  const Instance* other = vm.instantiate(exporter);
  const FuncInst* host = vm.store.add_host_function("m.host", mixed, [](HostCall& call) {
    const std::vector<uint64_t> args(call.args.begin(), call.args.end());
    const size_t order[] = {4, 5, 0, 1, 2, 3};  // slots: i32, v128 in two, i64, v128 in two
    for (size_t i = 0; i < 6; ++i) call.results[i] = args[order[i]];
    return HostOutcome::done();
  });
  ASSERT_NE(vm.instantiate(builder, {const_cast<FuncInst*>(host), other->find_function("reorder")}), nullptr);
  for (const char* name : {"direct", "call_host", "call_wasm", "call_direct", "call_indirect"}) {
    EXPECT_EQ(vm.run(name, {Value::i32(1), kA, Value::i64(2), kB}), kTextB + " i32:1 " + kTextA + " i64:2") << name;
  }
  EXPECT_EQ(vm.run("results", {kA}), to_string(Value::v128(3, 4)) + " i64:2");
}

}  // namespace
}  // namespace weft
