// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/free_block.h"

#include <algorithm>
#include <set>

namespace weft::runtimes {
namespace {

constexpr uint32_t kPage = 65536;

/// The numbers within a page that code, arguments and segments name: what addresses are made of.
std::set<uint32_t> numbers(const Outline& outline) {
  std::set<uint32_t> result{0, kPage};
  const auto add = [&result](uint64_t number) {
    if (number < kPage) result.insert(static_cast<uint32_t>(number));
  };
  const auto add_all = [&add](const Expr& expr) {
    for (const Instr& instr : expr.body) {
      const Immediate immediate = info(instr.op).immediate;
      const bool is_number = instr.op == Op::i32_const || instr.op == Op::i64_const || immediate == Immediate::memarg ||
                             immediate == Immediate::memarg_lane;
      if (is_number) add(instr.lo);
    }
  };
  for (const Outline::Instance& instance : outline.instances) {
    for (const Function& function : instance.module.functions) add_all(function.code);
    for (const Global& global : instance.module.globals) add_all(global.init);
    for (const DataSegment& segment : instance.module.data) {
      add_all(segment.offset);
      if (segment.offset.body.empty() || segment.offset.body[0].op != Op::i32_const) continue;
      add(segment.offset.body[0].lo + segment.bytes.size());
    }
  }
  for (const auto& task : outline.tasks) {
    for (const Step& step : task) {
      const auto* invoke = step.action == nullptr ? nullptr : std::get_if<script::Invoke>(&step.action->what);
      if (invoke == nullptr) continue;
      for (const script::Constant& argument : invoke->arguments) add(argument.lo);
    }
  }
  return result;
}

}  // namespace

std::optional<uint32_t> find_free_block(const Outline& outline, uint32_t bytes) {
  constexpr uint32_t kBlock = 64, kDistance = 1024;
  if (bytes > kBlock) return std::nullopt;
  const std::set<uint32_t> taken = numbers(outline);
  uint32_t best = 0, best_distance = 0;
  for (auto from = taken.begin(), to = std::next(from); to != taken.end(); ++from, ++to) {
    const uint32_t middle = (*from + *to) / 2 / kBlock * kBlock;
    const uint32_t distance = (*to - *from) / 2;
    if (distance > best_distance) best = middle, best_distance = distance;
  }
  if (best_distance < kDistance) return std::nullopt;
  return best;
}

}  // namespace weft::runtimes
