// SPDX-License-Identifier: Apache-2.0
#include "suite/model/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "suite/model/hash.h"

namespace weft::model {
namespace {

/// In place of the number of what a thread has that never came to anything.
constexpr uint32_t kNothing = ~uint32_t{0};

}  // namespace

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

size_t Program::Hash::operator()(const Parts& parts) const {
  Hasher hash;
  for (const uint32_t part : parts) hash.add(part);
  return hash.result();
}

uint32_t Program::outcome_number(const std::vector<const TraceNode*>& ends) {
  asked_.clear();
  for (const TraceNode* end : ends) asked_.push_back(end == nullptr ? kNothing : end->outcome);
  const auto [found, is_new] = outcome_numbers_.try_emplace(asked_, static_cast<uint32_t>(outcome_parts_.size()));
  if (is_new) outcome_parts_.push_back(&found->first), outcomes_.emplace_back();
  return found->second;
}

const Program::NamedOutcome& Program::outcome(uint32_t number) {
  NamedOutcome& named = outcomes_[number];
  if (!named.text.empty()) return named;
  const Parts& parts = *outcome_parts_[number];
  for (size_t thread = 0; thread < parts.size(); ++thread) {
    if (parts[thread] == kNothing) continue;
    const Outcome& part = trees_[thread]->outcome(parts[thread]);
    named.outcome.insert(named.outcome.end(), part.begin(), part.end());
  }
  std::sort(named.outcome.begin(), named.outcome.end());
  named.text = to_string(named.outcome);
  return named;
}

Outcomes FoundOutcomes::sorted() const {
  std::vector<const Program::NamedOutcome*> found;
  found.reserve(seen_.size());
  for (const uint32_t number : seen_) found.push_back(&program_.outcome(number));
  std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->text < b->text; });
  Outcomes all;
  all.reserve(found.size());
  for (const Program::NamedOutcome* one : found) {
    if (all.empty() || all.back() != one->outcome) all.push_back(one->outcome);
  }
  return all;
}

}  // namespace weft::model
