// SPDX-License-Identifier: Apache-2.0
//
// What wast/README.md asks of every file there: front matter, a name that is words, a length that one can read, a
// script that parses. What the scripts do is tested by running them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <regex>
#include <set>

#include "suite/conformance/front_matter.h"
#include "suite/conformance/suite_test.h"
#include "suite/text/script.h"

namespace weft::script {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(__FILE__).parent_path().parent_path().parent_path() / "wast";

/// How many threads the commands ever have at once: themselves and all they start.
size_t most_threads(const std::vector<Command>& commands) {
  size_t running = 1, most = 1;
  std::vector<std::pair<std::optional<std::string>, size_t>> started;
  for (const Command& command : commands) {
    if (const auto* thread = std::get_if<Thread>(&command.what)) {
      started.emplace_back(thread->name, most_threads(thread->commands));
      running += started.back().second;
      most = std::max(most, running);
    } else if (const auto* wait = std::get_if<Wait>(&command.what)) {
      for (auto& [name, count] : started) {
        if (name == wait->thread) running -= std::exchange(count, 0);
      }
    }
  }
  return most;
}

/// How many kinds of lines there are: those that differ in names, numbers and strings alone are of one kind.
size_t kinds_of_lines(std::string_view text) {
  static const std::regex literal(R"raw("[^"]*"|[^() ]*[0-9.$][^() ]*)raw"), several("_( _)+");
  std::set<std::string> kinds;
  for (const std::string& line : conformance::split(text, "\n")) {
    kinds.insert(std::regex_replace(std::regex_replace(line, literal, "_"), several, "_"));
  }
  return kinds.size();
}

TEST(WastFiles, HaveFrontMatterAndParse) {
  const std::vector<conformance::SuiteTest> files = conformance::tests_below(kFolder, false);
  ASSERT_GT(files.size(), 60U) << "in " << kFolder;
  for (const conformance::SuiteTest& file : files) {
    const fs::path& path = file.path;
    SCOPED_TRACE(file.name);
    const auto read = file.text();
    ASSERT_TRUE(read) << read.error().message;
    const std::string& text = *read;
    const auto script = parse_script(text);
    if (!script) {
      ADD_FAILURE() << to_string(script.error(), "");
      continue;
    }
    const auto front_matter = conformance::parse_front_matter(text);
    if (!front_matter) {
      ADD_FAILURE() << to_string(front_matter.error(), "");
      continue;
    }
    EXPECT_EQ(front_matter->threads, most_threads(script->commands));
    EXPECT_FALSE(front_matter->exit) << "a script does not exit";
    EXPECT_TRUE(std::regex_match(path.stem().string(), std::regex("[a-z0-9]+(-[a-z0-9]+)*")));
    EXPECT_EQ(std::distance(kFolder.begin(), kFolder.end()) + 2, std::distance(path.begin(), path.end()))
        << "tests lie in a folder of wast/";
    EXPECT_EQ(text.find('\t'), std::string::npos);
    EXPECT_TRUE(text.ends_with(")\n"));
    const auto lines = std::count(text.begin(), text.end(), '\n');
    EXPECT_GE(lines, 15);
    if (front_matter->threads > 1 || kinds_of_lines(text) > 25) {
      const bool is_litmus = !front_matter->litmus.empty();
      EXPECT_LE(lines, is_litmus ? 32 * front_matter->threads : 60) << "and it is no table of like assertions";
    }
  }
}

TEST(WastFiles, KindsOfLinesAreCounted) {
  EXPECT_EQ(kinds_of_lines("(a (i32.load $m))\n(a (f64.const -1))\n(b 1)\n(b \"x y\" \"(\")\n(b)"), 3U);
}

TEST(WastFiles, ThreadsAreCounted) {
  const auto count = [](std::string_view text) { return most_threads(parse_script(text)->commands); };
  EXPECT_EQ(count("(module)"), 1U);
  EXPECT_EQ(count("(thread $A) (thread $B)"), 3U);
  EXPECT_EQ(count("(thread $A) (wait $A) (thread $B)"), 2U);
  EXPECT_EQ(count("(thread $A (thread $B (thread $C) (wait $C)) (wait $B))"), 4U);
}

}  // namespace
}  // namespace weft::script
