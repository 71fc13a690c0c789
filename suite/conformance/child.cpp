// SPDX-License-Identifier: Apache-2.0
#include "suite/conformance/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <set>
#include <utility>

#include "interp/mutex.h"

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

struct Pipe {
  int reader = -1, writer = -1;
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int end : {reader, writer}) {
      if (end >= 0) close(end);
    }
  }
  bool open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    reader = ends[0], writer = ends[1];
    return true;
  }
};

/// The processes that run, by their numbers, which are those of their groups.
struct Running {
  Mutex mutex;
  std::set<pid_t> numbers WEFT_GUARDED_BY(mutex);
  bool is_over WEFT_GUARDED_BY(mutex) = false;
};
Running& running() {
  static Running all;
  return all;
}

/// What the new process does: it becomes the program, or reports why it cannot. Other threads' locks are never released
/// here, so it does only what a signal handler may.
[[noreturn]] void become(pid_t parent, int input, int output, int errors, int news, char** arguments,
                         char** environment) {
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);
  if (getppid() == parent) {  // else the parent ended before it was asked for
    execvpe(arguments[0], arguments, environment);
    const int code = errno;
    [[maybe_unused]] const ssize_t written = write(news, &code, sizeof code);
  }
  _exit(127);
}

}  // namespace

std::string ChildEnd::describe() const { return fmt::format("{} {}", by_signal ? "signal" : "exit code", code); }

Result<Child> Child::start(const std::vector<std::string>& arguments, const std::vector<std::string>& variables,
                           Errors errors) {
  Pipe in, out, news;  // news: why the program could not be run; nothing comes if it could
  if (!in.open() || !out.open() || !news.open()) return system_error("cannot make a pipe", errno);
  std::vector<char*> argv = pointers(arguments), environment = pointers(variables);
  argv.push_back(nullptr);
  for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
  environment.push_back(nullptr);

  Child child;
  if (errors == Errors::apart) {
    child.errors_ = memfd_create("errors", MFD_CLOEXEC);
    if (child.errors_ < 0) return system_error("cannot make room for its errors", errno);
  }
  const int error_output = child.errors_ < 0 ? out.writer : child.errors_;
  const pid_t parent = getpid();
  int code = 0;
  {
    const MutexLock lock(running().mutex);
    if (running().is_over) return Error{ErrorKind::host, "interrupted", {}};
    child.pid_ = fork();
    if (child.pid_ == 0)
      become(parent, in.reader, out.writer, error_output, news.writer, argv.data(), environment.data());
    if (child.pid_ < 0) code = errno;
    if (child.pid_ > 0) {
      setpgid(child.pid_, child.pid_);  // whoever of the two comes first
      running().numbers.insert(child.pid_);
    }
  }
  close(std::exchange(news.writer, -1));
  while (code == 0 && read(news.reader, &code, sizeof code) < 0 && errno == EINTR) continue;
  if (code != 0) return system_error(fmt::format("cannot run {}", arguments[0]), code);
  child.input_ = std::exchange(in.writer, -1), child.output_ = std::exchange(out.reader, -1);
  // By number: glibc has a function for it since 2.36 only.
  child.process_ = static_cast<int>(syscall(SYS_pidfd_open, child.pid_, 0));
  if (child.process_ < 0) return system_error("cannot watch a process", errno);
  return child;
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      process_(std::exchange(other.process_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)),
      errors_(std::exchange(other.errors_, -1)),
      end_(other.end_),
      pending_(std::move(other.pending_)),
      at_end_(other.at_end_) {}

Child::~Child() {
  if (pid_ >= 0) kill();
  for (const int descriptor : {process_, input_, output_, errors_}) {
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

bool Child::write(const std::string& text) {
  // One that has closed its input ends us no more than one that has ended.
  sigset_t pipe_signal, before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = ::write(input_, text.data() + done, text.size() - done);
    if (count < 0 && errno != EINTR) break;
    if (count > 0) done += static_cast<size_t>(count);
  }
  const timespec at_once{};
  while (sigtimedwait(&pipe_signal, nullptr, &at_once) < 0 && errno == EINTR) continue;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return done == text.size();
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

Child::Read Child::read_all(std::string& text, size_t limit, Deadline deadline) {
  text += std::exchange(pending_, {});
  while (!at_end_ && text.size() <= limit) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd either[] = {{output_, POLLIN, 0}, {process_, POLLIN, 0}};
    const int count = poll(either, 2, static_cast<int>(std::clamp<int64_t>(left, 0, std::numeric_limits<int>::max())));
    if (count == 0) return Read::late;
    if (count < 0 && errno == EINTR) continue;
    if (either[0].revents == 0) break;  // it has ended; what it started may hold its output open
    char buffer[4096];
    const ssize_t got = read(output_, buffer, sizeof buffer);
    if (got > 0) text.append(buffer, static_cast<size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) at_end_ = true;
  }
  return text.size() > limit ? Read::too_much : Read::end;
}

std::optional<ChildEnd> Child::wait(Deadline deadline) {
  if (end_) return end_;
  if (!ready(process_, deadline)) return std::nullopt;
  return reap();
}

ChildEnd Child::kill() {
  if (end_) return *end_;
  ::kill(-pid_, SIGKILL);
  return reap();
}

/// Until it is waited for, its number is that of its group and of no other.
ChildEnd Child::reap() {
  siginfo_t info{};
  while (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) continue;
  {
    const MutexLock lock(running().mutex);
    ::kill(-pid_, SIGKILL);
    running().numbers.erase(pid_);
  }
  int status = 0;
  rusage usage{};
  while (wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) continue;
  pid_ = -1;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  end_ = ChildEnd{.by_signal = WIFSIGNALED(status),
                  .code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                  .cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
                  .max_rss = int64_t{usage.ru_maxrss} * 1024};
  return *end_;
}

void end_children() {
  const MutexLock lock(running().mutex);
  running().is_over = true;
  for (const pid_t number : running().numbers) kill(-number, SIGKILL);
}

std::string Child::errors() const {
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = pread(errors_, buffer, sizeof buffer, static_cast<off_t>(text.size()))) > 0;)
    text.append(buffer, static_cast<size_t>(count));
  return text;
}

}  // namespace weft::conformance
