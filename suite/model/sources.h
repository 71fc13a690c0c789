// SPDX-License-Identifier: Apache-2.0
//
// Which writes a read may take its bytes from, and which values it may so have: reads-from, value-consistent and
// no-tear (relaxed-consistent).
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "suite/model/event.h"
#include "suite/model/relation.h"

namespace weft::model {

/// In place of the number of an event: one that its thread has not come to yet.
inline constexpr unsigned kFuture = kMaxEvents;

/// A set of bytes of one access: bit i is the byte at its start + i.
using ByteSet = uint32_t;
ByteSet bytes_of(const Access& access);

/// A write that a read could take these of its bytes from.
struct Source {
  unsigned event = kFuture;
  const Access* access = nullptr;
  ByteSet bytes = 0;
  bool whole = false;         ///< a tear-free write of the same range, of which a tear-free read takes at most one
  bool first = false;         ///< it happens before all that threads do
  bool synchronizes = false;  ///< it happens before the read; if it is not first, what is first is hidden by it
};

/// What one read takes from one write, or still expects.
struct Origin {
  unsigned event = kFuture;
  ByteSet bytes = 0;
};
/// For each byte of a read, in classes, a write that has its value.
using Origins = std::vector<Origin>;

/// The bytes of an access by classes, those that are alike in one: at most one for each. A range of ByteSet.
class Classes {
 public:
  using value_type = ByteSet;
  using const_iterator = const ByteSet*;
  void push_back(ByteSet bytes) { all_[count_++] = bytes; }
  ByteSet& back() { return all_[count_ - 1]; }
  size_t size() const { return count_; }
  const_iterator begin() const { return all_.data(); }
  const_iterator end() const { return all_.data() + count_; }

 private:
  std::array<ByteSet, sizeof(Bytes)> all_{};
  size_t count_ = 0;
};

/// The addresses at which any write of any execution begins or ends. Between two of them all bytes are alike: the same
/// writes cover them. A value.
class Boundaries {
 public:
  void add(const Access& write);
  /// The classes of an access's bytes that are alike.
  Classes classes(const Access& access) const;

 private:
  std::set<uint64_t> addresses_;
};

/// All values that a read can have from these sources, each once; not more than `limit` + 1.
std::vector<Bytes> readable_values(const Access& read, std::span<const Source> sources, size_t limit);

/// All ways to read `value`, by the sources of each class. Where a set of sources will do, none that contains it is
/// there: each rule asks something of each pair of a read and its source, so more sources are never better. What
/// later events are to give counts by its bytes.
std::vector<Origins> minimal_origins(const Access& read, const Bytes& value, std::span<const Source> sources,
                                     std::span<const ByteSet> classes);

}  // namespace weft::model
