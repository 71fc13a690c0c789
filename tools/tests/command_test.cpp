// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace weft::cli {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

constexpr Help kHelp{.arguments = "FILE", .summary = "Does.", .examples = "  weft do it\n", .details = ""};

TEST(Duration, ReadsUnits) {
  EXPECT_THAT(parse_duration("20s"), Optional(nanoseconds(20s)));
  EXPECT_THAT(parse_duration("20"), Optional(nanoseconds(20s)));
  EXPECT_THAT(parse_duration("1.5s"), Optional(nanoseconds(1500ms)));
  EXPECT_THAT(parse_duration("150ms"), Optional(nanoseconds(150ms)));
  EXPECT_THAT(parse_duration("7us"), Optional(nanoseconds(7us)));
  EXPECT_THAT(parse_duration("2m"), Optional(nanoseconds(2min)));
  EXPECT_THAT(parse_duration("1h"), Optional(nanoseconds(1h)));
  EXPECT_THAT(parse_duration("0"), Optional(nanoseconds(0)));
}

TEST(Duration, RefusesWhatIsNone) {
  for (const char* text : {"", "s", "-1s", "1x", "1 s", "nan", "inf", "1e30s", "20ss"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(Size, ReadsUnits) {
  EXPECT_THAT(parse_size("0"), Optional(0U));
  EXPECT_THAT(parse_size("65536"), Optional(65536U));
  EXPECT_THAT(parse_size("64K"), Optional(uint64_t{64} << 10));
  EXPECT_THAT(parse_size("3M"), Optional(uint64_t{3} << 20));
  EXPECT_THAT(parse_size("1G"), Optional(uint64_t{1} << 30));
  EXPECT_THAT(parse_size("18446744073709551615"), Optional(std::numeric_limits<uint64_t>::max()));
}

TEST(Size, RefusesWhatIsNone) {
  for (const char* text : {"", "M", "-1", "1.5G", "1k", "18446744073709551616", "99999999999G"}) {
    EXPECT_EQ(parse_size(text), std::nullopt) << text;
  }
}

TEST(Nearest, FindsSlipsOfTheFinger) {
  const std::vector<std::string> words{"run", "validate", "dump", "list", "--timeout"};
  EXPECT_THAT(nearest("rnu", words), Optional(std::string("run")));
  EXPECT_THAT(nearest("lst", words), Optional(std::string("list")));
  EXPECT_THAT(nearest("valdiate", words), Optional(std::string("validate")));
  EXPECT_THAT(nearest("valid", words), Optional(std::string("validate")));
  EXPECT_THAT(nearest("--timout", words), Optional(std::string("--timeout")));
}

TEST(Nearest, DoesNotGuessWildly) {
  const std::vector<std::string> words{"run", "validate", "dump", "list", "-j"};
  EXPECT_EQ(nearest("frobnicate", words), std::nullopt);
  EXPECT_EQ(nearest("-x", {}), std::nullopt);
  EXPECT_EQ(nearest("zzz", words), std::nullopt);
}

TEST(CommandLine, TakesOptionsAnywhere) {
  CommandLine line("do", kHelp);
  bool flag = false;
  std::optional<uint64_t> number;
  line.flag("--flag", flag, "");
  line.number("-n,--number", number, "");
  ASSERT_EQ(line.parse({"a", "--flag", "b", "-n4"}), std::nullopt);
  EXPECT_TRUE(flag);
  EXPECT_THAT(number, Optional(4U));
  EXPECT_THAT(line.operands(), ElementsAre("a", "b"));
}

TEST(CommandLine, LeavesTheGuestItsOptions) {
  CommandLine line("do", kHelp);
  std::vector<std::string> env;
  line.texts("--env", env, "K=V", "");
  line.stop_at_first_operand();
  ASSERT_EQ(line.parse({"--env", "A=1", "--env=B=2", "program", "--env", "-h", "--", "list"}), std::nullopt);
  EXPECT_THAT(env, ElementsAre("A=1", "B=2"));
  EXPECT_THAT(line.operands(), ElementsAre("program", "--env", "-h", "--", "list"));
}

TEST(CommandLine, TreatsNothingAsOptionBehindTheMarker) {
  CommandLine plain("do", kHelp);
  ASSERT_EQ(plain.parse({"--", "-x", "--flag"}), std::nullopt);
  EXPECT_THAT(plain.operands(), ElementsAre("-x", "--flag"));

  CommandLine prefix("do", kHelp);
  prefix.stop_at_first_operand();
  ASSERT_EQ(prefix.parse({"--", "-x", "--", "y"}), std::nullopt);
  EXPECT_THAT(prefix.operands(), ElementsAre("-x", "--", "y"));
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  const auto status_of = [](const Arguments& arguments, bool prefix) {
    CommandLine line("do", kHelp);
    std::optional<nanoseconds> timeout;
    line.duration("--timeout", timeout, "");
    if (prefix) line.stop_at_first_operand();
    return line.parse(arguments);
  };
  for (const bool prefix : {false, true}) {
    EXPECT_THAT(status_of({"--timout", "1s", "x"}, prefix), Optional(2));
    EXPECT_THAT(status_of({"--timeout", "soon", "x"}, prefix), Optional(2));
    EXPECT_THAT(status_of({"--timeout"}, prefix), Optional(2));
    EXPECT_THAT(status_of({"--color", "blue"}, prefix), Optional(2));
  }
  EXPECT_THAT(status_of({"x", "--unknown"}, false), Optional(2));
  EXPECT_EQ(status_of({"x", "--unknown"}, true), std::nullopt);
}

TEST(CommandLine, CountsOperands) {
  CommandLine line("do", kHelp);
  ASSERT_EQ(line.parse({"one"}), std::nullopt);
  EXPECT_EQ(line.expect_operands(1), std::nullopt);
  EXPECT_THAT(line.expect_operands(2), Optional(2));
  EXPECT_THAT(line.expect_operands(0), Optional(2));
}

}  // namespace
}  // namespace weft::cli
