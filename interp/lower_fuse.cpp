// SPDX-License-Identifier: Apache-2.0
//
// The last step of lowering for the fast engine: the handler of an instruction that fuses with the next ones becomes
// that of all.
#include <array>
#include <vector>

#include "interp/function_lowerer.h"
#include "interp/fusions.h"

namespace weft {
namespace {

/// kFusions by their instructions, one after the other. The CodeIndex of a fusion is behind all others, in the order of
/// kFusions. Made by the compiler: making it took a quarter of the time in which a small program is run.
class FusionTree {
 public:
  using Number = uint16_t;
  static constexpr Number kRoot = 0, kNowhere = static_cast<Number>(~0);
  static constexpr CodeIndex kNoFusion = 0;

  constexpr FusionTree() {
    first_.fill(kNowhere);
    Number count = 1;
    for (size_t i = 0; i < kFusions.size(); ++i) {
      Number node = kRoot;
      for (size_t k = 0; k < kFusions[i].count; ++k) {
        const CodeIndex code = index_of(kFusions[i].codes[k]);
        Number to = next(node, code);
        if (to == kNowhere) {
          to = count++;
          if (node == kRoot) first_[code] = to;
          nodes_[to] = {.code = code, .sibling = nodes_[node].child};
          nodes_[node].child = to;
        }
        node = to;
      }
      nodes_[node].fusion = static_cast<CodeIndex>(kCodeCount + i);
    }
  }

  /// Where the instruction leads from a node.
  constexpr Number next(Number node, CodeIndex code) const {
    if (node == kRoot) return first_[code];
    Number child = nodes_[node].child;
    while (child != kNowhere && nodes_[child].code != code) child = nodes_[child].sibling;
    return child;
  }
  /// The fusion of all instructions on the way there; kNoFusion.
  CodeIndex fusion(Number node) const { return nodes_[node].fusion; }

 private:
  struct Node {
    CodeIndex code = 0;
    Number child = kNowhere, sibling = kNowhere;
    CodeIndex fusion = kNoFusion;
  };

  static constexpr size_t kMaxNodes = [] {
    size_t count = 1;
    for (const Fusion& fusion : kFusions) count += fusion.count;
    return count;
  }();
  static_assert(kMaxNodes < kNowhere);

  std::array<Node, kMaxNodes> nodes_{};
  std::array<Number, kCodeCount> first_{};  // the root's children: there are many
};
constexpr FusionTree kTree;

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
  if (!fuses_) return;
  const size_t count = out_.locations.size() - first_instruction_;
  std::vector<CodeIndex> codes(count);
  const auto cell = [&](size_t i) -> uint64_t& { return out_.cells[out_.locations[first_instruction_ + i].cell].u; };
  for (size_t i = 0; i < count; ++i) codes[i] = static_cast<CodeIndex>(cell(i));
  std::vector<uint32_t> dispatches(count + 1, 0);  // from here on
  for (size_t i = count; i-- > 0;) {
    dispatches[i] = dispatches[i + 1] + 1;
    FusionTree::Number node = FusionTree::kRoot;
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
