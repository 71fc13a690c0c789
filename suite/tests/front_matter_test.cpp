// SPDX-License-Identifier: Apache-2.0
#include "suite/conformance/front_matter.h"

#include <gtest/gtest.h>

namespace weft::conformance {
namespace {

using namespace std::chrono_literals;

const std::string kGood =
    ";; title:    what it does\n;; spec:     exec-memarg\n;; features: threads memory64\n;; threads:  2\n"
    ";; needs:    wait timeout\n;; exit:     0 134 trap\n;; min-time: 200ms\n;; why:      WAMR #2044, wasmtime #11975\n"
    "\n(module)\n";

std::string with(const std::string& from, const std::string& to) {
  std::string text = kGood;
  return text.replace(text.find(from), from.size(), to);
}

/// "where: message" of what is wrong with `text`.
std::string fault(const std::string& text) {
  const auto all = parse_front_matter(text);
  return all ? "nothing" : all.error().where + ": " + all.error().message;
}

TEST(FrontMatter, EveryKeyIsRead) {
  const auto all = parse_front_matter(kGood);
  ASSERT_TRUE(all) << fault(kGood);
  EXPECT_EQ(all->title, "what it does");
  EXPECT_EQ(all->spec, "exec-memarg");
  EXPECT_EQ(all->features, (std::vector<std::string>{"threads", "memory64"}));
  EXPECT_EQ(all->threads, 2U);
  EXPECT_EQ(all->needs, (std::vector<std::string>{"wait", "timeout"}));
  ASSERT_TRUE(all->exit);
  EXPECT_EQ(all->exit->statuses, (std::vector<uint8_t>{0, 134}));
  EXPECT_TRUE(all->exit->trap);
  EXPECT_EQ(all->min_time, 200ms);
  EXPECT_EQ(all->why, (std::vector<std::string>{"WAMR #2044", "wasmtime #11975"}));
}

TEST(FrontMatter, HalfOfItMayBeLeftOut) {
  const auto all =
      parse_front_matter(";; title:    it\n;; spec:     script\n;; features: threads\n;; threads:  1\n\n(module)\n");
  ASSERT_TRUE(all);
  EXPECT_TRUE(all->needs.empty() && all->why.empty() && !all->exit && !all->min_time);
  EXPECT_EQ(parse_front_matter(with("200ms", "2s"))->min_time, 2000ms);
  EXPECT_FALSE(parse_front_matter(with("0 134 trap", "255"))->exit->trap);
}

TEST(FrontMatter, ErrorsNameLineAndReason) {
  EXPECT_EQ(fault(""), "1:1: no title where it should be: ");
  EXPECT_EQ(fault(with("what it does", "What it does.")), "1:1: not a good title: What it does.");
  EXPECT_EQ(fault(with("title:   ", "title:")), "1:1: the value does not begin in column 14: ;; title: what it does");
  EXPECT_EQ(fault(with("exec-memarg", "somewhere")), "2:1: not a good spec: somewhere");
  EXPECT_EQ(fault(with(";; features: threads memory64\n", "")), "3:1: no features where it should be: ;; threads:  2");
  EXPECT_EQ(fault(with("threads:  2", "threads:  0")), "4:1: not a good threads: 0");
  EXPECT_EQ(fault(with("wait timeout", "timeout")), "5:1: not a good needs: timeout");
  EXPECT_EQ(fault(with("0 134", "0 256")), "6:1: not a good exit: 0 256 trap");
  EXPECT_EQ(fault(with("200ms", "200")), "7:1: not a good min-time: 200");
  EXPECT_EQ(fault(with("WAMR #2044, ", "some bug, ")), "8:1: not a good why: some bug, wasmtime #11975");
  EXPECT_EQ(fault(with("\n\n", "\n")), "9:1: no empty line behind the front matter: (module)");
  EXPECT_EQ(fault(with("\n\n(module)\n", "\n")), "9:1: no empty line behind the front matter: ");
  // A key out of order stands where another should.
  EXPECT_EQ(fault(with(";; needs:    wait timeout\n;; exit:     0 134 trap\n",
                       ";; exit:     0 134 trap\n;; needs:    wait timeout\n")),
            "6:1: no empty line behind the front matter: ;; needs:    wait timeout");
}

}  // namespace
}  // namespace weft::conformance
