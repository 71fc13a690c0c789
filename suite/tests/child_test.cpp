// SPDX-License-Identifier: Apache-2.0
#include "suite/conformance/child.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace weft::conformance {
namespace {

using namespace std::chrono_literals;

Child shell(const std::string& script, const std::vector<std::string>& variables = {}) {
  auto child = Child::start({"sh", "-c", script}, variables);
  EXPECT_TRUE(child) << child.error().message;
  return std::move(*child);
}

Child::Deadline far() { return std::chrono::steady_clock::now() + 1h; }
Child::Deadline past() { return std::chrono::steady_clock::now() - 1s; }

std::vector<std::string> lines_of(Child& child) {
  std::vector<std::string> lines;
  for (std::string line; child.read_line(line, far()) == Child::Read::line;) lines.push_back(line);
  return lines;
}

TEST(Child, GivesItsOutputLineByLineAndThenItsEnd) {
  Child child = shell("echo one; echo; echo two >&2; printf 'no break'; exit 3");
  EXPECT_EQ(lines_of(child), (std::vector<std::string>{"one", "", "two", "no break"}));
  const auto end = child.wait(far());
  ASSERT_TRUE(end);
  EXPECT_EQ(end->describe(), "exit code 3");
  EXPECT_EQ(child.wait(past())->code, 3) << "known, and no question of time any more";
}

TEST(Child, TellsItsErrorsApart) {
  auto child = Child::start({"sh", "-c", "echo one; echo two >&2; echo three >&2"}, {}, Errors::apart);
  ASSERT_TRUE(child);
  EXPECT_EQ(lines_of(*child), std::vector<std::string>{"one"});
  const auto end = child->wait(far());
  ASSERT_TRUE(end);
  EXPECT_EQ(child->errors(), "two\nthree\n");
  EXPECT_GT(end->max_rss, 0);
}

TEST(Child, GivesAllItsOutputAtOnce) {
  Child child = shell("echo one; printf two; exit 3");
  std::string text;
  EXPECT_EQ(child.read_all(text, 100, far()), Child::Read::end);
  EXPECT_EQ(text, "one\ntwo");
  EXPECT_EQ(child.wait(far())->code, 3);
}

TEST(Child, IsNotReadForEver) {
  Child child = shell("while :; do echo more; done");
  std::string text;
  EXPECT_EQ(child.read_all(text, 10'000, far()), Child::Read::too_much);
  EXPECT_LT(text.size(), 20'000U);
  EXPECT_TRUE(child.kill().by_signal);
}

TEST(Child, TakesWhatItStartedWithIt) {
  Child child = shell("sleep 1000 & echo $!; exit 0");
  std::string text;
  EXPECT_EQ(child.read_all(text, 100, far()), Child::Read::end) << "though its output is still open elsewhere";
  EXPECT_EQ(child.wait(far())->code, 0);
  // Dead, and perhaps not yet waited for by whoever inherits it: the state is the word behind the name.
  const auto is_alive = [&text] {
    std::ifstream stat("/proc/" + std::to_string(std::stoi(text)) + "/stat");
    std::string number, name, state;
    return stat >> number >> name >> state && state != "Z";
  };
  while (is_alive()) std::this_thread::yield();
}

TEST(Child, EndsBySignal) {
  Child child = shell("kill -TERM $$");
  const auto end = child.wait(far());
  ASSERT_TRUE(end);
  EXPECT_TRUE(end->by_signal);
  EXPECT_EQ(end->describe(), "signal 15");
}

TEST(Child, HasVariablesBesideOurs) {
  Child child = shell("echo \"$COLOUR ${PATH:+path}\"", {"COLOUR=blue"});
  EXPECT_EQ(lines_of(child), std::vector<std::string>{"blue path"});
}

TEST(Child, IsLateWhenTheDeadlineHasPassed) {
  Child child = shell("exec cat");
  std::string line;
  EXPECT_EQ(child.read_line(line, past()), Child::Read::late);
  EXPECT_FALSE(child.wait(past()));
  EXPECT_EQ(child.kill().describe(), "signal 9");
  EXPECT_EQ(child.kill().describe(), "signal 9") << "once is enough";
  EXPECT_EQ(child.read_line(line, far()), Child::Read::end);
}

/// At the end of its input cat would end by itself.
TEST(Child, KeepsItsInputOpen) {
  Child child = shell("timeout 1 cat; echo $?");
  EXPECT_EQ(lines_of(child), std::vector<std::string>{"124"});
}

TEST(Child, IsKilledWhenDestroyed) {
  pid_t pid = -1;
  {
    Child child = shell("echo $$; exec cat");
    std::string line;
    ASSERT_EQ(child.read_line(line, far()), Child::Read::line);
    pid = std::stoi(line);
    const Child moved = std::move(child);
    EXPECT_EQ(kill(pid, 0), 0) << "moving it is no end";
  }
  EXPECT_EQ(kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

/// A thread that ends does as a program that is killed: nothing of it is run any more.
TEST(Child, EndsWithTheThreadThatStartedIt) {
  std::optional<Child> child;
  std::thread([&child] { child.emplace(shell("exec cat")); }).join();
  const auto end = child->wait(far());
  ASSERT_TRUE(end);
  EXPECT_EQ(end->describe(), "signal 9");
}

TEST(Child, IsAnErrorWhereThereIsNoSuchProgram) {
  const auto child = Child::start({"/nowhere/program"});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().kind, ErrorKind::host);
  EXPECT_EQ(child.error().message, "cannot run /nowhere/program: No such file or directory");
}

}  // namespace
}  // namespace weft::conformance
