// SPDX-License-Identifier: Apache-2.0
//
// The engine: runs register code until its agent ends, stops or pauses.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "interp/agent.h"
#include "interp/instance.h"
#include "interp/lower.h"
#include "interp/register_code.h"
#include "interp/trap.h"

namespace weft {

/// What the first cell of an instruction holds, for this engine: the handler's address, or its index.
Cell handler_cell(Engine engine, CodeIndex code);
Cell tail_handler(CodeIndex code);          // execute_fast.cpp, where there are tail calls
Cell checked_tail_handler(CodeIndex code);  // execute_checked.cpp, likewise
/// What the observed engine's next instruction is.
inline Opcode opcode_at_pc(const Registers& r) { return handled_by(r.pc->u).codes[0]; }

/// What the observer says that an action gives: Agent::resume_with.
struct Answer {
  uint64_t low = 0, high = 0;
};

/// Runs until the agent's completion says why it returned; the registers are then saved in the agent.
void run_fast(Registers registers);
/// The same for the code of Engine::checked.
void run_checked(Registers registers);
/// `pending`: the agent stands before an action that was announced; it gets the answer, or else it happens.
void run_observed(Registers registers, Observation& observation, bool pending, std::optional<Answer> answer);
/// The action that the next instruction is, if it is one that others can see and does not trap.
std::optional<Action> describe_action(const Registers& registers);
/// Gives the next instruction, a shared action, this result and goes past it.
void answer_action(Registers& registers, Answer answer);
/// One instruction at a time; false when completion_ says why it must end.
bool step(Registers& registers);

/// A position of a backtrace: code, or a host function or the like by its name.
struct CodePosition {
  const CompiledModule* module = nullptr;
  const Cell* pc = nullptr;
  const std::string* host = nullptr;
  auto operator<=>(const CodePosition&) const = default;
};

/// Of code for this engine.
std::vector<BacktraceFrame> describe(const std::vector<CodePosition>& positions, Engine engine);

/// Where the headers of frames are, by where the frame stands: what LoweredModule::function_at() knows, faster.
class HeaderCache {
 public:
  uint32_t header_of(const LoweredModule& code, const Cell* pc) {
    Entry& entry = entries_[reinterpret_cast<uintptr_t>(pc) / sizeof(Cell) % entries_.size()];
    if (entry.pc != pc) entry = {pc, code.function_at(pc).header};
    return entry.header;
  }

 private:
  struct Entry {
    const Cell* pc = nullptr;
    uint32_t header = 0;
  };
  std::array<Entry, 256> entries_{};
};

/// The engine's access to an agent, and what several handlers share. What can end the run returns Trap::completed then,
/// with the agent's completion set, or the trap to end it with.
struct Machine {
  /// What to do when a handler returned a trap: true to run the same instruction again, because it only looked out of
  /// bounds of a memory that has grown meanwhile; false to leave, with the completion set.
  static bool recover(Registers& r, Trap trap);
  static Trap uninitialized_element(Agent& agent, uint64_t index);
  static Trap stopped(Agent& agent);
  static void save(const Registers& registers);
  static void pause(const Registers& registers, const Action& action);

  static bool interrupted(const Agent& agent) {
    return agent.interrupt_.load(std::memory_order_relaxed) != 0;
  }  // a flag, see Agent::stop
  static uintptr_t stack_limit(const Agent& agent) {
    return agent.stack_limit_.load(std::memory_order_relaxed);
  }  // likewise
  /// Whether the agent's stack has room for so many slots.
  static bool fits(const Agent& agent, const Slot* from, uint64_t count);
  static WaitCell& wait_cell(Agent& agent) { return agent.wait_cell_; }

  /// Points the registers at another instance; at none when the embedder's own call of a host function goes on.
  static void enter_instance(Registers& r, Instance* instance);
  /// Pushes a frame whose arguments are at `fp`.
  static Trap enter(Registers& r, const LoweredFunction& callee, Slot* fp, const Cell* return_pc);
  /// The callee's frame takes the place of the present one, whose header is at that slot (exec-return_call).
  static Trap replace_frame(Registers& r, const LoweredFunction& callee, const Slot* arguments, uint32_t header);
  /// Unwinds to the handler of the innermost frame that has one for the exception; an uncaught one ends the run, with
  /// nothing unwound (exec-throw_ref).
  static Trap throw_(Registers& r, const Exception& exception);
  static Trap throw_new(Registers& r, const TagInst& tag, const Slot* values);
  /// Calls any function whose arguments are at `fp`. Of a host function it may be a tail call.
  static Trap call(Registers& r, const FuncInst& callee, Slot* fp, const Cell* return_pc, bool is_tail_call = false);

  static void start(Agent& agent, const FuncInst& function, std::span<const Value> arguments);
  /// Runs a started or paused agent. With an answer, the pending action gets that result instead of happening.
  static void run(Agent& agent, std::optional<Answer> answer);
  static Trap finish(Agent& agent);
  static Trap host_return(Registers& r);

  /// Where an agent stands whose registers these are, or are saved: at most so many frames, innermost first.
  static std::vector<CodePosition> positions(const Registers& r, size_t limit);
  static std::vector<CodePosition> positions(const Agent& agent, size_t limit);
  /// A number of those positions.
  static uint64_t digest_positions(const Registers& r, size_t limit, HeaderCache& cache);
  static std::vector<BacktraceFrame> backtrace(const Agent& agent, size_t limit);
  /// Of the frames of an agent whose registers are saved.
  static uint64_t digest(const Agent& agent);

  /// Calls `mark` for every slot of the agent that may hold an exception's address.
  static void exception_roots(const Agent& agent, const std::function<void(uint64_t)>& mark);

 private:
  struct FrameWalk;
  static bool fits_frame(const Agent& agent, const LoweredFunction& callee, const Slot* fp);
  static void lay_frame(const LoweredFunction& callee, Slot* fp, const Cell* return_pc, const Slot* caller_fp,
                        const Instance* caller);
  static Trap run_host(Registers& r, const HostFunction& first, const FuncInst& first_host,
                       std::span<const uint64_t> args, Slot* fp, Slot* caller_fp, const Cell* return_pc,
                       bool is_tail_call);
};

inline void Machine::enter_instance(Registers& r, Instance* instance) {
  r.instance = instance;
  const Memory* memory = instance == nullptr ? nullptr : instance->memory0;
  r.memory = memory == nullptr ? nullptr : memory->base();
  r.memory_size = memory == nullptr ? 0 : memory->size();
}

inline bool Machine::fits_frame(const Agent& agent, const LoweredFunction& callee, const Slot* fp) {
  return reinterpret_cast<uintptr_t>(fp) + sizeof(Slot) * callee.frame_slots <= stack_limit(agent);
}

inline void Machine::lay_frame(const LoweredFunction& callee, Slot* fp, const Cell* return_pc, const Slot* caller_fp,
                               const Instance* caller) {
  Slot* header = fp + callee.header;
  header[0] = reinterpret_cast<uintptr_t>(return_pc);
  header[1] = reinterpret_cast<uintptr_t>(caller_fp);
  header[2] = reinterpret_cast<uintptr_t>(caller);
  Slot* local = header + kHeaderSlots;
  // Few, mostly: a plain loop beats a call of memset.
#if defined(__clang__)
#pragma clang loop unroll(disable) vectorize(disable)
#endif
  for (Slot* const end = local + callee.locals; local != end; ++local) {
    *local = 0;
#if defined(__clang__)
    asm volatile("" : "+r"(local));  // keeps the loop from becoming that call
#endif
  }
}

inline Trap Machine::enter(Registers& r, const LoweredFunction& callee, Slot* fp, const Cell* return_pc) {
  if (!fits_frame(*r.agent, callee, fp)) [[unlikely]]
    return Trap::call_stack_exhausted;
  lay_frame(callee, fp, return_pc, r.fp, r.instance);
  r.fp = fp;
  r.pc = callee.entry;
  return Trap::none;
}

inline Trap Machine::replace_frame(Registers& r, const LoweredFunction& callee, const Slot* arguments,
                                   uint32_t header) {
  if (!fits_frame(*r.agent, callee, r.fp)) [[unlikely]]
    return Trap::call_stack_exhausted;
  const Slot return_pc = r.fp[header], caller_fp = r.fp[header + 1], caller = r.fp[header + 2];
  std::memmove(r.fp, arguments, sizeof(Slot) * callee.params);
  lay_frame(callee, r.fp, reinterpret_cast<const Cell*>(return_pc), reinterpret_cast<const Slot*>(caller_fp),
            reinterpret_cast<const Instance*>(caller));
  r.pc = callee.entry;
  return Trap::none;
}

}  // namespace weft
