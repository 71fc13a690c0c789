// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/command.h"

#include "suite/conformance/child.h"

namespace weft::runtimes {
namespace {

using conformance::Child;
using Clock = std::chrono::steady_clock;

/// Of one command. What has been written stays, that of the commands before included.
CommandEnd::How run_command(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                            Clock::time_point deadline, CommandEnd& end) {
  constexpr size_t kMostOutput = 1 << 20;
  auto child = Child::start(command, environment);
  if (!child) {
    end.output += child.error().message;
    return CommandEnd::How::missing;
  }
  const Child::Read read = child->read_all(end.output, kMostOutput, deadline);
  if (read == Child::Read::too_much) return CommandEnd::How::too_much;
  const auto ended = read == Child::Read::late ? std::nullopt : child->wait(deadline);
  if (!ended) return CommandEnd::How::late;
  end.status = ended->code;
  return ended->by_signal ? CommandEnd::How::crashed : CommandEnd::How::exited;
}

}  // namespace

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::vector<std::string> fill(const Command& command, const std::map<std::string, std::string>& values,
                              const std::vector<std::string>& options) {
  std::vector<std::string> words;
  for (std::string word : command) {
    if (word == "{options}") {
      words.insert(words.end(), options.begin(), options.end());
      continue;
    }
    for (const auto& [name, value] : values) replace_all(word, "{" + name + "}", value);
    words.push_back(std::move(word));
  }
  return words;
}

std::string quoted(const std::vector<std::string>& words) {
  std::string text;
  for (std::string word : words) {
    const bool is_plain = !word.empty() && word.find_first_not_of(
                                               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                               "0123456789-_./=:,+@%") == std::string::npos;
    if (!is_plain) {
      replace_all(word, "'", "'\\''");
      word.insert(0, 1, '\'').push_back('\'');
    }
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

CommandEnd run_commands(const std::vector<std::vector<std::string>>& commands,
                        const std::vector<std::string>& environment, std::chrono::milliseconds timeout) {
  CommandEnd end;
  const Clock::time_point begin = Clock::now();
  for (const auto& command : commands) {
    end.how = run_command(command, environment, begin + timeout, end);
    if (end.how != CommandEnd::How::exited || end.status != 0) break;
  }
  end.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return end;
}

}  // namespace weft::runtimes
