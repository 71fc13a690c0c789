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

TEST(FrontMatter, LitmusTestsSayMore) {
  const std::string more =
      ";; litmus:   SB+u\n;; outcome:  0:r0 1:r1?/8 M:x\n;; growfail: true\n"
      ";; allowed:  0:r0=1 T1=trap | 0:r0=-1\n;; allowed:  0:r0=2\n";
  const std::string good = with("\n\n", "\n" + more + "\n");
  const auto all = parse_front_matter(good);
  ASSERT_TRUE(all) << fault(good);
  EXPECT_EQ(all->litmus, "SB+u");
  EXPECT_EQ(all->outcome, (std::vector<std::string>{"0:r0", "1:r1?/8", "M:x"}));
  EXPECT_TRUE(all->grow_may_fail);
  EXPECT_EQ(all->allowed, (std::vector<std::string>{"0:r0=1 T1=trap", "0:r0=-1", "0:r0=2"}));
  EXPECT_TRUE(parse_front_matter(kGood)->litmus.empty());
  EXPECT_EQ(parse_front_matter(with("wait timeout", "wait litmus"))->needs,
            (std::vector<std::string>{"wait", "litmus"}));
  const auto wrong = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return fault(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_EQ(wrong("0:r0 1:r1?/8", "r0 1:r1?/8"), "10:1: not a good outcome: r0 1:r1?/8 M:x");
  EXPECT_EQ(wrong("growfail: true", "growfail: no"), "11:1: not a good growfail: no");
  EXPECT_EQ(wrong("0:r0=2", "0:r0"), "13:1: not a good allowed: 0:r0");
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
