// SPDX-License-Identifier: Apache-2.0
//
// Function bodies and constant expressions: a rule each, and every instruction by its row of the table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "interp/limits.h"
#include "interp/validate.h"

namespace weft {
namespace {

using Code = std::vector<Instr>;

Instr in(Op op, uint32_t a = 0, uint32_t b = 0) {
  Instr instr;
  instr.op = op;
  instr.a = a;
  instr.b = b;
  return instr;
}
Instr block(Op op, BlockType type = {}) {
  Instr instr = in(op);
  instr.lo = static_cast<uint64_t>(type.code);
  return instr;
}
/// With so many catch clauses, which are in the pool.
Instr try_table(uint32_t clauses) {
  Instr instr = block(Op::try_table);
  instr.b = clauses;
  return instr;
}
Instr ref_null(ValType type) { return in(Op::ref_null, static_cast<uint32_t>(type)); }
Instr access(Op op, uint8_t align, uint8_t lane = 0) {
  Instr instr = in(op);
  instr.align = align;
  instr.lane = lane;
  return instr;
}

const Instr kI32 = in(Op::i32_const), kI64 = in(Op::i64_const), kF32 = in(Op::f32_const), kF64 = in(Op::f64_const),
            kV128 = in(Op::v128_const);
const Instr kFunc = ref_null(ValType::funcref), kExtern = ref_null(ValType::externref);
const Instr kEnd = in(Op::end), kElse = in(Op::else_), kDrop = in(Op::drop), kUnreachable = in(Op::unreachable);

/// A module with entities of all kinds for one function, [i32 f32] -> results with a local of i64, to use.
/// Types: 0 its own, 1 [] -> [], 2 [i32] -> [i32], 3 [] -> [i32 i64], 4 [i32 i64] -> []. Tag 0 carries an i32 and an
/// i64, tag 1 nothing. Functions: 0 imported of type 2, 1 itself, 2 of
/// type 1 and undeclared.
Module module_for(Code code, std::vector<ValType> results, std::vector<uint32_t> pool) {
  Module module;
  module.types = {{{ValType::i32, ValType::f32}, std::move(results)},
                  {{}, {}},
                  {{ValType::i32}, {ValType::i32}},
                  {{}, {ValType::i32, ValType::i64}},
                  {{ValType::i32, ValType::i64}, {}}};
  module.tags = {{4}, {1}};
  module.imports = {
      {"m", "f", uint32_t{2}}, {"m", "g", GlobalType{ValType::i32, false}}, {"m", "h", GlobalType{ValType::f64, true}}};
  for (size_t i = 0; i < code.size(); ++i) code[i].offset = static_cast<uint32_t>(i);
  code.push_back(kEnd);
  module.functions = {{0, {ValType::i64}, {std::move(code), std::move(pool)}, 0}, {1, {}, {{kEnd}, {}}, 0}};
  module.tables = {{{ValType::funcref, {1, std::nullopt}}}, {{ValType::externref, {1, std::nullopt}}}};
  module.memories = {{{1, 1}, true}};
  module.globals = {{{ValType::i64, true}, {{kI64, kEnd}, {}}}};
  module.exports = {{"f", ExternKind::func, 0}};
  ElementSegment segment;
  segment.init = {{{kFunc, kEnd}, {}}};
  module.elements = {segment};
  module.data = {{}};
  return module;
}

std::string outcome(const Module& module) {
  const auto result = validate(module);
  return result ? "valid" : to_string(result.error(), "");
}

struct Case {
  const char* name;
  std::vector<ValType> results;
  Code code;
  const char* outcome;  ///< "valid", or "0x1: invalid: …"; the offset is the index of the instruction
  std::vector<uint32_t> pool = {};
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Body : public ::testing::TestWithParam<Case> {};
TEST_P(Body, Is) {
  const Case& c = GetParam();
  EXPECT_THAT(outcome(module_for(c.code, c.results, c.pool)), ::testing::StartsWith(c.outcome));
}
const auto kName = [](const auto& param) { return std::string(param.param.name); };

constexpr ValType i32 = ValType::i32, i64 = ValType::i64, f32 = ValType::f32, f64 = ValType::f64,
                  funcref = ValType::funcref, externref = ValType::externref;
const BlockType kOf2{2}, kOf3{3};

INSTANTIATE_TEST_SUITE_P(
    Operands, Body,
    ::testing::Values(
        Case{"empty", {}, {}, "valid"}, Case{"result", {i64}, {kI64}, "valid"},
        Case{"missing_result", {i64}, {}, "0x0: invalid: type mismatch: end of the body expects i64, found nothing"},
        Case{"wrong_result", {i64}, {kF64}, "0x0: invalid: type mismatch: end of the body expects i64, found f64"},
        Case{"surplus", {}, {kF64}, "0x0: invalid: type mismatch: end of the body expects nothing, found f64"},
        Case{"surplus_below",
             {i32},
             {kF64, kI32},
             "0x0: invalid: type mismatch: end of the body expects nothing below its results, found f64"},
        Case{"results_in_order", {i32, i64}, {kI32, kI64}, "valid"},
        Case{"results_out_of_order", {i32, i64}, {kI64, kI32}, "0x0: invalid: type mismatch"},
        Case{"wrong_operand",
             {i32},
             {kI32, kF32, in(Op::i32_add)},
             "0x2: invalid: type mismatch: i32.add expects i32, found f32"},
        Case{"missing_operand",
             {i32},
             {kI32, in(Op::i32_add)},
             "0x1: invalid: type mismatch: i32.add expects i32, found nothing"},
        Case{"operand_outside_the_block",
             {},
             {kI32, block(Op::block), kDrop, kEnd, kDrop},
             "0x2: invalid: type mismatch: drop expects a value, found nothing"}),
    kName);

/// Not a case: GoogleTest copies those several times at each start.
TEST(ValidateCode, TooManyOperands) {
  EXPECT_EQ(outcome(module_for(Code(kMaxFrameSlots + 1, kI32), {}, {})),
            "0xffff: invalid: too many operands on the stack: 65536, the limit of this implementation is 65535");
}

INSTANTIATE_TEST_SUITE_P(
    Blocks, Body,
    ::testing::Values(
        Case{"block_result", {i32}, {block(Op::block, BlockType::of(i32)), kI32, kEnd}, "valid"},
        Case{"block_surplus",
             {},
             {block(Op::block), kI32, kEnd},
             "0x2: invalid: type mismatch: end of block expects nothing, found i32"},
        Case{"block_takes_parameters", {i32}, {kI32, block(Op::block, kOf2), kEnd}, "valid"},
        Case{"block_lacks_parameters",
             {i32},
             {block(Op::block, kOf2), kEnd},
             "0x0: invalid: type mismatch: block expects i32, found nothing"},
        Case{"block_unknown_type", {}, {block(Op::block, BlockType{5}), kEnd}, "0x0: invalid: unknown type 5"},
        Case{"loop_branch_takes_parameters", {i32}, {kI32, block(Op::loop, kOf2), in(Op::br), kEnd}, "valid"},
        Case{"loop_branch_takes_no_results", {i32}, {block(Op::loop, BlockType::of(i32)), in(Op::br), kEnd}, "valid"},
        Case{"if_else", {i32}, {kI32, block(Op::if_, BlockType::of(i32)), kI32, kElse, kI32, kEnd}, "valid"},
        Case{
            "if_condition", {}, {kI64, block(Op::if_), kEnd}, "0x1: invalid: type mismatch: if expects i32, found i64"},
        Case{"if_then_wrong",
             {i32},
             {kI32, block(Op::if_, BlockType::of(i32)), kI64, kElse, kI32, kEnd},
             "0x3: invalid: type mismatch: else expects i32, found i64"},
        Case{"if_else_wrong",
             {i32},
             {kI32, block(Op::if_, BlockType::of(i32)), kI32, kElse, kI64, kEnd},
             "0x5: invalid: type mismatch: end of else expects i32, found i64"},
        Case{"if_without_else", {}, {kI32, block(Op::if_), kEnd}, "valid"},
        Case{"if_without_else_passes_parameters", {i32}, {kI32, kI32, block(Op::if_, kOf2), kEnd}, "valid"},
        Case{"if_without_else_needs_results",
             {i32},
             {kI32, block(Op::if_, BlockType::of(i32)), kI32, kEnd},
             "0x3: invalid: type mismatch: if without else must give what it takes"},
        Case{"else_gets_parameters", {i32}, {kI32, kI32, block(Op::if_, kOf2), kElse, kEnd}, "valid"},
        Case{"several_results", {i32, i64}, {block(Op::block, kOf3), kI32, kI64, kEnd}, "valid"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Branches, Body,
    ::testing::Values(
        Case{"br_out_of_the_function", {i32}, {block(Op::block), kI32, in(Op::br, 1), kEnd, kI32}, "valid"},
        Case{"br_unknown", {}, {in(Op::br, 1)}, "0x0: invalid: unknown label 1"},
        Case{"br_lacks_value", {i32}, {in(Op::br, 0)}, "0x0: invalid: type mismatch: br expects i32, found nothing"},
        Case{"br_if_keeps_values", {i32}, {kI32, kI32, in(Op::br_if, 0)}, "valid"},
        Case{"br_if_condition",
             {i32},
             {kI32, kI64, in(Op::br_if, 0)},
             "0x2: invalid: type mismatch: br_if expects i32, found i64"},
        Case{"br_table",
             {i32},
             {block(Op::block, BlockType::of(i32)), kI32, kI32, in(Op::br_table, 0, 2), kEnd},
             "valid",
             {0, 1, 0}},
        Case{"br_table_unknown_default", {}, {kI32, in(Op::br_table, 0, 1)}, "0x1: invalid: unknown label 1", {0, 1}},
        Case{"br_table_arity",
             {i32},
             {block(Op::block), kI32, kI32, in(Op::br_table, 0, 1), kEnd, kI32},
             "0x3: invalid: type mismatch: br_table expects",
             {0, 1}},
        Case{"br_table_types",
             {i32},
             {block(Op::block, BlockType::of(i64)), kI32, kI32, in(Op::br_table, 0, 1), kEnd, kDrop, kI32},
             "0x3: invalid: type mismatch: br_table expects i64, found i32",
             {0, 1}},
        Case{"br_table_any_type_when_unreachable",
             {i32},
             {block(Op::block, BlockType::of(i64)), kUnreachable, kI32, in(Op::br_table, 0, 1), kEnd, kDrop, kI32},
             "valid",
             {0, 1}},
        Case{"return", {i32}, {kI64, kI32, in(Op::return_)}, "valid"},
        Case{"return_wrong",
             {i32},
             {kI64, in(Op::return_)},
             "0x1: invalid: type mismatch: return expects i32, found i64"},
        Case{"unreachable_gives_anything", {i32, i64}, {kUnreachable}, "valid"},
        Case{"unreachable_operands", {i32}, {kUnreachable, in(Op::i32_add)}, "valid"},
        Case{"unreachable_still_checks",
             {i32},
             {kUnreachable, kI64, in(Op::i32_add)},
             "0x2: invalid: type mismatch: i32.add expects i32, found i64"},
        Case{"unreachable_surplus", {}, {kUnreachable, kI64}, "0x0: invalid: type mismatch"},
        Case{"unreachable_ends_with_its_block",
             {i32},
             {block(Op::block), kUnreachable, kEnd},
             "0x0: invalid: type mismatch"},
        Case{"unreachable_if_both_arms",
             {i32},
             {kI32, block(Op::if_, BlockType::of(i32)), kUnreachable, kElse, kEnd},
             "0x4: invalid: type mismatch: end of else expects i32, found nothing"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Calls, Body,
    ::testing::Values(
        Case{"call", {i32}, {kI32, in(Op::call, 0)}, "valid"},
        Case{"call_unknown", {}, {in(Op::call, 3)}, "0x0: invalid: unknown function 3"},
        Case{"call_argument",
             {i32},
             {kI64, in(Op::call, 0)},
             "0x1: invalid: type mismatch: call expects i32, found i64"},
        Case{"call_indirect", {i32, i64}, {kI32, in(Op::call_indirect, 3, 0)}, "valid"},
        Case{"call_indirect_index",
             {i32, i64},
             {kI64, in(Op::call_indirect, 3, 0)},
             "0x1: invalid: type mismatch: call_indirect expects i32, found i64"},
        Case{"call_indirect_table", {}, {kI32, in(Op::call_indirect, 1, 2)}, "0x1: invalid: unknown table 2"},
        Case{"call_indirect_type", {}, {kI32, in(Op::call_indirect, 5, 0)}, "0x1: invalid: unknown type 5"},
        Case{"call_indirect_externref",
             {},
             {kI32, in(Op::call_indirect, 1, 1)},
             "0x1: invalid: type mismatch: call_indirect expects the table to be of funcref, found externref"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    SelectAndReferences, Body,
    ::testing::Values(
        Case{"select", {f64}, {kF64, kF64, kI32, in(Op::select)}, "valid"},
        Case{"select_vectors", {ValType::v128}, {kV128, kV128, kI32, in(Op::select)}, "valid"},
        Case{"select_differing",
             {f64},
             {kF32, kF64, kI32, in(Op::select)},
             "0x3: invalid: type mismatch: select expects f32, found f64"},
        Case{"select_reference",
             {funcref},
             {kFunc, kFunc, kI32, in(Op::select)},
             "0x3: invalid: type mismatch: select expects a number or vector"},
        Case{"select_half_unreachable", {f64}, {kUnreachable, kF64, kI32, in(Op::select)}, "valid"},
        Case{"select_unreachable_is_any", {f32}, {kUnreachable, in(Op::select)}, "valid"},
        Case{"select_typed", {funcref}, {kFunc, kFunc, kI32, in(Op::select_t, 0, 1)}, "valid", {0x70}},
        Case{"select_typed_wrong",
             {funcref},
             {kFunc, kExtern, kI32, in(Op::select_t, 0, 1)},
             "0x3: invalid: type mismatch: select expects funcref, found externref",
             {0x70}},
        Case{"select_two_types",
             {i32},
             {kI32, kI32, kI32, in(Op::select_t, 0, 2)},
             "0x3: invalid: invalid result arity",
             {0x7f, 0x7f}},
        Case{"select_no_types", {}, {kI32, kI32, kI32, in(Op::select_t, 0, 0)}, "0x3: invalid: invalid result arity"},
        Case{"is_null", {i32}, {kExtern, in(Op::ref_is_null)}, "valid"},
        Case{"is_null_of_unreachable", {i32}, {kUnreachable, in(Op::ref_is_null)}, "valid"},
        Case{"is_null_of_number",
             {i32},
             {kI32, in(Op::ref_is_null)},
             "0x1: invalid: type mismatch: ref.is_null expects a reference, found i32"},
        Case{"ref_func", {funcref}, {in(Op::ref_func, 0)}, "valid"},
        Case{"ref_func_undeclared", {funcref}, {in(Op::ref_func, 2)}, "0x0: invalid: undeclared function reference: 2"},
        Case{"ref_func_unknown", {funcref}, {in(Op::ref_func, 3)}, "0x0: invalid: unknown function 3"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    VariablesAndTables, Body,
    ::testing::Values(
        Case{"locals", {i32, f32, i64}, {in(Op::local_get, 0), in(Op::local_get, 1), in(Op::local_get, 2)}, "valid"},
        Case{"local_unknown", {}, {in(Op::local_get, 3)}, "0x0: invalid: unknown local 3"},
        Case{"local_set_wrong",
             {},
             {kI32, in(Op::local_set, 2)},
             "0x1: invalid: type mismatch: local.set expects i64, found i32"},
        Case{"local_tee", {i64}, {kI64, in(Op::local_tee, 2)}, "valid"},
        Case{
            "globals", {i32, f64, i64}, {in(Op::global_get, 0), in(Op::global_get, 1), in(Op::global_get, 2)}, "valid"},
        Case{"global_unknown", {}, {in(Op::global_get, 3)}, "0x0: invalid: unknown global 3"},
        Case{"global_set", {}, {kI64, in(Op::global_set, 2)}, "valid"},
        Case{"global_immutable", {}, {kI32, in(Op::global_set, 0)}, "0x1: invalid: immutable global: 0"},
        Case{"table_get", {externref}, {kI32, in(Op::table_get, 1)}, "valid"},
        Case{"table_unknown", {}, {kI32, in(Op::table_get, 2)}, "0x1: invalid: unknown table 2"},
        Case{"table_set", {}, {kI32, kExtern, in(Op::table_set, 1)}, "valid"},
        Case{"table_set_wrong",
             {},
             {kI32, kExtern, in(Op::table_set, 0)},
             "0x2: invalid: type mismatch: table.set expects funcref, found externref"},
        Case{"table_grow", {i32}, {kExtern, kI32, in(Op::table_grow, 1)}, "valid"},
        Case{"table_fill", {}, {kI32, kFunc, kI32, in(Op::table_fill, 0)}, "valid"},
        Case{"table_copy_types",
             {},
             {kI32, kI32, kI32, in(Op::table_copy, 0, 1)},
             "0x3: invalid: type mismatch: table.copy expects the source table to be of funcref"},
        Case{"table_init", {}, {kI32, kI32, kI32, in(Op::table_init, 0, 0)}, "valid"},
        Case{"table_init_types",
             {},
             {kI32, kI32, kI32, in(Op::table_init, 0, 1)},
             "0x3: invalid: type mismatch: table.init expects the segment to be of externref"},
        Case{"elem_unknown", {}, {in(Op::elem_drop, 1)}, "0x0: invalid: unknown elem segment 1"},
        Case{"data_unknown", {}, {in(Op::data_drop, 1)}, "0x0: invalid: unknown data segment 1"},
        Case{"memory_init_data",
             {},
             {kI32, kI32, kI32, in(Op::memory_init, 1)},
             "0x3: invalid: unknown data segment 1"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Memory, Body,
    ::testing::Values(Case{"under_aligned_plain", {i32}, {kI32, access(Op::i32_load, 0)}, "valid"},
                      Case{"over_aligned_plain",
                           {i32},
                           {kI32, access(Op::i32_load, 3)},
                           "0x1: invalid: alignment must not be larger than natural"},
                      Case{"over_aligned_lane",
                           {},
                           {kI32, kV128, access(Op::v128_store16_lane, 2)},
                           "0x2: invalid: alignment must not be larger than natural"},
                      Case{"enormous_alignment",
                           {i32},
                           {kI32, access(Op::i32_load8_u, 255)},
                           "0x1: invalid: alignment must not be larger than natural"},
                      Case{"lane", {}, {kI32, kV128, access(Op::v128_store16_lane, 1, 7)}, "valid"},
                      Case{"lane_too_large",
                           {},
                           {kI32, kV128, access(Op::v128_store16_lane, 1, 8)},
                           "0x2: invalid: invalid lane index"},
                      Case{"extract_lane",
                           {f64},
                           {kV128, access(Op::f64x2_extract_lane, 0, 2)},
                           "0x1: invalid: invalid lane index: f64x2.extract_lane has 2 lanes, found 2"},
                      Case{"unknown_memory", {i32}, {in(Op::memory_size, 1)}, "0x0: invalid: unknown memory 1"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    TailCalls, Body,
    ::testing::Values(
        Case{"return_call", {i32}, {kI32, in(Op::return_call, 0)}, "valid"},
        Case{"return_call_leaves_nothing", {i32}, {kI64, kI32, in(Op::return_call, 0)}, "valid"},
        Case{"return_call_argument",
             {i32},
             {kI64, in(Op::return_call, 0)},
             "0x1: invalid: type mismatch: return_call expects i32, found i64"},
        Case{"return_call_results",
             {i64},
             {kI32, in(Op::return_call, 0)},
             "0x1: invalid: type mismatch: return_call expects a function of the caller's results, found [i32] -> "
             "[i32]"},
        Case{"return_call_unknown", {}, {in(Op::return_call, 3)}, "0x0: invalid: unknown function 3"},
        Case{"return_call_indirect", {i32, i64}, {kI32, in(Op::return_call_indirect, 3, 0)}, "valid"},
        Case{"return_call_indirect_index",
             {i32, i64},
             {kI64, in(Op::return_call_indirect, 3, 0)},
             "0x1: invalid: type mismatch: return_call_indirect expects i32, found i64"},
        Case{"return_call_indirect_externref",
             {},
             {kI32, in(Op::return_call_indirect, 1, 1)},
             "0x1: invalid: type mismatch: return_call_indirect expects the table to be of funcref"}),
    kName);

// The pool holds three words for each clause: kind, tag, label.
INSTANTIATE_TEST_SUITE_P(
    Exceptions, Body,
    ::testing::Values(
        Case{"throw", {f32}, {kI32, kI64, in(Op::throw_, 0)}, "valid"},
        Case{"throw_lacks_values",
             {},
             {kI64, in(Op::throw_, 0)},
             "0x1: invalid: type mismatch: throw expects i32, found nothing"},
        Case{"throw_unknown", {}, {in(Op::throw_, 2)}, "0x0: invalid: unknown tag 2"},
        Case{"throw_ref", {f32}, {ref_null(ValType::exnref), in(Op::throw_ref)}, "valid"},
        Case{"throw_ref_of_another",
             {},
             {kExtern, in(Op::throw_ref)},
             "0x1: invalid: type mismatch: throw_ref expects exnref, found externref"},
        Case{"catch", {i32, i64}, {block(Op::block, kOf3), try_table(1), kEnd, kI32, kI64, kEnd}, "valid", {0, 0, 0}},
        Case{"catch_out_of_the_function", {i32, i64}, {try_table(1), kEnd, kI32, kI64}, "valid", {0, 0, 0}},
        Case{"catch_all", {}, {try_table(1), kEnd}, "valid", {2, 0, 0}},
        Case{"catch_its_own_label",
             {i32},
             {try_table(1), kEnd, kI32},
             "0x0: invalid: type mismatch: from catch clause 0 to label 0: [] -> [i32]",
             {2, 0, 0}},
        Case{"catch_values",
             {i32},
             {try_table(1), kEnd, kI32},
             "0x0: invalid: type mismatch: from catch clause 0 to label 0: [i32 i64] -> [i32]",
             {0, 0, 0}},
        Case{"catch_ref", {i32, i64, ValType::exnref}, {try_table(1), kEnd, kUnreachable}, "valid", {1, 0, 0}},
        Case{"catch_ref_lacks_the_reference",
             {i32, i64},
             {try_table(1), kEnd, kUnreachable},
             "0x0: invalid: type mismatch: from catch clause 0 to label 0: [i32 i64 exnref] -> [i32 i64]",
             {1, 0, 0}},
        Case{"catch_all_ref", {ValType::exnref}, {try_table(1), kEnd, kUnreachable}, "valid", {3, 0, 0}},
        Case{"second_clause", {}, {try_table(2), kEnd}, "0x0: invalid: unknown tag 2", {2, 0, 0, 0, 2, 0}},
        Case{"catch_unknown_label", {}, {try_table(1), kEnd}, "0x0: invalid: unknown label 1", {2, 0, 1}},
        Case{"try_table_result",
             {i32},
             {block(Op::try_table, BlockType::of(i32)), kI64, kEnd},
             "0x2: invalid: type mismatch: end of try_table expects i32, found i64"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    LegacyExceptions, Body,
    ::testing::Values(
        Case{"legacy_try",
             {i32},
             {block(Op::try_, BlockType::of(i32)), kI32, in(Op::catch_, 0), kDrop, in(Op::catch_all), kI32, kEnd},
             "valid"},
        Case{"legacy_catch_pushes_values",
             {i32, i64},
             {block(Op::try_, kOf3), kI32, kI64, in(Op::catch_, 0), kEnd},
             "valid"},
        Case{"legacy_catch_unknown", {}, {block(Op::try_), in(Op::catch_, 2), kEnd}, "0x1: invalid: unknown tag 2"},
        Case{"legacy_catch_result",
             {i32},
             {block(Op::try_, BlockType::of(i32)), kI32, in(Op::catch_, 1), kEnd},
             "0x3: invalid: type mismatch: end of catch expects i32, found nothing"},
        Case{"legacy_catch_all_pushes_nothing",
             {i32},
             {block(Op::try_, BlockType::of(i32)), kI32, in(Op::catch_all), kDrop, kI32, kEnd},
             "0x3: invalid: type mismatch: drop expects a value, found nothing"},
        Case{"legacy_unreachable_ends_with_the_body",
             {i32},
             {block(Op::try_, BlockType::of(i32)), kUnreachable, in(Op::catch_all), kEnd},
             "0x3: invalid: type mismatch: end of catch_all expects i32, found nothing"},
        Case{"rethrow", {}, {block(Op::try_), in(Op::catch_all), in(Op::rethrow, 0), kEnd}, "valid"},
        Case{"rethrow_from_within",
             {},
             {block(Op::try_), in(Op::catch_, 1), block(Op::block), in(Op::rethrow, 1), kEnd, kEnd},
             "valid"},
        Case{"rethrow_in_the_body",
             {},
             {block(Op::try_), in(Op::rethrow, 0), in(Op::catch_all), kEnd},
             "0x1: invalid: invalid rethrow label 0"},
        Case{"rethrow_of_a_block",
             {},
             {block(Op::block), in(Op::rethrow, 0), kEnd},
             "0x1: invalid: invalid rethrow label 0"},
        Case{"rethrow_unknown", {}, {in(Op::rethrow, 1)}, "0x0: invalid: unknown label 1"},
        Case{"delegate", {i32}, {block(Op::try_, BlockType::of(i32)), kI32, in(Op::delegate, 0)}, "valid"},
        Case{"delegate_result",
             {i32},
             {block(Op::try_, BlockType::of(i32)), kI64, in(Op::delegate, 0)},
             "0x2: invalid: type mismatch: delegate expects i32, found i64"},
        Case{"delegate_counts_from_outside",
             {},
             {block(Op::try_), in(Op::delegate, 1)},
             "0x1: invalid: unknown label 1: 1 are open"}),
    kName);

TEST(Validate, TheMessageOfAnImmutableGlobalInEdition20) {
  EXPECT_EQ(to_string(validate(module_for({kI32, in(Op::global_set, 0)}, {}, {}), Edition::wasm_2_0).error(), ""),
            "0x1: invalid: global is immutable: 0");
}

TEST(Validate, ShuffleLanes) {
  for (unsigned position = 0; position < 16; ++position) {
    Instr shuffle = in(Op::i8x16_shuffle);
    uint64_t& half = position < 8 ? shuffle.lo : shuffle.hi;
    half = uint64_t{31} << (position % 8 * 8);
    EXPECT_EQ(outcome(module_for({kV128, kV128, shuffle, kDrop}, {}, {})), "valid");
    half = uint64_t{32} << (position % 8 * 8);
    EXPECT_THAT(outcome(module_for({kV128, kV128, shuffle, kDrop}, {}, {})),
                ::testing::StartsWith("0x2: invalid: invalid lane index"));
  }
}

// What the instructions of memories and tables take follows the address types of those they name.
TEST(Validate, AddressTypes) {
  const auto of_two = [](const Code& code, std::vector<ValType> results = {}) {
    Module module = module_for(code, std::move(results), {});
    module.memories = {{{1, 1}, true}, {{1, 1}, true, i64}};
    module.tables = {{{externref, {1, std::nullopt}, i32}}, {{externref, {1, std::nullopt}, i64}}};
    module.elements[0].type = externref;
    module.elements[0].init = {{{kExtern, kEnd}, {}}};
    return outcome(module);
  };
  const auto on = [](Op op, uint32_t memory, uint64_t offset = 0) {
    Instr instr = access(op, 2);
    instr.a = memory, instr.lo = offset;
    return instr;
  };
  EXPECT_EQ(of_two({kI64, on(Op::i32_load, 1)}, {i32}), "valid");
  EXPECT_EQ(of_two({kI32, on(Op::i32_load, 1)}, {i32}), "0x1: invalid: type mismatch: i32.load expects i64, found i32");
  EXPECT_EQ(of_two({kI64, on(Op::i32_load, 0)}, {i32}), "0x1: invalid: type mismatch: i32.load expects i32, found i64");
  EXPECT_EQ(of_two({kI64, on(Op::i32_load, 1, ~uint64_t{0})}, {i32}), "valid");
  EXPECT_EQ(of_two({kI64, on(Op::i32_load, 2)}, {i32}), "0x1: invalid: unknown memory 2");
  EXPECT_EQ(of_two({kI64, kI32, on(Op::memory_atomic_notify, 1)}, {i32}), "valid");
  EXPECT_EQ(of_two({in(Op::memory_size, 1)}, {i64}), "valid");
  EXPECT_EQ(of_two({in(Op::memory_size, 0)}, {i32}), "valid");
  EXPECT_EQ(of_two({kI64, in(Op::memory_grow, 1)}, {i64}), "valid");
  EXPECT_EQ(of_two({kI64, kI32, kI64, in(Op::memory_fill, 1)}), "valid");
  EXPECT_EQ(of_two({kI64, kI32, kI32, in(Op::memory_init, 0, 1)}), "valid");
  // A copy between the two counts with 32 bits.
  EXPECT_EQ(of_two({kI64, kI64, kI64, in(Op::memory_copy, 1, 1)}), "valid");
  EXPECT_EQ(of_two({kI64, kI32, kI32, in(Op::memory_copy, 1, 0)}), "valid");
  EXPECT_EQ(of_two({kI32, kI64, kI32, in(Op::memory_copy, 0, 1)}), "valid");
  EXPECT_EQ(of_two({kI64, kI32, kI64, in(Op::memory_copy, 1, 0)}),
            "0x3: invalid: type mismatch: memory.copy expects i32, found i64");
  EXPECT_EQ(of_two({kI64, in(Op::table_get, 1)}, {externref}), "valid");
  EXPECT_EQ(of_two({kI32, in(Op::table_get, 1)}, {externref}),
            "0x1: invalid: type mismatch: table.get expects i64, found i32");
  EXPECT_EQ(of_two({kI64, kExtern, in(Op::table_set, 1)}), "valid");
  EXPECT_EQ(of_two({in(Op::table_size, 1)}, {i64}), "valid");
  EXPECT_EQ(of_two({kExtern, kI64, in(Op::table_grow, 1)}, {i64}), "valid");
  EXPECT_EQ(of_two({kI64, kExtern, kI64, in(Op::table_fill, 1)}), "valid");
  EXPECT_EQ(of_two({kI64, kI32, kI32, in(Op::table_copy, 1, 0)}), "valid");
  EXPECT_EQ(of_two({kI64, kI32, kI32, in(Op::table_init, 0, 1)}), "valid");
}

TEST(Validate, OffsetsBeyond32Bits) {
  Instr load = access(Op::i32_load, 2);
  load.lo = std::numeric_limits<uint32_t>::max();
  EXPECT_EQ(outcome(module_for({kI32, load}, {i32}, {})), "valid");
  ++load.lo;
  EXPECT_THAT(outcome(module_for({kI32, load}, {i32}, {})), ::testing::StartsWith("0x1: invalid: offset out of range"));
}

Instr constant_of(char letter) {
  switch (letter) {
    case 'I': return kI64;
    case 'f': return kF32;
    case 'F': return kF64;
    case 'v': return kV128;
    default: return kI32;
  }
}
uint8_t natural(const InstrInfo& row) {
  uint8_t align = 0;
  while (row.access > 1u << align) ++align;
  return align;
}

/// Every instruction with a signature accepts the operands of its row, and neither fewer nor another type at any place.
TEST(ValidateEveryInstruction, BySignature) {
  size_t checked = 0;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const InstrInfo& row = kInstructions[i];
    if (row.is_special()) continue;
    ++checked;
    Code code;
    for (const char letter : row.operands()) code.push_back(constant_of(letter));
    code.push_back(access(static_cast<Op>(i), natural(row)));
    code.insert(code.end(), row.results().size(), kDrop);
    EXPECT_EQ(outcome(module_for(code, {}, {})), "valid") << row.text;
    for (size_t k = 0; k < row.operands().size(); ++k) {
      Code wrong = code;
      wrong[k] = kExtern;
      EXPECT_THAT(outcome(module_for(wrong, {}, {})), ::testing::HasSubstr("type mismatch: " + std::string(row.text)))
          << row.text;
    }
    if (row.operands().empty()) continue;
    code.erase(code.begin());
    EXPECT_THAT(outcome(module_for(code, {}, {})), ::testing::HasSubstr("type mismatch: " + std::string(row.text)))
        << row.text;
  }
  EXPECT_GT(checked, 400u);
}

/// An access needs a memory, and an alignment: exactly the natural one if atomic, at most that otherwise.
TEST(ValidateEveryInstruction, ByAlignment) {
  size_t atomics = 0;
  for (size_t i = 0; i < kInstructionCount; ++i) {
    const InstrInfo& row = kInstructions[i];
    if (row.access == 0) continue;
    const bool is_atomic = row.feature == Feature::threads;
    atomics += is_atomic ? 1 : 0;
    Code code{kUnreachable, Instr(), kUnreachable};
    for (uint8_t align = 0; align < 6; ++align) {
      code[1] = access(static_cast<Op>(i), align);
      const std::string expected = align == natural(row) || (!is_atomic && align < natural(row)) ? "valid"
                                   : is_atomic ? "0x1: invalid: atomic alignment must be natural"
                                               : "0x1: invalid: alignment must not be larger than natural";
      EXPECT_THAT(outcome(module_for(code, {}, {})), ::testing::StartsWith(expected))
          << row.text << " align 2^" << int{align};
    }
    Module without_memory = module_for(code, {}, {});
    without_memory.memories.clear();
    EXPECT_EQ(outcome(without_memory), "0x1: invalid: unknown memory 0") << row.text;
  }
  EXPECT_EQ(atomics, 66u) << "all of the threads proposal but atomic.fence";
}

TEST(Validate, FenceNeedsNoMemory) {
  Module module = module_for({in(Op::atomic_fence)}, {}, {});
  module.memories.clear();
  EXPECT_EQ(outcome(module), "valid");
}

}  // namespace
}  // namespace weft
