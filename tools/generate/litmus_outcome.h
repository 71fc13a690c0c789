// SPDX-License-Identifier: Apache-2.0
//
// The registers of a litmus test as one number: where each lies while the test runs, and how "outcome" packs them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "suite/model/model.h"
#include "tools/generate/litmus_thread.h"

namespace weft::generate {

/// A register of a thread or of the main thread, and its digits in the outcome.
struct Place {
  std::string owner;  ///< "0", "M"
  ScriptRegister reg;
  size_t digits = 1;     ///< hexadecimal
  uint64_t address = 0;  ///< where a thread leaves its value for the main thread
};

class Packing {
 public:
  /// `first` is where there is room for what the threads leave. A register gets as many digits as its values need
  /// beside one of all f, for any other.
  Packing(std::vector<Place> places, const model::Outcomes& outcomes, uint64_t first);

  const std::vector<Place>& places() const { return places_; }
  /// "0:r0 1:r1?/8", for the front matter.
  std::string to_string() const;
  /// How many bytes of memory they take from `first`.
  uint64_t size() const { return size_; }
  /// Whether the number needs a v128, and not an i64.
  bool is_wide() const { return digits_ > 16; }
  /// Why there is no such number; empty when there is.
  const std::string& error() const { return error_; }

  /// The functions of the main thread that make the number; "outcome" gives -1 where the cell `dropped` is not 0, if it
  /// is not null.
  std::vector<std::string> functions(const uint64_t* dropped) const;
  /// The constant for an outcome.
  std::string constant(const model::Outcome& outcome) const;
  /// The constant that is no outcome.
  std::string none() const { return is_wide() ? "(v128.const i64x2 -1 -1)" : "(i64.const -1)"; }

 private:
  std::string digits_of(const Place& place) const;
  std::string half(size_t begin, size_t end) const;

  std::vector<Place> places_;
  size_t digits_ = 0, low_ = 0;  // of all; the first place in the lower half
  uint64_t size_ = 0;
  std::string error_;
};

}  // namespace weft::generate
