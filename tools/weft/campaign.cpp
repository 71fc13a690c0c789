// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "suite/conformance/child.h"

namespace weft::cli {

using conformance::Child;

Result<std::vector<std::string>> Campaign::killers(const std::vector<std::string>& chosen, const std::string& variant,
                                                   std::map<std::string, Clock::duration>* took) const {
  std::vector<std::string> result;
  const auto record = [&](const std::string& test, Clock::time_point began) {
    // On a machine that is busy otherwise a test may be late by itself.
    if (Clock::now() - began >= timeout && !variant.empty() && !is_quick(test)) return false;
    result.push_back(test);
    return !all;
  };
  // A process that dies or hangs is one of the test it was at; the next process goes on behind that.
  for (size_t at = 0; at < chosen.size();) {
    std::vector<std::string> arguments{
        program, "test", "--each", "--jobs", "1", "--timeout", fmt::format("{}ms", timeout.count() / 1'000'000)};
    arguments.insert(arguments.end(), suite.begin(), suite.end());
    arguments.insert(arguments.end(), chosen.begin() + static_cast<ptrdiff_t>(at), chosen.end());
    auto child = Child::start(arguments, {fmt::format("{}={}", fault::kVariable, variant)});
    if (!child) return child.error();
    Clock::time_point began = Clock::now();
    while (at < chosen.size()) {
      std::string line;
      // The process itself ends a test that is late; twice the time is for the case that it cannot.
      if (child->read_line(line, Clock::now() + 2 * timeout) != Child::Read::line) break;
      const std::string& test = chosen[at];
      const bool failed = line == "failed " + test;
      if (!failed && line != "passed " + test && line != "skipped " + test) continue;  // what a fault makes it print
      if (took != nullptr) (*took)[test] = Clock::now() - began;
      if (failed && record(test, began)) return result;
      began = Clock::now();
      ++at;
    }
    if (at < chosen.size() && record(chosen[at++], began)) return result;
  }
  return result;
}

bool Campaign::is_quick(const std::string& test) const {
  Campaign sound = *this;
  sound.timeout /= 4;
  const auto failing = sound.killers({test}, "");
  return failing && failing->empty();
}

Result<std::vector<std::string>> Campaign::rehearse() {
  Campaign sound = *this;
  sound.all = true;
  std::map<std::string, Clock::duration> took;
  Result<std::vector<std::string>> failing = sound.killers(tests, "", &took);
  rounds_ = {tests};
  if (all) return failing;
  // Most tests take a millisecond, and kill most faults: those that race and sleep come last.
  const auto is_slow = [&took](const std::string& test) { return took[test] > std::chrono::milliseconds(20); };
  std::vector<std::string> slow;
  std::copy_if(tests.begin(), tests.end(), std::back_inserter(slow), is_slow);
  std::erase_if(rounds_.front(), is_slow);
  rounds_.push_back(std::move(slow));
  return failing;
}

Result<std::vector<std::string>> Campaign::try_variant(const fault::Variant& variant) const {
  Result<std::vector<std::string>> found = std::vector<std::string>{};
  for (auto round = rounds_.begin(); round != rounds_.end() && found && found->empty(); ++round)
    found = killers(*round, variant.name());
  return found;
}

Result<std::vector<std::string>> Campaign::all_killers(const std::vector<std::string>& chosen,
                                                       const fault::Variant& variant) const {
  Campaign whole = *this;
  whole.all = true;
  return whole.killers(chosen, variant.name());
}

Result<std::vector<Trial>> Campaign::try_fault(const fault::Fault& fault) const {
  std::vector<Trial> trials;
  std::set<std::string> known;
  for (const fault::Variant& variant : fault::variants(fault)) {
    Result<std::vector<std::string>> found = std::vector<std::string>{};
    if (!all && !known.empty()) {
      std::vector<std::string> likely;  // in their order
      std::copy_if(tests.begin(), tests.end(), std::back_inserter(likely),
                   [&known](const std::string& test) { return known.contains(test); });
      found = killers(likely, variant.name());
    }
    if (found && found->empty()) found = try_variant(variant);
    if (!found) return std::move(found).error();
    known.insert(found->begin(), found->end());
    trials.push_back({variant, std::move(*found)});
  }
  return trials;
}

}  // namespace weft::cli
