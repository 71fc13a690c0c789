// SPDX-License-Identifier: Apache-2.0
//
// The last step of lowering for the fast engine: the handler of an instruction that fuses with the next ones becomes
// that of all.
#include <limits>
#include <unordered_map>

#include "interp/function_lowerer.h"
#include "interp/fusions.h"

namespace weft {
namespace {

/// kFusions by their instructions, one after the other. The CodeIndex of a fusion is behind all others, in the order of
/// kFusions.
class FusionTree {
 public:
  static constexpr uint32_t kRoot = 0, kNowhere = ~uint32_t{0};

  FusionTree() {
    for (size_t i = 0; i < kFusions.size(); ++i) {
      uint32_t node = kRoot;
      for (size_t k = 0; k < kFusions[i].count; ++k) {
        const uint64_t edge = edge_of(node, index_of(kFusions[i].codes[k]));
        node = edges_.try_emplace(edge, static_cast<uint32_t>(edges_.size() + 1)).first->second;
      }
      fusions_.resize(edges_.size() + 1, kNoFusion);
      fusions_[node] = static_cast<CodeIndex>(kCodeCount + i);
    }
  }

  /// Where the instruction leads from a node.
  uint32_t next(uint32_t node, CodeIndex code) const {
    const auto edge = edges_.find(edge_of(node, code));
    return edge == edges_.end() ? kNowhere : edge->second;
  }
  /// The fusion of all instructions on the way there; kNoFusion.
  CodeIndex fusion(uint32_t node) const { return fusions_[node]; }

  static constexpr CodeIndex kNoFusion = 0;

 private:
  static uint64_t edge_of(uint32_t node, CodeIndex code) { return uint64_t{node} << 16 | code; }

  std::unordered_map<uint64_t, uint32_t> edges_;
  std::vector<CodeIndex> fusions_;
};

}  // namespace

const Fusion& handled_by(uint64_t index) {
  static const std::vector<Fusion> kHandled = [] {
    std::vector<Fusion> handled;
    for (size_t i = 0; i < kCodeCount; ++i) handled.push_back({{opcode_at(static_cast<CodeIndex>(i))}, 1});
    handled.insert(handled.end(), kFusions.begin(), kFusions.end());
    return handled;
  }();
  return kHandled[index];
}

/// From the last instruction to the first, each gets what leads to the end of the code with the fewest dispatches; that
/// of a jump into the middle is as good.
void FunctionLowerer::fuse() {
  if (!has_accumulators_) return;
  static const FusionTree kTree;
  const size_t count = out_.locations.size() - first_instruction_;
  std::vector<CodeIndex> codes(count);
  const auto cell = [&](size_t i) -> uint64_t& { return out_.cells[out_.locations[first_instruction_ + i].cell].u; };
  for (size_t i = 0; i < count; ++i) codes[i] = static_cast<CodeIndex>(cell(i));
  std::vector<uint32_t> dispatches(count + 1, 0);  // from here on
  for (size_t i = count; i-- > 0;) {
    dispatches[i] = dispatches[i + 1] + 1;
    uint32_t node = FusionTree::kRoot;
    for (size_t k = i; k < count; ++k) {
      node = kTree.next(node, codes[k]);
      if (node == FusionTree::kNowhere) break;
      if (kTree.fusion(node) == FusionTree::kNoFusion || dispatches[k + 1] >= dispatches[i]) continue;
      dispatches[i] = dispatches[k + 1] + 1;
      cell(i) = kTree.fusion(node);
    }
  }
}

}  // namespace weft
