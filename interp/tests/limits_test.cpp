// SPDX-License-Identifier: Apache-2.0
//
// Every row of the table of limits: what is at the limit passes that check, one more is refused by name. As bytes,
// where the decoder refuses before it reads what is counted; and as a Module, as the text parser makes it.
#include "interp/limits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "interp/decode.h"
#include "interp/instance.h"
#include "interp/lower.h"
#include "interp/platform.h"
#include "interp/tests/module_builder.h"
#include "interp/tests/wasm_bytes.h"
#include "interp/validate.h"

namespace weft {
namespace {

using testing::Bytes;
using testing::hex;
using testing::join;
using testing::leb;
using testing::module;
using testing::module_with_body;
using testing::section;
using testing::sized;

/// What became of a module: "" or the error.
std::string outcome(const Module& module) {
  const auto compiled = CompiledModule::compile(module);
  return compiled ? "" : to_string(compiled.error(), "");
}
std::string outcome(std::span<const uint8_t> bytes) {
  const auto compiled = CompiledModule::compile(bytes);
  return compiled ? "" : to_string(compiled.error(), "");
}

using Attempt = std::function<std::string(uint64_t)>;

/// A section that says it has so many elements. They are rubbish, but there are bytes enough for them.
Attempt elements_of_section(uint8_t id) {
  return [id](uint64_t n) { return outcome(module({section(id, join({leb(n), Bytes(n, 0xff)}))})); };
}

Attempt body(std::function<Bytes(uint64_t)> make) {
  return [make](uint64_t n) { return outcome(module_with_body(make(n))); };
}

Attempt as_module(std::function<void(Module&, uint64_t)> make) {
  return [make](uint64_t n) {
    Module built;
    make(built, n);
    return outcome(built);
  };
}

Bytes repeat(uint64_t n, std::string_view digits, std::string_view end) {
  const Bytes one = hex(digits);
  Bytes all;
  all.reserve(n * one.size() + 8);
  for (uint64_t i = 0; i < n; ++i) all.insert(all.end(), one.begin(), one.end());
  return join({all, hex(end)});
}

/// Functions of type [] -> [] with so many locals together.
Bytes module_with_locals(uint64_t n) {
  Bytes bodies;
  uint64_t count = 0;
  for (; n > 0; ++count) {
    const uint64_t here = std::min<uint64_t>(n, kMaxLocals);
    bodies = join({bodies, sized(join({leb(1), leb(here), hex("7f 0b")}))});
    n -= here;
  }
  return module({section(1, "01 60 00 00"), section(3, join({leb(count), Bytes(count, 0)})),
                 section(10, join({leb(count), bodies}))});
}

/// As the decoder sees it. Rows that only validation or lowering check are here too: a decoded module gets there.
const std::map<std::string_view, Attempt> kFromBytes = {
    {"kMaxModuleSize",
     [](uint64_t n) {
       auto zeroes = Reservation::reserve(n, n);
       EXPECT_TRUE(zeroes && zeroes->commit(n));  // address space, not memory
       return outcome(std::span<const uint8_t>(zeroes->base(), n));
     }},
    {"kMaxTypes", elements_of_section(1)},
    {"kMaxImports", elements_of_section(2)},
    {"kMaxFunctions", elements_of_section(3)},
    {"kMaxTables", elements_of_section(4)},
    {"kMaxMemories", elements_of_section(5)},
    {"kMaxGlobals", elements_of_section(6)},
    {"kMaxTags", elements_of_section(13)},
    {"kMaxExports", elements_of_section(7)},
    {"kMaxElementSegments", elements_of_section(9)},
    {"kMaxSegmentElements",
     [](uint64_t n) { return outcome(module({section(9, join({hex("01 01 00"), leb(n), Bytes(n, 0xff)}))})); }},
    {"kMaxDataSegments", elements_of_section(11)},
    {"kMaxBodySize", body([](uint64_t n) { return Bytes(n, 0xff); })},
    {"kMaxLocals", body([](uint64_t n) { return join({leb(1), leb(n), hex("7f 0b")}); })},
    {"kMaxModuleLocals", [](uint64_t n) { return outcome(module_with_locals(n)); }},
    {"kMaxNesting", body([](uint64_t n) { return join({hex("00"), repeat(n, "02 40", ""), repeat(n, "0b", "0b")}); })},
    {"kMaxBranchTargets",
     body([](uint64_t n) { return join({hex("00 41 00 0e"), leb(n), Bytes(n + 1, 0), hex("0b")}); })},
    {"kMaxParams",
     [](uint64_t n) { return outcome(module({section(1, join({hex("01 60"), leb(n), Bytes(n, 0x7f), hex("00")}))})); }},
    {"kMaxResults",
     [](uint64_t n) { return outcome(module({section(1, join({hex("01 60 00"), leb(n), Bytes(n, 0x7f)}))})); }},
    {"kMaxOperands", body([](uint64_t n) { return join({hex("00"), repeat(n, "41 00", "00 0b")}); })},
    {"kMaxFrameSlots", body([](uint64_t n) {  // three are the header's
       return join({hex("01"), leb(kMaxLocals), hex("7f"), repeat(n - 3 - kMaxLocals, "41 00", "00 0b")});
     })},
};

/// As a module that no decoder has seen. Without the limits of the binary format, and without those that would take
/// gigabytes to reach.
const std::map<std::string_view, Attempt> kFromText = {
    {"kMaxTypes", as_module([](Module& m, uint64_t n) { m.types.resize(n); })},
    {"kMaxImports", as_module([](Module& m, uint64_t n) { m.imports.resize(n); })},
    {"kMaxFunctions", as_module([](Module& m, uint64_t n) { m.functions.resize(n); })},
    {"kMaxTables", as_module([](Module& m, uint64_t n) {
       m.imports.push_back({"", "", TableType{}});
       m.tables.resize(n - 1);
     })},
    {"kMaxMemories", as_module([](Module& m, uint64_t n) {
       m.imports.push_back({"", "", MemoryType{}});
       m.memories.resize(n - 1);
     })},
    {"kMaxGlobals", as_module([](Module& m, uint64_t n) { m.globals.resize(n); })},
    {"kMaxTags", as_module([](Module& m, uint64_t n) { m.tags.resize(n); })},
    {"kMaxExports", as_module([](Module& m, uint64_t n) { m.exports.resize(n); })},
    {"kMaxDataSegments", as_module([](Module& m, uint64_t n) { m.data.resize(n); })},
    {"kMaxLocals", as_module([](Module& m, uint64_t n) {
       m.types = {{{ValType::i32, ValType::i32}, {}}};
       m.functions.push_back({0, std::vector(n - 2, ValType::i32), {}});
     })},
    {"kMaxModuleLocals", as_module([](Module& m, uint64_t n) {
       m.types = {{{ValType::i32}, {ValType::i32}}, {}};
       constexpr uint64_t kEach = 40'000;
       for (; n > kEach; n -= kEach) m.functions.push_back({0, std::vector(kEach - 2, ValType::i32), {}});
       m.functions.push_back({1, std::vector(n, ValType::i32), {}});
     })},
    {"kMaxBranchTargets", as_module([](Module& m, uint64_t n) {
       m.types = {{}};
       const Instr zero{.op = Op::i32_const}, table{.op = Op::br_table, .b = static_cast<uint32_t>(n)};
       m.functions.push_back({0, {}, {{zero, table, {.op = Op::end}}, std::vector<uint32_t>(n + 1, 0)}});
     })},
    {"kMaxParams", as_module([](Module& m, uint64_t n) { m.types = {{std::vector(n, ValType::i32), {}}}; })},
    {"kMaxResults", as_module([](Module& m, uint64_t n) { m.types = {{{}, std::vector(n, ValType::i32)}}; })},
};

void expect_limit(const Attempt& attempt, const Limit& limit) {
  for (const uint64_t allowed : {limit - 1, limit + 0}) {
    const std::string accepted = attempt(allowed);
    EXPECT_EQ(accepted.find(fmt::format("too many {}", limit.what)), std::string::npos) << accepted;
  }
  const std::string beyond = attempt(limit + 1);
  EXPECT_NE(beyond.find("invalid: " + too_many(limit, limit + 1)), std::string::npos) << beyond;
}

std::vector<Limit> rows_of(const std::map<std::string_view, Attempt>& attempts) {
  std::vector<Limit> rows;
  std::copy_if(std::begin(kLimits), std::end(kLimits), std::back_inserter(rows),
               [&](const Limit& limit) { return attempts.contains(limit.name); });
  return rows;
}
const auto kName = [](const auto& param) { return std::string(param.param.name); };

class LimitsOfBytes : public ::testing::TestWithParam<Limit> {};
INSTANTIATE_TEST_SUITE_P(Table, LimitsOfBytes, ::testing::ValuesIn(rows_of(kFromBytes)), kName);
TEST_P(LimitsOfBytes, AtAndBeyond) { expect_limit(kFromBytes.at(GetParam().name), GetParam()); }

class LimitsOfModules : public ::testing::TestWithParam<Limit> {};
INSTANTIATE_TEST_SUITE_P(Table, LimitsOfModules, ::testing::ValuesIn(rows_of(kFromText)), kName);
TEST_P(LimitsOfModules, AtAndBeyond) { expect_limit(kFromText.at(GetParam().name), GetParam()); }

TEST(Limits, EveryRowIsTested) { EXPECT_EQ(rows_of(kFromBytes).size(), std::size(kLimits)); }

TEST(Limits, TheStackHoldsAFrameToItsLastSlot) {
  constexpr size_t kBytes = 4096, kLocals = kBytes / 8 - kHeaderSlots;
  for (const size_t more : {size_t{0}, size_t{1}}) {
    testing::ModuleBuilder builder;
    builder.function("f", {}, {}, std::vector(kLocals + more, ValType::i64));
    testing::Vm vm(Engine::fast, kBytes);
    ASSERT_NE(vm.instantiate(builder), nullptr);
    EXPECT_EQ(vm.run("f"), more == 0 ? "" : "exhaustion: call stack exhausted");
  }
}

TEST(Limits, NamesTheLimit) {
  EXPECT_EQ(too_many(kMaxTypes, 1'000'001), "too many types: 1000001, the limit of this implementation is 1000000");
}

}  // namespace
}  // namespace weft
