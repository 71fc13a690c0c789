// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/relocate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace weft::stress {
namespace {

/// An instruction with an immediate in `a`, or a constant.
Instr with_index(Op op, uint32_t index) { return {.op = op, .a = index}; }
Instr constant(uint64_t value) { return {.op = Op::i32_const, .lo = value}; }

/// How many of an instruction's operands are addresses of the memory; they come first.
size_t addresses(Op op) {
  if (op == Op::memory_grow || op == Op::memory_size) return 0;
  const std::string_view operands = info(op).operands();
  return operands.starts_with("ab") ? 2 : operands.starts_with('a') ? 1 : 0;
}

/// Follows the operands through the body, to find where each address is complete: what moves it goes there.
class Relocator {
 public:
  Relocator(const Module& module, const Function& function, const Layout& layout, const Destination& destination)
      : module_(module), body_(function.code.body), layout_(layout), to_(destination), moved_(body_) {}

  Result<std::vector<Instr>> run() {
    for (at_ = 0; at_ + 1 < body_.size() && why_.empty(); ++at_) visit(body_[at_]);
    if (!why_.empty()) return Error{ErrorKind::unlinkable, why_, {}};
    std::vector<Instr> code;
    for (size_t i = 0; i + 1 < body_.size(); ++i) {
      code.push_back(moved_[i]);
      if (const auto found = behind_.find(i); found != behind_.end())
        code.insert(code.end(), found->second.begin(), found->second.end());
    }
    return code;
  }

 private:
  /// An operand: the instruction behind which it is there.
  using Operand = size_t;
  struct Control {
    size_t height = 0, results = 0;
  };

  void pop(size_t count) {
    const size_t floor = controls_.empty() ? 0 : controls_.back().height;
    stack_.resize(std::max(floor, stack_.size() - std::min(count, stack_.size())));
  }
  void push(size_t count) { stack_.insert(stack_.end(), count, at_); }

  void visit(const Instr& instr) {
    if (dead_ && instr.op != Op::end && instr.op != Op::else_) {
      // Nothing here is ever executed; blocks in it are only counted.
      if (info(instr.op).immediate == Immediate::block) ++dead_blocks_;
      return;
    }
    switch (instr.op) {
      case Op::if_: pop(1); [[fallthrough]];
      case Op::block:
      case Op::loop: return open(instr);
      case Op::else_:
        if (dead_blocks_ == 0) dead_ = false, stack_.resize(controls_.back().height);
        return;
      case Op::end: return close();
      case Op::return_: moved_[at_] = with_index(Op::br, static_cast<uint32_t>(controls_.size())); [[fallthrough]];
      case Op::br:
      case Op::br_table:
      case Op::unreachable: dead_ = true; return;
      case Op::br_if:
      case Op::drop: return pop(1);
      case Op::select:
      case Op::select_t: pop(3), push(1); return;
      case Op::local_get: move_local(), push(1); return;
      case Op::local_set: move_local(), pop(1); return;
      case Op::local_tee: move_local(), pop(1), push(1); return;
      case Op::global_get: return push(1);
      case Op::global_set: return pop(1);
      default: return plain(instr);
    }
  }

  void open(const Instr& instr) {
    const BlockType type = BlockType::from(instr);
    Control control{.height = stack_.size(), .results = type.is_empty() ? size_t{0} : size_t{1}};
    if (type.is_type_index()) {
      const FuncType& function = module_.types[type.type_index()];
      if (!function.params.empty()) why_ = "a block has parameters";
      control.results = function.results.size();
    }
    controls_.push_back(control);
  }

  void close() {
    if (dead_blocks_ > 0) {
      --dead_blocks_;
      return;
    }
    const Control control = controls_.back();
    controls_.pop_back();
    dead_ = false;
    stack_.resize(control.height);
    push(control.results);
  }

  void move_local() { moved_[at_].a += to_.first_local; }

  void plain(const Instr& instr) {
    const InstrInfo& row = info(instr.op);
    const bool is_movable = !row.is_special() && instr.op != Op::memory_grow && instr.op != Op::memory_size &&
                            instr.op != Op::data_drop && row.instr_class != InstrClass::table;
    if (!is_movable) {
      why_ = fmt::format("it has {}", row.text);
      return;
    }
    const size_t operands = row.operands().size();
    for (size_t i = 0; i < addresses(instr.op); ++i) move_address(stack_[stack_.size() - operands + i], instr);
    pop(operands), push(row.results().size());
  }

  void move_address(Operand address, const Instr& access) {
    const bool has_offset = info(access.op).immediate == Immediate::memarg || has_lane(access.op);
    const uint64_t offset = has_offset ? access.lo : 0;
    const Instr& made_by = body_[address];
    if (made_by.op == Op::i32_const && !behind_.contains(address)) {
      const uint64_t place = layout_.place(made_by.lo + offset);
      moved_[address] = has_offset ? with_index(Op::local_get, to_.cell) : constant(place);
      if (has_offset) moved_[at_].lo = place;
      if (!has_offset) behind_[address] = {with_index(Op::local_get, to_.cell), {.op = Op::i32_add}};
      return;
    }
    std::vector<Instr>& code = behind_[address];
    if (layout_.spread) {
      // The address + 3 times what of it is a multiple of 16: that is Layout::place.
      if (offset != 0) code.insert(code.end(), {constant(offset), {.op = Op::i32_add}});
      if (has_offset) moved_[at_].lo = 0;
      static_assert(kCacheLine == 16 * 4);
      code.insert(code.end(), {with_index(Op::local_tee, to_.scratch),
                               with_index(Op::local_get, to_.scratch),
                               constant(0xffff'fff0),
                               {.op = Op::i32_and},
                               constant(3),
                               {.op = Op::i32_mul},
                               {.op = Op::i32_add}});
    }
    code.insert(code.end(), {with_index(Op::local_get, to_.cell), {.op = Op::i32_add}});
  }

  const Module& module_;
  const std::vector<Instr>& body_;
  const Layout& layout_;
  const Destination to_;
  std::vector<Instr> moved_;
  std::map<size_t, std::vector<Instr>> behind_;
  std::vector<Operand> stack_;
  std::vector<Control> controls_;
  bool dead_ = false;
  size_t dead_blocks_ = 0;
  size_t at_ = 0;
  std::string why_;
};

}  // namespace

Result<std::vector<Instr>> relocate(const Module& module, const Function& function, const Layout& layout,
                                    const Destination& destination) {
  return Relocator(module, function, layout, destination).run();
}

}  // namespace weft::stress
