// SPDX-License-Identifier: Apache-2.0
#include "suite/script/runner.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "interp/mutex.h"
#include "interp/platform.h"
#include "interp/race/detector.h"
#include "interp/race/thread.h"
#include "suite/script/context.h"
#include "suite/script/editions.h"
#include "suite/script/match.h"

namespace weft::script {
namespace {

/// What a command came to.
struct Verdict {
  enum class Kind : uint8_t { passed, failed, skipped } kind = Kind::passed;
  std::string message;
};
Verdict pass() { return {}; }
Verdict fail(std::string message) { return {Verdict::Kind::failed, std::move(message)}; }
Verdict skip(std::string reason) { return {Verdict::Kind::skipped, std::move(reason)}; }

std::string describe(const Error& error) {
  return fmt::format("{}{}: {}", error.where.empty() ? "" : error.where + ": ", weft::to_string(error.kind),
                     error.message);
}

bool begins_with(std::string_view message, std::string_view wanted) { return message.starts_with(wanted); }

/// Whether an error's message is what a script asks for: its beginning, or the same phrase before the first colon,
/// after which each implementation says what it found.
bool says_the_same(std::string_view message, std::string_view wanted) {
  if (message.starts_with(wanted)) return true;
  const size_t colon = wanted.find(": ");
  return colon != std::string_view::npos && message.starts_with(wanted.substr(0, colon + 1));
}

/// What all threads of a running script share.
///
/// Thread safety: all members are guarded by mutex_.
class Session {
 public:
  explicit Session(const RunOptions& options) : options_(options), watchdog_([this] { watch(); }) {
    if (!options.races) return;
    options_.store.engine = Engine::checked;
    races_ = std::make_unique<RaceDetector>(Engine::checked);
  }

  ~Session() {
    {
      const MutexLock lock(mutex_);
      finished_ = true;
    }
    changed_.notify_all();
    watchdog_.join();
  }

  const RunOptions& options() const { return options_; }
  /// Null when nobody looks for races.
  RaceDetector* races() const { return races_.get(); }
  /// For a thread that is about to start, on its creator's thread, which is null for the main one.
  RaceThread* start_thread(const Agent* creator) {
    if (!races_) return nullptr;
    return &races_->start_thread(threads_++, creator == nullptr ? nullptr : creator->race_thread(), creator);
  }

  void record(Position position, const Verdict& verdict) {
    const MutexLock lock(mutex_);
    switch (verdict.kind) {
      case Verdict::Kind::passed: ++result_.passed; break;
      case Verdict::Kind::failed: ++result_.failed, result_.failures.push_back({position, verdict.message}); break;
      case Verdict::Kind::skipped: ++result_.skipped, result_.skips.push_back({position, verdict.message}); break;
    }
  }

  /// Commands that the timeout kept from running.
  void record_missed(Position position, size_t count) {
    const MutexLock lock(mutex_);
    result_.failed += count;
    result_.failures.push_back({position, fmt::format("timeout: this and {} more commands did not run", count - 1)});
  }

  void add(Agent& agent) {
    const MutexLock lock(mutex_);
    agents_.push_back(&agent);
    if (result_.timed_out) agent.stop();
  }
  void remove(Agent& agent) {
    const MutexLock lock(mutex_);
    std::erase(agents_, &agent);
  }
  bool timed_out() {
    const MutexLock lock(mutex_);
    return result_.timed_out;
  }

  RunResult take_result() {
    const MutexLock lock(mutex_);
    const auto by_position = [](const Finding& a, const Finding& b) {
      return std::pair(a.position.line, a.position.column) < std::pair(b.position.line, b.position.column);
    };
    std::sort(result_.failures.begin(), result_.failures.end(), by_position);
    std::sort(result_.skips.begin(), result_.skips.end(), by_position);
    if (races_) result_.races = races_->report();
    return std::move(result_);
  }

 private:
  void watch() {
    const auto deadline = std::chrono::steady_clock::now() + options_.timeout;
    const MutexLock lock(mutex_);
    while (!finished_) {
      if (changed_.wait_until(mutex_, deadline) == std::cv_status::timeout) break;
    }
    if (finished_) return;
    result_.timed_out = true;
    for (Agent* agent : agents_) agent->stop();
  }

  RunOptions options_;  // constant once made
  std::unique_ptr<RaceDetector> races_;
  std::atomic<uint32_t> threads_{0};
  Mutex mutex_;
  std::condition_variable_any changed_;
  RunResult result_ WEFT_GUARDED_BY(mutex_);
  std::vector<Agent*> agents_ WEFT_GUARDED_BY(mutex_);
  bool finished_ WEFT_GUARDED_BY(mutex_) = false;
  std::thread watchdog_;  // last: it uses the others
};

/// Runs the commands of one thread of the script, and owns the threads started there.
///
/// Thread safety: none; each belongs to the OS thread that runs it.
class Task {
 public:
  Task(Session& session, RaceThread* race_thread, std::vector<std::pair<std::string, Binding>> shared)
      : session_(session), context_(session.options().store) {
    context_.agent().check_races(race_thread);
    session_.add(context_.agent());
    for (auto& [name, binding] : shared) context_.bind(name, std::move(binding));
  }

  ~Task() {
    for (Started& thread : threads_) {
      if (thread.os_thread.joinable()) thread.os_thread.join();
    }
    session_.remove(context_.agent());
    if (RaceThread* thread = context_.agent().race_thread()) session_.races()->end_thread(*thread);
  }

  void run(const std::vector<Command>& commands) {
    for (size_t i = 0; i < commands.size(); ++i) {
      if (session_.timed_out()) {
        return session_.record_missed(commands[i].position,
                                      count_commands({commands.begin() + static_cast<ptrdiff_t>(i), commands.end()}));
      }
      session_.record(commands[i].position,
                      std::visit([this](const auto& what) { return execute(what); }, commands[i].what));
    }
  }

 private:
  Verdict stopped() const {
    return fail(fmt::format("timeout: still running after {} s",
                            static_cast<double>(session_.options().timeout.count()) / 1000));
  }

  using Compiled = Result<std::shared_ptr<const CompiledModule>>;

  Verdict execute(const ScriptModule& module) {
    const Verdict defined = define(module);
    return defined.kind == Verdict::Kind::failed ? defined : instantiate(module.name, definition(std::nullopt));
  }
  Verdict execute(const ModuleDefinition& command) { return define(command.module); }
  Verdict execute(const ModuleInstance& command) { return instantiate(command.name, definition(command.module)); }

  Verdict define(const ScriptModule& module) {
    Compiled compiled = Context::compile(module, Edition::latest, session_.options().races);
    if (!compiled && !is_unsupported(compiled.error())) return fail("module: " + describe(compiled.error()));
    if (!compiled) {
      context_.define_module(module.name, {nullptr, compiled.error().message});
      return skip(compiled.error().message);
    }
    context_.define_module(module.name, {std::move(*compiled), {}});
    return pass();
  }

  /// The named definition, or the latest.
  Compiled definition(const std::optional<std::string>& name) const {
    const Definition* found = context_.find_definition(name);
    if (found == nullptr)
      return Error{ErrorKind::host, name ? fmt::format("unknown module ${}", *name) : std::string("no module yet"), {}};
    if (!found->unsupported.empty()) return Error{ErrorKind::host, found->unsupported, {}};
    return found->module;
  }

  Verdict instantiate(const std::optional<std::string>& name, Compiled module) {
    Result<Binding> binding = module ? context_.instantiate(std::move(*module)) : Result<Binding>(module.error());
    if (context_.agent().stop_requested()) return stopped();
    if (!binding && !is_unsupported(binding.error())) return fail("module: " + describe(binding.error()));
    const std::string reason = binding ? "" : binding.error().message;
    context_.bind(name, binding ? std::move(*binding) : Binding{{}, reason});
    return binding ? pass() : skip(reason);
  }

  Verdict execute(const Unsupported& command) { return skip(command.reason); }

  Verdict execute(const Register& command) {
    const Binding* binding = context_.find(command.module);
    if (binding == nullptr)
      return fail(command.module ? fmt::format("register: unknown module ${}", *command.module)
                                 : "register: no module yet");
    context_.define(command.as, *binding);
    return binding->unsupported.empty() ? pass() : skip(binding->unsupported);
  }

  /// The verdict on an outcome that no assertion wants.
  Verdict unwanted(std::string_view command, const Outcome& outcome, const std::string& wanted) const {
    if (outcome.kind == Outcome::Kind::stopped) return stopped();
    if (outcome.kind == Outcome::Kind::unsupported) return skip(outcome.message);
    return fail(fmt::format("{}: expected {}, got {}", command, wanted, to_string(outcome)));
  }

  Verdict execute(const Action& action) {
    const Outcome outcome = context_.perform(action);
    return outcome.kind == Outcome::Kind::values ? pass() : unwanted("action", outcome, "an ordinary end");
  }

  Verdict execute(const AssertReturn& command) {
    const Outcome outcome = context_.perform(command.action);
    bool same = outcome.kind == Outcome::Kind::values && outcome.values.size() == command.results.size();
    for (size_t i = 0; same && i < command.results.size(); ++i) same = matches(outcome.values[i], command.results[i]);
    if (same) return pass();
    std::string wanted;
    for (const Expected& expected : command.results) wanted += (wanted.empty() ? "" : " ") + to_string(expected);
    return unwanted("assert_return", outcome, wanted.empty() ? "no result" : wanted);
  }

  Verdict execute(const AssertTrap& command) {
    if (const auto* action = std::get_if<Action>(&command.subject)) {
      const Outcome outcome = context_.perform(*action);
      if (outcome.kind == Outcome::Kind::trap && outcome.message.starts_with(command.message)) return pass();
      return unwanted("assert_trap", outcome, fmt::format("trap: {}", command.message));
    }
    if (const auto* instance = std::get_if<ModuleInstance>(&command.subject))
      return expect_error("assert_trap", definition(instance->module), ErrorKind::trap, command.message);
    return expect_error("assert_trap", std::get<ScriptModule>(command.subject), ErrorKind::trap, command.message);
  }

  Verdict execute(const AssertException& command) {
    const Outcome outcome = context_.perform(command.action);
    return outcome.kind == Outcome::Kind::exception ? pass() : unwanted("assert_exception", outcome, "an exception");
  }

  Verdict execute(const AssertExhaustion& command) {
    const Outcome outcome = context_.perform(command.action);
    if (outcome.kind == Outcome::Kind::exhaustion && outcome.message.starts_with(command.message)) return pass();
    return unwanted("assert_exhaustion", outcome, fmt::format("exhaustion: {}", command.message));
  }

  Verdict execute(const AssertMalformed& command) {
    return expect_rejection("assert_malformed", command.module, ErrorKind::malformed, command.message);
  }
  Verdict execute(const AssertInvalid& command) {
    return expect_rejection("assert_invalid", command.module, ErrorKind::invalid, command.message);
  }
  Verdict execute(const AssertUnlinkable& command) {
    if (const auto* instance = std::get_if<ModuleInstance>(&command.subject))
      return expect_error("assert_unlinkable", definition(instance->module), ErrorKind::unlinkable, command.message);
    return expect_error("assert_unlinkable", std::get<ScriptModule>(command.subject), ErrorKind::unlinkable,
                        command.message);
  }
  Verdict execute(const AssertMalformedCustom& command) {
    return expect_bad_annotation("assert_malformed_custom", command.module, ErrorKind::malformed, command.message);
  }
  Verdict execute(const AssertInvalidCustom& command) {
    return expect_bad_annotation("assert_invalid_custom", command.module, ErrorKind::invalid, command.message);
  }

  /// Of binary modules nobody judges the custom sections.
  Verdict expect_bad_annotation(std::string_view command, const ScriptModule& module, ErrorKind kind,
                                const std::string& message) {
    if (std::holds_alternative<BinarySource>(module.source)) return skip("not supported: judging custom sections");
    const Compiled compiled = Context::compile(module);
    return compare(command, compiled ? nullptr : &compiled.error(), kind, message, begins_with);
  }

  /// No edition later than the script's must accept the module; see editions.h.
  Verdict expect_rejection(std::string_view command, const ScriptModule& module, ErrorKind kind,
                           const std::string& message) {
    const auto judge = [&](Edition edition) {
      const Compiled compiled = Context::compile(module, edition);
      return compare(command, compiled ? nullptr : &compiled.error(), kind, message);
    };
    const Verdict verdict = judge(Edition::latest);
    if (verdict.kind != Verdict::Kind::failed || !was_lifted(message)) return verdict;
    for (const Edition edition : {Edition::wasm_3_0, Edition::wasm_2_0}) {
      if (judge(edition).kind == Verdict::Kind::passed) return pass();
    }
    return verdict;
  }

  /// The module must fail to compile, link or start, in this way; the script gives a prefix of the message.
  Verdict expect_error(std::string_view command, const ScriptModule& module, ErrorKind kind,
                       const std::string& message) {
    return expect_error(command, Context::compile(module), kind, message);
  }
  Verdict expect_error(std::string_view command, Compiled compiled, ErrorKind kind, const std::string& message) {
    Result<Binding> binding = compiled ? context_.instantiate(std::move(*compiled)) : Result<Binding>(compiled.error());
    if (context_.agent().stop_requested()) return stopped();
    return compare(command, binding ? nullptr : &binding.error(), kind, message);
  }

  /// What became of a module (null: it was accepted) with the error that a command wants.
  static Verdict compare(std::string_view command, const Error* error, ErrorKind kind, const std::string& message,
                         bool (*says)(std::string_view message, std::string_view wanted) = says_the_same) {
    const std::string wanted = fmt::format("{}: {}", weft::to_string(kind), message);
    if (error == nullptr) return fail(fmt::format("{}: expected {}, got a module that is accepted", command, wanted));
    if (is_unsupported(*error)) return skip(error->message);
    if (error->kind == kind && says(error->message, message)) return pass();
    return fail(fmt::format("{}: expected {}, got {}", command, wanted, describe(*error)));
  }

  Verdict execute(const Thread& command) {
    std::vector<std::pair<std::string, Binding>> shared;
    for (const std::string& name : command.shared) {
      const Binding* binding = context_.find(name);
      if (binding == nullptr) return not_started(command, fmt::format("thread: unknown module ${}", name));
      if (!binding->is_sharable())
        return not_started(command, fmt::format("thread: module ${} exports something that is not shared", name));
      shared.emplace_back(name, *binding);
    }
    RaceThread* const race_thread = session_.start_thread(&context_.agent());
    Result<std::thread> thread = start_thread(
        [&session = session_, &commands = command.commands, race_thread, modules = std::move(shared)]() mutable {
          Task(session, race_thread, std::move(modules)).run(commands);
        });
    if (!thread) return not_started(command, thread.error().message);
    threads_.push_back({std::move(*thread), race_thread == nullptr ? 0 : race_thread->id()});
    if (command.name) thread_names_.insert_or_assign(*command.name, threads_.size() - 1);
    return pass();
  }

  /// The commands of a thread that did not start fail with it: none may go missing from the counts.
  Verdict not_started(const Thread& command, std::string message) {
    for (const Command& inner : command.commands) {
      for (size_t i = count_commands({inner}); i > 0; --i)
        session_.record(inner.position, fail("its thread did not start"));
    }
    return fail(std::move(message));
  }

  Verdict execute(const Wait& command) {
    size_t index = threads_.size() - 1;
    if (command.thread) {
      const auto found = thread_names_.find(*command.thread);
      if (found == thread_names_.end()) return fail(fmt::format("wait: unknown thread ${}", *command.thread));
      index = found->second;
    } else if (threads_.empty()) {
      return fail("wait: no thread yet");
    }
    if (threads_[index].os_thread.joinable()) threads_[index].os_thread.join();
    if (session_.races() != nullptr) session_.races()->join(*context_.agent().race_thread(), threads_[index].id);
    return pass();
  }

  Session& session_;
  Context context_;
  struct Started {
    std::thread os_thread;
    uint32_t id = 0;  // for who looks for races
  };
  std::vector<Started> threads_;
  std::map<std::string, size_t> thread_names_;
};

}  // namespace

RunResult run_script(const Script& script, const RunOptions& options) {
  Session session(options);
  Task(session, session.start_thread(nullptr), {}).run(script.commands);
  return session.take_result();
}

RunResult run_script_text(std::string_view source, const RunOptions& options) {
  Result<Script> script = parse_script(source);
  if (script) return run_script(*script, options);
  RunResult result;
  result.failed = 1;
  const Error& error = script.error();
  Position position{};
  if (const size_t colon = error.where.find(':'); colon != std::string::npos) {
    position.line = static_cast<uint32_t>(std::stoul(error.where));
    position.column = static_cast<uint32_t>(std::stoul(error.where.substr(colon + 1)));
  }
  result.failures.push_back({position, fmt::format("{}: {}", weft::to_string(error.kind), error.message)});
  return result;
}

}  // namespace weft::script
