// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "interp/edition.h"
#include "interp/error.h"
#include "interp/instructions.h"
#include "interp/module.h"
#include "interp/types.h"

namespace weft {

/// The context C of the validation rules (valid-context): the index spaces, imports first, so that a look-up is an
/// array access.
struct ValidationContext {
  explicit ValidationContext(const Module& checked) : module(checked) {}

  const Module& module;
  std::vector<uint32_t> functions;  ///< type indices, all in range
  std::vector<TableType> tables;
  std::vector<MemoryType> memories;
  std::vector<GlobalType> globals;
  std::vector<TagType> tags;
  uint32_t visible_globals = 0;  ///< so many may be named in constant expressions now
  std::vector<bool> refs;        ///< which functions ref.func may name

  const FuncType& function_type(uint32_t index) const { return module.types[functions[index]]; }
  const std::vector<ValType>& tag_params(uint32_t index) const { return module.types[tags[index].type].params; }
};

/// Checks expressions by the algorithm of the specification's appendix (algo-valid): a stack of operand types and one
/// of control frames. Linear in the expression's length. One object checks one after the other; not thread-safe.
class CodeValidator {
 public:
  CodeValidator(const ValidationContext& context, Edition edition) : context_(context), edition_(edition) {}

  /// valid-func, for a function whose type index is in range.
  Result<Ok> function(const Function& function);
  /// valid-constant, with one result.
  Result<Ok> constant(const Expr& expr, ValType result);

 private:
  using Types = std::span<const ValType>;
  /// Nothing is the type of an operand that unreachable code takes from an empty stack: it matches every type.
  using Operand = std::optional<ValType>;

  struct Frame {
    Op op;
    Types params, results;
    size_t height;  ///< of the operand stack at its start
    bool is_unreachable = false;
    /// What a branch to it takes.
    Types label() const { return op == Op::loop ? params : results; }
  };

  Result<Ok> run(const Expr& expr, Types results);
  bool instruction(const Instr& instr);

  // The index spaces and other constraints on immediates.
  bool immediate(const Instr& instr);
  bool known(const char* space, uint32_t index, size_t count);
  bool memory(uint32_t index) { return known("memory", index, context_.memories.size()); }
  bool table(uint32_t index) { return known("table", index, context_.tables.size()); }
  bool label(uint32_t index);
  bool data(uint32_t index) { return known("data segment", index, context_.module.data.size()); }
  bool element(uint32_t index) { return known("elem segment", index, context_.module.elements.size()); }
  bool block_type(const Instr& instr);
  bool catches(const Instr& instr);
  bool memarg(const Instr& instr);
  bool lane(uint32_t index, uint32_t count);
  bool same_type(const char* what, ValType a, ValType b);

  // The typing rules.
  bool signature(const Instr& instr);
  ValType address_type(char letter, const Instr& instr) const;
  AddressType table_address(uint32_t index) const { return context_.tables[index].address; }
  bool special(const Instr& instr);
  bool enter(const Instr& instr);
  bool leave(const Instr& instr);
  bool close();
  bool catch_(const Instr& instr);
  bool delegate(const Instr& instr);
  bool rethrow(const Instr& instr);
  bool tail_call(const FuncType& type);
  bool branch_table(const Instr& instr);
  bool select();
  bool is_null();
  bool constant_instruction(const Instr& instr);

  // The operand stack.
  bool push(Operand type);
  bool push(Types types);
  bool pop(ValType expected);
  bool pop(Types types);
  std::optional<Operand> pop_any(const char* expected);
  bool matches(Types types);
  bool unreachable();

  ValType local_type(uint32_t index) const;
  const Frame& target(uint32_t label) const { return frames_[frames_.size() - 1 - label]; }
  Types block_params(const Instr& instr) const;
  Types block_results(const Instr& instr) const;

  /// What the message calls the current instruction.
  std::string subject() const;
  bool mismatch(std::string_view expected, std::string_view found);
  bool fail(std::string message);

  const ValidationContext& context_;
  const Edition edition_;
  std::vector<Operand> operands_;
  std::vector<Frame> frames_;
  Types params_, locals_;
  const Expr* expr_ = nullptr;
  const Instr* current_ = nullptr;
  std::optional<Error> error_;
};

}  // namespace weft
