// SPDX-License-Identifier: Apache-2.0
#include "suite/model/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::model {

Result<std::unique_ptr<Program>> Program::create(const Litmus& litmus, const Limits& limits) {
  std::unique_ptr<Program> program(new Program(litmus, limits));
  Result<std::shared_ptr<Memory>> memory = Memory::create(litmus.memory);
  if (!memory) return memory.error();
  const uint64_t pages = litmus.memory.limits.min, maximum = litmus.memory.limits.max.value_or(pages);
  if (!(*memory)->grow(maximum - pages))
    return Error{ErrorKind::host, fmt::format("no room for a memory of {} pages", maximum), {}};

  program->allocation_.length = {.region = Region::length,
                                 .ordering = Ordering::seqcst,
                                 .writes = true,
                                 .tear_free = true,
                                 .size = sizeof pages,
                                 .written = to_bytes(pages)};
  program->allocation_.data = {.ordering = Ordering::init,
                               .writes = true,
                               .size = pages << litmus.memory.page_size_log2,
                               .image = litmus.image.empty() ? nullptr : &litmus.image};

  const auto code = [](const std::optional<Code>& one) { return one ? &*one : nullptr; };
  Result<Ok> added = program->add(code(litmus.before), 0, "M", *memory);
  for (unsigned i = 0; i < litmus.threads.size() && added; ++i)
    added = program->add(&litmus.threads[i], i + 1, std::to_string(i), *memory);
  if (added) added = program->add(code(litmus.after), program->after(), "M", *memory);
  if (!added) return added.error();
  return program;
}

Result<Ok> Program::add(const Code* code, unsigned number, const std::string& name,
                        const std::shared_ptr<Memory>& memory) {
  trees_.emplace_back();
  if (code == nullptr) return Ok{};
  auto replica = Replica::create(*code, static_cast<uint8_t>(number), name, memory, litmus_.memory.limits.min);
  if (!replica) {
    Error error = replica.error();
    error.where = name == "M" ? "the main thread" : "thread " + name;
    return error;
  }
  trees_.back() = std::make_unique<TraceTree>(std::move(*replica), limits);
  return Ok{};
}

Outcome Program::outcome(const std::vector<const TraceNode*>& ends) const {
  Outcome all;
  for (const TraceNode* end : ends) {
    if (end == nullptr) continue;
    const Outcome& part = end->segment.registers;
    all.insert(all.end(), part.begin(), part.end());
  }
  std::sort(all.begin(), all.end());
  return all;
}

FoundOutcomes::Parts FoundOutcomes::parts(const std::vector<const TraceNode*>& ends) {
  Parts parts;
  parts.reserve(ends.size());
  for (const TraceNode* end : ends) parts.push_back(end == nullptr ? ~uint32_t{0} : end->outcome);
  return parts;
}

void FoundOutcomes::add(const std::vector<const TraceNode*>& ends) {
  if (!seen_.insert(parts(ends)).second) return;
  Outcome outcome = program_.outcome(ends);
  std::string text = to_string(outcome);
  by_text_.try_emplace(std::move(text), std::move(outcome));
}

Outcomes FoundOutcomes::sorted() const {
  Outcomes all;
  all.reserve(by_text_.size());
  for (const auto& [text, outcome] : by_text_) all.push_back(outcome);
  return all;
}

}  // namespace weft::model
