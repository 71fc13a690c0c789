// SPDX-License-Identifier: Apache-2.0
//
// Instruction sequences, flat and folded (text-instr, text-foldedinstr). Blocks and folded instructions that are open
// live on an explicit stack, so that no nesting in the source can exhaust ours.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "interp/module.h"
#include "suite/text/module_parser.h"

namespace weft::text {

/// The locals of a function. Identifiers behind parameters of an unknown type have no index, which matters only to who
/// uses them.
struct Locals {
  IndexSpace space{"local"};
  bool is_type_known = true;
};

class ExprParser {
 public:
  ExprParser(ModuleParser& module, const Locals* locals) : module_(module), cursor_(module.cursor()), locals_(locals) {}

  /// Instructions up to the `)` that closes what surrounds them, which is left there.
  Expr sequence();
  /// One folded instruction, the short form of `(offset …)` and `(item …)`.
  Expr folded();

  /// Of the sequence: the places of instructions in its body, and what is hinted there.
  const std::vector<std::pair<size_t, uint8_t>>& branch_hints() const { return branch_hints_; }

 private:
  enum class FrameKind : uint8_t {
    flat_block,
    flat_if,
    flat_else,
    flat_try,
    flat_catch,
    flat_catch_all,
    folded_plain,  // operands come first, the instruction at the `)`
    folded_block,
    folded_if,  // the condition comes first, `if` itself at `(then`
    folded_then,
    after_then,
    folded_else,
    after_else,
    folded_try,  // before `(do`
    folded_do,
    after_do,
    folded_catch,
    after_catch,
    folded_catch_all,
    after_catch_all,
    after_delegate,
  };
  static bool is_flat(FrameKind kind) { return kind <= FrameKind::flat_catch_all; }
  struct Frame {
    FrameKind kind;
    Position position;
    Instr pending;
    std::optional<std::string> label;
    std::optional<uint8_t> hint;
  };

  void step();
  /// The branch hint in front of an instruction; whoever begins that takes it.
  void read_hint();
  std::optional<uint8_t> take_hint(Op op);
  void append(const Instr& instr, std::optional<uint8_t> hint);
  void flat_instruction();
  void open_folded();
  void close_folded();
  void flat_end(const Token& keyword);
  void flat_else(const Token& keyword);
  void flat_catch(const Token& keyword, Op op);
  void flat_delegate(const Token& keyword);
  bool open_clause_of_if();
  bool open_clause_of_try();
  /// `catch $e`, `catch_all` or `delegate $l`, behind the keyword.
  void handler(const Token& keyword, Op op);
  void check_label();
  bool allows_flat() const;
  Op expect_instruction();

  /// A structured instruction's label and block type.
  Frame block_frame(FrameKind kind, const Token& keyword, Op op);
  void enter_block(const std::optional<std::string>& label, Position position);
  void leave_label();
  void end_block(uint32_t line);
  Expr finish();

  /// The instruction at hand with all immediates of the table's row.
  Instr plain(const Token& keyword, Op op);
  void immediates(const Token& keyword, Instr& instr);
  void memarg(Instr& instr);
  void memarg_lane(Instr& instr);
  void shuffle_lanes(const Token& keyword, Instr& instr);
  void block_type(Instr& instr);
  void catches(Instr& instr);
  void labels(Instr& instr);
  void select_types(Instr& instr);
  uint32_t label_index();
  uint32_t local_index();
  uint32_t index_or_zero(const IndexSpace& space);
  uint8_t lane_index();
  [[noreturn]] void malformed_lane(const Token& token) const;

  ModuleParser& module_;
  Cursor& cursor_;
  const Locals* locals_;
  std::vector<Frame> frames_;
  std::vector<std::optional<std::string>> labels_;
  std::unordered_map<std::string, std::vector<size_t>> labels_by_name_;  // their places in labels_, the innermost last
  std::optional<std::pair<Token, uint8_t>> hint_;                        // read, and not yet taken
  std::vector<std::pair<size_t, uint8_t>> branch_hints_;
  Expr expr_;
};

}  // namespace weft::text
