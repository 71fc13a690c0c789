// SPDX-License-Identifier: Apache-2.0
//
// One thread of a litmus test as a function in the text format.
#pragma once

#include <string>
#include <vector>

#include "interp/error.h"
#include "suite/model/notation.h"

namespace weft::generate {

/// A register of the notation.
struct ScriptRegister {
  std::string name;
  std::string type;                ///< i32, i64 or v128
  bool may_be_unassigned = false;  ///< then it is -1
};

/// How a function says what is in its registers.
enum class Keep : uint8_t {
  results,  ///< it returns them
  globals,  ///< exported globals have them
};

struct ThreadText {
  std::vector<std::string> fields;  ///< lines of a module, without indentation: globals, and the function
  std::vector<ScriptRegister> registers;
  bool drops = false;  ///< the global $dropped is not 0 where an assumption is false
  Keep keep = Keep::results;
};

/// The function $NAME, exported as NAME, that does the operations. Registers are i32 but for those of accesses of
/// 8 bytes, i64, and of 16, v128. It returns them if `keep` asks for it and all are assigned: else they are globals, -1
/// at first; not in the function, where that would be one of the program's constants. Error: malformed.
Result<ThreadText> write_thread(const std::vector<model::Operation>& operations, const std::string& name, Keep keep);

}  // namespace weft::generate
