// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "interp/binary_reader.h"
#include "interp/edition.h"
#include "interp/module.h"
#include "interp/types.h"

namespace weft {

/// Reads a value type (binary-valtype); i32 and a failure of the reader when there is none.
ValType read_valtype(BinaryReader& reader);
/// Reads a reference type (binary-reftype).
ValType read_reftype(BinaryReader& reader);

struct ExprContext {
  /// Whether memory.init and data.drop may occur: in function bodies they need a data count section
  /// (binary-datacountsec).
  bool has_data_count = true;
  Edition edition = Edition::latest;
  /// Where instructions are gathered until their number is known: memory that one expression leaves to the next.
  std::vector<Instr>* scratch = nullptr;
};

/// Reads instructions up to and with the `end` that closes the expression (binary-expr): opcodes and immediates by the
/// instruction table, and the nesting of blocks, which is syntax. Iterative. On failure the reader says why and the
/// result means nothing.
Expr read_expr(BinaryReader& reader, const ExprContext& context = {});

}  // namespace weft
