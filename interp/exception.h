// SPDX-License-Identifier: Apache-2.0
//
// Tags and exceptions at run time (syntax-taginst, syntax-exninst).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "interp/types.h"

namespace weft {

/// A tag instance: two tags are the same when they are the same object, whatever their types.
struct TagInst {
  FuncType type;  ///< no results
};

/// What a reference of type exnref points to. Immutable.
struct Exception {
  const TagInst* tag;
  std::vector<uint64_t> values;  ///< slots of the tag's parameters
};

/// The exceptions of a store. Those that nothing refers to any more are freed when their number has doubled. What
/// refers to them is found conservatively: every 64-bit word that is an exception's address keeps it, so that frames
/// need not say what is in their slots.
///
/// Thread safety: none; see Store.
class Exceptions {
 public:
  using Mark = std::function<void(uint64_t)>;

  /// `roots` calls the function it is given for every word outside of exceptions that may be an exception's address.
  const Exception& add(const TagInst& tag, std::vector<uint64_t> values, const std::function<void(const Mark&)>& roots);
  size_t size() const { return exceptions_.size(); }

 private:
  void collect(const std::function<void(const Mark&)>& roots);

  struct Entry {
    std::unique_ptr<Exception> exception;
    bool is_marked = false;
  };
  std::unordered_map<uint64_t, Entry> exceptions_;  // by address
  size_t limit_ = 1024;
};

}  // namespace weft
