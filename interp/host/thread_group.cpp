// SPDX-License-Identifier: Apache-2.0
#include "interp/host/thread_group.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <pthread.h>

#include "interp/host/blocking.h"
#include "interp/race/detector.h"

namespace weft {
namespace {

StoreOptions store_options(const ProgramOptions& options) {
  const bool observed = options.fuel.has_value() || options.trace != nullptr || options.counts != nullptr;
  const Engine engine = options.races != nullptr ? Engine::checked : observed ? Engine::observed : Engine::fast;
  return {.engine = engine, .memory_cap = options.memory_cap};
}

ProgramResult::Kind result_kind(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unlinkable: return ProgramResult::Kind::unlinkable;
    case ErrorKind::trap:
    case ErrorKind::exception: return ProgramResult::Kind::trapped;
    case ErrorKind::exhaustion: return ProgramResult::Kind::exhausted;
    default: return ProgramResult::Kind::failed;
  }
}

/// Signals are the supervisor's: a guest thread that writes to a closed pipe shall see EPIPE, and no handler shall run
/// on it.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

}  // namespace

GuestThread::GuestThread(ThreadGroup& group, uint32_t id, const ProgramOptions& options)
    : group_(group), id_(id), store_(store_options(options)), agent_(store_) {
  if (store_.options().engine != Engine::observed) return;
  Observation observation;
  observation.fuel = options.fuel;
  observation.counts = options.counts;
  if (options.trace) observation.trace = [this](const std::string& line) { group_.trace(*this, line); };
  agent_.observe(std::move(observation));
}

bool GuestThread::instantiate(std::shared_ptr<const CompiledModule> module, const Linker& linker,
                              std::span<const std::shared_ptr<Memory>> memories) {
  const Result<std::vector<Extern>> imports = linker.resolve(*module);
  if (!imports) return fail(imports.error()), false;
  const Result<Instance*> instance = store_.instantiate(std::move(module), *imports, agent_, memories);
  if (instance) {
    instance_ = *instance;
    return true;
  }
  // An exit in the start function is no error of the module.
  const bool start_ended = agent_.completion() == Completion::exited || agent_.completion() == Completion::stopped;
  if (!start_ended || !ended_by_agent()) fail(instance.error());
  return false;
}

std::optional<std::vector<Value>> GuestThread::call(const FuncInst& function, std::initializer_list<Value> arguments) {
  return call(function, std::vector<Value>(arguments));
}

std::optional<std::vector<Value>> GuestThread::call(const FuncInst& function, const std::vector<Value>& arguments) {
  agent_.invoke(function, arguments);
  end_trial_by_action();
  if (ended_by_agent()) return std::nullopt;
  return agent_.results();
}

bool GuestThread::call_if_exported(std::initializer_list<std::string_view> names,
                                   std::initializer_list<Value> arguments) {
  const FuncInst* function = find(names);
  return function == nullptr || call(*function, arguments).has_value();
}

const FuncInst* GuestThread::find(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    if (const FuncInst* function = instance_->find_function(name)) return function;
  }
  return nullptr;
}

void GuestThread::fail(const Error& error) {
  ProgramResult result;
  result.kind = result_kind(error.kind);
  result.error = error;
  result.thread = id_;
  if (error.kind == ErrorKind::trap || error.kind == ErrorKind::exhaustion || error.kind == ErrorKind::exception)
    result.backtrace = agent_.backtrace();
  group_.finish(std::move(result));
}

bool GuestThread::ended_by_agent() {
  switch (agent_.completion()) {
    case Completion::returned: return false;
    case Completion::trapped: fail(agent_.error()); break;
    case Completion::exited:
      group_.finish({.kind = ProgramResult::Kind::exited, .status = agent_.exit_status(), .thread = id_});
      break;
    case Completion::unwound:
    case Completion::stopped:
    case Completion::paused: break;
  }
  return true;
}

ThreadGroup::ThreadGroup(const ProgramOptions& options)
    : options_(options), detector_([this](std::vector<WaitingThread> waiting) {
        finish({.kind = ProgramResult::Kind::deadlocked, .waiting = std::move(waiting)});
      }) {}

ThreadGroup::~ThreadGroup() {
  finish({.kind = ProgramResult::Kind::interrupted});
  join_all();
}

ProgramResult ThreadGroup::run(Body main) {
  std::optional<int64_t> deadline;
  if (options_.timeout)
    deadline = deadline_after(static_cast<uint64_t>(std::max<int64_t>(0, options_.timeout->count())));
  if (wake_.fd() < 0)
    finish({.kind = ProgramResult::Kind::failed, .error = {ErrorKind::host, "no descriptor for the supervisor", ""}});
  {
    const MutexLock lock(mutex_);
    const Result<uint32_t> started = start(0, nullptr, std::move(main));
    if (!started) decide({.kind = ProgramResult::Kind::failed, .error = started.error()});
  }
  pollfd wake{wake_.fd(), POLLIN, 0};
  const bool woken = poll_until(std::span(&wake, 1), deadline) > 0;
  // Either may come too late to decide anything; finish() knows.
  if (stop_requested_) finish({.kind = ProgramResult::Kind::interrupted});
  if (!woken) finish({.kind = ProgramResult::Kind::timed_out});
  join_all();
  const MutexLock lock(mutex_);
  return *result_;
}

Result<uint32_t> ThreadGroup::spawn(const Agent& creator, Body body) {
  join_those_over();
  const MutexLock lock(mutex_);
  wait_for_room();
  if (alive_ >= options_.max_threads)
    return Error{ErrorKind::host, fmt::format("{} threads are alive already", alive_), ""};
  return start(new_id(), &creator, std::move(body));
}

Result<uint32_t> ThreadGroup::start(uint32_t id, const Agent* creator, Body body) {
  if (result_) return Error{ErrorKind::host, "the program is ending", ""};
  // Made here and not on its OS thread, so that whoever spawns it hears of what the system refuses.
  auto thread = std::make_shared<GuestThread>(*this, id, options_);
  if (!thread->agent().is_complete())
    return Error{ErrorKind::host, "no address space for a thread's stack, or no descriptor for it", ""};
  const std::shared_ptr<GuestThread> guest = thread;
  if (options_.races) {
    RaceThread* const parent = creator == nullptr ? nullptr : creator->race_thread();
    guest->agent().check_races(&options_.races->start_thread(id, parent, creator));
  }
  guest->agent().watch_waits(detector_.add(*guest));
  Result<std::thread> started = start_thread(
      [this, body = std::move(body), thread = std::move(thread)]() mutable { thread_main(std::move(thread), body); });
  if (!started) {
    detector_.remove(*guest);
    return std::move(started).error();
  }
  entries_[id].os_thread =
      std::move(*started);  // the thread itself looks for its entry under mutex_, so not before this
  ++alive_;
  return id;
}

void ThreadGroup::thread_main(std::shared_ptr<GuestThread> thread, const Body& body) {
  block_signals();
  const uint32_t id = thread->id();
  bool run = false;
  {
    const MutexLock lock(mutex_);
    entries_[id].agent = &thread->agent();
    run = !result_;
  }
  if (run) body(*thread);
  {
    const MutexLock lock(mutex_);
    entries_[id].agent = nullptr;
  }
  detector_.remove(*thread);
  if (options_.races) options_.races->end_thread(*thread->agent().race_thread());
  thread.reset();
  const MutexLock lock(mutex_);
  entries_[id].over = true;
  if (--alive_ == 0) decide({.kind = ProgramResult::Kind::exited, .thread = id});
  changed_.notify_all();
}

void ThreadGroup::finish(ProgramResult result) {
  const MutexLock lock(mutex_);
  decide(std::move(result));
}

void ThreadGroup::decide(ProgramResult result) {
  if (result_) return;
  result_ = std::move(result);
  for (auto& [id, entry] : entries_) {
    if (entry.agent != nullptr) entry.agent->stop();
  }
  wake_.signal();
  changed_.notify_all();
}

bool ThreadGroup::wait_until_over(const Agent& waiter, uint32_t id) {
  const MutexLock lock(mutex_);
  while (!result_) {
    if (has_ended(waiter, id)) return true;
    changed_.wait(mutex_);
  }
  return false;
}

bool ThreadGroup::is_over(const Agent& asker, uint32_t id) {
  const MutexLock lock(mutex_);
  return has_ended(asker, id);
}

bool ThreadGroup::has_ended(const Agent& asker, uint32_t id) {
  const auto entry = entries_.find(id);
  if (entry != entries_.end() && !entry->second.over) return false;
  if (options_.races) options_.races->join(*asker.race_thread(), id);
  return true;
}

void ThreadGroup::request_stop() noexcept {
  stop_requested_ = true;
  wake_.signal();
}

uint32_t ThreadGroup::new_id() {
  do {
    last_id_ = last_id_ == kMaxThreadId ? 1 : last_id_ + 1;
  } while (entries_.contains(last_id_));
  return last_id_;
}

void ThreadGroup::wait_for_room() {
  // A thread that has told its joiner is still alive for us until its OS thread gets to the end; a program that joins
  // one and starts the next at its limit shall not fail for that.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
  while (!result_ && alive_ >= options_.max_threads) {
    if (changed_.wait_until(mutex_, deadline) == std::cv_status::timeout) return;
  }
}

void ThreadGroup::join_those_over() {
  std::vector<std::thread> over;
  {
    const MutexLock lock(mutex_);
    for (auto entry = entries_.begin(); entry != entries_.end();) {
      if (!entry->second.over) {
        ++entry;
        continue;
      }
      over.push_back(std::move(entry->second.os_thread));
      entry = entries_.erase(entry);
    }
  }
  for (std::thread& thread : over) thread.join();
}

void ThreadGroup::join_all() {
  while (true) {
    std::thread next;
    {
      const MutexLock lock(mutex_);
      if (entries_.empty()) return;
      // It stays in the table until it is over: thread_main() looks itself up there.
      while (!entries_.begin()->second.over) changed_.wait(mutex_);
      next = std::move(entries_.begin()->second.os_thread);
      entries_.erase(entries_.begin());
    }
    next.join();
  }
}

void ThreadGroup::trace(const GuestThread& thread, const std::string& line) {
  if (is_trial()) return;
  const MutexLock lock(trace_mutex_);
  options_.trace(thread.agent(), thread.id(), line);
}

}  // namespace weft
