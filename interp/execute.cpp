// SPDX-License-Identifier: Apache-2.0
#include "interp/execute.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include <fmt/format.h>

#include "interp/digest.h"
#include "interp/limits.h"

namespace weft {
namespace {

/// The code that a base frame, or a frame that a host function asked for, returns to.
struct Stub {
  explicit Stub(Internal code) {
    for (const Engine engine : {Engine::fast, Engine::observed, Engine::checked}) {
      cells[static_cast<size_t>(engine)] = {handler_cell(engine, index_of(code)), Cell{.u = 0}};
    }
  }
  const Cell* pc(Engine engine) const { return cells[static_cast<size_t>(engine)].data(); }
  bool is(const Cell* pc) const {
    return std::any_of(cells.begin(), cells.end(), [pc](const auto& each) { return each.data() == pc; });
  }
  std::array<std::array<Cell, 2>, kEngineCount> cells;
};

const Stub& finish_stub() {
  static const Stub kStub(Internal::finish);
  return kStub;
}
const Stub& host_return_stub() {
  static const Stub kStub(Internal::host_return);
  return kStub;
}

bool is_stub(const Cell* pc) { return finish_stub().is(pc) || host_return_stub().is(pc); }

/// Slots where a function finds its arguments and leaves its results.
uint64_t exchange_slots(const FuncInst& function) {
  return std::max(slots(function.type.params), slots(function.type.results));
}

/// Where a function that a host function asks to call finds its arguments: behind the host's own, and a slot further at
/// least, so that the stack bounds how many host functions can wait for one another.
Slot* nested_slots(Slot* fp, const FuncInst& host) { return fp + std::max<uint64_t>(exchange_slots(host), 1); }

void put_values(std::span<const Value> values, Slot* to) {
  for (const Value& value : values) {
    *to++ = value.lo;
    if (value.type == ValType::v128) *to++ = value.hi;
  }
}

/// An i32 of a host function may have anything in its upper half.
void put_results(const std::vector<ValType>& types, std::span<const uint64_t> results, Slot* to) {
  std::copy(results.begin(), results.end(), to);
  for (const ValType type : types) {
    if (type == ValType::i32) *to = static_cast<uint32_t>(*to);
    to += slots(type);
  }
}

std::vector<Value> get_values(const std::vector<ValType>& types, const Slot* from) {
  std::vector<Value> values;
  for (const ValType type : types) {
    Value value{type, *from++, 0};
    if (type == ValType::v128) value.hi = *from++;
    values.push_back(value);
  }
  return values;
}

}  // namespace

#if WEFT_TAIL_CALLS
Cell handler_cell(Engine engine, CodeIndex code) {
  switch (engine) {
    case Engine::fast: return tail_handler(code);
    case Engine::checked: return checked_tail_handler(code);
    case Engine::observed: break;
  }
  return Cell{.u = code};
}
#else
Cell handler_cell(Engine, CodeIndex code) { return Cell{.u = code}; }
#endif

// How a run ends.

bool Machine::recover(Registers& r, Trap trap) {
  Agent& agent = *r.agent;
  const Memory* memory = r.instance != nullptr ? r.instance->memory0 : nullptr;
  if (trap == Trap::out_of_bounds_memory_access && memory != nullptr && memory->size() > r.memory_size) {
    r.memory_size = memory->size();
    return true;
  }
  if (trap == Trap::call_stack_exhausted) {
    agent.stack_limit_.load(
        std::memory_order_acquire);  // whoever saw the limit that stop() set shall see its flag too, on any machine
    if (agent.stop_requested()) trap = stopped(agent);
  }
  if (trap != Trap::completed) {
    agent.completion_ = Completion::trapped;
    agent.error_ = {is_exhaustion(trap) ? ErrorKind::exhaustion : ErrorKind::trap, std::string(phrase(trap)), {}};
  }
  save(r);
  return false;
}

Trap Machine::uninitialized_element(Agent& agent, uint64_t index) {
  agent.completion_ = Completion::trapped;
  agent.error_ = {ErrorKind::trap, fmt::format("{} {}", phrase(Trap::uninitialized_element), index), {}};
  return Trap::completed;
}

Trap Machine::stopped(Agent& agent) {
  agent.completion_ = Completion::stopped;
  return Trap::completed;
}

Trap Machine::finish(Agent& agent) {
  agent.completion_ = Completion::returned;
  agent.results_ = get_values(agent.entry_->type.results, reinterpret_cast<const Slot*>(agent.stack_.base()));
  return Trap::completed;
}

void Machine::save(const Registers& registers) { registers.agent->registers_ = registers; }

void Machine::pause(const Registers& registers, const Action& action) {
  save(registers);
  registers.agent->pending_ = action;
  registers.agent->completion_ = Completion::paused;
}

bool Machine::fits(const Agent& agent, const Slot* from, uint64_t count) {
  return reinterpret_cast<uintptr_t>(from) + sizeof(Slot) * count <= stack_limit(agent);
}

// Calls.

void Machine::start(Agent& agent, const FuncInst& function, std::span<const Value> arguments) {
  agent.entry_ = &function;
  agent.host_ = nullptr;
  agent.results_.clear();
  agent.error_ = {};
  agent.continuations_.clear();
  agent.pending_.reset();
  agent.completion_ = Completion::paused;
  Slot* base = reinterpret_cast<Slot*>(agent.stack_.base());
  Registers r;
  r.agent = &agent;
  r.fp = base;
  r.pc = finish_stub().pc(agent.store_.options().engine);
  if (function.instance != nullptr) enter_instance(r, function.instance);
  Trap trap = Trap::call_stack_exhausted;  // when not even the arguments or results fit
  if (agent.stop_requested()) {
    trap = stopped(agent);
  } else if (fits(agent, base, exchange_slots(function))) {
    put_values(arguments, base);
    trap = call(r, function, base, r.pc);
  }
  if (trap == Trap::none) {
    save(r);
  } else {
    recover(r, trap);
  }
}

void Machine::run(Agent& agent, std::optional<Answer> answer) {
  if (agent.completion_ != Completion::paused) return;
  Registers r = agent.registers_;
  if (agent.store_.options().engine == Engine::fast) return run_fast(r);
  if (agent.store_.options().engine == Engine::checked) return run_checked(r);
  const bool pending = std::exchange(agent.pending_, std::nullopt).has_value();
  run_observed(r, agent.observation_, pending, answer);
}

Trap Machine::call(Registers& r, const FuncInst& callee, Slot* fp, const Cell* return_pc, bool is_tail_call) {
  if (callee.code == nullptr) {
    return run_host(r, callee.host, callee, std::span(fp, slots(callee.type.params)), fp, r.fp, return_pc,
                    is_tail_call);
  }
  const Trap trap = enter(r, *callee.code, fp, return_pc);
  if (trap == Trap::none && callee.instance != r.instance) enter_instance(r, callee.instance);
  return trap;
}

Trap Machine::run_host(Registers& r, const HostFunction& first, const FuncInst& first_host,
                       std::span<const uint64_t> args, Slot* fp, Slot* caller_fp, const Cell* return_pc,
                       bool is_tail_call) {
  Agent& agent = *r.agent;
  const HostFunction* function = &first;
  const FuncInst* host = &first_host;
  for (;;) {  // once for each host function that the one before asked to call
    agent.host_ = host;
    save(r);  // for a backtrace while it runs
    std::array<uint64_t, 4> few{};
    std::vector<uint64_t> many;
    std::span<uint64_t> results(few);
    if (const size_t count = slots(host->type.results); count > few.size()) {
      many.resize(count), results = many;
    } else {
      results = results.first(count);
    }
    HostCall call_data{agent, r.instance, args, results};
    HostOutcome outcome = *function ? (*function)(call_data) : HostOutcome::done();
    switch (outcome.kind()) {
      case HostOutcome::Kind::done:
        agent.host_ = nullptr;
        put_results(host->type.results, results, fp);
        if (!results.empty()) {  // as return_one, return_f32, return_f64
          r.accumulator = fp[0];
          r.f32_accumulator = std::bit_cast<float>(static_cast<uint32_t>(fp[0]));
          r.f64_accumulator = std::bit_cast<double>(fp[0]);
        }
        r.fp = caller_fp;
        r.pc = return_pc;
        return Trap::none;
      case HostOutcome::Kind::call: {
        const FuncInst& callee = *outcome.function();
        Slot* nested = nested_slots(fp, *host);
        if (!fits(agent, nested, exchange_slots(callee))) return Trap::call_stack_exhausted;
        put_values(outcome.arguments(), nested);
        agent.continuations_.push_back(
            {std::move(outcome.then()), host, &callee, fp, caller_fp, return_pc, std::exchange(is_tail_call, false)});
        agent.host_ = nullptr;
        r.fp = fp;
        r.pc = host_return_stub().pc(agent.store_.options().engine);  // the host function now stands in its call
        if (callee.code != nullptr) return call(r, callee, nested, r.pc);
        function = &callee.host, host = &callee;
        args = std::span(nested, slots(callee.type.params));
        caller_fp = std::exchange(fp, nested);
        return_pc = r.pc;
        break;
      }
      case HostOutcome::Kind::trap:
        agent.completion_ = Completion::trapped;
        agent.error_ = {ErrorKind::trap, outcome.message(), {}};
        return Trap::completed;
      case HostOutcome::Kind::exit:
        agent.completion_ = Completion::exited;
        agent.exit_status_ = outcome.status();
        return Trap::completed;
      case HostOutcome::Kind::unwind: agent.completion_ = Completion::unwound; return Trap::completed;
      case HostOutcome::Kind::stopped: return stopped(agent);
    }
  }
}

Trap Machine::host_return(Registers& r) {
  Agent& agent = *r.agent;
  Agent::Continuation done = std::move(agent.continuations_.back());
  agent.continuations_.pop_back();
  const Slot* nested = nested_slots(done.fp, *done.host);
  r.fp = done.caller_fp;  // the host function runs again, on behalf of its caller
  r.pc = is_stub(done.return_pc) ? done.return_pc : done.return_pc - 1;
  return run_host(r, done.then, *done.host, std::span(nested, slots(done.callee->type.results)), done.fp,
                  done.caller_fp, done.return_pc, done.is_tail_call);
}

// Walking the frames, for exceptions and backtraces.

/// A frame of an agent, from the innermost outwards: one of Wasm, or a host function that waits for a call it asked
/// for.
struct Machine::FrameWalk {
  FrameWalk(const Agent& walked, const Registers& from, HeaderCache* headers = nullptr)
      : agent(walked),
        pc(from.pc),
        fp(from.fp),
        instance(from.instance),
        host(walked.continuations_.size()),
        cache(headers) {}

  bool at_end() const { return pc == nullptr || finish_stub().is(pc); }
  bool at_host() const { return host_return_stub().is(pc); }
  /// Of a host function.
  const Agent::Continuation& continuation() const { return agent.continuations_[host - 1]; }
  /// Of a frame of Wasm.
  const LoweredModule& code() const { return instance->code->code(agent.store_.options().engine); }

  void go_out() {
    if (at_host()) {
      pc = continuation().return_pc;
      fp = continuation().caller_fp;
      --host;
    } else {
      const Slot* header = fp + (cache == nullptr ? code().function_at(pc).header : cache->header_of(code(), pc));
      pc = reinterpret_cast<const Cell*>(static_cast<uintptr_t>(header[0]));
      fp = reinterpret_cast<Slot*>(static_cast<uintptr_t>(header[1]));
      instance = reinterpret_cast<Instance*>(static_cast<uintptr_t>(header[2]));
    }
    if (!is_stub(pc)) --pc;  // a return address: the call is before it
  }

  const Agent& agent;
  const Cell* pc;
  Slot* fp;
  Instance* instance;
  size_t host;         ///< so many of the agent's continuations are outside of this frame, or it
  HeaderCache* cache;  ///< or null
};

// Exceptions.

Trap Machine::throw_new(Registers& r, const TagInst& tag, const Slot* values) {
  save(r);  // for the collector
  return throw_(r, r.agent->store_.add_exception(tag, std::vector<uint64_t>(values, values + slots(tag.type.params))));
}

Trap Machine::throw_(Registers& r, const Exception& exception) {
  Agent& agent = *r.agent;
  bool was_left = false;  // by a tail call to a host function
  for (FrameWalk frame(agent, r); !frame.at_end(); frame.go_out()) {
    if (frame.at_host()) {  // no host function catches
      was_left = frame.continuation().is_tail_call;
      continue;
    }
    if (std::exchange(was_left, false)) continue;
    const LoweredModule& code = frame.code();
    const LoweredFunction& function = code.function_at(frame.pc);
    uint32_t region = function.region_at(static_cast<uint32_t>(frame.pc - code.cells.data()));
    for (; region != kNone; region = function.regions[region].parent) {
      for (const CatchHandler& handler : function.regions[region].handlers) {
        if (handler.tag && frame.instance->tags[*handler.tag] != exception.tag) continue;
        Slot* fp = frame.fp;
        if (handler.values_slot != kNone) {
          std::copy(exception.values.begin(), exception.values.end(), fp + handler.values_slot);
        }
        if (handler.reference_slot != kNone) fp[handler.reference_slot] = reinterpret_cast<uintptr_t>(&exception);
        agent.continuations_.resize(frame.host);
        if (frame.instance != r.instance) enter_instance(r, frame.instance);
        r.fp = fp;
        r.pc = &code.cells[handler.target];
        return Trap::none;
      }
    }
  }
  agent.completion_ = Completion::trapped;
  agent.error_ = {ErrorKind::exception, "uncaught exception", {}};
  return Trap::completed;
}

void Machine::exception_roots(const Agent& agent, const std::function<void(uint64_t)>& mark) {
  for (const Value& result : agent.results_) mark(result.lo);
  const Slot* fp = agent.registers_.fp;
  if (fp == nullptr) return;
  const Slot* const base = reinterpret_cast<const Slot*>(agent.stack_.base());
  const Slot* const end = base + agent.stack_.size() / sizeof(Slot);
  std::for_each(base, static_cast<uint64_t>(end - fp) > kMaxFrameSlots ? fp + kMaxFrameSlots : end, mark);
}

uint64_t Machine::digest(const Agent& agent) {
  const Registers& r = agent.registers_;
  uint64_t digest = mix(reinterpret_cast<uintptr_t>(r.pc), agent.continuations_.size());
  const FrameWalk innermost(agent, r);
  const Slot* const end = r.fp + innermost.code().function_at(r.pc).frame_slots;
  for (const Slot* slot = reinterpret_cast<const Slot*>(agent.stack_.base()); slot != end; ++slot)
    digest = mix(digest, *slot);
  return digest;
}

// Backtraces.

std::vector<CodePosition> Machine::positions(const Registers& r, size_t limit) {
  if (r.agent == nullptr) return {};  // it never ran
  std::vector<CodePosition> positions;
  for (FrameWalk frame(*r.agent, r); positions.size() < limit && !frame.at_end(); frame.go_out()) {
    if (frame.at_host()) {
      positions.push_back({.host = &frame.continuation().host->name});
    } else {
      positions.push_back({.module = frame.instance->code.get(), .pc = frame.pc});
    }
  }
  return positions;
}

uint64_t Machine::digest_positions(const Registers& r, size_t limit, HeaderCache& cache) {
  uint64_t digest = 0;
  for (FrameWalk frame(*r.agent, r, &cache); limit-- > 0 && !frame.at_end(); frame.go_out()) {
    const void* position = frame.pc;
    if (frame.at_host()) position = frame.continuation().host;
    digest = mix(digest, reinterpret_cast<uintptr_t>(position));
  }
  return digest;
}

std::vector<CodePosition> Machine::positions(const Agent& agent, size_t limit) {
  if (agent.host_ == nullptr || limit == 0) return Machine::positions(agent.registers_, limit);
  std::vector<CodePosition> positions = Machine::positions(agent.registers_, limit - 1);
  positions.insert(positions.begin(), CodePosition{.host = &agent.host_->name});
  return positions;
}

std::vector<BacktraceFrame> Machine::backtrace(const Agent& agent, size_t limit) {
  return describe(positions(agent, limit), agent.store_.options().engine);
}

std::vector<BacktraceFrame> describe(const std::vector<CodePosition>& positions, Engine engine) {
  std::vector<BacktraceFrame> frames;
  for (const CodePosition& position : positions) {
    if (position.host != nullptr) {
      frames.push_back({*position.host, 0, 0});
      continue;
    }
    const LoweredModule& code = position.module->code(engine);
    const uint32_t index = code.function_at(position.pc).index;
    frames.push_back({position.module->module().function_name(index), index, code.offset_at(position.pc)});
  }
  return frames;
}

}  // namespace weft
