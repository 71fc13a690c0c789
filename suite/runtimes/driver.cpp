// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/driver.h"

#include <cstdlib>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "suite/conformance/child.h"
#include "suite/runtimes/scratch.h"

namespace weft::runtimes {
namespace {

using conformance::Child;
using Clock = std::chrono::steady_clock;
using How = CommandEnd::How;

/// A driver that runs, and the folder for what it leaves behind when it is killed.
struct Session {
  std::unique_ptr<Scratch> scratch;
  Child child;
};

/// The drivers of this thread, by the commands that started them.
std::map<std::vector<std::string>, Session>& sessions() {
  thread_local std::map<std::vector<std::string>, Session> all;
  return all;
}

Result<Session> start(const std::vector<std::string>& command, std::vector<std::string> environment) {
  auto scratch = std::make_unique<Scratch>();
  environment.push_back("TMPDIR=" + scratch->path().string());
  auto child = Child::start(command, environment);
  if (!child) return child.error();
  return Session{std::move(scratch), std::move(*child)};
}

/// What the driver says about a run, as its end; whether it stays.
bool listen(Child& child, Clock::time_point deadline, CommandEnd& end) {
  constexpr size_t kMostOutput = 1 << 20;
  std::string line;
  Child::Read read;
  while ((read = child.read_line(line, deadline)) == Child::Read::line) {
    if (line.starts_with("end ")) {
      end.how = line == "end late" ? How::late : How::exited;
      end.status = std::atoi(line.c_str() + 4);
      return true;
    }
    end.output += line + "\n";
    end.how = How::too_much;
    if (end.output.size() > kMostOutput) return false;
  }
  const auto ended = read == Child::Read::late ? std::nullopt : child.wait(deadline);
  end.how = !ended ? How::late : ended->by_signal ? How::crashed : How::exited;
  end.status = ended ? ended->code : 0;
  return false;
}

}  // namespace

CommandEnd ask_driver(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                      const std::vector<std::string>& words, std::chrono::milliseconds timeout) {
  constexpr std::chrono::seconds kGrace(10);
  CommandEnd end;
  const Clock::time_point begin = Clock::now();
  auto found = sessions().find(command);
  if (found == sessions().end()) {
    auto started = start(command, environment);
    if (!started) return end.how = How::missing, end.output = started.error().message, end;
    found = sessions().emplace(command, std::move(*started)).first;
  }
  Child& child = found->second.child;
  nlohmann::json question = words;
  question.push_back(timeout.count());
  child.write(question.dump() + "\n");  // where it cannot be written, the end says why
  if (!listen(child, begin + timeout + kGrace, end)) sessions().erase(found);
  end.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return end;
}

}  // namespace weft::runtimes
