// SPDX-License-Identifier: Apache-2.0
//
// What wast/README.md asks of every file there: front matter, a name that is words, a script that parses. What the
// scripts do is tested by running them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <sstream>

#include "suite/text/script.h"

namespace weft::script {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(__FILE__).parent_path().parent_path().parent_path() / "wast";

std::vector<fs::path> test_files() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() == ".wast") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

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

struct Key {
  std::string name;
  std::regex value;
  bool optional = false;
};

/// What is wrong with a file's front matter, or nothing.
std::string front_matter_fault(const std::string& text, size_t threads) {
  const std::array<Key, 7> keys = {
      Key{"title", std::regex(".*[^.]")},
      Key{"spec", std::regex("((exec|valid|match|binary|text|relaxed)-[A-Za-z0-9._-]+|script)")},
      Key{"features", std::regex("threads( [a-z0-9-]+)*")},
      Key{"threads", std::regex(std::to_string(threads))},
      Key{"needs", std::regex("wait( timeout)?"), true},
      Key{"min-time", std::regex("[1-9][0-9]*ms"), true},
      Key{"why", std::regex("[A-Za-z0-9-]+ #[0-9]+(, [A-Za-z0-9-]+ #[0-9]+)*"), true},
  };
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  for (const Key& key : keys) {
    const std::string start = ";; " + key.name + ":";
    if (!line.starts_with(start)) {
      if (key.optional) continue;
      return "no " + key.name + " where it should be: " + line;
    }
    const size_t value = line.find_first_not_of(' ', start.size());
    if (value != 13 || !std::regex_match(line.substr(value), key.value)) return "not a good " + key.name + ": " + line;
    std::getline(lines, line);
  }
  return line.empty() ? "" : "no empty line behind the front matter: " + line;
}

TEST(WastFiles, HaveFrontMatterAndParse) {
  const std::vector<fs::path> files = test_files();
  ASSERT_GT(files.size(), 60U) << "in " << kFolder;
  for (const fs::path& path : files) {
    SCOPED_TRACE(path.lexically_relative(kFolder).string());
    const std::string text = contents(path);
    const auto script = parse_script(text);
    if (!script) {
      ADD_FAILURE() << to_string(script.error(), "");
      continue;
    }
    EXPECT_EQ(front_matter_fault(text, most_threads(script->commands)), "");
    EXPECT_TRUE(std::regex_match(path.stem().string(), std::regex("[a-z0-9]+(-[a-z0-9]+)*")));
    EXPECT_EQ(std::distance(kFolder.begin(), kFolder.end()) + 2, std::distance(path.begin(), path.end()))
        << "tests lie in a folder of wast/";
    EXPECT_EQ(text.find('\t'), std::string::npos);
    EXPECT_TRUE(text.ends_with(")\n"));
  }
}

TEST(WastFiles, FrontMatterIsLookedAt) {
  const std::string good =
      ";; title:    what it does\n;; spec:     exec-memarg\n;; features: threads\n;; threads:  2\n;; needs:    wait\n"
      ";; min-time: 50ms\n;; why:      WAMR #2044, wasmtime #11975\n\n(module)\n";
  EXPECT_EQ(front_matter_fault(good, 2), "");
  const auto with = [&good](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_EQ(front_matter_fault(with(";; needs:    wait\n", ""), 2), "");
  EXPECT_EQ(front_matter_fault(with(";; min-time: 50ms\n", ""), 2), "");
  EXPECT_NE(front_matter_fault(with("50ms", "50"), 2), "");
  EXPECT_NE(front_matter_fault(good, 3), "");
  EXPECT_NE(front_matter_fault(with("exec-memarg", "somewhere"), 2), "");
  EXPECT_NE(front_matter_fault(with("title:   ", "title:"), 2), "");
  EXPECT_NE(front_matter_fault(with(";; features: threads\n", ""), 2), "");
  EXPECT_NE(front_matter_fault(with("WAMR #2044, ", "some bug, "), 2), "");
  EXPECT_NE(front_matter_fault(with("\n\n", "\n"), 2), "");
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
