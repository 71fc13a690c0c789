// SPDX-License-Identifier: Apache-2.0
//
// Random valid modules, the same for the same seed: for the differential test, and for the fuzz target that runs
// modules (suite/tests/fuzz/execute.cpp). Of numbers, vectors and accesses every row of the instruction table is made,
// by its signature; of control, calls, exceptions of both kinds, tail calls.
#pragma once

#include <optional>
#include <random>
#include <vector>

#include "interp/tests/module_builder.h"

namespace weft::testing {

/// A module of a few functions, each of which may call those before it. It has one memory that is used, the last, and
/// ends soon: loops go on only while there is fuel in a global.
class RandomModule {
 public:
  explicit RandomModule(uint32_t seed);
  const Module& module() const { return builder_.module; }
  /// A value of this type, a boundary more often than not.
  Value constant_of(ValType type);

 private:
  struct Frame {
    std::vector<ValType> label;  ///< what a branch to it carries
    std::vector<ValType> results;
    size_t height;
    bool is_loop = false;
    enum class Try { none, body, handler } part = Try::none;  ///< handler: of a legacy try
  };

  // Choices.
  uint32_t below(size_t bound) { return static_cast<uint32_t>(random_() % bound); }
  bool chance(uint32_t percent) { return below(100) < percent; }
  ValType any_type();
  std::vector<ValType> any_types(size_t at_most);
  uint32_t any_tag() { return below(tags_.size()); }
  Op random_row(auto&& wanted);
  uint32_t forward_label();
  std::optional<uint32_t> handler_label() const;

  // Code, which leaves the stack as the name says.
  void emit(const Piece& piece) { code_.push_back(piece); }
  void function();
  void body();
  void statement();
  void value(ValType type);
  void drop();
  void set(ValType type);
  void address();
  void accesses(Op op);
  Piece with_immediates(Op op);

  // Control.
  Frame& label(uint32_t depth) { return frames_[frames_.size() - 1 - depth]; }
  BlockType block_type(const std::vector<ValType>& params, const std::vector<ValType>& results);
  void enter(const std::vector<ValType>& results, Frame::Try part = Frame::Try::none);
  void leave_block(const Piece& last);
  void block_of(const std::vector<ValType>& results, size_t most_params);
  void handlers();
  void try_table_of(const std::vector<ValType>& results);
  void leave();
  void branch_away();
  void raise();
  void raise_if();
  void branch_if();
  void call_any();
  std::optional<uint32_t> callee_of(const std::vector<ValType>& results) const;
  void arguments_of(uint32_t callee);

  std::mt19937 random_;
  ModuleBuilder builder_;
  std::vector<FuncType> functions_;
  std::vector<std::vector<ValType>> tags_;
  Code code_;
  std::vector<ValType> stack_, locals_;
  std::vector<Frame> frames_;
  uint32_t memory_ = 0;
  AddressType address_ = i32;
  int budget_ = 0;
};

}  // namespace weft::testing
