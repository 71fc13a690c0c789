// SPDX-License-Identifier: Apache-2.0
#include "interp/decode_names.h"

#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "interp/binary_reader.h"

namespace weft {
namespace {

/// The subsections that Names has a place for; the others are skipped.
enum Subsection : uint8_t { kModuleName = 0, kFunctionNames = 1, kLocalNames = 2, kTagNames = 11 };

/// vec(index, value) with the values `read` gives (binary-namemap, binary-indirectnamemap). Sorted, and the first of
/// equal indices stays.
template <class Read>
auto read_map(BinaryReader& reader, Read read) {
  using Value = decltype(read(reader));
  std::map<uint32_t, Value> map;
  const uint32_t count = reader.length();
  for (uint32_t i = 0; i < count && reader.ok(); ++i) {
    const uint32_t index = reader.u32();
    map.emplace(index, read(reader));
  }
  return std::vector<std::pair<uint32_t, Value>>(std::make_move_iterator(map.begin()),
                                                 std::make_move_iterator(map.end()));
}

std::string read_name(BinaryReader& reader) { return reader.name(); }
auto read_namemap(BinaryReader& reader) { return read_map(reader, read_name); }

}  // namespace

std::optional<Names> decode_names(const std::vector<uint8_t>& bytes) {
  Names names;
  BinaryReader reader(bytes);
  while (reader.ok() && !reader.at_end()) {
    const uint8_t id = reader.byte();
    const uint32_t size = reader.length();
    BinaryReader contents(reader.bytes(size));
    switch (id) {
      case kModuleName: names.module = contents.name(); break;
      case kFunctionNames: names.functions = read_namemap(contents); break;
      case kLocalNames: names.locals = read_map(contents, read_namemap); break;
      case kTagNames: names.tags = read_namemap(contents); break;
      default: continue;
    }
    if (!contents.ok() || !contents.at_end()) return std::nullopt;
  }
  if (!reader.ok()) return std::nullopt;
  return names;
}

std::optional<Names> names_of(const std::vector<CustomSection>& customs) {
  for (const CustomSection& custom : customs) {
    if (custom.name != "name") continue;
    if (auto names = decode_names(custom.bytes)) return names;
  }
  return std::nullopt;
}

}  // namespace weft
