// SPDX-License-Identifier: Apache-2.0
//
// What an operation of the notation is as an instruction, with its operands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "suite/model/notation.h"
#include "tools/generate/litmus_thread.h"

namespace weft::generate {

/// Writes folded instructions. `registers` must live as long, and may grow. Thread safety: none.
class ExpressionWriter {
 public:
  explicit ExpressionWriter(const std::vector<ScriptRegister>& registers) : registers_(registers) {}

  /// The instruction that gives a register: local.get or global.get.
  void take_from(std::string_view get) { get_ = get; }

  /// Null for one that is not there.
  const ScriptRegister* find(const std::string& name) const;
  /// "i64" where a register or number of it needs that, else "i32".
  std::string type_of(const model::Expression& expression) const;

  /// The condition of a skip or assume, or its opposite.
  std::string condition(const model::Operation& one, bool negated);
  /// Any operation but these. What is loaded and what an rmw returns is zero-extended to its register's type.
  std::string instruction(const model::Operation& one);

  /// What could not be written; empty while all could.
  const std::string& error() const { return error_; }

 private:
  void fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
  }
  std::string value(const model::Expression& expression, const std::string& type);
  std::string term(const model::Term& term, const std::string& type);
  std::string vector(const model::Expression& expression);
  std::string at(const model::Expression& address);
  std::string load(const model::Operation& one);
  std::string store(const model::Operation& one);
  std::string rmw(const model::Operation& one, std::string_view name);

  const std::vector<ScriptRegister>& registers_;
  std::string_view get_ = "local.get";
  std::string error_;
};

}  // namespace weft::generate
