// SPDX-License-Identifier: Apache-2.0
//
// Random valid modules on the fast engine, the observed engine and the reference interpreter: results, traps, globals
// and all bytes of memory must agree. The seeds are fixed, so that a failure repeats.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>

#include <fmt/format.h>

#include "interp/lower.h"
#include "interp/tests/module_builder.h"
#include "interp/tests/reference.h"

namespace weft {
namespace {

using namespace weft::testing;

constexpr uint32_t kFuel = 0;         // a global: what is left of loop turns
constexpr uint32_t kFirstGlobal = 1;  // then one of each type
constexpr ValType kTypes[] = {i32, i64, f32, f64};

/// Writes one module of random functions, each of which may call those before it.
class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {
    // The memory that is used: memory 0 or, by chance, behind another one, with addresses of 32 bits or 64.
    if (chance(25)) builder_.memory(0, 1, chance(50)), memory_ = 1;
    if (chance(25)) address_ = i64;
    builder_.memory({{1, 1}, chance(50), address_});
    builder_.global(Value::i32(60));
    for (const ValType type : kTypes) builder_.global(constant_of(type));
    const uint32_t count = 1 + below(4);
    for (uint32_t i = 0; i < count; ++i) function();
    builder_.table(count, count);
    std::vector<uint32_t> all(count);
    for (uint32_t i = 0; i < count; ++i) all[i] = i;
    builder_.elements(SegmentMode::active, 0, 0, all);
  }
  const ModuleBuilder& builder() const { return builder_; }
  Value constant_of(ValType type) {
    static constexpr uint64_t kBits[] = {0,
                                         1,
                                         2,
                                         7,
                                         31,
                                         0x7f,
                                         0x80,
                                         0xffff,
                                         0x7fffffff,
                                         0x80000000,
                                         0xffffffff,
                                         0x3f800000,
                                         0xc0200000,
                                         0x3ff0000000000000,
                                         0xc004000000000000,
                                         0x7fffffffffffffff,
                                         0x8000000000000000,
                                         ~uint64_t{0}};
    const uint64_t bits = chance(20) ? uint64_t{random_()} << 32 | random_() : kBits[below(std::size(kBits))];
    return {type, type == i32 || type == f32 ? bits & 0xffffffff : bits, 0};
  }

 private:
  struct Frame {
    std::vector<ValType> label;  ///< what a branch to it carries
    std::vector<ValType> results;
    size_t height;
    bool is_loop;
  };

  uint32_t below(size_t bound) { return static_cast<uint32_t>(random_() % bound); }
  bool chance(uint32_t percent) { return below(100) < percent; }
  ValType any_type() { return kTypes[below(std::size(kTypes))]; }
  /// Now and then so many that branches move them as a block.
  std::vector<ValType> any_types(size_t at_most) {
    std::vector<ValType> types(below((chance(6) ? 14 : at_most) + 1));
    for (ValType& type : types) type = any_type();
    return types;
  }
  void emit(const Piece& piece) { code_.push_back(piece); }

  void function() {
    FuncType type{any_types(3), any_types(3)};
    code_.clear(), stack_.clear(), frames_.clear();
    locals_ = type.params;
    std::vector<ValType> own;
    for (const ValType local : kTypes) own.insert(own.end(), {local, local});
    locals_.insert(locals_.end(), own.begin(), own.end());
    budget_ = 80;
    frames_.push_back({type.results, type.results, 0, false});
    body();
    functions_.push_back(type);
    builder_.function(fmt::format("f{}", functions_.size() - 1), type, code_, own);
  }

  /// Statements, and then exactly the results of the innermost frame.
  void body() {
    const size_t height = frames_.back().height;
    bool reachable = true;
    for (uint32_t i = below(5); i-- > 0;) {
      statement();
      if (reachable && chance(4)) leave(), reachable = false;  // what follows cannot be reached, but must be valid
    }
    const std::vector<ValType> results = frames_.back().results;
    // What is on the stack already may be the first results; what does not fit is dropped.
    size_t kept = 0;
    while (kept < results.size() && height + kept < stack_.size() && stack_[height + kept] == results[kept]) ++kept;
    while (stack_.size() > height + kept) drop();
    while (kept < results.size()) value(results[kept++]);
    stack_.resize(height);
  }

  void drop() { emit(Op::drop), stack_.pop_back(); }

  /// Leaves the function's reachable code by a branch that is always taken.
  void leave() {
    const size_t before = stack_.size();
    const uint32_t depth = forward_label();
    const std::vector<ValType> types = label(depth).label;
    for (const ValType type : types) value(type);
    if (const auto callee = callee_of(types); depth + 1 == frames_.size() && callee && chance(50)) {
      for (size_t i = 0; i < types.size(); ++i) drop();
      arguments_of(*callee);
      if (chance(50))
        emit(return_call(*callee));
      else
        emit(i32_const(*callee)), emit(return_call_indirect(builder_.type(functions_[*callee])));
    } else if (chance(40)) {
      value(i32);
      std::vector<uint32_t> depths(1 + below(4), depth);
      for (uint32_t& other : depths) {
        if (const uint32_t candidate = forward_label(); label(candidate).label == types) other = candidate;
      }
      emit(br_table(depths));
    } else if (chance(10)) {
      emit(Op::unreachable);
    } else {
      emit(br(depth));
    }
    stack_.resize(before);
    // The operand stack is polymorphic now; what stood below stays usable for the generator, which pushes whatever it
    // pops.
    stack_.resize(frames_.back().height);
  }

  Frame& label(uint32_t depth) { return frames_[frames_.size() - 1 - depth]; }
  /// A label that is not a loop's; the function's, when chance finds no other.
  uint32_t forward_label() {
    const uint32_t depth = below(frames_.size());
    return label(depth).is_loop ? static_cast<uint32_t>(frames_.size()) - 1 : depth;
  }

  void statement() {
    if (budget_ <= 0) return;
    --budget_;
    switch (below(12)) {
      case 0:
      case 1: {
        const uint32_t local = below(locals_.size());
        value(locals_[local]);
        emit(local_set(local)), stack_.pop_back();
        return;
      }
      case 2: return store();
      case 3: {
        const uint32_t global = below(std::size(kTypes));
        value(kTypes[global]);
        emit(global_set(kFirstGlobal + global)), stack_.pop_back();
        return;
      }
      case 4:
      case 5: return block_of(any_types(2), 2);
      case 6: return branch_if();
      case 7: return call_any();
      case 8: value(any_type()); return drop();
      default: {  // a value that stays on the stack, often one that the block ends with
        const Frame& frame = frames_.back();
        const size_t here = stack_.size() - frame.height;
        return value(here < frame.results.size() && chance(70) ? frame.results[here] : any_type());
      }
    }
  }

  void branch_if() {
    const uint32_t depth = below(frames_.size());
    const std::vector<ValType> types = label(depth).label;
    for (const ValType type : types) value(type);
    if (label(depth).is_loop) {
      emit(global_get(kFuel)), emit(i32_const(0)), emit(Op::i32_gt_s), stack_.push_back(i32);
    } else {
      value(i32);
    }
    emit(br_if(depth)), stack_.pop_back();
  }

  /// A block, loop or if with these results, which takes what it finds on the stack of its frame as parameters.
  void block_of(const std::vector<ValType>& results, size_t most_params) {
    const Op op = std::array{Op::block, Op::loop, Op::if_}[below(3)];
    const size_t count = std::min<size_t>(stack_.size() - frames_.back().height, below(most_params + 1));
    if (op == Op::if_) value(i32), stack_.pop_back();
    const std::vector<ValType> params(stack_.end() - static_cast<ptrdiff_t>(count), stack_.end());
    const uint32_t type = builder_.type({params, results});
    if (params.empty() && results.empty())
      emit(block(op));
    else if (params.empty() && results.size() == 1 && chance(70))
      emit(block(op, results[0]));
    else
      emit(block_of_type(op, type));
    const size_t height = stack_.size() - count;
    frames_.push_back({op == Op::loop ? params : results, results, height, op == Op::loop});
    if (op == Op::loop) {
      emit(global_get(kFuel)), emit(i32_const(1)), emit(Op::i32_sub), emit(global_set(kFuel));
    }
    body();
    if (op == Op::if_ && (params != results || chance(60))) {
      emit(Op::else_);
      stack_.insert(stack_.end(), params.begin(), params.end());
      body();
    }
    emit(Op::end);
    frames_.pop_back();
    stack_.insert(stack_.end(), results.begin(), results.end());
  }

  /// A function with these results, if there is one.
  std::optional<uint32_t> callee_of(const std::vector<ValType>& results) const {
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      if (functions_[i].results == results) return i;
    }
    return std::nullopt;
  }
  void arguments_of(uint32_t callee) {
    for (const ValType param : std::vector(functions_[callee].params)) value(param);
  }

  void call_any() {
    if (functions_.empty()) return;
    const uint32_t callee = below(functions_.size());
    const FuncType type = functions_[callee];
    arguments_of(callee);
    if (chance(50))
      emit(call(callee));
    else
      emit(i32_const(below(50) > 0 ? callee : below(6))), emit(call_indirect(builder_.type(type)));
    stack_.resize(stack_.size() - type.params.size());
    stack_.insert(stack_.end(), type.results.begin(), type.results.end());
  }

  /// An address, mostly within memory and a multiple of 8.
  void address() {
    value(i32);
    if (below(300) > 0) emit(i32_const(0x7ff8)), emit(Op::i32_and);
    if (address_ == i64) emit(Op::i64_extend_i32_u);
  }

  Op random_row(auto&& wanted) {
    for (;;) {
      const Op op = static_cast<Op>(below(kInstructionCount));
      if (wanted(op, info(op))) return op;
    }
  }

  static bool is_simple_access(const InstrInfo& row) {
    switch (row.instr_class) {
      case InstrClass::load:
      case InstrClass::store:
      case InstrClass::atomic_load:
      case InstrClass::atomic_store:
      case InstrClass::atomic_rmw:
      case InstrClass::atomic_cmpxchg: return true;
      default: return false;
    }
  }

  void accesses(Op op) {
    address();
    const std::string_view operands = info(op).operands();
    for (size_t i = 1; i < operands.size(); ++i) value(type_of(operands[i]));
    emit(access(op, info(op).feature == Feature::threads ? 8 * below(8) : below(64), memory_));
    stack_.resize(stack_.size() - operands.size());
  }

  void store() {
    accesses(random_row([](Op, const InstrInfo& row) { return is_simple_access(row) && row.results().empty(); }));
  }

  /// Pushes a value of this type.
  void value(ValType type) {
    const size_t height = stack_.size();
    --budget_;
    switch (budget_ <= 0 ? below(3) : below(13)) {
      case 0: emit(constant(constant_of(type))); break;
      case 1:
      case 2: {
        const auto local = static_cast<uint32_t>(std::find(locals_.begin(), locals_.end(), type) - locals_.begin());
        emit(local_get(local));
        break;
      }
      case 3:
        emit(global_get(kFirstGlobal + static_cast<uint32_t>(std::find(kTypes, kTypes + 4, type) - kTypes)));
        break;
      case 4: {
        value(type);
        const auto last = std::find(locals_.rbegin(), locals_.rend(), type);
        emit(local_tee(static_cast<uint32_t>(locals_.rend() - last) - 1));
        break;
      }
      case 5: {
        value(type), value(type), value(i32);
        emit(Op::select);
        break;
      }
      case 6:
        accesses(random_row([type](Op, const InstrInfo& row) {
          return is_simple_access(row) && !row.results().empty() && type_of(row.results()[0]) == type;
        }));
        break;
      case 7: return block_of({type}, 0);  // what is below belongs to the expression
      default: {
        const Op op = random_row([this, type](Op candidate, const InstrInfo& row) {
          if (!is_numeric_row(candidate) || type_of(row.results()[0]) != type) return false;
          const bool partial = compute(candidate, ~uint64_t{0}, 0).trap != Trap::none;  // by zero, or of a NaN
          return !partial || chance(5);
        });
        for (const char operand : info(op).operands()) value(type_of(operand));
        emit(op);
        break;
      }
    }
    stack_.resize(height);
    stack_.push_back(type);
  }

  std::mt19937 random_;
  ModuleBuilder builder_;
  std::vector<FuncType> functions_;
  Code code_;
  std::vector<ValType> stack_, locals_;
  std::vector<Frame> frames_;
  uint32_t memory_ = 0;
  AddressType address_ = i32;
  int budget_ = 0;
};

#if defined(WEFT_SANITIZED)
constexpr uint32_t kModules = 300;
#else
constexpr uint32_t kModules = 1'500;
#endif

TEST(Differential, RandomModulesAgreeWithTheReference) {
  size_t returned = 0, trapped = 0;
  for (uint32_t seed = 0; seed < kModules && !HasFailure(); ++seed) {
    Generator generator(seed);
    const auto module = compile(generator.builder().module);
    ASSERT_NE(module, nullptr) << "seed " << seed;
    Vm fast(Engine::fast), observed(Engine::observed);
    ASSERT_NE(fast.instantiate(module), nullptr);
    ASSERT_NE(observed.instantiate(module), nullptr);
    ReferenceInterpreter reference(module->module());
    for (uint32_t f = 0; f < module->module().functions.size(); ++f) {
      const FuncType& type = module->module().function_type(f);
      std::vector<Value> arguments;
      std::vector<Slot> slots;
      for (const ValType param : type.params) {
        arguments.push_back(generator.constant_of(param));
        slots.push_back(arguments.back().lo);
      }
      const auto results = reference.call(f, slots);
      std::string wanted;
      if (results) {
        for (size_t i = 0; i < results->size(); ++i)
          wanted += (i > 0 ? " " : "") + to_string(Value{type.results[i], (*results)[i], 0});
      } else {
        wanted = fmt::format("trap: {}", phrase(reference.trap));
      }
      ++(results ? returned : trapped);
      for (Vm* vm : {&fast, &observed}) {
        const std::string name = fmt::format("f{}", f);
        EXPECT_EQ(vm->run(name, arguments), wanted)
            << engine_name(vm->store.options().engine) << " seed " << seed << " function " << f << "\n"
            << print_lowered(module->module(), module->code(Engine::observed),
                             module->code(Engine::observed).functions[f]);
        EXPECT_EQ(std::memcmp(vm->instance->memories.back()->base(), reference.memory.bytes.data(), kPageSize), 0)
            << "memory, seed " << seed;
        for (size_t g = 0; g < reference.globals.size(); ++g) {
          EXPECT_EQ(vm->instance->globals[g]->lo, reference.globals[g]) << "global " << g << ", seed " << seed;
        }
      }
    }
  }
  // The generator would be of little use if most of what it makes trapped at once.
  EXPECT_GT(returned, 4 * trapped) << trapped << " trapped";
  EXPECT_GT(returned, kModules);
  EXPECT_GT(trapped, kModules / 50);
}

}  // namespace
}  // namespace weft
