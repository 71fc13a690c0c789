// SPDX-License-Identifier: Apache-2.0
//
// The last step of lowering for the fast engine: the handler of an instruction that fuses with the next becomes that of
// all.
#include <map>

#include "interp/function_lowerer.h"
#include "interp/fusions.h"

namespace weft {

std::optional<CodeIndex> find_fusion(const FusionKey& key) {
  static const std::map<FusionKey, CodeIndex> kIndices = [] {
    std::map<FusionKey, CodeIndex> indices;
    for (size_t i = 0; i < kFusions.size(); ++i) {
      FusionKey each{};
      for (size_t k = 0; k < kFusions[i].count; ++k) each[k] = index_of(kFusions[i].codes[k]) + uint32_t{1};
      indices.emplace(each, static_cast<CodeIndex>(kCodeCount + i));
    }
    return indices;
  }();
  const auto found = kIndices.find(key);
  return found == kIndices.end() ? std::nullopt : std::optional(found->second);
}

Fusion handled_by(uint64_t index) {
  static const std::vector<Opcode> kOpcodes = [] {
    std::vector<Opcode> opcodes(kCodeCount);
    for (size_t i = 0; i < kCodeCount; ++i) opcodes[i] = opcode_at(static_cast<CodeIndex>(i));
    return opcodes;
  }();
  if (index < kCodeCount) return {{kOpcodes[index]}, 1};
  return kFusions[index - kCodeCount];
}

void FunctionLowerer::fuse() {
  if (!has_accumulators_) return;
  const auto code = [this](size_t i) -> uint64_t& { return out_.cells[out_.locations[i].cell].u; };
  const size_t end = out_.locations.size();
  for (size_t i = first_instruction_; i + 1 < end;) {
    FusionKey key{static_cast<uint32_t>(code(i)) + 1, static_cast<uint32_t>(code(i + 1)) + 1,
                  i + 2 < end ? static_cast<uint32_t>(code(i + 2)) + 1 : 0};
    std::optional<CodeIndex> fused = find_fusion(key);
    if (!fused) key[2] = 0, fused = find_fusion(key);
    if (fused) code(i) = *fused;
    i += fused ? key[2] != 0 ? 3 : 2 : 1;
  }
}

}  // namespace weft
