// SPDX-License-Identifier: Apache-2.0
//
// What validation says of everything but function bodies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "interp/limits.h"
#include "interp/validate.h"

namespace weft {
namespace {

Instr in(Op op, uint32_t a = 0, uint32_t offset = 0) {
  Instr instr;
  instr.op = op;
  instr.a = a;
  instr.offset = offset;
  return instr;
}
/// The instructions and an `end`, at offset 0x20.
Expr expr(std::vector<Instr> body) {
  body.push_back(in(Op::end));
  for (Instr& instr : body) instr.offset = 0x20;
  return {std::move(body), {}};
}
const Instr kI32 = in(Op::i32_const), kF32 = in(Op::f32_const),
            kNull = in(Op::ref_null, static_cast<uint32_t>(ValType::funcref));

/// Types: 0 [] -> [], 1 [i32] -> []. Function 0 is imported and of type 1, function 1 of type 0. Global 0 is an
/// imported constant, global 1 imported and mutable, global 2 the module's own. Table 0 is of funcref, table 1 of
/// externref.
Module base() {
  Module module;
  module.types = {{{}, {}}, {{ValType::i32}, {}}};
  module.imports = {
      {"m", "f", uint32_t{1}}, {"m", "c", GlobalType{ValType::i32, false}}, {"m", "v", GlobalType{ValType::i32, true}}};
  module.functions = {{0, {}, expr({}), 0x10}};
  module.tables = {{{ValType::funcref, {1, 2}}}, {{ValType::externref, {0, std::nullopt}}}};
  module.memories = {{{1, kMaxPages32}, true}};
  module.globals = {{{ValType::i32, false}, expr({kI32})}};
  module.exports = {{"f", ExternKind::func, 1}, {"m", ExternKind::memory, 0}};
  module.start = 1;
  return module;
}

ElementSegment elements(Expr offset, uint32_t table, ValType type, std::vector<Expr> init) {
  return {SegmentMode::active, table, std::move(offset), type, std::move(init), false};
}
ElementSegment passive(ValType type, std::vector<Expr> init) {
  return {SegmentMode::passive, 0, {}, type, std::move(init), false};
}
DataSegment bytes(uint32_t memory, Expr offset) { return {SegmentMode::active, memory, std::move(offset), {}}; }

struct Case {
  const char* name;
  std::function<void(Module&)> change;
  const char* outcome;
  const char* outcome_2_0 = nullptr;  ///< where edition 2.0 says something else
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class ModuleRule : public ::testing::TestWithParam<Case> {};
TEST_P(ModuleRule, Is) {
  Module module = base();
  GetParam().change(module);
  const auto outcome = [&](Edition edition) {
    const auto result = validate(module, edition);
    return result ? "valid" : to_string(result.error(), "");
  };
  EXPECT_THAT(outcome(Edition::latest), ::testing::StartsWith(GetParam().outcome));
  const char* in_2_0 = GetParam().outcome_2_0 == nullptr ? GetParam().outcome : GetParam().outcome_2_0;
  EXPECT_THAT(outcome(Edition::wasm_2_0), ::testing::StartsWith(in_2_0));
}
const auto kName = [](const auto& param) { return std::string(param.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Types, ModuleRule,
    ::testing::Values(
        Case{"base", [](Module&) {}, "valid"}, Case{"empty", [](Module& m) { m = {}; }, "valid"},
        Case{"arity_at_the_limit", [](Module& m) { m.types.push_back({std::vector(kMaxResults, ValType::i32), {}}); },
             "valid"},
        Case{"arity_beyond_the_limit",
             [](Module& m) { m.types.push_back({{}, std::vector(kMaxResults + 1, ValType::i32)}); },
             "invalid: too many results of a type: 1001, the limit of this implementation is 1000"},
        Case{"import_type", [](Module& m) { m.imports[0].desc = uint32_t{2}; }, "invalid: unknown type 2"},
        Case{"function_type", [](Module& m) { m.functions[0].type = 2; }, "0x10: invalid: unknown type 2"},
        Case{"table_limits", [](Module& m) { m.tables[0].type.limits = {2, 1}; },
             "invalid: size minimum must not be greater than maximum: 2 and 1"},
        Case{"imported_table_limits",
             [](Module& m) { m.imports.push_back({"", "", TableType{ValType::funcref, {2, 1}}}); },
             "invalid: size minimum must not be greater than maximum"},
        Case{"memory_limits", [](Module& m) { m.memories[0].limits = {2, 1}; },
             "invalid: size minimum must not be greater than maximum"},
        Case{"memory_minimum", [](Module& m) { m.memories[0].limits.min = kMaxPages32 + 1; },
             "invalid: memory size must be at most 65536 pages (4GiB)"},
        Case{"memory_maximum", [](Module& m) { m.memories[0].limits.max = kMaxPages32 + 1; },
             "invalid: memory size must be at most 65536 pages (4GiB)"},
        Case{"shared_without_maximum", [](Module& m) { m.memories[0].limits.max.reset(); },
             "invalid: shared memory must have maximum"},
        Case{"imported_shared_without_maximum",
             [](Module& m) {
               m.imports.push_back({"", "", MemoryType{{1, std::nullopt}, true}});
               m.memories.clear();
             },
             "invalid: shared memory must have maximum"},
        Case{"unshared_without_maximum", [](Module& m) { m.memories[0] = {{1, std::nullopt}, false}; }, "valid"},
        Case{"two_memories", [](Module& m) { m.memories.push_back(m.memories[0]); }, "valid",
             "invalid: multiple memories"},
        Case{"memory64_limits", [](Module& m) { m.memories[0] = {{1, uint64_t{1} << 48}, true, ValType::i64}; },
             "valid"},
        Case{"memory64_maximum", [](Module& m) { m.memories[0] = {{1, (uint64_t{1} << 48) + 1}, true, ValType::i64}; },
             "invalid: memory size must be at most 281474976710656 pages"},
        Case{"shared_memory64_without_maximum",
             [](Module& m) { m.memories[0] = {{1, std::nullopt}, true, ValType::i64}; },
             "invalid: shared memory must have maximum"},
        Case{"page_size_1", [](Module& m) { m.memories[0] = {{0, 0xffffffff}, true, ValType::i32, 0}; }, "valid"},
        Case{"page_size_1_maximum", [](Module& m) { m.memories[0] = {{0, 0x1'0000'0000}, true, ValType::i32, 0}; },
             "invalid: memory size must be at most 4294967295 pages"},
        Case{"page_size_2", [](Module& m) { m.memories[0].page_size_log2 = 1; },
             "invalid: invalid custom page size 2: it must be 1 or 65536"},
        Case{"page_size_of_2_to_the_63", [](Module& m) { m.memories[0].page_size_log2 = 63; },
             "invalid: invalid custom page size 9223372036854775808: it must be 1 or 65536"},
        Case{"table_maximum", [](Module& m) { m.tables[0].type.limits.max = 0x1'0000'0000; },
             "invalid: table size must be at most 2^32-1"},
        Case{"table64", [](Module& m) { m.tables[0].type = {ValType::funcref, {0, ~uint64_t{0}}, ValType::i64}; },
             "valid"},
        Case{"tag", [](Module& m) { m.tags = {{1}}; }, "valid"},
        Case{"tag_type", [](Module& m) { m.tags = {{2}}; }, "invalid: unknown type 2"},
        Case{"tag_with_results",
             [](Module& m) {
               m.types.push_back({{}, {ValType::i32}});
               m.tags = {{2}};
             },
             "invalid: non-empty tag result type: [] -> [i32]"},
        Case{"imported_tag_with_results",
             [](Module& m) {
               m.types.push_back({{}, {ValType::i32}});
               m.imports.push_back({"", "", TagType{2}});
             },
             "invalid: non-empty tag result type"},
        Case{"table_value", [](Module& m) { m.tables[1].init = expr({kNull}); },
             "0x20: invalid: type mismatch: end of the body expects externref, found funcref"},
        Case{"two_memories_one_imported", [](Module& m) { m.imports.push_back({"", "", MemoryType{{1, 1}, true}}); },
             "valid", "invalid: multiple memories"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    StartAndExports, ModuleRule,
    ::testing::Values(Case{"start_unknown", [](Module& m) { m.start = 2; }, "invalid: unknown function 2"},
                      Case{"start_type", [](Module& m) { m.start = 0; },
                           "invalid: start function must be of type [] -> [], found [i32] -> []"},
                      Case{"export_function", [](Module& m) { m.exports.push_back({"x", ExternKind::func, 2}); },
                           "invalid: unknown function 2"},
                      Case{"export_table", [](Module& m) { m.exports.push_back({"x", ExternKind::table, 2}); },
                           "invalid: unknown table 2"},
                      Case{"export_memory", [](Module& m) { m.exports.push_back({"x", ExternKind::memory, 1}); },
                           "invalid: unknown memory 1"},
                      Case{"export_global", [](Module& m) { m.exports.push_back({"x", ExternKind::global, 3}); },
                           "invalid: unknown global 3"},
                      Case{"export_tag", [](Module& m) { m.exports.push_back({"x", ExternKind::tag, 0}); },
                           "invalid: unknown tag 0"},
                      Case{"export_twice", [](Module& m) { m.exports.push_back({"f", ExternKind::global, 0}); },
                           "invalid: duplicate export name \"f\""}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    ConstantExpressions, ModuleRule,
    ::testing::Values(
        Case{"imported_constant", [](Module& m) { m.globals[0].init = expr({in(Op::global_get, 0)}); }, "valid"},
        Case{"imported_variable", [](Module& m) { m.globals[0].init = expr({in(Op::global_get, 1)}); },
             "0x20: invalid: constant expression required: global 1 is mutable"},
        Case{"own_global", [](Module& m) { m.data = {bytes(0, expr({in(Op::global_get, 2)}))}; }, "valid",
             "0x20: invalid: unknown global 2"},
        Case{"earlier_global",
             [](Module& m) { m.globals.push_back({{ValType::i32, false}, expr({in(Op::global_get, 2)})}); }, "valid",
             "0x20: invalid: unknown global 2"},
        Case{"itself", [](Module& m) { m.globals[0].init = expr({in(Op::global_get, 2)}); },
             "0x20: invalid: unknown global 2"},
        Case{"own_global_in_a_table",
             [](Module& m) {
               m.globals[0] = {{ValType::funcref, false}, expr({kNull})};
               m.tables[0].init = expr({in(Op::global_get, 2)});
             },
             "0x20: invalid: unknown global 2"},
        Case{"arithmetic", [](Module& m) { m.globals[0].init = expr({kI32, kI32, in(Op::i32_mul)}); }, "valid",
             "0x20: invalid: constant expression required: i32.mul is not constant"},
        Case{"wrong_type", [](Module& m) { m.globals[0].init = expr({kF32}); },
             "0x20: invalid: type mismatch: end of the body expects i32, found f32"},
        Case{"nothing", [](Module& m) { m.globals[0].init = expr({}); }, "0x20: invalid: type mismatch"},
        Case{"two_values", [](Module& m) { m.globals[0].init = expr({kI32, kI32}); }, "0x20: invalid: type mismatch"},
        Case{"not_constant", [](Module& m) { m.globals[0].init = expr({kI32, in(Op::i32_eqz)}); },
             "0x20: invalid: constant expression required: i32.eqz is not constant"},
        Case{"not_constant_nop", [](Module& m) { m.globals[0].init = expr({in(Op::nop), kI32}); },
             "0x20: invalid: constant expression required"},
        Case{"unknown_function",
             [](Module& m) { m.globals = {{{ValType::funcref, false}, expr({in(Op::ref_func, 2)})}}; },
             "0x20: invalid: unknown function 2"},
        Case{"declares_its_function",
             [](Module& m) {
               m.globals = {{{ValType::funcref, false}, expr({in(Op::ref_func, 0)})}};
               m.functions[0].code = expr({in(Op::ref_func, 0), in(Op::drop)});
             },
             "valid"},
        Case{"start_declares_nothing",
             [](Module& m) {
               m.exports.clear();
               m.functions[0].code = expr({in(Op::ref_func, 1), in(Op::drop)});
             },
             "0x20: invalid: undeclared function reference: 1"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Segments, ModuleRule,
    ::testing::Values(
        Case{"active_elements",
             [](Module& m) {
               m.elements = {elements(expr({kI32}), 0, ValType::funcref, {expr({kNull}), expr({in(Op::ref_func, 0)})})};
             },
             "valid"},
        Case{"elements_unknown_table",
             [](Module& m) { m.elements = {elements(expr({kI32}), 2, ValType::funcref, {})}; },
             "0x20: invalid: unknown table 2"},
        Case{"elements_other_table", [](Module& m) { m.elements = {elements(expr({kI32}), 1, ValType::funcref, {})}; },
             "0x20: invalid: type mismatch: table 1 expects externref, found a segment of funcref"},
        Case{"elements_offset", [](Module& m) { m.elements = {elements(expr({kF32}), 0, ValType::funcref, {})}; },
             "0x20: invalid: type mismatch"},
        Case{"elements_value", [](Module& m) { m.elements = {passive(ValType::externref, {expr({kNull})})}; },
             "0x20: invalid: type mismatch"},
        Case{"elements_not_constant",
             [](Module& m) { m.elements = {passive(ValType::funcref, {expr({kI32, in(Op::table_get)})})}; },
             "0x20: invalid: constant expression required"},
        Case{"declarative_declares",
             [](Module& m) {
               m.elements = {passive(ValType::funcref, {expr({in(Op::ref_func, 0)})})};
               m.elements[0].mode = SegmentMode::declarative;
               m.functions[0].code = expr({in(Op::ref_func, 0), in(Op::drop)});
             },
             "valid"},
        Case{"active_data", [](Module& m) { m.data = {bytes(0, expr({in(Op::global_get, 0)}))}; }, "valid"},
        Case{"data_unknown_memory", [](Module& m) { m.data = {bytes(1, expr({kI32}))}; },
             "0x20: invalid: unknown memory 1"},
        Case{"data_of_a_64_bit_memory",
             [](Module& m) {
               m.memories[0].address = ValType::i64;
               m.data = {bytes(0, expr({in(Op::i64_const)}))};
             },
             "valid"},
        Case{"data_of_a_64_bit_memory_at_an_i32",
             [](Module& m) {
               m.memories[0].address = ValType::i64;
               m.data = {bytes(0, expr({kI32}))};
             },
             "0x20: invalid: type mismatch: end of the body expects i64, found i32"},
        Case{"elements_of_a_64_bit_table",
             [](Module& m) {
               m.tables[0].type.address = ValType::i64;
               m.elements = {elements(expr({kI32}), 0, ValType::funcref, {})};
             },
             "0x20: invalid: type mismatch: end of the body expects i64, found i32"},
        Case{"data_offset", [](Module& m) { m.data = {bytes(0, expr({kF32}))}; }, "0x20: invalid: type mismatch"},
        Case{"passive_data_needs_no_memory",
             [](Module& m) {
               m.memories.clear();
               m.exports.pop_back();
               m.data = {DataSegment{}};
             },
             "valid"}),
    kName);

TEST(Validate, BodiesMustClose) {
  Module module = base();
  module.functions[0].code.body.clear();
  EXPECT_FALSE(validate(module));
  module.functions[0].code.body = {in(Op::end), in(Op::nop), in(Op::end)};
  EXPECT_FALSE(validate(module));
  module.functions[0].code.body = {in(Op::else_), in(Op::end)};
  EXPECT_FALSE(validate(module));
}

}  // namespace
}  // namespace weft
