// SPDX-License-Identifier: Apache-2.0
#include "suite/model/machine_visited.h"

#include <algorithm>
#include <functional>

#include "interp/binary_reader.h"

namespace weft::model::machine {
namespace {

void write(BinaryWriter& to, const Answer& answer) {
  to.unsigned_leb(answer.length), to.bytes(answer.value);
  to.byte(static_cast<uint8_t>(answer.resumption)), to.unsigned_leb(answer.count), to.byte(uint8_t{answer.fails});
}

/// Whether where a thread stands says all of it: it is about to ask, or has ended. So it is nearly always.
bool is_plain(const Thread& thread) {
  return (thread.at == nullptr || thread.next == thread.at->segment.events.size()) && thread.loaded == 0 &&
         !thread.sleeps && thread.queue.empty();
}

void write(BinaryWriter& to, const Thread& thread) {
  const uint64_t node = thread.at == nullptr ? 0 : uint64_t{thread.at->number} + 1;
  to.unsigned_leb(node << 1 | uint64_t{!is_plain(thread)});
  if (is_plain(thread)) return;
  to.unsigned_leb(thread.next), to.unsigned_leb(uint64_t{thread.loaded} << 1 | uint64_t{thread.sleeps});
  if (thread.sleeps || thread.loaded != 0) write(to, thread.reads);
  to.vector(thread.queue, [&to](const Store& store) {
    to.unsigned_leb(store.address), to.unsigned_leb(store.size);
    to.bytes(std::span(store.bytes).first(store.size));
  });
}

uint64_t number(BinaryReader& from) { return from.unsigned_leb(64); }

void read(BinaryReader& from, size_t count, uint8_t* to) {
  const std::span<const uint8_t> bytes = from.bytes(count);
  std::copy(bytes.begin(), bytes.end(), to);
}

Answer read_answer(BinaryReader& from) {
  Answer answer{.length = number(from)};
  read(from, answer.value.size(), answer.value.data());
  answer.resumption = static_cast<Resumption>(from.byte());
  answer.count = from.u32(), answer.fails = from.byte() != 0;
  return answer;
}

void read(BinaryReader& from, TraceTree* tree, Thread& thread) {
  const uint64_t node = number(from);
  thread.at = node < 2 ? nullptr : &tree->node((node >> 1) - 1);
  if (node % 2 == 0) {
    thread.next = thread.at == nullptr ? 0 : static_cast<uint32_t>(thread.at->segment.events.size());
    thread.loaded = 0, thread.sleeps = false, thread.reads = {};
    return thread.queue.clear();
  }
  thread.next = from.u32();
  const uint64_t loaded = number(from);
  thread.loaded = static_cast<uint32_t>(loaded >> 1), thread.sleeps = loaded % 2 != 0;
  thread.reads = loaded != 0 ? read_answer(from) : Answer{};
  thread.queue.resize(number(from));
  for (Store& store : thread.queue) {
    store = {.address = number(from), .size = from.u32()};
    read(from, store.size, store.bytes.data());
  }
}

}  // namespace

void Visited::add(const State& state) {
  writer_.clear();
  for (const Thread& thread : state.threads) write(writer_, thread);
  writer_.unsigned_leb(state.pages);
  writer_.unsigned_leb(state.memory.size()), writer_.bytes(state.memory);
  writer_.vector(state.asleep,
                 [this](const Asleep& one) { writer_.unsigned_leb(one.location), writer_.unsigned_leb(one.thread); });

  const std::span<const uint8_t> written = writer_.written();
  const std::string_view text(reinterpret_cast<const char*>(written.data()), written.size());
  const auto [seen, is_new] = seen_.insert({text, std::hash<std::string_view>()(text)});
  if (!is_new) return;
  auto* const bytes = static_cast<char*>(memory_.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), bytes);
  seen->bytes = {bytes, text.size()};
  todo_.push_back(seen->bytes);
}

bool Visited::take(State& state) {
  if (todo_.empty()) return false;
  const std::string_view text = todo_.back();
  todo_.pop_back();
  BinaryReader from({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  state.threads.resize(program_.after() + 1);
  for (unsigned which = 0; which < state.threads.size(); ++which)
    read(from, program_.tree(which), state.threads[which]);
  state.pages = number(from);
  state.memory.resize(number(from));
  read(from, state.memory.size(), state.memory.data());
  state.asleep.resize(number(from));
  for (Asleep& one : state.asleep) one = {.location = number(from), .thread = from.u32()};
  return true;
}

}  // namespace weft::model::machine
