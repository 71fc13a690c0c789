// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/random_module.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

namespace weft::testing {
namespace {

constexpr uint32_t kFuel = 0;         // a global: what is left of loop turns
constexpr uint32_t kFirstGlobal = 1;  // then one of each type
constexpr ValType kTypes[] = {i32, i64, f32, f64, v128};

bool is_access(const InstrInfo& row) {
  switch (row.instr_class) {
    case InstrClass::load:
    case InstrClass::store:
    case InstrClass::vector_load:
    case InstrClass::vector_store:
    case InstrClass::atomic_load:
    case InstrClass::atomic_store:
    case InstrClass::atomic_rmw:
    case InstrClass::atomic_cmpxchg: return true;
    default: return false;
  }
}
bool is_operator(const InstrInfo& row) {
  return row.instr_class == InstrClass::numeric ||
         (row.instr_class == InstrClass::vector && row.immediate != Immediate::v128);
}
/// Whether it is undefined for some operands: zeros, NaNs.
bool is_partial(const InstrInfo& row) {
  const auto has = [&row](std::string_view part) { return row.text.find(part) != std::string_view::npos; };
  return row.instr_class == InstrClass::numeric && (has("div_") || has("rem_") || has(".trunc_f"));
}
bool gives(const InstrInfo& row, ValType type) {
  return row.results().size() == 1 && value_type(row.results()[0]) == type;
}

}  // namespace

RandomModule::RandomModule(uint32_t seed) : random_(seed) {
  // The memory that is used: memory 0 or, by chance, behind another one, with addresses of 32 bits or 64.
  if (chance(25)) builder_.memory(0, 1, chance(50)), memory_ = 1;
  if (chance(25)) address_ = i64;
  builder_.memory({{1, 1}, chance(50), address_});
  builder_.global(Value::i32(60));
  for (const ValType type : kTypes) builder_.global(constant_of(type));
  tags_ = {{}, any_types(2), any_types(3)};
  for (const std::vector<ValType>& params : tags_) builder_.tag(params);
  const uint32_t count = 1 + below(4);
  for (uint32_t i = 0; i < count; ++i) function();
  builder_.table(count, count);
  std::vector<uint32_t> all(count);
  for (uint32_t i = 0; i < count; ++i) all[i] = i;
  builder_.elements(SegmentMode::active, 0, 0, all);
}

// --- choices
// ------------------------------------------------------------------------------------------------------

Value RandomModule::constant_of(ValType type) {
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
  const auto bits = [this] {
    return chance(20) ? uint64_t{random_()} << 32 | random_() : kBits[below(std::size(kBits))];
  };
  if (is_reference(type)) return Value::null(type);
  const uint64_t low = bits();
  if (type == v128) return Value::v128(low, bits());
  return {type, type == i32 || type == f32 ? low & 0xffffffff : low, 0};
}

ValType RandomModule::any_type() { return kTypes[below(std::size(kTypes))]; }

/// Now and then so many that branches move them as a block.
std::vector<ValType> RandomModule::any_types(size_t at_most) {
  std::vector<ValType> types(below((chance(6) ? 14 : at_most) + 1));
  for (ValType& type : types) type = any_type();
  return types;
}

Op RandomModule::random_row(auto&& wanted) {
  for (;;) {
    const Op op = static_cast<Op>(below(kInstructionCount));
    if (wanted(info(op))) return op;
  }
}

/// A label that is not a loop's; the function's, when chance finds no other.
uint32_t RandomModule::forward_label() {
  const uint32_t depth = below(frames_.size());
  return label(depth).is_loop ? static_cast<uint32_t>(frames_.size()) - 1 : depth;
}

/// The innermost catch of a legacy try around here.
std::optional<uint32_t> RandomModule::handler_label() const {
  for (uint32_t depth = 0; depth < frames_.size(); ++depth) {
    if (frames_[frames_.size() - 1 - depth].part == Frame::Try::handler) return depth;
  }
  return std::nullopt;
}

// --- functions and statements
// -------------------------------------------------------------------------------------

void RandomModule::function() {
  // Often with the results of another one, which it can leave to by a tail call.
  FuncType type{any_types(3),
                functions_.empty() || chance(50) ? any_types(3) : functions_[below(functions_.size())].results};
  code_.clear(), stack_.clear(), frames_.clear();
  locals_ = type.params;
  std::vector<ValType> own;
  for (const ValType local : kTypes) own.insert(own.end(), {local, local});
  own.push_back(exnref);
  locals_.insert(locals_.end(), own.begin(), own.end());
  budget_ = 80;
  frames_.push_back({type.results, type.results, 0});
  body();
  functions_.push_back(type);
  builder_.function(fmt::format("f{}", functions_.size() - 1), type, code_, own);
}

/// Statements, and then exactly the results of the innermost frame; off the generator's stack again.
void RandomModule::body() {
  const size_t height = frames_.back().height;
  bool reachable = true;
  for (uint32_t i = below(5); i-- > 0;) {
    statement();
    // What follows cannot be reached, but must be valid.
    if (reachable && chance(frames_.back().part == Frame::Try::none ? 4 : 20)) leave(), reachable = false;
  }
  const std::vector<ValType> results = frames_.back().results;
  // What is on the stack already may be the first results; what does not fit is dropped.
  size_t kept = 0;
  while (kept < results.size() && height + kept < stack_.size() && stack_[height + kept] == results[kept]) ++kept;
  while (stack_.size() > height + kept) drop();
  while (kept < results.size()) value(results[kept++]);
  stack_.resize(height);
}

void RandomModule::statement() {
  if (budget_ <= 0) return;
  --budget_;
  switch (below(14)) {
    case 0:
    case 1: {
      const uint32_t local = below(locals_.size());
      value(locals_[local]);
      emit(local_set(local)), stack_.pop_back();
      return;
    }
    case 2: return accesses(random_row([](const InstrInfo& row) { return is_access(row) && row.results().empty(); }));
    case 3: {
      const uint32_t global = below(std::size(kTypes));
      value(kTypes[global]);
      emit(global_set(kFirstGlobal + global)), stack_.pop_back();
      return;
    }
    case 4:
    case 5:
    case 6: return block_of(any_types(2), 2);
    case 7: return branch_if();
    case 8: return call_any();
    case 9: value(any_type()); return drop();
    case 10: return raise_if();
    default: {  // a value that stays on the stack, often one that the block ends with
      const Frame& frame = frames_.back();
      const size_t here = stack_.size() - frame.height;
      return value(here < frame.results.size() && chance(70) ? frame.results[here] : any_type());
    }
  }
}

void RandomModule::drop() { emit(Op::drop), stack_.pop_back(); }

/// Takes a value off the stack.
void RandomModule::set(ValType type) {
  if (chance(20)) return drop();
  const auto last = std::find(locals_.rbegin(), locals_.rend(), type);
  emit(local_set(static_cast<uint32_t>(locals_.rend() - last) - 1)), stack_.pop_back();
}

/// An address, mostly within memory and a multiple of 8.
void RandomModule::address() {
  value(i32);
  if (below(300) > 0) emit(i32_const(0x7ff8)), emit(Op::i32_and);
  if (address_ == i64) emit(Op::i64_extend_i32_u);
}

void RandomModule::accesses(Op op) {
  address();
  const std::string_view operands = info(op).operands();
  for (size_t i = 1; i < operands.size(); ++i) value(*value_type(operands[i]));
  emit(with_immediates(op));
  stack_.resize(stack_.size() - operands.size());
}

Piece RandomModule::with_immediates(Op op) {
  const InstrInfo& row = info(op);
  switch (row.immediate) {
    case Immediate::memarg: return access(op, row.feature == Feature::threads ? 8 * below(8) : below(64), memory_);
    case Immediate::memarg_lane: {
      Piece piece = access(op, below(64), memory_);
      piece.instr.lane = static_cast<uint8_t>(below(16u / row.access));
      return piece;
    }
    case Immediate::lane: {  // i8x16 and its like
      const uint32_t bits = static_cast<uint32_t>(std::stoul(std::string(row.text.substr(1))));
      return lane(op, static_cast<uint8_t>(below(128 / bits)));
    }
    case Immediate::lanes: {
      std::array<uint64_t, 2> lanes{};
      for (uint32_t i = 0; i < 16; ++i) lanes[i / 8] |= uint64_t{below(32)} << i % 8 * 8;
      return shuffle(lanes[0], lanes[1]);
    }
    default: return op;
  }
}

/// Pushes a value of this type.
void RandomModule::value(ValType type) {
  const size_t height = stack_.size();
  --budget_;
  const auto first_local = static_cast<uint32_t>(std::find(locals_.begin(), locals_.end(), type) - locals_.begin());
  switch (is_reference(type) ? below(3) : budget_ <= 0 ? below(4) : below(13)) {
    case 0: emit(constant(constant_of(type))); break;
    case 1:
    case 2: emit(local_get(first_local)); break;
    case 3:
      emit(global_get(kFirstGlobal + static_cast<uint32_t>(std::find(std::begin(kTypes), std::end(kTypes), type) -
                                                           std::begin(kTypes))));
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
    case 6: accesses(random_row([type](const InstrInfo& row) { return is_access(row) && gives(row, type); })); break;
    case 7: return block_of({type}, 0);  // what is below belongs to the expression
    default: {
      const Op op = random_row([this, type](const InstrInfo& row) {
        return is_operator(row) && gives(row, type) && (!is_partial(row) || chance(5));
      });
      for (const char operand : info(op).operands()) value(*value_type(operand));
      emit(with_immediates(op));
      break;
    }
  }
  stack_.resize(height);
  stack_.push_back(type);
}

// --- control
// ------------------------------------------------------------------------------------------------------

BlockType RandomModule::block_type(const std::vector<ValType>& params, const std::vector<ValType>& results) {
  if (params.empty() && results.empty()) return {};
  if (params.empty() && results.size() == 1 && chance(70)) return BlockType::of(results[0]);
  return {builder_.type({params, results})};
}

void RandomModule::enter(const std::vector<ValType>& results, Frame::Try part) {
  frames_.push_back({results, results, stack_.size(), false, part});
}

/// Behind a body.
void RandomModule::leave_block(const Piece& last) {
  emit(last);
  const std::vector<ValType> results = frames_.back().results;
  frames_.pop_back();
  stack_.insert(stack_.end(), results.begin(), results.end());
}

/// A block of any kind with these results, which may take what it finds on the stack of its frame as parameters.
void RandomModule::block_of(const std::vector<ValType>& results, size_t most_params) {
  const Op op = std::array{Op::block, Op::loop, Op::if_, Op::try_, Op::try_table}[below(5)];
  if (op == Op::try_table) return try_table_of(results);
  const size_t count = std::min<size_t>(stack_.size() - frames_.back().height, below(most_params + 1));
  if (op == Op::if_) value(i32), stack_.pop_back();
  const std::vector<ValType> params(stack_.end() - static_cast<ptrdiff_t>(count), stack_.end());
  emit(block(op, block_type(params, results)));
  const bool is_loop = op == Op::loop;
  frames_.push_back({is_loop ? params : results, results, stack_.size() - count, is_loop,
                     op == Op::try_ ? Frame::Try::body : Frame::Try::none});
  if (is_loop) emit(global_get(kFuel)), emit(i32_const(1)), emit(Op::i32_sub), emit(global_set(kFuel));
  body();
  if (op == Op::try_) return handlers();
  if (op == Op::if_ && (params != results || chance(60))) {
    emit(Op::else_);
    stack_.insert(stack_.end(), params.begin(), params.end());
    body();
  }
  leave_block(Op::end);
}

/// What follows the body of a legacy try.
void RandomModule::handlers() {
  if (chance(25)) return leave_block({Op::delegate, below(frames_.size() - 1)});
  frames_.back().part = Frame::Try::handler;
  for (uint32_t count = below(3); count-- > 0;) {
    const uint32_t tag = any_tag();
    emit({Op::catch_, tag});
    stack_.insert(stack_.end(), tags_[tag].begin(), tags_[tag].end());
    body();
  }
  if (chance(60)) emit(Op::catch_all), body();
  leave_block(Op::end);
}

/// A try_table in a block for what its clause catches, in a block for these results.
void RandomModule::try_table_of(const std::vector<ValType>& results) {
  CatchClause clause{static_cast<CatchClause::Kind>(below(4)), any_tag(), 0};
  std::vector<ValType> caught;
  if (clause.has_tag()) caught = tags_[clause.tag];
  if (clause.has_reference()) caught.push_back(exnref);
  emit(block(Op::block, block_type({}, results)));
  enter(results);
  emit(block(Op::block, block_type({}, caught)));
  enter(caught);
  std::vector<CatchClause> clauses;
  // Sometimes another one before it, which goes further out.
  if (const uint32_t depth = below(frames_.size()), tag = any_tag(); chance(50) && !label(depth).is_loop) {
    if (label(depth).label.empty())
      clauses.push_back(on_all(depth));
    else if (label(depth).label == tags_[tag])
      clauses.push_back(on(tag, depth));
  }
  if (chance(90)) clauses.push_back(clause);
  emit(try_table(clauses, block_type({}, results)));
  enter(results, Frame::Try::body);
  body();
  leave_block(Op::end);
  emit(br(1));
  stack_.resize(frames_.back().height);
  leave_block(Op::end);
  if (clause.has_reference() && chance(20)) {
    emit(Op::throw_ref);  // what was caught, and the rest cannot be reached
    stack_.resize(frames_.back().height);
  }
  while (stack_.size() > frames_.back().height) set(stack_.back());
  body();
  leave_block(Op::end);
}

/// Leaves the function's reachable code.
void RandomModule::leave() {
  const bool in_try =
      std::any_of(frames_.begin(), frames_.end(), [](const Frame& frame) { return frame.part != Frame::Try::none; });
  if (chance(in_try ? 60 : 10)) {
    raise();
  } else if (const auto callee = callee_of(frames_[0].results); callee && chance(40)) {
    arguments_of(*callee);
    if (chance(50))
      emit(return_call(*callee));
    else
      emit(i32_const(*callee)), emit(return_call_indirect(builder_.type(functions_[*callee])));
  } else if (chance(10)) {
    emit(Op::unreachable);
  } else {
    branch_away();
  }
  // The operand stack is polymorphic now; what stood below stays usable for the generator, which pushes whatever it
  // pops.
  stack_.resize(frames_.back().height);
}

void RandomModule::branch_away() {
  const uint32_t depth = forward_label();
  const std::vector<ValType> types = label(depth).label;
  for (const ValType type : types) value(type);
  if (chance(60)) return emit(br(depth));
  value(i32);
  std::vector<uint32_t> depths(1 + below(4), depth);
  for (uint32_t& other : depths) {
    if (const uint32_t candidate = forward_label(); label(candidate).label == types) other = candidate;
  }
  emit(br_table(depths));
}

/// Throws something; like branch_away it leaves the operands on the generator's stack, for the caller to forget.
void RandomModule::raise() {
  if (const auto depth = handler_label(); depth && chance(50)) return emit({Op::rethrow, *depth});
  if (chance(3)) return value(exnref), emit(Op::throw_ref);  // null, as like as not
  const uint32_t tag = any_tag();
  for (const ValType type : std::vector(tags_[tag])) value(type);
  emit(throw_(tag));
}

void RandomModule::raise_if() {
  value(i32);
  emit(block(Op::if_)), stack_.pop_back();
  enter({});
  raise();
  stack_.resize(frames_.back().height);
  leave_block(Op::end);
}

void RandomModule::branch_if() {
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

/// A function with these results, if there is one.
std::optional<uint32_t> RandomModule::callee_of(const std::vector<ValType>& results) const {
  for (uint32_t i = 0; i < functions_.size(); ++i) {
    if (functions_[i].results == results) return i;
  }
  return std::nullopt;
}

void RandomModule::arguments_of(uint32_t callee) {
  for (const ValType param : std::vector(functions_[callee].params)) value(param);
}

void RandomModule::call_any() {
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

}  // namespace weft::testing
