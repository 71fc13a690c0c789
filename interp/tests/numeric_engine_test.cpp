// SPDX-License-Identifier: Apache-2.0
//
// Every NUMERIC row of the instruction table through the engine, in every form that lowering has for it, against the
// function numeric::name.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "interp/execute.h"
#include "interp/lower.h"
#include "interp/tests/module_builder.h"
#include "interp/tests/reference.h"

namespace weft {
namespace {

using namespace weft::testing;

/// Operands that reach the corners: signs, bounds of conversions, shift counts, NaNs, and constants around the 32-bit
/// immediate.
const std::vector<Slot>& operands(char letter) {
  static const std::map<char, std::vector<Slot>> values = {
      {'i', {0, 1, 2, 31, 32, 33, 0x7f, 0x80, 0x8000, 0x7fffffff, 0x80000000, 0x80000001, 0xffffff80, 0xffffffff}},
      {'I',
       {0, 1, 63, 64, 65, 0x7fffffff, 0x80000000, 0xffffffff, 0x1'0000'0000, 0x7fffffffffffffff, 0x8000000000000000,
        0xffffffff7fffffff, 0xffffffff80000000, 0xffffffffffffffff}},
      {'f',
       {0, 0x80000000, 0x3f800000, 0xbf800000, 0x3f000000, 0x40200000, 0x00000001, 0x4f000000, 0xcf000000, 0x4effffff,
        0x4f800000, 0x5f000000, 0x7f800000, 0xff800000, 0x7fc00000, 0x7fa00001, 0xffc12345}},
      {'F',
       {0, 0x8000000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x3fe0000000000000, 0x4004000000000000, 1,
        0x41e0000000000000, 0xc1e0000000200000, 0x41dfffffffc00000, 0x43e0000000000000, 0x7ff0000000000000,
        0xfff0000000000000, 0x7ff8000000000000, 0x7ff4000000000001, 0xfff8123456789abc}}};
  return values.at(letter);
}

/// Where a function of the generated module has an operand from.
enum class From { parameter, constant, computed };
/// What becomes of the result, or of a comparison.
enum class To {
  returned,
  local,
  br_if,        ///< a br_if without values: a branch
  br_if_value,  ///< a br_if with a value: an inverted branch over the moves
  if_else,      ///< an inverted branch
};

struct Generated {
  std::string name;
  Op op;
  std::vector<From> from;
  std::vector<Slot> constants;  ///< 0 or 1
};

Code consume(To to) {
  switch (to) {
    case To::br_if: return {br_if(0), i32_const(0), Op::return_, Op::end, i32_const(1)};
    // The value below the condition is what the branch carries.
    case To::br_if_value: return {br_if(0), Op::drop, i32_const(0), Op::end};
    case To::if_else: return {block(Op::if_, i32), i32_const(1), Op::else_, i32_const(0), Op::end};
    default: return {};
  }
}

/// A local's value as the result of instructions that change none of its bits: it is in an accumulator then.
Code computed(char letter, uint32_t local) {
  switch (letter) {
    case 'i': return {local_get(local), i32_const(0), Op::i32_or};
    case 'I': return {local_get(local), i64_const(0), Op::i64_or};
    case 'f': return {local_get(local), Op::i32_reinterpret_f32, Op::f32_reinterpret_i32};
    default: return {local_get(local), Op::i64_reinterpret_f64, Op::f64_reinterpret_i64};
  }
}

Value value_of(char letter, Slot bits) { return {type_of(letter), bits, 0}; }

/// Adds the functions of a row to the module, and what they compute to the list.
void generate(Op op, ModuleBuilder& builder, std::vector<Generated>& list) {
  const InstrInfo& instr = info(op);
  const std::string letters(instr.operands());
  const ValType result = type_of(instr.results()[0]);
  const auto add = [&](To to, const std::vector<From>& from, std::vector<Slot> constants) {
    FuncType type{{}, {result}};
    Code code;
    uint32_t local = 0;
    if (to == To::br_if) code = {block(Op::block)};
    if (to == To::br_if_value) code = {block(Op::block, i32), i32_const(1)};
    for (size_t i = 0; i < letters.size(); ++i) {
      if (from[i] == From::constant) {
        code = code + Code{constant(value_of(letters[i], constants[0]))};
      } else {
        type.params.push_back(type_of(letters[i]));
        code = code + (from[i] == From::computed ? computed(letters[i], local) : Code{local_get(local)});
        ++local;
      }
    }
    code = code + Code{op};
    code = code + consume(to);
    if (to == To::local) code = code + Code{local_set(local), local_get(local)};
    Generated generated{fmt::format("{}.{}", instr.text, list.size()), op, from, std::move(constants)};
    builder.function(generated.name, type, code, to == To::local ? std::vector{result} : std::vector<ValType>());
    list.push_back(std::move(generated));
  };
  constexpr From kFroms[] = {From::parameter, From::constant, From::computed};
  for (const To to : {To::returned, To::local, To::br_if, To::br_if_value, To::if_else}) {
    if (to >= To::br_if && !is_comparison(instr)) continue;
    for (const From left : kFroms) {
      for (const From right : kFroms) {
        if (letters.size() == 1 && right != From::parameter) continue;
        const std::vector<From> from = letters.size() == 1 ? std::vector{left} : std::vector{left, right};
        const auto count = std::count(from.begin(), from.end(), From::constant);
        if (count == 0) add(to, from, {});
        if (count != 1) continue;
        const std::vector<Slot>& values = operands(letters[from[0] == From::constant ? 0 : 1]);
        for (const Slot value : values) add(to, from, {value});
      }
    }
  }
}

struct Suite {
  ModuleBuilder builder;
  std::vector<Generated> functions;
  Suite() {
    for (size_t i = 0; i < kInstructionCount; ++i) {
      if (is_numeric_row(static_cast<Op>(i))) generate(static_cast<Op>(i), builder, functions);
    }
  }
};
const Suite& suite() {
  static const Suite instance;
  return instance;
}

WEFT_BOTH_ENGINES(NumericEngine);

TEST_P(NumericEngine, EveryRowInEveryForm) {
  Vm vm(suite().builder, GetParam());
  ASSERT_NE(vm.instance, nullptr);
  size_t runs = 0, failures = 0;
  for (size_t f = 0; f < suite().functions.size() && failures < 10; ++f) {
    const Generated& g = suite().functions[f];
    const std::string_view letters = info(g.op).operands();
    const FuncInst& function = *vm.instance->functions[f];
    const auto check = [&](const std::vector<Value>& arguments, Slot a, Slot b) {
      const Computed wanted = compute(g.op, a, b);
      vm.agent.invoke(function, arguments);
      ++runs;
      const bool traps = wanted.trap != Trap::none;
      const bool same =
          traps ? vm.agent.completion() == Completion::trapped && vm.agent.error().message == phrase(wanted.trap)
                : vm.agent.completion() == Completion::returned && vm.agent.results()[0].lo == wanted.value;
      if (same) return;
      ++failures;
      ADD_FAILURE() << g.name << fmt::format("({:#x}, {:#x})", a, b) << ": " << vm.outcome() << ", not "
                    << (traps ? phrase(wanted.trap) : to_string(Value{function.type.results[0], wanted.value, 0}));
    };
    const auto at = [&](size_t i, Slot v) { return value_of(letters[i], v); };
    if (letters.size() == 1) {
      if (!g.constants.empty())
        check({}, g.constants[0], 0);
      else
        for (const Slot a : operands(letters[0])) check({at(0, a)}, a, 0);
    } else if (g.constants.empty()) {
      for (const Slot a : operands(letters[0])) {
        for (const Slot b : operands(letters[1])) check({at(0, a), at(1, b)}, a, b);
      }
    } else {
      for (const Slot v : operands(letters[0])) {
        if (g.from[0] == From::constant)
          check({at(1, v)}, g.constants[0], v);
        else
          check({at(0, v)}, v, g.constants[0]);
      }
    }
  }
  EXPECT_GT(runs, 20'000u);
}

bool uses_accumulator(Opcode code) {
  for (const Place place : {code.to, code.first, code.second}) {
    if (place == Place::accumulator) return true;
  }
  return false;
}

// A variant that no lowering makes would be dead code, and one that this file does not reach untested code.
TEST(NumericPlaces, LoweringMakesEveryVariant) {
  const auto compiled = compile(suite().builder.module);
  ASSERT_NE(compiled, nullptr);
  std::set<std::string> made, exist;
  const auto add = [](std::set<std::string>& set, Opcode code) {
    if (code.form != Form::internal && info(code.op()).instr_class == InstrClass::numeric) set.insert(pattern_of(code));
  };
  for (const Target target : {Target::listing, Target::driver_loop}) {
    const auto code = lower(compiled->module(), target);
    for (const SourceLocation& location : (*code)->locations) {
      const Opcode opcode = handled_by((*code)->cells[location.cell].u).codes[0];
      add(made, opcode);
      EXPECT_TRUE(target == Target::listing || !uses_accumulator(opcode)) << pattern_of(opcode);
    }
  }
  for (size_t i = 0; i < kCodeCount; ++i) {
    const Opcode code = opcode_at(static_cast<CodeIndex>(i));
    if (exists(code)) add(exist, code);
  }
  EXPECT_EQ(made, exist);
}

}  // namespace
}  // namespace weft
