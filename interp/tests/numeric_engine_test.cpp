// SPDX-License-Identifier: Apache-2.0
//
// Every NUMERIC row of the instruction table through the engine, in every form that lowering has for it, against the
// function numeric::name.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "interp/handler_table.h"
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

bool is_comparison(const InstrInfo& row) { return row.anchor == "exec-relop" || row.anchor == "exec-testop"; }

/// How a function of the generated module computes an operator.
enum class Shape {
  operands,        ///< both are parameters
  constant_right,  ///< the right operand, or the only one, is a constant
  constant_left,
  br_if,        ///< a comparison that a br_if without values consumes: a branch
  br_if_value,  ///< one that a br_if with a value consumes: an inverted branch over the moves
  if_else,      ///< one that an if consumes: an inverted branch
};
constexpr Shape kShapes[] = {Shape::operands, Shape::constant_right, Shape::constant_left,
                             Shape::br_if,    Shape::br_if_value,    Shape::if_else};

struct Generated {
  std::string name;
  Op op;
  size_t parameters;
  bool constant_left = false;
  std::vector<Slot> constants;  ///< 0 or 1
};

/// Consumes the comparison in the shape's way; 1 when it holds, else 0.
Code consume(Shape shape) {
  switch (shape) {
    case Shape::br_if: return {br_if(0), i32_const(0), Op::return_, Op::end, i32_const(1)};
    // The value below the condition is what the branch carries.
    case Shape::br_if_value: return {br_if(0), Op::drop, i32_const(0), Op::end};
    case Shape::if_else: return {block(Op::if_, i32), i32_const(1), Op::else_, i32_const(0), Op::end};
    default: return {};
  }
}

Value value_of(char letter, Slot bits) { return {type_of(letter), bits, 0}; }

/// Adds the functions of a row to the module, and what they compute to the list.
void generate(Op op, ModuleBuilder& builder, std::vector<Generated>& list) {
  const InstrInfo& instr = info(op);
  const std::string letters(instr.operands());
  const ValType result = type_of(instr.results()[0]);
  const auto add = [&](Shape shape, bool left, std::vector<Slot> constants) {
    FuncType type{{}, {result}};
    Code code;
    uint32_t local = 0;
    if (shape == Shape::br_if) code = {block(Op::block)};
    if (shape == Shape::br_if_value) code = {block(Op::block, i32), i32_const(1)};
    for (size_t i = 0; i < letters.size(); ++i) {
      const bool is_constant = !constants.empty() && (letters.size() == 1 || (i == 0) == left);
      if (is_constant) {
        code = code + Code{constant(value_of(letters[i], constants[0]))};
      } else {
        type.params.push_back(type_of(letters[i]));
        code = code + Code{local_get(local++)};
      }
    }
    code = code + Code{op};
    code = code + consume(shape);
    Generated generated{fmt::format("{}.{}", instr.text, list.size()), op, type.params.size(), left,
                        std::move(constants)};
    builder.function(generated.name, type, code);
    list.push_back(std::move(generated));
  };
  for (const Shape shape : kShapes) {
    const bool branches = shape == Shape::br_if || shape == Shape::br_if_value || shape == Shape::if_else;
    if (branches && !is_comparison(instr)) continue;
    if (shape == Shape::constant_left && letters.size() == 1) continue;
    if (branches || shape == Shape::operands) add(shape, false, {});
    if (shape == Shape::operands) continue;
    for (const Slot value : operands(letters.back())) add(shape, shape == Shape::constant_left, {value});
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
      if (g.parameters == 0)
        check({}, g.constants[0], 0);
      else
        for (const Slot a : operands(letters[0])) check({at(0, a)}, a, 0);
    } else if (g.constants.empty()) {
      for (const Slot a : operands(letters[0])) {
        for (const Slot b : operands(letters[1])) check({at(0, a), at(1, b)}, a, b);
      }
    } else {
      for (const Slot v : operands(letters[0])) {
        if (g.constant_left)
          check({at(1, v)}, g.constants[0], v);
        else
          check({at(0, v)}, v, g.constants[0]);
      }
    }
  }
  EXPECT_GT(runs, 20'000u);
}

/// A table of which codes have a handler.
template <class Handler, CodeIndex code>
struct Present {
  static constexpr bool (*value)() = +[] { return true; };
};

// A form that no lowering makes would be dead code, and one that this file does not reach untested code.
TEST(NumericForms, EveryNumericHandlerIsMadeByLowering) {
  constexpr auto handlers = make_handler_table<Present>();
  const auto compiled = compile(suite().builder.module);
  ASSERT_NE(compiled, nullptr);
  const LoweredModule& code = compiled->code(Engine::observed);
  std::set<std::string> made, exist;
  for (const SourceLocation& location : code.locations) {
    const auto index = static_cast<CodeIndex>(code.cells[location.cell].u);
    EXPECT_NE(handlers[index], nullptr) << name_of(index);
    if (form_of(index) != Form::internal && info(op_of(index)).instr_class == InstrClass::numeric)
      made.insert(name_of(index));
  }
  for (size_t i = 0; i < handlers.size(); ++i) {
    const auto index = static_cast<CodeIndex>(i);
    if (form_of(index) == Form::internal || handlers[i] == nullptr) continue;
    if (info(op_of(index)).instr_class == InstrClass::numeric) exist.insert(name_of(index));
  }
  EXPECT_EQ(made, exist);
}

}  // namespace
}  // namespace weft
