// SPDX-License-Identifier: Apache-2.0
//
// The life of an Emscripten program and of its pthreads. Clocks, memory and the like: emscripten_system.cpp.
#include "interp/host/emscripten.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "interp/host/blocking.h"
#include "interp/host/emscripten_system.h"
#include "interp/host/wasi.h"

namespace weft {
namespace {

constexpr auto kEagain = static_cast<uint64_t>(Errno::again);  // Emscripten's errno numbers are WASI's

/// The arguments of _emscripten_thread_init, which has gained a default stack size since 3.1.6:
/// (thread, is_main_browser, is_runtime, can_block, [default_stack_size,] start_profiling).
std::vector<Value> thread_init_arguments(const FuncInst& function, uint32_t self, bool is_runtime) {
  // Not the browser's main thread, and able to block: so that it waits in memory.atomic.wait32 instead of spinning.
  std::vector<Value> arguments{Value::i32(self), Value::i32(0), Value::i32(is_runtime), Value::i32(1)};
  arguments.resize(std::max<size_t>(arguments.size(), function.type.params.size()), Value::i32(0));
  return arguments;
}

/// Calls the guest functions one after the other, then `last`, whose outcome is the outcome of all.
HostOutcome call_each(HostCall& call, std::vector<const FuncInst*> functions, HostFunction last) {
  if (functions.empty()) return last(call);
  const FuncInst* next = functions.front();
  functions.erase(functions.begin());
  // fflush(NULL) flushes everything; the others take nothing.
  std::vector<Value> arguments(next->type.params.size(), Value::i32(0));
  return HostOutcome::call(next, std::move(arguments),
                           [functions = std::move(functions), last = std::move(last)](HostCall& then) {
                             return call_each(then, functions, last);
                           });
}

/// What a C program does on exit, in order: atexit handlers, then closing stdio. Without EXIT_RUNTIME there is at most
/// fflush.
std::vector<const FuncInst*> exit_functions(const Instance& instance) {
  std::vector<const FuncInst*> functions;
  if (const FuncInst* handlers = instance.find_function("__funcs_on_exit")) functions.push_back(handlers);
  const FuncInst* stdio = instance.find_function("__stdio_exit");
  if (stdio == nullptr) stdio = instance.find_function("fflush");
  if (stdio != nullptr) functions.push_back(stdio);
  return functions;
}

/// A function that takes each i64 as two i32, the lower half first: what is left of an i64 on its way through
/// JavaScript without BigInt, which the module beside an emcc -o NAME.js expects.
FuncType without_i64(const FuncType& type) {
  FuncType halved{.params = {}, .results = type.results};
  for (const ValType param : type.params) {
    halved.params.insert(halved.params.end(), param == ValType::i64 ? 2 : 1,
                         param == ValType::i64 ? ValType::i32 : param);
  }
  return halved;
}

/// The same function for an import of type `wanted`, if that is its type without i64.
HostEntry legalised(HostEntry entry, const FuncType& wanted) {
  if (entry.type == wanted || without_i64(entry.type) != wanted) return entry;
  HostFunction halved = [entry](HostCall& call) {
    std::vector<uint64_t> arguments;
    size_t next = 0;
    for (const ValType param : entry.type.params) {
      arguments.push_back(call.args[next++]);
      if (param == ValType::i64) arguments.back() |= call.args[next++] << 32;
    }
    HostCall whole{call.agent, call.caller, arguments, call.results};
    return entry.function(whole);
  };
  return {wanted, std::move(halved)};
}

}  // namespace

/// One function of "env" that concerns threads or the program; the names are 3.1.6's and, where they differ, later
/// ones'.
struct EmscriptenHost::Row {
  std::string_view name, later_name;
  std::string_view signatures;
  HostOutcome (EmscriptenHost::*function)(GuestThread&, HostCall&);
};

const EmscriptenHost::Row EmscriptenHost::kFunctions[] = {
    {"__emscripten_init_main_thread_js", "_emscripten_init_main_thread_js", "i:", &EmscriptenHost::init_main_thread},
    {"__pthread_create_js", "", "iiii:i", &EmscriptenHost::pthread_create},
    {"__emscripten_thread_cleanup", "_emscripten_thread_cleanup", "i:", &EmscriptenHost::thread_cleanup},
    {"_emscripten_default_pthread_stack_size", "", ":i", &EmscriptenHost::default_stack_size},
    {"__call_main", "", "ii:i|ii:", &EmscriptenHost::call_main},
    {"exit", "", "i:", &EmscriptenHost::exit},
};

std::optional<HostEntry> EmscriptenHost::find(const Import& import, const FuncType& wanted, GuestThread& thread) {
  if (import.module != "env") {
    auto entry = ProgramHost::find(import, wanted, thread);
    return entry ? std::optional(legalised(*std::move(entry), wanted)) : std::nullopt;
  }
  for (const Row& row : kFunctions) {
    if (import.name != row.name && (row.later_name.empty() || import.name != row.later_name)) continue;
    return HostEntry{host_type(row.signatures, wanted), [this, &thread, function = row.function](HostCall& call) {
                       return (this->*function)(thread, call);
                     }};
  }
  return find_emscripten_system(import.name, wanted);
}

std::vector<std::string_view> EmscriptenHost::entry_points() const {
  // With -sPROXY_TO_PTHREAD the first starts a pthread that calls __call_main.
  return {"emscripten_proxy_main", "_emscripten_proxy_main", "main", "__main_argc_argv", "_start"};
}

bool EmscriptenHost::initialize(GuestThread& thread) {
  // The constructors come first and call __emscripten_init_main_thread_js.
  return thread.call_if_exported({"__wasm_call_ctors"});
}

void EmscriptenHost::start(GuestThread& thread, const FuncInst& entry) {
  const auto arguments = main_arguments(thread, entry.type);
  if (!arguments) return;
  const auto results = thread.call(entry, *arguments);
  if (!results) return;
  // The proxied main runs on; whoever calls exit() or ends last decides.
  if (&entry == thread.find({"emscripten_proxy_main", "_emscripten_proxy_main"})) return;
  if (!finalize(thread)) return;
  const uint32_t status = results->empty() ? 0 : results->front().as_i32();
  thread.group().finish({.kind = ProgramResult::Kind::exited, .status = status});
}

bool EmscriptenHost::finalize(GuestThread& thread) {
  if (claim_exit(thread) != Claim::granted) return false;
  for (const FuncInst* function : exit_functions(*thread.instance())) {
    if (!thread.call(*function, std::vector<Value>(function->type.params.size(), Value::i32(0)))) return false;
  }
  return true;
}

std::optional<std::vector<Value>> EmscriptenHost::main_arguments(GuestThread& thread, const FuncType& type) {
  if (type.params.empty()) return std::vector<Value>{};
  const FuncInst* allocate = thread.find({"stackAlloc", "_emscripten_stack_alloc", "malloc"});
  if (type.params != host_type("ii:").params || allocate == nullptr || allocate->type != host_type("i:i")) {
    thread.fail(
        {ErrorKind::unlinkable, fmt::format("main has type {}, or there is no stackAlloc", to_string(type)), ""});
    return std::nullopt;
  }
  // argv as C has it: pointers, a null pointer, then the strings.
  const std::vector<std::string>& args = context_.options.args;
  std::vector<uint32_t> pointers;
  std::string strings;
  for (const std::string& arg : args) {
    pointers.push_back(static_cast<uint32_t>((args.size() + 1) * sizeof(uint32_t) + strings.size()));
    strings.append(arg.c_str(), arg.size() + 1);
  }
  const auto size = static_cast<uint32_t>((args.size() + 1) * sizeof(uint32_t) + strings.size());
  const auto block = thread.call(*allocate, {Value::i32(size)});
  if (!block) return std::nullopt;
  const uint32_t base = block->front().as_i32();
  for (uint32_t& pointer : pointers) pointer += base;
  pointers.push_back(0);
  Memory& memory = *thread.instance()->memories.front();
  const std::span pointer_bytes(reinterpret_cast<const uint8_t*>(pointers.data()), pointers.size() * sizeof(uint32_t));
  const std::span string_bytes(reinterpret_cast<const uint8_t*>(strings.data()), strings.size());
  if (!memory.write(base, pointer_bytes) || !memory.write(base + pointer_bytes.size(), string_bytes)) {
    thread.fail({ErrorKind::trap, "out of bounds memory access: the arguments do not fit into the guest's memory", ""});
    return std::nullopt;
  }
  return std::vector<Value>{Value::i32(static_cast<uint32_t>(args.size())), Value::i32(base)};
}

HostOutcome EmscriptenHost::init_main_thread(GuestThread&, HostCall& call) {
  const FuncInst* init = call.caller->find_function("_emscripten_thread_init");
  const FuncInst* tls = call.caller->find_function("emscripten_tls_init");
  if (tls == nullptr) tls = call.caller->find_function("_emscripten_tls_init");
  if (init == nullptr || tls == nullptr)
    return HostOutcome::trap("the module does not export _emscripten_thread_init and emscripten_tls_init");
  return HostOutcome::call(init, thread_init_arguments(*init, call.i32(0), true), [tls](HostCall&) {
    return HostOutcome::call(tls, {}, [](HostCall&) { return HostOutcome::done(); });
  });
}

HostOutcome EmscriptenHost::pthread_create(GuestThread&, HostCall& call) {
  const Memory& memory = *call.memory();
  Start start{.self = call.i32(0), .routine = call.i32(2), .argument = call.i32(3)};
  // Now, on the creator's thread: the attributes may be gone when the new thread runs. -1 marks a C11 thread, which has
  // none.
  const uint32_t attributes = call.i32(1);
  const bool has_attributes = attributes != 0 && attributes != ~uint32_t{0};
  start.stack_size = has_attributes ? memory.load<uint32_t>(attributes).value_or(0) : stack_size();
  // struct pthread has the stack's top and size side by side, at a place that moved between versions: 44, 52, 48.
  bool no_memory = false;
  for (uint32_t offset = 40; offset <= 64 && start.stack_top == 0; offset += 4) {
    const auto top = memory.load<uint32_t>(uint64_t{start.self} + offset);
    const auto size = memory.load<uint32_t>(uint64_t{start.self} + offset + 4);
    if (top && size && *size == start.stack_size && *top > *size && *top <= memory.size()) start.stack_top = *top;
    // A stack that begins at 0: 3.1.6 does not ask whether its malloc had one. 4.0.0 has both in one, and passes it.
    if (top && size && *size == start.stack_size && *top == *size) no_memory = true;
  }
  if (start.self == 0 || (start.stack_top == 0 && no_memory)) return HostOutcome::done(call, kEagain);
  if (start.stack_top == 0)
    return HostOutcome::trap("__pthread_create_js: no stack found in struct pthread; which Emscripten is this?");
  return spawn(call, start);
}

HostOutcome EmscriptenHost::spawn(HostCall& call, const Start& start) {
  const FuncInst* free_data = call.caller->find_function("_emscripten_thread_free_data");
  if (free_data != nullptr) {
    if (const std::optional<Pthread> dead = next_to_free(call.agent)) {
      return HostOutcome::call(free_data, {Value::i32(*dead)},
                               [this, start](HostCall& then) { return spawn(then, start); });
    }
  }
  const Result<uint32_t> id =
      context_.threads.spawn(call.agent, [this, start](GuestThread& thread) { lead_pthread(thread, start); });
  return HostOutcome::done(call, id ? 0 : kEagain);
}

void EmscriptenHost::lead_pthread(GuestThread& thread, const Start& start) {
  {
    const MutexLock lock(mutex_);
    pthreads_[start.self] = thread.id();
  }
  if (!instantiate(thread)) return;
  const FuncInst* init = thread.find({"_emscripten_thread_init"});
  const FuncInst* routine = table_function(*thread.instance(), start.routine);
  const FuncInst* restore = thread.find({"stackRestore", "_emscripten_stack_restore"});
  const FuncInst* exit = thread.find({"_emscripten_thread_exit"});
  if (init == nullptr || restore == nullptr || exit == nullptr) {
    return thread.fail(
        {ErrorKind::unlinkable, "no exports _emscripten_thread_init, stackRestore and _emscripten_thread_exit", ""});
  }
  if (routine == nullptr)
    return thread.fail({ErrorKind::trap, "uninitialized element: the start routine of a pthread", ""});
  if (routine->type.params != host_type("i:").params) {
    return thread.fail({ErrorKind::trap, "indirect call type mismatch: the start routine of a pthread", ""});
  }
  const Value top = Value::i32(start.stack_top), bottom = Value::i32(start.stack_top - start.stack_size);
  if (!thread.call_if_exported({"emscripten_stack_set_limits"}, {top, bottom})) return;
  if (!thread.call(*restore, {top})) return;
  if (!thread.call(*init, thread_init_arguments(*init, start.self, false))) return;
  if (!thread.call_if_exported({"emscripten_tls_init", "_emscripten_tls_init"})) return;
  const auto result = thread.call(*routine, {Value::i32(start.argument)});
  if (!result) return;  // pthread_exit() has called _emscripten_thread_exit itself before it unwound
  thread.call(*exit, {result->empty() ? Value::i32(0) : result->front()});
}

HostOutcome EmscriptenHost::thread_cleanup(GuestThread& thread, HostCall& call) {
  const Pthread dead = call.i32(0);
  uint32_t id = 0;
  {
    const MutexLock lock(mutex_);
    const auto entry = pthreads_.find(dead);
    if (entry == pthreads_.end()) return HostOutcome::done();
    id = entry->second;
    pthreads_.erase(entry);
    if (id == thread.id()) {
      // A detached thread, still on the stack that is to be freed: whoever creates the next thread will.
      detached_.emplace_back(dead, id);
      return HostOutcome::done();
    }
  }
  // Its joiner: the thread has published its end, but may not have left its stack yet.
  if (!context_.threads.wait_until_over(call.agent, id)) return HostOutcome::stopped();
  const FuncInst* free_data = call.caller->find_function("_emscripten_thread_free_data");
  if (free_data == nullptr) return HostOutcome::done();
  return HostOutcome::call(free_data, {Value::i32(dead)}, [](HostCall&) { return HostOutcome::done(); });
}

std::optional<EmscriptenHost::Pthread> EmscriptenHost::next_to_free(const Agent& asker) {
  std::vector<std::pair<Pthread, uint32_t>> candidates;
  {
    const MutexLock lock(mutex_);
    candidates = detached_;
  }
  for (const auto& candidate : candidates) {
    if (!context_.threads.is_over(asker, candidate.second)) continue;
    const MutexLock lock(mutex_);
    if (std::erase(detached_, candidate) != 0) return candidate.first;  // else another thread was faster
  }
  return std::nullopt;
}

uint32_t EmscriptenHost::stack_size() const {
  // 3.1.6 gave each pthread 2 MiB, today's Emscripten 64 KiB. An overflow goes unnoticed, so as much as is harmless:
  // when all threads that the program may have are alive, their stacks take a quarter of the memory.
  constexpr uint64_t kLeast = 64 << 10, kMost = 2 << 20;
  if (shared_memory() == nullptr) return kLeast;
  const uint64_t memory = shared_memory()->type().limits.max.value_or(0) * kPageSize;
  return static_cast<uint32_t>(
      std::clamp(memory / 4 / std::max<uint64_t>(1, context_.options.max_threads), kLeast, kMost) / 16 * 16);
}

HostOutcome EmscriptenHost::default_stack_size(GuestThread&, HostCall& call) {
  return HostOutcome::done(call, stack_size());
}

HostOutcome EmscriptenHost::call_main(GuestThread& thread, HostCall& call) {
  const FuncInst* main = call.caller->find_function("main");
  if (main == nullptr) main = call.caller->find_function("__main_argc_argv");
  if (main == nullptr) return HostOutcome::trap("__call_main: the module does not export main");
  std::vector<Value> arguments;
  for (size_t i = 0; i < main->type.params.size() && i < call.args.size(); ++i)
    arguments.push_back(Value::i32(call.i32(i)));
  return HostOutcome::call(main, std::move(arguments), [this, &thread](HostCall& then) {
    return exit_with(thread, then, then.args.empty() ? 0 : then.i32(0));
  });
}

HostOutcome EmscriptenHost::exit(GuestThread& thread, HostCall& call) { return exit_with(thread, call, call.i32(0)); }

HostOutcome EmscriptenHost::exit_with(GuestThread& thread, HostCall& call, uint32_t status) {
  switch (claim_exit(thread)) {
    case Claim::stopped: return HostOutcome::stopped();
    case Claim::nested: return HostOutcome::exit(status);
    case Claim::granted: break;
  }
  return call_each(call, exit_functions(*call.caller), [status](HostCall&) { return HostOutcome::exit(status); });
}

EmscriptenHost::Claim EmscriptenHost::claim_exit(GuestThread& thread) {
  const GuestThread* owner = nullptr;
  if (exiting_.compare_exchange_strong(owner, &thread)) return Claim::granted;
  if (owner == &thread) return Claim::nested;
  wait_ready(thread.agent(), {}, std::nullopt);
  return Claim::stopped;
}

}  // namespace weft
