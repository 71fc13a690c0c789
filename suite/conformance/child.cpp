// SPDX-License-Identifier: Apache-2.0
#include "suite/conformance/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace weft::conformance {
namespace {

Error system_error(std::string_view what, int code) {
  return {ErrorKind::host, fmt::format("{}: {}", what, std::strerror(code)), {}};
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  return result;
}

}  // namespace

std::string ChildEnd::describe() const { return fmt::format("{} {}", by_signal ? "signal" : "exit code", code); }

Result<Child> Child::start(const std::vector<std::string>& arguments, const std::vector<std::string>& variables) {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0) return system_error("cannot make a pipe", errno);
  if (pipe2(out, O_CLOEXEC) != 0) {
    const int code = errno;
    close(in[0]), close(in[1]);
    return system_error("cannot make a pipe", code);
  }
  std::vector<char*> argv = pointers(arguments), environment = pointers(variables);
  argv.push_back(nullptr);
  for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDERR_FILENO);
  pid_t pid = -1;
  const int code = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]), close(out[1]);
  Child child;
  child.input_ = in[1], child.output_ = out[0];
  if (code != 0) return system_error(fmt::format("cannot run {}", arguments[0]), code);
  child.pid_ = pid;
  // By number: glibc has a function for it since 2.36 only.
  child.process_ = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (child.process_ < 0) return system_error("cannot watch a process", errno);
  return child;
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      process_(std::exchange(other.process_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)),
      end_(other.end_),
      pending_(std::move(other.pending_)),
      at_end_(other.at_end_) {}

Child::~Child() {
  if (pid_ >= 0) kill();
  for (const int descriptor : {process_, input_, output_}) {
    if (descriptor >= 0) close(descriptor);
  }
}

bool Child::ready(int descriptor, Deadline deadline) const {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd poll_for{descriptor, POLLIN, 0};
    const int count =
        poll(&poll_for, 1, static_cast<int>(std::clamp<int64_t>(left, 0, std::numeric_limits<int>::max())));
    if (count > 0) return true;
    if (count == 0) return false;
    if (errno != EINTR) return false;
  }
}

Child::Read Child::read_line(std::string& line, Deadline deadline) {
  while (true) {
    const size_t end = pending_.find('\n');
    if (end != std::string::npos) {
      line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      return Read::line;
    }
    if (at_end_) {
      line = std::exchange(pending_, {});
      return line.empty() ? Read::end : Read::line;
    }
    if (!ready(output_, deadline)) return Read::late;
    char buffer[4096];
    const ssize_t count = read(output_, buffer, sizeof buffer);
    if (count > 0) pending_.append(buffer, static_cast<size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) at_end_ = true;
  }
}

std::optional<ChildEnd> Child::wait(Deadline deadline) {
  if (end_) return end_;
  if (!ready(process_, deadline)) return std::nullopt;
  return reap();
}

ChildEnd Child::kill() {
  if (end_) return *end_;
  ::kill(pid_, SIGKILL);
  return reap();
}

ChildEnd Child::reap() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
  end_ = WIFEXITED(status) ? ChildEnd{false, WEXITSTATUS(status)} : ChildEnd{true, WTERMSIG(status)};
  return *end_;
}

}  // namespace weft::conformance
