// SPDX-License-Identifier: Apache-2.0
//
// What is malformed, the phrase that says so, and where.
#include <gtest/gtest.h>

#include "suite/text/parse.h"

namespace weft {
namespace {

struct Case {
  const char* source;
  const char* where;
  const char* message;  ///< how it begins
};

class ParseError : public ::testing::TestWithParam<Case> {};

TEST_P(ParseError, HasPhraseAndPosition) {
  const auto module = parse_module(GetParam().source);
  ASSERT_FALSE(module) << GetParam().source;
  EXPECT_EQ(module.error().kind, ErrorKind::malformed);
  EXPECT_EQ(module.error().message.substr(0, std::string_view(GetParam().message).size()), GetParam().message)
      << GetParam().source;
  EXPECT_EQ(module.error().where, GetParam().where) << GetParam().source << "\n" << module.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Words, ParseError,
    ::testing::Values(Case{"(func nopp)", "1:7", "unknown operator nopp"},
                      Case{"(func\n  get_local 0)", "2:3", "unknown operator get_local"},
                      Case{"(func (i32.const0))", "1:8", "unknown operator i32.const0"},
                      Case{"(func br 0drop)", "1:10", "unknown operator 0drop"},
                      Case{"(global anyfunc (ref.null func))", "1:9", "unknown operator anyfunc"},
                      Case{"(func i32.load align=-1)", "1:16", "unknown operator align=-1"},
                      Case{"(func v128.const f32x4 nan:1 0 0 0)", "1:24", "unknown operator nan:1"},
                      Case{"(func param)", "1:7", "unexpected token param, expected an instruction"},
                      Case{"(func (i32.const))", "1:17", "unexpected token ), expected an integer"},
                      Case{"(func (i32.const 1.0))", "1:18", "unexpected token 1.0"},
                      Case{"(func (f32.const nan:arithmetic))", "1:18", "unexpected token nan:arithmetic"},
                      Case{"(fun)", "1:2", "unknown operator fun"},
                      Case{"(result i32)", "1:2", "unexpected token result, expected a module field"},
                      Case{"(module) (module)", "1:10", "unexpected token (, expected the end of the source"},
                      Case{"(module", "1:8", "unexpected token: end of input"},
                      Case{"(module (func (nop)", "1:20", "unexpected token: end of input"},
                      Case{"func", "1:1", "unexpected token func, expected a module field"},
                      Case{"(func \"a\")", "1:7", "unexpected token \"a\""},
                      Case{"(func) ;; \xff", "1:11", "malformed UTF-8 encoding"},
                      Case{"(func (export \"\\80\"))", "1:15", "malformed UTF-8 encoding"},
                      Case{"(data \"\\zz\")", "1:8", "illegal escape '\\z'"}));

INSTANTIATE_TEST_SUITE_P(
    Order, ParseError,
    ::testing::Values(
        Case{"(func (result i32) (param i32) unreachable)", "1:21", "unexpected token param"},
        Case{"(type (func (result i32) (param i32)))", "1:27", "unexpected token param"},
        Case{"(func (local i32) (param i32))", "1:20", "unexpected token param"},
        Case{"(func (nop) (local i32))", "1:14", "unexpected token local"},
        Case{"(type $t (func)) (func (param i32) (type $t))", "1:37", "unexpected token type"},
        Case{"(func (block (param $x i32)))", "1:21", "unexpected token $x"},
        Case{"(func (if i32.const 0 (then)))", "1:11", "unexpected token i32.const"},
        Case{"(func (if (i32.const 0)))", "1:24", "unexpected token ), expected '(then'"},
        Case{"(func (if (i32.const 0) (then) (then)))", "1:33", "unexpected token then, expected 'else' or ')'"},
        Case{"(func (if (i32.const 0) (then) (else) (nop)))", "1:39", "unexpected token (, expected ')'"},
        Case{"(func (drop i32.const 0))", "1:13", "unexpected token i32.const, expected '(' or ')'"},
        Case{"(func end)", "1:7", "unexpected token end"}, Case{"(func else)", "1:7", "unexpected token else"},
        Case{"(func block else end)", "1:13", "unexpected token else"},
        Case{"(func block)", "1:12", "unexpected token ), expected 'end' of the block at 1:7"},
        Case{"(func (block end))", "1:14", "unexpected token end"}, Case{"(func (end))", "1:8", "unexpected token end"},
        Case{"(import \"a\" \"b\" \"c\" (func))", "1:17", "unexpected token \"c\", expected an import description"},
        Case{"(import \"a\" (func))", "1:13", "unexpected token (, expected an import name"},
        Case{"(import \"a\" \"b\" (start))", "1:18", "unexpected token start, expected 'func', 'table'"},
        Case{"(export \"a\" (type 0))", "1:14", "unexpected token type, expected 'func', 'table'"},
        Case{"(func) (import \"\" \"\" (func))", "1:8", "import after function"},
        Case{"(memory 1)\n(global (import \"\" \"\") i32)", "2:9", "import after memory"},
        Case{"(func $f) (start $f) (start $f)", "1:22", "multiple start sections"}));

INSTANTIATE_TEST_SUITE_P(
    Names, ParseError,
    ::testing::Values(
        Case{"(func call $f)", "1:12", "unknown function $f"},
        Case{"(export \"a\" (memory $m))", "1:21", "unknown memory $m"},
        Case{"(func (local $y i32) local.get $x)", "1:32", "unknown local $x"},
        Case{"(global i32 (local.get $x))", "1:24", "unknown local $x"},
        Case{"(func br $l)", "1:10", "unknown label $l"},
        Case{"(func data.drop $d)", "1:17", "unknown data segment $d"},
        Case{"(func (type $t))", "1:13", "unknown type $t"},
        Case{"(func (type 2) (param i32))", "1:7", "unknown type 2"},
        Case{"(type $t (func)) (func (type $t) (result i32) i32.const 0)", "1:24", "inline function type"},
        Case{"(type $t (func (param i32))) (func (block (type $t) (param i64)))", "1:43", "inline function type"},
        Case{"(func $f) (func $f)", "1:17", "duplicate function $f"},
        Case{"(func $a) (func $\"a\")", "1:17", "duplicate function $\"a\""},
        Case{"(import \"\" \"\" (memory $m 1)) (memory $m 1)", "1:38", "duplicate memory $m"},
        Case{"(func (param $x i32) (local $x i32))", "1:29", "duplicate local $x"},
        Case{"(type (func (param $x i32) (param $x i32)))", "1:35", "duplicate local $x"},
        Case{"(func block $a end $b)", "1:20", "mismatching label $b"},
        Case{"(func block end $b)", "1:17", "mismatching label $b"},
        Case{"(func i32.const 0 if $a else $b end)", "1:30", "mismatching label $b"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, ParseError,
    ::testing::Values(
        Case{"(func i32.const 0x1_0000_0000)", "1:17", "constant out of range"},
        Case{"(func f32.const 1e39)", "1:17", "constant out of range"},
        Case{"(func f64.const nan:0x0)", "1:17", "constant out of range"},
        Case{"(memory 0x1_0000_0000_0000_0000)", "1:9", "i64 constant out of range"},
        Case{"(func local.get 4294967296)", "1:17", "i32 constant out of range"},
        Case{"(func i32.load offset=18446744073709551616)", "1:16", "i64 constant out of range"},
        Case{"(func i32.load align=0)", "1:16", "alignment must be a power of two"},
        Case{"(func i32.load align=6)", "1:16", "alignment must be a power of two"},
        Case{"(func i32.load align=4 offset=4)", "1:24", "unexpected token offset=4"},
        Case{"(func v128.const i32x4 1 2 3)", "1:18", "wrong number of lane literals"},
        Case{"(func v128.const i8x16 256 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0)", "1:24", "constant out of range"},
        Case{"(func v128.const i32x4 1 2 3 4.0)", "1:30", "unexpected token 4.0"},
        Case{"(func v128.const 1)", "1:18", "unexpected token 1, expected a shape"},
        Case{"(func i8x16.extract_lane_s 256)", "1:28", "i8 constant out of range"},
        Case{"(func i8x16.extract_lane_s -1)", "1:28", "unexpected token -1"},
        Case{"(func i8x16.shuffle 0 1)", "1:7", "invalid lane length"},
        Case{"(func i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 -1)", "1:56", "i8 constant out of range"}));

TEST(ParseErrorDetail, LongTokensAreCut) {
  const auto module = parse_module("(func " + std::string(10'000, 'x') + ")");
  ASSERT_FALSE(module);
  EXPECT_LT(module.error().message.size(), 150U);
}

}  // namespace
}  // namespace weft
