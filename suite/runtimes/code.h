// SPDX-License-Identifier: Apache-2.0
//
// Instructions written one after the other.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "interp/module.h"

namespace weft::runtimes {

/// The body of a function that takes nothing. Not thread-safe.
class Code {
 public:
  Code& op(Op op, uint32_t a = 0, uint32_t b = 0) {
    expr_.body.push_back({.op = op, .a = a, .b = b});
    return *this;
  }
  Code& constant(Op op, uint64_t lo, uint64_t hi = 0) {
    expr_.body.push_back({.op = op, .lo = lo, .hi = hi});
    return *this;
  }
  /// A constant expression, without its `end`.
  Code& append(const Expr& expr) {
    expr_.body.insert(expr_.body.end(), expr.body.begin(), expr.body.end() - 1);
    return *this;
  }
  Code& i32(uint32_t value) { return constant(Op::i32_const, value); }
  Code& call(uint32_t function) { return op(Op::call, function); }
  Code& begin_if() { return constant(Op::if_, static_cast<uint64_t>(BlockType::kEmpty)); }
  Code& end() { return op(Op::end); }

  uint32_t add_local(ValType type) {
    locals_.push_back(type);
    return static_cast<uint32_t>(locals_.size()) - 1;
  }

  bool is_empty() const { return expr_.body.empty(); }
  std::vector<ValType> take_locals() { return std::move(locals_); }
  /// With the final `end`.
  Expr take() {
    end();
    return std::move(expr_);
  }

 private:
  Expr expr_;
  std::vector<ValType> locals_;
};

}  // namespace weft::runtimes
