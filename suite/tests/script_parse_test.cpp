// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suite/text/script.h"

namespace weft::script {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

Script parse(std::string_view source) {
  auto script = parse_script(source);
  if (!script) {
    ADD_FAILURE() << to_string(script.error(), "") << "\n" << source;
    return {};
  }
  return std::move(*script);
}
Command parse_one(std::string_view source) {
  Script script = parse(source);
  EXPECT_EQ(script.commands.size(), 1U) << source;
  return std::move(script.commands.at(0));
}
std::string error_of(std::string_view source) {
  const auto script = parse_script(source);
  return script ? "" : script.error().where + " " + script.error().message;
}

TEST(ParseScript, ModulesInThreeForms) {
  const Script script =
      parse("(module $m (func))\n  (module $b binary \"\\00asm\" \"\\01\")\n(module quote \"(fu\" \"nc)\")");
  const auto& text = std::get<ScriptModule>(script.commands[0].what);
  EXPECT_EQ(text.name, "m");
  EXPECT_EQ(std::get<Module>(text.source).functions.size(), 1U);
  const auto& binary = std::get<ScriptModule>(script.commands[1].what);
  EXPECT_EQ(binary.position.line, 2U);
  EXPECT_EQ(binary.position.column, 3U);
  EXPECT_THAT(std::get<BinarySource>(binary.source).bytes, ElementsAre(0, 'a', 's', 'm', 1));
  EXPECT_EQ(std::get<QuotedSource>(std::get<ScriptModule>(script.commands[2].what).source).text, "(func)");
}

TEST(ParseScript, BareFieldsAreOneModule) {
  const Script script = parse(";; c\n(func) (memory 1)");
  ASSERT_EQ(count_commands(script.commands), 1U);
  EXPECT_EQ(script.commands[0].position.line, 2U);
  EXPECT_TRUE(parse("").commands.empty());
}

TEST(ParseScript, ActionsAndRegister) {
  const auto action =
      std::get<Action>(parse_one(R"((invoke $m "f\n" (i32.const -1) (ref.null extern) (ref.extern 7)))").what);
  const auto& invoke = std::get<Invoke>(action.what);
  EXPECT_EQ(invoke.module, "m");
  EXPECT_EQ(invoke.name, "f\n");
  EXPECT_EQ(invoke.arguments[0].lo, 0xffffffffU);
  EXPECT_TRUE(invoke.arguments[1].is_null);
  EXPECT_EQ(invoke.arguments[1].type, ValType::externref);
  EXPECT_EQ(invoke.arguments[2].lo, 7U);
  EXPECT_EQ(std::get<Get>(std::get<Action>(parse_one("(get \"g\")").what).what).name, "g");
  const auto registered = std::get<Register>(parse_one("(register \"x\" $m)").what);
  EXPECT_EQ(registered.as, "x");
  EXPECT_EQ(registered.module, "m");
  EXPECT_FALSE(std::get<Register>(parse_one("(register \"x\")").what).module.has_value());
}

TEST(ParseScript, ResultsMayBePatterns) {
  const auto what = std::get<AssertReturn>(parse_one(R"((assert_return (invoke "f")
      (f32.const nan:canonical) (f64.const nan:arithmetic) (f64.const 1.5)
      (v128.const f32x4 1 nan:canonical nan:arithmetic nan) (v128.const i64x2 1 2)
      (ref.null) (ref.null func) (ref.func) (ref.extern) (ref.extern 3)))")
                                               .what);
  const auto& r = what.results;
  ASSERT_EQ(r.size(), 10U);
  EXPECT_EQ(r[0].patterns[0], FloatPattern::canonical_nan);
  EXPECT_EQ(r[1].patterns[0], FloatPattern::arithmetic_nan);
  EXPECT_EQ(r[1].value.type, ValType::f64);
  EXPECT_EQ(r[2].patterns[0], FloatPattern::exact);
  EXPECT_EQ(r[2].value.lo, 0x3ff8000000000000U);
  EXPECT_EQ(r[3].float_lanes, 4);
  EXPECT_THAT(r[3].patterns, ElementsAre(FloatPattern::exact, FloatPattern::canonical_nan, FloatPattern::arithmetic_nan,
                                         FloatPattern::exact));
  EXPECT_EQ(r[3].value.lo, 0x3f800000U);
  EXPECT_EQ(r[3].value.hi, 0x7fc0000000000000U);
  EXPECT_EQ(r[4].float_lanes, 0);
  EXPECT_EQ(r[5].kind, Expected::Kind::any_null);
  EXPECT_EQ(r[6].kind, Expected::Kind::value);
  EXPECT_TRUE(r[6].value.is_null);
  EXPECT_EQ(r[7].kind, Expected::Kind::any_func);
  EXPECT_EQ(r[8].kind, Expected::Kind::any_extern);
  EXPECT_EQ(r[9].value.lo, 3U);
}

TEST(ParseScript, EitherNests) {
  const auto what = std::get<AssertReturn>(
      parse_one("(assert_return (invoke \"f\") (either (i32.const 1) (either (i32.const 2) (i32.const 3))))").what);
  ASSERT_EQ(what.results.size(), 1U);
  EXPECT_EQ(what.results[0].kind, Expected::Kind::either);
  EXPECT_EQ(what.results[0].alternatives[1].alternatives[1].value.lo, 3U);
}

TEST(ParseScript, Assertions) {
  const Script script = parse(R"wast(
    (assert_trap (invoke "f") "unreachable")
    (assert_trap (module (func $f unreachable) (start $f)) "unreachable")
    (assert_exhaustion (invoke "f") "call stack exhausted")
    (assert_malformed (module quote "(func nopp)") "unknown operator")
    (assert_invalid (module (func (result i32))) "type mismatch")
    (assert_unlinkable (module (import "a" "b" (func))) "unknown import"))wast");
  EXPECT_TRUE(std::holds_alternative<Action>(std::get<AssertTrap>(script.commands[0].what).subject));
  EXPECT_TRUE(std::holds_alternative<ScriptModule>(std::get<AssertTrap>(script.commands[1].what).subject));
  EXPECT_EQ(std::get<AssertExhaustion>(script.commands[2].what).message, "call stack exhausted");
  EXPECT_EQ(std::get<AssertMalformed>(script.commands[3].what).message, "unknown operator");
  EXPECT_EQ(std::get<AssertInvalid>(script.commands[4].what).module.position.line, 6U);
  EXPECT_EQ(std::get<AssertUnlinkable>(script.commands[5].what).message, "unknown import");
}

TEST(ParseScript, DefinitionsAndInstances) {
  const Script script = parse(R"wast(
    (module definition $D (func))
    (module definition binary "\00asm")
    (module definition $Q quote "(func)")
    (module instance $I $D)
    (module instance $D)
    (module instance)
    (assert_trap (module instance $D) "unreachable")
    (assert_unlinkable (module instance) "unknown import")
    (assert_invalid (module definition (func (result i32))) "type mismatch"))wast");
  const auto& definition = std::get<ModuleDefinition>(script.commands[0].what).module;
  EXPECT_EQ(definition.name, "D");
  EXPECT_EQ(std::get<Module>(definition.source).names.module, "D");
  EXPECT_TRUE(std::holds_alternative<BinarySource>(std::get<ModuleDefinition>(script.commands[1].what).module.source));
  EXPECT_EQ(std::get<ModuleDefinition>(script.commands[2].what).module.name, "Q");
  const auto& instance = std::get<ModuleInstance>(script.commands[3].what);
  EXPECT_EQ(instance.name, "I");
  EXPECT_EQ(instance.module, "D");
  EXPECT_EQ(std::get<ModuleInstance>(script.commands[4].what).module, "D");
  EXPECT_FALSE(std::get<ModuleInstance>(script.commands[4].what).name.has_value());
  EXPECT_FALSE(std::get<ModuleInstance>(script.commands[5].what).module.has_value());
  EXPECT_TRUE(std::holds_alternative<ModuleInstance>(std::get<AssertTrap>(script.commands[6].what).subject));
  EXPECT_TRUE(std::holds_alternative<ModuleInstance>(std::get<AssertUnlinkable>(script.commands[7].what).subject));
  EXPECT_TRUE(std::holds_alternative<Module>(std::get<AssertInvalid>(script.commands[8].what).module.source));
}

TEST(ParseScript, ExceptionsAndAnnotations) {
  const Script script = parse(R"wast(
    (assert_exception (invoke "f"))
    (assert_return (invoke "f") (ref.exn) (ref.null exn))
    (assert_malformed_custom (module quote "(@custom)") "@custom annotation")
    (assert_invalid_custom (module) "@custom annotation"))wast");
  EXPECT_EQ(std::get<Invoke>(std::get<AssertException>(script.commands[0].what).action.what).name, "f");
  const auto& results = std::get<AssertReturn>(script.commands[1].what).results;
  EXPECT_EQ(results[0].kind, Expected::Kind::any_exn);
  EXPECT_EQ(results[1].value.type, ValType::exnref);
  EXPECT_TRUE(results[1].value.is_null);
  EXPECT_EQ(std::get<AssertMalformedCustom>(script.commands[2].what).message, "@custom annotation");
  EXPECT_EQ(std::get<AssertInvalidCustom>(script.commands[3].what).message, "@custom annotation");
}

TEST(ParseScript, WhatIsNotSupportedIsKeptAsSuch) {
  const Script script = parse(R"wast(
    (module $M (type (struct (field i32))) (func (export "f")))
    (assert_invalid (module (func (param (ref 7)))) "unknown type")
    (assert_return (invoke "f") (ref.i31))
    (assert_return (invoke "f" (ref.host 1)) (ref.null any))
    (thread (invoke "f" (ref.null none)) (wait))
    (module))wast");
  ASSERT_EQ(script.commands.size(), 6U);
  const auto& module = std::get<ScriptModule>(script.commands[0].what);
  EXPECT_EQ(module.name, "M");
  EXPECT_EQ(std::get<Error>(module.source).message, "not supported: GC");
  EXPECT_EQ(std::get<Error>(module.source).where, "2:22");
  EXPECT_EQ(std::get<Error>(std::get<AssertInvalid>(script.commands[1].what).module.source).message,
            "not supported: typed function references");
  EXPECT_EQ(std::get<Unsupported>(script.commands[2].what).reason, "not supported: GC");
  EXPECT_EQ(std::get<Unsupported>(script.commands[3].what).reason, "not supported: GC");
  const auto& thread = std::get<Thread>(script.commands[4].what);
  EXPECT_TRUE(std::holds_alternative<Unsupported>(thread.commands[0].what));
  EXPECT_TRUE(std::holds_alternative<Wait>(thread.commands[1].what));
  EXPECT_TRUE(
      std::holds_alternative<Error>(std::get<ScriptModule>(parse_one("(func (param anyref)) (func)").what).source));
}

TEST(ParseScript, ThreadsNestAndCount) {
  const Script script = parse(R"(
    (module $M (memory (export "m") 1 1 shared))
    (thread $T (shared (module $M)) (shared (module $N))
      (register "mem" $M)
      (thread (invoke "f"))
      (wait))
    (wait $T))");
  EXPECT_EQ(script.commands.size(), 3U);
  EXPECT_EQ(count_commands(script.commands), 7U);
  const auto& thread = std::get<Thread>(script.commands[1].what);
  EXPECT_EQ(thread.name, "T");
  EXPECT_THAT(thread.shared, ElementsAre("M", "N"));
  EXPECT_EQ(thread.commands[1].position.line, 5U);
  EXPECT_FALSE(std::get<Wait>(thread.commands[2].what).thread.has_value());
  EXPECT_EQ(std::get<Wait>(script.commands[2].what).thread, "T");
}

TEST(ParseScript, ErrorsSayWhere) {
  EXPECT_EQ(error_of("(module)\n(modul)"), "2:2 unknown operator modul, expected a command");
  EXPECT_EQ(error_of("(module\n (func nopp))"), "2:8 unknown operator nopp, expected an instruction");
  EXPECT_EQ(error_of("(invoke \"f\" (i32.const nan))"), "1:24 unexpected token nan, expected an integer");
  EXPECT_THAT(error_of("(assert_return (invoke \"f\") (i32.add))"),
              StartsWith("1:30 unexpected token i32.add, expected a constant"));
  EXPECT_THAT(error_of("(invoke \"f\" (f32.const nan:canonical))"), StartsWith("1:13 unexpected token"));
  EXPECT_THAT(error_of("(invoke \"f\" (either (i32.const 1)))"), StartsWith("1:13 unexpected token"));
  EXPECT_THAT(error_of("(assert_return (invoke \"f\") (either))"), StartsWith("1:36 unexpected token"));
  EXPECT_THAT(error_of("(assert_trap (invoke \"f\"))"),
              StartsWith("1:26 unexpected token ), expected the expected message"));
  EXPECT_THAT(error_of("(thread $T (invoke \"f\") (shared (module $M)))"), StartsWith("1:26 unexpected token shared"));
  EXPECT_THAT(error_of("(thread (shared (module)))"), StartsWith("1:24 unexpected token )"));
  EXPECT_THAT(error_of("(module) (func)"), StartsWith("1:11 unexpected token func, expected a command"));
  EXPECT_THAT(error_of("(func) (module)"), StartsWith("1:9 unexpected token module"));
  EXPECT_THAT(error_of("(module) \xff"), StartsWith("1:10 malformed UTF-8 encoding"));
  EXPECT_THAT(error_of("(assert_trap (module definition) \"\")"), StartsWith("1:15 unexpected token module"));
  EXPECT_THAT(error_of("(assert_invalid (module instance) \"\")"), StartsWith("1:18 unexpected token module"));
  EXPECT_THAT(error_of("(module (type (struct)) (func \"abc))"), StartsWith("1:31 unclosed string"));
  EXPECT_THAT(error_of("(module (type (struct))"), StartsWith("1:24 unexpected token: end of input"));
  EXPECT_THAT(error_of("(invoke \"\\ff\")"), StartsWith("1:9 malformed UTF-8 encoding"));
}

TEST(ParseScript, NestingIsLimited) {
  std::string deep, threads;
  for (int i = 0; i < 100'000; ++i) deep += "(either ", threads += "(thread ";
  EXPECT_THAT(error_of("(assert_return (invoke \"f\") " + deep), StartsWith("1:829 nesting too deep"));
  EXPECT_THAT(error_of(threads), StartsWith("1:801 nesting too deep"));
}

}  // namespace
}  // namespace weft::script
