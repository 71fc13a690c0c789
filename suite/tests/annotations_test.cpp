// SPDX-License-Identifier: Apache-2.0
//
// What annotations say (text-customannot, text-nameannot, branch hints), where they may stand, and how they come back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "interp/decode.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"
#include "suite/text/print.h"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

Module parse(const std::string& source) {
  const auto module = parse_module(source);
  EXPECT_TRUE(module) << to_string(module.error(), source);
  return module ? *module : Module{};
}

std::string error_of(const std::string& source) {
  const auto module = parse_module(source);
  return module ? "accepted" : to_string(module.error(), "");
}

/// The sections of the binary: an id, and the name of a custom one.
std::string sections(const Module& module) {
  const std::vector<uint8_t> bytes = encode(module);
  std::string out;
  for (size_t at = 8; at < bytes.size(); at += 2 + bytes[at + 1]) {  // each shorter than 128 bytes
    const bool is_custom = bytes[at] == 0;
    const auto name = bytes.begin() + static_cast<std::ptrdiff_t>(at) + 3;
    out += out.empty() ? "" : " ";
    out += is_custom ? std::string(name, name + bytes[at + 2]) : std::to_string(bytes[at]);
  }
  return out;
}

// --- @custom

TEST(CustomAnnotations, AreSectionsWithContents) {
  const Module module = parse(R"((@custom "a") (func) (@custom "b" (after last) "\00x" "" "y"))");
  ASSERT_EQ(module.customs.size(), 2U);
  EXPECT_EQ(module.customs[0].name, "a");
  EXPECT_THAT(module.customs[0].bytes, IsEmpty());
  EXPECT_EQ(module.customs[1].name, "b");
  EXPECT_THAT(module.customs[1].bytes, ElementsAre(0, 'x', 'y'));
}

TEST(CustomAnnotations, StandInTheBinaryWhereTheyAreAskedFor) {
  EXPECT_EQ(sections(parse(R"((module
    (@custom "l1") (@custom "data" (after data)) (@custom "code2" (after code)) (@custom "code1" (before code))
    (type $t (func)) (import "" "" (memory 1)) (func $f (type $t)) (table 1 funcref) (global i32 (i32.const 0))
    (@custom "f1" (after func)) (@custom "none" (after start)) (@custom "f2" (after func)) (@custom "t" (before table))
    (tag (type $t)) (export "" (func $f)) (elem func $f) (data "") (@custom "type" (before type))
    (@custom "first" (before first)) (@custom "l2" (after last)) (@custom "count" (before datacount))))")),
            "first type 1 2 3 f1 f2 t 4 13 6 7 none 9 count code1 10 code2 11 data l1 l2");
}

TEST(CustomAnnotations, ComeBackFromTheBinaryAndFromWhatIsPrinted) {
  const Module module =
      parse(R"((module (@custom "d" (after type) "\ff\00\"") (type (func)) (@custom "a" (before first))
    (@custom "c" (before func)) (@custom "e" (after data)) (@custom "b" (before type)) (func)))");
  const auto bytes = encode(module);
  const auto decoded = decode(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(encode(*decoded), bytes);
  EXPECT_EQ(print(*decoded), print(module));
  EXPECT_THAT(print(module),
              HasSubstr("  (@custom \"a\" (before first))\n  (@custom \"b\" (before first))\n"
                        "  (@custom \"d\" (after type) \"\\ff\\00\\\"\")\n  (@custom \"c\" (after type))\n"
                        "  (@custom \"e\")\n)"));
  EXPECT_EQ(encode(parse(print(module))), bytes);
}

TEST(CustomAnnotations, MalformedOnes) {
  EXPECT_THAT(error_of("(module\n (@custom x))"),
              HasSubstr("2:2: malformed: @custom annotation: missing section name"));
  EXPECT_THAT(error_of(R"((@"custom" "\ff"))"), HasSubstr("@custom annotation: malformed UTF-8 encoding"));
  EXPECT_THAT(error_of(R"((@custom "a" b))"), HasSubstr("@custom annotation: unexpected token"));
  EXPECT_THAT(error_of(R"((@custom "a" "b" (after type)))"), HasSubstr("@custom annotation: unexpected token"));
  EXPECT_THAT(error_of(R"((@custom "a" (after type "b")))"), HasSubstr("@custom annotation: unexpected token"));
  EXPECT_THAT(error_of(R"((@custom "a" (behind type)))"), HasSubstr("@custom annotation: malformed placement"));
  for (const char* section : {"(after)", "(after first)", "(before last)", "(before x)", "(after \"type\")"}) {
    EXPECT_THAT(error_of(std::string(R"((@custom "a" )") + section + ")"),
                HasSubstr("@custom annotation: malformed section kind"));
  }
}

TEST(CustomAnnotations, StandBetweenFieldsOnly) {
  for (const char* source : {R"((module (@custom "a") $m))", R"(((@custom "a") func))", R"((func (@custom "a")))",
                             R"((func nop (@custom "a")))", R"((type (func (@custom "a"))))",
                             R"((global (@custom "a") i32 (i32.const 0)))", R"((memory 1 (@custom "a")))",
                             R"((func (local (@custom "a") i32)))", R"((import "" "" (func $f (@custom "a"))))"}) {
    EXPECT_THAT(error_of(source), HasSubstr("malformed: misplaced @custom annotation")) << source;
  }
  EXPECT_EQ(error_of(R"((@custom) (module (@custom "a")) (@custom))"), "accepted") << "comments outside of the module";
}

// --- @name

TEST(NameAnnotations, NameWhatIsBound) {
  const Module module = parse(R"((module $m (@name "a b") (type $t (@name "t") (func (param $p (@name "p") i32)))
    (import "" "" (func (@name "\"") (type $t))) (func $f (@name "g") (param $x (@name "") i32) (param i32 i32)
    (local (@name "y") i32) (local $z i32)) (func $h) (tag $e (@name "e e")) (tag $d)))");
  EXPECT_EQ(module.names.module, "a b");
  EXPECT_THAT(module.names.functions, ElementsAre(Pair(0, "\""), Pair(1, "g"), Pair(2, "h")));
  EXPECT_THAT(module.names.locals, ElementsAre(Pair(1, ElementsAre(Pair(0, ""), Pair(3, "y"), Pair(4, "z")))));
  EXPECT_THAT(module.names.tags, ElementsAre(Pair(0, "e e"), Pair(1, "d")));
}

TEST(NameAnnotations, ComeBackFromTheBinaryAndFromWhatIsPrinted) {
  const Module module =
      parse(R"((module (@name "λ") (func $f) (func (@name "f")) (func (@name "a b") (param (@name "(") i32)
    (local (@name "") i32) local.get 0 drop) (tag $e) (func (throw $e))))");
  const std::string text = print(module);
  EXPECT_THAT(text, HasSubstr("(module (@name \"\\ce\\bb\")\n"));
  EXPECT_THAT(text, HasSubstr("(func (;1;) (@name \"f\") (type 0)"));
  EXPECT_THAT(
      text,
      HasSubstr("(func (;2;) (@name \"a b\") (type 1) (param (@name \"(\") i32)\n    (local (@name \"\") i32)\n"));
  EXPECT_THAT(text, HasSubstr("throw $e\n"));
  EXPECT_THAT(text, HasSubstr("(tag $e (type 0)"));
  const auto bytes = encode(module, {.names = true});
  EXPECT_EQ(encode(parse(text), {.names = true}), bytes);
  const auto decoded = decode(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(print(*decoded), text) << "names say all of the name section";
}

TEST(NameAnnotations, ASectionThatSaysMoreIsPrinted) {
  // The name of function 7, which there is not; of table 0, which Names has no place for; and none at all.
  for (const char* section : {R"("\01\04\01\07\01f")", R"("\05\04\01\00\01t")", R"("\01\01\00")", R"("\00\01")"}) {
    const std::string annotation = std::string(R"((@custom "name" )") + section + ")";
    const Module module = parse("(module (table 1 funcref) " + annotation + ")");
    const auto bytes = encode(module, {.names = true});
    const auto decoded = decode(bytes);
    ASSERT_TRUE(decoded);
    EXPECT_THAT(print(*decoded), HasSubstr("(@custom \"name\" "));
    EXPECT_EQ(print(*decoded), print(module));
    EXPECT_EQ(encode(parse(print(*decoded)), {.names = true}), bytes);
  }
}

TEST(NameAnnotations, AWellFormedSectionSaysTheNames) {
  EXPECT_THAT(parse(R"((func $f) (@custom "name" "\01\04\01\00\01g"))").names.functions, ElementsAre(Pair(0, "g")));
  const Module malformed = parse(R"((func $f) (@custom "name" "\01\04"))");
  EXPECT_THAT(malformed.names.functions, ElementsAre(Pair(0, "f")));
  const auto decoded = decode(encode(malformed, {.names = true}));
  ASSERT_TRUE(decoded);
  EXPECT_THAT(decoded->names.functions, ElementsAre(Pair(0, "f")));
}

TEST(NameAnnotations, MalformedAndMisplacedOnes) {
  EXPECT_THAT(error_of("(module (@name x))"), HasSubstr("malformed: @name annotation: string expected"));
  EXPECT_THAT(error_of(R"((module (@name "x" "y")))"), HasSubstr("malformed: @name annotation: unexpected token"));
  EXPECT_THAT(error_of(R"((module (@name "\ff")))"),
              HasSubstr("malformed: @name annotation: malformed UTF-8 encoding"));
  EXPECT_THAT(error_of(R"((module (@name "x") (@name "x")))"), HasSubstr("@name annotation: multiple module names"));
  EXPECT_THAT(error_of(R"((func (@name "x") (@name "x")))"), HasSubstr("@name annotation: multiple function names"));
  for (const char* source :
       {R"((module (func) (@name "m")))", R"((module (@name "m") $m))", R"((func (@name "f") $f))",
        R"((func nop (@name "f")))", R"((memory (@name "m") 1))", R"((func $f (export "") (@name "f")))",
        R"((func (result (@name "r") i32)))", R"((func (param (@name "two") i32 i32)))"}) {
    EXPECT_THAT(error_of(source), HasSubstr("malformed: ")) << source;
  }
  EXPECT_THAT(error_of(R"((func (@name "f") $f))"), HasSubstr("1:7: malformed: misplaced @name annotation"));
}

// --- @metadata.code.branch_hint

TEST(BranchHints, AreASectionInFrontOfTheCode) {
  // Offsets count from the locals: one byte for none, three for one run; `block` and `if` have two bytes, as has a
  // `local.get`; an import counts among the function indices.
  const Module module = parse(R"((import "" "" (func)) (func)
    (func (param i32) (local i64)
      (@metadata.code.branch_hint "\01") (if (local.get 0) (then
        (block (@metadata.code.branch_hint "\00") (br_if 0 (local.get 0))))))
    (func (param i32) local.get 0 (@"metadata.code.branch_hint" "" "\01") if else (br_if 0 (local.get 0)) end))");
  ASSERT_EQ(module.customs.size(), 1U);
  EXPECT_EQ(module.customs[0].name, "metadata.code.branch_hint");
  EXPECT_THAT(module.customs[0].bytes, ElementsAre(2, /**/ 2, 2, 5, 1, 1, 11, 1, 0, /**/ 3, 1, 3, 1, 1));
  EXPECT_EQ(sections(module), "1 2 3 metadata.code.branch_hint 10");
}

TEST(BranchHints, MalformedMisplacedAndInvalidOnes) {
  const auto hint = [](const char* before, const char* behind, const char* value = R"("\01")") {
    return error_of(std::string(before) + "(@metadata.code.branch_hint " + value + ")" + behind);
  };
  const std::string prefix = "malformed: @metadata.code.branch_hint annotation: ";
  const char* in_function = "(func (param i32) local.get 0 ";
  for (const char* value : {"\"\\02\"", "\"\\00\\00\"", "", "\"\""})
    EXPECT_THAT(hint(in_function, "br_if 0)", value), HasSubstr(prefix + "invalid hint value")) << value;
  EXPECT_THAT(hint(in_function, "br_if 0)", "0"), HasSubstr(prefix + "unexpected token"));
  EXPECT_THAT(hint(in_function, "(@metadata.code.branch_hint \"\\00\") br_if 0)"),
              HasSubstr(prefix + "duplicate annotation"));
  for (const char* behind : {")", "end)", "else)"})
    EXPECT_THAT(hint(behind[0] == ')' ? "(func " : "(func (param i32) local.get 0 if nop ", behind),
                HasSubstr(prefix + "invalid placement"))
        << behind;
  EXPECT_THAT(hint("(func ", "(param i32))"), HasSubstr(prefix + "invalid placement"));
  EXPECT_THAT(hint("(func (if (i32.const 0) ", "(then)))"), HasSubstr(prefix + "invalid placement"));
  EXPECT_THAT(hint("(func (", "br_if 0 (i32.const 0)))"), HasSubstr(prefix + "invalid placement"));
  EXPECT_THAT(hint("", "(func)"), HasSubstr(prefix + "not in a function"));
  EXPECT_THAT(hint("(global i32 ", "(i32.const 0))"), HasSubstr(prefix + "not in a function"));
  EXPECT_THAT(hint("(func ", "nop)"), HasSubstr("invalid: @metadata.code.branch_hint annotation: invalid target"));
  EXPECT_THAT(hint("(func ", "(block))"), HasSubstr("invalid: @metadata.code.branch_hint annotation: invalid target"));
  EXPECT_THAT(hint("(func ", "nop) (func x)"), HasSubstr("malformed: unknown operator"))
      << "malformed text comes before";
}

}  // namespace
}  // namespace weft
