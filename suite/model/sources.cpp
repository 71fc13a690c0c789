// SPDX-License-Identifier: Apache-2.0
#include "suite/model/sources.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <optional>
#include <utility>

namespace weft::model {
namespace {

template <class Visit>
void for_each_byte(ByteSet bytes, Visit visit) {
  for (; bytes != 0; bytes &= bytes - 1) visit(static_cast<unsigned>(std::countr_zero(bytes)));
}

/// Appends the first `count` values once more.
void append_first(std::vector<Bytes>& values, size_t count) {
  values.resize(values.size() + count);
  std::copy_n(values.begin(), count, values.end() - static_cast<std::ptrdiff_t>(count));
}

/// Which values each byte may have, as sets of 256 bits.
struct Alternatives {
  std::array<std::array<uint64_t, 4>, 16> of{};

  void add(const Access& read, const Source& source) {
    for_each_byte(source.bytes, [&](unsigned i) {
      const uint8_t byte = source.access->written_at(read.start + i);
      of[i][byte / 64] |= uint64_t{1} << byte % 64;
    });
  }

  /// Every value made up of them; at most a few more than `limit`.
  std::vector<Bytes> values(unsigned size, size_t limit) const {
    std::vector<Bytes> values(1);
    for (unsigned i = 0; i < size; ++i) {
      const size_t before = values.size();
      size_t alternatives = 0;
      for (unsigned word = 0; word < 4; ++word) {
        for (uint64_t left = of[i][word]; left != 0 && values.size() <= limit; left &= left - 1, ++alternatives) {
          const auto byte = static_cast<uint8_t>(64 * word + static_cast<unsigned>(std::countr_zero(left)));
          if (alternatives != 0) append_first(values, before);
          for (size_t one = alternatives * before; one < values.size(); ++one) values[one][i] = byte;
        }
      }
      if (alternatives == 0) return {};
    }
    return values;
  }
};

/// An event, and which bytes of a class it can give.
struct Giver {
  unsigned event;
  ByteSet bytes;
};
using Givers = std::vector<Giver>;

/// Events that are there, and which bytes of a class they leave to later ones.
struct Cover {
  EventSet events = 0;
  ByteSet expected = 0;
  auto operator<=>(const Cover&) const = default;
};

/// Adds every way to give all bytes: the lowest missing one by each that has it, or later, one after the other.
void cover(const Givers& givers, ByteSet later, ByteSet missing, Cover chosen, std::vector<Cover>& covers) {
  if (missing == 0) {
    covers.push_back(chosen);
    return;
  }
  const ByteSet lowest = missing & -missing;
  for (const auto& [event, bytes] : givers) {
    if ((bytes & lowest) != 0)
      cover(givers, later, missing & ~bytes, {chosen.events | set_of(event), chosen.expected & ~bytes}, covers);
  }
  if ((later & lowest) != 0) cover(givers, later, missing & ~lowest, {chosen.events, chosen.expected | lowest}, covers);
}

/// Those that are no more than others: fewer events, or none other, and as many bytes of later ones, or fewer. What is
/// later is not one event: which bytes it is to give is never all the same.
std::vector<Cover> minimal_covers(const Givers& givers, ByteSet later, ByteSet bytes) {
  std::vector<Cover> covers;
  cover(givers, later, bytes, {}, covers);
  std::sort(covers.begin(), covers.end());
  covers.erase(std::unique(covers.begin(), covers.end()), covers.end());
  std::vector<Cover> minimal;
  for (const Cover& one : covers) {
    const auto is_less = [&one](const Cover& other) {
      return other != one && (other.events & ~one.events) == 0 && (other.expected & ~one.expected) == 0;
    };
    if (std::none_of(covers.begin(), covers.end(), is_less)) minimal.push_back(one);
  }
  return minimal;
}

struct Class {
  ByteSet bytes;
  std::vector<Cover> covers;
};

Origins to_origins(std::span<const Class> classes, std::span<const Cover> chosen) {
  Origins origins;
  for (size_t i = 0; i < classes.size(); ++i) {
    for_each(chosen[i].events, [&](unsigned event) { origins.push_back({event, classes[i].bytes}); });
    if (chosen[i].expected != 0) origins.push_back({kFuture, chosen[i].expected});
  }
  return origins;
}

/// Which bytes of a class a source has as they are in the value.
ByteSet given_by(const Source& source, const Access& read, const Bytes& value, ByteSet bytes) {
  ByteSet given = 0;
  for_each_byte(source.bytes & bytes, [&](unsigned i) {
    if (source.access->written_at(read.start + i) == value[i]) given |= ByteSet{1} << i;
  });
  return given;
}

/// Nearly always all bytes are of one class, and some byte of the value is only where all of it is. Who gives that
/// byte, now or later, will do by itself. Nothing where it is not so.
std::optional<std::vector<Origins>> single_origins(const Access& read, const Bytes& value,
                                                   std::span<const Source> sources, ByteSet bytes) {
  std::vector<Origins> result;
  ByteSet partial = 0;
  bool is_expected = false;
  for (const Source& source : sources) {
    const ByteSet given = given_by(source, read, value, bytes);
    if (given != bytes) {
      partial |= given;
    } else if (source.event == kFuture) {
      is_expected = true;
    } else {
      result.push_back({{source.event, bytes}});
    }
  }
  if (partial == bytes) return {};
  if (is_expected) result.insert(result.begin(), {{kFuture, bytes}});
  return result;
}

}  // namespace

ByteSet bytes_of(const Access& access) { return (ByteSet{1} << access.size) - 1; }

void Boundaries::add(const Access& write) {
  if (!write || write.region == Region::length) return;
  addresses_.insert(write.start);
  addresses_.insert(write.start + write.size);
}

Classes Boundaries::classes(const Access& access) const {
  Classes classes;
  if (access.region == Region::length) {
    classes.push_back(bytes_of(access));
    return classes;
  }
  classes.push_back(0);
  for (unsigned i = 0; i < access.size; ++i) {
    if (i != 0 && addresses_.contains(access.start + i)) classes.push_back(0);
    classes.back() |= ByteSet{1} << i;
  }
  return classes;
}

std::vector<Bytes> readable_values(const Access& read, std::span<const Source> sources, size_t limit) {
  const auto is_whole = [&read](const Source& source) { return source.whole && read.tear_free; };
  Alternatives any, not_first;
  for (const Source& source : sources) {
    if (is_whole(source)) continue;
    any.add(read, source);
    if (!source.first) not_first.add(read, source);
  }
  const auto size = static_cast<unsigned>(read.size);
  std::vector<Bytes> values = any.values(size, limit);
  for (const Source& source : sources) {
    if (!is_whole(source) || values.size() > limit) continue;
    Alternatives with = source.synchronizes && !source.first ? not_first : any;
    with.add(read, source);
    const std::vector<Bytes> more = with.values(size, limit);
    values.insert(values.end(), more.begin(), more.end());
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::vector<Origins> minimal_origins(const Access& read, const Bytes& value, std::span<const Source> sources,
                                     std::span<const ByteSet> classes) {
  if (classes.size() == 1) {
    if (auto result = single_origins(read, value, sources, classes[0])) return std::move(*result);
  }
  EventSet wholes = 0;
  std::vector<Class> all;
  for (const ByteSet bytes : classes) {
    Givers givers;
    ByteSet later = 0;
    for (const Source& source : sources) {
      const ByteSet given = given_by(source, read, value, bytes);
      if (source.event == kFuture) {
        later |= given;
        continue;
      }
      if (source.whole && read.tear_free) wholes |= set_of(source.event);
      if (given != 0) givers.push_back({source.event, given});
    }
    std::vector<Cover> covers = minimal_covers(givers, later, bytes);
    if (covers.empty()) return {};
    all.push_back({bytes, std::move(covers)});
  }
  std::vector<Origins> result;
  std::vector<Cover> chosen(all.size());
  const auto choose = [&](const auto& self, size_t i, EventSet together) -> void {
    if (std::popcount(together & wholes) > 1) return;  // relaxed-consistent: no-tear
    if (i == all.size()) return result.push_back(to_origins(all, chosen));
    for (const Cover& one : all[i].covers) {
      chosen[i] = one;
      self(self, i + 1, together | one.events);
    }
  };
  choose(choose, 0, 0);
  return result;
}

}  // namespace weft::model
