// SPDX-License-Identifier: Apache-2.0
//
// What a loop writes down, and what it means.
#include "suite/stress/record.h"

#include <gmock/gmock.h>

#include <cstring>

#include "suite/tests/stress_support.h"

namespace weft::stress {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using testing::to_code;

/// Numbers of 4 bytes.
std::vector<uint8_t> bytes(const std::vector<uint32_t>& numbers) {
  std::vector<uint8_t> all(numbers.size() * 4);
  std::memcpy(all.data(), numbers.data(), all.size());
  return all;
}

std::vector<uint32_t> offsets(const Record& record) {
  std::vector<uint32_t> all;
  for (const Record::Field& field : record.fields()) all.push_back(field.offset);
  return all;
}

TEST(StressRecord, ResultsAreAligned) {
  const auto code = to_code(
      "(func (export \"thread\") (result i32 i64 f32 v128 i32) (i32.const 1) (i64.const 2) (f32.const 0) "
      "(v128.const i64x2 0 0) (i32.const 4))",
      {"0:a", "0:b", "0:c", "0:d", "0:e"});
  const Record record(code);
  EXPECT_THAT(offsets(record), ElementsAre(0, 8, 16, 32, 48));
  EXPECT_EQ(record.size(), 64U);
  const model::Outcome outcome{
      {"0:a", "-1"}, {"0:b", "2"}, {"0:c", "3"}, {"0:d", "18446744073709551621"}, {"0:e", "6"}};
  EXPECT_THAT(record.read(code, "0", bytes({~0U, 9, 2, 0, 3, 9, 9, 9, 5, 0, 1, 0, 6, 9, 9, 9})), Optional(outcome));
}

TEST(StressRecord, WithoutResultsRegistersAreGlobals) {
  const auto code = to_code(
      "(global (export \"r1\") (mut i32) (i32.const 0)) (global (export \"r0\") (mut i32) (i32.const 0))"
      "(global (export \"assigned\") (mut i32) (i32.const 0)) (global (export \"other\") (mut i64) (i64.const 0))"
      "(func (export \"thread\"))",
      {"0:r0", "0:r1"});
  const Record record(code);
  EXPECT_EQ(record.size(), 12U) << "what is no register is not written down";
  const auto read = [&](uint32_t assigned) { return record.read(code, "0", bytes({11, 10, assigned})); };
  EXPECT_THAT(read(3), Optional(model::Outcome{{"0:r0", "10"}, {"0:r1", "11"}}));
  EXPECT_THAT(read(2), Optional(model::Outcome{{"0:r1", "11"}}));
  EXPECT_THAT(read(0), Optional(model::Outcome{}));
}

TEST(StressRecord, OfAFalseAssumptionThereIsNoOutcome) {
  const auto code = to_code(
      "(global (export \"dropped\") (mut i32) (i32.const 0))"
      "(func (export \"thread\") (result i32) (i32.const 1))",
      {"0:r0"});
  const Record record(code);
  EXPECT_THAT(record.read(code, "0", bytes({5, 0})), Optional(model::Outcome{{"0:r0", "5"}}));
  EXPECT_EQ(record.read(code, "0", bytes({5, 1})), std::nullopt);
}

TEST(StressRecord, AThreadWithoutRegistersWritesNothing) {
  EXPECT_EQ(Record(to_code("(func (export \"thread\"))")).size(), 0U);
}

TEST(StressEnding, SaysHowAThreadEnded) {
  const auto code = to_code("(func (export \"thread\") (result i32) (i32.const 1))", {"1:r0"});
  const auto ending = [](model::Ending::Kind kind) {
    return model::Ending{
        .kind = kind, .results = {Value::i32(3)}, .global = [](std::string_view) { return std::nullopt; }};
  };
  EXPECT_THAT(part_of_outcome(code, "1", ending(model::Ending::Kind::returned)),
              Optional(model::Outcome{{"1:r0", "3"}}));
  EXPECT_THAT(part_of_outcome(code, "1", ending(model::Ending::Kind::trapped)),
              Optional(model::Outcome{{"T1", "trap"}}));
  EXPECT_THAT(part_of_outcome(code, "1", ending(model::Ending::Kind::blocked)),
              Optional(model::Outcome{{"T1", "blocked"}}));
}

TEST(StressEnding, AnOutcomeHasAllParts) {
  std::optional<model::Outcome> outcome = model::Outcome{{"0:r0", "1"}};
  model::add_part(outcome, model::Outcome{{"1:r0", "2"}});
  EXPECT_THAT(outcome, Optional(model::Outcome{{"0:r0", "1"}, {"1:r0", "2"}}));
  model::add_part(outcome, std::nullopt);
  model::add_part(outcome, model::Outcome{{"2:r0", "3"}});
  EXPECT_EQ(outcome, std::nullopt);
}

}  // namespace
}  // namespace weft::stress
