// SPDX-License-Identifier: Apache-2.0
//
// What a loop writes down of one iteration of one thread: the results of its function, or else its exported globals.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "suite/model/ending.h"

namespace weft::stress {

/// Thread safety: immutable once made.
class Record {
 public:
  struct Field {
    bool is_result = false;
    uint32_t index = 0;  ///< of the result, or the global
    std::string name;    ///< of the global
    ValType type = ValType::i32;
    uint32_t offset = 0;  ///< in bytes, naturally aligned
    uint32_t width() const;
  };

  explicit Record(const model::Code& code);

  const std::vector<Field>& fields() const { return fields_; }
  /// Bytes; a multiple of the widest field's.
  uint32_t size() const { return size_; }
  /// The bytes of a thread that has returned, as the thread's part of the outcome; nothing if an assumption was false.
  std::optional<model::Outcome> read(const model::Code& code, const std::string& owner,
                                     std::span<const uint8_t> bytes) const;

 private:
  void add(Field field);

  std::vector<Field> fields_;
  uint32_t size_ = 0;
};

}  // namespace weft::stress
