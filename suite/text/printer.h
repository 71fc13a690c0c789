// SPDX-License-Identifier: Apache-2.0
//
// The parts of the printer: identifiers, literals, instruction sequences.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interp/module.h"
#include "suite/text/print.h"

namespace weft::text {

/// What an index space calls its members: `$id`, or the number. Names that are no identifiers, or taken already, are
/// annotations of the definition (text-nameannot).
class Identifiers {
 public:
  Identifiers() = default;
  /// Names beyond `count` are dropped.
  Identifiers(const std::vector<std::pair<uint32_t, std::string>>& names, uint32_t count);

  /// "$f", `(@name "a b")`, or empty.
  std::string_view binder(uint32_t index) const {
    return index < binders_.size() ? std::string_view(binders_[index]) : std::string_view();
  }
  /// "$f" or "3".
  std::string use(uint32_t index) const;
  /// How a definition begins: " $f", or as a comment " (;3;)", with the annotation if there is one.
  std::string definition(uint32_t index) const;

 private:
  std::vector<std::string> binders_;
};

bool is_identifier(std::string_view name);

/// A string literal with its quotes.
std::string quote(std::string_view bytes);
/// The bytes as string literals, with a space or a newline before each (text-datastring).
std::string data_string(const std::vector<uint8_t>& bytes);
/// Floats: the shortest decimal that reads back to the same bits.
std::string f32_text(uint32_t bits);
std::string f64_text(uint64_t bits);

/// " (param i32) (result i32)"; empty for a type without either. `params` names the parameters.
std::string signature_text(const FuncType& type, const Identifiers& params = {});
/// "(type 3) (param i32)"; the signature is left out when the module has no such type.
std::string type_use_text(const Module& module, uint32_t type, const Identifiers& params = {});

/// Prints the expressions of one module.
class ExprPrinter {
 public:
  ExprPrinter(const Module& module, const Identifiers& functions, const Identifiers& tags, const PrintOptions& options)
      : module_(module), functions_(functions), tags_(tags), options_(options) {}

  /// A function's body, each instruction in a line of its own, without the final `end`.
  void body(std::string& out, const Expr& expr, const Identifiers& locals, size_t indent) const;
  /// A constant expression in one line: "i32.const 0".
  std::string line(const Expr& expr) const;

 private:
  std::string instruction(const Instr& instr, const Expr& expr, const Identifiers& locals) const;
  std::string block_type(const Instr& instr) const;
  std::string catch_text(const CatchClause& clause) const;
  std::string immediates(const Instr& instr, const Expr& expr, const Identifiers& locals) const;

  const Module& module_;
  const Identifiers& functions_;
  const Identifiers& tags_;
  const PrintOptions& options_;
};

}  // namespace weft::text
