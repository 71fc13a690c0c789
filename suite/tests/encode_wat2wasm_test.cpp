// SPDX-License-Identifier: Apache-2.0
//
// The cross-check with WABT: of the same text wat2wasm and our encoder make the same bytes, and what wat2wasm writes,
// decoded and encoded again, is the same bytes. Skipped where there is no wat2wasm.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "interp/decode.h"
#include "interp/validate.h"
#include "suite/tests/corpus.h"
#include "suite/text/encode.h"

namespace weft {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;

bool has_wat2wasm() {
  static const bool found = std::system("wat2wasm --version > /dev/null 2>&1") == 0;
  return found;
}

struct Case {
  const char* name;
  const char* wat;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

/// The module as wat2wasm assembles it; empty if it does not.
std::vector<uint8_t> assemble(const std::string& wat, const std::string& options) {
  // Tests may run at the same time, so the process is part of the name.
  const fs::path source = fs::path(::testing::TempDir()) / fmt::format("weft_encode_{}.wat", getpid());
  const fs::path binary = fs::path(source).replace_extension(".wasm");
  std::ofstream(source) << wat;
  const std::string command =
      fmt::format("wat2wasm --enable-threads {} '{}' -o '{}'", options, source.string(), binary.string());
  const bool assembled = std::system(command.c_str()) == 0;
  std::ifstream in(binary, std::ios::binary);
  std::vector<uint8_t> bytes;
  if (assembled) bytes.assign(std::istreambuf_iterator<char>(in), {});
  fs::remove(source);
  fs::remove(binary);
  return bytes;
}

class Wat2Wasm : public ::testing::TestWithParam<Case> {};

TEST_P(Wat2Wasm, ComesBackByteForByte) {
  if (!has_wat2wasm()) GTEST_SKIP() << "no wat2wasm on PATH";
  const auto bytes = assemble(GetParam().wat, "");
  ASSERT_FALSE(bytes.empty());
  const auto decoded = decode(bytes);
  ASSERT_TRUE(decoded) << to_string(decoded.error(), GetParam().name);
  const auto valid = validate(*decoded);
  EXPECT_TRUE(valid) << to_string(valid.error(), GetParam().name);
  EXPECT_EQ(encode(*decoded), bytes);
}

TEST(Wat2WasmNames, AreReadAndWrittenAgain) {
  if (!has_wat2wasm()) GTEST_SKIP() << "no wat2wasm on PATH";
  const auto bytes = assemble(
      "(module (import \"m\" \"f\" (func $f)) (table $t 1 funcref) (func $g (param $x i32) (local i32) (local $z "
      "i64)))",
      "--debug-names");
  auto decoded = decode(bytes);
  ASSERT_TRUE(decoded) << to_string(decoded.error(), "");
  const Names names = decoded->names;
  EXPECT_THAT(names.functions, ElementsAre(Pair(0, "f"), Pair(1, "g")));
  EXPECT_THAT(names.locals, Contains(Pair(1, ElementsAre(Pair(0, "x"), Pair(2, "z")))));
  decoded->customs.clear();
  const auto again = decode(encode(*decoded, {.names = true}));
  ASSERT_TRUE(again) << to_string(again.error(), "");
  EXPECT_EQ(again->names.functions, names.functions);
  EXPECT_EQ(again->names.locals, names.locals);
}

constexpr Case kCases[] = {
    {"empty", "(module)"},
    {"types", "(module (type (func)) (type (func (param i32 i64 f32 f64 v128 funcref externref) (result i32 i64))))"},
    {"imports",
     R"((module (import "m" "f" (func (param i32))) (import "m" "t" (table 1 2 externref)) (import "m" "mem" (memory 1 300 shared))
         (import "m" "g" (global (mut f64)))))"},
    {"tables", "(module (table 0 funcref) (table 1 1000 externref))"},
    {"memory", "(module (memory 0 65536 shared))"},
    {"globals",
     R"((module (import "m" "g" (global $g i32)) (global (mut i64) (i64.const -9223372036854775808)) (global i32 (global.get $g))
         (global f32 (f32.const nan:0x200001)) (global v128 (v128.const i32x4 1 2 3 -1)) (global funcref (ref.null func))))"},
    {"exports",
     R"((module (func (export "f")) (table (export "t") 1 funcref) (memory (export "m") 1) (global (export "\e2\98\83") i32 (i32.const 1))))"},
    {"start", "(module (func $main) (start $main))"},
    {"elements",
     R"((module (func $f) (table $t 10 funcref) (table $u 10 funcref) (table $x 10 externref)
         (elem (i32.const 0) $f $f) (elem (table $u) (i32.const 1) func $f) (elem func $f) (elem declare func $f)
         (elem (i32.const 2) funcref (ref.null func)) (elem funcref (ref.func $f) (ref.null func))
         (elem (table $x) (i32.const 0) externref (ref.null extern)) (elem declare funcref (ref.null func))))"},
    {"data",
     R"((module (memory 1) (data (i32.const 200) "a\00b") (data "passive") (func (memory.init 1 (i32.const 0) (i32.const 0)
         (i32.const 1)) (data.drop 1))))"},
    {"locals",
     "(module (func (param i32) (local $x i32) (local i32 i64 i64 f32 v128 v128 externref) (local.set $x (local.get "
     "0))))"},
    {"control",
     R"((module (type $t (func (param i32) (result i32))) (table 1 funcref)
         (func $f (param $n i32) (result i32)
           (block $out (result i32)
             (loop $again (br_if $again (i32.eqz (local.get $n))))
             (if (result i32) (local.get $n) (then (i32.const 1)) (else (i32.const 300)))
             (block (block (br_table 0 1 0 1 (local.get $n))) (return (i32.const -1)))
             (drop) (br $out (call $f (i32.const 64))))
           (call_indirect (type $t) (i32.const 0))
           (if (param i32) (result i32) (i32.const 1) (then))
           (select (i32.const 1) (i32.const 2)) (unreachable))))"},
    {"memory_instructions",
     R"((module (memory 1) (func (param i32)
         (i32.store16 offset=70000 align=1 (local.get 0) (i32.load8_s offset=4294967295 (local.get 0)))
         (i64.store (local.get 0) (i64.load32_u (local.get 0))) (drop (memory.grow (memory.size)))
         (memory.copy (local.get 0) (local.get 0) (local.get 0)) (memory.fill (local.get 0) (local.get 0) (local.get 0)))))"},
    {"tables_and_references",
     R"((module (table $a 1 funcref) (table $b 1 externref) (elem $e declare func $f)
         (func $f (param externref i32)
           (drop (ref.is_null (ref.func $f))) (table.set $b (local.get 1) (table.get $b (local.get 1)))
           (drop (table.grow $b (local.get 0) (table.size $b))) (table.fill $b (local.get 1) (local.get 0) (local.get 1))
           (table.copy $a $a (local.get 1) (local.get 1) (local.get 1)) (table.init $a $e (local.get 1) (local.get 1) (local.get 1))
           (elem.drop $e) (drop (select (result externref) (local.get 0) (ref.null extern) (local.get 1))))))"},
    {"simd",
     R"((module (memory 1) (func (param v128) (result v128)
         (v128.store64_lane offset=8 1 (i32.const 0) (local.get 0))
         (i8x16.shuffle 0 1 2 3 4 5 6 7 24 25 26 27 28 29 30 31 (local.get 0) (v128.load32_splat (i32.const 4)))
         (f64x2.replace_lane 1 (f64.convert_i32_s (i16x8.extract_lane_u 7 (local.get 0))))
         (i32x4.trunc_sat_f64x2_u_zero))))"},
    {"atomics",
     R"((module (memory 1 1 shared) (func (result i32)
         (drop (memory.atomic.wait64 offset=8 (i32.const 0) (i64.const 1) (i64.const -1)))
         (i64.atomic.store32 (i32.const 4) (i64.atomic.rmw8.cmpxchg_u offset=300 (i32.const 1) (i64.const 2) (i64.const 3)))
         (drop (i32.atomic.rmw16.xchg_u (i32.const 2) (i32.const 7))) (atomic.fence)
         (memory.atomic.notify (i32.const 0) (i32.const 1)))))"},
};

INSTANTIATE_TEST_SUITE_P(Encode, Wat2Wasm, ::testing::ValuesIn(kCases),
                         [](const auto& param) { return std::string(param.param.name); });

// --- every module of the repository and of the official tests

/// wat2wasm's bytes of each text, as far as it accepts them. One shell runs it for all: a thousand processes of our own
/// take several times as long.
std::vector<std::vector<uint8_t>> assemble_all(const std::vector<testing::CorpusModule>& modules) {
  const fs::path folder = fs::path(::testing::TempDir()) / fmt::format("weft_corpus_{}", getpid());
  fs::create_directory(folder);
  for (size_t i = 0; i < modules.size(); ++i) std::ofstream(folder / fmt::format("{}.wat", i)) << modules[i].text;
  const std::string command = fmt::format(
      "cd '{}' && for wat in *.wat; do wat2wasm --enable-all --no-check $wat -o ${{wat%.wat}}.wasm || true; done "
      "> /dev/null 2>&1",
      folder.string());
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::vector<std::vector<uint8_t>> binaries(modules.size());
  for (size_t i = 0; i < modules.size(); ++i) {
    std::ifstream in(folder / fmt::format("{}.wasm", i), std::ios::binary);
    binaries[i].assign(std::istreambuf_iterator<char>(in), {});
  }
  fs::remove_all(folder);
  return binaries;
}

/// suite/tests/wat2wasm-differences as it is to be read there: what is expected of each module that is in it.
std::map<std::string, std::string> explained_differences() {
  std::ifstream in(fs::path(__FILE__).parent_path() / "wat2wasm-differences");
  EXPECT_TRUE(in);
  std::map<std::string, std::string> expected;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const size_t what = line.find("  "), reason = line.find("  ", what + 2);
    EXPECT_NE(reason, std::string::npos) << "no reason: " << line;
    EXPECT_TRUE(expected.emplace(line.substr(0, what), line.substr(what + 2, reason - what - 2)).second)
        << "twice: " << line;
  }
  return expected;
}

class Wat2WasmCorpus : public ::testing::TestWithParam<std::string> {};

TEST_P(Wat2WasmCorpus, WritesTheSameBytes) {
  if (!has_wat2wasm()) GTEST_SKIP() << "no wat2wasm on PATH";
  std::vector<testing::CorpusModule> modules = testing::corpus(GetParam());
  if (modules.empty()) GTEST_SKIP() << "WEFT_SPEC_TESTS names nothing: no official tests";
  std::erase_if(modules, [](const testing::CorpusModule& module) { return module.text.empty() || !module.is_valid; });
  EXPECT_GT(modules.size(), 50U);
  const auto binaries = assemble_all(modules);
  auto expected = explained_differences();
  for (size_t i = 0; i < modules.size(); ++i) {
    const bool is_same = encode(modules[i].module) == binaries[i];
    const std::string found = is_same ? "same" : binaries[i].empty() ? "rejected" : "differs";
    const auto entry = expected.find(modules[i].name);
    const std::string wanted = entry == expected.end() ? "same" : entry->second;
    EXPECT_EQ(found, wanted) << modules[i].name << ": see suite/tests/wat2wasm-differences";
    if (entry != expected.end()) expected.erase(entry);
  }
  for (const auto& [name, what] : expected)
    EXPECT_NE(testing::corpus_group_of(name), GetParam()) << "there is no such module: " << name;
}

INSTANTIATE_TEST_SUITE_P(Corpus, Wat2WasmCorpus, ::testing::ValuesIn(testing::corpus_groups()),
                         testing::corpus_test_name);

}  // namespace
}  // namespace weft
